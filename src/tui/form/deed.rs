//! What was filled in becomes what the desk is asked to do.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::case::photo;
use crate::domain::decide::opening::Opening;
use crate::domain::fact::case::Given;
use crate::domain::id::{CaseId, UnitId};
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill};
use crate::tui::form::{
    Field, Form, Purpose, Slot, Value, bulk, duty, intake, order, orders, plan, room, sent,
};

/// The deed; or what is still wrong.
pub fn deed(form: &Form, board: &Board, lang: Lang) -> Result<Deed, String> {
    let still = |what: &str| fill(Tui::StillEmpty.text(lang), &[("what", &what)]);
    if let Some(field) = form.fields.iter().find(|field| field.needed && missing(field)) {
        return Err(still(&field.label));
    }
    let photo = form.text(&Slot::Photo);
    if !photo.trim().is_empty() && !photo::names_one(&photo) {
        return Err(Tui::NoPhoto.text(lang).to_owned());
    }
    let comment = Clean::from(form.text(&Slot::Comment));
    Ok(match form.purpose.clone() {
        Purpose::Acknowledge(alarms) => Deed::Acknowledge {
            alarms,
            comment,
            until: form.moment(&Slot::Until),
        },
        Purpose::Unacknowledge(alarms) => Deed::Unacknowledge(alarms),
        Purpose::Shelve(alarms) => Deed::Shelve {
            alarms,
            reason: comment,
            until: form
                .moment(&Slot::Until)
                .ok_or_else(|| still(Tui::Until.text(lang)))?,
        },
        Purpose::OutOfService(alarms) => Deed::OutOfService {
            alarms,
            reason: comment,
        },
        Purpose::Release(alarms) => Deed::Release(alarms),
        Purpose::Open { alarm, playbook, .. } => Deed::Open {
            playbook,
            opening: Box::new(Opening {
                alarm: Some(alarm),
                title: Clean::from(form.text(&Slot::Title)),
                ..Opening::default()
            }),
        },
        Purpose::Intake { playbook, parent } => Deed::Open {
            opening: Box::new(intake::opening(form, board, lang, (&playbook, parent))?),
            playbook,
        },
        Purpose::Deploy { episode, plan } => plan::deed(board, lang, &episode, plan),
        Purpose::Steps { cases, step } => {
            let own = cases.first().map(|case| intake::own(form, board, case));
            let given = Given {
                fields: own.unwrap_or_default(),
                ..given(form, comment)
            };
            bulk::deed(cases, &step, &given)
        }
        Purpose::Orders(all) => orders::deed(board, &all, &comment, lang)?,
        Purpose::Draw => room::drawn(form, lang)?,
        Purpose::Declare => room::declared(form, board, lang)?,
        Purpose::EndDeclaration(id) => Deed::EndDeclaration(id),
        Purpose::Step { case, step } => Deed::Move {
            given: Given {
                fields: intake::own(form, board, &case),
                ..given(form, comment)
            },
            order: form
                .field(&Slot::Text)
                .is_some()
                .then(|| order::filled(form, board, &case)),
            case,
            step,
        },
        Purpose::Dispatch(case) => Deed::Dispatch(Box::new(order::filled(form, board, &case))),
        Purpose::Withdraw(tasks) => bulk::all(tasks.into_iter().map(Deed::Withdraw)),
        Purpose::Resend(tasks) => sent::again(board, tasks, &form.text(&Slot::Channel)),
        Purpose::Called(tasks) => {
            let words = sent::shared(board, comment, tasks.len());
            let one = |task| Deed::Called {
                task,
                words: words.clone(),
            };
            bulk::all(tasks.into_iter().map(one))
        }
        Purpose::Answered(tasks) => {
            let words = sent::shared(board, comment, tasks.len());
            let one = |task| Deed::Answered {
                task,
                kind: Clean::from(form.text(&Slot::Kind)),
                words: words.clone(),
            };
            bulk::all(tasks.into_iter().map(one))
        }
        Purpose::Note(cases) => bulk::notes(cases, &comment),
        Purpose::Duty(act) => duty::deed(form, act),
        Purpose::Undo(streams) => bulk::all(streams.into_iter().map(Deed::Undo)),
    })
}

fn missing(field: &Field) -> bool {
    match &field.value {
        Value::Text(edit) => edit.text().trim().is_empty(),
        Value::Choice(choices, at) => choices.get(*at).is_none_or(|choice| choice.key.is_empty()),
    }
}

fn given(form: &Form, comment: Clean) -> Given {
    let filled = |slot| Some(form.text(&slot)).filter(|text| !text.trim().is_empty());
    Given {
        reason: filled(Slot::Reason).map(Clean::from),
        comment,
        unit: filled(Slot::Unit).map(|unit| UnitId::new(&unit)),
        case: filled(Slot::Case).map(|case| CaseId::new(&case)),
        photo: filled(Slot::Photo).map(Clean::from),
        ..Given::default()
    }
}
