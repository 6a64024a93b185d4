//! Key stories: a board and keys give acts, and what the seat shows.

#[expect(dead_code, reason = "each test binary uses a part of it")]
mod common;

use common::story::text_of;
use lookout::desk::board::Board;
use lookout::desk::{Command, Done, Reply, Request};
use lookout::domain::air::year::Year;
use lookout::domain::air::{Day, Norm};
use lookout::domain::alarm::AlarmState;
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::case::{CaseFact, Matter};
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{CaseId, EnterpriseId, OperatorId, PlaybookId, SeatId, StageId};
use lookout::domain::ledger::Stream;
use lookout::domain::person::{Actor, Operator, Role};
use lookout::domain::quantity::Value;
use lookout::domain::signal::Severity;
use lookout::domain::time::Span;
use lookout::lang::{LANGS, Lang};
use lookout::tui::act::Purpose;
use lookout::tui::act::dispatch::Dispatch;
use lookout::tui::action::Action;
use lookout::tui::call::TerminalCall;
use lookout::tui::form::{FormCtx, Slot};
use lookout::tui::input::Input;
use lookout::tui::keys::{Key, Keymap};
use lookout::tui::look::glyphs::{FULL, NARROW};
use lookout::tui::look::{Depth, Look, Meaning, Theme};
use lookout::tui::panel::PANELS;
use lookout::tui::seat::{Drafts, Mode, Now, Out, Seat, Settings};
use lookout::tui::session::Session;
use lookout::tui::view::{Ctx, RowId};
use lookout::tui::{frame, part};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A person at a seat, typing unhurriedly: a second between two keys.
struct Story {
    seat: Seat,
    board: Arc<Board>,
    hand: i64,
    acts: Vec<Request>,
    outs: Vec<Out>,
}

fn settings(role: Role) -> Settings {
    Settings {
        id: SeatId::new("seat-1"),
        who: Operator {
            id: OperatorId::new("zhiban-1"),
            role,
        },
        lang: Lang::Zh,
        can_chinese: true,
        themes: ["dark", "light"].map(Theme::embedded).to_vec(),
        depth: Depth::True,
        glyphs: &FULL,
        air: Norm::Hj633,
        keymap: Keymap::default(),
        screen: Action::Overview,
        drafts: Drafts::new(),
    }
}

impl Story {
    fn new() -> Self {
        Self::by(Role::Operator)
    }

    fn by(role: Role) -> Self {
        let mut story = Self {
            seat: Seat::new(settings(role)),
            board: Arc::new(common::board()),
            hand: 10_000,
            acts: Vec::new(),
            outs: Vec::new(),
        };
        story.seat.sees(&story.board, story.now());
        story.draw(80, 24);
        story
    }

    fn now(&self) -> Now {
        Now {
            room: common::now(),
            hand: Span::from_ms(self.hand),
        }
    }

    /// Keys by name, apart by blanks.
    fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            self.hand += 1000;
            self.key(name);
        }
        self
    }

    /// A text, one character a key.
    fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.hand += 200;
            self.input(&Input::Key(Key::char(c)));
        }
        self
    }

    /// One key without time passing.
    fn key(&mut self, name: &str) {
        let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"));
        self.input(&Input::Key(key));
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "acts are looked at apart from all else"
    )]
    fn input(&mut self, input: &Input) {
        for out in self.seat.update(input, &self.board, self.now()) {
            match out {
                Out::Request(request) => self.acts.push(*request),
                out => self.outs.push(out),
            }
        }
        self.draw(80, 24);
    }

    fn board(&mut self, board: Board) {
        self.board = Arc::new(board);
        self.seat.sees(&self.board, self.now());
        self.draw(80, 24);
    }

    fn answer(&mut self, answer: Result<Done, Refusal>) {
        let ticket = self.acts.last().expect("an act was sent").ticket;
        let seat = SeatId::new("seat-1");
        self.seat
            .told(&Reply { seat, ticket, answer }, &self.board, self.now());
    }

    fn draw(&mut self, width: u16, height: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let drawn = frame::draw(&self.seat, &self.board, self.now(), &mut buf);
        self.seat.drawn(drawn.rows);
        text_of(&buf)
    }

    fn screen(&mut self) -> String {
        self.draw(80, 24)
    }

    fn cursor(&self) -> String {
        self.seat
            .view()
            .cursor
            .map_or(String::new(), |id| id.text().to_owned())
    }

    fn command(&self) -> &Command {
        &self.acts.last().expect("an act was sent").command
    }
}

const FIRE: &str = "fires/CAM-12-1938";

