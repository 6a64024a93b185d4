//! A goal held against live data: what the sections say now of a figure that somebody typed. A figure that nothing bears
//! out is not verified; one that the data contradict is said to be so. Those that did not answer are counted.

use crate::domain::directory::{Point, PointKind};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::section;
use crate::domain::section::Latest;
use crate::domain::target::Goal;
use crate::domain::target::need::Share;
use crate::domain::time::Moment;
use crate::domain::water::Class;
use imbl::OrdMap;

/// Where the live data stand.
#[derive(Clone, Copy, Debug)]
pub struct LiveData<'a> {
    /// Every point known.
    pub points: &'a OrdMap<PointId, Point>,
    /// Their newest readings.
    pub latest: &'a Latest,
    /// Now.
    pub now: Moment,
}

/// Which live data a goal is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Live {
    /// Nobody has said: a typed figure stays unverified.
    #[default]
    Unsaid,
    /// Nothing measures it: a typed figure is all there is.
    Nothing,
    /// Sections that reach the class wanted of each.
    Sections(Vec<PointId>),
    /// Sections of class Ⅲ or better (优良).
    Good(Vec<PointId>),
    /// Drinking-water sources that reach class Ⅲ.
    Sources(Vec<PointId>),
    /// The newest value of a quantity at points: their worst counts.
    Value(Vec<PointId>, Quantity),
}

/// What the live data come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveFigure {
    /// So many of so many.
    Share(Share),
    /// A value, of so many points of so many that should have one.
    Value {
        /// The worst of them; `None` while none answers.
        value: Option<Value>,
        /// Points that answered.
        judged: u32,
        /// Points that should have.
        total: u32,
    },
}

/// Whether live data bear a goal out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// They meet it, whatever the silent ones would say.
    Meets,
    /// They miss it, whatever the silent ones would say.
    Misses,
    /// Too few answer.
    Undecided,
}

impl Live {
    /// What the live data of `sight` come to for `goal`; `None` where no live data belong to it.
    pub fn hold(&self, goal: Goal, sight: &LiveData<'_>) -> Option<LiveFigure> {
        let reaches = |point: &Point, wanted: Option<Class>| {
            let found = section::judged(point, sight.latest, sight.now)?;
            found.class()?;
            found.assessment.reaches(wanted?)
        };
        let share = |ids: &[PointId], fits: fn(&Point) -> bool, wanted: fn(&Point) -> Option<Class>| {
            let points = of(sight, ids, fits);
            let said: Vec<bool> = points
                .iter()
                .filter_map(|point| reaches(point, wanted(point)))
                .collect();
            LiveFigure::Share(Share {
                goal,
                // One that is named and unknown is silent too.
                total: points.len().max(ids.len()) as u32,
                reaching: said.iter().filter(|reaches| **reaches).count() as u32,
                judged: said.len() as u32,
            })
        };
        let held = match self {
            Self::Unsaid | Self::Nothing => return None,
            Self::Sections(ids) => {
                let bound = |point: &Point| point.kind == PointKind::Water && point.class.is_some();
                share(ids, bound, |point| point.class)
            }
            Self::Good(ids) => share(
                ids,
                |point| point.kind == PointKind::Water,
                |_| Some(Class::Three),
            ),
            Self::Sources(ids) => share(ids, is_source, |_| Some(Class::Three)),
            Self::Value(ids, quantity) => {
                let points = of(sight, ids, |_| true);
                let values = points
                    .iter()
                    .filter_map(|point| newest(sight, &point.id, *quantity));
                let values: Vec<Value> = values.collect();
                let worst = if goal.upwards() {
                    values.iter().min()
                } else {
                    values.iter().max()
                };
                LiveFigure::Value {
                    value: worst.copied(),
                    judged: values.len() as u32,
                    total: ids.len() as u32,
                }
            }
        };
        Some(held)
    }
}

/// A drinking-water source with a station of its own.
fn is_source(point: &Point) -> bool {
    point.drinking && matches!(point.kind, PointKind::Water | PointKind::Reservoir)
}

/// The points named, or all that fit where none is.
fn of<'a>(sight: &LiveData<'a>, ids: &[PointId], fits: fn(&Point) -> bool) -> Vec<&'a Point> {
    if ids.is_empty() {
        return sight.points.values().filter(|point| fits(point)).collect();
    }
    ids.iter().filter_map(|id| sight.points.get(id)).collect()
}

/// The newest current value of a quantity at a point.
fn newest(sight: &LiveData<'_>, point: &PointId, quantity: Quantity) -> Option<Value> {
    let periods = crate::domain::reading::PERIODS.iter();
    let readings = periods.filter_map(|row| sight.latest.get(&(point.clone(), quantity, row.0)));
    let newest = readings.max_by_key(|reading| reading.at)?;
    let current = newest.at <= sight.now && sight.now.age_of(newest.at) <= section::CURRENT;
    newest.usable().filter(|_| current)
}

impl LiveFigure {
    /// Whether the goal is borne out; `percent` where it is a share in per cent, else a count.
    pub fn bearing(&self, goal: Goal, percent: bool) -> Bearing {
        match self {
            Self::Share(share) => {
                let most = share.reaching + share.total.saturating_sub(share.judged);
                let meets = |count: u32| {
                    if percent {
                        share.needed().is_some_and(|needed| count >= needed)
                    } else {
                        goal.met(Value::whole(count.into()))
                    }
                };
                match (meets(share.reaching), meets(most)) {
                    _ if share.total == 0 || percent && share.needed().is_none() => Bearing::Undecided,
                    (true, _) => Bearing::Meets,
                    (false, true) => Bearing::Undecided,
                    (false, false) => Bearing::Misses,
                }
            }
            Self::Value { value, judged, total } => match value {
                Some(value) if !goal.met(*value) => Bearing::Misses,
                Some(_) if judged == total => Bearing::Meets,
                Some(_) | None => Bearing::Undecided,
            },
        }
    }
}
