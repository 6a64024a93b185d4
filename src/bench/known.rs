//! The keys that values of a kind may have: what the schema lists, and what a fault says is known.
//!
//! [`keys!`] makes of a list a function, for who reads a value, and a type without values, for who describes one: a field
//! that is read as a text is described `with` it.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::domain::air::standard::ROOM_NORMS;
use crate::domain::directory::POINT_KINDS;
use crate::domain::fact::forecast::PollutionCause;
use crate::domain::person::ROLES;
use crate::domain::place::{DATUMS, Place};
use crate::domain::playbook::ORIGINS;
use crate::domain::quantity::{QUANTITIES, Quantity};
use crate::domain::reading::PERIODS;
use crate::domain::signal::{SEVERITIES, SIGNAL_KINDS, Severity};
use crate::domain::target::plan::{FIGURES, SENSES};
use crate::domain::water::{Class, Item};
use crate::lang::LANGS;

/// Lists of keys, each with the type that describes it in a schema.
macro_rules! keys {
    ($($(#[$doc:meta])* $seen:vis $name:ident, $list:ident: $of:expr;)*) => {$(
        $(#[$doc])*
        $seen enum $name {}

        $(#[$doc])*
        $seen fn $list() -> Vec<&'static str> {
            $of
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": $list() })
            }
        }
    )*};
}
pub(crate) use keys;

keys! {
    /// How severe something is.
    pub SeverityKey, severities: SEVERITIES.iter().map(|row| row.1).collect();
    /// What is measured.
    pub QuantityKey, quantities: QUANTITIES.iter().map(|row| row.1).collect();
    /// The time that a value stands for.
    pub PeriodKey, periods: PERIODS.iter().map(|row| row.1).collect();
    /// What a point is.
    pub PointKindKey, point_kinds: POINT_KINDS.iter().map(|row| row.1).collect();
    /// What happened.
    pub SignalKindKey, signal_kinds: SIGNAL_KINDS.iter().map(|row| row.1).collect();
    /// What makes the air of a day bad.
    pub CauseKey, causes: PollutionCause::KEYS.iter().map(|row| row.1).collect();
    /// What a person may do.
    pub RoleKey, roles: ROLES.iter().map(|row| row.1).collect();
    /// A datum of maps.
    pub DatumKey, datums: DATUMS.iter().map(|row| row.1).collect();
    /// The languages.
    pub LanguageKey, languages: LANGS.iter().map(|row| row.1).collect();
    /// Who says a threshold.
    pub OriginKey, origins: ORIGINS.iter().map(|row| row.1).collect();
    /// What a goal is about.
    pub FigureKey, figures: FIGURES.iter().map(|row| row.1).collect();
    /// Which side of a goal is good.
    pub SenseKey, senses: SENSES.iter().map(|row| row.1).collect();
    /// Classes of water.
    pub ClassKey, classes: Class::ALL.iter().map(|class| class.key()).collect();
    /// What a class of water is judged by.
    pub ItemKey, items: Item::keys().collect();
    /// What a room judges its air by.
    pub NormKey, norms: ROOM_NORMS.iter().map(|row| row.0).collect();
}

impl Check<'_> {
    /// A quantity by its key; a fault with the near match where there is none.
    pub fn quantity(&mut self, at: &At, key: &str) -> Option<Quantity> {
        self.one_of(at, key, &quantities(), Quantity::by_key)
    }

    /// A severity by its key; a fault with the near match where there is none.
    pub fn severity(&mut self, at: &At, key: &str) -> Option<Severity> {
        self.one_of(at, key, &severities(), Severity::by_key)
    }

    /// A position from two numbers; a fault where it is not on the globe.
    pub fn position(&mut self, at: &At, lat: f64, lon: f64) -> Option<Place> {
        let place = Place::new(lat, lon);
        if place.is_none() {
            self.fault(at, FaultKind::Position);
        }
        place
    }
}
