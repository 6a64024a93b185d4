//! The screens as people see them: snapshots in both languages at three sizes, and what must never be shown.

#[expect(dead_code, reason = "each test binary uses a part of it")]
mod common;

use common::story::text_of;
use lookout::desk::board::Board;
use lookout::domain::air::level::Rgb;
use lookout::domain::air::standard::ROOM_NORMS;
use lookout::domain::air::{Level, Norm, Pollutant};
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::declared::{DeclaredKind, Mark};
use lookout::domain::fact::evidence::Evidence;
use lookout::domain::fact::shift::ShiftFact;
use lookout::domain::feed::{Feed, FeedState, PollError, PollResult};
use lookout::domain::id::{OperatorId, PointId, SourceId};
use lookout::domain::ledger::Stream;
use lookout::domain::person::Actor;
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::query::Query;
use lookout::domain::reading::{Flag, Period, Reading};
use lookout::domain::shift::Roster;
use lookout::domain::signal::Severity;
use lookout::domain::time::{Moment, Span};
use lookout::lang::{LANGS, Lang};
use lookout::tui::action::Action;
use lookout::tui::find::index::Index;
use lookout::tui::keys::Keymap;
use lookout::tui::look::glyphs::{FULL, NARROW};
use lookout::tui::look::{Depth, Glyphs, Look, Theme};
use lookout::tui::panel::{PANELS, Panel};
use lookout::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use std::sync::Arc;

/// The middle of the screen at the three sizes that every screen must serve: header and footer are the seat's.
const SIZES: [(u16, u16); 3] = [(80, 21), (120, 37), (200, 57)];

/// What drawing needs besides the board; made once and drawn from often.
struct Stage {
    keymap: Keymap,
    look: Look,
    lang: Lang,
}

impl Stage {
    fn new(lang: Lang, glyphs: &'static Glyphs) -> Self {
        Self {
            keymap: Keymap::default(),
            look: Look::new(&Theme::embedded("dark"), Depth::True, glyphs),
            lang,
        }
    }

    /// Draws one panel with its list taken in; `change` does what a person would.
    fn draw(
        &self,
        board: &Board,
        panel: &Panel,
        (width, height): (u16, u16),
        change: impl Fn(&Ctx<'_>, &mut View),
    ) -> Buffer {
        let ctx = Ctx {
            board,
            keymap: &self.keymap,
            look: &self.look,
            lang: self.lang,
            now: common::now(),
        };
        let mut view = View::default();
        change(&ctx, &mut view);
        let index = Index::new((panel.rows)(&ctx, &view), |id, words| {
            (panel.words)(&ctx, id, words);
        });
        view.list.ids = index.found(&view.query, |_, _| None);
        view.cursor = view.cursor.or_else(|| view.list.ids.first().cloned());
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        (panel.draw)(&ctx, &view, area, &mut buf);
        buf
    }

    fn text(&self, board: &Board, panel: &Panel, size: (u16, u16)) -> String {
        text_of(&self.draw(board, panel, size, |_, _| {}))
    }
}

fn panel(id: Action) -> &'static Panel {
    Panel::of(id).expect("every id has its panel")
}

#[test]
fn every_screen_is_as_it_was_in_both_languages_at_three_sizes() {
    let board = common::board();
    for (lang, key, _) in LANGS {
        let stage = Stage::new(*lang, &FULL);
        for panel in PANELS {
            for (width, height) in SIZES {
                let name = format!("{:?}-{key}-{width}x{height}", panel.action).to_lowercase();
                insta::assert_snapshot!(name, stage.text(&board, panel, (width, height)));
            }
        }
    }
}

#[test]
fn every_card_is_as_it_was() {
    let board = common::board();
    for (lang, key, _) in LANGS {
        let stage = Stage::new(*lang, &FULL);
        for panel in PANELS {
            let buf = stage.draw(&board, panel, (80, 30), |_, view| view.open = true);
            let name = format!("{:?}-card-{key}", panel.action).to_lowercase();
            insta::assert_snapshot!(name, text_of(&buf));
        }
    }
}

