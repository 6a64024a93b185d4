//! The directory's part of a configuration: townships, units, points and the boundary, inline or in CSV files beside it.

use crate::config::beside::table;
use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::Fault;
use crate::config::fault::FaultKind;
use crate::config::raw::RawDirectory;
use crate::config::raw::RawPoint;
use crate::config::raw::RawTownship;
use crate::config::raw::RawUnit;
use crate::domain::directory::Directory;
use crate::domain::directory::POINT_KINDS;
use crate::domain::directory::Point;
use crate::domain::directory::PointKind;
use crate::domain::directory::Township;
use crate::domain::directory::Unit;
use crate::domain::id::ChannelId;
use crate::domain::id::PointId;
use crate::domain::id::TownshipId;
use crate::domain::id::UnitId;
use crate::domain::place::Datum;
use crate::domain::place::Place;
use crate::domain::place::Ring;
use crate::domain::text::Clean;
use serde::Deserialize;
use std::path::Path;
use std::path::PathBuf;

/// Where a row stands, so that a fault can name it: in the configuration, or on a line of a file beside it.
#[derive(Clone, Debug)]
pub(super) enum RowAt {
    /// In the configuration itself.
    Here(At),
    /// On a line of another file.
    There(PathBuf, u32),
}

/// A corner of the boundary's file.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Corner {
    lat: f64,
    lon: f64,
}

/// Checks the directory. References between its parts are checked too.
pub(super) fn check(check: &mut Check<'_>) -> Directory {
    let raw: RawDirectory = check.section("directory");
    let at = At::root().key("directory");
    let datum = check
        .one_of(&at.key("datum"), &raw.datum, &["wgs84", "gcj02"], datum_of)
        .unwrap_or_default();
    let towns: Vec<(RowAt, RawTownship)> = rows(check, "township", raw.townships_file.as_deref());
    let units: Vec<(RowAt, RawUnit)> = rows(check, "unit", raw.units_file.as_deref());
    let points: Vec<(RowAt, RawPoint)> = rows(check, "point", raw.points_file.as_deref());
    unique(check, towns.iter().map(|(at, row)| (at, row.id.as_str())));
    unique(check, units.iter().map(|(at, row)| (at, row.id.as_str())));
    unique(check, points.iter().map(|(at, row)| (at, row.id.as_str())));
    let town_ids: Vec<&str> = towns.iter().map(|(_, row)| row.id.as_str()).collect();
    let unit_ids: Vec<&str> = units.iter().map(|(_, row)| row.id.as_str()).collect();
    Directory {
        county: Clean::new(&raw.county),
        boundary: boundary(check, &raw, datum),
        townships: towns
            .iter()
            .map(|(at, row)| township(check, at, row, datum, &unit_ids))
            .collect(),
        units: units.iter().map(|(at, row)| unit(check, at, row)).collect(),
        points: points
            .iter()
            .filter_map(|(at, row)| point(check, at, row, datum, &town_ids))
            .collect(),
        ..Directory::default()
    }
}

fn datum_of(key: &str) -> Option<Datum> {
    match key {
        "wgs84" => Some(Datum::Wgs84),
        "gcj02" => Some(Datum::Gcj02),
        _ => None,
    }
}

/// The rows of `[[name]]`, and after them those of the file beside the configuration.
fn rows<T: serde::de::DeserializeOwned + schemars::JsonSchema>(
    check: &mut Check<'_>,
    name: &str,
    file: Option<&Path>,
) -> Vec<(RowAt, T)> {
    let own = check
        .list(name)
        .into_iter()
        .map(|(at, row)| (RowAt::Here(at), row));
    let mut rows: Vec<(RowAt, T)> = own.collect();
    if let Some(file) = file {
        let at = At::root().key("directory").key(&format!("{name}s_file"));
        let there = table(check, &at, file);
        rows.extend(
            there
                .into_iter()
                .map(|(path, line, row)| (RowAt::There(path, line), row)),
        );
    }
    rows
}

fn boundary(check: &mut Check<'_>, raw: &RawDirectory, datum: Datum) -> Ring {
    let at = At::root().key("directory");
    let mut corners: Vec<(RowAt, f64, f64)> = Vec::new();
    for (n, [lat, lon]) in raw.boundary.iter().enumerate() {
        corners.push((RowAt::Here(at.key("boundary").nth(n)), *lat, *lon));
    }
    if let Some(file) = &raw.boundary_file {
        let there: Vec<(PathBuf, u32, Corner)> = table(check, &at.key("boundary_file"), file);
        corners.extend(
            there
                .into_iter()
                .map(|(path, line, c)| (RowAt::There(path, line), c.lat, c.lon)),
        );
    }
    let placed = corners
        .iter()
        .filter_map(|(at, lat, lon)| place(check, at, Some(*lat), Some(*lon), datum));
    Ring(placed.collect())
}

