//! Alarms that are alike, by what they share and in the order people read them: kept in step with each entry, so that a
//! list that reads them as one row, and whoever asks what stands at a point, looks at those alone.

use crate::domain::alarm::Alarm;
use crate::domain::alarm::AlarmState;
use crate::domain::alarm::group::GroupKey;
use crate::domain::alarm::group::Whereabouts;
use crate::domain::id::PointId;
use crate::domain::ledger::AlarmRank;
use crate::domain::ledger::State;
use crate::domain::ledger::first;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use imbl::OrdMap;
use imbl::OrdSet;
use std::collections::BTreeMap;

/// How many alarms share a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alike {
    /// All that are not normal.
    pub all: usize,
    /// Those that nobody has seen.
    pub unseen: usize,
}

/// The alarms that are somewhere. One run for all keys: most keys have one alarm.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Alikes {
    ranks: OrdSet<(GroupKey, AlarmRank)>,
    counts: OrdMap<GroupKey, Alike>,
}

impl Alikes {
    /// Takes an alarm in, or out.
    pub(super) fn put(&mut self, key: &GroupKey, rank: &AlarmRank, there: bool) {
        let row = (key.clone(), rank.clone());
        let mut count = self.counts.get(key).copied().unwrap_or_default();
        let unseen = usize::from(rank.0.needs_person());
        if there {
            self.ranks.insert(row);
            (count.all, count.unseen) = (count.all + 1, count.unseen + unseen);
        } else {
            self.ranks.remove(&row);
            count.all = count.all.saturating_sub(1);
            count.unseen = count.unseen.saturating_sub(unseen);
        }
        if count.all > 0 {
            self.counts.insert(key.clone(), count);
        } else {
            self.counts.remove(key);
        }
    }
}

impl State {
    /// The keys that alarms share, by place, with how many share each.
    pub fn alikes(&self) -> impl Iterator<Item = (&GroupKey, Alike)> {
        self.tally.alikes.counts.iter().map(|(key, count)| (key, *count))
    }

    /// How many alarms share a key.
    pub fn alike_count(&self, key: &GroupKey) -> Alike {
        self.tally.alikes.counts.get(key).copied().unwrap_or_default()
    }

    /// The alarms that share a key, in the order people read them. Costs no more than they are.
    pub fn alike<'a>(&'a self, key: &GroupKey) -> impl Iterator<Item = &'a AlarmRank> + use<'a> {
        let key = key.clone();
        let from = (key.clone(), first(AlarmState::Unacknowledged, Severity::Red));
        let own = self.tally.alikes.ranks.range(from..);
        own.take_while(move |row| row.0 == key).map(|row| &row.1)
    }

    /// The alarms at the points that `at` holds for. Costs the places that have any.
    pub fn alarms_at<'a>(&'a self, at: impl Fn(&PointId) -> bool + 'a) -> impl Iterator<Item = &'a Alarm> {
        let here = self
            .alikes()
            .filter(move |(key, _)| matches!(&key.place, Whereabouts::Point(id) if at(id)));
        let ranks = here.flat_map(|(key, _)| self.alike(key));
        ranks.filter_map(|rank| self.alarms.get(&rank.3))
    }

    /// The alarms at a point. Costs no more than they are.
    pub fn alarms_at_point<'a>(&'a self, point: &PointId) -> impl Iterator<Item = &'a Alarm> + use<'a> {
        let place = Whereabouts::Point(point.clone());
        let first = GroupKey {
            place: place.clone(),
            code: Clean::default(),
        };
        let own = self.tally.alikes.counts.range(first..);
        let own = own.take_while(move |(key, _)| key.place == place);
        let ranks = own.flat_map(|(key, _)| self.alike(key));
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
