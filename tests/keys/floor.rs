//! A desk whose facts are stored at once, and people at consoles before it: what stories of notices are played on.

use super::{common, settings};
use lookout::config::playbook;
use lookout::desk::board::{Board, Room};
use lookout::desk::update::Desk;
use lookout::desk::{Effect, Event, Request};
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::case::{CaseFact, Matter};
use lookout::domain::fact::task::{Order, TaskFact};
use lookout::domain::id::{AlarmId, CaseId, ChannelId, MoveId, OperatorId, StageId, TaskId, UnitId};
use lookout::domain::ledger::{Draft, Entry, Stream};
use lookout::domain::person::{Actor, ROLES, Role};
use lookout::domain::playbook::Playbook;
use lookout::domain::signal::Severity;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::lang::Lang;
use lookout::lang::journal::{JournalBasis, line};
use lookout::tui::call::TerminalCall;
use lookout::tui::seat::{Now, Out};
use lookout::tui::session::Session;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A desk whose facts are stored at once, by its own clock.
pub(super) struct Floor {
    pub(super) desk: Desk,
    pub(super) at: Moment,
    entries: Vec<Entry>,
}

impl Floor {
    /// Nothing has happened, the loops are the program's own, and every role is seated.
    pub(super) fn new() -> Self {
        Self::of(|_| {})
    }

    /// The same in a room that is changed first.
    pub(super) fn of(change: impl Fn(&mut Room)) -> Self {
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
            entries: Vec::new(),
        }
    }

    pub(super) fn board(&self) -> Arc<Board> {
        Arc::new(self.desk.board().clone())
    }

    /// Everything that was stored since.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Append { drafts, .. } = effect {
                self.store(drafts);
            }
        }
    }

    pub(super) fn store(&mut self, drafts: Vec<Draft>) {
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
            self.entries.push(entry.clone());
            self.desk.update(Event::Stored(vec![entry]));
        }
    }

    /// The configuration is changed and read again.
    pub(super) fn furnish(&mut self, change: impl Fn(&mut Room)) {
        let mut room: Room = (*self.desk.board().room).clone();
        change(&mut room);
        self.desk.update(Event::Reconfigured {
            room: Box::new(room),
            rules: Vec::new(),
            feeds: Vec::new(),
            keep_readings: Span::days(90),
            waits: Vec::new(),
        });
    }

    /// What the log says.
    pub(super) fn log(&self, lang: Lang) -> Vec<String> {
        let board = self.desk.board();
        let known = JournalBasis {
            state: &board.state,
            playbooks: &board.room.playbooks,
        };
        let lines = self.entries.iter().filter_map(|entry| line(lang, entry, known));
        lines.map(|said| said.what).collect()
    }

    pub(super) fn fact(&mut self, stream: Stream, fact: Fact) {
        self.fact_by(Actor::Desk, stream, fact);
    }

    pub(super) fn fact_by(&mut self, by: Actor, stream: Stream, fact: Fact) {
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
    pub(super) fn open(&mut self, playbook: &Playbook) -> CaseId {
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
    pub(super) fn enter(&mut self, case: &CaseId, to: &StageId, closes: bool) {
        let from = self
            .desk
            .board()
            .state
            .cases
            .get(case)
            .expect("a case")
            .state
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
            means: None,
        };
        self.fact(Stream::Case(case.clone()), Fact::Case(moved));
    }

    /// An order for the case.
    pub(super) fn order(&mut self, case: &CaseId, task: &TaskId) {
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
    pub(super) fn refuse(&mut self, task: &TaskId) {
        let why = Clean::new("404");
        self.fact(Stream::Task(task.clone()), Fact::Task(TaskFact::Refused { why }));
    }

    /// A red alarm of this code.
    pub(super) fn alarm(&mut self, code: &str) -> Stream {
        let alarm = Stream::Alarm(AlarmId::new(&format!("{code}/1")));
        let cause = common::cause(code, Severity::Red, "泗门 AQI 312", self.at);
        self.fact(alarm.clone(), Fact::Alarm(AlarmFact::raised(cause)));
        alarm
    }

    /// Time passes, and the desk looks at its clocks as often as they say more.
    pub(super) fn pass(&mut self, span: Span) {
        self.at = self.at + span;
        for _ in 0..4 {
            let effects = self.desk.update(Event::Tick(self.at));
            self.take(effects);
        }
    }

    pub(super) fn act(&mut self, request: Request) {
        let effects = self.desk.update(Event::Request(Box::new(request)));
        assert!(
            effects
                .iter()
                .any(|effect| matches!(effect, Effect::Append { .. })),
            "{effects:?}"
        );
        self.take(effects);
    }

    /// The roles that were told, in order, with how many of their notices still wait.
    pub(super) fn told(&self) -> Vec<(Role, bool)> {
        let state = &self.desk.board().state;
        let mut all: Vec<_> = state.notices.values().collect();
        all.sort_by_key(|notice| notice.told);
        all.iter()
            .map(|notice| (notice.telling.role, notice.seen.is_some()))
            .collect()
    }
}

/// A person at a terminal.
pub(super) struct Person {
    pub(super) session: Session,
    pub(super) hand: i64,
    pub(super) size: (u16, u16),
}

impl Person {
    pub(super) fn new(role: Role, lang: Lang, size: (u16, u16)) -> Self {
        let mut settings = settings(role);
        settings.who.id = OperatorId::new(role.key());
        settings.lang = lang;
        Self {
            session: Session::new(settings, TerminalCall::default(), size, 20),
            hand: 10_000,
            size,
        }
    }

    pub(super) fn now(&self, floor: &Floor) -> Now {
        Now {
            room: floor.at,
            hand: Span::from_ms(self.hand),
        }
    }

    /// Looks at the board; whether the bell rang.
    pub(super) fn hears(&mut self, floor: &Floor) -> bool {
        self.hand += 60_000;
        let (board, now) = (floor.board(), self.now(floor));
        self.session.sees(&board, now);
        self.session.frame(&board, now).contains(&7)
    }

    pub(super) fn screen(&self, floor: &Floor) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        lookout::tui::frame::draw(self.session.seat(), &floor.board(), self.now(floor), &mut buf);
        common::story::text_of(&buf)
    }

    pub(super) fn keys(&mut self, keys: &str, floor: &Floor) -> Vec<Request> {
        let mut acts = Vec::new();
        for key in keys.chars() {
            self.hand += 1000;
            let now = self.now(floor);
            for out in self
                .session
                .bytes(key.to_string().as_bytes(), &floor.board(), now)
            {
                if let Out::Request(request) = out {
                    acts.push(*request);
                }
            }
        }
        acts
    }
}

/// The stage that a loop begins in.
pub(super) fn first(playbook: &Playbook) -> StageId {
    playbook.stages.first().expect("a first stage").id.clone()
}

pub(super) fn has(screen: &str, words: &[&str]) -> bool {
    words.iter().all(|words| screen.contains(words))
}

pub(super) fn straw() -> Playbook {
    let mut all = playbook::embedded().into_iter();
    all.find(|own| own.id.as_str() == "straw-fire")
        .expect("it is there")
}