#[test]
fn the_worst_unhandled_alarm_is_acknowledged_in_three_keys() {
    let mut story = Story::new();
    story.keys("! a Enter");
    let [request] = &story.acts[..] else {
        panic!("one act: {:?}", story.acts)
    };
    assert!(
        matches!(&request.command, Command::Acknowledge { alarms, until: Some(at), .. }
        if alarms.len() == 1 && alarms[0].as_str() == FIRE && *at == common::now() + Span::hours(4))
    );
    assert_eq!(request.seen, [(Stream::Alarm(alarms_of(request).remove(0)), 1)]);
    assert!(
        story.screen().contains("正在记录"),
        "nothing shows as done before it is stored"
    );
    story.answer(Ok(Done {
        count: 1,
        ..Done::default()
    }));
    assert!(story.screen().contains("已记录"));
}

#[expect(clippy::wildcard_enum_match_arm, reason = "any other command fails the test")]
fn alarms_of(request: &Request) -> Vec<lookout::domain::id::AlarmId> {
    match &request.command {
        Command::Acknowledge { alarms, .. } => alarms.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_dialog_names_its_object_and_a_bare_y_does_nothing() {
    let mut story = Story::new();
    story.keys("! a");
    assert!(story.screen().contains("确认：临山镇 邵家丘村 田间明火"));
    story.keys("y");
    assert_eq!(story.acts, []);
    story.keys("Esc");
    assert!(matches!(story.seat.mode, Mode::Look));
}

#[test]
fn enter_counts_only_when_the_dialog_has_stood_for_a_third_of_a_second() {
    let mut story = Story::new();
    story.keys("! a");
    story.hand += 299;
    story.key("Enter");
    assert_eq!(story.acts, []);
    story.hand += 1;
    story.key("Enter");
    assert_eq!(story.acts.len(), 1);
}

#[test]
fn a_key_that_is_held_down_acts_once() {
    let mut story = Story::new();
    story.keys("! x");
    // Enter runs the menu's first entry, acknowledge, and stays down for two seconds.
    for _ in 0..60 {
        story.hand += 33;
        story.key("Enter");
    }
    assert_eq!(story.acts, [], "the dialog does not take the key that opened it");
    story.keys("Enter");
    assert_eq!(story.acts.len(), 1);
    let mut story = Story::new();
    story.keys("!");
    for _ in 0..30 {
        story.hand += 33;
        story.key("a");
    }
    let Mode::Form(open) = &story.seat.mode else {
        panic!("the dialog is open")
    };
    let form = &open.form;
    assert_eq!(form.draft(), []);
}

#[test]
fn pasted_text_never_acts() {
    let mut story = Story::new();
    story.keys("!");
    story.input(&Input::Paste("a\r\rd\r".into()));
    assert!(matches!(story.seat.mode, Mode::Look));
    story.keys("a");
    story.hand += 1000;
    story.input(&Input::Paste("\r\r\ny\r".into()));
    assert_eq!(story.acts, []);
}

#[test]
fn many_alarms_are_marked_and_take_one_comment() {
    let mut story = Story::new();
    story.keys("6 j v j j v a");
    assert!(story.screen().contains("确认 3 条"));
    story.types("已电话核实").keys("Tab Tab Enter");
    let Command::Acknowledge { alarms, comment, .. } = story.command() else {
        panic!("{:?}", story.acts)
    };
    assert_eq!((alarms.len(), comment.as_str()), (3, "已电话核实"));
    assert_eq!(story.acts[0].seen.len(), 3);
    story.answer(Ok(Done {
        count: 3,
        ..Done::default()
    }));
    assert!(story.seat.view().marks.is_empty());
}

#[test]
fn shelving_wants_a_reason_and_an_end_within_the_shift() {
    let mut story = Story::new();
    story.keys("! s");
    story.keys("Enter Enter Enter");
    assert_eq!(story.acts, []);
    assert!(story.screen().contains("请填写"));
    story.keys("Up Up").types("检修").keys("Enter Right Enter Enter");
    let Command::Shelve { reason, until, .. } = story.command() else {
        panic!("{:?}", story.acts)
    };
    assert_eq!(
        (reason.as_str(), *until),
        ("检修", common::now() + Span::hours(1))
    );
}

#[test]
fn a_dispatch_proposes_unit_contact_channel_deadline_and_words() {
    let mut story = Story::new();
    story.keys("5");
    choose(&mut story, "F20261123-0002");
    story.keys("d");
    let screen = story.screen();
    for words in ["马渚镇政府", "0574-0000-0001", "work-group", "斗门村"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    press(&mut story);
    let Command::Move {
        step,
        given,
        order: Some(order),
        ..
    } = story.command()
    else {
        panic!("{:?}", story.acts)
    };
    assert_eq!(step.as_str(), "dispatch");
    assert_eq!(given.unit.as_ref(), Some(&order.unit));
    assert_eq!(order.unit.as_str(), "u-mazhu");
    assert_eq!(order.deadline, Some(common::now() + Span::mins(30)));
    assert!(order.text.as_str().contains("20:12"), "{}", order.text);
}

#[test]
fn another_unit_brings_its_own_contact_but_not_over_what_was_written() {
    let mut story = Story::new();
    story.keys("5");
    choose(&mut story, "F20261123-0002");
    story.keys("d Up Up Up Up Up Up Right Tab");
    assert!(story.screen().contains("0574-0000-0002"));
    story.keys("Ctrl-U").types("夜班").keys("Up Left Tab");
    let screen = story.screen();
    assert!(
        screen.contains("夜班") && screen.contains("0574-0000-0001"),
        "{screen}"
    );
}

#[test]
fn an_alarm_without_a_case_is_dispatched_by_opening_one_first() {
    let mut story = Story::new();
    story.keys("! d");
    press(&mut story);
    assert!(matches!(story.command(), Command::Open { playbook, .. } if playbook.as_str() == "straw-fire"));
    let case = CaseId::new("F20261123-0002");
    story.answer(Ok(Done {
        count: 1,
        case: Some(case),
        task: None,
    }));
    let board = (*story.board).clone();
    story.board(board);
    assert!(
        matches!(&story.seat.mode, Mode::Form(open) if open.form.title == "派单"),
        "the order's dialog follows"
    );
}

#[test]
fn a_false_alarm_wants_one_of_the_reasons_and_a_comment() {
    let mut story = Story::new();
    story.keys("5");
    choose(&mut story, "F20261123-0002");
    story.keys("x").types("wubao").keys("Enter");
    assert!(
        matches!(story.seat.mode, Mode::Pick(_)),
        "pinyin initials find, whole pinyin does not"
    );
    story
        .keys("Ctrl-U")
        .types("wb")
        .keys("Enter Right Right")
        .keys("Tab")
        .types("炊烟")
        .keys("Enter Enter");
    let Command::Move { step, given, .. } = story.command() else {
        panic!("{:?}", story.acts)
    };
    assert_eq!(step.as_str(), "false");
    assert_eq!(
        given.reason.as_ref().map(lookout::domain::text::Clean::as_str),
        Some("fog")
    );
    assert_eq!(given.comment.as_str(), "炊烟");
}

#[test]
fn new_rows_wait_and_the_cursor_stays_on_its_row() {
    let mut story = Story::new();
    story.keys("6 j j");
    let (at, screen) = (story.cursor(), story.screen());
    let row = screen
        .lines()
        .position(|line| line.contains("▌"))
        .expect("a cursor");
    let mut ledger = common::story();
    for n in 0..14 {
        let cause = common::cause("ALERT", Severity::Red, "新告警", common::now());
        ledger.alarm(
            &format!("alerts/new-{n}"),
            common::now(),
            AlarmFact::raised(cause),
        );
    }
    story.board(common::board_with(ledger));
    let screen = story.screen();
    assert!(screen.contains("+14 新"), "{screen}");
    assert_eq!(story.cursor(), at);
    assert_eq!(screen.lines().position(|line| line.contains("▌")), Some(row));
    story.keys("r");
    assert_eq!(story.cursor(), at);
    assert!(!story.screen().contains("+14"));
}

#[test]
fn a_row_whose_alarm_is_over_keeps_its_place() {
    let mut story = Story::new();
    story.keys("6 j j j");
    let ids = story.seat.view().list.ids;
    let mut ledger = common::story();
    ledger.handled(
        FIRE,
        common::now(),
        AlarmFact::Acknowledged {
            comment: "".into(),
            until: None,
        },
    );
    ledger.alarm(FIRE, common::now(), AlarmFact::Returned);
    story.board(common::board_with(ledger));
    assert_eq!(story.seat.view().list.ids, ids);
    assert!(story.screen().contains("已结束"));
}

#[test]
fn the_filter_finds_by_initials_and_esc_goes_one_step_back_at_a_time() {
    let mut story = Story::new();
    story.keys("6 /").types("mzz");
    assert_eq!(story.seat.view().list.ids.len(), 1);
    story.keys("Enter j Enter");
    assert!(story.seat.view().open);
    story.keys("Esc");
    assert!(!story.seat.view().open && !story.seat.view().filter.is_empty());
    story.keys("Esc");
    assert!(story.seat.view().filter.is_empty());
    story.keys("Esc Esc Esc");
    assert_eq!(story.outs, [], "Esc never quits");
}

#[test]
fn who_was_first_is_told_and_what_was_written_comes_back() {
    let mut story = Story::new();
    story.keys("! a").types("在核实").keys("Tab Tab Enter");
    let stream = Stream::Alarm(lookout::domain::id::AlarmId::new(FIRE));
    let by = Some(Actor::Person(OperatorId::new("zhiban-2")));
    story.answer(Err(Refusal::Changed {
        stream,
        by,
        at: Some(common::now()),
    }));
    let screen = story.screen();
    assert!(
        screen.contains("zhiban-2") && screen.contains("19:42"),
        "{screen}"
    );
    story.keys("a");
    assert!(story.screen().contains("在核实"));
    assert_eq!(
        story.seat.drafts().len(),
        1,
        "an open dialog's words outlive the seat"
    );
}

#[test]
fn what_was_done_last_is_undone_as_a_new_fact() {
    let mut story = Story::new();
    story.keys("z");
    assert!(story.screen().contains("没有可撤回"));
    story.keys("! a Enter");
    story.answer(Ok(Done {
        count: 1,
        ..Done::default()
    }));
    let mut board = common::board();
    common::acknowledge(&mut board, FIRE);
    story.board(board);
    story.keys("z");
    assert!(story.screen().contains("撤回：临山镇"));
    story.keys("Enter");
    assert!(matches!(story.command(), Command::Undo(Stream::Alarm(id)) if id.as_str() == FIRE));
}

#[test]
fn a_frozen_view_stands_still_and_counts_what_is_new() {
    let mut story = Story::new();
    story.keys("6 f");
    let rows = story.seat.view().list.ids;
    let mut ledger = common::story();
    ledger.case(
        "F20261123-0002",
        common::now(),
        CaseFact::Noted { words: "x".into() },
    );
    let cause = common::cause("ALERT", Severity::Red, "冻结之后", common::now());
    ledger.alarm("alerts/later", common::now(), AlarmFact::raised(cause));
    story.board(common::board_with(ledger));
    let screen = story.screen();
    assert!(
        screen.contains("其后 2 条记录") && !screen.contains("冻结之后"),
        "{screen}"
    );
    assert!(screen.contains("■3"), "the header counts what is true now");
    assert_eq!(story.seat.view().list.ids, rows);
    story.keys("f");
    assert!(story.screen().contains("冻结之后"));
}

#[test]
fn a_viewer_may_look_and_not_act() {
    let mut story = Story::by(Role::Viewer);
    for action in ["a", "s", "d"] {
        story.keys("!").keys(action);
        assert!(matches!(story.seat.mode, Mode::Look), "{action}");
    }
    assert!(story.screen().contains("观察员"));
}

#[test]
fn the_palette_the_help_and_full_width_keys_lead_anywhere() {
    let mut story = Story::new();
    story.keys("：").types("sjy").keys("Enter");
    assert_eq!(story.seat.screen, Action::Feeds);
    story.keys("？").types("language").keys("Enter");
    assert_eq!(story.seat.lang, Lang::En);
    story.keys("T");
    let light = Look::new(&Theme::embedded("light"), story.seat.look.depth, &FULL);
    assert_eq!(story.seat.look.style(Meaning::Text), light.style(Meaning::Text));
    story.keys("火");
    assert!(story.screen().contains("input method"));
}

#[test]
fn where_chinese_cannot_be_shown_the_seat_stays_english() {
    let mut seat = Seat::new(Settings {
        can_chinese: false,
        ..settings(Role::Operator)
    });
    assert_eq!(seat.lang, Lang::En);
    let board = Arc::new(common::board());
    seat.update(&Input::Key(Key::char('L')), &board, Now::default());
    assert_eq!(seat.lang, Lang::En);
}

#[test]
fn a_terminal_that_draws_ambiguous_characters_wide_gets_others() {
    let board = Arc::new(common::board());
    for (reply, glyphs) in [("\x1b[2;2R", &FULL), ("\x1b[2;3R", &NARROW)] {
        let mut session = Session::new(settings(Role::Operator), TerminalCall::default(), (80, 24), 50);
        let asked = session.frame(&board, Now::default());
        assert!(
            String::from_utf8_lossy(&asked).contains("①\u{1b}[6n"),
            "the terminal is asked once"
        );
        assert!(
            session.bytes(reply.as_bytes(), &board, Now::default()).is_empty(),
            "a reply is no key"
        );
        assert_eq!(session.seat().look.glyphs, glyphs);
    }
}

#[test]
fn ctrl_c_cancels_and_leaves_at_the_second_time() {
    let mut story = Story::new();
    story.keys("! a Ctrl-C");
    assert!(matches!(story.seat.mode, Mode::Look));
    story.hand += 500;
    story.key("Ctrl-C");
    assert_eq!(story.outs, [Out::Quit]);
    let mut story = Story::new();
    story.keys("Ctrl-C j j Ctrl-C");
    assert_eq!(story.outs, [], "too late for the second time");
    story.keys("6 j Enter q");
    assert_eq!(story.outs, [], "q closes the card first");
    story.keys("q");
    assert_eq!(story.outs, [Out::Quit]);
}

#[test]
fn a_quiet_room_is_only_called_quiet_while_every_source_is_fresh() {
    let mut story = Story::new();
    let mut board = common::board_with(common::Writer::default());
    assert_eq!(board.state.count(AlarmState::Unacknowledged), 0);
    story.board(board.clone());
    story.keys("!");
    assert!(story.screen().contains("不新鲜"));
    let fresh = board
        .feeds
        .iter()
        .filter(|(_, feed)| feed.state_at(common::now()).is_fresh());
    board.feeds = fresh.map(|(id, feed)| (id.clone(), feed.clone())).collect();
    story.board(board.clone());
    story.keys("!");
    assert!(story.screen().contains("无未处置告警"));
    board.feeds = imbl::OrdMap::new();
    story.board(board);
    story.keys("!");
    assert!(story.screen().contains("未配置数据源：没有告警不等于平安"));
}

#[test]
fn training_and_read_only_are_said_on_every_screen() {
    let mut story = Story::new();
    let mut board = common::board();
    let mut room = (*board.room).clone();
    room.training = true;
    board.room = Arc::new(room);
    board.writable = Err("No space left on device".into());
    story.board(board);
    for panel in PANELS {
        for (width, height) in [(80, 24), (120, 40), (40, 12)] {
            story.seat.screen = panel.action;
            let screen = story.draw(width, height);
            assert!(screen.contains("训练"), "{screen}");
            assert!(screen.contains("只读"), "{screen}");
        }
    }
}

#[test]
fn the_smallest_useful_terminal_shows_the_worst_alarm() {
    let mut story = Story::new();
    let screen = story.draw(40, 12);
    assert!(screen.contains("临山镇") && screen.contains("■"), "{screen}");
}

#[test]
fn every_size_is_drawn_with_everything_open_in_both_languages() {
    let mut story = Story::new();
    let sizes = (0..=60_u16)
        .step_by(3)
        .flat_map(|h| (0..=200_u16).step_by(9).map(move |w| (w, h)));
    let sizes: Vec<(u16, u16)> = sizes
        .chain([(1, 1), (2, 1), (1, 60), (19, 4), (20, 5), (300, 90)])
        .collect();
    for keys in [
        "",
        "!",
        "a",
        "Esc x",
        "Esc ?",
        "Esc 5 j d",
        "Esc 1 2 j Enter",
        "3",
        "0 Enter",
        "/",
    ] {
        story.keys(keys);
        for (lang, _, _) in LANGS {
            story.seat.lang = *lang;
            for (width, height) in &sizes {
                story.draw(*width, *height);
            }
        }
    }
}

/// Puts the cursor on a row of the screen that is shown.
fn choose(story: &mut Story, id: &str) {
    story.keys("g");
    for _ in 0..story.seat.view().list.ids.len() {
        if story.cursor() == id {
            return;
        }
        story.keys("j");
    }
    let rows: Vec<String> = story
        .seat
        .view()
        .list
        .ids
        .iter()
        .map(|row: &RowId| row.text().to_owned())
        .collect();
    assert_eq!(story.cursor(), id, "among {rows:?}");
}

/// Presses the dialog's button, wherever the cursor is in it.
fn press(story: &mut Story) {
    for _ in 0..20 {
        if let Mode::Form(open) = &story.seat.mode
            && open.form.here == lookout::tui::form::Here::Do
        {
            break;
        }
        story.keys("Tab");
    }
    story.keys("Enter");
}

#[test]
fn alike_alarms_are_one_row_that_opens_into_its_own_and_is_acknowledged_with_one_comment() {
    let mut story = Story::new();
    story.board(common::repeating(25));
    story.keys("6");
    let screen = story.screen();
    assert!(screen.contains("25条/25分钟"), "{screen}");
    assert_eq!(screen.matches("堆头未覆盖").count(), 1, "{screen}");
    let place = story
        .seat
        .view()
        .list
        .ids
        .iter()
        .position(|id| matches!(id, RowId::Group(_)));
    let place = place.expect("a row for many");
    for _ in 0..=place {
        story.keys("j");
    }
    assert_eq!(story.cursor(), "cam-yard");
    story.keys("Enter");
    assert!(
        story.screen().matches("堆头未覆盖").count() > 5,
        "{}",
        story.screen()
    );
    story.keys("Enter a").types("盖网已通知").keys("Tab Tab Enter");
    let Command::Acknowledge { alarms, comment, .. } = story.command() else {
        panic!("{:?}", story.command())
    };
    assert_eq!((alarms.len(), comment.as_str()), (25, "盖网已通知"));
}

#[test]
fn a_flood_is_said_on_every_screen_with_the_alarm_that_came_first() {
    let mut story = Story::new();
    story.board(common::repeating(25));
    let screen = story.screen();
    assert!(screen.contains("报警泛滥"), "{screen}");
    story.board(common::board());
    assert!(!story.screen().contains("报警泛滥"));
}

#[test]
fn a_matter_is_written_down_by_hand_with_the_fields_of_its_loop() {
    let mut story = Story::new();
    story.board(every_loop(common::board()));
    story.keys("i").types("petition").keys("Enter");
    let Mode::Form(open) = &story.seat.mode else {
        panic!("{:?}", story.seat.mode)
    };
    let form = &open.form;
    let labels: Vec<&str> = form.fields.iter().map(|field| field.label.as_str()).collect();
    assert!(labels.len() > 6 && labels.contains(&"属地"), "{labels:?}");
    let needed = form.fields.iter().filter(|field| field.needed).count();
    assert!(needed > 1, "a title alone is no petition");
    let fields = labels.len();
    story.types("夜间异响");
    for _ in 0..fields {
        story.keys("Tab");
    }
    story.keys("Enter");
    assert!(story.acts.is_empty(), "a needed field is still empty");
    assert!(story.screen().contains("请填写"), "{}", story.screen());
}

/// The board of a room that runs every loop there is.
fn every_loop(mut board: Board) -> Board {
    let mut room = (*board.room).clone();
    room.playbooks = lookout::config::playbook::embedded();
    board.room = Arc::new(room);
    board
}

#[test]
fn the_clock_of_an_emergency_runs_on_every_screen() {
    let mut story = Story::new();
    let mut ledger = common::story();
    let matter = Matter {
        playbook: PlaybookId::new("emergency"),
        stage: StageId::new("received"),
        title: "槽罐车泄漏".into(),
        detected: common::now() - Span::mins(4),
        ..Matter::default()
    };
    ledger.case(
        "U20261123-0001",
        common::now(),
        CaseFact::Opened(Box::new(matter)),
    );
    story.board(every_loop(common::board_with(ledger)));
    for key in ["1", "5", "0"] {
        story.keys(key);
        let screen = story.screen();
        assert!(screen.contains("接报 余 0"), "{screen}");
    }
}

#[test]
fn the_plan_of_an_episode_is_opened_in_one_act_and_only_what_is_not_opened_yet() {
    let mut story = Story::by(Role::Leader);
    story.board(common::control::board());
    story.keys("4 j x").types("预案全部措施").keys("Enter");
    let screen = story.screen();
    for words in ["下达预案全部措施：2 项", "下达 2 件：", "渠道："] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    story.keys("Enter");
    let Command::All(commands) = story.command() else {
        panic!("{:?}", story.command())
    };
    assert_eq!(commands.len(), 2, "two measures of the plan were not opened yet");
    assert!(
        commands
            .iter()
            .all(|command| matches!(command, Command::Open { opening, .. }
        if opening.order.as_ref().map(|order| &order.unit) == opening.unit.as_ref()
            && opening.parent.as_ref().is_some_and(|id| id.as_str() == common::control::EPISODE)))
    );
}

#[test]
fn one_step_is_made_for_all_marked_cases_and_each_order_goes_to_its_own_unit() {
    let mut story = Story::new();
    story.board(common::control::board());
    story.keys("4");
    let to_send = |id: &RowId| {
        let RowId::Case(id) = id else { return false };
        let case = story.board.state.cases.get(id);
        case.is_some_and(|case| case.state.stage.as_str() == "to_send")
    };
    let rows = story.seat.view().list.ids.clone();
    let wanted: Vec<usize> = (0..rows.len()).filter(|n| to_send(&rows[*n])).take(2).collect();
    for at in &wanted {
        story.keys("g");
        for _ in 0..*at {
            story.keys("j");
        }
        story.keys("Space");
    }
    story.keys("x").types("send").keys("Enter");
    let Mode::Form(open) = &story.seat.mode else {
        panic!("{}", story.screen())
    };
    let form = &open.form;
    assert_eq!(form.seen.len(), 2, "both versions are taken along");
    story.keys("Enter");
    let Command::All(commands) = story.command() else {
        panic!("{:?}", story.command())
    };
    for command in commands {
        let Command::Move { case, order, .. } = command else {
            panic!("{command:?}")
        };
        let own = story
            .board
            .state
            .cases
            .get(case)
            .and_then(|case| case.state.unit.clone());
        assert_eq!(order.as_ref().map(|order| order.unit.clone()), own);
    }
}

fn ctx(board: &Board) -> FormCtx<'_> {
    FormCtx {
        board,
        lang: Lang::En,
        now: common::now(),
        hand: Span::ZERO,
    }
}

#[test]
fn nobody_is_sent_to_an_enterprise_on_the_positive_list_without_a_reason() {
    let mut board = common::board();
    let mut room = (*board.room).clone();
    room.letters.lang = Lang::En;
    board.room = Arc::new(room);
    let open = board
        .state
        .cases
        .values()
        .find(|case| case.state.closed.is_none());
    let mut case = open.expect("an open case").clone();
    let id = case.id.clone();
    let purpose = Purpose::new(Dispatch(id.clone()));
    let asked = |board: &Board| purpose.open(&ctx(board)).expect("the case is there");
    assert!(asked(&board).field(&Slot::Comment).is_none());
    case.matter.enterprise = Some(EnterpriseId::new("E1"));
    board.state.cases.insert(id.clone(), case.clone());
    let mut form = asked(&board);
    assert!(
        form.about.iter().any(|line| line.contains("positive list")),
        "{:?}",
        form.about
    );
    assert!(purpose.asked(&form, &ctx(&board)).is_err());
    form.propose(&Slot::Comment, "treatment stands still");
    let Ok(Command::Dispatch(order)) = purpose.asked(&form, &ctx(&board)) else {
        panic!("an order");
    };
    assert!(
        order
            .text
            .as_str()
            .ends_with("(on site because: treatment stands still)"),
        "{}",
        order.text
    );
    case.matter.enterprise = Some(EnterpriseId::new("E2"));
    board.state.cases.insert(id.clone(), case);
    assert!(asked(&board).field(&Slot::Comment).is_none());
}

/// The story with an order that its channel did not take `times` times.
fn failing(times: i64) -> Board {
    let (case, order) = ("F20261123-0002", "F20261123-0002.1");
    let mut ledger = common::story();
    let text = common::order(case, "u-mazhu", "到场处置", common::ago(-20));
    ledger.task(order, common::ago(8), text);
    for n in 0..times {
        let failed = TaskFact::Failed {
            why: "connection refused".into(),
            next: common::ago(-1),
            blocks: false,
        };
        ledger.task(order, common::ago(7 - n), failed);
    }
    common::board_with(ledger)
}

#[test]
fn an_order_that_keeps_failing_needs_a_person_on_the_overview_and_every_list() {
    let mut story = Story::new();
    story.board(failing(2));
    assert!(story.screen().contains("送达失败 0"), "{}", story.screen());
    story.board(failing(3));
    let screen = story.screen();
    assert!(screen.contains("送达失败 1"), "{screen}");
    let is_order = |id: &RowId| id.text() == "F20261123-0002.1";
    assert!(story.seat.view().list.ids.iter().any(is_order), "{screen}");
    story.keys("5");
    let screen = story.screen();
    let row = screen.lines().find(|line| line.contains("斗门村"));
    assert!(row.is_some_and(|row| row.contains("✗ 重试 3")), "{screen}");
}

#[test]
fn a_late_case_names_whom_it_is_due_to_in_lists_and_on_its_card_and_never_says_told() {
    let mut story = Story::new();
    for (mark, field, role, said) in [
        ("[应报带班]", "超时应报", "带班", "已报"),
        ("[for shift leader]", "if late", "shift leader", "told"),
    ] {
        for key in ["1", "3", "5"] {
            story.keys(key);
            let screen = story.screen();
            assert!(screen.contains(mark), "{key}: {screen}");
        }
        story.keys("5 g Enter");
        let screen = story.draw(120, 60);
        let line = screen.lines().find(|line| line.contains(field));
        assert!(line.is_some_and(|line| line.contains(role)), "{screen}");
        assert!(!screen.contains(said), "nobody was told by the program: {screen}");
        story.keys("Esc L");
    }
}

#[test]
fn a_petition_is_near_its_end_for_the_last_fifth_of_its_days_not_for_five_minutes() {
    let mut ledger = common::story();
    let id = CaseId::new("P20261028-0001");
    let detected = common::now() - Span::days(21);
    let matter = Matter {
        playbook: PlaybookId::new("petition"),
        stage: StageId::new("handling"),
        detected,
        ..Matter::default()
    };
    ledger.case(id.as_str(), detected, CaseFact::Opened(Box::new(matter)));
    let board = every_loop(common::board_with(ledger));
    let (keymap, look) = (
        Keymap::default(),
        Look::new(&Theme::embedded("dark"), Depth::True, &FULL),
    );
    let meaning = |now| {
        let ctx = Ctx {
            board: &board,
            keymap: &keymap,
            look: &look,
            lang: Lang::Zh,
            now,
        };
        part::case::clock(&ctx, board.state.cases.get(&id).expect("the petition")).meaning
    };
    // 25 days to look into it: the last fifth begins with the 21st.
    assert_eq!(meaning(common::now() - Span::days(2)), Meaning::Text);
    assert_eq!(meaning(common::now()), Meaning::Warn);
    assert_eq!(meaning(detected + Span::days(25)), Meaning::Late);
}

#[test]
fn what_was_not_registered_does_not_prefill_the_next_callers_form_and_is_taken_back_by_a_key() {
    let mut story = Story::new();
    story.board(every_loop(common::board()));
    story.keys("i").types("petition").keys("Enter");
    story
        .types("夜间异响")
        .keys("Esc i")
        .types("petition")
        .keys("Enter");
    let screen = story.screen();
    assert!(
        !screen.contains("夜间异响"),
        "the next caller's form is empty: {screen}"
    );
    assert!(screen.contains("Ctrl-R 取回"), "{screen}");
    story.keys("Ctrl-R");
    assert!(story.screen().contains("夜间异响"), "{}", story.screen());
    story.keys("Esc L i").types("petition").keys("Enter");
    assert!(
        story.screen().contains("Ctrl-R puts it back"),
        "{}",
        story.screen()
    );
}

#[test]
fn in_the_training_city_one_key_lets_a_person_play_every_role_and_nowhere_else() {
    for (lang, ..) in LANGS {
        let mut story = Story::new();
        story.seat.lang = *lang;
        story.keys("R");
        assert_eq!(
            story.seat.who.role,
            Role::Operator,
            "a real room's roles are configured"
        );
        story.keys(":").types("role").keys("Enter");
        assert_eq!(story.seat.who.role, Role::Operator, "nor by the palette");
        story.keys("Esc Esc");
        let mut training = common::control::board();
        training.room = Arc::new(lookout::desk::board::Room {
            training: true,
            ..(*training.room).clone()
        });
        story.board(training);
        for (role, key) in lookout::domain::person::ROLES {
            story
                .keys(":")
                .types("role")
                .keys("Enter")
                .types(key)
                .keys("Enter");
            assert_eq!(story.seat.who.role, *role);
            assert_eq!(story.seat.who.id.as_str(), *key, "a person of its own");
        }
        story.keys("R").types("leader").keys("Enter");
        let words = lang.pick("现在是带班", "You are now: shift leader");
        assert!(story.screen().contains(words), "{}", story.screen());
    }
}

#[test]
fn a_step_that_cannot_be_made_stands_in_the_menu_with_its_reason() {
    let mut story = Story::new();
    story.board(common::control::board());
    story.keys("4 j x").types("拟解除");
    assert!(story.screen().contains("只有带班、科室"), "{}", story.screen());
    story.keys("Enter");
    assert!(matches!(story.seat.mode, Mode::Look), "nothing opens");
    assert_eq!(story.acts, []);
    assert!(
        story.screen().contains("只有带班、科室"),
        "it is said: {}",
        story.screen()
    );
}

#[test]
fn before_the_order_nothing_of_the_plan_is_offered() {
    let offered = |stage: &str| {
        let mut story = Story::new();
        let mut board = common::control::board();
        let id = CaseId::new(common::control::EPISODE);
        let mut case = board.state.cases.get(&id).expect("the sample's").clone();
        common::stands_in(&mut case, stage);
        board.state.cases.insert(id, case);
        story.board(board);
        story.keys("4 j x").types("预案全部");
        story.screen().contains("下达预案全部措施")
    };
    assert_eq!(
        ["consulting", "proposed", "issued", "in_force", "lifting"].map(offered),
        [false, false, true, true, false]
    );
}
/// The sample goals, with the same days a year before: 70 µg/m³ on each tenth of them.
fn two_years() -> Board {
    let mut board = common::goals::board();
    let year = board.year.as_ref().expect("days");
    let first = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).expect("a date");
    let of = |v: i64| Some(Value::whole(v));
    let before = (0..326).zip(first.iter_days()).map(|(n, date)| {
        let pm25 = if n % 10 == 0 { 70 } else { 30 };
        (date, Day::of([of(6), of(24), of(1), of(90), of(48), of(pm25)]))
    });
    let days = year.days.clone().into_iter().chain(before).collect();
    board.year = Some(Arc::new(Year::of(Norm::Hj633, year.until, &days)));
    board
}

#[test]
fn the_years_good_days_stand_beside_last_years_by_one_standard() {
    let mut story = Story::new();
    story.board(two_years());
    for (keys, said) in [
        (
            "8 Enter",
            [
                "均按 HJ 633-2026",
                "优良 278 天／有效 300 天，92.7 %",
                "优良 293 天／有效 326 天，89.9 %",
                "上升 2.8 个百分点",
                "已重新计算",
            ],
        ),
        (
            "L Ctrl-U Ctrl-U Ctrl-U",
            [
                "both by HJ 633-2026",
                "278 good of 300 days, 92.7 %",
                "293 good of 326 days, 89.9 %",
                "up 2.8 percentage points",
                "judged again",
            ],
        ),
    ] {
        let mut seen = story.keys(keys).screen();
        for _ in 0..3 {
            seen += &story.keys("Ctrl-D").screen();
        }
        for words in said {
            assert!(seen.contains(words), "no {words} in\n{seen}");
        }
        let mixed = ["上升 1.5 %", "up 1.5 %"];
        assert!(!mixed.iter().any(|words| seen.contains(words)), "{seen}");
    }
}

#[path = "keys/outlook.rs"]
mod outlook;

#[path = "keys/declared.rs"]
mod declared;

#[path = "keys/figures.rs"]
mod figures;

#[path = "keys/water.rs"]
mod water;

#[path = "keys/air.rs"]
mod air;

#[path = "keys/episode.rs"]
mod episode;

#[path = "keys/intake.rs"]
mod intake;

#[path = "keys/duty.rs"]
mod duty;

#[path = "keys/plan.rs"]
mod plan;

#[path = "keys/floor.rs"]
mod floor;

#[path = "keys/moved.rs"]
mod moved;
#[path = "keys/notices.rs"]
mod notices;

#[path = "keys/reached.rs"]
mod reached;

#[path = "keys/stepped.rs"]
mod stepped;

#[path = "keys/registered.rs"]
mod registered;

#[path = "keys/asked.rs"]
mod asked;
