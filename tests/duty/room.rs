//! A running desk as the tests have it: acts and polls go in, what a seat sees comes back.

use lookout::bench::check::World;
use lookout::cli::furnish;
use lookout::clock::Clock;
use lookout::config::{Config, checked};
use lookout::desk::board::{Board, LogLine};
use lookout::desk::run::Running;
use lookout::desk::{Command, Done, Event, Reply, Request, run};
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::feed::PollResult;
use lookout::domain::id::{OperatorId, SeatId, SourceId};
use lookout::domain::person::Operator;
use lookout::domain::state::State;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::store::{Ledger, OpenMode, Sqlite};
use std::path::PathBuf;
use std::process::{self, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How long something may take before the test fails; generous, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// The hands of a room's clock.
pub(crate) struct Hands(Clock);

impl Hands {
    /// So much time passes, and the wall is set by `by` more.
    pub(crate) fn turn(&self, passes: Span, by: Span) {
        let Clock::Set {
            steady: Some(hand), ..
        } = &self.0
        else {
            return;
        };
        self.0.set(self.0.now() + passes + by);
        hand.fetch_add(passes.ms(), Ordering::SeqCst);
    }
}

/// A room in a folder of its own.
pub(crate) struct Room {
    home: TempDir,
    config: Config,
    clock: Clock,
    count: u64,
    desk: Option<Running>,
    runtime: Runtime,
}

impl Room {
    /// Configured by this text and the files beside it; its clock stands at `at`. Nobody collects yet.
    pub(crate) fn new(text: &str, beside: &[(&str, &str)], at: Moment) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        for (name, text) in beside.iter().chain([&("room.toml", text)]) {
            let file = home.path().join(name);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder of the room");
            std::fs::write(file, text).expect("a file of the room is written");
        }
        let config = checked::read(&home.path().join("room.toml"), text, &World);
        let room = Self {
            config: config.unwrap_or_else(|faults| panic!("{faults:#?}")),
            clock: Clock::standing(at),
            count: 0,
            desk: None,
            runtime: Runtime::new().expect("a runtime"),
            home,
        };
        Sqlite::open(&room.file(), OpenMode::ReadWrite).expect("a ledger");
        room
    }

    /// From now on it goes by a steady clock, and no time passes but what is turned on: the wall's and the steady hand.
    pub(crate) fn goes_steadily(&mut self) -> Hands {
        let wall = Clock::Set {
            wall: Arc::new(AtomicI64::new(self.now().ms())),
            steady: Some(Arc::new(AtomicI64::new(0))),
        };
        self.clock = Clock::steadied(wall.clone());
        Hands(wall)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.home.path().join("room.db")
    }

    /// The desk is started, and collects.
    pub(crate) fn collects(&mut self) {
        let store = Sqlite::open(&self.file(), OpenMode::ReadWrite).expect("the ledger");
        let setup = furnish::setup(
            &self.config,
            false,
            self.clock.clone(),
            Box::new(store),
            self.file(),
        );
        let entered = self.runtime.enter();
        let running = run::start(setup).expect("the desk starts");
        drop(entered);
        self.desk = Some(running);
        self.until("that it collects", |board| board.collects);
    }

    /// The desk ends as it does when the console is left.
    pub(crate) fn stop(&mut self) {
        let desk = self.desk.take().expect("the desk runs");
        assert!(desk.stop(), "it went to its end");
        let runtime = Runtime::new().expect("a runtime");
        std::mem::replace(&mut self.runtime, runtime).shutdown_timeout(PATIENCE);
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The ledger as it is on the disk.
    pub(crate) fn ledger(&self) -> Sqlite {
        Sqlite::open(&self.file(), OpenMode::ReadOnly).expect("the ledger can be read")
    }

    /// What the ledger on the disk comes to.
    pub(crate) fn state(&self) -> State {
        self.ledger().state(None).expect("the ledger can be read")
    }

    fn desk(&self) -> &Running {
        self.desk.as_ref().expect("the desk runs")
    }

    pub(crate) fn send(&mut self, event: Event) {
        self.desk().events.send(event).expect("the desk runs");
    }

    /// The board once it is so.
    #[track_caller]
    pub(crate) fn until(&mut self, what: &str, is_so: impl Fn(&Board) -> bool) -> Arc<Board> {
        let mut board = self.desk().board.clone();
        let waits = async {
            let found = tokio::time::timeout(PATIENCE, board.wait_for(|board| is_so(board))).await;
            found.map(|found| found.map(|board| Arc::clone(&board)))
        };
        let found = self.runtime.block_on(waits);
        found
            .unwrap_or_else(|_| panic!("waited for: {what}"))
            .expect("the desk runs")
    }

    /// The board once everything sent so far is on it. A line of the log is the mark: events are taken in their order.
    pub(crate) fn see(&mut self) -> Arc<Board> {
        self.count += 1;
        let mark = Clean::new(&format!("mark {}", self.count));
        let at = self.now();
        self.send(Event::Logged(LogLine {
            at,
            level: "debug",
            text: mark.clone(),
        }));
        self.until("the board", |board| {
            board.log.last().is_some_and(|line| line.text == mark)
        })
    }

    /// So much time passes, and the desk looks at its clocks.
    pub(crate) fn pass(&mut self, span: Span) -> Arc<Board> {
        self.clock.set(self.now() + span);
        let at = self.now();
        self.send(Event::Tick(at));
        self.see()
    }

    /// A poll of `source` brings `take`.
    pub(crate) fn poll(&mut self, source: &str, take: PollResult) -> Arc<Board> {
        let at = self.now();
        self.send(Event::Read {
            source: SourceId::new(source),
            take: Box::new(take),
            at,
            next: at + Span::mins(1),
        });
        self.see()
    }

    /// A configured person.
    pub(crate) fn person(&self, id: &str) -> Operator {
        let known = self.config.operators.iter().find(|own| own.id.as_str() == id);
        known.expect("a configured person").clone()
    }

    /// An act of a seat goes to the desk; its answer, and the board that shows it.
    pub(crate) fn act(&mut self, request: Request) -> (Reply, Arc<Board>) {
        let (seat, ticket) = (request.seat.clone(), request.ticket);
        let mut answers = self.desk().answers.of(&seat);
        self.send(Event::Request(Box::new(request)));
        let waits = async {
            loop {
                let reply = answers.recv().await.expect("the desk answers");
                if (&reply.seat, reply.ticket) == (&seat, ticket) {
                    return reply;
                }
            }
        };
        let told = self
            .runtime
            .block_on(async { tokio::time::timeout(PATIENCE, waits).await });
        (told.expect("an answer in time"), self.see())
    }

    /// Somebody does something without a screen between.
    #[track_caller]
    pub(crate) fn command(&mut self, who: &str, command: Command) -> Result<Done, Refusal> {
        self.count += 1;
        let request = Request {
            by: self.person(who),
            seat: SeatId::new("by-hand"),
            ticket: self.count,
            at: self.now(),
            seen: Vec::new(),
            command,
        };
        self.act(request).0.answer
    }

    /// A command of the real program in this room.
    pub(crate) fn runs(&self, who: &OperatorId, arguments: &[&str]) -> Output {
        let ran = process::Command::new(env!("CARGO_BIN_EXE_lookout"))
            .args(arguments)
            .args([
                "--config".as_ref(),
                self.home.path().join("room.toml").as_os_str(),
            ])
            .env_clear()
            .env("HOME", self.home.path())
            .env("LOOKOUT_OPERATOR", who.as_str())
            .output();
        ran.expect("the binary starts")
    }

    /// What a command says, its errors too.
    pub(crate) fn says(&self, who: &str, arguments: &[&str]) -> String {
        let ran = self.runs(&OperatorId::new(who), arguments);
        String::from_utf8([ran.stdout, ran.stderr].concat()).expect("text")
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Some(running) = self.desk.take() {
            running.stop();
        }
    }
}
