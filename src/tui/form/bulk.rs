//! Many cases at once: one step, or one note, for all of them. Everything of it is stored as one, or nothing.

use crate::desk::Deed;
use crate::domain::case::Case;
use crate::domain::fact::case::Given;
use crate::domain::id::{CaseId, MoveId};
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::lang::fill;
use crate::lang::screens::control::Control;
use crate::lang::screens::fires;
use crate::lang::tui::Tui;
use crate::tui::form::field::text;
use crate::tui::form::{Desk, Form, Slot, asked};
use std::fmt::Display;

/// So many cases are named one by one.
const NAMED: usize = 4;

/// Names the cases and takes their versions along; `None` where none of them is there. Gives them.
pub(super) fn named<'a>(
    form: &mut Form,
    desk: &Desk<'a>,
    ids: &[CaseId],
    verb: &str,
) -> Option<Vec<&'a Case>> {
    let cases = ids.iter().filter_map(|id| desk.board.state.cases.get(id));
    let cases: Vec<&Case> = cases.collect();
    cases.first()?;
    let one = |case: &&Case| format!("{}  {}", case.id, case.matter.title);
    form.about = cases.iter().take(NAMED).map(one).collect();
    if cases.len() > NAMED {
        let more = Tui::AndMore.text(desk.lang);
        form.about.push(fill(more, &[("n", &(cases.len() - NAMED))]));
    }
    let version = |case: &&Case| (Stream::Case(case.id.clone()), case.version);
    form.seen.extend(cases.iter().map(version));
    verb.clone_into(&mut form.title);
    form.verb = if let [case] = &cases[..] {
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("what", &case.id)];
        fill(Tui::DoOne.text(desk.lang), &given)
    } else {
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &cases.len())];
        fill(Control::BulkStep.text(desk.lang), &given)
    };
    Some(cases)
}

/// The dialog of one step for several cases of one loop: one comment, and what the step asks beside it.
pub(super) fn form(form: &mut Form, desk: &Desk<'_>, ids: &[CaseId], step: &MoveId) -> Option<()> {
    let first = desk.board.state.cases.get(ids.first()?)?;
    let playbooks = &desk.board.room.playbooks;
    let playbook = playbooks.iter().find(|p| p.id == first.matter.playbook)?;
    let step = playbook.step(step)?;
    named(form, desk, ids, desk.lang.of(&step.words))?;
    form.fields = asked::fields(desk, first, playbook, step);
    for photo in form
        .fields
        .iter_mut()
        .filter(|field| field.slot == Slot::Photo && ids.len() > 1)
    {
        photo.label = fires::shared(desk.lang, &photo.label, ids.len());
    }
    if form.field(&Slot::Comment).is_none() {
        let label = Tui::Comment.text(desk.lang);
        form.fields.push(text(Slot::Comment, label, "", false));
    }
    Some(())
}

/// One move for each case; one photo for several is marked as theirs together.
pub(super) fn deed(cases: Vec<CaseId>, step: &MoveId, given: &Given) -> Deed {
    let many = u32::try_from(cases.len()).ok().filter(|many| *many > 1);
    let shared_by = many.filter(|_| given.photo.is_some());
    let one = |case| Deed::Move {
        case,
        step: step.clone(),
        given: Given {
            shared_by,
            ..given.clone()
        },
        order: None,
    };
    Deed::All(cases.into_iter().map(one).collect())
}

/// The same words for each case.
pub(super) fn notes(cases: Vec<CaseId>, words: &Clean) -> Deed {
    let one = |case| Deed::Note {
        case,
        words: words.clone(),
    };
    all(cases.into_iter().map(one))
}

/// All of these as one act; one alone as itself.
pub(super) fn all(deeds: impl Iterator<Item = Deed>) -> Deed {
    let mut all: Vec<Deed> = deeds.collect();
    match all.pop() {
        Some(last) if all.is_empty() => last,
        last => {
            all.extend(last);
            Deed::All(all)
        }
    }
}
