//! A look at everything that was received, day by day: each value, current or corrected, as a leaf under its day's number.

use crate::domain::days;
use crate::domain::days::{Days, Lot};
use crate::domain::fact::readings::DayRoot;
use crate::domain::time::Moment;
use std::collections::{BTreeMap, HashMap};

/// One stored value with the number of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The number of its series.
    pub series: i64,
    /// The end of its period, ms.
    pub at: i64,
    /// Which revision of that reading it is.
    pub revision: i64,
    /// Millionths; none where the upstream said that there is none.
    pub value: Option<i64>,
    /// The number of its flag.
    pub flag: i64,
    /// The number of its source.
    pub source: i64,
    /// When it was stored, ms.
    pub kept: i64,
    /// The number of its day.
    pub lot: i64,
}

/// The names behind numbers: of a series its point, quantity and period, of a source its own.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Of series.
    pub series: HashMap<i64, [String; 3]>,
    /// Of sources.
    pub sources: HashMap<i64, String>,
}

/// A look at some days, from the first reading to the last.
#[derive(Debug, Default)]
pub struct Received {
    lots: BTreeMap<u32, Lot>,
    /// As they were when the look began; `None` before that.
    pub names: Option<Names>,
    /// Series, end of the period and revision of the last value that was looked at.
    pub last: Option<(i64, i64, i64)>,
}

impl Received {
    /// At every day of which a root was recorded.
    pub fn of(roots: &[DayRoot]) -> Self {
        Self {
            lots: days::expected(roots),
            ..Self::default()
        }
    }

    /// At one day, without what ended before `dropped`.
    pub fn of_day(lot: u32, dropped: Option<Moment>) -> Self {
        Self {
            lots: BTreeMap::from([(lot, Lot::new(dropped))]),
            ..Self::default()
        }
    }

    /// Takes the next value, in the order of series, end of the period, revision.
    pub fn take(&mut self, leaf: &Leaf) {
        self.last = Some((leaf.series, leaf.at, leaf.revision));
        let (lots, names) = (&mut self.lots, &self.names);
        let lot = u32::try_from(leaf.lot).ok().and_then(|lot| lots.get_mut(&lot));
        if let (Some(lot), Some(names)) = (lot, names) {
            lot.take(Moment::from_ms(leaf.at), &leaf.bytes(names));
        }
    }

    /// What was found of all days, where what ended before `before` is not kept by now.
    pub fn judge(&self, roots: &[DayRoot], before: Option<Moment>) -> Days {
        days::judge(roots, &self.lots, before)
    }

    /// The fact that this day is over.
    pub fn close(&self, lot: u32, over: (Moment, Moment)) -> Option<DayRoot> {
        self.lots.get(&lot).map(|own| own.close(lot, over))
    }
}

impl Leaf {
    /// Each text led by its length and an absent value told apart from every number, so that two different values never give
    /// the same bytes; a name that is not there is told apart from an empty one. Names rather than their numbers, so that
    /// nothing can be exchanged behind a number.
    fn bytes(&self, names: &Names) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(128);
        let mut text = |text: Option<&str>| {
            bytes.extend_from_slice(&text.map_or(u64::MAX, |text| text.len() as u64).to_le_bytes());
            bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
        };
        let series = names.series.get(&self.series);
        (0..3).for_each(|nth| text(series.and_then(|series| series.get(nth)).map(String::as_str)));
        text(names.sources.get(&self.source).map(String::as_str));
        bytes.push(u8::from(self.value.is_some()));
        for number in [
            self.at,
            self.revision,
            self.value.unwrap_or(0),
            self.flag,
            self.kept,
        ] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes
    }
}
