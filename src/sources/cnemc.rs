//! 中国环境监测总站 (CNEMC): hourly values of the national air stations, as the platform's JSON or as a day's CSV archive.
//!
//! Undocumented and without a key; the shape is that of five public clients (upstreams, part 4). All JSON values are
//! texts; µg/m³ but CO in mg/m³; `TimePoint` has no zone (+08:00) and labels the hour that ends there. Missing: `—` in
//! JSON, empty in CSV. The archive is long: `date,hour,type,<station…>`, trailing columns may be cut off. Live rows
//! are revised later, and the published index does not always fit its own row: it is kept apart, never mixed with ours.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::bench::known::keys;
use crate::domain::directory::{Directory, Point, PointKind};
use crate::domain::feed::{FlawKind, PollError};
use crate::domain::id::PointId;
use crate::domain::place::Datum;
use crate::domain::quantity::{MeasureUnit, Quantity};
use crate::domain::reading::{Flag, Period};
use crate::domain::text::Clean;
use crate::domain::time::{CHINA, Moment, Span};
use crate::net::{Ask, Response};
use crate::sources::gather::{Gather, Slot, Spot};
use crate::sources::upstream::{Upstream, with_query};
use crate::sources::{Cursor, Kind, Options, Read, Source, SourceSetting, answer, field, stamp};
use csv::StringRecord;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "cnemc",
    says: "中国环境监测总站: the national air stations.",
    needs: &[],
    shape: |generator| generator.subschema_for::<CnemcRaw>(),
    read: |check, given| given.read(check, CnemcRaw::check),
};

const STATIONS: &str = "https://air.cnemc.cn:18007/CityData/GetAQIDataPublishLive";
const ARCHIVE: &str = "https://quotsoft.net/air/data/china_sites_{time:%Y%m%d}.csv";

/// Texts that mean "no value": the platform's dash, a mangled one, an empty cell, the standard's `NA`.
const MISSING: &[&str] = &["—", "", "NA", "-", "-;"];

/// A member of the JSON, the archive's word for it, what it is. The daily maxima of ozone (`O3_24h`, `O3_8h_24h`) are
/// no means over a period and are left out.
const COLUMNS: &[(&str, &str, Quantity, MeasureUnit, Period)] = &[
    (
        "AQI",
        "AQI",
        Quantity::PublishedIndex,
        MeasureUnit::One,
        Period::Hour,
    ),
    ("SO2", "SO2", Quantity::So2, MeasureUnit::UgPerM3, Period::Hour),
    ("NO2", "NO2", Quantity::No2, MeasureUnit::UgPerM3, Period::Hour),
    ("CO", "CO", Quantity::Co, MeasureUnit::MgPerM3, Period::Hour),
    ("O3", "O3", Quantity::O3, MeasureUnit::UgPerM3, Period::Hour),
    ("PM10", "PM10", Quantity::Pm10, MeasureUnit::UgPerM3, Period::Hour),
    (
        "PM2_5",
        "PM2.5",
        Quantity::Pm25,
        MeasureUnit::UgPerM3,
        Period::Hour,
    ),
    (
        "O3_8h",
        "O3_8h",
        Quantity::O3,
        MeasureUnit::UgPerM3,
        Period::EightHours,
    ),
    (
        "SO2_24h",
        "SO2_24h",
        Quantity::So2,
        MeasureUnit::UgPerM3,
        Period::Day,
    ),
    (
        "NO2_24h",
        "NO2_24h",
        Quantity::No2,
        MeasureUnit::UgPerM3,
        Period::Day,
    ),
    (
        "CO_24h",
        "CO_24h",
        Quantity::Co,
        MeasureUnit::MgPerM3,
        Period::Day,
    ),
    (
        "PM10_24h",
        "PM10_24h",
        Quantity::Pm10,
        MeasureUnit::UgPerM3,
        Period::Day,
    ),
    (
        "PM2_5_24h",
        "PM2.5_24h",
        Quantity::Pm25,
        MeasureUnit::UgPerM3,
        Period::Day,
    ),
];

