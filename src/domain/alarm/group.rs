//! Rows that stand for many alarms (汇并): the same kind at the same point again and again is one line, with one action for
//! all. Only how a list is read: every alarm stays its own in the ledger. Pure; called by lists.

use crate::domain::alarm::Alarm;
use crate::domain::id::PointId;
use crate::domain::id::SourceId;
use crate::domain::id::TownshipId;
use crate::domain::ledger::rank_of;
use crate::domain::playbook::Origin;
use crate::domain::playbook::Provenance;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// When alarms of one kind at one point become one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// Of this code; of any where `None`.
    pub code: Option<Clean>,
    /// At this point; at any where `None`.
    pub point: Option<PointId>,
    /// Counting those raised within this time before now, rolling.
    pub within: Span,
    /// From this many on.
    pub threshold: usize,
    /// Who says so.
    pub provenance: Provenance,
}

/// In a flood, rows are gathered from this many on: the list must be read at a glance.
pub const FLOOD_THRESHOLD: usize = 3;

/// What the alarms of one row share: code, and the point, else the township, else the source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKey {
    /// The code.
    pub code: Clean,
    /// Where.
    pub place: Clean,
}

/// What holds where the configuration says nothing else: 20 in 24 hours, of any kind, anywhere.
pub fn standard() -> Vec<Grouping> {
    vec![Grouping {
        code: None,
        point: None,
        within: Span::hours(24),
        threshold: 20,
        provenance: Provenance {
            origin: Origin::Default,
            text: "20 / 24 h".into(),
        },
    }]
}

impl GroupKey {
    /// The key of an alarm.
    pub fn of(alarm: &Alarm) -> Self {
        let (code, place) = parts(alarm);
        Self {
            code: Clean::new(code),
            place: Clean::new(place),
        }
    }

    /// Whether an alarm belongs to it.
    pub fn holds(&self, alarm: &Alarm) -> bool {
        parts(alarm) == (self.code.as_str(), self.place.as_str())
    }
}

/// Code and place, without a copy: a list may be long.
fn parts(alarm: &Alarm) -> (&str, &str) {
    let cause = &alarm.cause;
    let point = cause.point.as_ref().map(PointId::as_str);
    let place = point
        .or_else(|| cause.township.as_ref().map(TownshipId::as_str))
        .or_else(|| cause.source.as_ref().map(SourceId::as_str));
    (cause.code.as_str(), place.unwrap_or_default())
}

/// The keys whose alarms are read as one row at `now`. The first grouping that fits an alarm counts it.
pub fn gathered<'a>(
    alarms: impl Iterator<Item = &'a Alarm>,
    groupings: &[Grouping],
    now: Moment,
    flood: bool,
) -> BTreeSet<GroupKey> {
    let mut counts: HashMap<(&str, &str), (usize, usize)> = HashMap::new();
    for alarm in alarms {
        let cause = &alarm.cause;
        let fits = |grouping: &&Grouping| {
            grouping.code.as_ref().is_none_or(|code| *code == cause.code)
                && grouping
                    .point
                    .as_ref()
                    .is_none_or(|point| cause.point.as_ref() == Some(point))
        };
        // A kind alone is no ground: what is nowhere in particular stays apart.
        let grouping = groupings.iter().find(fits);
        let Some(grouping) = grouping.filter(|_| !parts(alarm).1.is_empty()) else {
            continue;
        };
        if now.age_of(alarm.raised) <= grouping.within {
            let least = if flood {
                grouping.threshold.min(FLOOD_THRESHOLD)
            } else {
                grouping.threshold
            };
            let count = counts.entry(parts(alarm)).or_insert((0, least));
            count.0 += 1;
        }
    }
    let many = counts.into_iter().filter(|(_, (count, least))| count >= least);
    let key = |((code, place), _): (_, _)| GroupKey {
        code: Clean::new(code),
        place: Clean::new(place),
    };
    many.map(key).collect()
}

/// What a row for many says of its members.
#[derive(Clone, Debug)]
pub struct Sum<'a> {
    /// The members, what needs a person most first: the row's state is the first one's, so that it is acknowledged only
    /// when every member is.
    pub members: Vec<&'a Alarm>,
    /// How many nobody has seen.
    pub unseen: usize,
    /// The words that all their titles share, in order; `None` where they share none.
    pub title: Option<String>,
}

