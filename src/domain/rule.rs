//! Rules: readings and sources' health → alarm conditions. One file a rule, one row in [`RULES`].
//!
//! Pure and without memory: what a rule needs of the past it reads from the trends of two days. Called by the desk
//! after every poll and every beat.

use crate::domain::alarm::Cause;
use crate::domain::directory::Point;
use crate::domain::feed::Feed;
use crate::domain::id::AlarmId;
use crate::domain::id::PointId;
use crate::domain::id::SourceId;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::time::Moment;
use imbl::OrdMap;
use imbl::Vector;

/// What rules judge.
pub struct Scene<'a> {
    /// The moment it is judged at.
    pub now: Moment,
    /// Every point known.
    pub points: &'a OrdMap<PointId, Point>,
    /// Sources with their health.
    pub feeds: &'a OrdMap<SourceId, Feed>,
    /// Hourly values of two days, oldest first.
    pub trends: &'a OrdMap<(PointId, Quantity), Vector<(Moment, Value)>>,
    /// Hourly indices of two days, oldest first.
    pub indices: &'a OrdMap<PointId, Vector<(Moment, Option<u16>)>>,
    /// The newest reading of each series.
    pub latest: &'a OrdMap<(PointId, Quantity, Period), Reading>,
}

/// What a rule says of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The alarm it is about: `rule/point` or `rule/point/quantity`.
    pub id: AlarmId,
    /// Why the condition holds; `None` where it does not.
    pub verdict: Option<Cause>,
}

/// A rule in force with its thresholds.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSetting {
    /// A key of [`RULES`].
    pub rule: &'static str,
}

/// Judges every rule in force.
pub fn judge(settings: &[RuleSetting], scene: &Scene<'_>) -> Vec<Condition> {
    let _ = (settings, scene.now);
    Vec::new()
}