struct Stations {
    upstream: Upstream,
    options: Cnemc,
}

keys! {
    /// What the address answers with.
    FormKey, forms: vec!["stations", "archive"];
}

/// `[source.cnemc]`: stations of 中国环境监测总站.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
struct CnemcRaw {
    /// The city as the platform writes it: `宁波市`. Needed by the `stations` form.
    city: Option<String>,
    /// Station codes to keep: `["1234A"]`; all where absent.
    #[serde(default)]
    stations: Vec<String>,
    /// `stations` (the platform's JSON, the default) or `archive` (the hourly CSV of one day, `{time:%Y%m%d}` in the address).
    #[schemars(with = "Option<FormKey>")]
    form: Option<String>,
}

/// Stations of 中国环境监测总站.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cnemc {
    /// The city as the platform writes it; empty if not given.
    city: Clean,
    /// Stations to keep; all where empty.
    stations: Vec<PointId>,
    /// Whether the address answers with the hourly CSV archive.
    archive: bool,
}

impl CnemcRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Cnemc> {
        let form = self.form.as_deref().unwrap_or("stations");
        let archive = check.one_of(&at.key("form"), form, &forms(), |form| {
            forms().contains(&form).then_some(form == "archive")
        })?;
        let city = Clean::new(self.city.as_deref().unwrap_or(""));
        if !archive && city.is_empty() {
            check.fault(&at.key("city"), FaultKind::Missing);
        }
        Some(Cnemc {
            city,
            stations: self.stations.iter().map(|code| PointId::new(code)).collect(),
            archive,
        })
    }
}

impl Options for Cnemc {
    fn source(&self, setting: &SourceSetting, _: &Arc<Directory>) -> Box<dyn Source> {
        Box::new(Stations {
            upstream: Upstream::new(setting),
            options: self.clone(),
        })
    }
}

impl Source for Stations {
    fn ask(&self, _: &Cursor, now: Moment) -> Ask {
        if self.options.archive {
            // The last hours of a day come in after midnight, so that day's file is asked for an hour longer.
            let address = self.upstream.url().unwrap_or(ARCHIVE);
            let url = self.upstream.fill(address, 1, now - Span::hours(1), CHINA);
            return self.upstream.get(url);
        }
        let address = self.upstream.url().unwrap_or(STATIONS);
        let city = self.options.city.as_str();
        self.upstream.get(with_query(address, &[("cityName", city)]))
    }

    fn read(&self, _: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError> {
        let mut gather = Gather::new(&self.upstream.id, now);
        if self.options.archive {
            self.read_archive(&answer::table(reply, &mut gather)?, &mut gather)?;
        } else {
            let body = answer::json(reply, &mut gather)?;
            self.read_stations(&body, &mut gather)?;
        }
        Ok(Read {
            take: gather.finish_speaking(),
            ..Read::default()
        })
    }

    /// Hours are published once, within an hour; three looks an hour find each soon without being a burden.
    fn every(&self) -> Span {
        Span::mins(20)
    }

    /// Real-time values appear within one hour (HJ 633-2026, 5.2.2): the newest is up to two hours old, and a look.
    fn late_after(&self) -> Option<Span> {
        Some(Span::mins(150))
    }
}

impl Stations {
    fn wants(&self, code: &str) -> bool {
        let wanted = &self.options.stations;
        wanted.is_empty() || wanted.iter().any(|id| id.as_str() == code)
    }

    fn read_stations(&self, body: &Value, gather: &mut Gather<'_>) -> Result<(), PollError> {
        let rows = body.as_array();
        let rows = rows.ok_or_else(|| PollError::Foreign(answer::head(&body.to_string())))?;
        for (n, row) in rows.iter().enumerate() {
            self.read_station(n + 1, row, gather);
        }
        Ok(())
    }

