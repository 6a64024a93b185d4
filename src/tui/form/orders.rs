//! Orders for many at once: each goes to its own unit by its own channel, by the step of its own loop.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::decide::opening::Opening;
use crate::domain::fact::case::Given;
use crate::domain::fact::task::Order;
use crate::domain::id::{AlarmId, CaseId, PlaybookId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::{Move, Need, Playbook};
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill};
use crate::tui::form::field::text;
use crate::tui::form::purpose::Sending;
use crate::tui::form::{Desk, Form, Slot, order, said};

/// The order as it is proposed; `None` where no unit or no way to it is known, or what it is about is no more.
pub fn order(desk: &Desk<'_>, sending: &Sending) -> Option<Order> {
    match sending {
        Sending::Step(id, _) | Sending::Further(id) => {
            let case = desk.board.state.cases.get(id)?;
            order::proposal(desk.board, case, desk.lang, desk.now)
        }
        Sending::Open(alarm, playbook) => {
            let (case, _) = opened(desk, alarm, playbook)?;
            order::proposal(desk.board, &case, desk.lang, desk.now)
        }
    }
}

/// The case that an alarm will have, and what it is opened with.
fn opened(desk: &Desk<'_>, alarm: &AlarmId, playbook: &PlaybookId) -> Option<(Case, Opening)> {
    let playbook = playbook_by(desk.board, playbook)?;
    let alarm = desk.board.state.alarms.get(alarm)?;
    let opening = Opening::of_alarm(&alarm.id, &alarm.cause);
    Some((order::to_be(desk.board, playbook, &opening, desk.now), opening))
}

fn playbook_by<'a>(board: &'a Board, id: &PlaybookId) -> Option<&'a Playbook> {
    board.room.playbooks.iter().find(|playbook| playbook.id == *id)
}

fn step<'a>(board: &'a Board, sending: &Sending) -> Option<&'a Move> {
    let Sending::Step(case, step) = sending else {
        return None;
    };
    let case = board.state.cases.get(case)?;
    playbook_by(board, &case.matter.playbook)?.step(step)
}

/// What is named, with the version that was on the screen.
fn stream(board: &Board, sending: &Sending) -> Option<(Stream, u32)> {
    match sending {
        Sending::Step(id, _) | Sending::Further(id) => {
            let case = board.state.cases.get(id)?;
            Some((Stream::Case(id.clone()), case.version))
        }
        Sending::Open(id, _) => {
            let alarm = board.state.alarms.get(id)?;
            Some((Stream::Alarm(id.clone()), alarm.version))
        }
    }
}

/// The dialog: how many orders go to whom by which way, and one comment.
pub(super) fn form(form: &mut Form, desk: &Desk<'_>, all: &[Sending]) -> Option<()> {
    let orders: Vec<Order> = all.iter().filter_map(|sending| order(desk, sending)).collect();
    (!orders.is_empty()).then_some(())?;
    let verb = Tui::Dispatch.text(desk.lang);
    form.title = fill(Tui::DoMany.text(desk.lang), &[("verb", &verb), ("n", &all.len())]);
    form.verb.clone_from(&form.title);
    form.about = said::orders(desk, verb, &orders.iter().collect::<Vec<_>>());
    form.seen = all.iter().filter_map(|one| stream(desk.board, one)).collect();
    let needed = all.iter().filter_map(|sending| step(desk.board, sending));
    let needed = needed
        .flat_map(|step| &step.needs)
        .any(|need| *need == Need::Comment);
    let label = Tui::Comment.text(desk.lang);
    form.fields.push(text(Slot::Comment, label, "", needed));
    for id in all.iter().filter_map(case) {
        if let Some(case) = desk.board.state.cases.get(id) {
            order::on_site(form, desk, case);
        }
    }
    Some(())
}

fn case(sending: &Sending) -> Option<&CaseId> {
    match sending {
        Sending::Step(id, _) | Sending::Further(id) => Some(id),
        Sending::Open(..) => None,
    }
}

/// One order for each.
///
/// # Errors
/// No unit is known any more for one of them.
pub(super) fn deed(board: &Board, all: &[Sending], comment: &Clean, lang: Lang) -> Result<Deed, String> {
    let desk = Desk {
        board,
        lang,
        now: board.at,
        hand: Span::ZERO,
    };
    let one = |sending: &Sending| {
        let unknown = || fill(Tui::UnitUnknown.text(lang), &[("which", &sending.text())]);
        let order = order(&desk, sending).ok_or_else(unknown)?;
        Ok(send(&desk, sending, order, comment))
    };
    all.iter().map(one).collect::<Result<_, String>>().map(Deed::All)
}

fn send(desk: &Desk<'_>, sending: &Sending, order: Order, comment: &Clean) -> Deed {
    match sending {
        Sending::Step(case, id) => {
            let to_unit = step(desk.board, sending).is_some_and(|step| !step.to_enterprise);
            Deed::Move {
                case: case.clone(),
                step: id.clone(),
                given: Given {
                    unit: to_unit.then(|| order.unit.clone()),
                    comment: comment.clone(),
                    ..Given::default()
                },
                order: Some(order),
            }
        }
        Sending::Further(_) => Deed::Dispatch(Box::new(order::because(desk.board, order, comment))),
        Sending::Open(alarm, playbook) => Deed::Open {
            playbook: playbook.clone(),
            opening: Box::new(Opening {
                alarm: Some(alarm.clone()),
                order: Some(Box::new(order)),
                ..Opening::default()
            }),
        },
    }
}
