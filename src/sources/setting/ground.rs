//! Circles on the ground, as kinds of sources ask for them.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::domain::place::Place;
use schemars::JsonSchema;
use serde::Deserialize;

/// A circle on the ground.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::sources) struct CircleRaw {
    /// Degrees north of its centre, WGS 84.
    lat: f64,
    /// Degrees east of its centre, WGS 84.
    lon: f64,
    /// Its radius in metres.
    radius_m: u32,
}

/// A circle on the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::sources) struct Circle {
    /// Its centre.
    pub(in crate::sources) centre: Place,
    /// Its radius in metres.
    pub(in crate::sources) radius_m: u32,
}

impl CircleRaw {
    /// What is meant; its radius is at most so many metres.
    pub(in crate::sources) fn check(&self, check: &mut Check<'_>, at: &At, most_m: u32) -> Option<Circle> {
        Some(Circle {
            radius_m: check.within(&at.key("radius_m"), self.radius_m, 1, most_m),
            centre: check.position(&at.key("lat"), self.lat, self.lon)?,
        })
    }
}
