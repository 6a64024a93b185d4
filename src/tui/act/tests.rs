//! The keys of drafts that stand on disk, letter for letter: whoever changes one loses what people wrote.

use super::acknowledge::Acknowledge;
use super::answered::Answered;
use super::called::Called;
use super::declare::Declare;
use super::deploy::{Deploy, Plan};
use super::dispatch::Dispatch;
use super::draw::Draw;
use super::duty::{Duty, ROWS};
use super::end_declaration::EndDeclaration;
use super::intake::Intake;
use super::note::Note;
use super::open::Open;
use super::orders::Orders;
use super::out_of_service::OutOfService;
use super::release::Release;
use super::resend::Resend;
use super::sending::Sending;
use super::shelve::Shelve;
use super::step::Step;
use super::steps::Steps;
use super::unacknowledge::Unacknowledge;
use super::undo::Undo;
use super::withdraw::Withdraw;
use super::*;
use crate::domain::id::{AlarmId, FieldId, MoveId, PlaybookId, TaskId};

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
    let alarms = || vec![AlarmId::new("eye/1"), AlarmId::new("eye/2")];
    let case = || CaseId::new("F1");
    let tasks = || vec![TaskId::new("F1.1")];
    let (step, playbook) = (|| MoveId::new("confirm"), || PlaybookId::new("petition"));
    let deploy = |plan| Deploy {
        episode: CaseId::new("E1"),
        plan,
    };
    let open = Open {
        alarm: AlarmId::new("eye/1"),
        playbook: playbook(),
        then_dispatch: true,
    };
    let intake = |parent| Intake {
        playbook: playbook(),
        parent,
    };
    let steps = Steps {
        cases: vec![case()],
        step: step(),
    };
    let one = Step {
        case: case(),
        step: step(),
    };
    let sendings = vec![
        Sending::Step(case(), step()),
        Sending::Further(CaseId::new("F2")),
        Sending::Open(AlarmId::new("eye/1"), playbook()),
    ];
    let rows: [(Purpose, &str); 24] = [
        (Purpose::new(Acknowledge(alarms())), "acknowledge eye/1 eye/2"),
        (Purpose::new(Unacknowledge(alarms())), "unacknowledge eye/1 eye/2"),
        (Purpose::new(Shelve(alarms())), "shelve eye/1 eye/2"),
        (Purpose::new(OutOfService(alarms())), "out-of-service eye/1 eye/2"),
        (Purpose::new(Release(alarms())), "release eye/1 eye/2"),
        (Purpose::new(open), "open eye/1 petition"),
        (Purpose::new(intake(None)), "intake petition "),
        (
            Purpose::new(intake(Some(CaseId::new("E1")))),
            "intake petition E1",
        ),
        (Purpose::new(deploy(Plan::Measures)), "deploy E1 measures"),
        (Purpose::new(deploy(Plan::Enterprises)), "deploy E1 enterprises"),
        (Purpose::new(steps), "steps confirm F1"),
        (Purpose::new(Draw), "draw "),
        (Purpose::new(Declare), "declare "),
        (Purpose::new(EndDeclaration(7)), "end-declaration 7"),
        (Purpose::new(one), "step F1 confirm"),
        (Purpose::new(Dispatch(case())), "dispatch F1"),
        (Purpose::new(Orders(sendings)), "orders F1 F2 eye/1"),
        (Purpose::new(Withdraw(tasks())), "withdraw F1.1"),
        (Purpose::new(Resend(tasks())), "resend F1.1"),
        (Purpose::new(Called(tasks())), "called F1.1"),
        (Purpose::new(Answered(tasks())), "answered F1.1"),
        (Purpose::new(Note(vec![case()])), "note F1"),
        (Purpose::new(Undo(vec![Stream::Case(case())])), "undo case/F1"),
        (Purpose::new(Duty(ROWS[0].0)), "duty take"),
    ];
    for (purpose, name) in rows {
        assert_eq!(purpose.key(), name);
    }
    let duty: Vec<String> = ROWS.iter().map(|row| Duty(row.0).key()).collect();
    let names = ["take", "note", "prepare", "read", "sign_out", "sign_in", "pass"];
    assert_eq!(duty, names.map(|name| format!("duty {name}")));
}
