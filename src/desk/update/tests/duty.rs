//! A shift taken, noted in and handed over through the desk.

use super::*;
use crate::domain::decide::shift::Wish;
use crate::domain::fact::shift::{Blocker, NoteKind, Side};
use crate::domain::id::ShiftId;
use crate::domain::shift::DutyRefusal;

fn wish(bench: &mut Bench, who: &str, wish: Wish) -> Result<Done, Refusal> {
    let shift = ShiftId::new("20260921-night");
    bench.act(who, Vec::new(), Command::Shift { shift, wish })
}

#[test]
fn a_shift_is_handed_over_when_nothing_red_or_orange_is_left_unseen() {
    let mut bench = Bench::new();
    assert_eq!(
        wish(&mut bench, "chen", Wish::Prepare),
        Err(DutyRefusal::NotTaken(ShiftId::new("20260921-night")).into())
    );
    wish(&mut bench, "chen", Wish::Take).expect("taken");
    let words = Clean::new("the mayor wants figures by nine");
    let kind = NoteKind::Instruction;
    wish(&mut bench, "chen", Wish::Note { kind, words }).expect("noted");
    wish(&mut bench, "chen", Wish::Prepare).expect("ready");
    bench.poll(vec![fire("1", Severity::Orange)], true);
    let alarm = bench.alarm().id.clone();
    assert_eq!(
        wish(&mut bench, "chen", Wish::Sign(Side::Out)),
        Err(DutyRefusal::Blocked(vec![Blocker::Alarm(alarm.clone())]).into())
    );
    bench.act("chen", Vec::new(), acknowledge(&alarm)).expect("seen");
    wish(&mut bench, "chen", Wish::Sign(Side::Out)).expect("signed");
    wish(&mut bench, "wang", Wish::Read).expect("read");
    wish(&mut bench, "wang", Wish::Sign(Side::In)).expect("signed");
    let state = &bench.desk.board.state;
    let shift = &state.shifts[&ShiftId::new("20260921-night")];
    assert_eq!(shift.notes().count(), 1);
    assert!(shift.closed.is_some());
    // It was handed over in the middle of the night: who came is on duty until its end.
    let rest = state.shift().expect("somebody is on duty");
    assert_eq!(
        (rest.id.as_str(), rest.taken.by.as_str()),
        ("20260921-night-2", "wang")
    );
    assert_eq!(
        (Some(rest.duty.from), rest.duty.until),
        (shift.closed, shift.duty.until)
    );
}

#[test]
fn the_log_writes_itself_and_stays_bounded() {
    let mut bench = Bench::new();
    wish(&mut bench, "chen", Wish::Take).expect("taken");
    for n in 0..2_100 {
        let words = Clean::new(&n.to_string());
        let kind = NoteKind::Other;
        wish(&mut bench, "chen", Wish::Note { kind, words }).expect("noted");
    }
    let journal = &bench.desk.board.journal;
    assert_eq!(journal.len(), crate::desk::board::JOURNAL);
    assert_eq!(journal.last().map(|entry| entry.seq), Some(2_101));
}
