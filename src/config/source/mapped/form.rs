//! A checked field map: paths compiled, quantities, units and zones known. Read by the `mapped` source.

use crate::domain::directory::PointKind;
use crate::domain::fact::forecast::Cause;
use crate::domain::id::PointId;
use crate::domain::place::Datum;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::reading::Period;
use crate::domain::signal::{Severity, SignalKind};
use crate::domain::time::{Span, Zone};
use serde_json_path::JsonPath;

/// A checked `[source.mapped]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapped {
    /// How the body is laid out.
    pub layout: Layout,
    /// The body of a POST; a GET where `None`. May hold `{…}` places.
    pub body: Option<String>,
    /// Headers to send.
    pub headers: Vec<(String, String)>,
    /// The header that carries the key, if not `Authorization`.
    pub key_header: Option<String>,
    /// Rows of a full page, where the upstream pages.
    pub page_size: Option<u32>,
    /// Where the answer says how many rows the whole list has.
    pub total: Option<Field>,
    /// Whether null in the place of the list, or an empty body, means none.
    pub null_is_empty: bool,
    /// Whether the list of a source of readings may be empty.
    pub may_be_empty: bool,
    /// Where the platform says that it lives.
    pub heartbeat: Option<HeartbeatForm>,
    /// Texts that mean "no value".
    pub missing: Vec<String>,
    /// Where the answer itself says whether it is good.
    pub ok: Option<OkForm>,
    /// When a row happened.
    pub time: TimeForm,
    /// Where a row is.
    pub place: Option<PlaceForm>,
    /// Which point a row is of.
    pub point: Option<PointForm>,
    /// Points to keep; all where empty.
    pub only: Vec<PointId>,
    /// The values of a row.
    pub readings: Vec<ReadingForm>,
    /// Where a row says whether its values are good.
    pub flag: Option<FlagForm>,
    /// What a row signals.
    pub signal: Option<SignalForm>,
    /// What a row forecasts.
    pub forecast: Option<ForecastForm>,
}

/// How a body is laid out.
#[derive(Clone, Debug, PartialEq)]
pub enum Layout {
    /// JSON; the path of its rows.
    Json(JsonPath),
    /// CSV with a header, a row each; the delimiter.
    Csv(u8),
    /// CSV whose columns are points; the delimiter, and the column that names the quantity.
    Wide(u8, String),
}

/// Where a value stands in a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// The member or column of that name.
    Name(String),
    /// A path from the row, with its text.
    Path(String, JsonPath),
}

impl Field {
    /// As the configuration writes it.
    pub fn label(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Path(text, _) => text,
        }
    }
}

/// A text with places for fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template(pub Vec<Piece>);

/// A piece of a [`Template`].
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A field's text.
    Field(Field),
}

/// Where an answer says whether it is good.
#[derive(Clone, Debug, PartialEq)]
pub struct OkForm {
    /// The field, from the top of the body.
    pub from: Field,
    /// The values that mean good.
    pub is: Vec<String>,
    /// The field with the platform's words when it is not.
    pub says: Option<Field>,
}

/// How a time is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// RFC 3339.
    Rfc3339,
    /// Seconds since 1970.
    Unix,
    /// Milliseconds since 1970.
    UnixMs,
    /// A strftime form; hours and minutes that it lacks are zero.
    Form(String),
}

/// Where a platform says that it lives.
#[derive(Clone, Debug, PartialEq)]
pub struct HeartbeatForm {
    /// The field, from the top of the body.
    pub from: Field,
    /// How far from now it may lie.
    pub within: Span,
    /// How it is written.
    pub stamp: Stamp,
    /// The zone where it says none.
    pub zone: Zone,
}

/// When a row happened.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeForm {
    /// The fields, with the digits of those that are bare numbers.
    pub from: Vec<(Field, Option<usize>)>,
    /// How it is written.
    pub stamp: Stamp,
    /// The zone where it says none.
    pub zone: Zone,
    /// Whether a period is labelled by its start.
    pub marks_start: bool,
}

/// Where a row is.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceForm {
    /// The latitude.
    pub lat: Field,
    /// The longitude.
    pub lon: Field,
    /// The datum.
    pub datum: Datum,
}

/// Which point a row is of.
#[derive(Clone, Debug, PartialEq)]
pub struct PointForm {
    /// Its code; by name where empty.
    pub id: Vec<Field>,
    /// Its name.
    pub name: Option<Field>,
    /// What is measured.
    pub kind: PointKind,
    /// The field that names its township.
    pub township: Option<Field>,
    /// A name that holds this is a background site.
    pub background: String,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingForm {
    /// Where it stands.
    pub from: Field,
    /// What it is.
    pub quantity: Quantity,
    /// Its unit as the upstream means it.
    pub unit: Unit,
    /// Over which time.
    pub period: Period,
}

/// Where a row says whether its values are good.
#[derive(Clone, Debug, PartialEq)]
pub struct FlagForm {
    /// The field.
    pub from: Field,
    /// Values that mean wrong.
    pub invalid: Vec<String>,
    /// Values that mean maintenance or calibration.
    pub maintenance: Vec<String>,
}

/// What a row signals.
#[derive(Clone, Debug, PartialEq)]
pub struct SignalForm {
    /// What happened.
    pub kind: SignalKind,
    /// The upstream's own id.
    pub id: Vec<Field>,
    /// How much it matters where the row does not say.
    pub severity: Severity,
    /// The field that tells, and what its values mean (in lower case).
    pub severity_from: Option<(Field, Vec<(String, Severity)>)>,
    /// The field that tells whether it lasts, and the values that mean yes.
    pub active_from: Option<(Field, Vec<String>)>,
    /// One line.
    pub title: Template,
    /// The rest.
    pub detail: Template,
    /// The field of the township or area.
    pub area: Option<Field>,
    /// The field of the camera, station or device.
    pub point: Option<Field>,
    /// The field of the direction in which it was seen.
    pub bearing: Option<Field>,
    /// The field of the address of a picture of it.
    pub picture: Option<Field>,
    /// The field of its end.
    pub ends: Option<Field>,
    /// Fields worth showing on a card.
    pub fields: Vec<Field>,
    /// Whether the answer lists everything that lasts.
    pub complete: bool,
}

/// What a row forecasts. The row's time is when the forecast was issued.
#[derive(Clone, Debug, PartialEq)]
pub struct ForecastForm {
    /// Which day a row is of.
    pub day: DayForm,
    /// The daily index; the upper end of a range counts.
    pub aqi: Option<Field>,
    /// The daily maximum 8-hour mean of ozone, µg/m³.
    pub o3_8h: Option<Field>,
    /// The daily mean of PM2.5, µg/m³.
    pub pm25: Option<Field>,
    /// What would make the day bad, or its primary pollutant.
    pub cause: Option<Field>,
    /// What the words of that field mean beyond the usual names.
    pub causes: Vec<(String, Cause)>,
}

/// Which day a row of a forecast is of.
#[derive(Clone, Debug, PartialEq)]
pub enum DayForm {
    /// The one in that field, in that form.
    Row(Field, String),
    /// Several, listed in the field of the index: the first so many days after the issue.
    List(u8),
}
