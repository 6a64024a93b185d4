//! What an upstream may give or not: a position, the address of a picture. None is no flaw; one that is wrong is.

use crate::domain::address;
use crate::domain::feed::FlawKind;
use crate::domain::place::{Datum, Place};
use crate::domain::text::Clean;
use crate::sources::gather::{Gather, Spot};

impl Gather<'_> {
    /// A position from two texts; nothing and no flaw where both are empty.
    pub(in crate::sources) fn place(
        &mut self,
        spot: Spot<'_>,
        lat: &str,
        lon: &str,
        datum: Datum,
    ) -> Option<Place> {
        let (lat, lon) = (lat.trim(), lon.trim());
        if lat.is_empty() && lon.is_empty() {
            return None;
        }
        let numbers = lat.parse().ok().zip(lon.parse().ok());
        let place = numbers.and_then(|(lat, lon)| Place::on(datum, lat, lon));
        if place.is_none() {
            self.flaw(spot, &format!("{lat}, {lon}"), FlawKind::Position);
        }
        place
    }

    /// The address of a picture; nothing and no flaw where the upstream gives none.
    pub(in crate::sources) fn picture(&mut self, spot: Spot<'_>, text: &str) -> Clean {
        let found = address::read(text);
        if found.is_none() && !text.trim().is_empty() {
            self.flaw(spot, text, FlawKind::NotAnAddress);
        }
        found.unwrap_or_default()
    }
}
