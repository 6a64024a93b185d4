use super::*;
use crate::domain::case::Case as Known;
use crate::domain::fact::case::{CaseFact, Matter, MoveInput};
use crate::domain::id::{TaskId, TownshipId};
use crate::domain::place::Place;
use crate::report::hand::{Hand, at, told};

/// A fire that is found true and sent out at once.
fn sent(hand: &mut Hand, id: &str, when: &str) {
    let matter = Matter {
        township: Some(TownshipId::new("west")),
        ..Matter::default()
    };
    hand.open(id, FIRES, (when, matter));
    hand.go(id, "verify", when);
    hand.tell(
        id,
        CaseFact::Ordered {
            task: TaskId::new(&format!("{id}.1")),
        },
        when,
    );
    hand.go(id, "dispatch", when);
}

#[test]
fn who_never_came_is_late_and_stands_in_the_denominator() {
    let mut hand = Hand::new();
    for id in ["F1", "F2", "F3"] {
        sent(&mut hand, id, "23 09:00");
    }
    hand.go("F1", "arrive", "23 09:10");
    hand.go("F1", "extinguish", "23 09:20");
    hand.go("F2", "arrive", "23 09:40");
    // F3: nobody ever came. F4 was found a minute before the day's end, its limits still run. F5 nobody has judged.
    sent(&mut hand, "F4", "23 16:59");
    hand.open("F5", FIRES, ("23 09:00", Matter::default()));
    let paper = make(&hand.books((Rhythm::FireDay, 23), "23 17:05"), Lang::En);
    let keys = [
        "arrived_on_time",
        "out_on_time",
        "never_came",
        "arrival_minutes",
        "out_minutes",
        "year",
        "township.west",
    ];
    assert_eq!(
        told(&paper, &keys),
        [
            "arrived_on_time 33.3 % (1/3) (1)",
            "out_on_time 33.3 % (1/3) (1)",
            "never_came 1 (1)",
            "arrival_minutes 25 (2/3) (2)",
            "out_minutes 20 (1/3) (1)",
            "year 1 (1)",
            "township.west west 4 0 2 20 (1/3) (4)",
        ]
    );
    let text = paper.markdown();
    assert!(text.contains("by the units' own clocks"), "{text}");
}

#[test]
fn a_unit_was_there_when_its_own_clock_says_and_not_when_the_room_heard_of_it() {
    let mut hand = Hand::new();
    for id in ["F1", "F2"] {
        sent(&mut hand, id, "23 09:00");
    }
    let by_its_clock = |when: &str| MoveInput {
        at: Some(at(when)),
        ..MoveInput::default()
    };
    // Both are heard of by one poll, long after; one of the units was in time.
    hand.give("F1", "arrive", ("23 09:50", by_its_clock("23 09:08")));
    hand.give("F1", "extinguish", ("23 09:50", by_its_clock("23 09:24")));
    hand.give("F2", "arrive", ("23 09:50", by_its_clock("23 09:40")));
    hand.go("F2", "extinguish", "23 09:52");
    let paper = make(&hand.books((Rhythm::FireDay, 23), "23 17:05"), Lang::En);
    let keys = ["arrived_on_time", "arrival_minutes", "out_on_time", "out_minutes"];
    assert_eq!(
        told(&paper, &keys),
        [
            "arrived_on_time 50.0 % (1/2) (1)",
            "arrival_minutes 24 (2/2) (2)",
            "out_on_time 50.0 % (1/2) (1)",
            "out_minutes 38 (2/2) (2)",
        ]
    );
}

#[test]
fn a_fire_that_is_open_or_burns_again_says_where_it_is() {
    let mut hand = Hand::new();
    let matter = Matter {
        place: Place::new(30.12, 121.05),
        area: Clean::new("west of the canal"),
        ..Matter::default()
    };
    hand.open("F1", FIRES, ("23 09:00", matter));
    let paper = make(&hand.books((Rhythm::FireDay, 23), "23 17:05"), Lang::En);
    let row = paper
        .row("F1")
        .map(|row| row.cells.join(" | "))
        .unwrap_or_default();
    assert!(row.contains("west of the canal"), "{row}");
}

#[test]
fn news_that_came_hours_late_counts_from_when_the_room_knew_of_it() {
    let mut hand = Hand::new();
    let matter = Matter {
        playbook: crate::domain::id::PlaybookId::new(FIRES),
        stage: crate::domain::id::StageId::new("found"),
        detected: at("22 20:00"),
        ..Matter::default()
    };
    hand.tell("F1", CaseFact::Opened(Box::new(matter)), "23 09:00");
    hand.go("F1", "verify", "23 09:01");
    hand.go("F1", "dispatch", "23 09:02");
    hand.go("F1", "arrive", "23 09:10");
    let books = hand.books((Rhythm::FireDay, 23), "23 17:05");
    let fire: Option<&Known> = books.state.cases.get("F1");
    assert_eq!(fire.map(Known::counted_at_first), Some(at("23 09:00")));
    let paper = make(&books, Lang::En);
    assert_eq!(
        told(&paper, &["arrived_on_time", "arrival_minutes"]),
        [
            "arrived_on_time 100.0 % (1/1) (1)",
            "arrival_minutes 10 (1/1) (1)"
        ]
    );
}
