//! Who lives and works in the training county and what is watched there: thousands of enterprises, meters, sections, fences,
//! communities. Drawn by the seed from the words and shares of `population.toml`; the numbers are the model room's own.
//!
//! `firms` draws an enterprise, `points` what is watched, `tables` writes both as the CSV files of a configuration.

use crate::domain::directory::PointKind;
use crate::domain::place::Place;
use crate::training::chance::Chance;
use crate::training::county::{County, Field};
use crate::training::population::points::Watched;
use serde::Deserialize;
use std::collections::BTreeMap;

mod firms;
pub(super) mod points;
mod tables;

/// Enterprises with a code (赋码).
pub(super) const FIRMS: usize = 5_803;
/// Enterprises on the positive list (正面清单).
pub(super) const POSITIVE: usize = 90;
/// Enterprises with networked power meters (联网用电监控): the first ones.
pub(super) const METERED: usize = 119;
/// Networked key emission points (联网重点排污监控点位).
pub(super) const EMISSIONS: usize = 87;
/// Sites with networked dust monitors (工地).
pub(super) const SITES: usize = 67;

/// Words and shares.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Census {
    share: BTreeMap<String, f64>,
    words: Words,
    sector: Vec<Sector>,
    communities: BTreeMap<String, Vec<String>>,
    unit: Vec<Member>,
    measure: Vec<Measure>,
    section: Vec<Section>,
    reservoir: Vec<Reservoir>,
    sites: Sites,
    pub(super) petition: Petition,
    pub(super) seen: Seen,
}

/// What people complain of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Petition {
    pub(super) kinds: Vec<String>,
    /// The medium of each kind.
    pub(super) media: Vec<String>,
    pub(super) channels: Vec<String>,
    pub(super) spots: Vec<String>,
}

/// What satellites, grids and fences show.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seen {
    pub(super) patches: Vec<String>,
    pub(super) pollutants: Vec<String>,
    pub(super) crossed: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    first: Vec<String>,
    second: Vec<String>,
    forms: Vec<String>,
    surnames: Vec<String>,
    production: String,
    treatment: String,
    gas: String,
    water: String,
    post: String,
    fence: String,
    site: String,
    outlet: String,
    community_on_call: String,
    village: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sector {
    name: String,
    share: f64,
    word: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    id: String,
    name: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measure {
    units: Vec<String>,
    zh: String,
    en: String,
    levels: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    name: String,
    lat: f64,
    lon: f64,
    township: String,
    #[serde(default)]
    sea: bool,
    /// What it may carry of total nitrogen, in mg/L, where somebody set that.
    nitrogen: Option<f64>,
    tributaries: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reservoir {
    name: String,
    lat: f64,
    lon: f64,
    township: String,
    /// Boundary posts; a rural source has a fence instead.
    #[serde(default)]
    posts: usize,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sites {
    what: Vec<String>,
    mines: Vec<String>,
}

/// The county's people, and everything that is watched.
#[derive(Clone, Debug)]
pub(super) struct Population {
    chance: Chance,
    pub(super) census: Census,
    /// Each township's share of the enterprises, in the order of the county; only the ratio counts.
    shares: Vec<f64>,
    /// Every point that is not in `county.toml`.
    pub(super) points: Vec<Watched>,
}

impl Population {
    /// What is watched of one kind, with its number among them.
    pub(super) fn of_kind(&self, kind: PointKind) -> impl Iterator<Item = (usize, &Watched)> {
        self.points
            .iter()
            .filter(move |point| point.kind == kind)
            .enumerate()
    }

    /// The population of a world of this root.
    pub(super) fn new(chance: Chance, county: &County) -> Self {
        let text = include_str!("population.toml");
        let census: Census = toml::from_str(text).expect("population.toml is valid: a test reads it");
        let share = |field: &Field| census.share.get(&field.id).copied().unwrap_or_default();
        let shares = county.fields.iter().map(share).collect();
        let mut own = Self {
            chance: chance.of("population"),
            census,
            shares,
            points: Vec::new(),
        };
        own.points = own.watched(county);
        own
    }
}

/// A place about `centre`, inside the county.
fn around(county: &County, centre: Place, wide: f64, chance: Chance) -> Option<Place> {
    let draw = |n: i64| {
        let (north, east) = (chance.nth(n).of("n").bell(), chance.nth(n).of("e").bell());
        Place::new(centre.lat() + wide * north, centre.lon() + 1.15 * wide * east)
    };
    (0..6)
        .filter_map(draw)
        .find(|&place| county.boundary.contains(place))
}

#[cfg(test)]
mod tests;
