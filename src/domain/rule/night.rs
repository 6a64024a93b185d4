//! `night`: more power by night than by day (夜间用电异常), a sign of production that shuns the day.
//!
//! Loads are compared, not energies: a plant that runs around the clock draws the same by night and by day. Judged in the
//! hours after the night, so that the beats of the day do not read two days of values again and again. A day or a night
//! with a declared stop or a maintenance in it is no measure of the other.

use crate::domain::air::Norm;
use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{Condition, Judge, Kind, RuleSetting, Scene, at_point, percent, proposed, shown};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::{Moment, Span};
use chrono::NaiveTime;
use std::sync::Arc;

/// How long after its end a night is judged.
const JUDGED: Span = Span::hours(2);

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "night",
    says: "More power by night than by day.",
    thresholds: thresholds! {
        needed from: ValueKind::Count(12, 23), "The local hour at which the night begins: 12 to 23.";
        needed until: ValueKind::Count(0, 11), "The local hour at which it ends: 0 to 11.";
        needed percent: ValueKind::Count(100, 10_000), "Above how many per cent of the mean load of the day before.";
        usual(0) least: ValueKind::Value, "Only from this mean load on, in kW.";
        optional except: ValueKind::Points, "Meters that work by night as a rule.";
    },
    make: |given| {
        Ok(Arc::new(Night {
            from: given.count("from")?,
            until: given.count("until")?,
            percent: given.count("percent")?,
            least: given.value("least")?,
            except: given.points("except").unwrap_or_default(),
        }))
    },
    standard,
};

#[derive(Debug)]
struct Night {
    from: u32,
    /// The local hour at which it ends, before noon.
    until: u32,
    percent: i64,
    least: Value,
    /// Meters that work by night as a rule (夜班): never judged.
    except: Vec<PointId>,
}

/// MTR-NIGHT.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Night {
        from: 22,
        until: 6,
        percent: 150,
        least: Value::whole(5),
        except: Vec::new(),
    };
    let text = "22:00–06:00 > 150 % × 06:00–22:00, ≥ 5 kW (株洲 1.5)";
    vec![proposed("MTR-NIGHT", test, text)]
}

impl Judge for Night {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        let Some(end) = self.end(scene).filter(|end| scene.now.age_of(*end) <= JUDGED) else {
            return;
        };
        for point in scene.of_kind(&[PointKind::Production]) {
            if !self.except.contains(&point.id)
                && let Some(condition) = self.judge_one(code, scene, &point.id, end)
            {
                out.push(condition);
            }
        }
    }
}

impl Night {
    fn judge_one(&self, code: &Clean, scene: &Scene<'_>, point: &PointId, end: Moment) -> Option<Condition> {
        let dusk = end - Span::hours(i64::from(24 + self.until) - i64::from(self.from));
        let dawn = end - Span::hours(24);
        let series = scene.series(point, Quantity::Power)?;
        if !scene.is_plain(point, (dawn, end)) {
            return None;
        }
        let night = series.mean(dusk, end)?;
        let day = series.mean(dawn, dusk)?;
        let limit = percent(day, self.percent);
        let verdict = (night > limit && night >= self.least).then(|| {
            let kilowatts = |load| shown(Quantity::Power, load);
            let name = scene.name(point);
            let title = format!("{name} {} > {}", kilowatts(night), kilowatts(limit));
            let mut cause = scene.cause(code, Severity::Blue, point, &title, dusk);
            cause.evidence = scene.evidence(point, Quantity::Power, &series.after(dawn), Some(limit));
            cause
        });
        let id = at_point(code, point);
        Some(Condition { id, verdict })
    }

    /// The end of the last night.
    fn end(&self, scene: &Scene<'_>) -> Option<Moment> {
        let local = scene.now.date(scene.zone);
        let at = local.and_time(NaiveTime::from_hms_opt(self.until, 0, 0)?);
        let end = Moment::from_local(at, scene.zone)?;
        Some(if end > scene.now {
            end - Span::hours(24)
        } else {
            end
        })
    }
}
