//! `running`: declared stopped, but its power or its flow says that it runs (申报停产、实际生产).

use crate::domain::air::Norm;
use crate::domain::directory::{Point, PointKind};
use crate::domain::fact::declared::{DeclaredKind, Mark};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{Condition, FAKE, Judge, Kind, RuleSetting, Scene, faked, proposed, shown, symbol};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::Span;
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "running",
    says: "Declared stopped, but it runs.",
    thresholds: thresholds! {
        needed load: ValueKind::Value, "From which load production runs, in kW.";
        needed flow: ValueKind::Value, "From which flow something is discharged, in m³/h.";
        needed lasts: ValueKind::SPAN, "For how long: `30m`.";
        needed grace: ValueKind::SPAN, "How long after the declared beginning a plant may take to stop: `1h`.";
    },
    make: |given| {
        Ok(Arc::new(Running {
            load: given.value("load")?,
            flow: given.value("flow")?,
            lasts: given.span("lasts")?,
            grace: given.span("grace")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Running {
    load: Value,
    flow: Value,
    lasts: Span,
    grace: Span,
}

/// SRC-FAKE.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Running {
        load: Value::whole(5),
        flow: Value::whole(1),
        lasts: Span::mins(30),
        grace: Span::hours(1),
    };
    let text = "≥ 5 kW, ≥ 1 m³/h, 30 min, +1 h";
    vec![proposed(FAKE, test, text)]
}

impl Judge for Running {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        let kinds = [PointKind::Production, PointKind::Emission, PointKind::Outlet];
        for point in scene.of_kind(&kinds) {
            let (quantity, line) = if point.kind == PointKind::Production {
                (Quantity::Power, self.load)
            } else {
                (Quantity::Flow, self.flow)
            };
            let marks = scene.marks(&point.id, (scene.now - Span::from_ms(1), scene.now));
            let stop = marks.into_iter().find(|mark| mark.kind == DeclaredKind::Stop);
            match stop {
                Some(stop) => out.extend(self.judge_one(code, scene, (point, quantity, line), stop)),
                None => out.push(Condition {
                    id: faked(code, &point.id, (quantity, "running")),
                    verdict: None,
                }),
            }
        }
    }
}

impl Running {
    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        (point, quantity, line): (&Point, Quantity, Value),
        stop: Mark,
    ) -> Option<Condition> {
        let settled = stop.from + self.grace;
        let series = scene.recorded(&point.id, quantity)?.since(settled);
        let id = faked(code, &point.id, (quantity, "running"));
        let (_, newest) = series.last()?;
        let Some(run) = series.run(self.lasts, |value| value >= line) else {
            return Some(Condition { id, verdict: None });
        };
        if run.lasted() < self.lasts {
            return None;
        }
        let name = scene.name(&point.id);
        let title = format!("{name} {} {}", symbol(quantity), shown(quantity, newest));
        let mut cause = scene.cause(code, Severity::Red, &point.id, &title, run.began);
        let past = scene
            .recorded(&point.id, quantity)?
            .after(stop.from - Span::hours(3));
        cause.evidence = scene.evidence(&point.id, quantity, &past, Some(line));
        let verdict = Some(cause);
        Some(Condition { id, verdict })
    }
}
