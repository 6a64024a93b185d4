//! The training county as data: townships, stations, cameras, units. Read from `county.toml`, which is part of the program.

use crate::domain::directory::Directory;
use crate::domain::directory::Point;
use crate::domain::directory::PointKind;
use crate::domain::directory::Township;
use crate::domain::directory::Unit;
use crate::domain::id::ChannelId;
use crate::domain::id::PointId;
use crate::domain::id::TownshipId;
use crate::domain::id::UnitId;
use crate::domain::place::Place;
use crate::domain::place::Ring;
use crate::domain::text::Clean;
use serde::Deserialize;

/// The county with what the simulation knows beyond a [`Directory`].
#[derive(Clone, Debug)]
pub(super) struct County {
    /// What the room knows.
    pub(super) directory: Directory,
    /// Where straw burns: township name, centre, share.
    pub(super) fields: Vec<Field>,
    /// Air stations.
    pub(super) stations: Vec<Station>,
    /// Cameras on towers.
    pub(super) cameras: Vec<Camera>,
}

/// Farmland of a township.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// The township's name.
    pub(super) township: String,
    /// Its centre.
    pub(super) centre: Place,
    /// Its share of straw fires; only the ratio counts.
    pub(super) straw: f64,
}

/// An air station.
#[derive(Clone, Debug)]
pub(super) struct Station {
    /// Its code.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// Where it stands.
    pub(super) place: Place,
    /// What it measures against the county's mean.
    pub(super) load: f64,
}

/// A camera on a tower.
#[derive(Clone, Debug)]
pub(super) struct Camera {
    /// Its code.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// Where it stands.
    pub(super) place: Place,
}

/// `county.toml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    boundary: Vec<[f64; 2]>,
    township: Vec<RawTownship>,
    station: Vec<RawPoint>,
    camera: Vec<RawPoint>,
    unit: Vec<RawUnit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTownship {
    id: String,
    name: String,
    centre: [f64; 2],
    straw: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPoint {
    id: String,
    name: String,
    township: String,
    place: [f64; 2],
    #[serde(default = "one")]
    load: f64,
    #[serde(default)]
    background: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUnit {
    id: String,
    name: String,
    township: Option<String>,
    contact: String,
    phone: String,
    channel: Option<String>,
}

fn one() -> f64 {
    1.0
}

fn place([lat, lon]: [f64; 2]) -> Place {
    Place::new(lat, lon).expect("county.toml lies on the globe: a test reads it")
}

impl County {
    /// The county that is part of the program.
    pub(super) fn built_in() -> Self {
        let raw: Raw =
            toml::from_str(include_str!("county.toml")).expect("county.toml is valid: a test reads it");
        Self {
            directory: raw.directory(),
            fields: raw.township.iter().map(RawTownship::field).collect(),
            stations: raw.station.iter().map(RawPoint::station).collect(),
            cameras: raw.camera.iter().map(RawPoint::camera).collect(),
        }
    }
}

impl Raw {
    fn directory(&self) -> Directory {
        let stations = self.station.iter().map(|raw| raw.point(PointKind::Air));
        let cameras = self.camera.iter().map(|raw| raw.point(PointKind::Camera));
        Directory {
            county: Clean::new(&self.name),
            boundary: Ring(self.boundary.iter().copied().map(place).collect()),
            townships: self.township.iter().map(|raw| raw.township(&self.unit)).collect(),
            units: self.unit.iter().map(RawUnit::unit).collect(),
            points: stations.chain(cameras).collect(),
        }
    }
}

impl RawTownship {
    fn township(&self, units: &[RawUnit]) -> Township {
        let unit = units.iter().find(|unit| unit.township.as_ref() == Some(&self.id));
        Township {
            id: TownshipId::new(&self.id),
            name: Clean::new(&self.name),
            centre: Some(place(self.centre)),
            unit: unit.map(|unit| UnitId::new(&unit.id)),
        }
    }

    fn field(&self) -> Field {
        Field {
            township: self.name.clone(),
            centre: place(self.centre),
            straw: self.straw,
        }
    }
}

impl RawPoint {
    fn point(&self, kind: PointKind) -> Point {
        Point {
            id: PointId::new(&self.id),
            name: Clean::new(&self.name),
            kind,
            place: Some(place(self.place)),
            township: Some(TownshipId::new(&self.township)),
            background: self.background,
        }
    }

    fn station(&self) -> Station {
        Station {
            id: self.id.clone(),
            name: self.name.clone(),
            place: place(self.place),
            load: self.load,
        }
    }

    fn camera(&self) -> Camera {
        Camera {
            id: self.id.clone(),
            name: self.name.clone(),
            place: place(self.place),
        }
    }
}

impl RawUnit {
    fn unit(&self) -> Unit {
        Unit {
            id: UnitId::new(&self.id),
            name: Clean::new(&self.name),
            contact: Clean::new(&self.contact),
            phone: Clean::new(&self.phone),
            channel: self.channel.as_deref().map(ChannelId::new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_of_the_county_lies_inside_its_boundary() {
        let county = County::built_in();
        let inside = |place| county.directory.boundary.contains(place);
        assert_eq!(county.directory.townships.len(), 21);
        assert!(county.fields.iter().all(|field| inside(field.centre)));
        assert!(county.stations.iter().all(|station| inside(station.place)));
        assert!(county.cameras.iter().all(|camera| inside(camera.place)));
    }

    #[test]
    fn every_township_has_a_unit_and_every_number_is_fictitious() {
        let directory = County::built_in().directory;
        for township in &directory.townships {
            assert!(directory.unit_of(&township.id).is_some(), "{}", township.name);
        }
        let fictitious = |unit: &Unit| unit.phone.as_str().starts_with("0574-0000-");
        assert!(directory.units.iter().all(fictitious));
    }
}