/// A treatment meter that fell silent while production ran, with a maintenance declared before.
fn judged() -> Board {
    let now = common::now();
    let at = |ago: i64| now - Span::mins(ago);
    let load = |n: i64| if n > 4 { 18 + n * 7 % 5 } else { 0 };
    let values: Vec<_> = (0..36)
        .rev()
        .filter(|n| *n != 20)
        .map(|n| (at(n * 5), Value::whole(load(n))))
        .collect();
    let mark = Mark {
        kind: DeclaredKind::Maintenance,
        from: at(150),
        until: at(115),
    };
    let evidence = Evidence::new(Quantity::Power, &values, Some(Value::whole(1)), vec![mark]);
    let title = "1号线 41.0 kW · 1号活性炭 0.0 kW";
    let mut cause = common::cause("MTR-TREAT-OFF", Severity::Orange, title, at(20));
    cause.evidence = Some(Arc::new(evidence));
    let mut story = common::Writer::default();
    let raised = AlarmFact::raised(cause);
    story.alarm("MTR-TREAT-OFF/p", at(10), raised);
    common::board_with(story)
}

#[test]
fn the_card_of_an_alarm_shows_what_it_was_judged_by() {
    let board = judged();
    for (lang, key, _) in LANGS {
        let stage = Stage::new(*lang, &FULL);
        let open = |_: &Ctx<'_>, view: &mut View| view.open = true;
        let buf = stage.draw(&board, panel(Action::Alarms), (120, 37), open);
        insta::assert_snapshot!(format!("alarms-evidence-{key}"), text_of(&buf));
    }
    for width in 0..90 {
        let stage = Stage::new(Lang::En, &NARROW);
        let open = |_: &Ctx<'_>, view: &mut View| view.open = true;
        stage.draw(&board, panel(Action::Alarms), (width, 30), open);
    }
}

#[test]
fn the_years_goals_are_as_they_were_in_both_languages_at_three_sizes() {
    let board = common::goals::board();
    let targets = panel(Action::Targets);
    for (lang, key, _) in LANGS {
        let stage = Stage::new(*lang, &FULL);
        for (width, height) in SIZES {
            let name = format!("targets-full-{key}-{width}x{height}");
            insta::assert_snapshot!(name, stage.text(&board, targets, (width, height)));
        }
        let buf = stage.draw(&board, targets, (80, 30), |_, view| view.open = true);
        insta::assert_snapshot!(format!("targets-full-{key}-card"), text_of(&buf));
    }
}

#[test]
fn the_overview_counts_goals_at_risk_and_is_silent_about_them_where_there_are_none() {
    let stage = Stage::new(Lang::En, &FULL);
    let says = |board: &Board| {
        let text = stage.text(board, panel(Action::Overview), (120, 37));
        text.contains("5 targets at risk")
    };
    assert!(says(&common::goals::board()));
    assert!(!says(&common::board()));
}

#[test]
fn an_episode_is_shown_pane_by_pane() {
    let board = common::control::board();
    let control = panel(Action::Control);
    for (lang, key, _) in LANGS {
        let stage = Stage::new(*lang, &FULL);
        for (width, height) in SIZES {
            for pane in 0..4 {
                let buf = stage.draw(&board, control, (width, height), |_, view| view.choice = pane);
                let name = format!("episode-{pane}-{key}-{width}x{height}");
                insta::assert_snapshot!(name, text_of(&buf));
            }
        }
    }
}

#[test]
fn no_screen_minds_its_size_its_glyphs_or_an_empty_board() {
    let (full, empty) = (
        common::goals::board(),
        common::board_with(common::Writer::default()),
    );
    let episode = common::control::board();
    let (zh, en) = (Stage::new(Lang::Zh, &FULL), Stage::new(Lang::En, &NARROW));
    for panel in PANELS {
        for width in [0, 1, 2, 3, 5, 10, 39, 40, 71, 72, 159, 160, 240] {
            for height in [0, 1, 2, 3, 4, 5, 12, 24, 60] {
                for (stage, open) in [(&zh, false), (&en, true)] {
                    for board in [&full, &empty, &episode] {
                        let buf = stage.draw(board, panel, (width, height), |_, view| {
                            (view.open, view.card) = (open, usize::from(height));
                        });
                        assert_eq!(buf.area, Rect::new(0, 0, width, height));
                    }
                }
            }
        }
    }
}

#[test]
fn the_tabs_of_points_are_as_they_were() {
    let board = common::board();
    for (lang, key, _) in LANGS {
        let stage = Stage::new(*lang, &FULL);
        for (tabs, name) in [(1, "meters"), (2, "emissions"), (4, "sections")] {
            let buf = stage.draw(&board, panel(Action::Points), (120, 37), |ctx, view| {
                for _ in 0..tabs {
                    assert!((panel(Action::Points).act)(Action::Right, ctx, view));
                }
                view.open = true;
                view.cursor = (name == "sections").then(|| RowId::Point(PointId::new("W2")));
            });
            insta::assert_snapshot!(format!("points-{name}-{key}"), text_of(&buf));
        }
    }
}

