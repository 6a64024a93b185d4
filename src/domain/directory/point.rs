//! Points: what is measured or watched at one place.

use crate::domain::directory::register::Keyed;
use crate::domain::id::{EnterpriseId, PointId, TownshipId};
use crate::domain::place::Place;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::text::Clean;
use crate::domain::water::Class;
use chrono::NaiveDate;

/// What kind of thing is measured at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointKind {
    /// An air station.
    Air,
    /// A cell of an air-quality model: shown, never taken for a station.
    Model,
    /// A river section or water station.
    Water,
    /// A camera on a tower.
    Camera,
    /// The power meter of a production line (生产用电).
    Production,
    /// The power meter of a treatment facility (治污用电).
    Treatment,
    /// A monitored emission point (排污监控点位): a stack or a waste-water outlet of an enterprise.
    Emission,
    /// A construction site or a mine (工地、矿山).
    Site,
    /// An electronic fence or boundary post of source water (电子围栏、界桩).
    Fence,
    /// An outlet into the sea or a river (排口).
    Outlet,
    /// A reservoir or another drinking-water source (水库、水源地).
    Reservoir,
    /// Anything else.
    Other,
}

/// One row a kind of point: its key in configuration and JSON.
pub const POINT_KINDS: &[(PointKind, &str)] = &[
    (PointKind::Air, "air"),
    (PointKind::Model, "model"),
    (PointKind::Water, "water"),
    (PointKind::Camera, "camera"),
    (PointKind::Production, "production"),
    (PointKind::Treatment, "treatment"),
    (PointKind::Emission, "emission"),
    (PointKind::Site, "site"),
    (PointKind::Fence, "fence"),
    (PointKind::Outlet, "outlet"),
    (PointKind::Reservoir, "reservoir"),
    (PointKind::Other, "other"),
];

impl PointKind {
    /// The key in configuration and JSON.
    pub fn key(self) -> &'static str {
        POINT_KINDS
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        POINT_KINDS.iter().find(|row| row.1 == key).map(|row| row.0)
    }

    /// A power meter of either side.
    pub fn is_meter(self) -> bool {
        matches!(self, Self::Production | Self::Treatment)
    }
}

/// A point (点位).
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The upstream's own code.
    pub id: PointId,
    /// What people call it.
    pub name: Clean,
    /// What is measured there.
    pub kind: PointKind,
    /// Where, if known.
    pub place: Option<Place>,
    /// The township it stands in, if known.
    pub township: Option<TownshipId>,
    /// A background site (对照点): shown, left out of the unit's mean.
    pub background: bool,
    /// The enterprise it belongs to.
    pub owner: Option<EnterpriseId>,
    /// The other half: the treatment meter of a production meter, the production meter of a treatment meter.
    pub pair: Option<PointId>,
    /// What is permitted there: one limit a quantity, in its canonical unit.
    pub limits: Vec<(Quantity, Value)>,
    /// The local day from which its limits hold; `None`: always.
    pub limits_since: Option<NaiveDate>,
    /// Full scale of its instruments (量程): one a quantity, in its canonical unit.
    pub ranges: Vec<(Quantity, Value)>,
    /// The class of water it must reach (目标水质).
    pub class: Option<Class>,
    /// A drinking-water source.
    pub drinking: bool,
    /// The next sections upstream; several where waters meet.
    pub upstream: Vec<PointId>,
    /// What the bearing of a camera is counted from, in degrees clockwise from north.
    pub heading: Option<f64>,
    /// How far a camera sees, in metres.
    pub reach_m: Option<f64>,
    /// The radius of a fence, a protection zone or a site, in metres.
    pub radius_m: Option<f64>,
}

impl Point {
    /// A point of which only this is known.
    pub fn new(id: PointId, name: Clean, kind: PointKind) -> Self {
        Self {
            id,
            name,
            kind,
            place: None,
            township: None,
            background: false,
            owner: None,
            pair: None,
            limits: Vec::new(),
            limits_since: None,
            ranges: Vec::new(),
            class: None,
            drinking: false,
            upstream: Vec::new(),
            heading: None,
            reach_m: None,
            radius_m: None,
        }
    }

    /// What is permitted of a quantity there.
    pub fn limit(&self, of: Quantity) -> Option<Value> {
        self.limits.iter().find(|row| row.0 == of).map(|row| row.1)
    }

    /// Full scale of the instrument that measures a quantity there.
    pub fn range(&self, of: Quantity) -> Option<Value> {
        self.ranges.iter().find(|row| row.0 == of).map(|row| row.1)
    }
}

impl Keyed for Point {
    type Key = PointId;

    fn key(&self) -> &PointId {
        &self.id
    }
}
