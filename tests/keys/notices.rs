//! Key stories of notices: what waits for a role is said at its consoles until a person of it has seen that.

use super::common;
use super::settings;
use lookout::config::playbook;
use lookout::desk::Act;
use lookout::desk::Effect;
use lookout::desk::Event;
use lookout::desk::board::Board;
use lookout::desk::board::Room;
use lookout::desk::update::Desk;
use lookout::domain::alarm::AlarmState;
use lookout::domain::case::clock::Clock;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::case::Matter;
use lookout::domain::fact::notice::About;
use lookout::domain::fact::task::Order;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::AlarmId;
use lookout::domain::id::CaseId;
use lookout::domain::id::ChannelId;
use lookout::domain::id::MoveId;
use lookout::domain::id::OperatorId;
use lookout::domain::id::StageId;
use lookout::domain::id::TaskId;
use lookout::domain::id::UnitId;
use lookout::domain::ledger::Draft;
use lookout::domain::ledger::Entry;
use lookout::domain::ledger::Stream;
use lookout::domain::notice::Notice;
use lookout::domain::person::Actor;
use lookout::domain::person::ROLES;
use lookout::domain::person::Role;
use lookout::domain::playbook::Playbook;
use lookout::domain::signal::Severity;
use lookout::domain::text::Clean;
use lookout::domain::time::Moment;
use lookout::domain::time::Span;
use lookout::lang::LANGS;
use lookout::lang::Lang;
use lookout::tui::call::Line;
use lookout::tui::seat::Now;
use lookout::tui::seat::Out;
use lookout::tui::session::Session;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A desk whose facts are stored at once, by its own clock.
struct Floor {
    desk: Desk,
    at: Moment,
}

impl Floor {
    /// Nothing has happened, the loops are the program's own, and every role is seated.
    fn new() -> Self {
        Self::of(|_| {})
    }

    /// The same in a room that is changed first.
    fn of(change: impl Fn(&mut Room)) -> Self {
        let mut board = common::board_with(common::Writer::default());
        let mut room: Room = (*board.room).clone();
        room.playbooks = playbook::embedded();
        room.notices.seated = ROLES.iter().map(|row| row.0).collect();
        change(&mut room);
        board.room = Arc::new(room);
        board.feeds.clear();
        Self {
            desk: Desk::new(board, Vec::new()),
            at: common::now(),
        }
    }

