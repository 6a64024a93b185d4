//! Writes the end of the ledger down out of its owner's reach, as configured: the one who collects does it, each time beside
//! the loop, so that a disk far away that does not answer keeps nobody waiting. Trouble is named and refuses no act.

use crate::config::anchor::Anchoring;
use crate::domain::anchor::Anchor;
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::fact::shift::ShiftFact;
use crate::domain::ledger::Entry;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::store::room_key::RoomKey;
use crate::store::{Store, anchors};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

/// How long after a failure it is tried again.
pub(super) const AGAIN: Span = Span::mins(1);
/// A disk that has not answered for so long is named.
const PATIENCE: Span = Span::secs(30);

/// An anchor that was written: its number.
type Written = Result<u64, LedgerFault>;

/// The one who writes it down.
pub(super) struct Anchors {
    how: Anchoring,
    signer: Signer,
    ended: (Sender<Written>, Receiver<Written>),
    /// Since when one is being written, while it is.
    busy: Option<Span>,
    /// When the last one was begun, by a clock that nobody sets.
    begun: Option<Span>,
    /// How long the next one waits from then on.
    wait: Span,
    /// The last one that was written.
    written: u64,
    /// That the last one in the file does not fit the ledger, until one does again.
    unfit: Option<LedgerFault>,
}

impl Anchors {
    /// Nothing is written yet.
    pub(super) fn new(how: Anchoring, ledger: Option<&Path>) -> Self {
        Self {
            signer: Signer::new(&how, ledger),
            how,
            ended: channel(),
            busy: None,
            begun: None,
            wait: Span::ZERO,
            written: 0,
            unfit: None,
        }
    }

    /// After a hand-over that is signed or a report that is issued it is written at once.
    pub(super) fn heed(&mut self, entries: &[Entry]) {
        if entries.iter().any(is_paper) {
            self.begun = None;
        }
    }

    /// Writes it down where that is due and there is something new, and where the last one that was written down fits.
    pub(super) fn beat(&mut self, store: &dyn Store, state: &State, (now, hand): (Moment, Span)) {
        let Some(path) = self.how.file.clone() else { return };
        let waits = self.begun.is_some_and(|begun| hand - begun < self.wait);
        if self.busy.is_some() || waits || state.seq <= self.written {
            return;
        }
        let mut anchor = Anchor::of(&state.tip(), state.genesis, now);
        (self.busy, self.begun, self.wait) = (Some(hand), Some(hand), self.how.every);
        let (ended, signer) = (self.ended.0.clone(), self.signer.clone());
        let reader = store.reader();
        std::thread::spawn(move || {
            let reader = reader.map_err(|error| error.fault());
            let came = reader.and_then(|reader| write((&path, &signer), reader.as_ref(), &mut anchor));
            // Where the desk is gone nobody need know.
            ended.send(came).ok();
        });
    }

    /// What came of one, where that is known by now. That the last one does not fit is said until one was written that does:
    /// trouble with the disk in between is no comparison.
    pub(super) fn came(&mut self, hand: Span) -> Option<Result<(), LedgerFault>> {
        let said = match self.ended.1.try_recv() {
            Ok(came) => {
                self.busy = None;
                came.map(|seq| self.written = seq)
            }
            Err(_) => Err(self.hangs(hand)?),
        };
        match &said {
            Ok(()) => self.unfit = None,
            Err(why) => {
                self.wait = self.wait.min(AGAIN);
                if matches!(why, LedgerFault::NotAnchored(_)) {
                    self.unfit = Some(why.clone());
                }
            }
        }
        Some(self.unfit.clone().map_or(said, Err))
    }

    /// That the disk has not answered for long.
    fn hangs(&self, hand: Span) -> Option<LedgerFault> {
        let path = self.how.file.as_ref()?;
        let is_long = self.busy.is_some_and(|since| hand - since > PATIENCE);
        is_long.then(|| LedgerFault::NoAnswer(Clean::new(&path.display().to_string())))
    }
}

/// Whether it is a hand-over that is signed or a report that is issued.
pub(super) fn is_paper(entry: &Entry) -> bool {
    matches!(
        entry.fact,
        Fact::Shift(ShiftFact::Signed { .. }) | Fact::Room(RoomFact::Reported { .. })
    )
}

/// Who signs what is written down.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    /// Where the room's key stands; nothing is signed where there is none.
    key: Option<PathBuf>,
    /// Whether it must be there.
    is_named: bool,
}

impl Signer {
    /// By the key that the configuration names, or by the one beside the ledger.
    pub(super) fn new(how: &Anchoring, ledger: Option<&Path>) -> Self {
        Self {
            key: how.key.clone().or_else(|| ledger.map(RoomKey::place)),
            is_named: how.key.is_some(),
        }
    }

