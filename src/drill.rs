//! Drills (演练): scripted people play a training year against the real engine, store and outbox, and what the ledger says
//! afterwards is held against what was expected. The clock is set by the drill; nothing else is different.
//!
//! A drill is no simulation of the desk: events go in where polls and seats send theirs, and the board is read as a seat
//! reads it. Called by `cli`, which brings the room; what happens in it stands in `training::year`.

use crate::clock::Clock;
use crate::desk::board::Room;
use crate::desk::board::deadlines::Deadlines;
use crate::desk::run::Setup;
use crate::domain::decide::refusal::Refusal;
use crate::domain::id::CaseId;
use crate::domain::ledger_fault::Misfit;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::drill::figures::DrillFigure;
use crate::drill::timed::Times;
use crate::report::{Books, Covered};
use crate::store::{Store, StoreError};
use crate::training::year::YearPlan;
use imbl::{OrdMap, Vector};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

mod book;
mod daily;
pub mod figures;
mod measured;
mod memory;
mod play;
mod room;
mod timed;

/// Entries read at once from the ledger.
const PAGE: usize = 16_384;

/// What came of a drill.
#[derive(Debug)]
pub struct DrillOutcome {
    /// Every figure, expected and counted.
    pub figures: Vec<DrillFigure>,
    /// Whether the whole chain holds; else the first entry that does not, and why.
    pub chain: Result<u64, (u64, Misfit)>,
    /// Whether folding the ledger from nothing gives the state that the desk had.
    pub folds: bool,
    /// Where the time went.
    pub spent: Spent,
    /// Most memory that the process held, MiB; `None` where the system does not say.
    pub peak_mb: Option<u64>,
}

/// Where the time of a drill went.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// Writing the script of the year.
    pub generate: Duration,
    /// Deciding, folding, publishing: all of the desk but its store.
    pub decide: Duration,
    /// Storing, durably.
    pub store: Duration,
    /// Waiting for letters to be delivered.
    pub outbox: Duration,
    /// Reading the ledger again: chain, state, figures.
    pub figures: Duration,
    /// All of it.
    pub whole: Duration,
    /// How many durable transactions there were.
    pub commits: u64,
}

/// Why a drill could not be played to its end.
#[derive(Debug, thiserror::Error)]
pub enum DrillError {
    /// The desk did not let a scripted person do what the script says.
    #[error("{key}, {step}: {refusal:?}")]
    Refused {
        /// The matter of the script.
        key: Clean,
        /// The step.
        step: Clean,
        /// What the desk said.
        refusal: Box<Refusal>,
    },
    /// No case came of what the script brought in.
    #[error("{key}: no case was opened")]
    NoCase {
        /// The matter of the script.
        key: Clean,
    },
    /// A case is not where the script left it.
    #[error("{key}: case {case} is gone")]
    Gone {
        /// The matter of the script.
        key: Clean,
        /// Its case.
        case: CaseId,
    },
    /// The desk ended, or did not answer.
    #[error("the desk does not answer")]
    Desk,
    /// What the store said.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Plays the year of `plan` in the room of `setup`, whose clock must be one that is set, and counts what came of it by
/// `audit`, another handle on its store that also keeps what is issued.
/// `progress` is called with days done and all days. Needs a tokio runtime around it.
///
/// # Errors
/// The desk refused a scripted step, or the store cannot be used.
pub async fn run(
    plan: YearPlan,
    mut setup: Setup,
    audit: &mut dyn Store,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<DrillOutcome, DrillError> {
    let began = Instant::now();
    let times = Times::default();
    setup.store = Box::new(timed::Timed::new(setup.store, times.clone()));
    let known = Arc::new(setup.room.clone());
    let clock: Clock = setup.clock.clone();
    clock.set(plan.midnight(YearPlan::BEFORE));
    let mut spent = Spent::default();
    let last = play::year(&plan, (setup, &mut *audit), (&times, &mut spent), progress).await?;
    (spent.store, spent.commits) = (times.spent(), times.commits());
    spent.decide = began
        .elapsed()
        .saturating_sub(spent.generate + spent.store + spent.outbox);
    let counting = Instant::now();
    let verified = audit.verify(&mut |_, _| {})?;
    // The desk's last word was the entry that vouches for its snapshot.
    let folds = folded(audit, State::staying(Some(known.keep_closed)))? == folded(audit, last)?;
    let mut figures = figures::of_year(&plan, &books(Arc::clone(&known), &plan, audit.state(None)?));
    figures.extend(measured::figures(&plan, &known, audit)?);
    spent.figures = counting.elapsed();
    spent.whole = began.elapsed();
    Ok(DrillOutcome {
        figures,
        chain: verified.broken.map_or(Ok(verified.good), Err),
        folds,
        spent,
        peak_mb: memory::peak_mb(),
    })
}

/// The year's books: from the whole ledger, nothing forgotten.
fn books(room: Arc<Room>, plan: &YearPlan, state: State) -> Books {
    Books {
        room,
        tip: state.tip(),
        state,
        deadlines: Deadlines::default(),
        entries: Vector::new(),
        feeds: OrdMap::new(),
        collected: true,
        ledger: Ok(()),
        stuck: None,
        kinds: BTreeMap::new(),
        readings: Vec::new(),
        period: Covered {
            from: plan.midnight(0),
            until: plan.end(),
        },
        now: plan.end(),
        by: None,
        about: None,
        most: usize::MAX,
    }
}

/// The ledger folded from its first entry; no snapshot is read.
fn folded(store: &dyn Store, mut state: State) -> Result<State, StoreError> {
    loop {
        let entries = store.since(&state.tip(), PAGE)?;
        if entries.is_empty() {
            return Ok(state);
        }
        for entry in &entries {
            state.apply(entry);
        }
    }
}

impl DrillOutcome {
    /// Whether every figure is as expected, the chain holds and the fold is the same.
    pub fn is_good(&self) -> bool {
        self.folds && self.chain.is_ok() && self.figures.iter().all(DrillFigure::is_met)
    }
}
