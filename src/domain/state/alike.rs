//! Alarms that are alike, by what they share and in the order people read them: kept in step with each entry, so that a
//! list that reads them as one row, and whoever asks what stands at a point, looks at those alone.

use crate::domain::alarm::Alarm;
use crate::domain::alarm::group::{GroupKey, Whereabouts};
use crate::domain::id::PointId;
use crate::domain::state::{AlarmRank, State};
use crate::domain::text::Clean;
use imbl::{OrdMap, OrdSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many alarms share a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alike {
    /// All that are not normal.
    pub all: usize,
    /// Those that nobody has seen.
    pub unseen: usize,
}

/// The alarms that are somewhere, by what they share.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Alikes(OrdMap<GroupKey, Own>);

/// From so many on the alarms of one key are a tree: a few in a row are smaller and quicker.
const MANY: usize = 16;

/// The alarms of one key, in the order people read them.
#[derive(Clone, Debug, PartialEq)]
enum Own {
    Few(Arc<[AlarmRank]>),
    Many { ranks: OrdSet<AlarmRank>, unseen: usize },
}

impl Own {
    /// Alarms in their order.
    fn of(ranks: Vec<AlarmRank>) -> Self {
        if ranks.len() < MANY {
            return Self::Few(ranks.into());
        }
        let unseen = ranks.iter().filter(|rank| rank.0.needs_person()).count();
        let ranks = ranks.into_iter().collect();
        Self::Many { ranks, unseen }
    }

    fn put(&mut self, rank: &AlarmRank, there: bool) {
        match self {
            Self::Few(few) => {
                let mut ranks = few.to_vec();
                match (ranks.binary_search(rank), there) {
                    (Err(at), true) => ranks.insert(at, rank.clone()),
                    (Ok(at), false) => drop(ranks.remove(at)),
                    (Ok(_), true) | (Err(_), false) => return,
                }
                *self = Self::of(ranks);
            }
            Self::Many { ranks, unseen } => {
                let one = usize::from(rank.0.needs_person());
                if there {
                    *unseen += if ranks.insert(rank.clone()).is_none() {
                        one
                    } else {
                        0
                    };
                } else {
                    *unseen -= if ranks.remove(rank).is_some() { one } else { 0 };
                }
                if ranks.len() < MANY {
                    *self = Self::of(ranks.iter().cloned().collect());
                }
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = &AlarmRank> {
        let (few, many) = match self {
            Self::Few(few) => (Some(few.iter()), None),
            Self::Many { ranks, .. } => (None, Some(ranks.iter())),
        };
        few.into_iter().flatten().chain(many.into_iter().flatten())
    }

    fn count(&self) -> Alike {
        match self {
            Self::Few(few) => Alike {
                all: few.len(),
                unseen: few.iter().take_while(|rank| rank.0.needs_person()).count(),
            },
            Self::Many { ranks, unseen } => Alike {
                all: ranks.len(),
                unseen: *unseen,
            },
        }
    }
}

impl Alikes {
    /// Those of alarms with their keys, which come in the order people read them.
    pub(super) fn of<'a>(rows: impl Iterator<Item = (&'a GroupKey, &'a AlarmRank)>) -> Self {
        let mut keys: BTreeMap<&GroupKey, Vec<AlarmRank>> = BTreeMap::new();
        for (key, rank) in rows {
            keys.entry(key).or_default().push(rank.clone());
        }
        let own = keys.into_iter().map(|(key, ranks)| (key.clone(), Own::of(ranks)));
        Self(own.collect())
    }

    /// Takes an alarm in, or out.
    pub(super) fn put(&mut self, key: &GroupKey, rank: &AlarmRank, there: bool) {
        if let Some(own) = self.0.get_mut(key) {
            own.put(rank, there);
            if own.count().all == 0 {
                self.0.remove(key);
            }
        } else if there {
            self.0.insert(key.clone(), Own::of(vec![rank.clone()]));
        }
    }
}

impl State {
    /// The keys that alarms share, by place, with how many share each.
    pub fn alikes(&self) -> impl Iterator<Item = (&GroupKey, Alike)> {
        self.tally.alikes.0.iter().map(|(key, own)| (key, own.count()))
    }

    /// How many alarms share a key.
    pub fn alike_count(&self, key: &GroupKey) -> Alike {
        self.tally.alikes.0.get(key).map(Own::count).unwrap_or_default()
    }

    /// The alarms that share a key, in the order people read them. Costs no more than they are.
    pub fn alike<'a>(&'a self, key: &GroupKey) -> impl Iterator<Item = &'a AlarmRank> + use<'a> {
        self.tally.alikes.0.get(key).into_iter().flat_map(Own::iter)
    }

    /// The alarms at the points that `at` holds for. Costs the places that have any.
    pub fn alarms_at<'a>(&'a self, at: impl Fn(&PointId) -> bool + 'a) -> impl Iterator<Item = &'a Alarm> {
        let all = self.tally.alikes.0.iter();
        let here = all.filter(move |(key, _)| point(key).is_some_and(&at));
        let ranks = here.flat_map(|(_, own)| own.iter());
        ranks.filter_map(|rank| self.alarms.get(&rank.3))
    }

    /// The alarms at a point. Costs no more than they are.
    pub fn alarms_at_point<'a>(&'a self, point: &PointId) -> impl Iterator<Item = &'a Alarm> + use<'a> {
        let place = Whereabouts::Point(point.clone());
        let first = GroupKey {
            place: place.clone(),
            code: Clean::default(),
        };
        let own = self.tally.alikes.0.range(first..);
        let own = own.take_while(move |(key, _)| key.place == place);
        let ranks = own.flat_map(|(_, own)| own.iter());
        ranks.filter_map(|rank| self.alarms.get(&rank.3))
    }

    /// The points that have alarms.
    pub fn alarmed(&self) -> impl Iterator<Item = &PointId> {
        self.alikes().filter_map(|(key, _)| point(key))
    }

    /// The points at which alarms stand that nobody has seen, with how many.
    pub fn unseen_at(&self) -> BTreeMap<&PointId, usize> {
        let mut found = BTreeMap::new();
        for (key, count) in self.alikes().filter(|(_, count)| count.unseen > 0) {
            if let Some(point) = point(key) {
                *found.entry(point).or_default() += count.unseen;
            }
        }
        found
    }
}

fn point(key: &GroupKey) -> Option<&PointId> {
    match &key.place {
        Whereabouts::Point(id) => Some(id),
        Whereabouts::Township(_) | Whereabouts::Source(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alarm::AlarmState;
    use crate::domain::id::{AlarmId, TownshipId};
    use crate::domain::signal::Severity;
    use crate::domain::time::Moment;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::cmp::Reverse;
    use std::collections::BTreeSet;

    fn rank(n: u8) -> AlarmRank {
        let states = [
            AlarmState::Unacknowledged,
            AlarmState::Returned,
            AlarmState::Acknowledged,
        ];
        let raised = Reverse(Moment::from_ms(i64::from(n) % 7));
        (
            states[usize::from(n) % 3],
            Reverse(Severity::Red),
            raised,
            AlarmId::new(&n.to_string()),
        )
    }

    proptest! {
        #[test]
        fn few_and_many_are_the_same_however_they_came(steps in vec((0..40_u8, any::<bool>()), 0..200)) {
            let place = Whereabouts::Township(TownshipId::new("simen"));
            let key = GroupKey { place, code: Clean::new("STRAW-FIRE") };
            let (mut alikes, mut all) = (Alikes::default(), BTreeSet::new());
            for (n, there) in steps {
                alikes.put(&key, &rank(n), there);
                if there { all.insert(rank(n)) } else { all.remove(&rank(n)) };
                let own = alikes.0.get(&key);
                let listed: Vec<AlarmRank> = own.into_iter().flat_map(Own::iter).cloned().collect();
                prop_assert_eq!(&listed, &all.iter().cloned().collect::<Vec<_>>());
                let unseen = all.iter().filter(|rank| rank.0.needs_person()).count();
                let count = own.map(Own::count).unwrap_or_default();
                prop_assert_eq!(count, Alike { all: all.len(), unseen });
                let at_once = Alikes::of(all.iter().map(|rank| (&key, rank)));
                prop_assert_eq!(&alikes, &at_once);
            }
        }
    }
}