fn township(check: &mut Check<'_>, at: &RowAt, row: &RawTownship, datum: Datum, units: &[&str]) -> Township {
    if let Some(unit) = row.unit.as_deref().filter(|unit| !units.contains(unit)) {
        nothing(check, at, "unit", unit, units);
    }
    Township {
        id: TownshipId::new(&row.id),
        name: Clean::new(&row.name),
        centre: place(check, at, row.lat, row.lon, datum),
        unit: row.unit.as_deref().map(UnitId::new),
    }
}

fn unit(check: &mut Check<'_>, at: &RowAt, row: &RawUnit) -> Unit {
    let channels: Vec<&str> = check.ids("channel").into_iter().map(|(_, id)| id).collect();
    if let Some(channel) = row
        .channel
        .as_deref()
        .filter(|channel| !channels.contains(channel))
    {
        nothing(check, at, "channel", channel, &channels);
    }
    Unit {
        id: UnitId::new(&row.id),
        name: Clean::new(&row.name),
        contact: Clean::new(&row.contact),
        phone: Clean::new(&row.phone),
        channel: row.channel.as_deref().map(ChannelId::new),
    }
}

fn point(check: &mut Check<'_>, at: &RowAt, row: &RawPoint, datum: Datum, towns: &[&str]) -> Option<Point> {
    if let Some(town) = row.township.as_deref().filter(|town| !towns.contains(town)) {
        nothing(check, at, "township", town, towns);
    }
    let kind = PointKind::by_key(&row.kind);
    if kind.is_none() {
        let known: Vec<String> = POINT_KINDS.iter().map(|row| row.1.to_owned()).collect();
        fault(check, at, "kind", FaultKind::Unknown(row.kind.clone(), known));
    }
    Some(Point {
        place: place(check, at, row.lat, row.lon, datum),
        township: row.township.as_deref().map(TownshipId::new),
        background: row.background,
        ..Point::new(PointId::new(&row.id), Clean::new(&row.name), kind?)
    })
}

/// A position, where both numbers are given; one alone is a fault.
fn place(
    check: &mut Check<'_>,
    at: &RowAt,
    lat: Option<f64>,
    lon: Option<f64>,
    datum: Datum,
) -> Option<Place> {
    let found = match (lat, lon) {
        (None, None) => return None,
        (Some(lat), Some(lon)) => Place::on(datum, lat, lon),
        (Some(_), None) | (None, Some(_)) => None,
    };
    if found.is_none() {
        fault(
            check,
            at,
            if lat.is_some() { "lat" } else { "lon" },
            FaultKind::Position,
        );
    }
    found
}

fn unique<'r>(check: &mut Check<'_>, rows: impl Iterator<Item = (&'r RowAt, &'r str)>) {
    let mut seen: Vec<(&str, u32)> = Vec::new();
    for (at, id) in rows {
        if let Some((_, line)) = seen.iter().find(|(other, _)| *other == id) {
            fault(check, at, "id", FaultKind::Twice(id.to_owned(), *line));
        } else {
            let line = match at {
                RowAt::Here(at) => check.document().line(at).unwrap_or(0),
                RowAt::There(_, line) => *line,
            };
            seen.push((id, line));
        }
    }
}

fn nothing(check: &mut Check<'_>, at: &RowAt, key: &str, found: &str, there: &[&str]) {
    let list = there.iter().map(|&t| t.to_owned()).collect();
    fault(check, at, key, FaultKind::Nothing(found.to_owned(), list));
}

fn fault(check: &mut Check<'_>, at: &RowAt, key: &str, kind: FaultKind) {
    let mut fault = match at {
        RowAt::Here(at) => check.document().fault(&at.key(key), kind),
        RowAt::There(path, line) => Fault {
            file: path.clone(),
            line: *line,
            column: 0,
            key: key.to_owned(),
            kind,
            near: None,
        },
    };
    if let FaultKind::Unknown(found, known) | FaultKind::Nothing(found, known) = &fault.kind {
        fault.near = crate::config::fault::nearest(found, known.iter().map(String::as_str));
    }
    check.push(fault);
}
