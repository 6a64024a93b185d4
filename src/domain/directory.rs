//! The directory: the county's places, points, townships, units and contacts, as configuration gives them.

use crate::domain::id::ChannelId;
use crate::domain::id::PointId;
use crate::domain::id::TownshipId;
use crate::domain::id::UnitId;
use crate::domain::place::Place;
use crate::domain::place::Ring;
use crate::domain::text::Clean;

/// Everything the room knows about its county beforehand. Never changes while a process runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directory {
    /// The county's name (余姚).
    pub county: Clean,
    /// Its boundary on WGS 84; empty if not configured.
    pub boundary: Ring,
    /// Townships and streets (乡镇街道).
    pub townships: Vec<Township>,
    /// Units that orders go to (属地, 成员单位).
    pub units: Vec<Unit>,
    /// Points that are measured.
    pub points: Vec<Point>,
}

/// A township or street.
#[derive(Clone, Debug, PartialEq)]
pub struct Township {
    /// Its code or key.
    pub id: TownshipId,
    /// Its name, as upstreams write it too.
    pub name: Clean,
    /// Its centre. Nearest-centre assignment is a guess and is labelled so.
    pub centre: Option<Place>,
    /// The unit that answers for it.
    pub unit: Option<UnitId>,
}

/// A unit with the person to call.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its key.
    pub id: UnitId,
    /// Its name.
    pub name: Clean,
    /// The person to call.
    pub contact: Clean,
    /// Their number.
    pub phone: Clean,
    /// The channel an order goes out by; the telephone if none is given.
    pub channel: Option<ChannelId>,
}

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
    /// Anything else.
    Other,
}

/// One row a kind of point: its key in configuration and JSON.
pub const POINT_KINDS: &[(PointKind, &str)] = &[
    (PointKind::Air, "air"),
    (PointKind::Model, "model"),
    (PointKind::Water, "water"),
    (PointKind::Camera, "camera"),
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
}

/// How a township was found for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The upstream named it.
    Named,
    /// Its centre is the nearest: a guess, shown as one.
    Nearest,
}

impl Directory {
    /// The township that `area` names, or else the one whose centre lies nearest to `place` (within 30 km).
    pub fn township(&self, area: &str, place: Option<Place>) -> Option<(&Township, Found)> {
        let named = self
            .townships
            .iter()
            .find(|t| !area.is_empty() && (t.name.as_str() == area || t.id.as_str() == area));
        let named = named.or_else(|| {
            self.townships
                .iter()
                .find(|t| !t.name.is_empty() && area.contains(t.name.as_str()))
        });
        if let Some(township) = named {
            return Some((township, Found::Named));
        }
        let place = place?;
        let near = self
            .townships
            .iter()
            .filter_map(|t| Some((t, t.centre?.distance_m(place))));
        let (township, metres) = near.min_by(|a, b| a.1.total_cmp(&b.1))?;
        (metres <= 30_000.0).then_some((township, Found::Nearest))
    }

    /// A township by its key.
    pub fn township_by_id(&self, id: &TownshipId) -> Option<&Township> {
        self.townships.iter().find(|t| t.id == *id)
    }

    /// A unit by its key.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|u| u.id == *id)
    }

    /// The unit that answers for a township.
    pub fn unit_of(&self, township: &TownshipId) -> Option<&Unit> {
        self.unit(self.township_by_id(township)?.unit.as_ref()?)
    }

    /// A point by its code.
    pub fn point(&self, id: &PointId) -> Option<&Point> {
        self.points.iter().find(|p| p.id == *id)
    }
}
