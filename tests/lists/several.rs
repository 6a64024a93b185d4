//! Orders and acts for several rows: what the dialog says of them, and that they stay together.

use super::common;
use super::common::story::Sitting;
use super::named::{evening, touched};
use lookout::desk::{Command, Done, Reply};
use lookout::domain::id::{CaseId, SeatId};
use lookout::domain::ledger::Stream;
use lookout::lang::Lang;
use lookout::tui::seat::Mode;
use lookout::tui::view::RowId;

/// The evening's cases, all marked.
fn marked() -> Sitting {
    let mut story = Sitting::at(evening());
    story.keys("5 g");
    for _ in 0..story.seat.view().list.ids.len() {
        story.keys("Space");
    }
    story
}

/// The line of the menu with these words is chosen.
fn choose(story: &mut Sitting, words: &str) -> String {
    story.keys("x").types(words).keys("Enter").draw(120, 40)
}

#[test]
fn withdrawing_says_how_many_of_which_unit_and_which_are_answered_already() {
    let mut story = marked();
    let screen = choose(&mut story, "撤回派单");
    for words in ["撤回派单 3 条", "渠道：", "单位已于", "没有在办的派单"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    story.keys("Enter");
    let sent = story.acts.last().expect("it was sent");
    assert!(
        matches!(&sent.command, Command::All(all) if all.len() == 3),
        "{:?}",
        sent.command
    );
}

#[test]
fn one_call_for_several_orders_is_marked_as_theirs_together() {
    let mut story = marked();
    let screen = choose(&mut story, "登记通话");
    assert!(screen.contains("件共用"), "{screen}");
    story.types("told").keys("Enter Enter");
    let sent = story.acts.last().expect("it was sent");
    let Command::All(all) = &sent.command else {
        panic!("{:?}", sent.command)
    };
    let words = format!("told（{} 件共用）", all.len());
    for one in all {
        assert!(
            matches!(one, Command::Called { words: own, .. } if own.as_str() == words),
            "{one:?}"
        );
    }
}

#[test]
fn what_one_act_did_to_several_is_undone_together() {
    let mut story = Sitting::at(common::repeating(3));
    story.keys("6 g Space Space Space a Enter");
    let sent = story.acts.pop().expect("it was sent");
    let seen = touched(&sent.command);
    assert_eq!(seen.len(), 3, "{seen:?}");
    let done = Reply {
        seat: SeatId::new("seat-1"),
        ticket: sent.ticket,
        answer: Ok(Done {
            count: 3,
            ..Done::default()
        }),
    };
    let mut board = common::repeating(3);
    for stream in &seen {
        let Stream::Alarm(id) = stream else {
            panic!("{stream}")
        };
        common::acknowledge(&mut board, id.as_str());
    }
    story.board = std::sync::Arc::new(board);
    let now = story.now();
    let live = std::sync::Arc::clone(&story.board);
    story.seat.told(&done, &live, now);
    story.sees();
    let screen = story.keys("z").draw(120, 40);
    assert!(screen.contains("撤回 3 条"), "{screen}");
    story.keys("Enter");
    let undone = story.acts.last().expect("it was sent");
    assert_eq!(touched(&undone.command), seen);
}

#[test]
fn marked_cases_that_have_no_alarm_are_left_out_of_what_is_done_to_alarms_and_counted() {
    for (lang, head, why) in [
        (Lang::Zh, "跳过 ", "没有告警 ("),
        (Lang::En, "left out ", "no alarm ("),
    ] {
        let mut board = common::board();
        let found = board.state.cases.get_mut(&CaseId::new("F20261123-0002"));
        found.expect("it is open").alarms.clear();
        let mut story = Sitting::in_tongue(board, lang);
        story.keys("5 g");
        for _ in 0..story.seat.view().list.ids.len() {
            story.keys("Space");
        }
        let state = story.board.state.clone();
        let alarms = |row: &RowId| {
            let RowId::Case(id) = row else { panic!("{row:?}") };
            state.cases[id].alarms.clone()
        };
        let rows: Vec<RowId> = story.seat.view().marks.into_iter().collect();
        let bare = rows.iter().filter(|row| alarms(row).is_empty()).count();
        let all: usize = rows.iter().map(|row| alarms(row).len()).sum();
        assert!(bare > 0 && all > 0, "{rows:?}");
        let screen = story.keys("s").screen();
        let Mode::Form(open) = &story.seat.mode else {
            panic!("{screen}")
        };
        let form = &open.form;
        let said = form.about.join(" ");
        let out = all - form.seen.len() + bare;
        assert!(
            said.contains(&format!("{head}{out}")) && said.contains(why),
            "{said}"
        );
    }
}
