//! `ripple`: values that move, but hardly: for hours within a narrow band of the instrument's range (量程 ±2 % 内波动).
//!
//! One of the known signs of made-up data. Values near nothing are left alone: a clean stack hardly moves either.

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

/// Fewer values than this show no band.
const FEWEST: usize = 8;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "ripple",
    says: "Values that hardly move within the instrument's range.",
    thresholds: thresholds! {
        needed percent: ValueKind::Count(1, 50), "Half the band, in per cent of the range.";
        needed lasts: ValueKind::TWO_DAYS, "For how long, at most two days: `12h`.";
        needed from: ValueKind::Count(0, 100), "Only from this many per cent of the range on.";
    },
    make: |given| {
        Ok(Arc::new(Ripple {
            percent: given.count("percent")?,
            lasts: given.span("lasts")?,
            from: given.count("from")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Ripple {
    percent: i64,
    lasts: Span,
    from: i64,
}

/// SRC-FAKE.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Ripple {
        percent: 2,
        lasts: Span::hours(12),
        from: 20,
    };
    vec![proposed(FAKE, test, "±2 %, 12 h, ≥ 20 %")]
}

impl Judge for Ripple {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        out.extend(emitted_within(scene, Point::range, |of, series| {
            self.judge_one(code, scene, of, series)
        }));
    }
}

impl Ripple {
    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        (point, range): (&Point, Value),
        series: &Series<'_>,
    ) -> Option<Condition> {
        let (until, newest) = series.last()?;
        let from = until - self.lasts;
        let mean = series.mean(from, until)?;
        let values = series.after(from);
        let least = values.iter().map(|(_, value)| *value).min().unwrap_or(newest);
        let most = values.iter().map(|(_, value)| *value).max().unwrap_or(newest);
        let spread = Value::from_micro(most.micro() - least.micro());
        let narrow = spread <= percent(range, 2 * self.percent) && mean >= percent(range, self.from);
        // The very same value is another matter.
        let stuck = narrow && least < most && values.len() >= FEWEST;
        if stuck && !scene.is_plain(&point.id, (from, until)) {
            return None;
        }
        let quantity = series.quantity;
        let verdict = stuck.then(|| {
            let name = scene.name(&point.id);
            let (least, most) = (least.fixed(quantity.decimals()), shown(quantity, most));
            let hours = self.lasts.as_mins() / 60;
            let title = format!("{name} {} {least}–{most}, {hours} h", symbol(quantity));
            let mut cause = scene.cause(code, Severity::Red, &point.id, &title, from);
            cause.evidence = scene.evidence(&point.id, quantity, &values, point.limit(quantity));
            cause
        });
        let id = faked(code, &point.id, (quantity, "ripple"));
        Some(Condition { id, verdict })
    }
}
