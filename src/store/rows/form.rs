//! The small forms that the row types are made of: texts, places, keys, and the pool that shares repeated texts.

use crate::domain::declared::DeclaredKind;
use crate::domain::place::Place;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::store::rows::Stored;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::DeserializeOwned;
use serde::de::Error;
use serde::de::Visitor;
use std::collections::HashSet;
use std::fmt;

/// Texts that come again and again while entries are read (codes, sources, townships, people), kept once.
///
/// A hundred thousand alarms name a handful of sources; sharing them saves a third of their memory.
#[derive(Debug, Default)]
pub struct Pool(HashSet<Clean>);

/// More texts than this are not of the kind that repeats; the pool starts again.
const POOL: usize = 4096;

impl Pool {
    /// The text, shared with every equal one taken before.
    pub fn take(&mut self, raw: &str) -> Clean {
        if let Some(known) = self.0.get(raw) {
            return known.clone();
        }
        let text = Clean::new(raw);
        self.keep(&text);
        text
    }

    /// The same for a text that was read already.
    pub(super) fn share(&mut self, text: Text) -> Clean {
        if let Some(known) = self.0.get(text.0.as_str()) {
            return known.clone();
        }
        self.keep(&text.0);
        text.0
    }

    /// [`Pool::share`] where there may be none, as the name it is.
    pub(super) fn maybe<T: From<Clean>>(&mut self, text: Option<Text>) -> Option<T> {
        text.map(|text| self.share(text).into())
    }

    fn keep(&mut self, text: &Clean) {
        if self.0.len() >= POOL {
            self.0.clear();
        }
        self.0.insert(text.clone());
    }
}

/// A cleaned text or a name in a row.
#[derive(Clone, Debug)]
pub(super) struct Text(Clean);

impl Text {
    pub(super) fn of<T: Clone + Into<Clean>>(text: &T) -> Self {
        Self(text.clone().into())
    }

    pub(super) fn maybe<T: Clone + Into<Clean>>(text: Option<&T>) -> Option<Self> {
        text.map(Self::of)
    }

    /// Words that are kept only where there are some.
    pub(super) fn worded(words: &Clean) -> Option<Self> {
        (!words.is_empty()).then(|| Self::of(words))
    }

    pub(super) fn back<T: From<Clean>>(self) -> T {
        self.0.into()
    }
}

/// The name or text of what may be none.
pub(super) fn back<T: From<Clean>>(text: Option<Text>) -> Option<T> {
    text.map(Text::back)
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Words).map(Self)
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

/// A position as `lat,lon`: the shortest decimals that come back exactly, which JSON numbers need not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position(pub(super) Place);

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{},{}", self.0.lat(), self.0.lon()))
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text: Clean = Text::deserialize(from)?.back();
        position(text.as_str())
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("no place: {text}")))
    }
}

fn position(text: &str) -> Option<Place> {
    let (lat, lon) = text.split_once(',')?;
    Place::new(lat.parse().ok()?, lon.parse().ok()?)
}

/// A severity by its key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grade(pub(super) Severity);

impl Serialize for Grade {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.key())
    }
}

impl<'de> Deserialize<'de> for Grade {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let key: Clean = Text::deserialize(from)?.back();
        Severity::by_key(key.as_str())
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("no severity: {key}")))
    }
}

/// The kind of a declared state by its key.
#[derive(Clone, Copy, Debug)]
pub(super) struct State(pub(super) DeclaredKind);

impl Serialize for State {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.key())
    }
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let key: Clean = Text::deserialize(from)?.back();
        DeclaredKind::by_key(key.as_str())
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("no declared state: {key}")))
    }
}

/// The form of a fact that says nothing beyond its kind.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// A kind's row in its stored form. Every kind is at version 1; a second one brings its own call.
pub(super) fn stored<T: Serialize>(kind: &'static str, row: &T) -> Stored {
    let json = serde_json::to_string(row).expect("a row has text keys and plain values only");
    Stored {
        kind,
        version: 1,
        json,
    }
}

/// Reads a row; what the JSON reader said when it is not one.
pub(super) fn read<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|e| e.to_string())
}

/// Why a kind is not read.
pub(super) fn unknown((kind, version): (&str, u32)) -> String {
    format!("kind {kind} version {version} is unknown: damaged, or written by a newer program")
}