    fn board(&self) -> Arc<Board> {
        Arc::new(self.desk.board().clone())
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Append { drafts, .. } = effect {
                self.store(drafts);
            }
        }
    }

    fn store(&mut self, drafts: Vec<Draft>) {
        for draft in drafts {
            let state = &self.desk.board().state;
            let entry = Entry {
                seq: state.seq + 1,
                nth: state.version(&draft.stream) + 1,
                stream: draft.stream,
                at: draft.at,
                by: draft.by,
                seat: draft.seat,
                fact: draft.fact,
                hash: [0; 32],
            };
            self.desk.update(Event::Stored(vec![entry]));
        }
    }

    fn fact(&mut self, stream: Stream, fact: Fact) {
        let by = Actor::Desk;
        let (expect, at, seat) = (0, self.at, None);
        self.store(vec![Draft {
            stream,
            expect,
            at,
            by,
            seat,
            fact,
        }]);
    }

    /// A case of the loop in its first stage, detected and opened now.
    fn open(&mut self, playbook: &Playbook) -> CaseId {
        let matter = Matter {
            playbook: playbook.id.clone(),
            stage: first(playbook),
            title: Clean::new("马渚镇 秸秆焚烧"),
            detected: self.at,
            ..Matter::default()
        };
        let id = CaseId::new(&format!("{}20261127-0001", playbook.letter));
        let opened = Fact::Case(CaseFact::Opened(Box::new(matter)));
        self.fact(Stream::Case(id.clone()), opened);
        id
    }

    /// The case enters a stage now.
    fn enter(&mut self, case: &CaseId, to: &StageId, closes: bool) {
        let from = self
            .desk
            .board()
            .state
            .cases
            .get(case)
            .expect("a case")
            .stage
            .clone();
        let moved = CaseFact::Moved {
            step: MoveId::new("by-hand"),
            from,
            to: to.clone(),
            closes,
            verdict: None,
            given: Box::default(),
            again: None,
            extends: None,
        };
        self.fact(Stream::Case(case.clone()), Fact::Case(moved));
    }

    /// An order for the case.
    fn order(&mut self, case: &CaseId, task: &TaskId) {
        let order = Order {
            case: case.clone(),
            unit: UnitId::new("simen"),
            unit_name: Clean::new("泗门镇"),
            channel: ChannelId::new("work-group"),
            text: Clean::new("请到场"),
            ..Order::default()
        };
        let ordered = TaskFact::Ordered(Box::new(order));
        self.fact(Stream::Task(task.clone()), Fact::Task(ordered));
    }

    /// No way took it.
    fn refuse(&mut self, task: &TaskId) {
        let why = Clean::new("404");
        self.fact(Stream::Task(task.clone()), Fact::Task(TaskFact::Refused { why }));
    }

    /// A red alarm of this code.
    fn alarm(&mut self, code: &str) -> Stream {
        let alarm = Stream::Alarm(AlarmId::new(&format!("{code}/1")));
        let cause = common::cause(code, Severity::Red, "泗门 AQI 312", self.at);
        self.fact(alarm.clone(), Fact::Alarm(AlarmFact::Raised(Box::new(cause))));
        alarm
    }

    /// Time passes, and the desk looks at its clocks as often as they say more.
    fn pass(&mut self, span: Span) {
        self.at = self.at + span;
        for _ in 0..4 {
            let effects = self.desk.update(Event::Tick(self.at));
            self.take(effects);
        }
    }

    fn act(&mut self, act: Act) {
        let effects = self.desk.update(Event::Act(Box::new(act)));
        assert!(
            effects
                .iter()
                .any(|effect| matches!(effect, Effect::Append { .. })),
            "{effects:?}"
        );
        self.take(effects);
    }

    /// The roles that were told, in order, with how many of their notices still wait.
    fn told(&self) -> Vec<(Role, bool)> {
        let state = &self.desk.board().state;
        let mut all: Vec<_> = state.notices.values().collect();
        all.sort_by_key(|notice| notice.told);
        all.iter()
            .map(|notice| (notice.telling.role, notice.seen.is_some()))
            .collect()
    }
}

/// A person at a terminal.
struct Person {
    session: Session,
    hand: i64,
    size: (u16, u16),
}

impl Person {
    fn new(role: Role, lang: Lang, size: (u16, u16)) -> Self {
        let mut settings = settings(role);
        settings.who.id = OperatorId::new(role.key());
        settings.lang = lang;
        Self {
            session: Session::new(settings, Line::default(), size, 20),
            hand: 10_000,
            size,
        }
    }

    fn now(&self, floor: &Floor) -> Now {
        Now {
            room: floor.at,
            hand: Span::from_ms(self.hand),
        }
    }

    /// Looks at the board; whether the bell rang.
    fn hears(&mut self, floor: &Floor) -> bool {
        self.hand += 60_000;
        let (board, now) = (floor.board(), self.now(floor));
        self.session.sees(&board, now);
        self.session.frame(&board, now).contains(&7)
    }

    fn screen(&self, floor: &Floor) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        lookout::tui::frame::draw(self.session.seat(), &floor.board(), self.now(floor), &mut buf);
        common::story::text_of(&buf)
    }

    fn keys(&mut self, keys: &str, floor: &Floor) -> Vec<Act> {
        let mut acts = Vec::new();
        for key in keys.chars() {
            self.hand += 1000;
            let now = self.now(floor);
            for out in self
                .session
                .bytes(key.to_string().as_bytes(), &floor.board(), now)
            {
                if let Out::Act(act) = out {
                    acts.push(*act);
                }
            }
        }
        acts
    }
}

