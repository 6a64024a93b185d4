//! What lists show is so: what lies outside them, what a key touches, what a filter understands.

#![expect(clippy::indexing_slicing, reason = "a test says why by failing")]

#[expect(dead_code, reason = "each test binary uses a part of it")]
mod common;
#[path = "lists/lost.rs"]
mod lost;
#[path = "lists/needs.rs"]
mod needs_counted;
#[path = "lists/papers.rs"]
mod papers;

use common::story::Sitting;
use lookout::desk::Command;
use lookout::desk::board::Board;
use lookout::desk::board::sight::seen_by;
use lookout::domain::alarm::kpi::Figures;
use lookout::domain::case::clock;
use lookout::domain::decide::blockers;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::{AlarmFact, Cause};
use lookout::domain::fact::shift::ShiftFact;
use lookout::domain::id::{AlarmId, OperatorId, PointId};
use lookout::domain::ledger::Stream;
use lookout::domain::person::{Actor, Role};
use lookout::domain::shift::Roster;
use lookout::domain::signal::SignalKind;
use lookout::domain::time::{CHINA, Span};
use lookout::lang::Lang;
use lookout::report::{Books, REPORTS};
use lookout::tui::view::RowId;

/// Each screen's key, and how many unhandled matters of the sample board it has rows for.
const SCREENS: &[(&str, usize)] = &[
    ("1", 7),
    ("2", 1),
    ("3", 3),
    ("5", 2),
    ("6", 6),
    ("7", 0),
    ("9", 7),
    ("0", 3),
];

#[test]
fn every_list_says_how_many_unhandled_its_filter_hides() {
    for (key, hidden) in SCREENS {
        for (lang, words) in [
            (Lang::Zh, ("筛选外 {} 条未处置", "此列表外 {} 条未处置")),
            (
                Lang::En,
                (
                    "{} unhandled outside the filter",
                    "{} unhandled outside this list",
                ),
            ),
        ] {
            // Goals and the log of a shift are nothing unhandled: no filter hides it.
            let words = if ["8", "9"].contains(key) {
                words.1
            } else {
                words.0
            };
            let words = words.replace("{}", &hidden.to_string());
            let mut story = Sitting::in_tongue(common::board(), lang);
            story.keys(key);
            assert!(!story.screen().contains("outside"), "an open list hides nothing");
            let screen = story.keys("/").types("qqqq").keys("Enter").screen();
            // Once in the pane, once in the footer.
            let said = if *hidden > 0 { 2 } else { 0 };
            assert_eq!(screen.matches(&words).count(), said, "{key} {words}\n{screen}");
            let small = story.draw(60, 14);
            assert_eq!(small.contains(&words), *hidden > 0, "{key} {words}\n{small}");
        }
    }
}

#[test]
fn a_sub_list_says_how_many_unhandled_it_leaves_out() {
    let mut story = Sitting::at(common::board());
    story.keys("6 Tab Tab");
    assert!(
        story.screen().contains("此列表外 6 条未处置"),
        "{}",
        story.screen()
    );
    story.keys("5 Tab Tab");
    assert!(
        story.screen().contains("此列表外 2 条未处置"),
        "{}",
        story.screen()
    );
    story.keys("6 Tab Tab");
    assert!(!story.screen().contains("此列表外"), "{}", story.screen());
}

/// The evening with three unseen alarms at a camera.
fn at_a_camera() -> Board {
    let mut ledger = common::story();
    for nth in 0..3 {
        let cause = Cause {
            point: Some(PointId::new("CAM-07")),
            ..Cause::default()
        };
        let raised = AlarmFact::raised(cause);
        ledger.alarm(&format!("eye/{nth}"), common::ago(5), raised);
    }
    common::board_with(ledger)
}

/// Each list that has sub-lists, and what it says of the sample board in each of them under a filter
/// that no row fits: how many unhandled the filter hides, how many are of other sub-lists.
const SUB_LISTS: &[(&str, &[(usize, usize)])] = &[
    ("6", &[(6, 0), (1, 5), (0, 6), (6, 0), (6, 0)]),
    ("5", &[(2, 0), (1, 1), (0, 2), (2, 0), (2, 0)]),
    (
        "7",
        &[(0, 3), (0, 3), (0, 3), (0, 3), (0, 3), (0, 3), (0, 3), (3, 0)],
    ),
    ("4", &[(5, 2), (2, 5), (0, 7), (0, 7), (0, 7), (5, 2)]),
];

