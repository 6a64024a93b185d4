//! `[source.mapped]`: how a bureau attaches its own platform. What a JSON or CSV answer means, field by field.
//!
//! This file is what may be written; [`form`] is what it means once checked: paths compiled, units and zones known.

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

mod check;
mod forecast;
pub mod form;
mod time;

pub use form::Mapped;

/// `[source.mapped]` as the file says it. A field is a member's or column's name, or a JSON path from the row (`$.a.b`).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MappedRaw {
    /// `json`, `csv` (a row each, with a header) or `wide` (CSV whose columns are points and whose rows are quantities).
    pub format: String,
    /// JSON: the path of the rows, `$.data.list[*]`; `$[*]` where absent.
    pub rows: Option<String>,
    /// `wide`: the column that names the quantity.
    pub quantity_column: Option<String>,
    /// CSV: the character between fields; `,` where absent.
    pub delimiter: Option<char>,
    /// `GET` (the default) or `POST`.
    pub method: Option<String>,
    /// The body of a POST; `{page}`, `{time:%Y%m%d}`, `{key}` and `{secret:name}` are filled in here and in the address.
    pub body: Option<String>,
    /// Headers to send; `{key}` and `{secret:name}` are filled in.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The header that carries the key; `Authorization: Bearer …` where absent and `{key}` stands nowhere.
    pub key_header: Option<String>,
    /// Rows of a full page: `{page}` counts from 1 until a page has fewer, or the total is reached.
    pub page_size: Option<u32>,
    /// JSON: where the answer says how many rows the whole list has, `$.data.total`. The proof that it was read to its end.
    pub total: Option<String>,
    /// Whether null in the place of the rows' list, or an empty body, means that there are none. An error where absent.
    #[serde(default)]
    pub null_is_empty: bool,
    /// Whether the list of a source of readings may be empty. An error where absent: stations are there or silent.
    #[serde(default)]
    pub may_be_empty: bool,
    /// JSON: where the platform says that it lives.
    pub heartbeat: Option<HeartbeatRaw>,
    /// Texts that mean "no value"; `—`, `-`, `-;`, `NA`, `null` and nothing where absent.
    pub missing: Option<Vec<String>>,
    /// Where the answer itself says whether it is good.
    pub ok: Option<OkRaw>,
    /// When each row happened.
    pub time: TimeRaw,
    /// Where each row is.
    pub place: Option<PlaceRaw>,
    /// Which point each row is of; needed for readings.
    pub point: Option<PointRaw>,
    /// Points to keep; all where absent.
    #[serde(default)]
    pub only: Vec<String>,
    /// The values of a row.
    #[serde(default)]
    pub reading: Vec<ReadingRaw>,
    /// Where a row says whether its values are good.
    pub flag: Option<FlagRaw>,
    /// What a row signals; instead of readings, or besides them.
    pub signal: Option<SignalRaw>,
    /// What a row forecasts: the air of a day, or of several. Its `time` is when the forecast was issued.
    pub forecast: Option<ForecastRaw>,
}

/// What a row forecasts (空气质量预报). Judged by the tables of `[emergency]`: a level that is reached drafts an episode.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForecastRaw {
    /// The field of the day that a row is of. Without it a row lists several days in `aqi`: `160、170、180`.
    pub day: Option<String>,
    /// How that day is written; `%Y-%m-%d` where absent.
    pub day_form: Option<String>,
    /// Without `day`: how many days after the issue the first one is; 1, the next day, where absent.
    pub first: Option<u8>,
    /// The field of the daily index: `160`, or a range such as `150~170`, of which the upper end counts.
    pub aqi: Option<String>,
    /// The field of the daily maximum 8-hour mean of ozone, µg/m³.
    pub o3_8h: Option<String>,
    /// The field of the daily mean of PM2.5, µg/m³.
    pub pm25: Option<String>,
    /// The field of what would make it bad: a primary pollutant, dust, a fire.
    pub cause: Option<String>,
    /// What its words mean: `{ "扬沙天气" = "dust" }`; `pm25`, `o3`, `dust`, `fire`, `other`. Usual names are understood.
    #[serde(default)]
    pub causes: BTreeMap<String, String>,
}

