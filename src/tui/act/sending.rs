//! How one of several gets its order: by the step of its loop that dispatches, as a further one, or with a case of its own;
//! each to its own unit by its own way.

use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::decide::engine;
use crate::domain::decide::engine::CaseContext;
use crate::domain::decide::opening::Opening;
use crate::domain::fact::task::Order;
use crate::domain::id::{AlarmId, CaseId, MoveId, PlaybookId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::{Move, Need, Playbook};
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::act::ActCtx;
use crate::tui::act::object::{Object, playbook_of, playbooks_for};
use crate::tui::form::{FormCtx, order};

/// How one of several gets its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// By a step of its loop.
    Step(CaseId, MoveId),
    /// As a further order.
    Further(CaseId),
    /// With a case of that loop which is opened on the alarm.
    Open(AlarmId, PlaybookId),
}

impl Sending {
    /// The number of what it is about.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Step(case, _) | Self::Further(case) => case.as_str(),
            Self::Open(alarm, _) => alarm.as_str(),
        }
    }

    /// The case it is about, where there is one already.
    pub(super) fn case<'a>(&self, board: &'a Board) -> Option<&'a Case> {
        match self {
            Self::Step(id, _) | Self::Further(id) => board.state.cases.get(id),
            Self::Open(..) => None,
        }
    }

    /// The step that sends it.
    pub(super) fn step<'a>(&self, board: &'a Board) -> Option<&'a Move> {
        let Self::Step(_, step) = self else {
            return None;
        };
        playbook_of(board, self.case(board)?)?.step(step)
    }

    /// What is named, with the version that was on the screen.
    pub(super) fn stream(&self, board: &Board) -> Option<(Stream, u32)> {
        match self {
            Self::Step(id, _) | Self::Further(id) => {
                let case = board.state.cases.get(id)?;
                Some((Stream::Case(id.clone()), case.version))
            }
            Self::Open(id, _) => {
                let alarm = board.state.alarms.get(id)?;
                Some((Stream::Alarm(id.clone()), alarm.version))
            }
        }
    }

    /// The order as it is proposed; `None` where no unit or no way to it is known, or what it is about is no more.
    pub(super) fn order(&self, ctx: &FormCtx<'_>) -> Option<Order> {
        let board = ctx.board;
        match self {
            Self::Step(..) | Self::Further(_) => order::proposal(board, self.case(board)?, ctx.lang, ctx.now),
            Self::Open(alarm, id) => {
                let playbook = board.room.playbooks.iter().find(|own| own.id == *id)?;
                let alarm = board.state.alarms.get(alarm)?;
                let opening = Opening::of_alarm(&alarm.id, &alarm.cause);
                let case = order::to_be(board, playbook, &opening, ctx.now);
                order::proposal(board, &case, ctx.lang, ctx.now)
            }
        }
    }
}

/// How one of several gets its order.
///
/// # Errors
/// It gets none; why.
pub(super) fn sending(ctx: &ActCtx<'_>, object: &Object) -> Result<Sending, String> {
    let sending = match object {
        Object::Case(id) => of_case(ctx, id)?,
        Object::Alarm(id) => of_alarm(ctx, id)?,
    };
    let unknown = || Tui::NoUnit.text(ctx.lang).to_owned();
    sending.order(ctx).map(|_| sending).ok_or_else(unknown)
}

fn of_case(ctx: &ActCtx<'_>, id: &CaseId) -> Result<Sending, String> {
    let state = &ctx.board.state;
    let case = state.cases.get(id).ok_or_else(|| ctx.not_here(""))?;
    if let Some(step) = dispatching(ctx, case) {
        return if asks_only(step, &[Need::Unit, Need::Comment]) {
            Ok(Sending::Step(id.clone(), step.id.clone()))
        } else {
            Err(Tui::OneByOne.text(ctx.lang).to_owned())
        };
    }
    let mut tasks = case.tasks.iter().filter_map(|task| state.tasks.get(task));
    let out = tasks.find(|task| task.is_outstanding());
    if let Some(task) = out.filter(|_| case.is_open()) {
        let unit = [("unit", &task.order.unit_name as &dyn std::fmt::Display)];
        return Err(fill(Tui::OrderIsOut.text(ctx.lang), &unit));
    }
    may_order(ctx, case)?;
    Ok(Sending::Further(id.clone()))
}

fn of_alarm(ctx: &ActCtx<'_>, id: &AlarmId) -> Result<Sending, String> {
    let alarm = ctx.board.state.alarms.get(id).ok_or_else(|| ctx.not_here(""))?;
    if !ctx.who.role.may_act() {
        return Err(ctx.may_not());
    }
    let none = || Tui::OneByOne.text(ctx.lang).to_owned();
    let playbook = playbooks_for(ctx.board, alarm).next().ok_or_else(none)?;
    let opening = Opening::of_alarm(id, &alarm.cause);
    let case = order::to_be(ctx.board, playbook, &opening, ctx.now);
    let step = dispatching_by(ctx, &case, playbook);
    let step = step.filter(|step| asks_only(step, &[Need::Unit]));
    step.map(|_| Sending::Open(id.clone(), playbook.id.clone()))
        .ok_or_else(none)
}

/// Whether a further order may go out for a case.
///
/// # Errors
/// It may not; why.
pub(super) fn may_order(ctx: &ActCtx<'_>, case: &Case) -> Result<(), String> {
    if !ctx.who.role.may_act() {
        return Err(ctx.may_not());
    }
    engine::may_order(case).map_err(|why| ctx.why(&why))
}

/// The step that dispatches, where the playbook offers one now.
pub(super) fn dispatching<'a>(ctx: &ActCtx<'a>, case: &'a Case) -> Option<&'a Move> {
    dispatching_by(ctx, case, playbook_of(ctx.board, case)?)
}

fn dispatching_by<'a>(ctx: &ActCtx<'a>, case: &'a Case, own: &'a Playbook) -> Option<&'a Move> {
    let context = CaseContext::of(&ctx.board.state, case);
    let mut steps = engine::offered(case, own, ctx.who, context);
    steps.find(|step| step.dispatches)
}

/// Whether a step asks nothing else of whoever makes it.
fn asks_only(step: &Move, needs: &[Need]) -> bool {
    step.asks.is_empty() && step.needs.iter().all(|need| needs.contains(need))
}
