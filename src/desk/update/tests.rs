//! The desk's decisions, from events to effects, over a ledger held in the test's hand.

mod answers;
mod bench;
mod county;
mod curtailing;
mod declared;
mod duty;
mod ends;
mod floods;
mod forecasts;
mod loops;
mod newcomers;
mod trends;
mod volume;
mod withdrawing;

use super::*;
use crate::desk::board::Room;
use crate::desk::{Command, Done, Reply, Request};
use crate::domain::alarm::AlarmState;
use crate::domain::chain::Checked;
use crate::domain::decide::refusal::Refusal;
use crate::domain::directory::Directory;
use crate::domain::fact::case::MoveInput;
use crate::domain::fact::task::Order;
use crate::domain::feed::{Feed, PollResult, TaskAnswer};
use crate::domain::id::{
    CaseId, ChannelId, MoveId, OperatorId, PlaybookId, SeatId, SourceId, StageId, TaskId, UnitId,
};
use crate::domain::ledger_fault::{LedgerFault, Misfit};
use crate::domain::person::{Operator, Role};
use crate::domain::playbook::{Move, Playbook, Stage, Words};
use crate::domain::signal::{Severity, Signal, SignalKind};
use crate::domain::task::outcome::Outcome;
use crate::domain::text::Clean;
use crate::domain::time::{CHINA, Span};
use imbl::{OrdMap, Vector};
use std::sync::Arc;

use bench::{Bench, NOON, acknowledge, entry, fire};

#[test]
fn a_fire_raises_an_alarm_and_opens_its_case_in_one_append() {
    let mut bench = Bench::new();
    let take = PollResult {
        signals: vec![fire("1", Severity::Orange)],
        ..PollResult::default()
    };
    let event = Event::Read {
        source: SourceId::new("eye"),
        take: Box::new(take),
        at: NOON,
        next: NOON,
    };
    let effects = bench.desk.update(event);
    assert!(
        bench.desk.board.state.alarms.is_empty(),
        "nothing is shown before it is stored"
    );
    let drafts: usize = effects
        .iter()
        .map(|e| {
            if let Effect::Append { drafts, .. } = e {
                drafts.len()
            } else {
                0
            }
        })
        .sum();
    assert_eq!(drafts, 3, "raised, opened, joined");
}

#[test]
fn the_same_signal_again_changes_nothing() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Orange)], false);
    let before = bench.desk.board.state.clone();
    bench.poll(
        vec![fire("1", Severity::Orange), fire("1", Severity::Orange)],
        false,
    );
    assert_eq!(bench.desk.board.state, before);
}

#[test]
fn two_fires_of_one_poll_get_two_numbers() {
    let mut bench = Bench::new();
    bench.poll(
        vec![fire("1", Severity::Orange), fire("2", Severity::Orange)],
        false,
    );
    bench.poll(vec![fire("3", Severity::Orange)], false);
    let ids: Vec<&str> = bench.desk.board.state.cases.keys().map(CaseId::as_str).collect();
    assert_eq!(ids, ["F20260921-0001", "F20260921-0002", "F20260921-0003"]);
}

#[test]
fn a_worse_signal_is_unacknowledged_again() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    let (id, version) = (bench.alarm().id.clone(), bench.alarm().version);
    bench
        .act(
            "first",
            vec![(Stream::Alarm(id.clone()), version)],
            acknowledge(&id),
        )
        .expect("it can be acknowledged");
    assert_eq!(bench.alarm().state(), AlarmState::Acknowledged);
    bench.poll(vec![fire("1", Severity::Red)], false);
    assert_eq!(bench.alarm().state(), AlarmState::Unacknowledged);
}

#[test]
fn a_list_of_one_day_ends_no_fire_of_the_day_before() {
    let gone = |since: Option<Moment>| {
        let mut bench = Bench::new();
        bench.poll(vec![fire("1", Severity::Yellow)], true);
        let take = PollResult {
            complete: true,
            since,
            ..PollResult::default()
        };
        bench.read(take, NOON);
        bench.alarm().state() == AlarmState::Returned
    };
    assert!(!gone(Some(NOON)), "the list that was asked for begins after it");
    assert!(gone(Some(NOON - Span::hours(1))));
    assert!(gone(None));
}

#[test]
fn what_a_complete_list_no_longer_holds_has_returned() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Yellow)], true);
    bench.poll(Vec::new(), false);
    assert_eq!(
        bench.alarm().state(),
        AlarmState::Unacknowledged,
        "an incomplete list says nothing of absence"
    );
    bench.poll(Vec::new(), true);
    assert_eq!(bench.alarm().state(), AlarmState::Returned);
}

#[test]
fn the_second_acknowledgement_is_refused_and_names_the_first() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    let (id, version) = (bench.alarm().id.clone(), bench.alarm().version);
    let seen = vec![(Stream::Alarm(id.clone()), version)];
    bench
        .act("first", seen.clone(), acknowledge(&id))
        .expect("nobody was before");
    let refusal = bench
        .act("second", seen, acknowledge(&id))
        .expect_err("somebody was first");
    let first = Actor::Person(OperatorId::new("first"));
    assert_eq!(
        refusal,
        Refusal::Changed {
            stream: Stream::Alarm(id),
            by: Some(first),
            at: Some(NOON + Span::mins(1))
        }
    );
}

