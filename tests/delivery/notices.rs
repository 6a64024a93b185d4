//! Notices leave by the channels of who stands for the role, and what did not leave is nowhere said to have left.

use crate::receiver::{Manner, Receiver};
use crate::room::Room;
use lookout::config::playbook::embedded;
use lookout::domain::id::CaseId;
use lookout::domain::ledger::Stream;
use lookout::domain::notice::Notice;
use lookout::domain::person::Role;
use lookout::domain::state::State;
use lookout::domain::time::Zone;
use lookout::lang::{Lang, notice};
use serde_json::Value;
use std::collections::BTreeSet;

const LEADER: &str = "[notices]\nto = { leader = 'U1' }\n";

/// The leader's notice of a late fire.
fn leaders<'a>(state: &'a State, case: &CaseId) -> Option<&'a Notice> {
    let mut own = state.notices_of(&Stream::Case(case.clone()));
    own.find(|notice| notice.telling.role == Role::Leader)
}

/// A robot's answer to a message too many.
const TOO_FAST: &str = r#"{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}"#;

/// What came of sending it: whether it was taken, once that was tried.
fn came(state: &State, case: &CaseId) -> Option<bool> {
    let tried = leaders(state, case)?.tried.as_ref()?;
    Some(tried.came.is_ok())
}

fn standing(state: &State, case: &CaseId, lang: Lang) -> String {
    let told = leaders(state, case).expect("a notice");
    let known = notice::NoticeBasis {
        state,
        playbooks: &embedded(),
        now: told.told,
    };
    notice::standing(lang, told, known, Zone::east_opt(0).expect("a zone"))
}

#[test]
fn a_late_fire_is_posted_to_who_stands_for_the_leader_once_a_telling() {
    let hook = Receiver::start(|_| Manner::Says(200, "ok"));
    let room = Room::new(&[("hook", "webhook", &hook)], &["hook"]).with(LEADER);
    let first = room.late();
    let serving = room.serve();
    let state = room.wait_state("that it is sent", |state| came(state, &first) == Some(true));
    assert!(standing(&state, &first, Lang::Zh).contains("hook"));
    let words = standing(&state, &first, Lang::En);
    assert!(
        words.contains("sent by hook") && words.contains("not seen"),
        "{words}"
    );
    let log = room.log();
    let says = |text: &str| log.iter().any(|line| line.contains(text));
    assert!(
        says("to shift leader, sent by hook: fire 1 found late"),
        "{log:?}"
    );
    // Nobody has to pass on what has arrived.
    let passed = |state: &State| {
        let mut waiting = state.waiting(Role::Operator);
        waiting.any(|notice| notice.telling.role == Role::Leader)
    };
    assert!(!passed(&state));
    serving.kill();
    let second = room.late();
    let _serving = room.serve();
    room.wait_state("that the second is sent", |state| {
        came(state, &second) == Some(true)
    });
    let letters = hook.letters();
    let keys: BTreeSet<_> = letters.iter().map(|letter| letter.key.clone()).collect();
    assert_eq!((letters.len(), keys.len()), (2, 2), "{letters:?}");
    for (letter, case) in letters.iter().zip([first, second]) {
        let body: Value = serde_json::from_str(&letter.body).expect("JSON");
        let of = |key: &str| body["data"][key].as_str().unwrap_or_default().to_owned();
        assert_eq!(body["type"], "notice");
        assert_eq!(
            (of("role").as_str(), of("about")),
            ("leader", format!("case/{case}"))
        );
        assert!(of("text").contains(case.as_str()), "{body}");
    }
}

#[test]
fn a_refused_notice_is_said_not_to_have_been_sent_and_the_operator_is_to_pass_it_on() {
    let hook = Receiver::start(|_| Manner::Says(422, "no"));
    let room = Room::new(&[("hook", "webhook", &hook)], &["hook"]).with(LEADER);
    let case = room.late();
    let _serving = room.serve();
    let state = room.wait_state("that it was tried", |state| came(state, &case).is_some());
    assert_eq!(came(&state, &case), Some(false));
    let passed = state
        .waiting(Role::Operator)
        .find(|notice| notice.telling.role == Role::Leader);
    assert!(passed.is_some_and(Notice::is_to_pass_on), "{passed:?}");
    for (lang, words) in [(Lang::Zh, "未送出：HTTP 422"), (Lang::En, "not sent by hook")] {
        let said = standing(&state, &case, lang);
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(hook.letters().len(), 1, "once a telling");
}

#[test]
fn where_a_channel_refuses_a_notice_the_next_of_the_unit_carries_it() {
    let robot =
        Receiver::start(|_| Manner::Says(200, r#"{"errcode":310000,"errmsg":"keywords not in content"}"#));
    let hook = Receiver::start(|_| Manner::Says(200, "ok"));
    let channels = [("robot", "dingtalk", &robot), ("hook", "webhook", &hook)];
    let room = Room::new(&channels, &["robot", "hook"]).with(LEADER);
    let case = room.late();
    let _serving = room.serve();
    room.wait_state("that it is sent", |state| came(state, &case) == Some(true));
    assert_eq!((robot.letters().len(), hook.letters().len()), (1, 1));
    let robots = robot.letters().pop().expect("a letter").body;
    assert!(robots.contains(case.as_str()), "{robots}");
}

/// The notice's own line says that the channel takes nothing, and until when.
fn is_said_blocked(state: &State, case: &CaseId) {
    for (lang, words) in [
        (Lang::Zh, "robot"),
        (Lang::Zh, "渠道限流至"),
        (Lang::En, "blocked until"),
    ] {
        let said = standing(state, case, lang);
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_robot_that_takes_no_notice_for_now_is_sent_no_order_either() {
    let robot = Receiver::start(|_| Manner::Says(200, TOO_FAST));
    let room = Room::new(&[("robot", "dingtalk", &robot)], &["robot"]).with(LEADER);
    let case = room.late();
    let _serving = room.serve();
    let state = room.wait_state("that it was tried", |state| came(state, &case).is_some());
    is_said_blocked(&state, &case);
    room.order(3);
    room.wait("that each order waits", crate::room::is_waiting);
    assert_eq!(robot.letters().len(), 1, "letters to a robot that takes none");
}

#[test]
fn a_robot_that_takes_no_order_for_now_is_sent_no_notice_either() {
    let robot = Receiver::start(|_| Manner::Says(200, TOO_FAST));
    let room = Room::new(&[("robot", "dingtalk", &robot)], &["robot"]).with(LEADER);
    room.order(1);
    let _serving = room.serve();
    robot.wait(1);
    room.wait("that the order waits", crate::room::is_waiting);
    let case = room.late();
    let state = room.wait_state("that it was tried", |state| came(state, &case).is_some());
    is_said_blocked(&state, &case);
    assert_eq!(robot.letters().len(), 1, "letters to a robot that takes none");
}
