//! The scene: everything that rules judge, and how they look at it.
//!
//! Looking costs what is looked at: a series is read from its newest end, and points are walked by kind. A rule never
//! searches all series for its own. Made by the desk at every poll and beat; read by `rule` and its members.
//!
//! Two things are kept from rules here, once for all of them. What lies before the fact that makes a rule apply
//! ([`Scene::since`]) is not seen. And what was measured under a mark (maintenance, calibration, a declared stop) is held
//! against nobody: [`Scene::series`] leaves it out, [`Scene::recorded`] is for rules that look at the marks themselves.

use crate::domain::age::Age;
use crate::domain::declared::Declared;
use crate::domain::directory::{Point, PointKind};
use crate::domain::fact::alarm::Cause;
use crate::domain::fact::declared::{DeclaredKind, Mark};
use crate::domain::fact::evidence::Evidence;
use crate::domain::feed::Feed;
use crate::domain::id::{EnterpriseId, PointId, SourceId};
use crate::domain::quantity::{QUANTITIES, Quantity, Value};
use crate::domain::reading::{Period, Reading};
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, Zone};
use crate::domain::{age, declared};
use chrono::{NaiveDate, NaiveTime};
use imbl::{OrdMap, Vector};
use std::sync::Arc;

pub mod series;

/// The usable values of each (point, quantity, period), oldest first.
pub type Trends = OrdMap<(PointId, Quantity, Period), Vector<(Moment, Value)>>;

/// What an enterprise under a curtailment may draw, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restraint {
    /// All its production together, in kW.
    pub limit: Value,
    /// When that came into force for it: what it drew before is nobody's matter.
    pub since: Moment,
}

/// What rules judge.
#[derive(Clone, Copy)]
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
    /// What enterprises may draw under curtailments in force; one may stand under several.
    pub curtailed: &'a OrdMap<EnterpriseId, Vec<Restraint>>,
    /// Since when the rule that looks is in force; `None` where it always was.
    pub since: Option<Moment>,
}

/// Whether a mark of this kind takes the weight from values of a quantity. Power and flow contradict a declared stop, and a
/// maintained facility must still treat what is made: only the calibration of their own instrument makes them void.
fn is_void(quantity: Quantity, kind: DeclaredKind) -> bool {
    let speaks_on = matches!(quantity, Quantity::Power | Quantity::Flow);
    kind == DeclaredKind::Calibration || !speaks_on
}