#[test]
fn a_limit_that_passes_refuses_no_act_but_a_step_does() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    let (case, seen) = (bench.case().id.clone(), bench.case().version);
    let stream = Stream::Case(case.clone());
    let late = crate::domain::fact::case::CaseFact::Late {
        stage: StageId::new("found"),
        due: NOON,
    };
    let next = bench.desk.board.state.seq + 1;
    let draft = crate::domain::ledger::Draft {
        stream: stream.clone(),
        expect: seen,
        at: NOON,
        by: Actor::Desk,
        seat: None,
        fact: Fact::Case(late),
    };
    bench.give(Event::Stored(vec![entry(&draft, next)]));
    let note = |words: &str| Command::Note {
        case: case.clone(),
        words: Clean::new(words),
    };
    bench
        .act("first", vec![(stream.clone(), seen)], note("one"))
        .expect("only the clock has moved");
    let refusal = bench
        .act("second", vec![(stream, seen)], note("two"))
        .expect_err("a person was first");
    assert!(
        matches!(refusal, Refusal::Changed { by: Some(_), .. }),
        "{refusal:?}"
    );
}

#[test]
fn closing_a_case_settles_its_alarm() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    let case = bench.case().id.clone();
    let command = Command::Move {
        case,
        step: MoveId::new("dismiss"),
        given: MoveInput::default(),
        order: None,
    };
    bench
        .act("first", Vec::new(), command)
        .expect("the step is offered");
    assert!(bench.case().state.closed.is_some());
    assert!(bench.desk.board.state.alarms.is_empty(), "seen and ended");
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    assert!(
        bench.desk.board.state.alarms.is_empty(),
        "what was dealt with does not come back by being listed again"
    );
}

/// An order of a case to the unit `u` by the channel `hook`.
fn order(case: CaseId) -> Order {
    Order {
        case,
        unit: UnitId::new("u"),
        unit_name: Clean::new("unit"),
        channel: ChannelId::new("hook"),
        text: Clean::new("go"),
        ..Order::default()
    }
}

#[test]
fn a_units_answer_makes_the_step_that_waits_for_it() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    let case = bench.case().id.clone();
    let command = Command::Move {
        case: case.clone(),
        step: MoveId::new("order"),
        given: MoveInput::default(),
        order: Some(order(case)),
    };
    bench
        .act("first", Vec::new(), command)
        .expect("the step is offered");
    let task = bench.case().tasks.first().expect("an order was made").clone();
    assert_eq!(bench.desk.board.state.outbox.len(), 1);
    bench.give(Event::Sent {
        task: task.clone(),
        way: ChannelId::new("hook"),
        outcome: Outcome::Delivered(Clean::new("200")),
        at: NOON + Span::mins(1),
    });
    assert!(bench.desk.board.state.outbox.is_empty());
    let number = bench
        .desk
        .board
        .state
        .tasks
        .get(&task)
        .map(|task| task.number().to_owned());
    let answer = TaskAnswer {
        task: TaskId::new(&number.expect("it is there")),
        unit: UnitId::new("u"),
        photo: None,
        kind: Clean::new("received"),
        text: Clean::new("on our way"),
        at: NOON + Span::mins(2),
    };
    let take = PollResult {
        answers: vec![answer.clone(), answer],
        ..PollResult::default()
    };
    for _ in 0..2 {
        let take = Box::new(take.clone());
        bench.give(Event::Read {
            source: SourceId::new("eye"),
            take,
            at: NOON + Span::mins(3),
            next: NOON + Span::mins(3),
        });
    }
    assert_eq!(bench.case().state.stage, StageId::new("received"));
    assert_eq!(
        bench
            .desk
            .board
            .state
            .tasks
            .values()
            .map(|t| t.answers.len())
            .sum::<usize>(),
        1
    );
}

#[test]
fn an_acknowledgement_expires_by_time() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    let id = bench.alarm().id.clone();
    let until = Some(NOON + Span::hours(1));
    let command = Command::Acknowledge {
        alarms: vec![id],
        comment: Clean::default(),
        until,
    };
    bench
        .act("first", Vec::new(), command)
        .expect("nobody was before");
    bench.give(Event::Tick(NOON + Span::mins(59)));
    assert_eq!(bench.alarm().state(), AlarmState::Acknowledged);
    bench.give(Event::Tick(NOON + Span::mins(60)));
    assert_eq!(bench.alarm().state(), AlarmState::Unacknowledged);
}

#[test]
fn nothing_is_done_while_nothing_can_be_stored() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    let id = bench.alarm().id.clone();
    bench.give(Event::Writable(Err(LedgerFault::DiskFull)));
    let refusal = bench
        .act("first", Vec::new(), acknowledge(&id))
        .expect_err("the disk is full");
    assert_eq!(refusal, Refusal::ReadOnly(LedgerFault::DiskFull));
}

#[test]
fn on_a_chain_that_is_broken_no_act_is_taken_and_what_comes_in_is_still_recorded() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    let id = bench.alarm().id.clone();
    let broken = LedgerFault::Broken {
        entry: 1,
        why: Misfit::Hash,
    };
    let (fault, at) = (broken.clone(), NOON);
    bench.give(Event::Verified(Checked::Broken { fault, at }));
    bench.give(Event::Verified(Checked::Running));
    let refused = bench.act("first", Vec::new(), acknowledge(&id));
    assert_eq!(refused, Err(Refusal::ReadOnly(broken)));
    bench.poll(vec![fire("1", Severity::Yellow), fire("2", Severity::Red)], false);
    assert_eq!(bench.desk.board().state.alarms.len(), 2);
    bench.give(Event::Verified(Checked::Whole { upto: 2, at }));
    bench
        .act("first", Vec::new(), acknowledge(&id))
        .expect("it is whole again");
}