#[test]
fn a_filter_within_a_sub_list_hides_only_what_the_sub_list_has() {
    for (lang, words) in [
        (
            Lang::Zh,
            [
                "筛选外 {f} 条未处置",
                "此列表外 {n} 条未处置",
                "筛选外 {f} 条、此列表外 {n} 条未处置",
            ],
        ),
        (
            Lang::En,
            [
                "{f} unhandled outside the filter",
                "{n} unhandled outside this list",
                "{f} unhandled outside the filter, {n} outside this list",
            ],
        ),
    ] {
        for (key, tabs) in SUB_LISTS {
            let mut seen = Vec::new();
            for nth in 0..tabs.len() {
                let board = match *key {
                    "4" => common::control::board(),
                    "7" => at_a_camera(),
                    _ => common::board(),
                };
                let mut story = Sitting::in_tongue(board, lang);
                story.keys(key).keys(&"Tab ".repeat(nth));
                let open = story.seat.view().list.outside;
                assert_eq!(open.filter, 0, "{key} {nth}: no filter is on");
                let screen = story.keys("/").types("qqqq").keys("Enter").screen();
                let hidden = story.seat.view().list.outside;
                seen.push((hidden.filter, hidden.list));
                assert_eq!(
                    hidden.list, open.list,
                    "{key} {nth}: the sub-list hides what it hid"
                );
                let text = match (hidden.filter > 0, hidden.list > 0) {
                    (false, false) => continue,
                    (true, false) => words[0],
                    (false, true) => words[1],
                    (true, true) => words[2],
                };
                let text = text.replace("{f}", &hidden.filter.to_string());
                let text = text.replace("{n}", &hidden.list.to_string());
                assert!(screen.contains(&text), "{key} {nth} {text}\n{screen}");
            }
            assert_eq!(seen, *tabs, "{key}");
        }
    }
}

/// What the tabs of an episode hide is what is late there, counted case by case.
#[test]
fn what_is_late_under_the_sample_episode_is_five_measures_and_two_enterprises() {
    let board = common::control::board();
    let playbooks = &board.room.playbooks;
    let late = |id: &str| {
        let own = playbooks.iter().find(|own| own.id.as_str() == id);
        let cases = board.state.cases.values();
        let of_loop = cases.filter(|case| case.matter.playbook.as_str() == id);
        of_loop
            .filter(|case| clock::is_late(case, own, common::now()))
            .count()
    };
    let loops = ["measure", "curtailment", "cruise", "problem", "episode"];
    assert_eq!(loops.map(late), [5, 2, 0, 0, 0]);
}

