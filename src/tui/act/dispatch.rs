//! Send an order (派单): by the step of the case's loop that dispatches, else as a further one; for an alarm with a case of
//! its own; for several each by its own loop.

use crate::desk::Command;
use crate::domain::id::{AlarmId, CaseId};
use crate::lang::tui::Tui;
use crate::tui::act::object::{Object, named, objects, playbooks_for};
use crate::tui::act::open::Open;
use crate::tui::act::orders::{Orders, sendings};
use crate::tui::act::sending::{dispatching, may_order};
use crate::tui::act::step::Step;
use crate::tui::act::{Act, ActCtx, Dialog, Offer, Place, Purpose, key};
use crate::tui::action::Action;
use crate::tui::form::{Flaw, Form, FormCtx, Slot, order, said};

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: Some((Action::Dispatch, ask)),
    offered,
};

fn offered(ctx: &ActCtx<'_>) -> Vec<Offer> {
    let about = objects(ctx.board, ctx.rows);
    let purpose = ask(ctx);
    let stands_there_already = match &about[..] {
        [] => true,
        // Where the playbook's own step dispatches, it stands among the steps.
        [Object::Case(id)] => {
            let case = ctx.board.state.cases.get(id);
            case.is_none_or(|case| dispatching(ctx, case).is_some())
        }
        // An alarm that no loop takes has nothing to dispatch.
        [Object::Alarm(_)] => purpose.is_err(),
        _ => false,
    };
    if stands_there_already {
        return Vec::new();
    }
    vec![ctx.offer_of(Tui::Dispatch, Action::Dispatch, purpose)]
}

/// Orders for what the rows are about: one by its own dialog, several at once each by its own loop.
fn ask(ctx: &ActCtx<'_>) -> Result<Purpose, String> {
    let all = objects(ctx.board, ctx.rows);
    match &all[..] {
        [] => Err(ctx.not_here(Tui::Dispatch.text(ctx.lang))),
        [Object::Case(id)] => of_case(ctx, id),
        [Object::Alarm(id)] => of_alarm(ctx, id),
        _ => {
            let (sent, out) = sendings(ctx, &all);
            if sent.is_empty() {
                return Err(said::left_out(ctx.lang, &out).unwrap_or_default());
            }
            Ok(Purpose::new(Orders(sent)))
        }
    }
}

/// A case is opened on the alarm, and its order's dialog follows.
fn of_alarm(ctx: &ActCtx<'_>, id: &AlarmId) -> Result<Purpose, String> {
    let alarm = ctx.board.state.alarms.get(id);
    let playbook = alarm.and_then(|alarm| playbooks_for(ctx.board, alarm).next());
    let none = || Tui::NoCase.text(ctx.lang).to_owned();
    Ok(Purpose::new(Open {
        alarm: id.clone(),
        playbook: playbook.ok_or_else(none)?.id.clone(),
        then_dispatch: true,
    }))
}

/// The step that dispatches where the playbook offers one now, or a further order.
///
/// # Errors
/// Neither may be; why.
pub fn of_case(ctx: &ActCtx<'_>, id: &CaseId) -> Result<Purpose, String> {
    let none = || Tui::NoCase.text(ctx.lang).to_owned();
    let case = ctx.board.state.cases.get(id).ok_or_else(none)?;
    if let Some(step) = dispatching(ctx, case) {
        return Ok(Purpose::new(Step {
            case: id.clone(),
            step: step.id.clone(),
        }));
    }
    may_order(ctx, case)?;
    Ok(Purpose::new(Dispatch(id.clone())))
}

/// A further order for a case.
#[derive(Debug)]
pub struct Dispatch(pub CaseId);

impl Dialog for Dispatch {
    fn key(&self) -> String {
        key("dispatch", [self.0.as_str()])
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let ids = std::slice::from_ref(&self.0);
        let case = named(form, ctx, ids, Tui::Dispatch.text(ctx.lang))?;
        let case = case.first()?;
        form.case = Some(self.0.clone());
        form.says_why = true;
        form.fields = order::fields(ctx.board, case, ctx.lang, ctx.now);
        order::on_site(form, ctx, case);
        Some(())
    }

    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        Ok(Command::Dispatch(Box::new(order::filled(
            form, ctx.board, &self.0,
        ))))
    }

    fn follow(&self, form: &mut Form, ctx: &FormCtx<'_>, changed: &Slot) {
        order::follow(form, ctx.board, changed);
    }
}
