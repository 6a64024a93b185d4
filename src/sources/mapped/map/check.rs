//! The check of a field map: every mistake with its place.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::bench::known;
use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::place::Datum;
use crate::domain::quantity::{MeasureUnit, Value};
use crate::domain::reading::Period;
use crate::domain::signal::{Severity, SignalKind};
use crate::sources::Given;
use crate::sources::mapped::form::{
    Field, FlagForm, Layout, Mapped, OkForm, Piece, PlaceForm, PointForm, ReadingForm, SignalForm, Template,
};
use crate::sources::mapped::map::{
    FlagRaw, MappedRaw, OkRaw, PlaceRaw, PointRaw, ReadingRaw, SignalRaw, formats, methods, units,
};
use crate::sources::setting::check_places;
use serde_json_path::JsonPath;

/// Texts that mean "no value" where the configuration does not say (upstreams, part 4).
const MISSING: &[&str] = &["", "—", "-", "-;", "NA", "null"];

impl MappedRaw {
    /// What the map means, with the places of its texts and its pages.
    pub(in crate::sources::mapped) fn read(
        &self,
        check: &mut Check<'_>,
        given: &Given<'_>,
    ) -> Option<Mapped> {
        let map = self.check(check, given.at);
        self.check_places(check, given);
        map.inspect(|map| check_pages(check, given, map))
    }

    /// Every `{secret:…}` place must have its secret.
    fn check_places(&self, check: &mut Check<'_>, given: &Given<'_>) {
        check_places(check, &given.at.key("body"), self.body.as_deref(), given.secrets);
        for (name, text) in &self.headers {
            check_places(
                check,
                &given.at.key("headers").key(name),
                Some(text),
                given.secrets,
            );
        }
    }
}

/// A page's number and a page's size go together: with one alone, only the first page is read, or it again and again.
fn check_pages(check: &mut Check<'_>, given: &Given<'_>, map: &Mapped) {
    let texts = [given.url, map.body.as_deref()];
    let numbered = texts.iter().flatten().any(|text| text.contains("{page}"));
    let at = given.at.key("page_size");
    match (numbered, map.page_size.is_some()) {
        (true, false) => check.fault(&at, FaultKind::Missing),
        (false, true) => check.fault(
            &at,
            FaultKind::Expression("page_size".to_owned(), "{page}".to_owned()),
        ),
        (true, true) | (false, false) => {}
    }
}

