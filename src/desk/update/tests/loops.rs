//! Loops that act on alarms and time, open cases under a case, and are furnished anew.

use super::*;
use crate::domain::decide::opening::Opening;
use crate::domain::directory::{Point, PointKind};
use crate::domain::fact::room::RoomFact;
use crate::domain::id::{FieldId, PointId};
use crate::domain::playbook::{Trigger, When};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};

/// A loop on a rule's alarm: watched → exceeding by the alarm, back by its return; closed only when all is normal;
/// looked back at after 30 days.
fn section() -> Playbook {
    let mut rise = bench::step("rise", "watched", "exceeding", Role::Operator);
    rise.by_itself = vec![Trigger::Alarm(Clean::new("HIGH"))];
    let mut fall = bench::step("fall", "exceeding", "watched", Role::Operator);
    fall.by_itself = vec![Trigger::Return(Clean::new("HIGH"))];
    let mut close = bench::step("close", "watched", "closed", Role::Operator);
    close.when = When::Returned;
    let mut again = bench::step("again", "closed", "looked_back", Role::Operator);
    (again.roles, again.by_itself) = (Vec::new(), vec![Trigger::After(Span::days(30))]);
    let mut find = bench::step("find", "watched", "watched", Role::Operator);
    (find.to, find.opens) = (None, Some(PlaybookId::new("straw-fire")));
    Playbook {
        id: PlaybookId::new("section"),
        version: 1,
        letter: 'W',
        by_hand: true,
        opens_on_alarm: vec![Clean::new("HIGH")],
        stages: vec![
            bench::stage("watched", false),
            bench::stage("exceeding", false),
            bench::stage("closed", true),
            bench::stage("looked_back", false),
        ],
        moves: vec![
            rise,
            fall,
            close,
            again,
            find,
            bench::step("keep", "looked_back", "closed", Role::Operator),
        ],
        ..Playbook::default()
    }
}

fn rule() -> RuleSetting {
    bench::above("HIGH", Quantity::Pm25, 100, Severity::Red)
}

fn bench() -> Bench {
    let mut bench = Bench::new();
    let mut room = (*bench.desk.board.room).clone();
    room.playbooks.push(section());
    (bench.desk.board.room, bench.desk.rules) = (Arc::new(room), vec![rule()]);
    bench.desk.board.collects = true;
    bench
}

/// The value of one hour at the station, `hours` after noon.
fn measured(bench: &mut Bench, hours: i64, value: i64) {
    let at = NOON + Span::hours(hours);
    let reading = Reading {
        point: PointId::new("station"),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at,
        value: Some(Value::whole(value)),
        flag: Flag::Valid,
        source: SourceId::new("eye"),
    };
    let take = PollResult {
        readings: vec![reading],
        ..PollResult::default()
    };
    bench.read(take, at);
}

fn move_to(case: &CaseId, step: &str) -> Command {
    Command::Move {
        case: case.clone(),
        step: MoveId::new(step),
        given: MoveInput {
            comment: Clean::new("words"),
            ..MoveInput::default()
        },
        order: None,
    }
}

#[test]
fn a_rules_alarm_opens_its_case_and_a_second_one_there_joins_it() {
    let mut bench = bench();
    measured(&mut bench, 0, 150);
    let case = bench.case().clone();
    assert_eq!((case.state.stage.as_str(), case.alarms.len()), ("watched", 1));
    assert_eq!(case.matter.point, Some(PointId::new("station")));
    assert_eq!(bench.alarm().case, Some(case.id.clone()));
    measured(&mut bench, 1, 20);
    measured(&mut bench, 2, 160);
    assert_eq!(bench.desk.board.state.cases.len(), 1, "the open case takes it in");
    assert_eq!(
        bench.case().state.stage.as_str(),
        "exceeding",
        "its step waited for the alarm"
    );
    measured(&mut bench, 3, 20);
    bench.give(Event::Tick(NOON + Span::hours(3)));
    assert_eq!(bench.case().state.stage.as_str(), "watched", "and for its return");
}

#[test]
fn a_case_closes_when_its_alarms_are_normal_and_is_looked_back_at_after_thirty_days() {
    let mut bench = bench();
    measured(&mut bench, 0, 150);
    let id = bench.case().id.clone();
    let refused = bench.act("o", Vec::new(), move_to(&id, "close"));
    assert_eq!(refused, Err(Refusal::NotYet(When::Returned)));
    measured(&mut bench, 1, 20);
    bench
        .act("o", Vec::new(), move_to(&id, "close"))
        .expect("it is over");
    assert!(bench.case().state.closed.is_some());
    bench.give(Event::Tick(NOON + Span::days(30)));
    assert_eq!(
        bench.case().state.stage.as_str(),
        "closed",
        "it was closed a minute after noon"
    );
    bench.give(Event::Tick(NOON + Span::days(30) + Span::mins(1)));
    assert_eq!(
        (bench.case().state.stage.as_str(), bench.case().state.closed),
        ("looked_back", None)
    );
}

