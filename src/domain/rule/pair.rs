//! `pair`: production runs while its treatment does not (产污设备开、治污设备停), by their two power meters.
//!
//! A declared stop explains it; when that has ended the time counts from its end.

use crate::domain::air::Norm;
use crate::domain::declared::STAY;
use crate::domain::directory::{Point, PointKind};
use crate::domain::fact::declared::DeclaredKind;
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{Condition, Judge, Kind, RuleSetting, Scene, at_point, proposed, shown};
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::{Moment, Span};
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "pair",
    says: "Production runs while its treatment does not.",
    thresholds: thresholds! {
        needed runs: ValueKind::Value, "From which load production runs, in kW.";
        needed idle: ValueKind::Value, "Below which load treatment does not, in kW.";
        needed lasts: ValueKind::SPAN, "For how long both are so: `10m`.";
    },
    make: |given| {
        Ok(Arc::new(Pair {
            runs: given.value("runs")?,
            idle: given.value("idle")?,
            lasts: given.span("lasts")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Pair {
    runs: Value,
    idle: Value,
    lasts: Span,
}

/// MTR-TREAT-OFF.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Pair {
        runs: Value::whole(5),
        idle: Value::whole(1),
        lasts: Span::mins(10),
    };
    vec![proposed("MTR-TREAT-OFF", test, "≥ 5 kW, < 1 kW, 10 min")]
}

impl Judge for Pair {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for point in scene.of_kind(&[PointKind::Production]) {
            let stopped = stopped_until(scene, &point.id);
            let load = |id: &PointId| {
                let series = scene.series(id, Quantity::Power)?;
                let series = match stopped {
                    Some(end) => series.since(end),
                    None => series,
                };
                series.is_fresh(scene.now).then_some(series)
            };
            let Some(treatment) = &point.pair else { continue };
            let (Some(made), Some(treated)) = (load(&point.id), load(treatment)) else {
                continue;
            };
            if let Some(condition) = self.judge_one(code, scene, point, (treatment, made, treated)) {
                out.push(condition);
            }
        }
    }
}

impl Pair {
    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        point: &Point,
        (treatment, made, treated): (&PointId, Series<'_>, Series<'_>),
    ) -> Option<Condition> {
        // The two meters need not report at the same moment: a little more than the time itself is looked at.
        let enough = Span::from_ms(self.lasts.ms() + Span::mins(30).ms());
        let id = at_point(code, &point.id);
        let runs = made.run(enough, |load| load >= self.runs);
        let idle = treated.run(enough, |load| load < self.idle);
        let (Some(runs), Some(idle)) = (runs, idle) else {
            return Some(Condition { id, verdict: None });
        };
        // Not long enough yet: neither begun nor ended.
        let both = runs.and(idle).filter(|both| both.lasted() >= self.lasts)?;
        let newest = |series: &Series<'_>| series.last().map_or(String::new(), |(_, v)| kilowatts(v));
        let title = format!(
            "{} {} · {} {}",
            scene.name(&point.id),
            newest(&made),
            scene.name(treatment),
            newest(&treated)
        );
        let mut cause = scene.cause(code, Severity::Orange, &point.id, &title, both.began);
        let past = treated.after(both.until - Span::hours(3));
        cause.evidence = scene.evidence(treatment, Quantity::Power, &past, Some(self.idle));
        let verdict = Some(cause);
        Some(Condition { id, verdict })
    }
}

/// When the last declared stop of a point that is over ended.
fn stopped_until(scene: &Scene<'_>, point: &PointId) -> Option<Moment> {
    let marks = scene.marks(point, (scene.now - STAY, scene.now));
    let stops = marks.iter().filter(|mark| mark.kind == DeclaredKind::Stop);
    stops.map(|mark| mark.until).filter(|end| *end <= scene.now).max()
}

fn kilowatts(load: Value) -> String {
    shown(Quantity::Power, load)
}
