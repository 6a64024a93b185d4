//! One process: the real desk with its real polls and outbox, on a runtime whose clock goes as the world lets it.

use crate::disk::Disk;
use crate::net::{Line, Net};
use crate::planted::Planted;
use crate::receipts::KEPT;
use crate::room::Furniture;
use crate::store::{Killed, Simulated, Wrong};
use lookout::clock::Clock;
use lookout::config::anchor::Anchoring;
use lookout::desk::board::Board;
use lookout::desk::luck::Luck;
use lookout::desk::run;
use lookout::desk::run::{Made, Setup};
use lookout::domain::time::{Moment, Span};
use lookout::net::client::Client;
use lookout::store::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// How long an exchange may take.
pub(crate) const PATIENCE: Span = Span::secs(20);
/// How often all tasks that can go on do so before the world looks again.
const TURNS: usize = 6;

/// What all processes stand on.
pub(crate) struct Ground {
    pub(crate) disk: Arc<Mutex<Disk>>,
    pub(crate) net: Arc<Mutex<Net>>,
    pub(crate) clock: Clock,
}

/// A running process.
pub(crate) struct Process {
    pub(crate) id: usize,
    pub(crate) made: Made,
    pub(crate) wrong: Arc<Mutex<Wrong>>,
    /// Until when it stands still, if it does.
    pub(crate) paused: Option<Moment>,
    /// Up to when its tasks have run.
    ran: Span,
    /// The room's clock, as this process goes by it.
    clock: Clock,
    // Dropped last: whatever runs on it ends with it.
    runtime: Runtime,
}

impl Process {
    /// Starts one, as a person would.
    pub(crate) fn start(
        id: usize,
        ground: &Ground,
        furniture: &Furniture,
        (seed, planted): (u64, Option<Planted>),
    ) -> Result<Self, StoreError> {
        let runtime = Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        let wrong = Arc::new(Mutex::new(Wrong::default()));
        let clock = Clock::steadied(ground.clock.clone());
        let line = Line {
            net: Arc::clone(&ground.net),
            by: id,
            clock: clock.clone(),
        };
        let setup = Setup {
            room: furniture.room(),
            rules: furniture.rules(),
            store: Box::new(Simulated::new(&ground.disk, id, ground.clock.clone(), &wrong)),
            file: None,
            sources: furniture.sources(planted),
            channels: furniture.channels(planted),
            clock: clock.clone(),
            client: Client::over(Arc::new(line), PATIENCE),
            may_collect: true,
            retention: Some(KEPT),
            anchoring: Anchoring::default(),
            luck: Luck::new(seed),
            aside: |work| work(),
        };
        let entered = runtime.enter();
        let made = run::make(setup)?;
        drop(entered);
        Ok(Self {
            id,
            made,
            wrong,
            paused: None,
            ran: clock.steady(),
            clock,
            runtime,
        })
    }

    /// Its tasks run up to now.
    pub(crate) fn run(&mut self) {
        let now = self.clock.steady();
        let passed = u64::try_from((now - self.ran).ms()).unwrap_or(0);
        self.ran = now;
        self.runtime.block_on(async {
            if passed > 0 {
                tokio::time::advance(Duration::from_millis(passed)).await;
            }
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
        });
    }

    /// The desk goes round once. Whether it lives.
    pub(crate) fn round(&mut self) -> bool {
        let runner = &mut self.made.runner;
        match catch_unwind(AssertUnwindSafe(|| runner.round(None))) {
            Ok(goes_on) => goes_on,
            Err(why) if why.is::<Killed>() => false,
            Err(why) => resume_unwind(why),
        }
    }

    /// It ends as it is told to, unless it is killed over it.
    pub(crate) fn leave(self) {
        let runner = self.made.runner;
        match catch_unwind(AssertUnwindSafe(|| runner.leave())) {
            Err(why) if !why.is::<Killed>() => resume_unwind(why),
            Ok(()) | Err(_) => {}
        }
    }

    /// The time that its seats see.
    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// What its seats see.
    pub(crate) fn board(&self) -> Arc<Board> {
        Arc::clone(&self.made.board.borrow())
    }
}
