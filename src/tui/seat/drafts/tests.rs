//! The keys that stand on disk, letter for letter: whoever changes one loses what people wrote.

use super::*;
use crate::domain::id::{FieldId, MoveId, PlaybookId, TaskId};
use crate::domain::ledger::Stream;
use crate::tui::form::DUTY_ACTS;
use crate::tui::form::purpose::Plan;

#[test]
fn every_kind_of_field_has_its_key() {
    let keys = [
        "comment",
        "until",
        "reason",
        "unit",
        "contact",
        "phone",
        "channel",
        "deadline",
        "text",
        "case",
        "photo",
        "title",
        "kind",
        "township",
        "place",
        "enterprise",
        "point",
        "count",
        "own.level",
        "own.order_no",
    ];
    let slots = [
        Slot::Comment,
        Slot::Until,
        Slot::Reason,
        Slot::Unit,
        Slot::Contact,
        Slot::Phone,
        Slot::Channel,
        Slot::Deadline,
        Slot::Text,
        Slot::Case,
        Slot::Photo,
        Slot::Title,
        Slot::Kind,
        Slot::Township,
        Slot::Place,
        Slot::Enterprise,
        Slot::Point,
        Slot::Count,
        Slot::Own(FieldId::new("level")),
        Slot::Own(FieldId::new("order_no")),
    ];
    assert_eq!(slots.each_ref().map(Slot::key), keys);
    assert_eq!(keys.map(Slot::by_key), slots.map(Some), "and is found by it");
    assert_eq!(Slot::by_key("Comment"), None, "never the name in the code");
}

#[test]
fn every_dialog_has_its_key() {
    let (alarms, case) = (
        vec![AlarmId::new("eye/1"), AlarmId::new("eye/2")],
        CaseId::new("F1"),
    );
    let (task, step, playbook) = (
        TaskId::new("F1.1"),
        MoveId::new("confirm"),
        PlaybookId::new("petition"),
    );
    let deploy = |plan| Purpose::Deploy {
        episode: CaseId::new("E1"),
        plan,
    };
    let open = Purpose::Open {
        alarm: AlarmId::new("eye/1"),
        playbook: playbook.clone(),
        then_dispatch: true,
    };
    let rows = [
        (Purpose::Acknowledge(alarms.clone()), "acknowledge eye/1 eye/2"),
        (
            Purpose::Unacknowledge(alarms.clone()),
            "unacknowledge eye/1 eye/2",
        ),
        (Purpose::Shelve(alarms.clone()), "shelve eye/1 eye/2"),
        (
            Purpose::OutOfService(alarms.clone()),
            "out-of-service eye/1 eye/2",
        ),
        (Purpose::Release(alarms), "release eye/1 eye/2"),
        (open, "open eye/1 petition"),
        (
            Purpose::Intake {
                playbook: playbook.clone(),
                parent: None,
            },
            "intake petition ",
        ),
        (
            Purpose::Intake {
                playbook,
                parent: Some(CaseId::new("E1")),
            },
            "intake petition E1",
        ),
        (deploy(Plan::Measures), "deploy E1 measures"),
        (deploy(Plan::Enterprises), "deploy E1 enterprises"),
        (
            Purpose::Steps {
                cases: vec![case.clone()],
                step: step.clone(),
            },
            "steps confirm F1",
        ),
        (Purpose::Draw, "draw "),
        (Purpose::Declare, "declare "),
        (
            Purpose::Step {
                case: case.clone(),
                step,
            },
            "step F1 confirm",
        ),
        (Purpose::Dispatch(case.clone()), "dispatch F1"),
        (Purpose::Withdraw(vec![task.clone()]), "withdraw F1.1"),
        (Purpose::Resend(vec![task.clone()]), "resend F1.1"),
        (Purpose::Called(vec![task.clone()]), "called F1.1"),
        (Purpose::Answered(vec![task]), "answered F1.1"),
        (Purpose::Note(vec![case.clone()]), "note F1"),
        (Purpose::Undo(vec![Stream::Case(case)]), "undo case/F1"),
    ];
    for (purpose, name) in rows {
        assert_eq!(key(&purpose), name);
    }
    let duty: Vec<String> = DUTY_ACTS.iter().map(|act| key(&Purpose::Duty(*act))).collect();
    let names = ["take", "note", "prepare", "read", "sign_out", "sign_in", "pass"];
    assert_eq!(duty, names.map(|name| format!("duty {name}")));
}
