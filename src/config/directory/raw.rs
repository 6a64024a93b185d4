//! The directory's shapes as files say them. A CSV file's columns are these keys, and a TOML file's tables are these too.

use crate::bench::known::{ClassKey, DatumKey, PointKindKey};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;

/// `[directory]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawDirectory {
    /// The county's name.
    pub county: String,
    /// The datum of every position in the directory: `wgs84` or `gcj02`.
    #[schemars(with = "DatumKey")]
    pub datum: String,
    /// The county's boundary: latitude and longitude of each corner.
    pub boundary: Vec<[f64; 2]>,
    /// The boundary as a CSV file with the columns `lat` and `lon`.
    pub boundary_file: Option<PathBuf>,
    /// Townships as a CSV file whose columns are the keys of `[[township]]`, or a TOML file with such tables.
    pub townships_file: Option<PathBuf>,
    /// Communities and villages, in the same way.
    pub communities_file: Option<PathBuf>,
    /// Units, in the same way.
    pub units_file: Option<PathBuf>,
    /// More people of the units, in the same way.
    pub contacts_file: Option<PathBuf>,
    /// Points, in the same way.
    pub points_file: Option<PathBuf>,
    /// Enterprises, in the same way.
    pub enterprises_file: Option<PathBuf>,
    /// The emergency plan, in the same way.
    pub measures_file: Option<PathBuf>,
}

/// `[[township]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTownship {
    /// Its code or key.
    pub id: String,
    /// Its name, as upstreams write it too.
    pub name: String,
    /// Its centre, degrees north.
    pub lat: Option<f64>,
    /// Its centre, degrees east.
    pub lon: Option<f64>,
    /// The unit that answers for it.
    pub unit: Option<String>,
}

/// `[[community]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawCommunity {
    /// Its code or key.
    pub id: String,
    /// Its name, as upstreams write it too.
    pub name: String,
    /// The township it belongs to, by key or name.
    pub township: String,
    /// The unit that answers for it; its township's where absent.
    pub unit: Option<String>,
    /// Its middle, degrees north.
    pub lat: Option<f64>,
    /// Its middle, degrees east.
    pub lon: Option<f64>,
}

/// `[[unit]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawUnit {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The person to call.
    #[serde(default)]
    pub contact: String,
    /// Their number.
    #[serde(default)]
    pub phone: String,
    /// The channel its orders go out by; the telephone where absent.
    pub channel: Option<String>,
    /// The same where there are several: each is used when the one before it failed. In place of `channel`.
    pub channels: Option<List>,
}

/// `[[contact]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawContact {
    /// The unit.
    pub unit: String,
    /// What they are there.
    #[serde(default)]
    pub role: String,
    /// Their name.
    pub name: String,
    /// Their number.
    pub phone: String,
    /// Whether they are reached at any hour.
    pub on_call: Option<bool>,
}

/// `[[point]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPoint {
    /// The upstream's own code.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// `air`, `model`, `water`, `camera`, `production`, `treatment`, `emission`, `site`, `fence`, `outlet`, `reservoir` or `other`.
    #[schemars(with = "PointKindKey")]
    pub kind: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// The township it stands in, by key or name.
    pub township: Option<String>,
    /// A background site: shown, left out of the unit's mean.
    pub background: Option<bool>,
    /// The enterprise it belongs to.
    pub owner: Option<String>,
    /// The treatment meter of a production meter, and the other way round.
    pub pair: Option<String>,
    /// What is permitted there, one value a quantity in its own unit: `stack_nox=150;stack_so2=50`. A power meter's needs no name.
    #[serde(default)]
    pub limit: Figures,
    /// The first day on which its limits hold, such as `2026-03-01`; always where absent.
    pub limit_since: Option<String>,
    /// Full scale of its instruments, in the same way.
    #[serde(default)]
    pub range: Figures,
    /// The class of water it must reach: `I` to `V`.
    #[schemars(with = "Option<ClassKey>")]
    pub class: Option<String>,
    /// A drinking-water source.
    pub drinking: Option<bool>,
    /// The next sections upstream.
    #[serde(default)]
    pub upstream: List,
    /// What a camera's bearing is counted from, degrees clockwise from north.
    pub heading: Option<f64>,
    /// How far a camera sees, in metres.
    pub reach_m: Option<f64>,
    /// The radius of a fence, a zone or a site, in metres.
    pub radius_m: Option<f64>,
}

