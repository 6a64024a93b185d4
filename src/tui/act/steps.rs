//! One step for several cases of one loop: one comment, and what the step asks beside it. Everything of it is stored as one,
//! or nothing.

use crate::desk::Command;
use crate::domain::case::Case;
use crate::domain::decide::engine;
use crate::domain::decide::engine::CaseContext;
use crate::domain::id::{CaseId, MoveId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::{Move, Need, Playbook};
use crate::lang::fill;
use crate::lang::screens::control::Control;
use crate::lang::screens::fires;
use crate::lang::tui::Tui;
use crate::tui::act::object::{Object, cases, named, objects, playbook_of, without_case};
use crate::tui::act::orders::{Orders, sendings};
use crate::tui::act::sending::Sending;
use crate::tui::act::step::{ends, given};
use crate::tui::act::{Act, ActCtx, After, Dialog, Head, LeftOut, Offer, Place, Purpose, key};
use crate::tui::form::field::text;
use crate::tui::form::{Flaw, Form, FormCtx, Slot, asked, said};
use std::fmt::Display;

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered,
};

/// The steps of the first case's loop that the marked cases are before: each for those that offer it; where none does, why.
fn offered(ctx: &ActCtx<'_>) -> Vec<Offer> {
    let about = objects(ctx.board, ctx.rows);
    let ids = cases(&about);
    let state = &ctx.board.state;
    let cases: Vec<&Case> = ids.iter().filter_map(|id| state.cases.get(id)).collect();
    let first = cases.first().filter(|_| about.len() > 1);
    let Some(playbook) = first.and_then(|case| playbook_of(ctx.board, case)) else {
        return Vec::new();
    };
    let own = |case: &&&Case| case.matter.playbook == playbook.id;
    let own: Vec<&Case> = cases.iter().filter(own).copied().collect();
    let moves = playbook.moves.iter();
    let moves = moves.filter(|step| !step.needs.contains(&Need::Case));
    moves
        .filter_map(|step| offer(ctx, &own, (playbook, step)))
        .collect()
}

fn offer(ctx: &ActCtx<'_>, own: &[&Case], (playbook, step): (&Playbook, &Move)) -> Option<Offer> {
    let before = |case: &&&Case| step.from.contains(case.stage_in(playbook));
    let before: Vec<&Case> = own.iter().filter(before).copied().collect();
    let (mut able, mut out) = (Vec::new(), LeftOut::new());
    for case in before {
        let context = CaseContext::of(&ctx.board.state, case);
        match engine::may((case, playbook), step, ctx.who, context) {
            Ok(()) => able.push(case.id.clone()),
            Err(why) => out.push((case.id.to_string(), ctx.why(&why))),
        }
    }
    let (count, purpose) = if step.dispatches {
        let objects: Vec<Object> = able.into_iter().map(Object::Case).collect();
        let (mut sent, left) = sendings(ctx, &objects);
        sent.retain(|sending| matches!(sending, Sending::Step(_, id) if *id == step.id));
        out.extend(left);
        (sent.len(), Purpose::new(Orders(sent)))
    } else {
        let steps = Steps {
            step: step.id.clone(),
            cases: able,
        };
        (steps.cases.len(), Purpose::new(steps))
    };
    let verb = ctx.lang.of(&step.words);
    let values: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &count)];
    let (words, purpose) = if count > 0 {
        (fill(Control::BulkStep.text(ctx.lang), &values), Ok(purpose))
    } else {
        (verb.to_owned(), Err(said::left_out(ctx.lang, &out)?))
    };
    Some(Offer {
        head: Head::Steps,
        words,
        note: String::new(),
        id: step.id.to_string(),
        ends: ends(playbook, step),
        purpose,
    })
}

/// One step for several cases of one loop.
#[derive(Debug)]
pub struct Steps {
    /// Which cases.
    pub cases: Vec<CaseId>,
    /// Which step.
    pub step: MoveId,
}

impl Steps {
    /// Why it is not made for this one.
    fn out(&self, ctx: &ActCtx<'_>, object: &Object) -> Option<(String, String)> {
        let Object::Case(id) = object else {
            return without_case(ctx, object);
        };
        let case = ctx
            .board
            .state
            .cases
            .get(id)
            .filter(|_| !self.cases.contains(id))?;
        let playbook = playbook_of(ctx.board, case);
        let own = playbook.and_then(|playbook| Some((playbook, playbook.step(&self.step)?)));
        let why = match own {
            None => Tui::OtherLoop.text(ctx.lang).to_owned(),
            Some((playbook, own)) => {
                let context = CaseContext::of(&ctx.board.state, case);
                ctx.why(&engine::may((case, playbook), own, ctx.who, context).err()?)
            }
        };
        Some((id.to_string(), why))
    }
}

impl Dialog for Steps {
    fn key(&self) -> String {
        let cases = self.cases.iter().map(CaseId::as_str);
        key("steps", std::iter::once(self.step.as_str()).chain(cases))
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let first = ctx.board.state.cases.get(self.cases.first()?)?;
        let playbook = playbook_of(ctx.board, first)?;
        let step = playbook.step(&self.step)?;
        named(form, ctx, &self.cases, ctx.lang.of(&step.words))?;
        form.fields = asked::fields(ctx, first, playbook, step);
        let many = self.cases.len();
        let photos = form.fields.iter_mut();
        for photo in photos.filter(|field| field.slot == Slot::Photo && many > 1) {
            photo.label = fires::shared(ctx.lang, &photo.label, many);
        }
        if form.field(&Slot::Comment).is_none() {
            let label = Tui::Comment.text(ctx.lang);
            form.fields.push(text(Slot::Comment, label, "", false));
        }
        Some(())
    }

    /// One move for each case; one photo for several is marked as theirs together.
    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let first = self.cases.first().and_then(|id| ctx.board.state.cases.get(id));
        let playbook = first.and_then(|case| playbook_of(ctx.board, case));
        let mut given = given(form, playbook);
        let many = u32::try_from(self.cases.len()).ok().filter(|many| *many > 1);
        given.shared_by = many.filter(|_| given.photo.is_some());
        let one = |case: &CaseId| Command::Move {
            case: case.clone(),
            step: self.step.clone(),
            given: given.clone(),
            order: None,
        };
        Ok(Command::All(self.cases.iter().map(one).collect()))
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        let all = objects(ctx.board, ctx.rows);
        Some(all.iter().filter_map(|object| self.out(ctx, object)).collect())
    }

    /// A loop's steps name their own roles: they are asked where a step is offered.
    fn may(&self, _ctx: &ActCtx<'_>) -> bool {
        true
    }

    fn after(&self, touched: Vec<Stream>, _opened: Option<&CaseId>) -> After {
        After::undoable(touched)
    }
}