#[test]
fn a_scope_leaves_only_what_belongs_to_it_in_every_tab() {
    let board = common::board();
    let stage = Stage::new(Lang::En, &FULL);
    let text = |right: bool, scope: bool| {
        let buf = stage.draw(&board, panel(Action::Points), (120, 37), |ctx, view| {
            let act = |action, view: &mut View| (panel(Action::Points).act)(action, ctx, view);
            assert!(!scope || act(Action::Sort, view));
            assert!(!right || act(Action::Right, view));
        });
        text_of(&buf)
    };
    assert!(text(false, false).contains("泗门永盛五金厂"));
    assert!(!text(false, true).contains("泗门永盛五金厂"));
    assert!(text(false, true).contains("泗门恒达电镀有限公司"));
    assert!(text(true, true).contains("231.4 / 0.4 kW"));
}

/// A board without alarms whose only source is `feed`.
fn quiet(feed: Feed) -> Board {
    let mut board = common::board_with(common::Writer::default());
    board.feeds = [(feed.id.clone(), feed)].into_iter().collect();
    board
}

fn feed() -> Feed {
    Feed::new(
        SourceId::new("fires"),
        "mapped".into(),
        Span::mins(5),
        Some(Span::hours(2)),
    )
}

fn answered(at: Moment) -> Feed {
    let mut feed = feed();
    feed.good(&PollResult::default(), at);
    feed
}

fn says_calm(board: &Board) -> bool {
    let words = [
        "无未处置告警",
        "no unhandled alarms",
        "无未办结火情",
        "no open fires",
    ];
    LANGS.iter().any(|(lang, ..)| {
        let stage = Stage::new(*lang, &FULL);
        let shown = |panel, size| stage.text(board, panel, size);
        PANELS.iter().any(|panel| {
            let says = |size| words.iter().any(|word| shown(panel, size).contains(word));
            SIZES.into_iter().any(says)
        })
    })
}

#[test]
fn no_alarms_is_said_while_every_source_is_fresh_and_never_otherwise() {
    let now = common::now();
    let mut failed = answered(now);
    failed.bad(PollError::Silent, now);
    let mut late = answered(now);
    (late.rows, late.newest, late.state) = (3, Some(now - Span::hours(3)), FeedState::Ok);
    let cases = [
        (answered(now - Span::mins(4)), FeedState::Empty, true),
        (feed(), FeedState::Never, false),
        (failed, FeedState::Error, false),
        (late, FeedState::Late, false),
        (answered(now - Span::mins(16)), FeedState::Late, false),
        (answered(now + Span::hours(1)), FeedState::Late, false),
    ];
    for (feed, state, calm) in cases {
        assert_eq!(feed.state_at(now), state);
        assert_eq!(says_calm(&quiet(feed.clone())), calm, "{feed:?}");
    }
    let mut none = common::board_with(common::Writer::default());
    none.feeds = imbl::OrdMap::new();
    assert!(!says_calm(&none));
}

#[test]
fn a_source_that_went_silent_is_named_with_its_age_where_alarms_would_stand() {
    let board = quiet(answered(common::now() - Span::mins(76)));
    for id in [Action::Overview, Action::Alarms, Action::Fires] {
        let shown = Stage::new(Lang::En, &FULL).text(&board, panel(id), (80, 21));
        assert!(shown.contains("fires late, silent for 1h 16m"), "{shown}");
    }
}

#[test]
fn sub_lists_and_filters_of_the_alarms_hold_what_they_say() {
    let board = common::board();
    let stage = Stage::new(Lang::Zh, &FULL);
    let count = |choice: usize, filter: &str| {
        let buf = stage.draw(&board, panel(Action::Alarms), (120, 37), |ctx, view| {
            for _ in 0..choice {
                assert!((panel(Action::Alarms).act)(Action::Right, ctx, view));
            }
            view.filter = filter.to_owned();
            view.query = Query::parse(filter).expect("words");
        });
        let text = text_of(&buf);
        text.lines()
            .skip(3)
            .filter(|line| {
                ["红", "橙", "黄", "蓝"]
                    .iter()
                    .any(|s| line.contains(&format!(" {s} ")))
            })
            .count()
    };
    assert_eq!(
        (count(0, ""), count(1, ""), count(2, ""), count(3, "")),
        (6, 1, 1, 9)
    );
    assert_eq!((count(0, "jg qiu"), count(0, "火"), count(3, "sywj")), (0, 1, 0));
}