impl MappedRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Mapped> {
        let layout = self.layout(check, at);
        let post = match self.method.as_deref() {
            None => self.body.is_some(),
            Some(method) => check.one_of(&at.key("method"), method, &methods(), |m| match m {
                "GET" => Some(false),
                "POST" => Some(true),
                _ => None,
            })?,
        };
        if self.reading.is_empty() && self.signal.is_none() && self.forecast.is_none() {
            check.fault(&at.key("reading"), FaultKind::Missing);
        }
        let names = self
            .headers
            .keys()
            .map(|name| (at.key("headers").key(name), name));
        let own = self.key_header.iter().map(|name| (at.key("key_header"), name));
        for (at, name) in names.chain(own).filter(|(_, name)| !is_header(name)) {
            let why = "A-Z, a-z, 0-9, -".to_owned();
            check.fault(&at, FaultKind::Expression(name.clone(), why));
        }
        let is_wide = matches!(layout, Some(Layout::Wide(..)));
        if !self.reading.is_empty() && self.point.is_none() && !is_wide {
            check.fault(&at.key("point"), FaultKind::Missing);
        }
        let ok = self.ok.as_ref().map(|raw| raw.check(check, &at.key("ok")));
        let time = self.time.check(check, &at.key("time"));
        let place = self.place.as_ref().map(|raw| raw.check(check, &at.key("place")));
        let point = self.point.as_ref();
        let point = point.map(|raw| raw.check(check, &at.key("point"), is_wide));
        let rows = at.key("reading");
        let readings = self.reading.iter().enumerate();
        let readings: Vec<_> = readings.map(|(n, raw)| raw.check(check, &rows.nth(n))).collect();
        let flag = self.flag.as_ref().map(|raw| raw.check(check, &at.key("flag")));
        let signal = self
            .signal
            .as_ref()
            .map(|raw| raw.check(check, &at.key("signal")));
        let forecast = self.forecast.as_ref();
        let forecast = forecast.map(|raw| raw.check(check, &at.key("forecast")));
        let missing = self.missing.clone();
        let time = time?;
        let beats = self.heartbeat.as_ref();
        let beats = beats.map(|raw| raw.check(check, &at.key("heartbeat"), &time));
        let total = some_field(check, at, "total", self.total.as_ref());
        let is_json = matches!(layout, Some(Layout::Json(_)));
        for (key, given) in [("total", total.is_some()), ("heartbeat", beats.is_some())] {
            if given && !is_json {
                check.fault(&at.key(key), FaultKind::Clash("format".to_owned()));
            }
        }
        Some(Mapped {
            layout: layout?,
            body: post.then(|| self.body.clone().unwrap_or_default()),
            headers: self.headers.clone().into_iter().collect(),
            key_header: self.key_header.clone(),
            page_size: self.page_size.filter(|size| *size > 0),
            missing: missing.unwrap_or_else(|| MISSING.iter().map(|&t| t.to_owned()).collect()),
            ok: flatten(ok)?,
            total,
            null_is_empty: self.null_is_empty,
            may_be_empty: self.may_be_empty,
            heartbeat: flatten(beats)?,
            time,
            place: flatten(place)?,
            point: flatten(point)?,
            only: self.only.iter().map(|code| PointId::new(code)).collect(),
            readings: readings.into_iter().collect::<Option<_>>()?,
            flag: flatten(flag)?,
            signal: flatten(signal)?,
            forecast: flatten(forecast)?,
        })
    }

    fn layout(&self, check: &mut Check<'_>, at: &At) -> Option<Layout> {
        let delimiter = self.delimiter.map_or(Ok(b','), u8::try_from);
        let Ok(delimiter) = delimiter else {
            let found = self.delimiter.map(String::from).unwrap_or_default();
            let why = "ASCII".to_owned();
            check.fault(&at.key("delimiter"), FaultKind::Expression(found, why));
            return None;
        };
        match self.format.as_str() {
            "json" => path(check, &at.key("rows"), self.rows.as_deref().unwrap_or("$[*]")).map(Layout::Json),
            "csv" => Some(Layout::Csv(delimiter)),
            "wide" => {
                if self.quantity_column.is_none() {
                    check.fault(&at.key("quantity_column"), FaultKind::Missing);
                }
                Some(Layout::Wide(delimiter, self.quantity_column.clone()?))
            }
            other => {
                check.unknown(&at.key("format"), other, &formats());
                None
            }
        }
    }
}

/// Whether a text is the name of a header, a token of RFC 9110, 5.6.2: with another nothing would be sent.
fn is_header(name: &str) -> bool {
    let of_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(of_token)
}

/// Absent is well; present and faulty is `None`.
#[expect(
    clippy::option_option,
    reason = "the outer one is whether the table stands there, the inner one whether it is right"
)]
fn flatten<T>(checked: Option<Option<T>>) -> Option<Option<T>> {
    match checked {
        None => Some(None),
        Some(inner) => inner.map(Some),
    }
}

/// Bytes of a path: its parser takes stack for every bracket.
const LONGEST_PATH: usize = 1000;

fn path(check: &mut Check<'_>, at: &At, text: &str) -> Option<JsonPath> {
    if text.len() > LONGEST_PATH {
        let head: String = text.chars().take(40).collect();
        let why = format!("longer than {LONGEST_PATH} bytes");
        check.fault(at, FaultKind::Expression(format!("{head}…"), why));
        return None;
    }
    match JsonPath::parse(text) {
        Ok(path) => Some(path),
        Err(error) => {
            check.fault(at, FaultKind::Expression(text.to_owned(), error.to_string()));
            None
        }
    }
}

pub(super) fn field(check: &mut Check<'_>, at: &At, text: &str) -> Option<Field> {
    if text.is_empty() {
        check.fault(at, FaultKind::Empty);
        return None;
    }
    if text.starts_with('$') {
        path(check, at, text).map(|path| Field::Path(text.to_owned(), path))
    } else {
        Some(Field::Name(text.to_owned()))
    }
}

pub(super) fn some_field(check: &mut Check<'_>, at: &At, key: &str, text: Option<&String>) -> Option<Field> {
    text.and_then(|text| field(check, &at.key(key), text))
}

pub(super) fn fields(check: &mut Check<'_>, at: &At, texts: &[String]) -> Option<Vec<Field>> {
    let found: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| field(check, &at.nth(n), text))
        .collect();
    found.into_iter().collect()
}

fn template(check: &mut Check<'_>, at: &At, text: &str) -> Option<Template> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            check.fault(at, FaultKind::Expression(text.to_owned(), "}".to_owned()));
            return None;
        };
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Field(field(check, at, name)?));
        rest = tail;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Some(Template(pieces))
}

