//! Which alarms are read as one row now. Called by lists.

use crate::domain::alarm::AlarmState;
use crate::domain::alarm::group::{FLOOD_THRESHOLD, GroupKey, Grouping};
use crate::domain::state::{Alike, State};
use crate::domain::time::Moment;
use std::collections::BTreeSet;

impl State {
    /// The keys whose alarms in these states are read as one row at `now`. The first grouping that fits a key counts it.
    /// Costs the keys there are, and of each that may be one row no more members than make it one.
    pub fn gathered(
        &self,
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
                let own = self.alike(key).filter(|rank| states.contains(&rank.0));
                own.filter(|rank| counts(rank.2.0)).take(least).count()
            };
            alike.all >= least && lately() >= least
        };
        self.alikes().filter(many).map(|(key, _)| key.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alarm::UNSEEN;
    use crate::domain::alarm::group::standard;
    use crate::domain::fact::Fact;
    use crate::domain::fact::alarm::{AlarmFact, Cause};
    use crate::domain::id::{AlarmId, PointId};
    use crate::domain::ledger::{Entry, Stream};
    use crate::domain::person::Actor;
    use crate::domain::text::Clean;
    use crate::domain::time::Span;

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
        let keys = state.gathered(UNSEEN, &standard(), NOON, flood);
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
        assert_eq!(state.gathered(UNSEEN, &rules, NOON, false).len(), 1);
    }
}
