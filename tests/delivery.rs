//! Orders on their way, end to end: the real binary collects and sends, over a real ledger, to real HTTP receivers; it is
//! killed and started again. Where a way has no key, an order reaches the field once at most; elsewhere every attempt
//! carries the same key.

#![expect(clippy::expect_used, reason = "a test says why by failing")]

#[path = "delivery/notices.rs"]
mod notices;
#[path = "delivery/receiver.rs"]
mod receiver;
#[path = "delivery/room.rs"]
mod room;

use lookout::domain::task::Task;
use receiver::{Letter, Manner, Receiver};
use room::Room;
use std::collections::{BTreeMap, BTreeSet};

/// A robot's answer to a message that it took.
const TAKEN: &str = r#"{"errcode":0,"errmsg":"ok"}"#;
/// A robot's answer to a message too many.
const TOO_FAST: &str = r#"{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}"#;

/// How many letters of each order arrived, told by the number in their text.
fn by_order(letters: &[Letter]) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for letter in letters {
        *count.entry(room::number_in(&letter.body)).or_default() += 1;
    }
    count
}

/// The orders that reached a receiver more than once.
fn twice(robot: &Receiver) -> Vec<(String, usize)> {
    let all = by_order(&robot.letters()).into_iter();
    all.filter(|row| row.1 > 1).collect()
}

/// Each manner that leaves it open whether the message was taken, and some that do not.
#[test]
fn what_a_robot_may_have_taken_is_never_sent_a_second_time() {
    let robot = Receiver::start(|n| match n % 4 {
        0 => Manner::HangsUp,
        1 => Manner::Late(300, 200, TAKEN),
        2 => Manner::Twice(200, TAKEN),
        _ => Manner::Says(504, "gateway time-out"),
    });
    let room = Room::new(&[("robot", "dingtalk", &robot)], &["robot"]);
    room.order(8);
    let _serving = room.serve();
    room.wait("each order at an end, or with a person", room::is_settled);
    assert_eq!(twice(&robot), [], "arrived more than once");
    assert_eq!(robot.letters().len(), 8);
}

#[test]
fn a_collector_that_is_hung_up_on_or_told_to_quit_gives_its_lease_back() {
    for signal in ["HUP", "QUIT", "TERM"] {
        let robot = Receiver::start(|_| Manner::Never);
        let room = Room::new(&[("robot", "dingtalk", &robot)], &["robot"]);
        room.order(1);
        let serving = room.serve();
        robot.wait(1);
        assert!(room.collector().is_some());
        assert!(serving.told(signal), "{signal}");
        assert_eq!(room.collector(), None, "{signal}");
    }
}

#[test]
fn killed_between_sending_and_recording_a_robots_order_is_in_doubt_and_not_repeated() {
    let robot = Receiver::start(|_| Manner::Never);
    let room = Room::new(&[("robot", "dingtalk", &robot)], &["robot"]);
    room.order(3);
    let serving = room.serve();
    robot.wait(3);
    serving.kill();
    let _serving = room.serve();
    room.wait("each order with a person", Task::needs_person);
    assert_eq!(twice(&robot), [], "arrived more than once");
}

/// How many orders a long run sends; a dozen where nobody asks for one.
fn many() -> u32 {
    let asked = std::env::var("LOOKOUT_ORDERS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(12)
}

/// One takes the lease over while the other still believes that it holds it, and is killed then, again and again. The
/// robots know no keys: what reaches them twice reaches the field twice.
#[test]
fn of_two_collectors_that_both_believe_to_collect_none_sends_an_order_a_second_time() {
    let robot = Receiver::start(|n| match n % 4 {
        0 => Manner::Late(400, 200, TAKEN),
        1 => Manner::Twice(200, TAKEN),
        2 => Manner::HangsUp,
        _ => Manner::Says(200, TAKEN),
    });
    let room = Room::new(&[("robot", "dingtalk", &robot)], &["robot"]);
    let mut sent = 0;
    let mut serving = room.serve();
    while sent < many() {
        room.order(4);
        sent += 4;
        robot.wait(sent as usize - 3);
        let second = room.serve();
        serving.kill();
        serving = second;
    }
    room.wait("each order at an end, or with a person", room::is_settled);
    assert_eq!(twice(&robot), [], "arrived more than once");
}

#[test]
fn a_webhook_gets_every_attempt_under_one_key_whatever_is_killed() {
    let hook = Receiver::start(|n| match n % 5 {
        0 => Manner::HangsUp,
        1 => Manner::Says(500, "later"),
        2 => Manner::Late(200, 200, "ok"),
        3 => Manner::Never,
        _ => Manner::Twice(200, "ok"),
    });
    let room = Room::new(&[("hook", "webhook", &hook)], &["hook"]);
    room.order(4);
    for round in 1..=4 {
        let serving = room.serve();
        hook.wait(round * 3);
        serving.kill();
    }
    let letters = hook.letters();
    let of = |letter: &Letter| {
        (
            room::number_in(&letter.body),
            letter.key.clone().expect("a key"),
            letter.body.clone(),
        )
    };
    let distinct: BTreeSet<_> = letters.iter().map(of).collect();
    assert_eq!(distinct.len(), 4, "one key and one body an order");
    assert!(letters.len() > 4, "attempts were repeated");
    assert!(distinct.iter().all(|(number, key, _)| number == key));
}

#[test]
fn a_robot_that_says_too_fast_gets_no_other_order_meanwhile() {
    let robot = Receiver::start(|_| Manner::Says(200, TOO_FAST));
    let room = Room::new(&[("robot", "dingtalk", &robot)], &["robot"]);
    room.order(1);
    let _serving = room.serve();
    robot.wait(1);
    room.wait("that the first order waits", room::is_waiting);
    room.order(5);
    room.wait("that each of them waits", room::is_waiting);
    assert_eq!(robot.letters().len(), 1, "letters to a robot that takes none");
}

/// A fresh ledger counts its orders from one again; a receiver that keeps the keys it has seen takes both.
#[test]
fn orders_of_two_ledgers_with_the_same_short_number_reach_one_receiver_under_keys_of_their_own() {
    let hook = Receiver::start(|_| Manner::Says(200, "ok"));
    let rooms = [(); 2].map(|()| Room::new(&[("hook", "webhook", &hook)], &["hook"]));
    let numbers: BTreeSet<String> = rooms.iter().map(Room::order_numbered).collect();
    let _serving = rooms.each_ref().map(Room::serve);
    for room in &rooms {
        room.wait("each order at its end", |task| !task.is_undelivered());
    }
    let letters = hook.letters();
    let keys: BTreeSet<String> = letters.iter().filter_map(|letter| letter.key.clone()).collect();
    assert_eq!((keys.len(), &keys), (2, &numbers));
    assert_eq!(
        by_order(&letters).len(),
        1,
        "people read the same number in both rooms"
    );
}
