//! The end of the ledger is posted to a webhook, as configured: what arrives stands against the ledger, and what does not
//! arrive is named, tried again, and refuses no act.

use crate::holder::seen;
use crate::receiver::{Manner, Receiver};
use crate::room::{Hands, Room};
use crate::seat::Person;
use lookout::desk::Command;
use lookout::desk::board::Board;
use lookout::domain::anchor::Anchor;
use lookout::domain::id::AlarmId;
use lookout::domain::text::{hex, unhex};
use lookout::domain::time::{Moment, Span};
use lookout::lang::Lang;
use lookout::store::Ledger;
use serde_json::Value;

const SECRET: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// A room that posts to that receiver, with a key of its own; and its public half.
fn room(hook: &Receiver) -> (Room, Hands, String) {
    let text = format!(
        "[room]\nname = 'Duty room'\nlanguage = 'en'\n[store]\npath = 'room.db'\n[anchor]\nchannel = 'hook'\nevery = '10m'\n\
         [[operator]]\nid = 'zhou'\nrole = 'operator'\n\
         [[channel]]\nid = 'hook'\nkind = 'webhook'\nurl = '{}'\nsecret = '{SECRET}'\n",
        hook.url()
    );
    let noon = Moment::parse_rfc3339("2025-06-10T12:00:00+08:00").expect("a fixed text");
    let mut room = Room::new(&text, &[], noon);
    let public = room.says("zhou", &["audit", "key"]).trim().to_owned();
    let hands = room.goes_steadily();
    room.collects();
    (room, hands, public)
}

/// Time passes until it is so.
fn until(room: &mut Room, hands: &Hands, what: &str, is_so: impl Fn(&Board) -> bool) {
    for _ in 0..100_000 {
        let board = room.see();
        if is_so(&board) {
            return;
        }
        hands.turn(Span::secs(1), Span::ZERO);
    }
    panic!("waited for: {what}");
}

#[test]
fn the_end_of_the_ledger_arrives_signed_and_finds_what_was_done_to_it_and_a_failure_is_shown_and_tried_again()
{
    let hook = Receiver::start(|nth| match nth {
        0 => Manner::Says(503, "busy"),
        1 => Manner::HangsUp,
        _ => Manner::Says(200, "ok"),
    });
    let (mut room, hands, public) = room(&hook);
    let now = room.now();
    room.poll("host", seen("first", now));
    until(&mut room, &hands, "that it fails", |board| {
        board.anchored.is_err()
    });
    for (lang, words) in [
        (
            Lang::En,
            "the ledger's anchor: hook: HTTP 503 busy; alarms and acts go on being recorded",
        ),
        (Lang::Zh, "台账锚点：hook: HTTP 503 busy；告警与处置照常记入台账"),
    ] {
        let screen = Person::sits(&mut room, "zhou", lang).screen(&room);
        assert!(screen.contains(words), "{screen}");
        let remedy = lang.pick("请查该渠道的地址", "Check that channel's address");
        assert!(screen.contains(remedy), "{screen}");
    }
    let seen_alarm = Command::Acknowledge {
        alarms: vec![AlarmId::new("host/first")],
        comment: "seen".into(),
        until: None,
    };
    room.command("zhou", seen_alarm).expect("no act is refused");
    until(&mut room, &hands, "that it arrives", |board| {
        board.anchored.is_ok()
    });
    // The second one never got an answer, the third one is the same letter again or a later entry.
    let letters = hook.letters();
    let [_, _, arrived] = letters.as_slice() else {
        panic!("each minute once: {letters:?}");
    };
    let body: Value = serde_json::from_str(&arrived.body).expect("JSON");
    let data = &body["data"];
    let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
    let anchor = Anchor::read(&text("line")).expect("an anchor");
    assert_eq!(body["type"], "anchor");
    assert_eq!(data["seq"], anchor.seq);
    assert_eq!((text("hash"), text("key")), (hex(&anchor.hash), public.clone()));
    let ledger: String = text("ledger").chars().take(16).collect();
    let key = format!("anchor_{ledger}_{}", anchor.seq);
    assert_eq!(arrived.key.as_deref(), Some(key.as_str()));
    assert!(unhex(&text("signature")).is_some_and(|bytes| bytes.len() == 64));
    let known = room.file().with_file_name("arrived");
    std::fs::write(&known, text("line") + "\n").expect("written");
    let known = known.display().to_string();
    let verify = [
        "audit",
        "verify",
        "--against",
        known.as_str(),
        "--key",
        public.as_str(),
    ];
    let said = room.says("zhou", &verify);
    assert!(
        said.contains(&format!("it fits {known}, up to entry {}", anchor.seq)),
        "{said}"
    );
    // Nothing new, nothing posted; something new, within the time that is configured.
    for _ in 0..30 {
        hands.turn(Span::mins(1), Span::ZERO);
        room.see();
    }
    let head = room.ledger().head().expect("the head").seq;
    let before = hook.letters().len();
    let now = room.now();
    room.poll("host", seen("second", now));
    until(&mut room, &hands, "that it is posted", |_| {
        hook.letters().len() > before
    });
    let letters = hook.letters();
    let last: Value = serde_json::from_str(&letters.last().expect("a letter").body).expect("JSON");
    assert!(
        last["data"]["seq"].as_u64().is_some_and(|seq| seq > head),
        "{last}"
    );
}
