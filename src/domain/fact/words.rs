//! How the words that facts are made of are stored: texts and names as they are (cleaned again when they are read, for a
//! ledger is input from outside), times in milliseconds, values in millionths, what has a key by its key.

use crate::domain::fact::declared::DeclaredKind;
use crate::domain::fact::forecast::PollutionCause;
use crate::domain::fact::pool::{Pool, Pooled};
use crate::domain::fact::role::Role;
use crate::domain::fact::shift::{NoteKind, Side};
use crate::domain::id;
use crate::domain::place::{Datum, Place};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

impl Serialize for Clean {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Clean {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Words)
    }
}

struct Words;

impl Visitor<'_> for Words {
    type Value = Clean;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Clean, E> {
        Ok(Clean::new(text))
    }
}

/// What is written as a text without being one: what it is called, and how it is understood.
struct Written<T>(&'static str, fn(&str) -> Option<T>);

impl<T> Visitor<'_> for Written<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let unknown = || E::custom(format!("no {}: {}", self.0, Clean::new(text)));
        self.1(text).ok_or_else(unknown)
    }
}

impl Pooled for Clean {
    fn share(&mut self, pool: &mut Pool) {
        *self = pool.share(self.clone());
    }
}

/// Names are texts.
macro_rules! names {
    ($($name:ident),+ $(,)?) => {$(
        impl Serialize for id::$name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for id::$name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Clean::deserialize(from).map(Self::from)
            }
        }

        impl Pooled for id::$name {
            fn share(&mut self, pool: &mut Pool) {
                *self = pool.share(self.clone().into()).into();
            }
        }
    )+};
}

names! {
    AlarmId, CaseId, ChannelId, EnterpriseId, FieldId, MoveId, NoticeId, OperatorId, PlaybookId, PointId, ShiftId,
    SourceId, StageId, TaskId, TownshipId, UnitId,
}

/// What is a whole number of something.
macro_rules! whole {
    ($($type:ident: $of:ident, $to:ident);+ $(;)?) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_i64(self.$to())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                i64::deserialize(from).map(Self::$of)
            }
        }
    )+};
}

whole! {
    Moment: from_ms, ms;
    Span: from_ms, ms;
    Value: from_micro, micro;
}

/// What has a key, with the word for a key that is none.
macro_rules! keyed {
    ($($type:ident: $what:literal);+ $(;)?) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.key())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_str(Written($what, Self::by_key))
            }
        }
    )+};
}

keyed! {
    PollutionCause: "cause";
    Datum: "datum";
    DeclaredKind: "declared state";
    NoteKind: "kind of note";
    Quantity: "quantity";
    Role: "role";
    Severity: "severity";
    Side: "side";
}

/// As `lat,lon`: the shortest decimals that come back exactly, which JSON numbers need not.
impl Serialize for Place {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{},{}", self.lat(), self.lon()))
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Written("place", position))
    }
}

fn position(text: &str) -> Option<Place> {
    let (lat, lon) = text.split_once(',')?;
    Place::new(lat.parse().ok()?, lon.parse().ok()?)
}
