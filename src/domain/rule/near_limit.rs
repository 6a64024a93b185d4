//! `near_limit`: too many hourly values just below the limit, and none above it (贴限值): chance does not do that.

use crate::domain::directory::Point;
use crate::domain::quantity::Value;
use crate::domain::reading::Period;
use crate::domain::rule::{
    Condition, FAKE, RuleSetting, Scene, Test, emitted_within, faked, percent, proposed, shown, symbol,
};
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Span;

/// Thresholds of `near_limit`.
#[derive(Clone, Debug, PartialEq)]
pub struct NearLimit {
    /// «Just below» is from this many per cent of the limit on.
    pub from: i64,
    /// The share, in per cent of all values, from which it is improbable.
    pub share: usize,
    /// Over how long, at most two days.
    pub over: Span,
    /// Of at least how many hours.
    pub least: usize,
}

/// SRC-FAKE.
pub(super) fn standard() -> Vec<RuleSetting> {
    let test = NearLimit {
        from: 95,
        share: 60,
        over: Span::hours(48),
        least: 24,
    };
    vec![proposed(FAKE, Test::NearLimit(test), "60 % ≥ 95 %, 48 h, ≥ 24")]
}

impl NearLimit {
    pub(super) fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        out.extend(emitted_within(scene, Point::limit, |of, series| {
            self.judge_one(code, scene, of, series)
        }));
    }

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
