//! The working sheet of one index: concentrations go in one by one, the index comes out. Shared by the standards.

use crate::domain::air::breakpoints::Beyond;
use crate::domain::air::index::{Absence, AirIndex};
use crate::domain::air::level::Level;
use crate::domain::air::pollutant::{Pollutant, Pollutants};
use crate::domain::air::standard::Standard;
use crate::domain::quantity::Value;

/// What a standard says of one concentration.
pub(super) type Verdict = Result<u16, Beyond>;

/// The sub-indices so far.
#[derive(Debug)]
pub(super) struct Tally {
    sub: [Option<u16>; 6],
    invalid: Pollutants,
    exempt: Pollutants,
    /// Each column's last index where it was left upwards without another mean to decide.
    beyond: [Option<u16>; 6],
}

/// How an edition turns sub-indices into a published index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Publication {
    pub(super) standard: Standard,
    /// The level of an index.
    pub(super) level: fn(u16) -> Level,
    /// A primary pollutant is named above this index: 50 by HJ 633, 4.3.1.
    pub(super) primary_above: u16,
    /// The lowest index there is: 1 by HJ 633-2026, 4.1.1.
    pub(super) lowest: u16,
    /// With a pollutant missing only an index above this is published: 100 by HJ 633-2026, 5.3.1.
    pub(super) incomplete_above: Option<u16>,
    /// With a pollutant missing only an index above this has a level.
    pub(super) unjudged_to: Option<u16>,
}

impl Tally {
    pub(super) const fn new(exempt: Pollutants) -> Self {
        Self {
            sub: [None; 6],
            invalid: Pollutants::NONE,
            exempt,
            beyond: [None; 6],
        }
    }

    /// Judges one mean of `p`; where it has several, the highest sub-index stands.
    pub(super) fn take(&mut self, p: Pollutant, mean: Option<Value>, judge: impl FnOnce(Value) -> Verdict) {
        self.take_or(p, mean, judge, None);
    }

    /// As [`Tally::take`]; `instead` is the sub-index of the mean that decides above the table's end.
    pub(super) fn take_or(
        &mut self,
        p: Pollutant,
        mean: Option<Value>,
        judge: impl FnOnce(Value) -> Verdict,
        instead: Option<u16>,
    ) {
        match mean {
            Some(value) if p.plausible(value) => {
                self.put(p, judge(value).or_else(|beyond| instead.ok_or(beyond)));
            }
            Some(_) => self.invalid = self.invalid.with(p),
            None => {}
        }
    }

    /// As [`Tally::take`] with the verdict already found; `None` where the scale says nothing of this mean.
    pub(super) fn take_if(&mut self, p: Pollutant, mean: Option<Value>, verdict: Option<Verdict>) {
        match verdict {
            Some(verdict) => self.put(p, verdict),
            None if mean.is_some_and(|value| !p.plausible(value)) => self.invalid = self.invalid.with(p),
            None => {}
        }
    }

    fn put(&mut self, p: Pollutant, verdict: Verdict) {
        match verdict {
            Ok(index) => {
                if let Some(cell) = self.sub.get_mut(p.index()) {
                    *cell = (*cell).max(Some(index));
                }
            }
            Err(Beyond(end)) => {
                if let Some(cell) = self.beyond.get_mut(p.index()) {
                    *cell = (*cell).max(Some(end));
                }
            }
        }
    }

    /// The index by the rules of `by`.
    pub(super) fn conclude(self, by: Publication) -> AirIndex {
        let mut exceeded = Pollutants::NONE;
        let mut missing = Pollutants::NONE;
        let mut top = Pollutants::NONE;
        let mut highest = None;
        for (p, sub) in Pollutant::ALL.into_iter().zip(self.sub) {
            let Some(index) = sub else {
                missing = missing.with(p);
                continue;
            };
            if index > 100 {
                exceeded = exceeded.with(p);
            }
            if sub > highest {
                (highest, top) = (sub, Pollutants::NONE);
            }
            if sub == highest {
                top = top.with(p);
            }
        }
        let withheld = self.withheld();
        let missing = missing.without(self.exempt).without(withheld);
        let lacks =
            |index, above: Option<u16>| !missing.is_empty() && above.is_some_and(|above| index <= above);
        let why = match highest {
            None if withheld.is_empty() => Some(Absence::NoData),
            None => Some(Absence::Beyond),
            Some(index) if lacks(index, by.incomplete_above) => Some(Absence::Incomplete),
            Some(_) => None,
        };
        let aqi = highest
            .filter(|_| why.is_none())
            .map(|index| index.max(by.lowest));
        let unjudged = aqi.is_some_and(|index| lacks(index, by.unjudged_to));
        AirIndex {
            standard: by.standard,
            aqi,
            level: aqi.filter(|_| !unjudged).map(by.level),
            primary: if aqi.is_some_and(|index| index > by.primary_above) {
                top
            } else {
                Pollutants::NONE
            },
            sub: self.sub,
            exceeded,
            missing,
            invalid: self.invalid,
            withheld,
            ends: Pollutant::ALL.map(|p| p.pick(&self.beyond).filter(|_| withheld.contains(p))),
            exempt: self.exempt,
            why: why.or(unjudged.then_some(Absence::Incomplete)),
        }
    }

    /// What was measured beyond its table and has no sub-index by another mean.
    fn withheld(&self) -> Pollutants {
        let beyond = |p: &Pollutant| p.pick(&self.beyond).is_some() && p.pick(&self.sub).is_none();
        Pollutant::ALL.into_iter().filter(beyond).collect()
    }
}