impl<'a> Sum<'a> {
    /// Of these members; `None` for none.
    pub fn of(members: impl Iterator<Item = &'a Alarm>) -> Option<Self> {
        let mut members: Vec<&Alarm> = members.collect();
        members.sort_by_cached_key(|alarm| rank_of(alarm));
        let unseen = members.iter().filter(|alarm| alarm.state().needs_person());
        let unseen = unseen.count();
        let title = shared(&members);
        (!members.is_empty()).then_some(Self {
            members,
            unseen,
            title,
        })
    }

    /// Whether all members share what `of` says of one, such as a township; what it is.
    pub fn one<T: PartialEq>(&self, of: impl Fn(&Alarm) -> T) -> Option<T> {
        let mut all = self.members.iter().map(|alarm| of(alarm));
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }
}

/// The words of the first title that stand in all others too; the whole title where all are alike.
fn shared(members: &[&Alarm]) -> Option<String> {
    let first = members.first()?.cause.title.as_str();
    let in_all = |word: &&str| {
        let mut titles = members.iter().map(|alarm| alarm.cause.title.as_str());
        titles.all(|title| title.split_whitespace().any(|other| other == *word))
    };
    let words: Vec<&str> = first.split_whitespace().filter(in_all).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alarm::AlarmState;
    use crate::domain::fact::alarm::Cause;
    use crate::domain::id::AlarmId;

    const NOON: Moment = Moment::from_ms(1_790_000_000_000);

    fn alarm(n: i64, point: &str, ago: Span) -> Alarm {
        let cause = Cause {
            code: Clean::new("DUST-EX"),
            point: Some(PointId::new(point)),
            ..Cause::default()
        };
        Alarm::raised(AlarmId::new(&format!("cam/{n}")), cause, NOON - ago, 1)
    }

    fn keys(alarms: &[Alarm], flood: bool) -> Vec<String> {
        let keys = gathered(alarms.iter(), &standard(), NOON, flood);
        keys.into_iter().map(|key| key.place.to_string()).collect()
    }

    #[test]
    fn twenty_of_a_kind_at_a_point_within_a_day_are_one_row() {
        let mut alarms: Vec<Alarm> = (0..19).map(|n| alarm(n, "yard", Span::hours(n))).collect();
        alarms.push(alarm(90, "yard", Span::hours(25)));
        alarms.push(alarm(91, "gate", Span::hours(1)));
        assert_eq!(
            keys(&alarms, false),
            Vec::<String>::new(),
            "one of the twenty is too old"
        );
        alarms.push(alarm(92, "yard", Span::hours(2)));
        assert_eq!(keys(&alarms, false), ["yard"]);
    }

    #[test]
    fn a_row_for_many_is_acknowledged_when_all_its_members_are() {
        let titled = |n: i64, title: &str| {
            let mut alarm = alarm(n, "yard", Span::mins(n));
            alarm.cause.title = Clean::new(title);
            alarm
        };
        let mut all = [titled(1, "泗门镇 秸秆焚烧"), titled(2, "低塘街道 秸秆焚烧")];
        all[0].unacked = false;
        let sum = Sum::of(all.iter()).expect("there are members");
        assert_eq!(
            (sum.members[0].state(), sum.unseen),
            (AlarmState::Unacknowledged, 1)
        );
        assert_eq!(
            sum.members[0].id.as_str(),
            "cam/2",
            "what needs a person comes first"
        );
        assert_eq!(
            sum.title.as_deref(),
            Some("秸秆焚烧"),
            "the place of one is not that of all"
        );
        all[1].unacked = false;
        let sum = Sum::of(all.iter()).expect("there are members");
        assert_eq!(
            (sum.members[0].state(), sum.unseen),
            (AlarmState::Acknowledged, 0)
        );
        assert!(Sum::of([].into_iter()).is_none());
    }

    #[test]
    fn in_a_flood_three_are_enough() {
        let alarms: Vec<Alarm> = (0..3).map(|n| alarm(n, "yard", Span::mins(n))).collect();
        assert_eq!(keys(&alarms, false), Vec::<String>::new());
        assert_eq!(keys(&alarms, true), ["yard"]);
    }

    #[test]
    fn the_first_rule_that_fits_counts() {
        let own = Grouping {
            code: Some(Clean::new("DUST-EX")),
            threshold: 2,
            ..standard().remove(0)
        };
        let alarms = [alarm(1, "yard", Span::ZERO), alarm(2, "yard", Span::ZERO)];
        let rules = [vec![own], standard()].concat();
        assert_eq!(gathered(alarms.iter(), &rules, NOON, false).len(), 1);
    }
}
