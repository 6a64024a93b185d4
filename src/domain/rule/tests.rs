//! Rules over small scenes: what begins, what ends, and what says nothing.

mod meters;
mod precede;
mod sources;
mod water;

use super::*;
use crate::domain::declared::Declared;
use crate::domain::directory::{Point, PointKind};
use crate::domain::fact::declared::{Declaration, DeclaredKind, Subject};
use crate::domain::feed::{Feed, FeedState, Rows};
use crate::domain::id::{EnterpriseId, SourceId};
use crate::domain::person::Actor;
use crate::domain::reading::{Flag, Period, Reading};
use crate::domain::scene::Restraint;
use crate::domain::signal::Severity;
use crate::domain::time::CHINA;
use imbl::{OrdMap, Vector};

/// 2026-09-21 22:13:20 in China.
const NOW: Moment = Moment::from_ms(1_790_000_000_000);

#[derive(Clone)]
struct World {
    now: Moment,
    points: OrdMap<PointId, Point>,
    feeds: OrdMap<SourceId, Feed>,
    trends: OrdMap<(PointId, Quantity, Period), Vector<(Moment, Value)>>,
    indices: OrdMap<PointId, Vector<(Moment, Option<u16>)>>,
    latest: OrdMap<(PointId, Quantity, Period), Reading>,
    declared: OrdMap<u32, Declared>,
    maintained: OrdMap<PointId, Vector<Moment>>,
    curtailed: OrdMap<EnterpriseId, Vec<Restraint>>,
}

impl Default for World {
    fn default() -> Self {
        Self {
            now: NOW,
            points: OrdMap::new(),
            feeds: OrdMap::new(),
            trends: OrdMap::new(),
            indices: OrdMap::new(),
            latest: OrdMap::new(),
            declared: OrdMap::new(),
            maintained: OrdMap::new(),
            curtailed: OrdMap::new(),
        }
    }
}

impl World {
    fn at(mut self, now: Moment) -> Self {
        self.now = now;
        self
    }

    /// A point of firm `e`, as `make` completes it.
    fn point(mut self, id: &str, kind: PointKind, make: impl Fn(&mut Point)) -> Self {
        let mut point = Point::new(PointId::new(id), Clean::new(id), kind);
        point.owner = Some(EnterpriseId::new("e"));
        make(&mut point);
        self.points.insert(point.id.clone(), point);
        self
    }

    /// Values of one period, the newest at the last full period before now; `None` is a gap.
    fn series(mut self, (point, quantity): (&str, Quantity), period: Period, values: &[Option<f64>]) -> Self {
        let step = period.length().ms();
        let last = self.now.floor(period.length());
        let at = |i: usize| last - Span::from_ms(step * (values.len() - 1 - i) as i64);
        let items = values.iter().enumerate();
        let items = items.filter_map(|(i, value)| Some((at(i), Value::from_f64((*value)?)?)));
        self.trends
            .insert((PointId::new(point), quantity, period), items.collect());
        self
    }

    /// Something declared of the whole firm `e`, so many hours ago, for so many hours.
    fn declared(mut self, kind: DeclaredKind, ago: i64, lasts: i64) -> Self {
        let from = self.now - Span::hours(ago);
        let what = Declaration {
            of: Subject::Enterprise(EnterpriseId::new("e")),
            kind,
            from,
            until: from + Span::hours(lasts),
            words: Clean::new("检修"),
        };
        let by = Actor::Desk;
        self.declared.insert(1, Declared { id: 1, what, by });
        self
    }

