//! A series as rules look at it: from its newest value back, as far as it has no gap.
//!
//! What began before the fact that makes a rule apply is not in it, nor what was measured while a mark stood against it:
//! a rule cannot reach either.

use crate::domain::age;
use crate::domain::age::Age;
use crate::domain::air::mean::mean;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::Period;
use crate::domain::time::{Moment, Span};
use imbl::Vector;

/// Values of moments follow each other if they are not further apart than this.
const LOOSE: Span = Span::mins(15);

/// Share of a time, in per cent, that values must cover for its mean to count.
const COVERED: i64 = 75;

/// One quantity at one point, by one period.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    /// What.
    pub quantity: Quantity,
    /// Over which time each value stands.
    pub period: Period,
    values: &'a Vector<(Moment, Value)>,
    /// Values that begin before this are not looked at.
    since: Option<Moment>,
    /// Values that touch one of these times are not looked at.
    void: Vec<(Moment, Moment)>,
}

/// The newest values for which something holds, one after another without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// When the first of them began.
    pub began: Moment,
    /// When the newest ended.
    pub until: Moment,
    /// How many they are.
    pub count: usize,
}

impl Run {
    /// How long it has lasted.
    pub fn lasted(self) -> Span {
        self.until - self.began
    }

    /// The time of both; `None` where they do not meet.
    pub fn and(self, other: Self) -> Option<Self> {
        let (began, until) = (self.began.max(other.began), self.until.min(other.until));
        (began <= until).then_some(Self {
            began,
            until,
            count: self.count.min(other.count),
        })
    }
}

impl<'a> Series<'a> {
    /// Over values, oldest first.
    pub fn new(quantity: Quantity, period: Period, values: &'a Vector<(Moment, Value)>) -> Self {
        Self {
            quantity,
            period,
            values,
            since: None,
            void: Vec::new(),
        }
    }

    /// Without what begins before `at`.
    #[must_use]
    pub fn since(mut self, at: Moment) -> Self {
        self.since = self.since.max(Some(at));
        self
    }

    /// Without what touches one of these times, each from its first moment until before its second.
    #[must_use]
    pub fn without(mut self, times: Vec<(Moment, Moment)>) -> Self {
        self.void = times;
        self
    }

    /// Its values, newest first.
    fn newest_first(&self) -> impl Iterator<Item = (Moment, Value)> {
        let length = self.period.length();
        let begins = move |at: Moment| at - length;
        let all = self.values.iter().rev().copied();
        let late = all.take_while(move |(at, _)| self.since.is_none_or(|since| begins(*at) >= since));
        late.filter(move |(at, _)| {
            let touches = |(from, until): &(Moment, Moment)| {
                begins(*at) < *until && (*from < *at || *from == begins(*at))
            };
            !self.void.iter().any(touches)
        })
    }

    /// The newest value.
    pub fn last(&self) -> Option<(Moment, Value)> {
        self.newest_first().next()
    }

    /// Whether the newest value says something about now.
    pub fn is_fresh(&self, now: Moment) -> bool {
        let limit = age::limit(self.period);
        self.last()
            .is_some_and(|(at, _)| Age::of(at, limit, now).is_current())
    }

    /// The values after `from`, oldest first.
    pub fn after(&self, from: Moment) -> Vec<(Moment, Value)> {
        let newer = self.newest_first().take_while(|(at, _)| *at > from);
        let mut values: Vec<(Moment, Value)> = newer.collect();
        values.reverse();
        values
    }

    /// The newest `count` values without a gap between them, oldest first.
    pub fn newest(&self, count: usize) -> Option<Vec<(Moment, Value)>> {
        let mut values: Vec<(Moment, Value)> = self.newest_first().take(count).collect();
        values.reverse();
        let whole = values
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if b.0 - a.0 <= gap(self.period)));
        (whole && values.len() == count).then_some(values)
    }

    /// The run of values that `holds` is true of; looked for no further back than `enough`. `None` where the newest is none.
    pub fn run(&self, enough: Span, holds: impl Fn(Value) -> bool) -> Option<Run> {
        run(self.newest_first(), self.period, enough, holds)
    }

    /// The value that stood at `at`: the newest until then, if it is not older than a gap.
    pub fn at(&self, at: Moment) -> Option<Value> {
        let (when, value) = self.newest_first().find(|(when, _)| *when <= at)?;
        (at - when <= gap(self.period)).then_some(value)
    }

    /// The mean over the time from `from` to `until`, where values cover enough of it.
    pub fn mean(&self, from: Moment, until: Moment) -> Option<Value> {
        let values: Vec<(Moment, Value)> = self
            .after(from)
            .into_iter()
            .filter(|(at, _)| *at <= until)
            .collect();
        averaged(&values, self.period, until - from)
    }

    /// Means over `period` since `from`, oldest first: the values themselves where they are of that period, else those of
    /// each full period that enough values cover.
    pub fn means(&self, period: Period, from: Moment) -> Vec<(Moment, Value)> {
        let values = self.after(from);
        let length = period.length();
        if self.period == period || length == Span::ZERO {
            return values;
        }
        let Some(&(newest, _)) = values.last() else {
            return values;
        };
        let end = |at: Moment| (at - Span::from_ms(1)).floor(length) + length;
        values
            .chunk_by(|a, b| end(a.0) == end(b.0))
            .filter_map(|part| {
                let end = end(part.first()?.0);
                (end <= newest).then_some(())?;
                Some((end, averaged(part, self.period, length)?))
            })
            .collect()
    }
}

