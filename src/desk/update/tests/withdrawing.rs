//! Withdrawn orders: no case goes on saying that its matter is sent, told or under way, and it is sent anew.

use super::*;
use crate::config::playbook::embedded;
use crate::domain::fact::case::{CaseFact, Matter};
use crate::domain::id::FieldId;
use crate::domain::ledger::Draft;
use crate::domain::person::Actor;
use crate::domain::playbook::FieldKind;

fn case_id() -> CaseId {
    CaseId::new("Z1")
}

/// A bench with every loop that ships, and one case of `playbook` in `stage`.
fn bench(playbook: &Playbook, stage: &StageId) -> Bench {
    let mut bench = Bench::new();
    let room = Arc::make_mut(&mut bench.desk.board.room);
    room.playbooks = embedded();
    let matter = Matter {
        playbook: playbook.id.clone(),
        stage: stage.clone(),
        title: Clean::new("matter"),
        detected: NOON,
        ..Matter::default()
    };
    let draft = Draft {
        stream: Stream::Case(case_id()),
        expect: 0,
        at: NOON,
        by: Actor::Desk,
        seat: None,
        fact: Fact::Case(CaseFact::Opened(Box::new(matter))),
    };
    bench.give(Event::Stored(vec![entry(&draft, 1)]));
    bench
}

fn order() -> Order {
    Order {
        case: case_id(),
        unit: UnitId::new("u"),
        unit_name: Clean::new("unit"),
        channel: ChannelId::new("hook"),
        text: Clean::new("go"),
        ..Order::default()
    }
}

fn act(bench: &mut Bench, role: Role, command: Command) -> Result<Done, Refusal> {
    let by = Operator {
        id: OperatorId::new("chen"),
        role,
    };
    let request = Request {
        by,
        seat: SeatId::new("s"),
        ticket: 1,
        at: NOON + Span::mins(1),
        seen: Vec::new(),
        command,
    };
    bench.give(Event::Request(Box::new(request)));
    bench.told.pop().expect("every act is answered").answer
}

/// A person sends: whatever the step asks is given.
fn send(bench: &mut Bench, playbook: &Playbook, step: &Move) {
    let asked = step.asks.iter().filter_map(|id| playbook.field(id));
    let value = |kind: &FieldKind| match kind {
        FieldKind::Text => Clean::new("words"),
        FieldKind::Number => Clean::new("1"),
        FieldKind::Day => Clean::new("2027-01-01"),
        FieldKind::Choice(all) => all.first().map(|one| one.code.clone()).unwrap_or_default(),
    };
    let fields: Vec<(FieldId, Clean)> = asked.map(|f| (f.id.clone(), value(&f.kind))).collect();
    let given = MoveInput {
        comment: Clean::new("words"),
        unit: Some(UnitId::new("u")),
        fields,
        ..MoveInput::default()
    };
    let command = Command::Move {
        case: case_id(),
        step: step.id.clone(),
        given,
        order: Some(order()),
    };
    let role = step.roles.first().copied().expect("somebody sends");
    act(bench, role, command).unwrap_or_else(|why| panic!("{} {}: {why:?}", playbook.id, step.id));
}

fn deliver(bench: &mut Bench, task: &TaskId) {
    bench.give(Event::Sent {
        task: task.clone(),
        way: ChannelId::new("hook"),
        outcome: Outcome::Delivered(Clean::new("200")),
        at: NOON + Span::mins(2),
    });
}

fn nth(n: u32) -> TaskId {
    TaskId::new(&format!("Z1.{n}"))
}

/// Every step of every loop that sends, from every stage.
fn sendings() -> Vec<(Playbook, Move, StageId)> {
    let mut all = Vec::new();
    for playbook in embedded() {
        for step in playbook.moves.iter().filter(|step| step.dispatches) {
            all.extend(
                step.from
                    .iter()
                    .map(|from| (playbook.clone(), step.clone(), from.clone())),
            );
        }
    }
    all
}

