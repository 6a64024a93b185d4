//! A checked field map: paths compiled, quantities, units and zones known. Followed row by row.

use crate::domain::directory::PointKind;
use crate::domain::fact::forecast::PollutionCause;
use crate::domain::id::PointId;
use crate::domain::place::Datum;
use crate::domain::quantity::{MeasureUnit, Quantity};
use crate::domain::reading::Period;
use crate::domain::signal::{Severity, SignalKind};
use crate::domain::time::{Span, Zone};
use crate::sources::stamp::Stamp;
use serde_json_path::JsonPath;

/// A checked `[source.mapped]`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mapped {
    /// How the body is laid out.
    pub(super) layout: Layout,
    /// The body of a POST; a GET where `None`. May hold `{…}` places.
    pub(super) body: Option<String>,
    /// Headers to send.
    pub(super) headers: Vec<(String, String)>,
    /// The header that carries the key, if not `Authorization`.
    pub(super) key_header: Option<String>,
    /// Rows of a full page, where the upstream pages.
    pub(super) page_size: Option<u32>,
    /// Where the answer says how many rows the whole list has.
    pub(super) total: Option<Field>,
    /// Whether null in the place of the list, or an empty body, means none.
    pub(super) null_is_empty: bool,
    /// Whether the list of a source of readings may be empty.
    pub(super) may_be_empty: bool,
    /// Where the platform says that it lives.
    pub(super) heartbeat: Option<HeartbeatForm>,
    /// Texts that mean "no value".
    pub(super) missing: Vec<String>,
    /// Where the answer itself says whether it is good.
    pub(super) ok: Option<OkForm>,
    /// When a row happened.
    pub(super) time: TimeForm,
    /// Where a row is.
    pub(super) place: Option<PlaceForm>,
    /// Which point a row is of.
    pub(super) point: Option<PointForm>,
    /// Points to keep; all where empty.
    pub(super) only: Vec<PointId>,
    /// The values of a row.
    pub(super) readings: Vec<ReadingForm>,
    /// Where a row says whether its values are good.
    pub(super) flag: Option<FlagForm>,
    /// What a row signals.
    pub(super) signal: Option<SignalForm>,
    /// What a row forecasts.
    pub(super) forecast: Option<ForecastForm>,
}

/// How a body is laid out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Layout {
    /// JSON; the path of its rows.
    Json(JsonPath),
    /// CSV with a header, a row each; the delimiter.
    Csv(u8),
    /// CSV whose columns are points; the delimiter, and the column that names the quantity.
    Wide(u8, String),
}

/// Where a value stands in a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Field {
    /// The member or column of that name.
    Name(String),
    /// A path from the row, with its text.
    Path(String, JsonPath),
}

impl Field {
    /// As the configuration writes it.
    pub(super) fn label(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Path(text, _) => text,
        }
    }
}

/// A text with places for fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Template(pub(super) Vec<Piece>);

/// A piece of a [`Template`].
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Words.
    Text(String),
    /// A field's text.
    Field(Field),
}

/// Where an answer says whether it is good.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OkForm {
    /// The field, from the top of the body.
    pub(super) from: Field,
    /// The values that mean good.
    pub(super) is: Vec<String>,
    /// The field with the platform's words when it is not.
    pub(super) says: Option<Field>,
}

/// Where a platform says that it lives.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HeartbeatForm {
    /// The field, from the top of the body.
    pub(super) from: Field,
    /// How far from now it may lie.
    pub(super) within: Span,
    /// How it is written.
    pub(super) stamp: Stamp,
    /// The zone where it says none.
    pub(super) zone: Zone,
}

/// When a row happened.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TimeForm {
    /// The fields, with the digits of those that are bare numbers.
    pub(super) from: Vec<(Field, Option<usize>)>,
    /// How it is written.
    pub(super) stamp: Stamp,
    /// The zone where it says none.
    pub(super) zone: Zone,
    /// Whether a period is labelled by its start.
    pub(super) marks_start: bool,
}

/// Where a row is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlaceForm {
    /// The latitude.
    pub(super) lat: Field,
    /// The longitude.
    pub(super) lon: Field,
    /// The datum.
    pub(super) datum: Datum,
}

/// Which point a row is of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PointForm {
    /// Its code; by name where empty.
    pub(super) id: Vec<Field>,
    /// Its name.
    pub(super) name: Option<Field>,
    /// What is measured.
    pub(super) kind: PointKind,
    /// The field that names its township.
    pub(super) township: Option<Field>,
    /// A name that holds this is a background site.
    pub(super) background: String,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ReadingForm {
    /// Where it stands.
    pub(super) from: Field,
    /// What it is.
    pub(super) quantity: Quantity,
    /// Its unit as the upstream means it.
    pub(super) unit: MeasureUnit,
    /// Over which time.
    pub(super) period: Period,
}

/// Where a row says whether its values are good.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FlagForm {
    /// The field.
    pub(super) from: Field,
    /// Values that mean wrong.
    pub(super) invalid: Vec<String>,
    /// Values that mean maintenance or calibration.
    pub(super) maintenance: Vec<String>,
}

/// What a row signals.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SignalForm {
    /// What happened.
    pub(super) kind: SignalKind,
    /// The upstream's own id.
    pub(super) id: Vec<Field>,
    /// How much it matters where the row does not say.
    pub(super) severity: Severity,
    /// The field that tells, and what its values mean (in lower case).
    pub(super) severity_from: Option<(Field, Vec<(String, Severity)>)>,
    /// The field that tells whether it lasts, and the values that mean yes.
    pub(super) active_from: Option<(Field, Vec<String>)>,
    /// One line.
    pub(super) title: Template,
    /// The rest.
    pub(super) detail: Template,
    /// The field of the township or area.
    pub(super) area: Option<Field>,
    /// The field of the camera, station or device.
    pub(super) point: Option<Field>,
    /// The field of the direction in which it was seen.
    pub(super) bearing: Option<Field>,
    /// The field of the address of a picture of it.
    pub(super) picture: Option<Field>,
    /// The field of its end.
    pub(super) ends: Option<Field>,
    /// Fields worth showing on a card.
    pub(super) fields: Vec<Field>,
    /// Whether the answer lists everything that lasts.
    pub(super) complete: bool,
}

/// What a row forecasts. The row's time is when the forecast was issued.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ForecastForm {
    /// Which day a row is of.
    pub(super) day: DayForm,
    /// The daily index; the upper end of a range counts.
    pub(super) aqi: Option<Field>,
    /// The daily maximum 8-hour mean of ozone, µg/m³.
    pub(super) o3_8h: Option<Field>,
    /// The daily mean of PM2.5, µg/m³.
    pub(super) pm25: Option<Field>,
    /// What would make the day bad, or its primary pollutant.
    pub(super) cause: Option<Field>,
    /// What the words of that field mean beyond the usual names.
    pub(super) causes: Vec<(String, PollutionCause)>,
}

/// Which day a row of a forecast is of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum DayForm {
    /// The one in that field, in that form.
    Row(Field, String),
    /// Several, listed in the field of the index: the first so many days after the issue.
    List(u8),
}
