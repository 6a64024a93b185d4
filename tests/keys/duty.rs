//! Key stories of the duty: after a hand-over in the middle of a shift what is left of it can be taken.

use super::{Story, common};
use chrono::NaiveTime;
use lookout::desk::Command;
use lookout::domain::decide::shift::Wish;
use lookout::domain::id::OperatorId;
use lookout::domain::person::Actor;
use lookout::domain::shift::{Roster, Shift};
use lookout::domain::time::{CHINA, Span};
use lookout::lang::Lang;
use std::sync::Arc;

/// A long shift until midnight that was handed over an hour ago, and nobody is on duty.
fn story(lang: Lang) -> Story {
    let mut roster = Roster::default();
    roster.turns.truncate(1);
    let turn = roster.turns.first_mut().expect("a turn");
    turn.begins = NaiveTime::from_hms_opt(8, 0, 0).expect("a time");
    turn.lasts = Span::hours(16);
    let (id, duty) = roster.at(common::now(), CHINA).expect("a shift runs");
    let by = Actor::Person(OperatorId::new("chen"));
    let mut shift = Shift::opened(id.clone(), duty, &by, common::now() - Span::hours(5), 1);
    shift.closed = Some(common::now() - Span::hours(1));
    let mut board = common::board();
    let mut room = (*board.room).clone();
    room.roster = roster;
    board.room = Arc::new(room);
    board.state.shifts.insert(id, shift);
    let mut story = Story::new();
    story.board(board);
    if lang == Lang::En {
        story.keys("L");
    }
    story
}

#[test]
fn what_is_left_of_a_shift_that_was_handed_over_is_taken_by_four_keys() {
    for (lang, words) in [(Lang::Zh, "接班"), (Lang::En, "take the shift")] {
        let mut story = story(lang);
        story.keys("9");
        let screen = story.screen();
        assert!(screen.contains("20261123-day-2"), "{screen}");
        story.keys("x");
        assert!(story.screen().contains(words), "{}", story.screen());
        story.keys("Enter Enter");
        let Command::Shift { shift, wish } = story.command() else {
            panic!("{:?}", story.acts);
        };
        assert_eq!((shift.as_str(), wish), ("20261123-day-2", &Wish::Take));
    }
}
