//! One step of a case's loop: what it asks, and the order that goes out with it where it dispatches. Those of the stage that
//! cannot be made now are shown with the reason.

use crate::desk::Command;
use crate::domain::case::Case;
use crate::domain::decide::engine;
use crate::domain::decide::engine::CaseContext;
use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::case::MoveInput;
use crate::domain::id::{CaseId, MoveId, UnitId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::{Move, Need, Playbook, When};
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::lang::{domain as say, fill, refusal};
use crate::tui::act::object::{Object, objects, playbook_of};
use crate::tui::act::{Act, ActCtx, After, Dialog, Head, Offer, Place, Purpose, key};
use crate::tui::form::field::text;
use crate::tui::form::{Flaw, Form, FormCtx, Slot, asked, order};
use std::fmt::Display;

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered,
};

fn offered(ctx: &ActCtx<'_>) -> Vec<Offer> {
    let [Object::Case(id)] = &objects(ctx.board, ctx.rows)[..] else {
        return Vec::new();
    };
    let case = ctx.board.state.cases.get(id);
    let Some((case, playbook)) = case.and_then(|case| Some((case, playbook_of(ctx.board, case)?))) else {
        return Vec::new();
    };
    let context = CaseContext::of(&ctx.board.state, case);
    let offer = |step: &Move, purpose| Offer {
        head: Head::Steps,
        words: ctx.lang.of(&step.words).to_owned(),
        note: String::new(),
        id: step.id.to_string(),
        ends: ends(playbook, step),
        purpose,
    };
    let can = engine::offered(case, playbook, ctx.who, context).map(|step| {
        let step_of = Step {
            case: id.clone(),
            step: step.id.clone(),
        };
        offer(step, Ok(Purpose::new(step_of)))
    });
    let cannot = engine::blocked(case, playbook, ctx.who, context)
        .map(|(step, why)| offer(step, Err(blocked(ctx, case, step, &why, context))));
    can.chain(cannot).collect()
}

/// Whether a step closes its case.
pub(super) fn ends(playbook: &Playbook, step: &Move) -> bool {
    let to = playbook
        .stages
        .iter()
        .find(|stage| Some(&stage.id) == step.to.as_ref());
    to.is_some_and(|stage| stage.closed)
}

/// Why a step cannot be made now: who may, what is still open.
fn blocked(ctx: &ActCtx<'_>, case: &Case, step: &Move, why: &Refusal, context: CaseContext) -> String {
    if !step.roles.contains(&ctx.who.role) {
        let roles = step.roles.iter().map(|role| say::role(ctx.lang, *role));
        let roles: Vec<&str> = roles.collect();
        let only = [("roles", &roles.join("、") as &dyn Display)];
        return fill(Tui::OnlyRoles.text(ctx.lang), &only);
    }
    if step.when == When::Settled && !context.settled {
        return open_under(ctx, &case.id);
    }
    let room = &ctx.board.room;
    refusal::words(ctx.lang, why, room.zone, &room.playbooks)
}

/// Which cases under this one, and under those, are open: how many, and the first.
fn open_under(ctx: &ActCtx<'_>, id: &CaseId) -> String {
    let below = ctx.board.state.below(id).into_iter();
    let open: Vec<&CaseId> = below.filter(|case| case.is_open()).map(|case| &case.id).collect();
    let first = open.first().map_or(String::new(), ToString::to_string);
    let what = if open.len() > 1 {
        format!("{first}…")
    } else {
        first
    };
    let given = [("n", &open.len() as &dyn Display), ("what", &what)];
    fill(Tui::OpenUnder.text(ctx.lang), &given)
}

/// What is given with a step as it was filled in.
pub(super) fn given(form: &Form, playbook: Option<&Playbook>) -> MoveInput {
    let filled = |slot| Some(form.text(&slot)).filter(|text| !text.trim().is_empty());
    MoveInput {
        reason: filled(Slot::Reason).map(Clean::from),
        comment: Clean::from(form.text(&Slot::Comment)),
        unit: filled(Slot::Unit).map(|unit| UnitId::new(&unit)),
        case: filled(Slot::Case).map(|case| CaseId::new(&case)),
        photo: filled(Slot::Photo).map(Clean::from),
        fields: playbook.map(|own| asked::filled(form, own)).unwrap_or_default(),
        ..MoveInput::default()
    }
}

/// A step of a case's playbook.
#[derive(Debug)]
pub struct Step {
    /// Which case.
    pub case: CaseId,
    /// Which step.
    pub step: MoveId,
}

impl Dialog for Step {
    fn key(&self) -> String {
        key("step", [self.case.as_str(), self.step.as_str()])
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let case = ctx.board.state.cases.get(&self.case)?;
        let playbook = playbook_of(ctx.board, case)?;
        let step = playbook.step(&self.step)?;
        let ids = std::slice::from_ref(&self.case);
        super::object::named(form, ctx, ids, ctx.lang.of(&step.words))?;
        form.case = Some(self.case.clone());
        form.fields = asked::fields(ctx, case, playbook, step);
        if step.dispatches {
            form.fields
                .extend(order::fields(ctx.board, case, ctx.lang, ctx.now));
            order::on_site(form, ctx, case);
        } else if !step.needs.contains(&Need::Comment) {
            form.fields
                .push(text(Slot::Comment, Tui::Comment.text(ctx.lang), "", false));
        }
        Some(())
    }

    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let case = ctx.board.state.cases.get(&self.case);
        let playbook = case.and_then(|case| playbook_of(ctx.board, case));
        let orders = form.field(&Slot::Text).is_some();
        Ok(Command::Move {
            given: given(form, playbook),
            order: orders.then(|| order::filled(form, ctx.board, &self.case)),
            case: self.case.clone(),
            step: self.step.clone(),
        })
    }

    fn follow(&self, form: &mut Form, ctx: &FormCtx<'_>, changed: &Slot) {
        order::follow(form, ctx.board, changed);
    }

    /// A loop's steps name their own roles: they are asked where a step is offered.
    fn may(&self, _ctx: &ActCtx<'_>) -> bool {
        true
    }

    fn after(&self, touched: Vec<Stream>, _opened: Option<&CaseId>) -> After {
        After::undoable(touched)
    }
}
