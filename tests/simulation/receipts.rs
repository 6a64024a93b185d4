//! Readings as they lie on the simulated disk: each value, current or corrected, under the number of the day that it came on.

use crate::planted::Planted;
use lookout::domain::days::Days;
use lookout::domain::fact::readings::DayRoot;
use lookout::domain::id::PointId;
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::{Period, Reading, Revision};
use lookout::domain::time::{Moment, Span};
use lookout::store::received::{Leaf, Names, Received};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How long readings are kept.
pub(crate) const KEPT: Span = Span::days(400);

/// Which series.
type Key = (PointId, Quantity, Period);

/// A value as it is kept, and the number of its day.
#[derive(Clone, Debug)]
struct Cell {
    value: Revision,
    lot: u32,
}

/// Everything that was received.
#[derive(Debug, Default)]
pub(crate) struct Receipts {
    /// Of each series its readings by the end of their period, each with all its values, the oldest first.
    all: BTreeMap<Key, BTreeMap<Moment, Vec<Cell>>>,
    /// The days, with when each began.
    pub(crate) days: Vec<(u32, Moment)>,
}

impl Receipts {
    /// Keeps what is new or different; how much that is.
    pub(crate) fn keep(&mut self, readings: &[Reading], at: Moment, planted: Option<Planted>) -> usize {
        if self.days.is_empty() {
            self.days.push((0, at));
        }
        let lot = self.days.last().map_or(0, |day| day.0);
        let lot = if planted == Some(Planted::OneDay) { 0 } else { lot };
        if planted == Some(Planted::ChangesReading) && lot > 0 {
            self.change();
        }
        let mut changed = 0;
        for reading in readings {
            let key = (reading.point.clone(), reading.quantity, reading.period);
            let values = self.all.entry(key).or_default().entry(reading.at).or_default();
            let same = |now: &Cell| {
                (now.value.reading.value, now.value.reading.flag) == (reading.value, reading.flag)
            };
            if values.last().is_some_and(same) {
                continue;
            }
            let (reading, kept) = (reading.clone(), at);
            values.push(Cell {
                value: Revision { reading, kept },
                lot,
            });
            changed += 1;
        }
        changed
    }

    /// A planted fault: a value of a day that is over is changed.
    fn change(&mut self) {
        let series = self.all.values_mut().flat_map(BTreeMap::values_mut);
        if let Some(first) = series.flatten().find(|cell| cell.lot == 0) {
            let value = first.value.reading.value.map_or(0, Value::micro);
            first.value.reading.value = Some(Value::from_micro(value + 1));
        }
    }

    pub(crate) fn latest(&self) -> Vec<Reading> {
        let newest = self.all.values().filter_map(BTreeMap::last_key_value);
        newest.filter_map(|(_, values)| now(values)).collect()
    }

    pub(crate) fn series(&self, key: &Key, from: Moment, to: Moment) -> Vec<Reading> {
        let series = self.all.get(key).into_iter().flatten();
        let within = series.filter(|(at, _)| **at > from && **at <= to);
        within.filter_map(|(_, values)| now(values)).collect()
    }

    pub(crate) fn revisions(&self, key: &Key, from: Moment, to: Moment) -> Vec<Revision> {
        let series = self.all.get(key).into_iter().flatten();
        let within = series.filter(|(at, _)| **at > from && **at <= to);
        let older = within.flat_map(|(_, values)| values.iter().rev().skip(1).rev());
        older.map(|cell| cell.value.clone()).collect()
    }

    /// What comes from now on is of the next day.
    pub(crate) fn turn(&mut self, at: Moment) {
        let next = self.days.last().map_or(0, |day| day.0 + 1);
        self.days.push((next, at));
    }

    /// Drops what ended before; how much that is.
    pub(crate) fn prune(&mut self, before: Moment, planted: Option<Planted>) -> usize {
        let before = if planted == Some(Planted::PrunesYoung) {
            before + KEPT - Span::mins(1)
        } else {
            before
        };
        let mut dropped = 0;
        for series in self.all.values_mut() {
            let all = series.len();
            series.retain(|at, _| *at >= before);
            dropped += all - series.len();
        }
        dropped
    }

    /// Takes all of it in, in the order of series, end of the period, revision.
    pub(crate) fn look(&self, look: &mut Received) {
        let name = |(nth, (point, quantity, period)): (i64, &Key)| {
            let names = [
                point.to_string(),
                quantity.key().to_owned(),
                period.key().to_owned(),
            ];
            (nth, names)
        };
        look.names = Some(Names {
            series: (0..).zip(self.all.keys()).map(name).collect(),
            sources: HashMap::from([(0, "meter".to_owned())]),
        });
        for (series, readings) in (0..).zip(self.all.values()) {
            for (at, values) in readings {
                for (revision, cell) in (1..).zip(values) {
                    look.take(&Leaf {
                        series,
                        at: at.ms(),
                        revision,
                        value: cell.value.reading.value.map(Value::micro),
                        flag: 0,
                        source: 0,
                        kept: cell.value.kept.ms(),
                        lot: i64::from(cell.lot),
                    });
                }
            }
        }
    }

    /// What a look at all days with a root finds now.
    pub(crate) fn judged(&self, roots: &[DayRoot]) -> Days {
        let mut look = Received::of(roots);
        self.look(&mut look);
        look.judge(roots, roots.iter().filter_map(|root| root.dropped).max())
    }

    /// Of when something was there and is gone before its time.
    pub(crate) fn gone(&self, before: &BTreeSet<Moment>) -> Option<Moment> {
        let there: BTreeSet<Moment> = self.moments().collect();
        let newest = there.last().copied().unwrap_or_default();
        let mut gone = before.difference(&there);
        gone.find(|at| **at > newest - KEPT).copied()
    }

    /// The moments of everything that is there.
    pub(crate) fn moments(&self) -> impl Iterator<Item = Moment> {
        self.all.values().flat_map(BTreeMap::keys).copied()
    }
}

/// The value that holds of a reading.
fn now(values: &[Cell]) -> Option<Reading> {
    values.last().map(|cell| cell.value.reading.clone())
}
