//! The scene: everything that rules judge, and how they look at it.
//!
//! Looking costs what is looked at: a series is read from its newest end, and points are walked by kind. A rule never
//! searches all series for its own. Made by the desk at every poll and beat; read by `rule` and its members.

use crate::domain::age;
use crate::domain::age::Age;
use crate::domain::alarm::Cause;
use crate::domain::declared;
use crate::domain::declared::Declared;
use crate::domain::declared::DeclaredKind;
use crate::domain::declared::Mark;
use crate::domain::directory::Point;
use crate::domain::directory::PointKind;
use crate::domain::evidence::Evidence;
use crate::domain::feed::Feed;
use crate::domain::id::EnterpriseId;
use crate::domain::id::PointId;
use crate::domain::id::SourceId;
use crate::domain::quantity::QUANTITIES;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::domain::time::Zone;
use imbl::OrdMap;
use imbl::Vector;
use std::sync::Arc;

pub mod series;

/// The usable values of each (point, quantity, period), oldest first.
pub type Trends = OrdMap<(PointId, Quantity, Period), Vector<(Moment, Value)>>;

/// What rules judge.
pub struct Scene<'a> {
    /// The moment it is judged at.
    pub now: Moment,
    /// The room's zone: nights and days are local.
    pub zone: Zone,
    /// Every point known.
    pub points: &'a OrdMap<PointId, Point>,
    /// Sources with their health.
    pub feeds: &'a OrdMap<SourceId, Feed>,
    /// Usable values of two days, oldest first.
    pub trends: &'a Trends,
    /// Hourly indices of two days, oldest first.
    pub indices: &'a OrdMap<PointId, Vector<(Moment, Option<u16>)>>,
    /// The newest reading of each series.
    pub latest: &'a OrdMap<(PointId, Quantity, Period), Reading>,
    /// Declared states that last or ended lately.
    pub declared: &'a OrdMap<u32, Declared>,
    /// The ends of the hours in which an upstream flagged maintenance, oldest first.
    pub maintained: &'a OrdMap<PointId, Vector<Moment>>,
    /// The load, in kW, that an enterprise under a curtailment in force may draw.
    pub curtailed: &'a OrdMap<EnterpriseId, Value>,
}

impl<'a> Scene<'a> {
    /// Points of these kinds.
    pub fn of_kind(&self, kinds: &[PointKind]) -> impl Iterator<Item = &'a Point> {
        self.points
            .values()
            .filter(move |point| kinds.contains(&point.kind))
    }

    /// Points that are measured (never a model's), with their hourly series of `quantity`, where the newest value is fresh.
    pub fn measured(
        &self,
        quantity: Quantity,
    ) -> impl Iterator<Item = (&'a PointId, &'a Vector<(Moment, Value)>)> {
        self.trends
            .iter()
            .filter(move |((point, q, period), _)| {
                *q == quantity && *period == Period::Hour && self.is_measured(point)
            })
            .filter(|(_, series)| self.is_fresh(series.last().map(|(at, _)| *at)))
            .map(|((point, ..), series)| (point, series))
    }

    /// Whether a point is no model's.
    pub fn is_measured(&self, point: &PointId) -> bool {
        self.points.get(point).is_none_or(|p| p.kind != PointKind::Model)
    }

    /// Whether hourly data are of now.
    pub fn is_fresh(&self, newest: Option<Moment>) -> bool {
        newest.is_some_and(|at| Age::of(at, age::limit(Period::Hour), self.now).is_current())
    }

    /// The fresh series of each quantity at `point`: of several periods the finest.
    pub fn sampled(&self, point: &PointId) -> Vec<Series<'a>> {
        let mut found: Vec<Series<'a>> = Vec::new();
        for series in self.all(point, QUANTITIES.first().map_or(Quantity::So2, |row| row.0)) {
            let known = found.last().is_some_and(|last| last.quantity == series.quantity);
            if !known && series.is_fresh(self.now) {
                found.push(series);
            }
        }
        found
    }

    /// The finest fresh series of `quantity` at `point`.
    pub fn series(&self, point: &PointId, quantity: Quantity) -> Option<Series<'a>> {
        self.all(point, quantity)
            .take_while(|series| series.quantity == quantity)
            .find(|series| series.is_fresh(self.now))
    }

    /// Every series of `point` from `quantity` on, by quantity and then by period, the finest first.
    fn all(&self, point: &PointId, quantity: Quantity) -> impl Iterator<Item = Series<'a>> {
        let of = point.clone();
        self.trends
            .range((point.clone(), quantity, Period::Instant)..)
            .take_while(move |((point, ..), _)| *point == of)
            .map(|((_, quantity, period), values)| Series::new(*quantity, *period, values))
    }

    /// The series of what a point is there for: of `wanted` the first that it has.
    pub fn first_of(&self, point: &PointId, wanted: &[Quantity]) -> Option<Series<'a>> {
        wanted.iter().find_map(|quantity| self.series(point, *quantity))
    }

    /// What was declared of a point over a time, and the hours that were flagged as maintenance.
    pub fn marks(&self, point: &PointId, (from, until): (Moment, Moment)) -> Vec<Mark> {
        let known = self.points.get(point);
        let mut marks = known
            .map(|point| declared::marks(self.declared, point, (from, until)))
            .unwrap_or_default();
        let hours = self.maintained.get(point).into_iter().flatten();
        for &hour in hours.filter(|&&hour| from < hour && hour - Span::hours(1) < until) {
            let (begins, kind) = (hour - Span::hours(1), DeclaredKind::Maintenance);
            match marks.last_mut() {
                Some(last) if last.kind == kind && last.until == begins => last.until = hour,
                Some(_) | None => marks.push(Mark {
                    kind,
                    from: begins,
                    until: hour,
                }),
            }
        }
        marks
    }

    /// Whether nothing was declared of a point over a time: only then can its values be held against it.
    pub fn is_plain(&self, point: &PointId, over: (Moment, Moment)) -> bool {
        self.marks(point, over).is_empty()
    }

    /// The name people know a point by.
    pub fn name(&self, point: &PointId) -> String {
        let named = self
            .points
            .get(point)
            .map(|p| p.name.as_str())
            .filter(|name| !name.is_empty());
        named.unwrap_or(point.as_str()).to_owned()
    }

    /// A cause about a point, with its place and township.
    pub fn cause(
        &self,
        code: &Clean,
        severity: Severity,
        point: &PointId,
        title: &str,
        began: Moment,
    ) -> Cause {
        let known = self.points.get(point);
        Cause {
            code: code.clone(),
            severity,
            title: Clean::new(title),
            detail: Clean::default(),
            source: None,
            point: Some(point.clone()),
            place: known.and_then(|p| p.place),
            township: known.and_then(|p| p.township.clone()),
            township_guessed: false,
            area: Clean::default(),
            severity_words: Clean::default(),
            began,
            ends: None,
            bearing: None,
            evidence: None,
        }
    }

    /// The evidence of `values`, oldest first, with what was declared meanwhile of the point.
    pub fn evidence(
        &self,
        point: &PointId,
        quantity: Quantity,
        values: &[(Moment, Value)],
        limit: Option<Value>,
    ) -> Option<Arc<Evidence>> {
        let (first, last) = (values.first()?, values.last()?);
        let marks = self.marks(point, (first.0, last.0));
        Some(Arc::new(Evidence::new(quantity, values, limit, marks)))
    }
}
