//! Rules: readings and sources' health → alarm conditions. One file a rule, one row in [`RULES`]: its key, its thresholds as
//! data, its test, and the rules of its kind that are in force where the configuration says nothing else.
//!
//! Pure and without memory: what a rule needs of the past it reads from the trends of two days. A subject that cannot
//! be judged now (no fresh data) gets no condition, so that an alarm neither begins nor ends for want of data.
//! Called by the desk after every poll and every beat. Titles are figures and names; their words are in `lang`.

mod class;
mod clip;
mod constant;
mod curtail;
mod flat;
mod jump;
mod level;
mod limit;
mod near_limit;
mod night;
mod pair;
mod ripple;
mod rolling;
mod running;
mod silence;
mod spike;
mod stale;
mod surge;

use crate::domain::air::{Norm, Pollutant};
use crate::domain::directory::{Point, PointKind};
use crate::domain::fact::alarm::Cause;
use crate::domain::id::{AlarmId, PointId};
use crate::domain::playbook::{Origin, Provenance};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::text::Clean;
use crate::domain::threshold::{Amounts, Threshold, Wrong};
use crate::domain::time::{Moment, Span};
use chrono::NaiveDate;
use std::sync::Arc;

pub use crate::domain::scene::Scene;
use crate::domain::scene::series::Series;

/// What a rule says of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The alarm it is about: `code/point` or `code/point/quantity`.
    pub id: AlarmId,
    /// Why the condition holds; `None` where it does not.
    pub verdict: Option<Cause>,
}

/// A rule in force with its thresholds.
#[derive(Clone, Debug)]
pub struct RuleSetting {
    /// The code of its alarm in the catalogue; also its key in the configuration.
    pub code: Clean,
    /// What it tests, with its thresholds.
    pub test: Arc<dyn Judge>,
    /// The local day from which it is in force; what was before is not held against anybody. `None`: always.
    pub from: Option<NaiveDate>,
    /// Who says so.
    pub provenance: Provenance,
}

/// Alike are two that say the same of themselves: a test shows all its thresholds.
impl PartialEq for RuleSetting {
    fn eq(&self, other: &Self) -> bool {
        let said = |own: &Self| format!("{:?}", own.test);
        (&self.code, self.from, &self.provenance) == (&other.code, other.from, &other.provenance)
            && said(self) == said(other)
    }
}

/// A test with its thresholds.
pub trait Judge: std::fmt::Debug + Send + Sync {
    /// Says of each subject that can be judged now whether the condition of `code` holds.
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>);

    /// Whether its subjects are the sources themselves, not what they bring: with a source goes what was said of it.
    fn is_of_sources(&self) -> bool {
        false
    }
}

/// One kind of rule.
#[derive(Debug)]
pub struct Kind {
    /// The name of its table within a `[[rule]]`.
    pub key: &'static str,
    /// What it tests, for people who write a configuration.
    pub says: &'static str,
    /// What it wants to know.
    pub thresholds: &'static [Threshold],
    /// Makes its test of what was given, each within its bounds.
    pub make: fn(&Amounts) -> Result<Arc<dyn Judge>, Wrong>,
    /// The rules of this kind that are in force where the configuration says nothing else (loops, part 4.3).
    standard: fn(Norm) -> Vec<RuleSetting>,
}

/// Every kind of rule, one row each, in the order in which they are judged.
pub const RULES: &[Kind] = &[
    level::KIND,
    stale::KIND,
    silence::KIND,
    jump::KIND,
    flat::KIND,
    pair::KIND,
    night::KIND,
    curtail::KIND,
    limit::KIND,
    class::KIND,
    rolling::KIND,
    surge::KIND,
    constant::KIND,
    ripple::KIND,
    spike::KIND,
    clip::KIND,
    near_limit::KIND,
    running::KIND,
];

/// The rules in force where the configuration says nothing else, in a room that judges its air by `norm`.
pub fn standard(norm: Norm) -> Vec<RuleSetting> {
    RULES.iter().flat_map(|kind| (kind.standard)(norm)).collect()
}

/// Judges every rule in force.
pub fn judge(settings: &[RuleSetting], scene: &Scene<'_>) -> Vec<Condition> {
    let mut out = Vec::new();
    for RuleSetting { code, test, from, .. } in settings {
        let scene = &scene.from_day(*from);
        test.judge(code, scene, &mut out);
    }
    out
}

/// A rule that this program proposes.
fn proposed(code: &str, test: impl Judge + 'static, text: &str) -> RuleSetting {
    setting(code, test, (Origin::Default, text))
}

fn setting(code: &str, test: impl Judge + 'static, (origin, text): (Origin, &str)) -> RuleSetting {
    RuleSetting {
        code: Clean::new(code),
        test: Arc::new(test),
        from: None,
        provenance: Provenance {
            origin,
            text: text.into(),
        },
    }
}

