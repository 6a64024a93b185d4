//! `[source.mapped]`: how a bureau attaches its own platform. What a JSON or CSV answer means, field by field.
//!
//! This file is what may be written; [`super::form`] is what it means once checked: paths compiled, units and zones known.

use crate::bench::known::{
    CauseKey, DatumKey, PeriodKey, PointKindKey, QuantityKey, SeverityKey, SignalKindKey, keys,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

mod check;
mod forecast;
mod time;

keys! {
    /// How an answer is laid out.
    FormatKey, formats: vec!["json", "csv", "wide"];
    /// How it is asked for.
    MethodKey, methods: vec!["GET", "POST"];
    /// Which end of an hour labels it.
    MarkKey, marks: vec!["end", "start"];
    /// Units that a fault proposes; the spellings of upstreams are understood besides.
    UnitNameKey, units: vec![
        "µg/m³", "mg/m³", "ppb", "ppm", "mg/L", "℃", "K", "%", "m/s", "°", "hPa", "mm", "kW", "MW", "1",
    ];
}

/// A unit: one of those that are proposed, or another spelling.
enum UnitKey {}

impl JsonSchema for UnitKey {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "UnitKey".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [UnitNameKey::json_schema(generator), { "type": "string" }] })
    }
}

/// `[source.mapped]` as the file says it. A field is a member's or column's name, or a JSON path from the row (`$.a.b`).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub(super) struct MappedRaw {
    /// `json`, `csv` (a row each, with a header) or `wide` (CSV whose columns are points and whose rows are quantities).
    #[schemars(with = "FormatKey")]
    format: String,
    /// JSON: the path of the rows, `$.data.list[*]`; `$[*]` where absent.
    rows: Option<String>,
    /// `wide`: the column that names the quantity.
    quantity_column: Option<String>,
    /// CSV: the character between fields; `,` where absent.
    delimiter: Option<char>,
    /// `GET` (the default) or `POST`.
    #[schemars(with = "Option<MethodKey>")]
    method: Option<String>,
    /// The body of a POST; `{page}`, `{time:%Y%m%d}`, `{key}` and `{secret:name}` are filled in here and in the address.
    body: Option<String>,
    /// Headers to send; `{key}` and `{secret:name}` are filled in.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// The header that carries the key; `Authorization: Bearer …` where absent and `{key}` stands nowhere.
    key_header: Option<String>,
    /// Rows of a full page: `{page}` counts from 1 until a page has fewer, or the total is reached.
    page_size: Option<u32>,
    /// JSON: where the answer says how many rows the whole list has, `$.data.total`. The proof that it was read to its end.
    total: Option<String>,
    /// Whether null in the place of the rows' list, or an empty body, means that there are none. An error where absent.
    #[serde(default)]
    null_is_empty: bool,
    /// Whether the list of a source of readings may be empty. An error where absent: stations are there or silent.
    #[serde(default)]
    may_be_empty: bool,
    /// JSON: where the platform says that it lives.
    heartbeat: Option<HeartbeatRaw>,
    /// Texts that mean "no value"; `—`, `-`, `-;`, `NA`, `null` and nothing where absent.
    missing: Option<Vec<String>>,
    /// Where the answer itself says whether it is good.
    ok: Option<OkRaw>,
    /// When each row happened.
    time: TimeRaw,
    /// Where each row is.
    place: Option<PlaceRaw>,
    /// Which point each row is of; needed for readings.
    point: Option<PointRaw>,
    /// Points to keep; all where absent.
    #[serde(default)]
    only: Vec<String>,
    /// The values of a row.
    #[serde(default)]
    reading: Vec<ReadingRaw>,
    /// Where a row says whether its values are good.
    flag: Option<FlagRaw>,
    /// What a row signals; instead of readings, or besides them.
    signal: Option<SignalRaw>,
    /// What a row forecasts: the air of a day, or of several. Its `time` is when the forecast was issued.
    forecast: Option<ForecastRaw>,
}

/// What a row forecasts (空气质量预报). Judged by the tables of `[emergency]`: a level that is reached drafts an episode.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ForecastRaw {
    /// The field of the day that a row is of. Without it a row lists several days in `aqi`: `160、170、180`.
    day: Option<String>,
    /// How that day is written; `%Y-%m-%d` where absent.
    day_form: Option<String>,
    /// Without `day`: how many days after the issue the first one is; 1, the next day, where absent.
    first: Option<u8>,
    /// The field of the daily index: `160`, or a range such as `150~170`, of which the upper end counts.
    aqi: Option<String>,
    /// The field of the daily maximum 8-hour mean of ozone, µg/m³.
    o3_8h: Option<String>,
    /// The field of the daily mean of PM2.5, µg/m³.
    pm25: Option<String>,
    /// The field of what would make it bad: a primary pollutant, dust, a fire.
    cause: Option<String>,
    /// What its words mean: `{ "扬沙天气" = "dust" }`; `pm25`, `o3`, `dust`, `fire`, `other`. Usual names are understood.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, CauseKey>")]
    causes: BTreeMap<String, String>,
}