    fn read_station(&self, n: usize, row: &Value, gather: &mut Gather<'_>) {
        let code = field::text(row, "StationCode");
        if code.is_empty() {
            return gather.flaw(Spot(n, "StationCode"), &row.to_string(), FlawKind::Missing);
        }
        if !self.wants(&code) {
            return;
        }
        gather.row(n);
        let id = PointId::new(&code);
        let (lat, lon) = (field::text(row, "Latitude"), field::text(row, "Longitude"));
        let name = field::text(row, "PositionName");
        let place = gather.place(Spot(n, "Latitude"), &lat, &lon, Datum::Wgs84);
        let called = Clean::new(if name.is_empty() { &code } else { &name });
        gather.point(Point {
            place,
            background: name.contains("对照点"),
            ..Point::new(id.clone(), called, PointKind::Air)
        });
        let text = field::text(row, "TimePoint");
        let Some(at) = time_point(&text) else {
            return gather.flaw(Spot(n, "TimePoint"), &text, FlawKind::NotATime);
        };
        if gather.may_be(Spot(n, "TimePoint"), at) {
            for column in COLUMNS.iter().filter(|column| row.get(column.0).is_some()) {
                let text = field::text(row, column.0);
                value(gather, Spot(n, column.0), slot(column, &id, at), &text);
            }
        }
    }

    fn read_archive(&self, body: &str, gather: &mut Gather<'_>) -> Result<(), PollError> {
        let mut table = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(body.as_bytes());
        let head = table.headers().cloned().unwrap_or_default();
        let first: Vec<&str> = head.iter().map(str::trim).take(3).collect();
        if first != ["date", "hour", "type"] {
            return Err(PollError::Foreign(answer::head(body)));
        }
        let stations = head.iter().enumerate().skip(3);
        let stations = stations.map(|(n, code)| (n, code.trim()));
        let stations: Vec<_> = stations
            .filter(|(_, code)| !code.is_empty() && self.wants(code))
            .map(|(n, code)| (n, PointId::new(code)))
            .collect();
        for (n, row) in table.records().enumerate() {
            match row {
                Ok(row) => read_hour(n + 2, &row, &stations, gather),
                Err(error) => gather.flaw(Spot(n + 2, ""), &error.to_string(), FlawKind::Shape),
            }
        }
        Ok(())
    }
}

/// One row of the archive: one hour of one quantity at every station.
fn read_hour(n: usize, row: &StringRecord, stations: &[(usize, PointId)], gather: &mut Gather<'_>) {
    let cell = |at: usize| row.get(at).unwrap_or("").trim();
    if cell(2).is_empty() {
        return gather.lose(Spot(n, "type"), cell(0), FlawKind::Missing);
    }
    let Some(column) = COLUMNS.iter().find(|column| column.1 == cell(2)) else {
        return;
    };
    let text = format!("{} {}", cell(0), cell(1));
    let Some(at) = stamp::by_form("%Y%m%d %H", &text, CHINA) else {
        return gather.flaw(Spot(n, "date, hour"), &text, FlawKind::NotATime);
    };
    if !gather.may_be(Spot(n, "date, hour"), at) {
        return;
    }
    for (at_column, id) in stations {
        value(
            gather,
            Spot(n, id.as_str()),
            slot(column, id, at),
            cell(*at_column),
        );
    }
}

/// `2017-02-15T22:00:00`, or `/Date(1747000000000)/` in the history's rows.
fn time_point(text: &str) -> Option<Moment> {
    match text.strip_prefix("/Date(") {
        Some(rest) => {
            let digits = rest.split([')', '+']).next()?;
            digits.parse().ok().map(Moment::from_ms)
        }
        None => stamp::iso(text, CHINA),
    }
}

fn slot(column: &(&str, &str, Quantity, MeasureUnit, Period), point: &PointId, at: Moment) -> Slot {
    Slot {
        point: point.clone(),
        quantity: column.2,
        unit: column.3,
        period: column.4,
        at,
        flag: Flag::Valid,
    }
}

fn value(gather: &mut Gather<'_>, spot: Spot<'_>, slot: Slot, text: &str) {
    if MISSING.contains(&text) {
        gather.nothing(spot, slot);
    } else {
        gather.number(spot, slot, text);
    }
}