/// The stage that a loop begins in.
fn first(playbook: &Playbook) -> StageId {
    playbook.stages.first().expect("a first stage").id.clone()
}

fn has(screen: &str, words: &[&str]) -> bool {
    words.iter().all(|words| screen.contains(words))
}

fn straw() -> Playbook {
    let mut all = playbook::embedded().into_iter();
    all.find(|own| own.id.as_str() == "straw-fire")
        .expect("it is there")
}

#[test]
fn a_late_fire_reaches_the_leaders_console_and_the_operator_reads_who_has_seen_it() {
    for (lang, banner, unseen, seen) in [
        (
            Lang::Zh,
            ["带班须知：F20261127-0001", "马渚镇 秸秆焚烧", "超时"],
            ["带班须知", "未看"],
            ["带班须知", "leader", "已看"],
        ),
        (
            Lang::En,
            ["to shift leader: F20261127-0001", "马渚镇 秸秆焚烧", "late 2"],
            ["to shift leader", "not seen"],
            ["to shift leader", "late 2", "seen by leader"],
        ),
    ] {
        let mut floor = Floor::new();
        let mut leader = Person::new(Role::Leader, lang, (80, 24));
        let mut operator = Person::new(Role::Operator, lang, (200, 57));
        floor.open(&straw());
        floor.pass(Span::mins(1));
        leader.hears(&floor);
        assert!(
            !has(&leader.screen(&floor), &banner[..1]),
            "{}",
            leader.screen(&floor)
        );
        floor.pass(Span::mins(30));
        assert!(leader.hears(&floor), "the bell rings for the leader");
        let screen = leader.screen(&floor);
        assert!(has(&screen, &banner), "{screen}");
        assert!(!leader.hears(&floor), "once a telling");

        // The operator has a notice of their own; the card says how it stands with the leader's.
        operator.hears(&floor);
        operator.keys("5j\r", &floor);
        let card = operator.screen(&floor);
        assert!(has(&card, &unseen), "{card}");

        let acts = leader.keys("e", &floor);
        let [act] = &acts[..] else { panic!("{acts:?}") };
        assert!(
            leader.screen(&floor).contains("F20261127-0001"),
            "the matter is shown"
        );
        floor.act(act.clone());
        leader.hears(&floor);
        let screen = leader.screen(&floor);
        assert!(!has(&screen, &banner[..1]), "{screen}");
        operator.hears(&floor);
        let card = operator.screen(&floor);
        assert!(has(&card, &seen), "{card}");
        let refused = floor.desk.update(Event::Act(Box::new(act.clone())));
        assert!(
            matches!(&refused[..], [Effect::Tell(tell)] if tell.answer.is_err()),
            "it is seen once: {refused:?}"
        );
    }
}

#[test]
fn a_notice_rings_again_until_it_is_seen_and_no_more_often_than_the_room_says() {
    let mut floor = Floor::new();
    let mut leader = Person::new(Role::Leader, Lang::Zh, (80, 24));
    floor.open(&straw());
    floor.pass(Span::mins(30));
    let policy = floor.desk.board().room.notices.clone();
    let mut rings = 0;
    for _ in 0..120 {
        rings += u32::from(leader.hears(&floor));
        floor.pass(Span::mins(1));
    }
    assert_eq!(rings, 1 + policy.most);
    assert!(leader.screen(&floor).contains("带班须知"), "the banner stays");
}

