//! The readings of each day, held against the root that was recorded when the day was over: the one place that says
//! whether they are still those.

use crate::domain::fact::readings::DayRoot;
use crate::domain::merkle::Tree;
use crate::domain::text::hex;
use crate::domain::time::Moment;
use std::collections::BTreeMap;

/// What stands under one number now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lot {
    /// What ended before that does not count.
    dropped: Option<Moment>,
    tree: Tree,
    oldest: Option<Moment>,
}

impl Lot {
    /// Nothing yet; what ended before `dropped` will not count.
    pub fn new(dropped: Option<Moment>) -> Self {
        Self {
            dropped,
            ..Self::default()
        }
    }

    /// Takes the next value, in the order of their key.
    pub fn take(&mut self, ended: Moment, leaf: &[u8]) {
        if self.dropped.is_some_and(|before| ended < before) {
            return;
        }
        self.tree.grow(leaf);
        self.oldest = Some(self.oldest.map_or(ended, |oldest| oldest.min(ended)));
    }

    /// The fact that it is over.
    pub fn close(&self, lot: u32, (from, until): (Moment, Moment)) -> DayRoot {
        DayRoot {
            lot,
            from,
            until,
            count: self.tree.leaves(),
            root: hex(&self.tree.root()).as_str().into(),
            oldest: self.oldest,
            dropped: self.dropped,
        }
    }
}

/// A day whose readings are not those that were recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// When the day began.
    pub from: Moment,
    /// How many values were recorded.
    pub recorded: u64,
    /// How many are there.
    pub there: u64,
}

/// What a look at the readings of all days that are over found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// How many are as they were recorded.
    pub whole: u64,
    /// How many can no longer be told, because some of their readings are older than what is kept.
    pub dropped: u64,
    /// What ended before that is not kept.
    pub before: Option<Moment>,
    /// Those that differ, the oldest first.
    pub differ: Vec<Differs>,
}

impl Days {
    /// What still holds of an earlier look where there is no new one: what differed, and nothing that was whole.
    #[must_use]
    pub fn unlooked(&self) -> Self {
        Self {
            differ: self.differ.clone(),
            ..Self::default()
        }
    }
}

/// What each day must be looked at with: the first root that was recorded of a day counts.
pub fn expected(roots: &[DayRoot]) -> BTreeMap<u32, Lot> {
    let lots = roots.iter().rev();
    lots.map(|root| (root.lot, Lot::new(root.dropped))).collect()
}

/// What ended before that is not kept, by these roots.
pub fn dropped(roots: &[DayRoot]) -> Option<Moment> {
    roots.iter().filter_map(|root| root.dropped).max()
}

/// Judges what is there by what was recorded, and by what is not kept any more by all roots that were recorded until the
/// end of the look: what was dropped meanwhile was not removed by anybody.
pub fn judge(roots: &[DayRoot], there: &BTreeMap<u32, Lot>, before: Option<Moment>) -> Days {
    let mut days = Days {
        before,
        ..Days::default()
    };
    let first: BTreeMap<u32, &DayRoot> = roots.iter().rev().map(|root| (root.lot, root)).collect();
    for root in first.into_values() {
        let nothing = Lot::default();
        let lot = there.get(&root.lot).unwrap_or(&nothing);
        let is_dropped = root
            .oldest
            .zip(before)
            .is_some_and(|(oldest, before)| oldest < before);
        if is_dropped {
            days.dropped += 1;
        } else if hex(&lot.tree.root()) == root.root.as_str() && lot.tree.leaves() == root.count {
            days.whole += 1;
        } else {
            days.differ.push(Differs {
                from: root.from,
                recorded: root.count,
                there: lot.tree.leaves(),
            });
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64) -> Moment {
        Moment::from_ms(day * 86_400_000)
    }

    fn lot(dropped: Option<Moment>, values: &[(i64, u8)]) -> Lot {
        let mut lot = Lot::new(dropped);
        for (day, value) in values {
            lot.take(at(*day), &[*value]);
        }
        lot
    }

    #[test]
    fn a_day_is_whole_or_differs_or_is_dropped_and_its_first_root_counts() {
        let close = |lot: &Lot, nth: u32| lot.close(nth, (at(i64::from(nth)), at(i64::from(nth) + 1)));
        let (first, second) = (lot(None, &[(1, 1), (2, 2)]), lot(None, &[(2, 3)]));
        let third = lot(Some(at(2)), &[(1, 9), (3, 4)]);
        let mut roots = vec![close(&first, 0), close(&second, 1)];
        let mut there = BTreeMap::from([(0, first), (1, second.clone()), (2, third.clone())]);
        assert_eq!(judge(&roots, &there, dropped(&roots)).whole, 2);
        // Whoever changes a value and records the day anew is found all the same.
        there.insert(0, lot(None, &[(1, 1), (2, 8)]));
        roots.push(close(&lot(None, &[(1, 1), (2, 8)]), 0));
        let differs = Differs {
            from: at(0),
            recorded: 2,
            there: 2,
        };
        assert_eq!(judge(&roots, &there, dropped(&roots)).differ, [differs]);
        // What is older than what is kept: one value of the first day, none of those that the third one counts.
        roots.push(close(&third, 2));
        let days = judge(&roots, &there, dropped(&roots));
        assert_eq!((days.whole, days.dropped, days.before), (2, 1, Some(at(2))));
        assert_eq!(days.differ, []);
        // Dropped while it was looked at, by a root that came after.
        let (mut short, later) = (there.clone(), Some(at(3)));
        short.insert(1, Lot::default());
        assert_eq!(judge(&roots, &short, dropped(&roots)).differ.len(), 1);
        let days = judge(&roots, &short, later);
        assert_eq!((days.differ.len(), days.dropped, days.before), (0, 2, later));
        there.remove(&1);
        let differs = Differs {
            from: at(1),
            recorded: 1,
            there: 0,
        };
        assert_eq!(judge(&roots, &there, dropped(&roots)).differ, [differs]);
    }
}
