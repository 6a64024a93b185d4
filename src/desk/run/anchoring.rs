//! Writes the end of the ledger down out of its owner's reach, as configured: the one who collects does it, each time beside
//! the loop, so that a disk far away that does not answer keeps nobody waiting. Trouble is named and refuses no act.

use crate::config::anchor::Anchoring;
use crate::domain::anchor::Anchor;
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::fact::shift::ShiftFact;
use crate::domain::ledger::Entry;
use crate::domain::ledger::State;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::store::Store;
use crate::store::anchors;
use crate::store::room_key::RoomKey;
use std::path::Path;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::sync::mpsc::channel;

/// How long after a failure it is tried again.
const AGAIN: Span = Span::mins(1);

/// An anchor that was written: its number, and the last one that stood there before.
type Written = Result<(u64, Option<Anchor>), LedgerFault>;

/// The one who writes it down.
pub(super) struct Anchors {
    how: Anchoring,
    /// Where the room's key stands, which signs it; not signed where there is none.
    key: Option<PathBuf>,
    ended: (Sender<Written>, Receiver<Written>),
    /// Whether one is being written now.
    busy: bool,
    /// When the last one was begun, by a clock that nobody sets.
    begun: Option<Span>,
    /// How long the next one waits from then on.
    wait: Span,
    /// The last one that was written.
    written: u64,
}

impl Anchors {
    /// Nothing is written yet.
    pub(super) fn new(how: Anchoring, ledger: Option<&Path>) -> Self {
        Self {
            how,
            key: ledger.map(RoomKey::place),
            ended: channel(),
            busy: false,
            begun: None,
            wait: Span::ZERO,
            written: 0,
        }
    }

    /// After a hand-over that is signed or a report that is issued it is written at once.
    pub(super) fn heed(&mut self, entries: &[Entry]) {
        let is_paper = |entry: &Entry| {
            matches!(
                entry.fact,
                Fact::Shift(ShiftFact::Signed { .. }) | Fact::Room(RoomFact::Reported { .. })
            )
        };
        if entries.iter().any(is_paper) {
            self.begun = None;
        }
    }

    /// Writes it down where that is due and there is something new.
    pub(super) fn beat(&mut self, state: &State, (now, hand): (Moment, Span)) {
        let Some(path) = self.how.file.clone() else { return };
        let waits = self.begun.is_some_and(|begun| hand - begun < self.wait);
        if self.busy || waits || state.seq <= self.written {
            return;
        }
        let mut anchor = Anchor::of(&state.tip(), state.genesis, now);
        (self.busy, self.begun, self.wait) = (true, Some(hand), self.how.every);
        let (ended, key) = (self.ended.0.clone(), self.key.clone());
        std::thread::spawn(move || {
            let came = write((&path, key.as_deref()), &mut anchor);
            // Where the desk is gone nobody need know.
            ended.send(came).ok();
        });
    }

    /// What came of one, where that is known by now.
    pub(super) fn came(&mut self, store: &dyn Store) -> Option<Result<(), LedgerFault>> {
        let came = self.ended.1.try_recv().ok()?;
        self.busy = false;
        if came.is_err() {
            self.wait = self.wait.min(AGAIN);
        }
        Some(came.and_then(|(seq, before)| {
            let first = std::mem::replace(&mut self.written, seq) == 0;
            before
                .filter(|_| first)
                .map_or(Ok(()), |before| stands(&before, store))
        }))
    }
}

/// Signs it where the room has a key, and writes it. One that cannot be signed is not written: it would look forged.
fn write((path, key): (&Path, Option<&Path>), anchor: &mut Anchor) -> Written {
    let unsigned = |place: &Path, error: std::io::Error| {
        LedgerFault::from(format!("{}: {error}", place.display()).as_str())
    };
    if let Some(place) = key
        && let Some(key) = RoomKey::read(place).map_err(|error| unsigned(place, error))?
    {
        key.seal(anchor);
    }
    anchors::note(path, anchor).map(|before| (anchor.seq, before))
}

/// Whether an anchor from before this start is in the ledger.
fn stands(anchor: &Anchor, store: &dyn Store) -> Result<(), LedgerFault> {
    let there = store.entries(anchor.seq.saturating_sub(1), 1);
    let there = there.map_err(|error| error.fault())?;
    let fits = anchor.seq == 0 || there.first().is_some_and(|entry| anchor.fits(&entry.hash));
    fits.then_some(()).ok_or(LedgerFault::NotAnchored(anchor.seq))
}
