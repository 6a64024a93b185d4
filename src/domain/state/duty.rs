//! What the state keeps of the duty itself: shifts, and the reports that were issued.

use crate::domain::fact::shift::ShiftFact;
use crate::domain::id::ShiftId;
use crate::domain::ledger::{Entry, Stream};
use crate::domain::person::Actor;
use crate::domain::shift::Shift;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// Which report, and for which time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportKey {
    /// Which: a key of the registry of reports.
    pub kind: Clean,
    /// The beginning of the time it covers.
    pub from: Moment,
    /// The end of that time, not covered any more.
    pub until: Moment,
}

impl ReportKey {
    /// Whether its time is over at `at`, and it may be issued.
    ///
    /// # Errors
    /// It is not: when it will be.
    pub fn is_over(&self, at: Moment) -> Result<(), Moment> {
        if at < self.until {
            return Err(self.until);
        }
        Ok(())
    }
}

/// A report that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// When, the last time.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// SHA-256 of its text in Markdown, in hexadecimal.
    pub digest: Clean,
    /// Which correction of the first it is; 0 for the first.
    pub correction: u32,
}

impl State {
    pub(super) fn apply_shift(&mut self, id: &ShiftId, fact: &ShiftFact, entry: &Entry) {
        if let Some(shift) = self.shifts.get_mut(id) {
            shift.apply(fact, &entry.by, entry.at, entry.nth);
        } else if let ShiftFact::Opened(duty) = fact {
            let duty = (**duty).clone();
            let shift = Shift::opened(id.clone(), duty, &entry.by, entry.at, entry.nth);
            self.shifts.insert(id.clone(), shift);
        } else {
            self.put_by(&entry.stream, entry.nth);
        }
    }

    pub(super) fn report(&mut self, report: ReportKey, digest: &Clean, entry: &Entry) {
        let issued = Issued {
            at: entry.at,
            by: entry.by.clone(),
            digest: digest.clone(),
            correction: self.correction(&report),
        };
        self.reports.insert(report, issued);
    }

    /// Lets go of the oldest shifts that were handed over before `before`. They stay in the ledger.
    pub(super) fn forget_shifts(&mut self, before: Moment) {
        let over = |shift: &Shift| shift.rests().is_some_and(|at| at < before);
        while let Some((id, shift)) = self.shifts.get_min().filter(|(_, shift)| over(shift)).cloned() {
            self.shifts.remove(&id);
            self.put_by(&Stream::Shift(id), shift.version);
        }
    }

    /// The newest shift that was taken and not handed over.
    pub fn shift(&self) -> Option<&Shift> {
        self.shifts.values().rev().find(|shift| shift.closed.is_none())
    }

    /// Which correction of what was issued for that time the next issue of it is; 0 where nothing was.
    pub fn correction(&self, report: &ReportKey) -> u32 {
        self.reports
            .get(report)
            .map_or(0, |before| before.correction.saturating_add(1))
    }

    /// Whether a report of this kind was issued for that time.
    pub fn is_issued(&self, report: &ReportKey) -> bool {
        self.reports.contains_key(report)
    }
}