#[test]
fn each_rung_of_each_stage_of_each_loop_is_one_notice_to_its_role_and_ends_when_the_matter_moves_on() {
    let (mut count, mut loops) = (0, 0);
    for playbook in playbook::embedded() {
        loops += 1;
        for stage in playbook.stages.iter().filter(|stage| !stage.closed) {
            let Some(limit) = &stage.limit else { continue };
            let mut floor = Floor::new();
            let case = floor.open(&playbook);
            if stage.id != first(&playbook) {
                floor.enter(&case, &stage.id, false);
            }
            let found = &floor.desk.board().state.cases[&case];
            let clock = Clock::of(found, &playbook).expect("the stage has a limit");
            let wait = clock.due - floor.at;
            floor.pass(wait);
            let last = limit.escalate.iter().map(|rung| rung.after).max();
            floor.pass(last.unwrap_or_default());
            if floor.desk.board().state.cases[&case].stage != stage.id {
                // The desk itself has led it on: nobody need be told.
                continue;
            }
            let here = format!("{} {}", playbook.id, stage.id);
            let state = &floor.desk.board().state;
            let told = state.notices_of(&Stream::Case(case.clone()));
            let late = told.filter(
                |notice| matches!(&notice.telling.about, About::Late { stage: own, .. } if own == &stage.id),
            );
            let mut roles: Vec<Role> = late.map(|notice| notice.telling.role).collect();
            let mut rungs: Vec<Role> = limit.escalate.iter().map(|rung| rung.role).collect();
            roles.sort();
            rungs.sort();
            assert_eq!(roles, rungs, "{here}");
            count += rungs.len();
            let closed = playbook
                .stages
                .iter()
                .find(|other| other.closed)
                .expect("a last stage");
            floor.enter(&case, &closed.id.clone(), true);
            for (role, _) in ROLES {
                let board = floor.board();
                assert_eq!(board.state.waiting_count(*role), 0, "{here}");
            }
        }
    }
    assert_eq!(loops, 21);
    assert!(count > 150, "{count} rungs");
}

#[test]
fn a_red_alarm_that_nobody_acknowledges_is_told_to_the_leader_until_somebody_does() {
    for (lang, words) in [
        (Lang::Zh, ["带班须知", "红色告警", "无人确认"]),
        (Lang::En, ["to shift leader", "red alarm", "unacknowledged"]),
    ] {
        let mut floor = Floor::new();
        let mut leader = Person::new(Role::Leader, lang, (80, 24));
        let alarm = floor.alarm("AIR-AQI");
        floor.pass(Span::mins(2));
        assert!(!has(&leader.screen(&floor), &words[..1]));
        floor.pass(Span::mins(1));
        assert!(leader.hears(&floor));
        assert!(has(&leader.screen(&floor), &words), "{}", leader.screen(&floor));
        let seen = AlarmFact::Acknowledged {
            comment: Clean::default(),
            until: None,
        };
        floor.fact(alarm, Fact::Alarm(seen));
        assert_eq!(floor.desk.board().state.count(AlarmState::Acknowledged), 1);
        assert!(
            !has(&leader.screen(&floor), &words[..1]),
            "what is settled ends it"
        );
    }
}

#[test]
fn an_order_that_does_not_arrive_is_the_operators_and_then_the_leaders() {
    let mut floor = Floor::new();
    let case = floor.open(&straw());
    let task = TaskId::new("F20261127-0001.1");
    floor.order(&case, &task);
    let undelivered = |floor: &Floor| {
        let state = &floor.desk.board().state;
        let told = state.notices_of(&Stream::Task(task.clone()));
        let mut roles: Vec<Role> = told.map(|notice| notice.telling.role).collect();
        roles.sort();
        roles
    };
    floor.pass(Span::secs(10));
    assert_eq!(undelivered(&floor), []);
    floor.refuse(&task);
    floor.pass(Span::secs(1));
    assert_eq!(undelivered(&floor), [Role::Operator]);
    let mut operator = Person::new(Role::Operator, Lang::Zh, (80, 24));
    assert!(operator.hears(&floor));
    let screen = operator.screen(&floor);
    assert!(has(&screen, &["值守员须知", "请电话", "泗门镇"]), "{screen}");
    floor.pass(Span::mins(3));
    assert_eq!(undelivered(&floor), [Role::Operator, Role::Leader]);
    let called = TaskFact::Delivered {
        receipt: Clean::new("电话"),
    };
    floor.fact(Stream::Task(task.clone()), Fact::Task(called));
    let screen = operator.screen(&floor);
    assert!(!screen.contains("请电话"), "{screen}");
}

