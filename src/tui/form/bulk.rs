//! Many cases at once: one step for all marked cases. Everything of it is stored as one, or nothing.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::fact::case::Given;
use crate::domain::id::CaseId;
use crate::domain::id::MoveId;
use crate::domain::ledger::Stream;
use crate::domain::time::Moment;
use crate::lang::Lang;
use crate::lang::fill;
use crate::lang::screens::control::Control;
use crate::lang::tui::Tui;
use crate::tui::form::Desk;
use crate::tui::form::Form;
use crate::tui::form::Slot;
use crate::tui::form::asked;
use crate::tui::form::field::text;
use crate::tui::form::order;

/// The dialog of one step for several cases of one loop: one comment, and what the step asks beside it.
pub(super) fn step_form(form: &mut Form, desk: &Desk<'_>, ids: &[CaseId], step: &MoveId) -> Option<()> {
    let cases: Vec<&Case> = ids
        .iter()
        .filter_map(|id| desk.board.state.cases.get(id))
        .collect();
    let first = cases.first()?;
    let playbooks = &desk.board.room.playbooks;
    let playbook = playbooks.iter().find(|p| p.id == first.matter.playbook)?;
    let step = playbook.step(step)?;
    let verb = desk.lang.of(&step.words);
    let values: [(&str, &dyn std::fmt::Display); 2] = [("verb", &verb), ("n", &cases.len())];
    form.title = fill(Control::BulkStep.text(desk.lang), &values);
    form.verb.clone_from(&form.title);
    form.about = cases
        .iter()
        .take(4)
        .map(|case| format!("{}  {}", case.id, case.matter.title))
        .collect();
    if cases.len() > 4 {
        form.about
            .push(fill(Tui::AndMore.text(desk.lang), &[("n", &(cases.len() - 4))]));
    }
    for case in &cases {
        form.seen.push((Stream::Case(case.id.clone()), case.version));
    }
    form.fields = asked::fields(desk, first, playbook, step);
    if step.dispatches {
        form.note = unknown_units(desk.board, ids, desk.lang);
        for case in &cases {
            order::on_site(form, desk, case);
        }
    }
    if form.field(Slot::Comment).is_none() {
        form.fields
            .push(text(Slot::Comment, Tui::Comment.text(desk.lang), "", false));
    }
    Some(())
}

/// One move for each case; where the step dispatches, each order goes to the case's own unit by its own channel.
///
/// # Errors
/// No unit is known to answer for some of them: those must be dispatched one by one, where the unit is asked for.
pub(super) fn step_deed(
    board: &Board,
    (ids, step): (&[CaseId], &MoveId),
    given: &Given,
    lang: Lang,
) -> Result<Deed, String> {
    let now = board.at;
    let each = ids.iter().filter_map(|id| board.state.cases.get(id));
    let all: Vec<Deed> = each
        .map(|case| one(board, case, step, given, (lang, now)))
        .collect();
    let sends = |case: &&Case| dispatches(board, case, step);
    let sending = ids
        .iter()
        .filter_map(|id| board.state.cases.get(id))
        .any(|case| sends(&case));
    match unknown_units(board, ids, lang).filter(|_| sending) {
        Some(flaw) => Err(flaw),
        None => Ok(Deed::All(all)),
    }
}

/// Names the cases for which no unit is known.
fn unknown_units(board: &Board, ids: &[CaseId], lang: Lang) -> Option<String> {
    let cases = ids.iter().filter_map(|id| board.state.cases.get(id));
    let unknown = cases.filter(|case| order::recipient(board, case).is_none());
    let unknown: Vec<&str> = unknown.map(|case| case.id.as_str()).collect();
    let which = unknown.join(lang.pick("、", ", "));
    (!unknown.is_empty()).then(|| fill(Tui::UnitUnknown.text(lang), &[("which", &which)]))
}

fn dispatches(board: &Board, case: &Case, step: &MoveId) -> bool {
    let playbook = board.room.playbooks.iter().find(|p| p.id == case.matter.playbook);
    playbook
        .and_then(|p| p.step(step))
        .is_some_and(|step| step.dispatches)
}

fn one(board: &Board, case: &Case, step: &MoveId, given: &Given, (lang, now): (Lang, Moment)) -> Deed {
    let order = dispatches(board, case, step)
        .then(|| order::proposal(board, case, lang, now))
        .flatten();
    let unit = given
        .unit
        .clone()
        .or_else(|| order.as_ref().map(|order| order.unit.clone()));
    Deed::Move {
        case: case.id.clone(),
        step: step.clone(),
        given: Given {
            unit,
            ..given.clone()
        },
        order,
    }
}