#[test]
fn a_step_opens_a_case_under_its_own_and_several_things_are_done_as_one_or_not_at_all() {
    let mut bench = bench();
    measured(&mut bench, 0, 150);
    let id = bench.case().id.clone();
    bench.act("o", Vec::new(), move_to(&id, "find")).expect("it may");
    let state = &bench.desk.board.state;
    let under: Vec<&str> = state.under(&id).map(|case| case.matter.title.as_str()).collect();
    assert_eq!(under, ["words"]);
    let open = |title: &str| Command::Open {
        playbook: PlaybookId::new("section"),
        opening: Box::new(Opening {
            title: Clean::new(title),
            ..Opening::default()
        }),
    };
    let before = bench.desk.board.state.clone();
    let refused = bench.act("o", Vec::new(), Command::All(vec![open("a"), open("")]));
    assert!(refused.is_err());
    assert_eq!(bench.desk.board.state, before, "nothing of it was done");
    bench
        .act("o", Vec::new(), Command::All(vec![open("a"), open("b")]))
        .expect("both may");
    assert_eq!(bench.desk.board.state.cases.len(), before.cases.len() + 2);
}

#[test]
fn a_field_that_the_loop_does_not_know_is_refused() {
    let mut bench = bench();
    let opening = Opening {
        title: Clean::new("a"),
        fields: vec![(FieldId::new("colour"), Clean::new("red"))],
        ..Opening::default()
    };
    let command = Command::Open {
        playbook: PlaybookId::new("section"),
        opening: Box::new(opening),
    };
    assert_eq!(
        bench.act("o", Vec::new(), command),
        Err(Refusal::Unknown(Clean::new("colour")))
    );
}

#[test]
fn a_loop_that_has_lost_the_stage_of_an_open_case_does_not_take_force() {
    let mut bench = bench();
    measured(&mut bench, 0, 150);
    let mut room = (*bench.desk.board.room).clone();
    room.name = Clean::new("renamed");
    let good = room.clone();
    for playbook in &mut room.playbooks {
        playbook
            .stages
            .retain(|stage| stage.id != StageId::new("watched"));
    }
    let furnished = |room: Room| Event::Reconfigured {
        room: Box::new(room),
        rules: Vec::new(),
        feeds: Vec::new(),
        keep_readings: Span::days(1),
        waits: Vec::new(),
    };
    bench.give(furnished(room));
    assert!(bench.desk.board.misread.is_some());
    assert_eq!(
        bench.desk.board.room.name.as_str(),
        "test",
        "the last good one stays"
    );
    bench.give(furnished(good.clone()));
    assert_eq!(bench.desk.board.misread, None);
    assert_eq!(bench.desk.board.room.name.as_str(), "renamed");
    // A room that was started without that loop takes what makes nothing worse.
    let mut without = good;
    without.playbooks.clear();
    bench.desk.board.room = Arc::new(without.clone());
    without.name = Clean::new("named again");
    bench.give(furnished(without));
    assert_eq!(bench.desk.board.misread, None);
    assert_eq!(bench.desk.board.room.name.as_str(), "named again");
}

#[test]
fn stations_are_drawn_by_a_seed_that_nobody_chose_and_each_gets_its_inspection() {
    let mut bench = bench();
    let mut room = (*bench.desk.board.room).clone();
    let own = Playbook {
        id: PlaybookId::new("inspection"),
        letter: 'I',
        ..section()
    };
    room.playbooks.push(own);
    bench.desk.board.room = Arc::new(room);
    for n in 0..6 {
        let id = PointId::new(&format!("s{n}"));
        let point = Point::new(id.clone(), Clean::new("station"), PointKind::Air);
        bench.desk.board.points.insert(id, point);
    }
    let out = vec![(PointId::new("s2"), Clean::new("being moved"))];
    let command = |excluded| Command::Draw { count: 3, excluded };
    let nowhere = vec![(PointId::new("x"), Clean::new("why"))];
    assert!(bench.act("o", Vec::new(), command(nowhere)).is_err());
    bench.act("o", Vec::new(), command(out)).expect("it may");
    let recorded = bench.desk.board.journal.iter().find_map(|entry| {
        let Fact::Room(RoomFact::Drawn(draw)) = &entry.fact else {
            return None;
        };
        Some((**draw).clone())
    });
    let draw = recorded.expect("the draw is a fact");
    assert!(draw.holds() && draw.drawn.len() == 3);
    let state = &bench.desk.board.state;
    let inspected: std::collections::BTreeSet<_> = state
        .cases
        .values()
        .filter_map(|c| c.matter.point.clone())
        .collect();
    assert_eq!(inspected, draw.drawn.into_iter().collect());
}