    /// Firm `e` may draw so many kilowatts, since so long.
    fn restrain(&mut self, limit: i64, since: Span) {
        let (limit, since) = (Value::whole(limit), self.now - since);
        let all = self.curtailed.entry(EnterpriseId::new("e")).or_default();
        all.push(Restraint { limit, since });
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            now: self.now,
            zone: CHINA,
            points: &self.points,
            feeds: &self.feeds,
            trends: &self.trends,
            indices: &self.indices,
            latest: &self.latest,
            declared: &self.declared,
            maintained: &self.maintained,
            curtailed: &self.curtailed,
            since: None,
        }
    }

    /// The causes of the default rules of `code` that hold.
    fn causes(&self, code: &str) -> Vec<Cause> {
        let of_code = |rule: &RuleSetting| rule.code.as_str() == code;
        let rules: Vec<RuleSetting> = standard(Norm::default()).into_iter().filter(of_code).collect();
        assert!(!rules.is_empty(), "{code} has no rule");
        let said = judge(&rules, &self.scene());
        said.into_iter().filter_map(|c| c.verdict).collect()
    }

    fn hours(mut self, point: &str, quantity: Quantity, values: &[i64]) -> Self {
        let at = |i: usize| NOW.floor(Span::hours(1)) - Span::hours((values.len() - 1 - i) as i64);
        let series = values
            .iter()
            .enumerate()
            .map(|(i, v)| (at(i), Value::whole(*v)))
            .collect();
        self.trends
            .insert((PointId::new(point), quantity, Period::Hour), series);
        self
    }

    fn indices(mut self, point: &str, values: &[Option<u16>]) -> Self {
        let at = |i: usize| NOW.floor(Span::hours(1)) - Span::hours((values.len() - 1 - i) as i64);
        self.indices.insert(
            PointId::new(point),
            values.iter().enumerate().map(|(i, v)| (at(i), *v)).collect(),
        );
        self
    }

    fn feed(mut self, state: FeedState, failures: u32) -> Self {
        let mut feed = Feed::new(SourceId::new("air"), Clean::new("cnemc"), Span::mins(5), None);
        (feed.state, feed.failures) = (state, failures);
        self.feeds.insert(feed.id.clone(), feed);
        self
    }

    fn newest(mut self, point: &str, age: Span) -> Self {
        let reading = Reading {
            point: PointId::new(point),
            quantity: Quantity::Pm25,
            period: Period::Hour,
            at: NOW - age,
            value: Some(Value::whole(1)),
            flag: Flag::Valid,
            source: SourceId::new("air"),
        };
        self.latest
            .insert((reading.point.clone(), reading.quantity, reading.period), reading);
        self
    }

    /// Severities by the code of the default rules; an ended condition is `None`.
    fn judged(&self, code: &str) -> Vec<(String, Option<Severity>)> {
        self.judged_by(Norm::default(), code)
    }

    fn judged_by(&self, norm: Norm, code: &str) -> Vec<(String, Option<Severity>)> {
        let all = judge(&standard(norm), &self.scene());
        let of_code = all.into_iter().filter(|c| c.id.as_str().starts_with(code));
        of_code
            .map(|c| (c.id.to_string(), c.verdict.map(|cause| cause.severity)))
            .collect()
    }
}

#[test]
fn two_hours_above_a_step_begin_and_one_below_ends() {
    let said = |values: &[Option<u16>]| World::default().indices("1", values).judged("AIR-AQI");
    let one = |severity| vec![("AIR-AQI/1".to_owned(), severity)];
    assert_eq!(
        said(&[Some(90), Some(160), Some(170)]),
        one(Some(Severity::Orange))
    );
    assert_eq!(
        said(&[Some(90), Some(110), Some(230)]),
        one(Some(Severity::Yellow))
    );
    assert_eq!(said(&[Some(230), Some(230), Some(90)]), one(None));
    assert_eq!(
        said(&[Some(90), Some(160)]),
        Vec::new(),
        "one hour neither begins nor ends"
    );
    assert_eq!(
        said(&[Some(160), None]),
        Vec::new(),
        "an hour that is not computable says nothing"
    );
}

#[test]
fn the_index_is_held_against_the_classes_of_the_rooms_standard() {
    let classic = [
        (100, None),
        (101, Some(Severity::Yellow)),
        (151, Some(Severity::Orange)),
        (201, Some(Severity::Red)),
    ];
    let bands = [
        (3, None),
        (4, Some(Severity::Yellow)),
        (5, Some(Severity::Orange)),
        (6, Some(Severity::Red)),
    ];
    for (key, rows) in [("HJ 633", classic), ("EPA", classic), ("EAQI", bands)] {
        let norm = Norm::of_room(key).expect("a standard");
        for (index, severity) in rows {
            let world = World::default().indices("1", &[Some(1), Some(index), Some(index)]);
            let said = world.judged_by(norm, "AIR-AQI");
            assert_eq!(said, [("AIR-AQI/1".to_owned(), severity)], "{key} {index}");
        }
    }
}

