//! `limit`: the mean of an hour, a quarter of an hour or a day above what is permitted of that quantity at that point.
//!
//! Each quantity has its own line and its own alarm. What was measured under a mark, or before the limit held, is no
//! exceedance.

use crate::domain::air::Norm;
use crate::domain::air::mean::mean;
use crate::domain::directory::{Point, PointKind};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::Period;
use crate::domain::rule::{
    Condition, EMITTED, Judge, Kind, RuleSetting, Scene, of_quantity, proposed, shown, symbol,
};
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::{Moment, Span};
use std::sync::Arc;

/// Hours that a daily mean needs: a proposal.
const DAY: usize = 20;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "limit",
    says: "A mean above the point's own limit.",
    thresholds: thresholds! {
        needed kinds: ValueKind::Kinds, "Points of which kinds: `emission`, `site`, `outlet` …";
        needed of: ValueKind::Quantities, "Of which quantities, each held against the point's own limit of it.";
        needed over: ValueKind::Period, "The mean over which time: `15m`, `hour`, or `24h` for a calendar day.";
        optional or: ValueKind::Limits, "The limits of points that have none of their own, by quantity: `{ tsp = 1000 }`.";
        needed severity: ValueKind::Severity, "How severe.";
        optional again: ValueKind::Severity, "How severe from the second time on the same day.";
    },
    make: |given| {
        let of = given.quantities("of")?;
        Ok(Arc::new(Limit {
            kinds: given.kinds("kinds")?,
            over: given.period("over")?,
            or: given.limits("or", &of)?,
            severity: given.severity("severity")?,
            again: given.severity("again").ok(),
            of,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Limit {
    kinds: Vec<PointKind>,
    of: Vec<Quantity>,
    /// The mean over which time: a quarter of an hour, an hour or a calendar day.
    over: Period,
    /// The limits of points that have none of their own, by quantity, in its canonical unit; what has neither is not judged.
    or: Vec<(Quantity, Value)>,
    severity: Severity,
    /// How severe from the second time on the same day, where that is another matter.
    again: Option<Severity>,
}

/// SRC-H, SRC-D, OUT-EX, DUST-EX.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let emitted = |kind, over, severity| Limit {
        kinds: vec![kind],
        of: EMITTED.to_vec(),
        over,
        or: Vec::new(),
        severity,
        again: None,
    };
    let hour = emitted(PointKind::Emission, Period::Hour, Severity::Yellow);
    let day = emitted(PointKind::Emission, Period::Day, Severity::Orange);
    let outlet = emitted(PointKind::Outlet, Period::Hour, Severity::Yellow);
    let dust = Limit {
        kinds: vec![PointKind::Site],
        of: vec![Quantity::Tsp, Quantity::Pm10],
        over: Period::QuarterHour,
        or: vec![(Quantity::Tsp, Value::whole(1000))],
        severity: Severity::Yellow,
        again: Some(Severity::Orange),
    };
    vec![
        proposed("SRC-H", hour, "1 h > own limit"),
        proposed("SRC-D", day, "24 h > own limit, ≥ 20 h"),
        proposed("OUT-EX", outlet, "1 h > own limit"),
        proposed(
            "DUST-EX",
            dust,
            "15 min > own limit, else TSP 1 mg/m³ (DB31/964-2016: ≤ 1/d)",
        ),
    ]
}

impl Judge for Limit {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for point in scene.of_kind(&self.kinds) {
            for &quantity in &self.of {
                let own = self.line(point, quantity).zip(scene.limited(point, quantity));
                let Some((limit, series)) = own else { continue };
                let means = self.means(scene, &series);
                out.extend(self.judge_one(code, scene, (point, limit), (quantity, &means)));
            }
        }
    }
}

impl Limit {
    /// What a quantity is held against at a point.
    fn line(&self, point: &Point, quantity: Quantity) -> Option<Value> {
        let general = self.or.iter().find(|row| row.0 == quantity);
        point.limit(quantity).or(general.map(|row| row.1))
    }

    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        (point, limit): (&Point, Value),
        (quantity, means): (Quantity, &[(Moment, Value)]),
    ) -> Option<Condition> {
        let (at, newest) = *means.last()?;
        let midnight = scene.midnight(scene.now.date(scene.zone))?;
        let over = means
            .iter()
            .filter(|(at, value)| *at > midnight && *value > limit);
        let times = over.count();
        let verdict = (newest > limit).then(|| {
            let name = scene.name(&point.id);
            let (value, line) = (shown(quantity, newest), shown(quantity, limit));
            let mut title = format!("{name} {} {value} > {line}", symbol(quantity));
            let again = self.again.filter(|_| times > 1);
            if again.is_some() {
                title = format!("{title} ×{times}");
            }
            let severity = again.unwrap_or(self.severity);
            let began = at - self.over.length();
            let mut cause = scene.cause(code, severity, &point.id, &title, began);
            cause.evidence = scene.evidence(&point.id, quantity, means, Some(limit));
            cause
        });
        let id = of_quantity(code, &point.id, quantity);
        Some(Condition { id, verdict })
    }

    /// The means to judge, oldest first: those of today, and of a day before it where an hour is judged.
    fn means(&self, scene: &Scene<'_>, series: &Series<'_>) -> Vec<(Moment, Value)> {
        let Some(midnight) = scene.midnight(scene.now.date(scene.zone)) else {
            return Vec::new();
        };
        match self.over {
            Period::Day => days(series, midnight),
            Period::Instant
            | Period::Minute
            | Period::FiveMinutes
            | Period::QuarterHour
            | Period::Hour
            | Period::FourHours
            | Period::EightHours => {
                let from = midnight.min(scene.now - Span::hours(6));
                series.means(self.over, from)
            }
        }
    }
}

/// The means of the last calendar day, if enough of its hours are there.
fn days(series: &Series<'_>, midnight: Moment) -> Vec<(Moment, Value)> {
    let hours = series.means(Period::Hour, midnight - Span::hours(24));
    let hours: Vec<Value> = hours
        .iter()
        .filter(|(at, _)| *at <= midnight)
        .map(|(_, value)| *value)
        .collect();
    let mean = mean(hours.iter().copied()).filter(|_| hours.len() >= DAY);
    mean.map(|mean| (midnight, mean)).into_iter().collect()
}
