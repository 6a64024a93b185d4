//! Each outcome on each kind of chain: what is written down, and where the order stands then.

use super::*;
use crate::domain::fact::task::Order;
use crate::domain::id::{CaseId, TaskId, UnitId};
use crate::domain::person::Actor;

const NOON: Moment = Moment::from_ms(1_790_000_000_000);

fn way(id: &str) -> ChannelId {
    ChannelId::new(id)
}

fn task() -> Task {
    let order = Order {
        case: CaseId::new("F1"),
        unit: UnitId::new("u"),
        unit_name: Clean::new("unit"),
        contact: Clean::default(),
        phone: Clean::default(),
        channel: way("robot"),
        text: Clean::new("go"),
        deadline: Some(NOON + Span::mins(30)),
        ..Order::default()
    };
    Task::ordered(TaskId::new("F1.1"), order, NOON, 1)
}

fn why() -> Clean {
    Clean::new("why")
}

fn after(mins: i64) -> Moment {
    NOON + Span::mins(mins)
}

/// The task after an attempt by its present way that ended at noon.
fn then(mut task: Task, outcome: Outcome, next: Option<&str>) -> Task {
    let (own, next) = (task.way.clone(), next.map(way));
    for fact in follow(&task, (&own, NOON), outcome, next.as_ref()) {
        task.apply(&fact, &Actor::Desk, NOON, task.version + 1);
    }
    task
}

fn stands(task: &Task) -> (&str, &'static str, bool) {
    let delivery = match &task.delivery {
        Delivery::Pending { .. } => "pending",
        Delivery::Trying { .. } => "trying",
        Delivery::InDoubt { .. } => "in doubt",
        Delivery::Call { .. } => "call",
        Delivery::Delivered { .. } => "delivered",
        Delivery::Refused { .. } => "refused",
        Delivery::Withdrawn { .. } => "withdrawn",
    };
    (task.way.as_str(), delivery, task.needs_person())
}

/// What a way says once, with where the order stands then: alone, and with a next way.
type Row = (Outcome, (&'static str, bool), (&'static str, &'static str));

#[test]
fn every_end_of_an_attempt_leads_on_to_the_next_way_or_to_a_person() {
    let rows: [Row; 8] = [
        (
            Outcome::Delivered(why()),
            ("delivered", false),
            ("robot", "delivered"),
        ),
        (
            Outcome::Again(why(), after(1)),
            ("pending", false),
            ("robot", "pending"),
        ),
        (
            Outcome::Again(why(), after(30)),
            ("pending", true),
            ("hook", "pending"),
        ),
        (
            Outcome::Blocked(why(), after(10)),
            ("pending", false),
            ("hook", "pending"),
        ),
        (
            Outcome::Waits(why(), after(40)),
            ("pending", true),
            ("hook", "pending"),
        ),
        (Outcome::Refused(why()), ("refused", true), ("hook", "pending")),
        (Outcome::InDoubt(why()), ("in doubt", true), ("robot", "in doubt")),
        (Outcome::Call, ("call", true), ("robot", "call")),
    ];
    for (outcome, (alone, asks), (on, how)) in rows {
        let last = then(task(), outcome.clone(), None);
        assert_eq!(stands(&last), ("robot", alone, asks), "{outcome:?}");
        let chained = then(task(), outcome.clone(), Some("hook"));
        assert_eq!((stands(&chained).0, stands(&chained).1), (on, how), "{outcome:?}");
    }
}

#[test]
fn a_way_that_fails_three_times_is_followed_by_the_next_and_the_last_one_asks_a_person() {
    let mut one = task();
    for n in 0..3 {
        assert_eq!(stands(&one), ("robot", "pending", false), "after {n}");
        one = then(one, Outcome::Again(why(), after(1)), Some("hook"));
    }
    assert_eq!(stands(&one), ("hook", "pending", false));
    for _ in 0..3 {
        one = then(one, Outcome::Again(why(), after(1)), None);
    }
    assert_eq!(stands(&one), ("hook", "pending", true));
    let ways: Vec<&str> = one.said.iter().map(|said| said.way.as_str()).collect();
    assert_eq!(ways, ["robot", "robot", "robot", "hook", "hook", "hook"]);
}

#[test]
fn what_another_way_said_no_longer_matters_but_that_it_arrived_does() {
    let mut one = then(task(), Outcome::Refused(why()), Some("hook"));
    let late = |outcome| follow(&one, (&way("robot"), NOON), outcome, None);
    assert_eq!(late(Outcome::Refused(why())), []);
    assert_eq!(late(Outcome::Again(why(), after(1))), []);
    assert_eq!(
        late(Outcome::Delivered(why())),
        [TaskFact::Delivered { receipt: why() }]
    );
    one.apply(&TaskFact::Delivered { receipt: why() }, &Actor::Desk, NOON, 9);
    assert_eq!(
        follow(&one, (&way("hook"), NOON), Outcome::Delivered(why()), None),
        []
    );
}

#[test]
fn an_attempt_that_was_written_down_ends_like_any_other() {
    let mut one = task();
    one.apply(&begun(&one).expect("it is pending"), &Actor::Desk, NOON, 2);
    assert_eq!((stands(&one).1, begun(&one)), ("trying", None));
    let failed = then(one.clone(), Outcome::Again(why(), after(1)), None);
    assert_eq!(failed.attempts(), Some(1));
    let cut = then(one, Outcome::InDoubt(why()), None);
    assert_eq!(stands(&cut), ("robot", "in doubt", true));
    let said = then(cut, Outcome::Delivered(why()), None);
    assert_eq!(stands(&said), ("robot", "delivered", false));
}

#[test]
fn only_the_last_words_are_kept() {
    let mut one = task();
    for n in 0..50 {
        one = then(one, Outcome::Again(Clean::new(&n.to_string()), after(1)), None);
    }
    assert_eq!((one.said.len(), one.said[0].words.as_str()), (20, "30"));
}

/// A unit signs within five minutes: a robot that is blocked for ten is too late for that, though not for the end.
#[test]
fn an_order_that_cannot_arrive_before_it_is_to_be_signed_for_is_telephoned_at_once() {
    let clocks = |signed: i64| vec![("签收", signed), ("扑灭", 30)];
    let ordered = |signed| {
        let mut task = task();
        let own = clocks(signed).into_iter();
        task.order.clocks = own.map(|(name, mins)| (Clean::new(name), after(mins))).collect();
        task
    };
    let blocked = || Outcome::Blocked(why(), after(10));
    assert_eq!(
        stands(&then(ordered(5), blocked(), None)),
        ("robot", "pending", true)
    );
    assert_eq!(
        stands(&then(ordered(15), blocked(), None)),
        ("robot", "pending", false)
    );
    // A clock that had run out before it was ordered is no reason to telephone.
    assert_eq!(
        stands(&then(ordered(-1), blocked(), None)),
        ("robot", "pending", false)
    );
    // And a robot that fails now and is tried again after the limit is given up for the next way.
    let again = || Outcome::Again(why(), after(6));
    assert_eq!(
        stands(&then(ordered(5), again(), Some("hook"))),
        ("hook", "pending", false)
    );
    assert_eq!(
        stands(&then(ordered(15), again(), Some("hook"))),
        ("robot", "pending", false)
    );
}
