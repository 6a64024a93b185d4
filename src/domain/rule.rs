//! Rules: readings and sources' health → alarm conditions. One file a rule, one variant of [`Test`], defaults in [`standard`].
//!
//! Pure and without memory: what a rule needs of the past it reads from the trends of two days. A subject that cannot
//! be judged now (no fresh data) gets no condition, so that an alarm neither begins nor ends for want of data.
//! Called by the desk after every poll and every beat. Titles are figures and names; their words are in `lang`.

pub mod flat;
pub mod jump;
pub mod level;
pub mod silence;
pub mod stale;

use crate::domain::air::Pollutant;
use crate::domain::alarm::Cause;
use crate::domain::directory::Point;
use crate::domain::directory::PointKind;
use crate::domain::feed::Feed;
use crate::domain::id::AlarmId;
use crate::domain::id::PointId;
use crate::domain::id::SourceId;
use crate::domain::playbook::Origin;
use crate::domain::playbook::Provenance;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use imbl::OrdMap;
use imbl::Vector;

/// Hours of data older than this say nothing about now.
const FRESH: Span = Span::hours(3);

/// What rules judge.
pub struct Scene<'a> {
    /// The moment it is judged at.
    pub now: Moment,
    /// Every point known.
    pub points: &'a OrdMap<PointId, Point>,
    /// Sources with their health.
    pub feeds: &'a OrdMap<SourceId, Feed>,
    /// Usable values of two days, oldest first.
    pub trends: &'a OrdMap<(PointId, Quantity, Period), Vector<(Moment, Value)>>,
    /// Hourly indices of two days, oldest first.
    pub indices: &'a OrdMap<PointId, Vector<(Moment, Option<u16>)>>,
    /// The newest reading of each series.
    pub latest: &'a OrdMap<(PointId, Quantity, Period), Reading>,
}

/// What a rule says of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The alarm it is about: `code/point` or `code/point/quantity`.
    pub id: AlarmId,
    /// Why the condition holds; `None` where it does not.
    pub verdict: Option<Cause>,
}

/// A rule in force with its thresholds.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSetting {
    /// The code of its alarm in the catalogue; also its key in the configuration.
    pub code: Clean,
    /// What it tests, with its thresholds.
    pub test: Test,
    /// Who says so.
    pub provenance: Provenance,
}

/// The tests there are.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A value, or the index, at or above steps for some hours.
    Level(level::Level),
    /// A value far above the median of the other points.
    Jump(jump::Jump),
    /// The same value for hours.
    Flat(flat::Flat),
    /// A point that no longer reports while its source does.
    Stale(stale::Stale),
    /// A source that is late or fails.
    Silence(silence::Silence),
}

/// The rules in force where the configuration says nothing else (loops, part 4.3).
pub fn standard() -> Vec<RuleSetting> {
    let rule = |code: &str, test: Test, text: &str| RuleSetting {
        code: Clean::new(code),
        test,
        provenance: Provenance {
            origin: Origin::Default,
            text: text.into(),
        },
    };
    let steps = [
        (150, Severity::Orange),
        (100, Severity::Yellow),
        (200, Severity::Red),
    ];
    let steps = steps
        .map(|(index, severity)| (Value::whole(index), severity))
        .to_vec();
    let mut rules = vec![
        rule(
            "AIR-AQI",
            Test::Level(level::Level {
                of: None,
                steps,
                hours: 2,
            }),
            "AQI > 100/150/200, 2 h",
        ),
        rule("AIR-STALE", Test::Stale(stale::Stale { after: FRESH }), "3 h"),
        rule(
            "SYS-SRC",
            Test::Silence(silence::Silence { failures: 2 }),
            "2 polls, or 3 intervals",
        ),
    ];
    for quantity in [Quantity::Pm25, Quantity::Pm10] {
        let test = jump::Jump {
            of: quantity,
            percent: 50,
            least: Value::whole(30),
        };
        rules.push(rule("AIR-JUMP", Test::Jump(test), "+50 %, +30 µg/m³"));
    }
    for quantity in [Quantity::Pm25, Quantity::Pm10, Quantity::O3, Quantity::No2] {
        let test = flat::Flat {
            of: quantity,
            hours: 4,
            above: Value::whole(5),
        };
        rules.push(rule("AIR-FLAT", Test::Flat(test), "4 h"));
    }
    rules
}

/// Judges every rule in force.
pub fn judge(settings: &[RuleSetting], scene: &Scene<'_>) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for RuleSetting { code, test, .. } in settings {
        match test {
            Test::Level(test) => test.judge(code, scene, &mut conditions),
            Test::Jump(test) => test.judge(code, scene, &mut conditions),
            Test::Flat(test) => test.judge(code, scene, &mut conditions),
            Test::Stale(test) => test.judge(code, scene, &mut conditions),
            Test::Silence(test) => test.judge(code, scene, &mut conditions),
        }
    }
    conditions
}

impl Scene<'_> {
    /// Points that are measured (never a model's), with their series of `quantity`, where the newest value is fresh.
    fn measured(&self, quantity: Quantity) -> impl Iterator<Item = (&PointId, &Vector<(Moment, Value)>)> {
        self.trends
            .iter()
            .filter(move |((point, q, period), _)| {
                *q == quantity && *period == Period::Hour && self.is_measured(point)
            })
            .filter(|(_, series)| self.is_fresh(series.last().map(|(at, _)| *at)))
            .map(|((point, ..), series)| (point, series))
    }

    fn is_measured(&self, point: &PointId) -> bool {
        self.points.get(point).is_none_or(|p| p.kind != PointKind::Model)
    }

    fn is_fresh(&self, newest: Option<Moment>) -> bool {
        newest.is_some_and(|at| self.now.age_of(at) <= FRESH)
    }

    /// The name people know a point by.
    fn name(&self, point: &PointId) -> String {
        let named = self
            .points
            .get(point)
            .map(|p| p.name.as_str())
            .filter(|name| !name.is_empty());
        named.unwrap_or(point.as_str()).to_owned()
    }

    /// A cause about a point, with its place and township.
    fn cause(&self, code: &Clean, severity: Severity, point: &PointId, title: &str, began: Moment) -> Cause {
        let known = self.points.get(point);
        Cause {
            code: code.clone(),
            severity,
            title: Clean::new(title),
            detail: Clean::default(),
            source: None,
            point: Some(point.clone()),
            place: known.and_then(|p| p.place),
            bearing: None,
            township: known.and_then(|p| p.township.clone()),
            township_guessed: false,
            began,
            ends: None,
        }
    }
}

/// What a quantity is called in a title, the same in every language: its symbol where it has one, else its key.
fn symbol(quantity: Quantity) -> &'static str {
    Pollutant::of(quantity).map_or(quantity.key(), Pollutant::symbol)
}

/// The last `hours` items if they follow each other hour by hour, newest last.
fn last_hours<T: Clone>(series: &Vector<(Moment, T)>, hours: usize) -> Option<Vec<(Moment, T)>> {
    let skip = series.len().checked_sub(hours)?;
    let items: Vec<(Moment, T)> = series.iter().skip(skip).cloned().collect();
    let hourly = items
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if b.0 - a.0 == Span::hours(1)));
    (hourly && !items.is_empty()).then_some(items)
}

#[cfg(test)]
mod tests;
