//! `near_limit`: too many hourly values just below the limit, and none above it (贴限值): chance does not do that.

use crate::domain::air::Norm;
use crate::domain::directory::Point;
use crate::domain::quantity::Value;
use crate::domain::reading::Period;
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
    key: "near_limit",
    says: "Too many values just below the limit.",
    thresholds: thresholds! {
        needed from: ValueKind::Count(50, 100), "«Just below» is from this many per cent of the limit on.";
        needed share: ValueKind::Count(1, 100), "The share, in per cent of all values, from which it is improbable.";
        needed over: ValueKind::TWO_DAYS, "Over how long, at most two days: `48h`.";
        needed least: ValueKind::Count(1, 48), "Of at least how many hours.";
    },
    make: |given| {
        Ok(Arc::new(NearLimit {
            from: given.count("from")?,
            share: given.count("share")?,
            over: given.span("over")?,
            least: given.count("least")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct NearLimit {
    from: i64,
    share: usize,
    over: Span,
    least: usize,
}

/// SRC-FAKE.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = NearLimit {
        from: 95,
        share: 60,
        over: Span::hours(48),
        least: 24,
    };
    vec![proposed(FAKE, test, "60 % ≥ 95 %, 48 h, ≥ 24")]
}

impl Judge for NearLimit {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        out.extend(emitted_within(scene, Point::limit, |of, series| {
            self.judge_one(code, scene, of, series)
        }));
    }
}

impl NearLimit {
    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        (point, limit): (&Point, Value),
        series: &Series<'_>,
    ) -> Option<Condition> {
        let hours = series.means(Period::Hour, scene.now - self.over);
        let (first, last) = (hours.first()?, hours.last()?);
        if hours.len() < self.least {
            return None;
        }
        let near = percent(limit, self.from);
        let count = |holds: &dyn Fn(Value) -> bool| hours.iter().filter(|(_, v)| holds(*v)).count();
        let close = count(&|value| near <= value && value <= limit);
        let fits = close * 100 >= hours.len() * self.share && count(&|value| value > limit) == 0;
        if fits && !scene.is_plain(&point.id, (first.0, last.0)) {
            return None;
        }
        let quantity = series.quantity;
        let verdict = fits.then(|| {
            let name = scene.name(&point.id);
            let (from, to) = (near.fixed(quantity.decimals()), shown(quantity, limit));
            let title = format!("{name} {} {from}–{to} {close}/{}", symbol(quantity), hours.len());
            let mut cause = scene.cause(code, Severity::Red, &point.id, &title, first.0);
            cause.evidence = scene.evidence(&point.id, quantity, &hours, Some(limit));
            cause
        });
        let id = faked(code, &point.id, (quantity, "near_limit"));
        Some(Condition { id, verdict })
    }
}