#[test]
fn the_next_unhandled_is_on_the_screen_and_is_what_a_key_touches() {
    let board = common::repeating(25);
    let all = board.state.unseen_count();
    for before in ["", "/ q q q Enter", "Tab Tab", "/ q Enter Tab"] {
        let mut story = Sitting::at(board.clone());
        story.keys("6").keys(before);
        for _ in 0..=all {
            story.keys("!");
            let Some(RowId::Alarm(id)) = story.seat.view().cursor else {
                panic!("an alarm is chosen: {}", story.screen())
            };
            let line = story.cursor_line();
            assert!(!line.is_empty(), "{before} {id}\n{}", story.screen());
            story.keys("a Enter");
            assert_eq!(acknowledged(&story), [id]);
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "any other command fails the test")]
fn acknowledged(story: &Sitting) -> Vec<AlarmId> {
    match &story.acts.last().expect("an act was sent").command {
        Command::Acknowledge { alarms, .. } => alarms.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_row_for_many_stays_unseen_until_all_its_members_are_seen() {
    let mut story = Sitting::at(common::repeating(25));
    story.keys("6");
    let row = |story: &mut Sitting| {
        let screen = story.draw(120, 40);
        let line = screen.lines().find(|line| line.contains("堆头未覆盖"));
        line.unwrap_or_else(|| panic!("{screen}")).to_owned()
    };
    assert!(row(&mut story).contains("‼B"));
    let mut board = common::repeating(25);
    // Three make a row for many; the last two stand alone among what needs a person.
    for n in 0..22 {
        common::acknowledge(&mut board, &format!("cameras/{n:04}"));
        story.board = std::sync::Arc::new(board.clone());
        story.sees();
        let (line, left) = (row(&mut story), format!("{}/25条待处置", 24 - n));
        assert!(line.contains("‼B") && line.contains(&left), "{n}: {line}");
    }
    for last in ["cameras/0022", "cameras/0023", "cameras/0024"] {
        common::acknowledge(&mut board, last);
    }
    story.board = std::sync::Arc::new(board);
    // The list of all alarms: nothing of the row needs a person now.
    story.sees();
    story.keys("Tab Tab Tab");
    let line = row(&mut story);
    assert!(line.contains("▲C") && line.contains("25条/"), "{line}");
}

#[test]
fn what_a_role_may_not_see_is_counted() {
    let mut board = common::board();
    let mut room = (*board.room).clone();
    for playbook in &mut room.playbooks {
        if playbook.opens_on.contains(&SignalKind::Fire) {
            playbook.sees = vec![Role::Leader];
        }
    }
    board.room = std::sync::Arc::new(room);
    let raises = board
        .state
        .alarms
        .values()
        .map(|alarm| (common::now(), alarm.id.clone()));
    board.figures = Figures::of(raises, common::now() - Span::hours(25), common::now());
    let counted = board.figures.rates(common::now()).day;
    let hidden = common::board();
    let of = |board: &Board| board.needs(common::now()).total();
    let seen = seen_by(std::sync::Arc::new(board), Role::Operator);
    let left_out = of(&hidden) - of(&seen);
    let listed = seen.state.alarms.len();
    assert_eq!(
        seen.figures.rates(common::now()).day,
        listed,
        "the figures above the list are of it"
    );
    assert!(listed < counted, "{listed} of {counted}");
    assert_eq!((seen.withheld, left_out > 0), (left_out, true));
    let mut story = Sitting::at((*seen).clone());
    let screen = story.draw(120, 40);
    assert!(screen.contains(&format!("角色外 {left_out}")), "{screen}");
}

/// The evening with a shift taken, and all that stood in the way of its hand-over let pass by a leader at 19:40.
fn passed() -> Board {
    let mut ledger = common::story();
    let (id, duty) = Roster::default()
        .at(common::now(), CHINA)
        .expect("a day has shifts");
    let stream = Stream::Shift(id);
    let (chen, leader) = ["chen", "leader"]
        .map(|id| Actor::Person(OperatorId::new(id)))
        .into();
    let opened = Fact::Shift(ShiftFact::Opened(Box::new(duty)));
    ledger.fact(stream.clone(), common::now(), chen, opened);
    let shift = ledger.state.shift().expect("it was taken");
    let all = blockers::blockers(&ledger.state, &[], shift);
    let blockers: Vec<_> = all.into_iter().map(|one| one.what).collect();
    assert_eq!(blockers.len(), 4, "{blockers:?}");
    let pass = Fact::Shift(ShiftFact::Overridden {
        blockers,
        reason: "值守力量不足，已口头交代".into(),
    });
    ledger.fact(stream, common::now() - Span::mins(2), leader, pass);
    common::board_with(ledger)
}

#[test]
fn what_a_leader_let_pass_stays_to_be_seen() {
    let board = passed();
    let zh = "4 条未确认，带班 leader 19:40 放行：值守力量不足，已口头交代";
    let en = "4 unacknowledged; let pass by the leader leader at 19:40: 值守力量不足，已口头交代";
    for (lang, words, calm) in [
        (Lang::Zh, zh, "可以交接"),
        (Lang::En, en, "nothing stands in the way"),
    ] {
        let mut story = Sitting::in_tongue(board.clone(), lang);
        let screen = story.draw(120, 40);
        assert_eq!(screen.matches(words).count(), 1, "every screen says it: {screen}");
        let screen = story.keys("9").draw(120, 40);
        // In the banner, among what stands in the way, and in the document below where it is open.
        assert!(screen.matches(words).count() >= 2, "{screen}");
        assert!(!screen.contains(calm), "{screen}");
        let handover = REPORTS.iter().find(|report| report.key == "handover");
        let handover = handover.expect("there is one");
        let period = handover.rhythm.at(common::now(), &board.room).expect("a shift");
        let paper = handover
            .paper(&Books::of_board(&board, period, common::now()), lang)
            .markdown();
        let blockers = paper.split("## ").find(|part| part.contains(words));
        assert!(blockers.is_some(), "{paper}");
        assert!(
            !blockers.is_some_and(|part| part.contains(lang.pick("无\n", "none\n"))),
            "{paper}"
        );
    }
    // When nothing of it stands any longer, that is said.
    let mut board = board;
    let unseen: Vec<AlarmId> = board.state.unseen().map(|rank| rank.3.clone()).collect();
    for id in unseen {
        common::acknowledge(&mut board, id.as_str());
    }
    let screen = Sitting::at(board).keys("9").draw(120, 40);
    assert!(
        screen.contains("可以交接") && !screen.contains("条未确认，带班"),
        "{screen}"
    );
}

#[test]
fn an_act_on_marked_rows_says_how_many_of_them_its_filter_hides() {
    for (lang, words) in [
        (Lang::Zh, "已标记 3 行，其中 2 行被筛选隐藏"),
        (Lang::En, "3 rows marked; 2 of them hidden by the filter"),
    ] {
        for act in ["a", "s"] {
            let mut story = Sitting::in_tongue(common::repeating(5), lang);
            story.keys("6 g Space Space Space");
            let marked: Vec<RowId> = story.seat.view().marks.into_iter().collect();
            assert_eq!(marked.len(), 3, "{}", story.screen());
            let open = story.keys(act).screen();
            assert!(!open.contains(words), "nothing is hidden yet\n{open}");
            story
                .keys("Esc /")
                .types(&format!("id={}", marked[0].text()))
                .keys("Enter");
            assert_eq!(story.seat.view().list.ids.len(), 1, "{}", story.screen());
            let screen = story.keys(act).screen();
            assert!(screen.contains(words), "{act}\n{screen}");
        }
    }
}

#[path = "lists/objects.rs"]
mod objects;

#[path = "lists/choosers.rs"]
mod choosers;
#[path = "lists/floods.rs"]
mod floods;

#[path = "lists/acts.rs"]
mod acts;

#[path = "lists/named.rs"]
mod named;

#[path = "lists/dialogs.rs"]
mod dialogs;

#[path = "lists/several.rs"]
mod several;

#[path = "lists/passes.rs"]
mod passes;

#[path = "lists/ways.rs"]
mod ways;

#[path = "lists/preview.rs"]
mod preview;