#[test]
fn a_case_whose_only_order_is_withdrawn_does_not_go_on_saying_that_it_is_sent() {
    let mut tried = 0;
    for (playbook, step, from) in sendings() {
        for arrives in [false, true] {
            let what = format!("{} {} from {from}, arrived: {arrives}", playbook.id, step.id);
            let mut bench = bench(&playbook, &from);
            send(&mut bench, &playbook, &step);
            if arrives {
                deliver(&mut bench, &nth(1));
            }
            let sent = bench.case().state.stage.clone();
            act(&mut bench, Role::Operator, Command::Withdraw(nth(1))).expect("nobody answered");
            let stage = bench.case().state.stage.clone();
            // A mere mark left the stage as it was, and it says nothing of the order.
            assert_eq!(stage != sent, step.to.is_some(), "{what}: {stage}");
            if let (Some(_), Some(anew)) = (&step.to, playbook.dispatching(&stage)) {
                for role in [Role::Operator, Role::Leader] {
                    let undone = act(&mut bench, role, Command::Undo(Stream::Case(case_id())));
                    assert_eq!(undone, Err(Refusal::NothingToUndo), "{what}");
                }
                assert!(!anew.roles.is_empty(), "{what}");
                send(&mut bench, &playbook, anew);
                assert_ne!(bench.case().state.stage, stage, "{what}: sent anew");
            } else {
                assert_eq!(step.to, None, "{what}: no step sends anew from {stage}");
                act(&mut bench, Role::Operator, Command::Dispatch(Box::new(order())))
                    .expect("a further order");
            }
            tried += 1;
        }
    }
    assert!(tried >= 60, "{tried}");
}

/// The measure that was sent with two orders.
fn twice() -> Bench {
    let all = sendings();
    let (playbook, step, from) = all
        .iter()
        .find(|row| row.0.id.as_str() == "measure")
        .expect("it ships");
    let mut bench = bench(playbook, from);
    send(&mut bench, playbook, step);
    act(&mut bench, Role::Operator, Command::Dispatch(Box::new(order()))).expect("a further order");
    bench
}

fn stage_of(bench: &Bench) -> String {
    bench.case().state.stage.to_string()
}

#[test]
fn a_case_stays_sent_while_another_order_of_the_same_sending_stands() {
    let mut bench = twice();
    act(&mut bench, Role::Operator, Command::Withdraw(nth(1))).expect("nobody answered");
    assert_eq!(stage_of(&bench), "sending");
    act(&mut bench, Role::Operator, Command::Withdraw(nth(2))).expect("nobody answered");
    assert_eq!(stage_of(&bench), "to_send");
}

#[test]
fn orders_of_one_case_that_are_withdrawn_at_once_send_it_back_once() {
    let mut bench = twice();
    let both = Command::All(vec![Command::Withdraw(nth(1)), Command::Withdraw(nth(2))]);
    let done = act(&mut bench, Role::Operator, both).expect("nobody answered");
    assert_eq!((stage_of(&bench).as_str(), done.count), ("to_send", 3));
}

#[test]
fn orders_of_one_case_whose_calls_are_recorded_at_once_lead_it_on_once() {
    let mut bench = twice();
    let call = |n| Command::Called {
        task: nth(n),
        words: Clean::new("told"),
    };
    let done =
        act(&mut bench, Role::Operator, Command::All(vec![call(1), call(2)])).expect("a call is a call");
    assert_eq!((stage_of(&bench).as_str(), done.count), ("to_sign", 3));
}

#[test]
fn an_order_of_an_earlier_sending_takes_nothing_back_with_it() {
    let all = sendings();
    let (playbook, step, from) = all
        .iter()
        .find(|row| row.0.id.as_str() == "section")
        .expect("it ships");
    assert_eq!(step.id.as_str(), "instrument");
    let mut bench = bench(playbook, from);
    send(&mut bench, playbook, step);
    let confirm = Command::Move {
        case: case_id(),
        step: MoveId::new("confirm"),
        given: MoveInput {
            comment: Clean::new("true"),
            ..MoveInput::default()
        },
        order: None,
    };
    act(&mut bench, Role::Leader, confirm).expect("it is offered");
    let dispatch = playbook.step(&MoveId::new("dispatch")).expect("it has one");
    send(&mut bench, playbook, dispatch);
    act(&mut bench, Role::Operator, Command::Withdraw(nth(1))).expect("nobody answered");
    assert_eq!(stage_of(&bench), "told", "the township's order stands");
    act(&mut bench, Role::Operator, Command::Withdraw(nth(2))).expect("nobody answered");
    assert_eq!(stage_of(&bench), "confirmed");
}

#[test]
fn that_an_order_has_arrived_is_not_taken_back_by_undoing_the_call_that_says_so() {
    let all = sendings();
    let (playbook, step, from) = all
        .iter()
        .find(|row| row.0.id.as_str() == "measure")
        .expect("it ships");
    let mut bench = bench(playbook, from);
    send(&mut bench, playbook, step);
    let called = Command::Called {
        task: nth(1),
        words: Clean::new("told"),
    };
    act(&mut bench, Role::Operator, called).expect("a call is a call");
    let undone = act(&mut bench, Role::Operator, Command::Undo(Stream::Case(case_id())));
    assert_eq!(
        (undone, stage_of(&bench).as_str()),
        (Err(Refusal::NothingToUndo), "to_sign")
    );
}
