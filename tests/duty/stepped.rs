//! The machine's clock is set while the room runs: that is said and written down once, and what waits goes with it.

use crate::holder::{ROOM, seen};
use crate::room::Room;
use lookout::desk::Command;
use lookout::desk::board::Board;
use lookout::domain::alarm::AlarmState;
use lookout::domain::fact::Fact;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::id::AlarmId;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::store::Ledger;

fn noon() -> Moment {
    Moment::parse_rfc3339("2025-06-10T12:00:00+08:00").expect("a fixed text")
}

/// The steps that the ledger tells.
fn steps(room: &Room) -> Vec<Span> {
    let entries = room.ledger().entries(0, 1000).expect("read");
    let mut all = Vec::new();
    for entry in entries {
        if let Fact::Room(RoomFact::ClockStepped { by }) = entry.fact {
            all.push(Span::from_ms(by));
        }
    }
    all
}

#[test]
fn a_clock_that_is_set_forward_and_back_lets_nothing_expire_and_is_said_and_written_down_once() {
    let mut room = Room::new(ROOM, &[], noon());
    let hands = room.goes_steadily();
    room.collects();
    room.poll("host", seen("first", noon()));
    let until = noon() + Span::mins(10);
    let seen = Command::Acknowledge {
        alarms: vec![AlarmId::new("host/first")],
        comment: Clean::default(),
        until: Some(until),
    };
    room.command("zhou", seen).expect("acknowledged");
    let (mut told, second) = (Vec::new(), Span::secs(1));
    let to_1970 = Moment::default() - noon();
    for by in [
        Span::days(730),
        Span::days(-730),
        Span::hours(-1),
        Span::hours(1),
        Span::mins(-10),
        to_1970,
        noon() - Moment::default(),
    ] {
        let before = room.now();
        hands.turn(second, by);
        told.push(by);
        let is_taken = |board: &Board| board.stepped == Some(by) && board.at == before + second + by;
        let board = room.until("the step is taken", is_taken);
        assert_eq!(steps(&room), told, "written down once");
        let alarms: Vec<_> = board.state.alarms.values().collect();
        let [alarm] = alarms.as_slice() else {
            panic!("no alarm by a step: {alarms:?}");
        };
        assert_eq!(alarm.state(), AlarmState::Acknowledged, "{by:?}");
        let ack = alarm.ack.as_ref().and_then(|ack| ack.until);
        let passed = Span::secs(told.len() as i64);
        let left = ack.map(|until| until - board.at);
        assert_eq!(left, Some(until - noon() - passed), "it holds as long as before");
    }
    // What is over is no longer said; no time but that on the hand makes it so.
    hands.turn(Span::mins(5), Span::ZERO);
    room.until("nobody set it for minutes", |board| board.stepped.is_none());
    hands.turn(Span::mins(5), Span::ZERO);
    let expired = |board: &Board| board.state.count(AlarmState::Unacknowledged) == 1;
    room.until("the acknowledgement expires by the time that passed", expired);
    assert_eq!(steps(&room), told, "and no step");
}