    /// Signs it where the room has a key. One that cannot be signed is given to nobody: it would look forged.
    pub(super) fn seal(&self, anchor: &mut Anchor) -> Result<(), LedgerFault> {
        let Some(place) = &self.key else { return Ok(()) };
        let named = Clean::new(&place.display().to_string());
        let key =
            RoomKey::read(place).map_err(|error| LedgerFault::from(format!("{named}: {error}").as_str()))?;
        match key {
            Some(key) => key.seal(anchor),
            None if self.is_named => return Err(LedgerFault::NoKey(named)),
            None => {}
        }
        Ok(())
    }
}

/// Signs it and writes it.
fn write((path, signer): (&Path, &Signer), store: &dyn Store, anchor: &mut Anchor) -> Written {
    signer.seal(anchor)?;
    anchors::note(path, anchor, |last| stands(last, store)).map(|()| anchor.seq)
}

/// Whether an anchor that was written down is in the ledger.
fn stands(anchor: &Anchor, store: &dyn Store) -> Result<(), LedgerFault> {
    let there = store.hash_at(anchor.seq).map_err(|error| error.fault())?;
    let fits = anchor.seq == 0 || there.is_some_and(|hash| anchor.fits(&hash));
    fits.then_some(()).ok_or(LedgerFault::NotAnchored(anchor.seq))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::room_key::is_sealed;
    use crate::store::{OpenMode, Sqlite};

    /// A place to write to, and a state of so many entries over a ledger that has none.
    fn over(folder: &Path) -> (Anchors, Sqlite, State) {
        let how = Anchoring {
            file: Some(folder.join("anchors")),
            every: Span::secs(1),
            ..Anchoring::default()
        };
        let store = Sqlite::open(&folder.join("room.db"), OpenMode::ReadWrite).expect("a store");
        let mut state = State::default();
        state.seq = 3;
        (Anchors::new(how, None), store, state)
    }

    #[test]
    fn a_disk_that_does_not_answer_is_named_after_a_while_and_then_no_more() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut anchors, ..) = over(folder.path());
        anchors.busy = Some(Span::ZERO);
        assert_eq!(anchors.came(Span::secs(30)), None);
        let path = folder.path().join("anchors").display().to_string();
        let named = Some(Err(LedgerFault::NoAnswer(Clean::new(&path))));
        assert_eq!(anchors.came(Span::secs(31)), named);
        anchors.ended.0.send(Ok(3)).expect("it listens");
        assert_eq!(anchors.came(Span::secs(32)), Some(Ok(())));
        assert_eq!(anchors.came(Span::secs(99)), None);
    }

    #[test]
    fn what_does_not_fit_is_said_until_one_fits_whatever_the_disk_does_meanwhile() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut anchors, store, state) = over(folder.path());
        let known = Anchor::of(&state.tip(), [1; 32], Moment::default());
        let other = Anchor { seq: 9, ..known };
        anchors::note(&folder.path().join("anchors"), &other, |_| Ok(())).expect("written");
        anchors.beat(&store, &state, (Moment::default(), Span::ZERO));
        let came = anchors.ended.1.recv().expect("it ends");
        assert_eq!(came, Err(LedgerFault::NotAnchored(9)));
        let unfit = Some(Err(LedgerFault::NotAnchored(9)));
        for came in [came, Err(LedgerFault::DiskFull), Err("not there".into())] {
            anchors.ended.0.send(came).expect("it listens");
            assert_eq!(anchors.came(Span::secs(1)), unfit);
        }
        anchors.ended.0.send(Ok(3)).expect("it listens");
        assert_eq!(anchors.came(Span::secs(1)), Some(Ok(())));
    }

    #[test]
    fn each_line_is_signed_by_the_key_that_is_named_and_none_is_written_while_that_is_missing() {
        let folder = tempfile::tempdir().expect("a folder");
        let (anchors, store, state) = over(folder.path());
        let place = folder.path().join("elsewhere.key");
        let how = Anchoring {
            key: Some(place.clone()),
            ..anchors.how
        };
        // The one beside the ledger is not asked.
        let ledger = folder.path().join("room.db");
        RoomKey::make(&RoomKey::place(&ledger)).expect("another key");
        let mut anchors = Anchors::new(how.clone(), Some(&ledger));
        let mut written = |hand| {
            anchors.beat(&store, &state, (Moment::default(), hand));
            anchors
                .ended
                .0
                .send(anchors.ended.1.recv().expect("it ends"))
                .expect("it listens");
            anchors.came(hand)
        };
        let missing = LedgerFault::NoKey(Clean::new(&place.display().to_string()));
        assert_eq!(written(Span::ZERO), Some(Err(missing)));
        let file = how.file.expect("a file");
        assert!(!file.exists(), "nothing unsigned");
        let key = RoomKey::make(&place).expect("a key");
        assert_eq!(written(AGAIN), Some(Ok(())));
        let lines = anchors::read(&file).expect("read");
        let [Ok(line)] = lines.as_slice() else {
            panic!("{lines:?}")
        };
        assert_eq!(
            line.seal.as_ref().map(|seal| seal.key.clone()),
            Some(key.public())
        );
        assert_eq!(is_sealed(line), Some(true));
    }
}