#[test]
fn a_shift_that_was_taken_names_what_stands_in_the_way_of_its_hand_over() {
    let mut ledger = common::story();
    let zone = lookout::domain::time::CHINA;
    let due = Roster::default().at(common::now(), zone);
    let (id, duty) = due.expect("a day has shifts");
    let chen = Actor::Person(OperatorId::new("chen"));
    let opened = Fact::Shift(ShiftFact::Opened(Box::new(duty)));
    ledger.fact(Stream::Shift(id.clone()), common::now(), chen.clone(), opened);
    ledger.fact(
        Stream::Shift(id),
        common::now(),
        chen,
        Fact::Shift(ShiftFact::Prepared),
    );
    let board = common::board_with(ledger);
    let shown = Stage::new(Lang::En, &FULL).text(&board, panel(Action::Shift), (80, 21));
    assert!(shown.contains("ready chen"), "{shown}");
    assert!(shown.contains("is unacknowledged"), "{shown}");
    assert!(shown.contains("hand-over ready"), "{shown}");
}

/// The board with its stations judged by `norm`, all of them in heavy air for two days.
fn judged_by(norm: Norm) -> Board {
    let mut board = common::board();
    Arc::make_mut(&mut board.room).standard = norm;
    let heavy = board
        .trends
        .iter()
        .filter(|((_, quantity, period), _)| Pollutant::of(*quantity).is_some() && *period == Period::Hour);
    let heavy = heavy.flat_map(|((point, quantity, period), hours)| {
        hours.iter().map(|(at, value)| Reading {
            point: point.clone(),
            quantity: *quantity,
            period: *period,
            at: *at,
            value: Some(if *quantity == Quantity::Pm25 {
                Value::whole(250)
            } else {
                *value
            }),
            flag: Flag::Valid,
            source: SourceId::new("ningbo-air"),
        })
    });
    let heavy = heavy.collect();
    common::take(board, heavy)
}

#[test]
fn screens_speak_and_paint_by_the_standard_of_the_room() {
    for (key, norm) in ROOM_NORMS {
        let board = judged_by(norm);
        let standard = norm.newest();
        let worst = board
            .county(common::now())
            .and_then(|now| now.index.level)
            .expect("heavy air");
        assert!(worst >= Level::Five, "{key} {worst:?}");
        let Rgb(r, g, b) = standard.colour(worst);
        for (lang, _, _) in LANGS {
            let mut stage = Stage::new(*lang, &FULL);
            stage.look = stage.look.painted(norm);
            let name = lookout::lang::air::class(*lang, standard, worst);
            for id in [Action::Overview, Action::Air] {
                let buf = stage.draw(&board, panel(id), (200, 57), |_, view| view.open = true);
                let text = text_of(&buf);
                assert!(text.contains(name), "{key} {id:?}: no {name} in\n{text}");
                assert!(text.contains(standard.version()), "{key} {id:?}\n{text}");
                let painted = |cell: &ratatui::buffer::Cell| cell.bg == Color::Rgb(r, g, b);
                assert!(buf.content().iter().any(painted), "{key} {id:?} {worst:?}");
            }
            let buf = stage.draw(&board, panel(Action::Air), (200, 57), |_, view| view.open = true);
            let cited = lookout::lang::air::citation(*lang, standard);
            assert!(text_of(&buf).contains(cited), "{key}: {cited}");
        }
    }
}

#[test]
fn words_that_no_table_knows_stand_on_list_and_card_as_the_upstream_wrote_them() {
    let mut ledger = common::Writer::default();
    let cause = lookout::domain::fact::alarm::Cause {
        area: "某不认识镇".into(),
        severity_words: "暴雨红色预警".into(),
        source: Some(SourceId::new("nmc")),
        ..common::cause("WEATHER", Severity::Red, "暴雨", common::now())
    };
    ledger.alarm("nmc/1", common::now(), AlarmFact::raised(cause));
    let board = common::board_with(ledger);
    for (lang, place, severity) in [
        (Lang::Zh, "某不认识镇（名录外）", "级别未识别「暴雨红色预警」暴雨"),
        (
            Lang::En,
            "某不认识镇 (not listed)",
            "severity not known “暴雨红色预警” 暴雨",
        ),
    ] {
        let stage = Stage::new(lang, &FULL);
        let list = stage.text(&board, panel(Action::Alarms), SIZES[2]);
        let card = stage.draw(&board, panel(Action::Alarms), (80, 30), |_, view| {
            view.open = true;
        });
        for text in [list, text_of(&card)] {
            assert!(text.contains(place) && text.contains(severity), "{text}");
        }
    }
}
