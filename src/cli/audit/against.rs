//! What a ledger is held against: anchors, typed from paper or in a file, or another ledger's file.

use crate::cli::Io;
use crate::cli::backup::whole;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::domain::anchor::{Anchor, AnchorFit, NoAnchor, judge};
use crate::domain::ledger::Entry;
use crate::lang::cli::CliText;
use crate::lang::fill;
use crate::store::{Ledger, Sqlite, StoreError, anchors, room_key};
use std::fmt::Display;
use std::io::Read;
use std::path::Path;

/// How every SQLite file begins.
const SQLITE: &[u8] = b"SQLite format 3\0";
/// How many entries of two ledgers are compared at a time.
const PAGE: usize = 10_000;

/// What a ledger is held against.
pub(super) struct Against {
    named: String,
    /// The key that must have signed the anchors of a file.
    key: Option<Vec<u8>>,
    what: What,
}

enum What {
    /// What was written down, and the lines that are no anchor.
    Anchors(Vec<Anchor>, Vec<usize>),
    /// Another ledger, whole.
    Ledger(Box<Sqlite>),
}

impl Against {
    /// What is meant: a file where there is one, else an anchor as typed.
    pub(super) fn of(named: &str, key: Option<&[u8]>, stage: &Io<'_>) -> Result<Self, Fault> {
        let path = Path::new(named);
        if key.is_some() && (!path.exists() || is_ledger(path)) {
            return Err(unusable(CliText::AgainstKeyless, named, stage));
        }
        let what = if !path.exists() {
            let text = |no| match no {
                NoAnchor::Check => CliText::AgainstSlip,
                NoAnchor::Shape => CliText::AgainstNothing,
            };
            let typed = Anchor::parse(named).map_err(|no| unusable(text(no), named, stage))?;
            What::Anchors(vec![typed], Vec::new())
        } else if is_ledger(path) {
            What::Ledger(Box::new(whole(path, stage)?))
        } else {
            let lines = anchors::read(path).map_err(|error| {
                let mut fault = unusable(CliText::AgainstEmpty, named, stage);
                fault.hints.push(error.to_string());
                fault
            })?;
            let bad = lines.iter().filter_map(|line| line.as_ref().err().copied());
            let bad = bad.collect();
            let good: Vec<Anchor> = lines.into_iter().filter_map(Result::ok).collect();
            if good.is_empty() {
                return Err(unusable(CliText::AgainstEmpty, named, stage));
            }
            What::Anchors(good, bad)
        };
        let (named, key) = (named.to_owned(), key.map(<[u8]>::to_vec));
        Ok(Self { named, key, what })
    }

    /// Holds the entries that are good against it and says how the two stand.
    pub(super) fn hold(&self, store: &Sqlite, good: u64, stage: &mut Io<'_>) -> Result<Exit, Fault> {
        let hash = |seq: u64| store.hash_at(seq);
        let (judged, bad) = match &self.what {
            What::Anchors(anchors, bad) => {
                let genesis = hash(1).map_err(|error| Fault::store(&error))?.unwrap_or_default();
                (judge(anchors, (genesis, good), hash), bad.as_slice())
            }
            What::Ledger(other) => (compare(store, good, other), [].as_slice()),
        };
        let standing = judged.map_err(|error| Fault::store(&error))?;
        if let What::Anchors(anchors, _) = &self.what
            && let Some((text, to)) = self.forged(anchors)
        {
            self.say(text, &[("to", &to)], stage)?;
            return Ok(Exit::Findings);
        }
        for nth in bad {
            self.say(CliText::AgainstLine, &[("nth", nth)], stage)?;
        }
        let (text, from, to) = match standing {
            AnchorFit::Holds(to) => (CliText::AgainstHolds, 1, to),
            AnchorFit::Short { ends, known } => (CliText::AgainstShort, ends, known),
            AnchorFit::Differs { from, to } if from == to => (CliText::AgainstEntry, from, to),
            AnchorFit::Differs { from, to } => (CliText::AgainstDiffers, from, to),
            AnchorFit::Other => (CliText::AgainstOther, 1, 1),
        };
        self.say(text, &[("from", &from), ("to", &to)], stage)?;
        let holds = matches!(standing, AnchorFit::Holds(_)) && bad.is_empty();
        Ok(if holds { Exit::Good } else { Exit::Findings })
    }

    /// The first anchor whose signature is wrong, or that does not bear the one that it must.
    fn forged(&self, anchors: &[Anchor]) -> Option<(CliText, u64)> {
        // One from paper bears none.
        let written = anchors.iter().filter(|anchor| anchor.at.is_some());
        let found = written.filter_map(|anchor| {
            let seal = anchor.seal.as_ref().map(|seal| seal.key.as_slice());
            let other = self.key.is_some() && seal != self.key.as_deref();
            match room_key::is_sealed(anchor) {
                Some(false) => Some((CliText::AgainstForged, anchor.seq)),
                _ if other => Some((CliText::AgainstUnsigned, anchor.seq)),
                Some(true) | None => None,
            }
        });
        found.min_by_key(|found| found.1)
    }

    fn say(&self, text: CliText, values: &[(&str, &dyn Display)], stage: &mut Io<'_>) -> Result<(), Fault> {
        let what: [(&str, &dyn Display); 1] = [("what", &self.named)];
        let values = [values, &what].concat();
        Ok(writeln!(stage.out, "{}", fill(text.text(stage.lang), &values))?)
    }
}

fn unusable(text: CliText, named: &str, stage: &Io<'_>) -> Fault {
    Fault::new(Exit::Usage, fill(text.text(stage.lang), &[("what", &named)]))
}

fn is_ledger(path: &Path) -> bool {
    let mut start = [0; SQLITE.len()];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == SQLITE
}

/// Entry by entry, as far as this ledger is good.
fn compare(store: &Sqlite, good: u64, other: &Sqlite) -> Result<AnchorFit, StoreError> {
    let known = other.head()?.seq;
    let mut seq = 0;
    while seq < good.min(known) {
        let (own, theirs) = (store.entries(seq, PAGE)?, other.entries(seq, PAGE)?);
        let same = |(own, theirs): &(&Entry, &Entry)| own.hash == theirs.hash;
        let held = own.iter().zip(&theirs).take_while(same).count();
        seq += held as u64;
        if held < own.len().min(theirs.len()) && seq < good {
            let (from, to) = (seq + 1, seq + 1);
            return Ok(if seq == 0 {
                AnchorFit::Other
            } else {
                AnchorFit::Differs { from, to }
            });
        }
        if held == 0 {
            break;
        }
    }
    Ok(if known > good {
        AnchorFit::Short { ends: good, known }
    } else {
        AnchorFit::Holds(known)
    })
}