#[test]
fn one_station_far_above_the_others_jumps() {
    let world = ["a", "b", "c"]
        .iter()
        .fold(World::default(), |w, p| w.hours(p, Quantity::Pm25, &[20, 30]));
    let said = world.hours("d", Quantity::Pm25, &[20, 75]).judged("AIR-JUMP");
    assert!(
        said.contains(&("AIR-JUMP/d/pm25".to_owned(), Some(Severity::Yellow))),
        "{said:?}"
    );
    assert!(said.contains(&("AIR-JUMP/a/pm25".to_owned(), None)), "{said:?}");
}

#[test]
fn four_equal_hours_are_flat_but_not_near_zero() {
    let said = |values: &[i64]| {
        World::default()
            .hours("1", Quantity::O3, values)
            .judged("AIR-FLAT")
    };
    assert_eq!(
        said(&[7, 64, 64, 64, 64]),
        [("AIR-FLAT/1/o3".to_owned(), Some(Severity::Blue))]
    );
    assert_eq!(said(&[64, 64, 64, 65]), [("AIR-FLAT/1/o3".to_owned(), None)]);
    assert_eq!(said(&[2, 2, 2, 2]), [("AIR-FLAT/1/o3".to_owned(), None)]);
}

#[test]
fn a_station_is_stale_only_while_its_source_is_fresh() {
    let said = |state| {
        World::default()
            .feed(state, 0)
            .newest("1", Span::hours(5))
            .judged("AIR-STALE")
    };
    assert_eq!(
        said(FeedState::Ok),
        [("AIR-STALE/1".to_owned(), Some(Severity::Blue))]
    );
    assert_eq!(said(FeedState::Error), Vec::new());
}

#[test]
fn a_source_is_silent_when_late_or_failing_twice() {
    let said = |state, failures| World::default().feed(state, failures).judged("SYS-SRC");
    assert_eq!(
        said(FeedState::Error, 2),
        [("SYS-SRC/air".to_owned(), Some(Severity::Orange))]
    );
    assert_eq!(
        said(FeedState::Late, 0),
        [("SYS-SRC/air".to_owned(), Some(Severity::Orange))]
    );
    assert_eq!(said(FeedState::Error, 1), Vec::new());
    assert_eq!(said(FeedState::Empty, 0), [("SYS-SRC/air".to_owned(), None)]);
}

#[test]
fn a_source_that_failed_once_and_is_not_asked_for_long_is_silent_by_time() {
    for (heard, silent) in [(Span::mins(10), false), (Span::mins(16), true)] {
        for ever in [true, false] {
            let mut world = World::default().feed(FeedState::Error, 1);
            let now = world.now;
            let feed = world.feeds.get_mut(&SourceId::new("air")).expect("it is there");
            feed.every = Span::mins(5);
            feed.last_good = ever.then(|| now - heard);
            feed.failing_since = Some(now - heard);
            let said = world.judged("SYS-SRC").iter().any(|row| row.1.is_some());
            assert_eq!(said, silent, "{heard:?}, heard once: {ever}");
        }
    }
}

#[test]
fn a_source_that_loses_rows_is_an_alarm_above_its_share_and_shown_below_it() {
    let said = |most: Option<u32>, lost: u32| {
        let mut world = World::default().feed(FeedState::Ok, 0);
        let feed = world.feeds.get_mut(&SourceId::new("air")).expect("it is there");
        feed.bounds.lost = most.unwrap_or(feed.bounds.lost);
        feed.read = Rows {
            there: 100,
            lost,
            gave: 100 - lost,
        };
        feed.state = if feed.is_degraded() {
            FeedState::Degraded
        } else {
            FeedState::Ok
        };
        (feed.state, world.judged("SYS-SRC").remove(0).1.is_some())
    };
    for (most, lost, state, alarm) in [
        (None, 0, FeedState::Ok, false),
        (None, 1, FeedState::Degraded, false),
        (None, 10, FeedState::Degraded, false),
        (None, 11, FeedState::Degraded, true),
        (Some(0), 1, FeedState::Degraded, true),
        (Some(50), 50, FeedState::Degraded, false),
        (Some(50), 51, FeedState::Degraded, true),
    ] {
        assert_eq!(said(most, lost), (state, alarm), "{most:?} {lost}");
    }
}

#[test]
fn no_title_says_a_key_where_people_read_a_symbol() {
    use crate::domain::quantity::QUANTITIES;
    for (quantity, key, ..) in QUANTITIES {
        let symbol = symbol(*quantity);
        assert!(
            symbol != *key && !symbol.contains('_'),
            "{key} is written {symbol}"
        );
    }
}
