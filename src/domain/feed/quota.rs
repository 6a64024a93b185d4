//! How many alarms a source may raise (来源泛滥): an upstream that lists ever new ones must not bury the room, nor fill its
//! memory and its ledger. What is above waits; what waits is counted, and raised once there is room and it still stands.
//!
//! Not the flood of alarms of ISA-18.2 (报警泛滥), which is what one room hears of all sources together.

use crate::domain::id::AlarmId;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use std::collections::{BTreeMap, HashSet};

/// How many times that may stand open of one source.
const STANDING: u64 = 20;

/// The span that is counted over. A source floods until nothing had to wait for as long.
const MINUTE: Span = Span::mins(1);

/// The reason's name in the title of its alarm; words for people are in `lang`.
pub const FLOODS: &str = "source floods";

/// How many there are of each severity.
pub type Tally = BTreeMap<Severity, u64>;

/// What a source may still raise. Kept by the desk that collects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quota {
    /// The minute that is counted, by its beginning.
    minute: Moment,
    /// What it raised in that minute and stands in the ledger: what could not be recorded was not raised.
    raised: Tally,
    /// What stood open of it when that minute began.
    stood: Tally,
    /// What waits, as the last list had it.
    waiting: HashSet<AlarmId>,
    /// When something last had to wait.
    last: Moment,
    /// The flood that lasts.
    held: Option<HeldBack>,
}

/// A source that floods: what was held back since it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldBack {
    /// Since when.
    pub since: Moment,
    /// Alarms that wait: they stood in the last list.
    pub waiting: u64,
    /// Alarms that left the list before there was room: they were never raised.
    pub gone: u64,
    /// Alarms that it may raise in a minute.
    pub most: u32,
}

impl HeldBack {
    /// The title of the alarm that says so.
    pub fn title(&self, source: &str) -> Clean {
        Clean::new(&format!("{source}: {}", self.reason()))
    }

    /// What is wrong with the source, as a code.
    pub fn reason(&self) -> String {
        let Self {
            waiting, gone, most, ..
        } = self;
        format!("{FLOODS}: {waiting} waiting, {gone} gone unraised, most_alarms {most}")
    }
}

impl Quota {
    /// Of what wishes to be raised at `at`, what must wait. The severe go first: of each severity as many pass as of it
    /// and above there is room for, so that no number of lesser ones holds a graver one back. `stood` counts what stands
    /// open of the source, and is asked once a minute.
    pub fn hold(
        &mut self,
        most: u32,
        mut wishes: Vec<(Severity, AlarmId)>,
        at: Moment,
        stood: impl FnOnce() -> Tally,
    ) -> &HashSet<AlarmId> {
        let is_over = at < self.minute || at - self.minute >= MINUTE;
        if !wishes.is_empty() && is_over {
            (self.minute, self.stood) = (at.floor(MINUTE), stood());
            self.raised.clear();
        }
        wishes.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
        let (mut left, mut raised) = (std::mem::take(&mut self.waiting), self.raised.clone());
        for (severity, id) in wishes {
            left.remove(&id);
            if self.has_room(&raised, severity, u64::from(most)) {
                *raised.entry(severity).or_default() += 1;
            } else {
                self.waiting.insert(id);
            }
        }
        self.note(most, left.len() as u64, at);
        &self.waiting
    }

    /// The clock was set by so much: the minute that is counted and the flood go on as they did.
    pub fn step(&mut self, by: Span) {
        (self.minute, self.last) = (self.minute + by, self.last + by);
        if let Some(held) = &mut self.held {
            held.since = held.since + by;
        }
    }

    /// One that passed stands in the ledger.
    pub fn raised(&mut self, severity: Severity) {
        *self.raised.entry(severity).or_default() += 1;
    }

    /// The flood that lasts, if one does.
    pub fn held(&self) -> Option<HeldBack> {
        self.held
    }

    /// What ended with the last list: its last figures.
    pub fn ended(&mut self, at: Moment) -> Option<HeldBack> {
        let is_over = self.waiting.is_empty() && at.age_of(self.last) >= MINUTE;
        self.held.take_if(|_| is_over)
    }

    fn has_room(&self, raised: &Tally, severity: Severity, most: u64) -> bool {
        let from = |tally: &Tally| tally.range(severity..).map(|row| row.1).sum::<u64>();
        let raised = from(raised);
        raised < most && raised + from(&self.stood) < most * STANDING
    }

    fn note(&mut self, most: u32, gone: u64, at: Moment) {
        let waiting = self.waiting.len() as u64;
        if waiting > 0 {
            self.last = at;
        } else if self.held.is_none() {
            return;
        }
        let known = self.held.unwrap_or(HeldBack {
            since: at,
            waiting,
            gone: 0,
            most,
        });
        self.held = Some(HeldBack {
            waiting,
            gone: known.gone + gone,
            most,
            ..known
        });
    }
}

#[cfg(test)]
mod tests;