#[test]
fn an_emergency_is_told_to_the_leader_at_once_and_a_role_that_nobody_sits_in_is_passed_on() {
    let mut floor = Floor::new();
    let mut all = playbook::embedded().into_iter();
    let emergency = all
        .find(|own| own.id.as_str() == "emergency")
        .expect("it is there");
    floor.open(&emergency);
    floor.pass(Span::secs(1));
    assert_eq!(floor.told(), [(Role::Leader, false)]);

    for (lang, words) in [(Lang::Zh, "请转告带班"), (Lang::En, "pass on to shift leader")] {
        let mut floor = Floor::of(|room| room.notices.seated = vec![Role::Operator]);
        floor.open(&emergency);
        floor.pass(Span::secs(1));
        let mut operator = Person::new(Role::Operator, lang, (80, 24));
        assert!(operator.hears(&floor));
        assert!(
            operator.screen(&floor).contains(words),
            "{}",
            operator.screen(&floor)
        );
    }
}

#[test]
fn all_that_waits_is_said_seen_by_one_key_and_with_nothing_there_that_is_said() {
    for (lang, _, _) in LANGS.iter().copied() {
        let mut floor = Floor::new();
        let mut leader = Person::new(Role::Leader, lang, (80, 24));
        assert_eq!(leader.keys("E", &floor), []);
        for loops in ["straw-fire", "intrusion"] {
            let mut all = playbook::embedded().into_iter();
            floor.open(&all.find(|own| own.id.as_str() == loops).expect("it is there"));
        }
        floor.pass(Span::hours(2));
        let acts = leader.keys("E", &floor);
        floor.act(acts[0].clone());
        let waits: Vec<_> = floor
            .told()
            .into_iter()
            .filter(|told| *told == (Role::Leader, false))
            .collect();
        assert_eq!(waits, []);
        assert!(
            floor.told().contains(&(Role::Operator, false)),
            "the operators' are theirs"
        );
    }
}

/// Whoever is told of it, sits in the room or stands for a role elsewhere: it is told to those alone who may know of it.
#[test]
fn what_a_loop_keeps_to_some_roles_is_told_to_none_of_the_others_and_still_to_somebody() {
    let kept = playbook::embedded();
    let kept: Vec<&Playbook> = kept.iter().filter(|own| !own.sees.is_empty()).collect();
    assert!(!kept.is_empty());
    let all = || ROLES.iter().map(|row| row.0);
    for playbook in kept {
        for seated in [all().collect(), vec![Role::Operator], Vec::new()] {
            for role in all() {
                let mut floor = Floor::of(|room| {
                    room.notices.seated.clone_from(&seated);
                    room.notices.red_to = role;
                    for own in room.playbooks.iter_mut().filter(|own| own.id == playbook.id) {
                        own.stages[0].tells = vec![role];
                    }
                });
                let case = floor.open(playbook);
                let task = TaskId::new(&format!("{case}.1"));
                floor.order(&case, &task);
                floor.refuse(&task);
                let code = playbook.opens_on_alarm.first().expect("it opens on an alarm");
                let alarm = floor.alarm(code.as_str());
                for _ in 0..40 {
                    floor.pass(Span::mins(15));
                }
                let state = &floor.desk.board().state;
                let here = format!("{} {role:?} of {seated:?}", playbook.id);
                for notice in state.notices.values() {
                    let others = all().filter(|other| !playbook.is_seen_by(*other));
                    let told: Vec<Role> = others.filter(|other| notice.is_for(*other)).collect();
                    assert_eq!(told, [], "{here}: {}", notice.id);
                }
                for of in [Stream::Case(case), Stream::Task(task), alarm] {
                    let leader = |notice: &Notice| notice.is_for(Role::Leader);
                    let told: Vec<&Notice> = state.notices_of(&of).collect();
                    let sits = |notice: &&Notice| seated.iter().any(|role| notice.is_for(*role));
                    let is_told = told.iter().copied().any(leader) || told.iter().any(sits);
                    assert!(is_told, "{here}: {of}: {told:?}");
                }
            }
        }
    }
}
