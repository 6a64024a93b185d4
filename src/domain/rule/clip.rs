//! `clip`: values pinned to the end of the instrument's range (满量程): what is above is not seen, or not meant to be.

use crate::domain::air::Norm;
use crate::domain::directory::Point;
use crate::domain::quantity::Value;
use crate::domain::rule::{
    Condition, FAKE, Judge, Kind, RuleSetting, Scene, emitted_within, faked, percent, proposed, shown, symbol,
};
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::Span;
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "clip",
    says: "Values at the end of the instrument's range.",
    thresholds: thresholds! {
        needed percent: ValueKind::Count(50, 100), "From how many per cent of the range on.";
        needed lasts: ValueKind::SPAN, "For how long: `1h`.";
    },
    make: |given| {
        Ok(Arc::new(Clip {
            percent: given.count("percent")?,
            lasts: given.span("lasts")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Clip {
    percent: i64,
    lasts: Span,
}

/// SRC-FAKE.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Clip {
        percent: 99,
        lasts: Span::hours(1),
    };
    vec![proposed(FAKE, test, "≥ 99 %, 1 h")]
}

impl Judge for Clip {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        out.extend(emitted_within(scene, Point::range, |of, series| {
            self.judge_one(code, scene, of, series)
        }));
    }
}

impl Clip {
    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        (point, range): (&Point, Value),
        series: &Series<'_>,
    ) -> Option<Condition> {
        let (quantity, end) = (series.quantity, percent(range, self.percent));
        let id = faked(code, &point.id, (quantity, "clip"));
        let Some(run) = series.run(self.lasts, |value| value >= end) else {
            return Some(Condition { id, verdict: None });
        };
        if run.lasted() < self.lasts || !scene.is_plain(&point.id, (run.began, run.until)) {
            return None;
        }
        let name = scene.name(&point.id);
        let title = format!("{name} {} ≥ {}", symbol(quantity), shown(quantity, end));
        let mut cause = scene.cause(code, Severity::Red, &point.id, &title, run.began);
        let past = series.after(run.began - Span::hours(6));
        cause.evidence = scene.evidence(&point.id, quantity, &past, Some(range));
        let verdict = Some(cause);
        Some(Condition { id, verdict })
    }
}
