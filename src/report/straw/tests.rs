use super::*;
use crate::domain::case::Case as Known;
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::case::Matter;
use crate::domain::id::TaskId;
use crate::domain::id::TownshipId;
use crate::report::hand::Hand;
use crate::report::hand::at;
use crate::report::hand::told;

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
    assert!(text.contains("as the ledger recorded them"), "{text}");
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
