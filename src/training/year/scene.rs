//! Where things of the training year happen: townships and their fields, from the training county.

use crate::domain::id::SourceId;
use crate::domain::place::Place;
use crate::domain::signal::{Severity, Signal, SignalKind};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::training::chance::Chance;
use crate::training::county::{County, Field};
use crate::training::script::Script;

/// The county, read once for all draws of a day.
pub(super) struct Scene {
    county: County,
}

impl Scene {
    pub(super) fn new() -> Self {
        Self {
            county: County::built_in(&Script::built_in()),
        }
    }

    /// A township's fields, drawn by their share of straw.
    pub(super) fn field(&self, chance: Chance) -> Option<&Field> {
        let fields = &self.county.fields;
        let mut left = chance.unit() * fields.iter().map(|field| field.straw).sum::<f64>();
        fields.iter().find(|field| {
            left -= field.straw;
            left < 0.0
        })
    }

    /// Any township.
    pub(super) fn township(&self, chance: Chance) -> Option<&Field> {
        chance.pick(&self.county.fields)
    }

    /// A place near the middle of a township, inside the county; the middle itself where chance leads outside.
    pub(super) fn spot(&self, chance: Chance, field: &Field) -> Place {
        let draw = |n: i64| {
            let (north, east) = (chance.nth(n).of("north").bell(), chance.nth(n).of("east").bell());
            Place::new(
                field.centre.lat() + 0.013 * north,
                field.centre.lon() + 0.015 * east,
            )
        };
        let inside = |place: &Place| self.county.boundary.contains(*place);
        (0..8).filter_map(draw).find(inside).unwrap_or(field.centre)
    }

    /// A signal of `kind` from a township.
    pub(super) fn signal(
        &self,
        (source, kind): (&str, SignalKind),
        (id, title): (&str, &str),
        at: Moment,
        chance: Chance,
    ) -> Option<Signal> {
        let field = if kind == SignalKind::Fire {
            self.field(chance.of("field"))
        } else {
            self.township(chance.of("township"))
        }?;
        Some(Signal {
            source: SourceId::new(source),
            id: Clean::new(id),
            kind,
            severity_words: Clean::default(),
            severity: Severity::Orange,
            active: true,
            title: Clean::new(&format!("{} {title}", field.township)),
            detail: Clean::default(),
            place: Some(self.spot(chance.of("place"), field)),
            area: Clean::new(&field.township),
            point: None,
            bearing: None,
            picture: Clean::default(),
            at,
            ends: None,
            fields: Vec::new(),
        })
    }
}