impl OkRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<OkForm> {
        if self.is.is_empty() {
            check.fault(&at.key("is"), FaultKind::Empty);
        }
        Some(OkForm {
            from: field(check, &at.key("from"), &self.from)?,
            is: self.is.clone(),
            says: some_field(check, at, "says", self.says.as_ref()),
        })
    }
}

impl PlaceRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<PlaceForm> {
        let datum = self.datum.as_deref().unwrap_or("wgs84");
        let datum = check.one_of(&at.key("datum"), datum, &known::datums(), Datum::by_key);
        Some(PlaceForm {
            lat: field(check, &at.key("lat"), &self.lat)?,
            lon: field(check, &at.key("lon"), &self.lon)?,
            datum: datum?,
        })
    }
}

impl PointRaw {
    fn check(&self, check: &mut Check<'_>, at: &At, is_wide: bool) -> Option<PointForm> {
        if self.id.is_empty() && self.name.is_none() && !is_wide {
            check.fault(&at.key("id"), FaultKind::Missing);
        }
        let kind = self.kind.as_deref().unwrap_or(PointKind::Air.key());
        Some(PointForm {
            kind: check.one_of(&at.key("kind"), kind, &known::point_kinds(), PointKind::by_key)?,
            id: fields(check, &at.key("id"), &self.id)?,
            name: some_field(check, at, "name", self.name.as_ref()),
            township: some_field(check, at, "township", self.township.as_ref()),
            background: self.background.clone().unwrap_or_else(|| "对照点".to_owned()),
        })
    }
}

impl ReadingRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<ReadingForm> {
        let quantity = check.quantity(&at.key("quantity"), &self.quantity);
        let period = self.period.as_deref().unwrap_or(Period::Hour.key());
        let period = check.one_of(&at.key("period"), period, &known::periods(), Period::by_key);
        let from = field(check, &at.key("from"), &self.from);
        let quantity = quantity?;
        let unit = match self.unit.as_deref() {
            None => quantity.unit(),
            Some(text) => check.one_of(&at.key("unit"), text, &units(), |text| {
                let fits = |unit: &MeasureUnit| quantity.canonical(Value::whole(1), *unit).is_some();
                MeasureUnit::parse(text).filter(fits)
            })?,
        };
        Some(ReadingForm {
            from: from?,
            quantity,
            unit,
            period: period?,
        })
    }
}

impl FlagRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<FlagForm> {
        Some(FlagForm {
            from: field(check, &at.key("from"), &self.from)?,
            invalid: self.invalid.clone(),
            maintenance: self.maintenance.clone(),
        })
    }
}

impl SignalRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<SignalForm> {
        let kind = check.one_of(
            &at.key("kind"),
            &self.kind,
            &known::signal_kinds(),
            SignalKind::by_key,
        );
        if self.id.is_empty() {
            check.fault(&at.key("id"), FaultKind::Empty);
        }
        let usual = match self.severity.as_deref() {
            None => Some(Severity::Yellow),
            Some(key) => check.severity(&at.key("severity"), key),
        };
        let table = at.key("severities");
        let severities = self
            .severities
            .iter()
            .filter_map(|(value, key)| Some((value.to_lowercase(), check.severity(&table.key(value), key)?)));
        let severities: Vec<_> = severities.collect();
        let severity_from = some_field(check, at, "severity_from", self.severity_from.as_ref());
        let active_from = some_field(check, at, "active_from", self.active_from.as_ref());
        if active_from.is_some() && self.active.is_empty() {
            check.fault(&at.key("active"), FaultKind::Missing);
        }
        let detail = self.detail.as_deref().unwrap_or("");
        Some(SignalForm {
            id: fields(check, &at.key("id"), &self.id)?,
            title: template(check, &at.key("title"), &self.title)?,
            detail: template(check, &at.key("detail"), detail)?,
            area: some_field(check, at, "area", self.area.as_ref()),
            point: some_field(check, at, "point", self.point.as_ref()),
            bearing: some_field(check, at, "bearing", self.bearing.as_ref()),
            picture: some_field(check, at, "picture", self.picture.as_ref()),
            ends: some_field(check, at, "ends", self.ends.as_ref()),
            fields: fields(check, &at.key("fields"), &self.fields)?,
            kind: kind?,
            severity: usual?,
            severity_from: severity_from.map(|from| (from, severities)),
            active_from: active_from.map(|from| (from, self.active.clone())),
            complete: self.complete,
        })
    }
}