/// `[[enterprise]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawEnterprise {
    /// Its credit code or the code it was given.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The township it stands in, by key or name.
    pub township: Option<String>,
    /// The community or village it stands in, by key or name.
    pub community: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// What it makes.
    #[serde(default)]
    pub sector: String,
    /// Its code grade: the key of a `[[code]]`.
    pub code: Option<String>,
    /// On the positive list: looked at from afar before anyone is sent on site.
    pub positive_list: Option<bool>,
    /// What else it is: `ldar`, `radiation`, `soil`, `key`, `guaranteed`, `park` …
    #[serde(default)]
    pub tags: List,
    /// Rated power of all its production lines, in kW.
    pub rated_kw: Option<f64>,
    /// What it may still draw at each level of an episode, in percent of the rated power: `Ⅲ=70`.
    #[serde(default)]
    pub curtail: List,
    /// The person to call.
    #[serde(default)]
    pub contact: String,
    /// Their number.
    #[serde(default)]
    pub phone: String,
    /// The channel a notice goes out by; the telephone where absent.
    pub channel: Option<String>,
    /// The same where there are several: each is used when the one before it failed. In place of `channel`.
    pub channels: Option<List>,
}

/// `[[code]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawCode {
    /// The key that enterprises carry.
    pub id: String,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English; the Chinese one where absent.
    pub en: Option<String>,
    /// What follows from it, in Chinese.
    #[serde(default)]
    pub meaning_zh: String,
    /// What follows from it, in English; the Chinese text where absent.
    pub meaning_en: Option<String>,
}

/// `[[measure]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawMeasure {
    /// The unit that does it.
    pub unit: String,
    /// What is done, in Chinese.
    pub zh: String,
    /// What is done, in English; the Chinese text where absent.
    pub en: Option<String>,
    /// The levels of an episode at which it is done.
    pub levels: List,
}

/// `[[scope]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawScope {
    /// What people call it.
    pub name: String,
    /// What belongs to it, in the filter language.
    pub filter: String,
}

/// Several texts: a list in TOML; in a CSV file's one cell, divided by `;`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List(pub Vec<String>);

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // Asked for as text, a cell is not taken for a number and a list in TOML comes as a list all the same.
        from.deserialize_str(ListVisitor)
    }
}

struct ListVisitor;

impl<'de> Visitor<'de> for ListVisitor {
    type Value = List;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<List, E> {
        let parts = text
            .split([';', '；'])
            .map(str::trim)
            .filter(|part| !part.is_empty());
        Ok(List(parts.map(str::to_owned).collect()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(List(list))
    }
}

/// Values of quantities, each `quantity=value`: one, a list in TOML, or one cell divided by `;`. A bare number is what a
/// power meter's row may say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(pub Vec<String>);

impl<'de> Deserialize<'de> for Figures {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(FiguresVisitor)
    }
}

struct FiguresVisitor;

impl<'de> Visitor<'de> for FiguresVisitor {
    type Value = Figures;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("quantities with their values")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Figures, E> {
        ListVisitor.visit_str(text).map(|list| Figures(list.0))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Figures, A::Error> {
        ListVisitor.visit_seq(items).map(|list| Figures(list.0))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Figures, E> {
        Ok(Figures(vec![number.to_string()]))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Figures, E> {
        Ok(Figures(vec![number.to_string()]))
    }
}

impl JsonSchema for Figures {
    fn schema_name() -> Cow<'static, str> {
        "Figures".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["array", "string", "number"], "items": { "type": "string" } })
    }
}

impl JsonSchema for List {
    fn schema_name() -> Cow<'static, str> {
        "List".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["array", "string"], "items": { "type": "string" } })
    }
}

impl Default for RawDirectory {
    fn default() -> Self {
        Self {
            county: String::new(),
            datum: "wgs84".to_owned(),
            boundary: Vec::new(),
            boundary_file: None,
            townships_file: None,
            communities_file: None,
            units_file: None,
            contacts_file: None,
            points_file: None,
            enterprises_file: None,
            measures_file: None,
        }
    }
}