impl<'a> Scene<'a> {
    /// Points of these kinds.
    pub fn of_kind(&self, kinds: &[PointKind]) -> impl Iterator<Item = &'a Point> {
        self.points
            .values()
            .filter(move |point| kinds.contains(&point.kind))
    }

    /// The same scene for a rule in force from a local day on.
    #[must_use]
    pub fn from_day(&self, day: Option<NaiveDate>) -> Self {
        let since = self.since.max(day.and_then(|day| self.midnight(day)));
        Self { since, ..*self }
    }

    /// When a local day begins.
    pub fn midnight(&self, day: NaiveDate) -> Option<Moment> {
        Moment::from_local(day.and_time(NaiveTime::MIN), self.zone)
    }

    /// Points that are measured (never a model's), with their hourly series of `quantity`, where the newest value is fresh.
    pub fn measured(&self, quantity: Quantity) -> impl Iterator<Item = (&'a PointId, Series<'a>)> {
        let hourly = self.trends.iter().filter(move |((point, q, period), _)| {
            *q == quantity && *period == Period::Hour && self.is_measured(point)
        });
        hourly
            .map(move |((point, ..), values)| (point, self.judged(point, quantity, Period::Hour, values)))
            .filter(|(_, series)| self.is_fresh(series.last().map(|(at, _)| at)))
    }

    /// The hourly indices of measuring points that may be held against them, oldest first, where the newest is fresh.
    pub fn indices(&self) -> impl Iterator<Item = (&'a PointId, Vec<(Moment, Option<u16>)>)> {
        let measured = self.indices.iter().filter(|(point, _)| self.is_measured(point));
        measured.filter_map(|(point, hours)| {
            let void = self.void(point, Quantity::PublishedIndex);
            let begins = |at: Moment| at - Period::Hour.length();
            let counts = |at: Moment| {
                self.since.is_none_or(|since| begins(at) >= since)
                    && !void.iter().any(|(from, until)| begins(at) < *until && *from < at)
            };
            let hours: Vec<_> = hours.iter().filter(|(at, _)| counts(*at)).copied().collect();
            self.is_fresh(hours.last().map(|(at, _)| *at))
                .then_some((point, hours))
        })
    }

    /// Whether a point is no model's.
    pub fn is_measured(&self, point: &PointId) -> bool {
        self.points.get(point).is_none_or(|p| p.kind != PointKind::Model)
    }

    /// Whether hourly data are of now.
    pub fn is_fresh(&self, newest: Option<Moment>) -> bool {
        newest.is_some_and(|at| Age::of(at, age::limit(Period::Hour), self.now).is_current())
    }

    /// The fresh series of each quantity at `point`, as far as it may be held against it: of several periods the finest.
    pub fn sampled(&self, point: &PointId) -> Vec<Series<'a>> {
        self.finest(point, |quantity, period, values| {
            self.judged(point, quantity, period, values)
        })
    }

    /// The finest fresh series of `quantity` at `point`, as far as it may be held against it.
    pub fn series(&self, point: &PointId, quantity: Quantity) -> Option<Series<'a>> {
        self.all(point, quantity)
            .take_while(|(of, ..)| *of == quantity)
            .map(|(of, period, values)| self.judged(point, of, period, values))
            .find(|series| series.is_fresh(self.now))
    }

    /// [`Scene::series`] as far back as the point's own limits hold.
    pub fn limited(&self, point: &Point, quantity: Quantity) -> Option<Series<'a>> {
        let series = self.series(&point.id, quantity)?;
        let holds = point.limits_since.and_then(|day| self.midnight(day));
        Some(match holds {
            Some(since) => series.since(since),
            None => series,
        })
    }

    /// The fresh series of each quantity at `point` as it was recorded, also under marks.
    pub fn all_recorded(&self, point: &PointId) -> Vec<Series<'a>> {
        self.finest(point, |quantity, period, values| {
            self.plain(quantity, period, values)
        })
    }

    /// The finest fresh series of `quantity` at `point` as it was recorded, also under marks.
    pub fn recorded(&self, point: &PointId, quantity: Quantity) -> Option<Series<'a>> {
        self.all(point, quantity)
            .take_while(|(of, ..)| *of == quantity)
            .map(|(of, period, values)| self.plain(of, period, values))
            .find(|series| series.is_fresh(self.now))
    }

    fn finest(
        &self,
        point: &PointId,
        make: impl Fn(Quantity, Period, &'a Vector<(Moment, Value)>) -> Series<'a>,
    ) -> Vec<Series<'a>> {
        let mut found: Vec<Series<'a>> = Vec::new();
        let first = QUANTITIES.first().map_or(Quantity::So2, |row| row.0);
        for (quantity, period, values) in self.all(point, first) {
            if found.last().is_some_and(|last| last.quantity == quantity) {
                continue;
            }
            let series = make(quantity, period, values);
            if series.is_fresh(self.now) {
                found.push(series);
            }
        }
        found
    }

    /// Every series of `point` from `quantity` on, by quantity and then by period, the finest first.
    fn all(
        &self,
        point: &PointId,
        quantity: Quantity,
    ) -> impl Iterator<Item = (Quantity, Period, &'a Vector<(Moment, Value)>)> {
        let of = point.clone();
        self.trends
            .range((point.clone(), quantity, Period::Instant)..)
            .take_while(move |((point, ..), _)| *point == of)
            .map(|((_, quantity, period), values)| (*quantity, *period, values))
    }

    fn plain(&self, of: Quantity, period: Period, values: &'a Vector<(Moment, Value)>) -> Series<'a> {
        let series = Series::new(of, period, values);
        match self.since {
            Some(since) => series.since(since),
            None => series,
        }
    }

    fn judged(
        &self,
        point: &PointId,
        of: Quantity,
        period: Period,
        values: &'a Vector<(Moment, Value)>,
    ) -> Series<'a> {
        self.plain(of, period, values).without(self.void(point, of))
    }

    /// The times at which what `point` says of `quantity` is held against nobody.
    fn void(&self, point: &PointId, quantity: Quantity) -> Vec<(Moment, Moment)> {
        let Some(known) = self.points.get(point) else {
            return Vec::new();
        };
        let mut void = Vec::new();
        if !self.declared.is_empty() {
            let lately = (self.now - declared::STAY, self.now);
            let marks = declared::marks(self.declared, known, lately).into_iter();
            let marks = marks.filter(|mark| is_void(quantity, mark.kind));
            void.extend(marks.map(|mark| (mark.from, mark.until)));
        }
        // An air station's flags stand at single values, which are no longer among these.
        if !matches!(known.kind, PointKind::Air | PointKind::Model | PointKind::Other) {
            let flagged = self.maintained.get(point).into_iter().flatten();
            void.extend(flagged.map(|hour| (*hour - Span::hours(1), *hour)));
        }
        void
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
            point: Some(point.clone()),
            place: known.and_then(|p| p.place),
            township: known.and_then(|p| p.township.clone()),
            began,
            ..Cause::default()
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