/// [`Series::run`] over any values, newest first.
pub fn run(
    newest_first: impl Iterator<Item = (Moment, Value)>,
    period: Period,
    enough: Span,
    holds: impl Fn(Value) -> bool,
) -> Option<Run> {
    let mut found: Option<Run> = None;
    for (at, value) in newest_first {
        let began = at - period.length();
        let joins = found.is_none_or(|run| run.began - began <= gap(period));
        if !holds(value) || !joins {
            break;
        }
        let until = found.map_or(at, |run| run.until);
        let count = found.map_or(0, |run| run.count) + 1;
        let run = Run { began, until, count };
        found = Some(run);
        if run.lasted() >= enough {
            break;
        }
    }
    found
}

/// The longest step from one value to the next: one that is missing is no gap.
pub fn gap(period: Period) -> Span {
    match period {
        Period::Instant => LOOSE,
        Period::Minute
        | Period::FiveMinutes
        | Period::QuarterHour
        | Period::Hour
        | Period::FourHours
        | Period::EightHours
        | Period::Day => Span::from_ms(period.length().ms() * 2),
    }
}

/// The mean of values if they cover enough of `over`. Values of moments cover the time between the first and the last.
fn averaged(values: &[(Moment, Value)], period: Period, over: Span) -> Option<Value> {
    let covered = match period {
        Period::Instant => values.last()?.0 - values.first()?.0,
        Period::Minute
        | Period::FiveMinutes
        | Period::QuarterHour
        | Period::Hour
        | Period::FourHours
        | Period::EightHours
        | Period::Day => Span::from_ms(period.length().ms() * values.len() as i64),
    };
    (covered.ms() * 100 >= over.ms() * COVERED)
        .then(|| mean(values.iter().map(|(_, value)| *value)))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Moment = Moment::from_ms(1_789_999_200_000);

    /// Values of minutes, the newest at noon; a minute without one is a gap.
    fn minutes(values: &[Option<i64>]) -> Vector<(Moment, Value)> {
        let ago = |n: usize| Span::mins((values.len() - 1 - n) as i64);
        let items = values.iter().enumerate();
        items
            .filter_map(|(n, value)| Some((NOON - ago(n), Value::whole((*value)?))))
            .collect()
    }

    #[test]
    fn a_run_ends_at_a_value_that_is_none_and_at_a_gap_of_two() {
        let run = |values: &[Option<i64>]| {
            let values = minutes(values);
            let series = Series::new(Quantity::Power, Period::Minute, &values);
            series
                .run(Span::hours(1), |v| v > Value::whole(5))
                .map(|run| run.lasted().as_mins())
        };
        assert_eq!(run(&[Some(1), Some(9), Some(9), Some(9)]), Some(3));
        assert_eq!(
            run(&[Some(9), Some(9), None, Some(9)]),
            Some(4),
            "one may be missing"
        );
        assert_eq!(run(&[Some(9), None, None, None, Some(9)]), Some(1));
        assert_eq!(run(&[Some(9), Some(1)]), None);
        assert_eq!(run(&[Some(9); 90]), Some(60), "no further than enough");
    }

    #[test]
    fn a_mean_needs_three_quarters_of_its_time() {
        let mut values = vec![Some(4); 30];
        let whole = minutes(&values);
        let means = |values: &Vector<(Moment, Value)>| {
            let series = Series::new(Quantity::Tsp, Period::Minute, values);
            let means = series.means(Period::QuarterHour, NOON - Span::mins(30));
            means.iter().map(|(at, v)| (NOON - *at, *v)).collect::<Vec<_>>()
        };
        let (early, late) = ((Span::mins(15), Value::whole(4)), (Span::ZERO, Value::whole(4)));
        assert_eq!(means(&whole), [early, late]);
        values.iter_mut().take(4).for_each(|value| *value = None);
        assert_eq!(means(&minutes(&values)), [late]);
    }
}