/// Where an answer of status 200 says whether it is good: `{"code": 0, "msg": "…"}`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OkRaw {
    /// The field, from the top of the body.
    from: String,
    /// The values that mean good: `["0", "200"]`.
    is: Vec<String>,
    /// The field with the platform's words when it is not.
    says: Option<String>,
}

/// Where a platform says when its data were last renewed: further from now than that, its list is not current, however good it looks.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct HeartbeatRaw {
    /// The field, from the top of the body: `$.data.updateTime`.
    from: String,
    /// How far from now it may lie: `30m`.
    within: String,
    /// How it is written, as in `time`; as there where absent.
    form: Option<String>,
}

/// When a row happened.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TimeRaw {
    /// The field, or several that are joined by a space.
    from: Vec<String>,
    /// `rfc3339`, `unix`, `unix_ms`, or a form such as `%Y-%m-%d %H:%M:%S`.
    form: String,
    /// The zone where the form has none; `+08:00` where absent.
    zone: Option<String>,
    /// Fields that are a bare number of so many digits, such as `{ acq_time = 4 }`: `516` becomes `0516`.
    #[serde(default)]
    digits: BTreeMap<String, u8>,
    /// Whether an hour is labelled by its `end` (the default) or its `start`.
    #[schemars(with = "Option<MarkKey>")]
    marks: Option<String>,
}

/// Where a row is.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PlaceRaw {
    /// The field of the latitude.
    lat: String,
    /// The field of the longitude.
    lon: String,
    /// `wgs84` (the default) or `gcj02`, the shifted datum of Chinese web maps.
    #[schemars(with = "Option<DatumKey>")]
    datum: Option<String>,
}

/// Which point a row is of.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PointRaw {
    /// The field of its code, or several that are joined by `-`. In `wide` the column's name is the code.
    #[serde(default)]
    id: Vec<String>,
    /// The field of its name. Without `id`, the directory's point of that name is meant.
    name: Option<String>,
    /// What is measured: `air` (the default), `model`, `water`, `camera`, `production`, `emission`, `site` … as in `[[point]]`.
    #[schemars(with = "Option<PointKindKey>")]
    kind: Option<String>,
    /// The field that names its township.
    township: Option<String>,
    /// A name that holds this is a background site; `对照点` where absent.
    background: Option<String>,
}

/// One value of a row.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ReadingRaw {
    /// The field; in `wide` the text of the quantity's column.
    from: String,
    /// What it is: `pm25`, `o3`, `ph` …
    #[schemars(with = "QuantityKey")]
    quantity: String,
    /// Its unit as the upstream means it; the quantity's own where absent.
    #[schemars(with = "Option<UnitKey>")]
    unit: Option<String>,
    /// `hour` (the default), `instant`, `8h` or `24h`.
    #[schemars(with = "Option<PeriodKey>")]
    period: Option<String>,
}

/// Where a row says whether its values are good.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FlagRaw {
    /// The field.
    from: String,
    /// Values that mean wrong.
    #[serde(default)]
    invalid: Vec<String>,
    /// Values that mean maintenance or calibration.
    #[serde(default)]
    maintenance: Vec<String>,
}

/// What a row signals. Texts may hold `{field}` places.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SignalRaw {
    /// `fire`, `weather`, `hot_grid`, `intrusion` or `alert`.
    #[schemars(with = "SignalKindKey")]
    kind: String,
    /// The field of the upstream's own id, or several that are joined by `-`.
    id: Vec<String>,
    /// How much it matters: `red`, `orange`, `yellow` (the default) or `blue`.
    #[schemars(with = "Option<SeverityKey>")]
    severity: Option<String>,
    /// The field that tells how much it matters.
    severity_from: Option<String>,
    /// What its values mean: `{ high = "orange" }`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, SeverityKey>")]
    severities: BTreeMap<String, String>,
    /// The field that tells whether it lasts.
    active_from: Option<String>,
    /// Values that mean that it lasts.
    #[serde(default)]
    active: Vec<String>,
    /// One line.
    title: String,
    /// The rest.
    detail: Option<String>,
    /// The field that names the township or area.
    area: Option<String>,
    /// The field that names the camera, station or device.
    point: Option<String>,
    /// The field of the direction in which that camera saw it, degrees clockwise from the camera's own heading.
    bearing: Option<String>,
    /// The field of a picture of what was seen: an address that begins with `http://` or `https://`.
    picture: Option<String>,
    /// The field of its end, in the form of `time`.
    ends: Option<String>,
    /// Fields worth showing on a card.
    #[serde(default)]
    fields: Vec<String>,
    /// Whether the answer lists everything that lasts, so that what is no longer listed has ended.
    #[serde(default)]
    complete: bool,
}