/// The code of every rule that tells apart how values are made up (弄虚作假); its parts, told apart by their names, are
/// alarms of their own.
const FAKE: &str = "SRC-FAKE";

/// What emission points and outlets are there for: the concentrations that have limits and can be made up.
const EMITTED: &[Quantity] = &[
    Quantity::StackNox,
    Quantity::StackSo2,
    Quantity::StackDust,
    Quantity::Cod,
    Quantity::Ammonia,
    Quantity::TotalPhosphorus,
    Quantity::TotalNitrogen,
];

/// What a quantity is called in a title, the same in every language: its symbol.
fn symbol(quantity: Quantity) -> &'static str {
    if let Some(pollutant) = Pollutant::of(quantity) {
        return pollutant.symbol();
    }
    let row = SYMBOLS.iter().find(|row| row.0 == quantity);
    row.map_or(quantity.key(), |row| row.1)
}

/// What the field writes for quantities that are no pollutants of the air's index, in every language.
const SYMBOLS: &[(Quantity, &str)] = &[
    (Quantity::PublishedIndex, "AQI"),
    (Quantity::Temperature, "T"),
    (Quantity::Humidity, "RH"),
    (Quantity::WindSpeed, "WS"),
    (Quantity::WindFrom, "WD"),
    (Quantity::Pressure, "BP"),
    (Quantity::Rain, "R"),
    (Quantity::Ph, "pH"),
    (Quantity::DissolvedOxygen, "DO"),
    (Quantity::Permanganate, "CODMn"),
    (Quantity::Cod, "COD"),
    (Quantity::Ammonia, "NH3-N"),
    (Quantity::TotalPhosphorus, "TP"),
    (Quantity::TotalNitrogen, "TN"),
    (Quantity::Power, "P"),
    (Quantity::Tsp, "TSP"),
    (Quantity::Noise, "Leq"),
    (Quantity::Sulphate, "SO4"),
    (Quantity::Chloride, "Cl"),
    (Quantity::Nitrate, "NO3-N"),
    (Quantity::Iron, "Fe"),
    (Quantity::Manganese, "Mn"),
    (Quantity::Flow, "Q"),
    (Quantity::StackNox, "NOx"),
    (Quantity::StackSo2, "SO2"),
    (Quantity::StackDust, "PM"),
];

/// A value as people read it, with its unit.
fn shown(quantity: Quantity, value: Value) -> String {
    let (number, unit) = (value.fixed(quantity.decimals()), quantity.unit().symbol());
    format!("{number} {unit}").trim_end().to_owned()
}

/// The concentrations that a point emits, as they were recorded.
fn emitted<'a>(scene: &Scene<'a>, point: &PointId) -> Vec<Series<'a>> {
    let mut all = scene.all_recorded(point);
    all.retain(|series| EMITTED.contains(&series.quantity));
    all
}

/// What `judge` makes of each concentration that a stack or an outlet emits, of those for which the point knows an end: of
/// the instrument's range, or a limit.
fn emitted_within<'a>(
    scene: &Scene<'a>,
    end: impl Fn(&Point, Quantity) -> Option<Value>,
    judge: impl Fn((&'a Point, Value), &Series<'a>) -> Option<Condition>,
) -> Vec<Condition> {
    let mut found = Vec::new();
    for point in scene.of_kind(&[PointKind::Emission, PointKind::Outlet]) {
        for series in emitted(scene, &point.id) {
            let end = end(point, series.quantity);
            found.extend(end.and_then(|end| judge((point, end), &series)));
        }
    }
    found
}

/// The alarm of `code` about one quantity at a point.
fn of_quantity(code: &Clean, point: &PointId, quantity: Quantity) -> AlarmId {
    AlarmId::new(&format!("{code}/{point}/{}", quantity.key()))
}

/// The alarm of `code` at a point.
fn at_point(code: &Clean, point: &PointId) -> AlarmId {
    AlarmId::new(&format!("{code}/{point}"))
}

/// The alarm of one way of making values up, of one quantity at a point.
fn faked(code: &Clean, point: &PointId, (quantity, way): (Quantity, &str)) -> AlarmId {
    AlarmId::new(&format!("{code}/{point}/{}/{way}", quantity.key()))
}

/// So many per cent of a value.
fn percent(value: Value, percent: i64) -> Value {
    value.scale(percent, 100).unwrap_or(value)
}

/// The last `hours` items if they follow each other hour by hour, newest last.
fn last_hours(series: &[(Moment, Value)], hours: usize) -> Option<&[(Moment, Value)]> {
    let items = series.get(series.len().checked_sub(hours)?..)?;
    let hourly = items
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if b.0 - a.0 == Span::hours(1)));
    (hourly && !items.is_empty()).then_some(items)
}

#[cfg(test)]
mod tests;