/// Where an answer of status 200 says whether it is good: `{"code": 0, "msg": "…"}`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OkRaw {
    /// The field, from the top of the body.
    pub from: String,
    /// The values that mean good: `["0", "200"]`.
    pub is: Vec<String>,
    /// The field with the platform's words when it is not.
    pub says: Option<String>,
}

/// Where a platform says when its data were last renewed: further from now than that, its list is not current, however good it looks.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeartbeatRaw {
    /// The field, from the top of the body: `$.data.updateTime`.
    pub from: String,
    /// How far from now it may lie: `30m`.
    pub within: String,
    /// How it is written, as in `time`; as there where absent.
    pub form: Option<String>,
}

/// When a row happened.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeRaw {
    /// The field, or several that are joined by a space.
    pub from: Vec<String>,
    /// `rfc3339`, `unix`, `unix_ms`, or a form such as `%Y-%m-%d %H:%M:%S`.
    pub form: String,
    /// The zone where the form has none; `+08:00` where absent.
    pub zone: Option<String>,
    /// Fields that are a bare number of so many digits, such as `{ acq_time = 4 }`: `516` becomes `0516`.
    #[serde(default)]
    pub digits: BTreeMap<String, u8>,
    /// Whether an hour is labelled by its `end` (the default) or its `start`.
    pub marks: Option<String>,
}

/// Where a row is.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRaw {
    /// The field of the latitude.
    pub lat: String,
    /// The field of the longitude.
    pub lon: String,
    /// `wgs84` (the default) or `gcj02`, the shifted datum of Chinese web maps.
    pub datum: Option<String>,
}

/// Which point a row is of.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointRaw {
    /// The field of its code, or several that are joined by `-`. In `wide` the column's name is the code.
    #[serde(default)]
    pub id: Vec<String>,
    /// The field of its name. Without `id`, the directory's point of that name is meant.
    pub name: Option<String>,
    /// What is measured: `air` (the default), `model`, `water`, `camera`, `production`, `emission`, `site` … as in `[[point]]`.
    pub kind: Option<String>,
    /// The field that names its township.
    pub township: Option<String>,
    /// A name that holds this is a background site; `对照点` where absent.
    pub background: Option<String>,
}

/// One value of a row.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingRaw {
    /// The field; in `wide` the text of the quantity's column.
    pub from: String,
    /// What it is: `pm25`, `o3`, `ph` …
    pub quantity: String,
    /// Its unit as the upstream means it; the quantity's own where absent.
    pub unit: Option<String>,
    /// `hour` (the default), `instant`, `8h` or `24h`.
    pub period: Option<String>,
}

/// Where a row says whether its values are good.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlagRaw {
    /// The field.
    pub from: String,
    /// Values that mean wrong.
    #[serde(default)]
    pub invalid: Vec<String>,
    /// Values that mean maintenance or calibration.
    #[serde(default)]
    pub maintenance: Vec<String>,
}

/// What a row signals. Texts may hold `{field}` places.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignalRaw {
    /// `fire`, `weather`, `hot_grid`, `intrusion` or `alert`.
    pub kind: String,
    /// The field of the upstream's own id, or several that are joined by `-`.
    pub id: Vec<String>,
    /// How much it matters: `red`, `orange`, `yellow` (the default) or `blue`.
    pub severity: Option<String>,
    /// The field that tells how much it matters.
    pub severity_from: Option<String>,
    /// What its values mean: `{ high = "orange" }`.
    #[serde(default)]
    pub severities: BTreeMap<String, String>,
    /// The field that tells whether it lasts.
    pub active_from: Option<String>,
    /// Values that mean that it lasts.
    #[serde(default)]
    pub active: Vec<String>,
    /// One line.
    pub title: String,
    /// The rest.
    pub detail: Option<String>,
    /// The field that names the township or area.
    pub area: Option<String>,
    /// The field that names the camera, station or device.
    pub point: Option<String>,
    /// The field of the direction in which that camera saw it, degrees clockwise from the camera's own heading.
    pub bearing: Option<String>,
    /// The field of a picture of what was seen: an address that begins with `http://` or `https://`.
    pub picture: Option<String>,
    /// The field of its end, in the form of `time`.
    pub ends: Option<String>,
    /// Fields worth showing on a card.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Whether the answer lists everything that lasts, so that what is no longer listed has ended.
    #[serde(default)]
    pub complete: bool,
}
