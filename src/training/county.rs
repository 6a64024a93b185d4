//! The training county as the simulation sees it: fields that burn, stations, cameras. Read from `county.toml`, which is
//! written like any room's configuration and is part of the training configuration.

use crate::config::directory::raw::RawPoint;
use crate::config::raw::RawConfig;
use crate::domain::place::{Place, Ring};
use crate::training::script::Script;

/// The county's part of the training configuration.
pub(super) const TEXT: &str = include_str!("county.toml");

/// Where things are.
#[derive(Clone, Debug)]
pub(super) struct County {
    /// The boundary.
    pub(super) boundary: Ring,
    /// Where straw burns.
    pub(super) fields: Vec<Field>,
    /// Air stations.
    pub(super) stations: Vec<Station>,
    /// Cameras on towers.
    pub(super) cameras: Vec<Camera>,
}

/// Farmland of a township.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// The township's key.
    pub(super) id: String,
    /// Its name.
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

impl County {
    /// The county that is part of the program, with the shares and loads of `script`.
    pub(super) fn built_in(script: &Script) -> Self {
        let raw: RawConfig = toml::from_str(TEXT).expect("county.toml is valid: a test reads it");
        let corners = raw.directory.boundary.iter();
        let fields = raw.township.iter().filter_map(|township| {
            Some(Field {
                id: township.id.clone(),
                township: township.name.clone(),
                centre: Place::new(township.lat?, township.lon?)?,
                straw: *script.straw.get(&township.id)?,
            })
        });
        let stations = raw.point.iter().filter_map(|point| {
            Some(Station {
                id: point.id.clone(),
                name: point.name.clone(),
                place: place(point)?,
                load: *script.load.get(&point.id)?,
            })
        });
        let cameras = raw.point.iter().filter(|point| point.kind == "camera");
        Self {
            boundary: Ring(corners.filter_map(|&[lat, lon]| Place::new(lat, lon)).collect()),
            fields: fields.collect(),
            stations: stations.collect(),
            cameras: cameras.filter_map(Camera::of).collect(),
        }
    }
}

impl Camera {
    fn of(point: &RawPoint) -> Option<Self> {
        Some(Self {
            id: point.id.clone(),
            name: point.name.clone(),
            place: place(point)?,
        })
    }
}

fn place(point: &RawPoint) -> Option<Place> {
    Place::new(point.lat?, point.lon?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_of_the_county_lies_inside_its_boundary() {
        let county = County::built_in(&Script::built_in());
        let counts = (county.fields.len(), county.stations.len(), county.cameras.len());
        assert_eq!((county.boundary.0.len(), counts), (80, (21, 12, 8)));
        let inside = |place| county.boundary.contains(place);
        assert!(county.fields.iter().all(|field| inside(field.centre)));
        assert!(county.stations.iter().all(|station| inside(station.place)));
        assert!(county.cameras.iter().all(|camera| inside(camera.place)));
    }
}
