//! What was filled in becomes what the desk is asked to do.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::case::opening::Opening;
use crate::domain::case::photo;
use crate::domain::fact::case::Given;
use crate::domain::fact::task::Order;
use crate::domain::id::CaseId;
use crate::domain::id::ChannelId;
use crate::domain::id::UnitId;
use crate::domain::text::Clean;
use crate::lang::Lang;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::form::Field;
use crate::tui::form::Form;
use crate::tui::form::Purpose;
use crate::tui::form::Slot;
use crate::tui::form::Value;
use crate::tui::form::bulk;
use crate::tui::form::duty;
use crate::tui::form::intake;
use crate::tui::form::order;
use crate::tui::form::orders;
use crate::tui::form::plan;
use crate::tui::form::room;

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
                .then(|| ordered(form, board, &case)),
            case,
            step,
        },
        Purpose::Dispatch(case) => {
            let order = ordered(form, board, &case);
            Deed::Dispatch(Box::new(order::because(board, order, &comment)))
        }
        Purpose::Withdraw(task) => Deed::Withdraw(task),
        Purpose::Resend(task) => Deed::Resend {
            task,
            way: ChannelId::new(&form.text(&Slot::Channel)),
        },
        Purpose::Called(task) => Deed::Called { task, words: comment },
        Purpose::Answered(task) => Deed::Answered {
            task,
            kind: Clean::from(form.text(&Slot::Kind)),
            words: comment,
        },
        Purpose::Note(cases) => bulk::notes(cases, &comment),
        Purpose::Duty(act) => duty::deed(form, act),
        Purpose::Undo(stream) => Deed::Undo(stream),
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

fn ordered(form: &Form, board: &Board, case: &CaseId) -> Order {
    let (unit, unit_name) = whom(form, board, case);
    let deadline = form.moment(&Slot::Deadline);
    let known = board.state.cases.get(case);
    let way = ChannelId::new(&form.text(&Slot::Channel));
    let drawn = known.map(|known| order::words(board, known, (deadline, &way), form.opened).0);
    Order {
        case: case.clone(),
        unit_name,
        unit,
        contact: Clean::from(form.text(&Slot::Contact)),
        phone: Clean::from(form.text(&Slot::Phone)),
        channel: way,
        text: Clean::from(form.text(&Slot::Text)),
        deadline,
        ..drawn.unwrap_or_default()
    }
}

/// The unit that was chosen; the enterprise where the notice goes to that.
fn whom(form: &Form, board: &Board, case: &CaseId) -> (UnitId, Clean) {
    if form.field(&Slot::Unit).is_none() {
        let case = board.state.cases.get(case);
        let named = |case: &Case| (UnitId::default(), case.matter.title.clone());
        let to = case.and_then(|case| order::recipient(board, case));
        let to = to.map(order::Recipient::named);
        return to.or_else(|| case.map(named)).unwrap_or_default();
    }
    let unit = UnitId::new(&form.text(&Slot::Unit));
    let name = board.room.directory.unit(&unit).map(|unit| unit.name.clone());
    (unit, name.unwrap_or_default())
}
