//! Rows that stand for many alarms (汇并): the same kind at the same point again and again is one line, with one action for
//! all. Only how a list is read: every alarm stays its own in the ledger. Pure; called by lists.

use crate::domain::alarm::Alarm;
use crate::domain::alarm::AlarmState;
use crate::domain::id::PointId;
use crate::domain::id::SourceId;
use crate::domain::id::TownshipId;
use crate::domain::ledger::Alike;
use crate::domain::ledger::State;
use crate::domain::playbook::Origin;
use crate::domain::playbook::Provenance;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use std::collections::BTreeSet;

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

/// Where the alarms of one row are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whereabouts {
    /// At a point.
    Point(PointId),
    /// In a township, at no point.
    Township(TownshipId),
    /// Wherever a source tells of.
    Source(SourceId),
}

impl Whereabouts {
    fn of(alarm: &Alarm) -> Option<Self> {
        let cause = &alarm.cause;
        let point = || cause.point.clone().map(Self::Point);
        let township = || cause.township.clone().map(Self::Township);
        let source = || cause.source.clone().map(Self::Source);
        point().or_else(township).or_else(source)
    }

    /// Its number.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Point(id) => id.as_str(),
            Self::Township(id) => id.as_str(),
            Self::Source(id) => id.as_str(),
        }
    }
}

/// What the alarms of one row share: the point, else the township, else the source; and the code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKey {
    /// Where.
    pub place: Whereabouts,
    /// The code.
    pub code: Clean,
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
    /// The key of an alarm. A kind alone is no ground: what is nowhere in particular has none and stays apart.
    pub fn of(alarm: &Alarm) -> Option<Self> {
        Some(Self {
            place: Whereabouts::of(alarm)?,
            code: alarm.cause.code.clone(),
        })
    }
}

impl Grouping {
    fn fits(&self, key: &GroupKey) -> bool {
        let at = |point: &PointId| matches!(&key.place, Whereabouts::Point(own) if own == point);
        self.code.as_ref().is_none_or(|code| *code == key.code) && self.point.as_ref().is_none_or(at)
    }
}

/// The keys whose alarms in these states are read as one row at `now`. The first grouping that fits a key counts it.
/// Costs the keys there are, and of each that may be one row no more members than make it one.
pub fn gathered(
    state: &State,
    states: &[AlarmState],
    groupings: &[Grouping],
    now: Moment,
    flood: bool,
) -> BTreeSet<GroupKey> {
    let many = |(key, alike): &(&GroupKey, Alike)| {
        let Some(grouping) = groupings.iter().find(|grouping| grouping.fits(key)) else {
            return false;
        };
        let least = if flood {
            grouping.threshold.min(FLOOD_THRESHOLD)
        } else {
            grouping.threshold
        };
        let counts = |raised: Moment| now.age_of(raised) <= grouping.within;
        let lately = || {
            let own = state.alike(key).filter(|rank| states.contains(&rank.0));
            own.filter(|rank| counts(rank.2.0)).take(least).count()
        };
        alike.all >= least && lately() >= least
    };
    state.alikes().filter(many).map(|(key, _)| key.clone()).collect()
}

/// The words of the first title that stand in all others too, in order; the whole title where all are alike, `None` where
/// they share none.
pub fn shared_title<'a>(mut titles: impl Iterator<Item = &'a str>) -> Option<String> {
    let first = titles.next()?;
    let mut words: Vec<&str> = first.split_whitespace().collect();
    for title in titles.filter(|title| *title != first) {
        words.retain(|word| title.split_whitespace().any(|other| other == *word));
        if words.is_empty() {
            return None;
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alarm::UNSEEN;
    use crate::domain::fact::Fact;
    use crate::domain::fact::alarm::AlarmFact;
    use crate::domain::fact::alarm::Cause;
    use crate::domain::id::AlarmId;
    use crate::domain::ledger::Entry;
    use crate::domain::ledger::Stream;
    use crate::domain::person::Actor;

    const NOON: Moment = Moment::from_ms(1_790_000_000_000);

    fn apply(state: &mut State, n: i64, at: Moment, fact: AlarmFact) {
        let stream = Stream::Alarm(AlarmId::new(&format!("cam/{n}")));
        state.apply(&Entry {
            seq: state.seq + 1,
            nth: state.version(&stream) + 1,
            stream,
            at,
            by: Actor::Desk,
            seat: None,
            fact: Fact::Alarm(fact),
            hash: [0; 32],
        });
    }

    fn raise(state: &mut State, n: i64, point: &str, ago: Span) {
        let cause = Cause {
            code: Clean::new("DUST-EX"),
            point: Some(PointId::new(point)).filter(|_| !point.is_empty()),
            ..Cause::default()
        };
        apply(state, n, NOON - ago, AlarmFact::raised(cause));
    }

    fn keys(state: &State, flood: bool) -> Vec<String> {
        let keys = gathered(state, UNSEEN, &standard(), NOON, flood);
        keys.iter().map(|key| key.place.as_str().to_owned()).collect()
    }

    #[test]
    fn twenty_of_a_kind_at_a_point_within_a_day_are_one_row() {
        let mut state = State::default();
        for n in 0..19 {
            raise(&mut state, n, "yard", Span::hours(n));
        }
        raise(&mut state, 90, "yard", Span::hours(25));
        raise(&mut state, 91, "gate", Span::hours(1));
        assert_eq!(
            keys(&state, false),
            Vec::<String>::new(),
            "one of the twenty is too old"
        );
        raise(&mut state, 92, "yard", Span::hours(2));
        assert_eq!(keys(&state, false), ["yard"]);
        let seen = AlarmFact::Acknowledged {
            comment: Clean::default(),
            until: None,
        };
        apply(&mut state, 92, NOON, seen);
        assert_eq!(
            keys(&state, false),
            Vec::<String>::new(),
            "one of the twenty is in another sub-list"
        );
    }

    #[test]
    fn the_place_of_one_is_not_in_the_words_of_all() {
        let shared = |titles: &[&str]| shared_title(titles.iter().copied());
        let both = ["泗门镇 秸秆焚烧", "低塘街道 秸秆焚烧"];
        assert_eq!(shared(&both).as_deref(), Some("秸秆焚烧"));
        assert_eq!(shared(&[both[0], both[0]]).as_deref(), Some(both[0]));
        assert_eq!(shared(&["一", "二", "一"]), None);
        assert_eq!(shared(&[]), None);
    }

    #[test]
    fn in_a_flood_three_are_enough_but_not_of_what_is_nowhere() {
        let mut state = State::default();
        for n in 0..3 {
            raise(&mut state, n, "yard", Span::mins(n));
            raise(&mut state, 100 + n, "", Span::mins(n));
        }
        assert_eq!(keys(&state, false), Vec::<String>::new());
        assert_eq!(keys(&state, true), ["yard"]);
    }

    #[test]
    fn the_first_rule_that_fits_counts() {
        let own = Grouping {
            code: Some(Clean::new("DUST-EX")),
            threshold: 2,
            ..standard().remove(0)
        };
        let mut state = State::default();
        raise(&mut state, 1, "yard", Span::ZERO);
        raise(&mut state, 2, "yard", Span::ZERO);
        let rules = [vec![own], standard()].concat();
        assert_eq!(gathered(&state, UNSEEN, &rules, NOON, false).len(), 1);
    }
}
