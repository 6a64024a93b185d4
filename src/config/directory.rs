//! The directory's part of a configuration: the county's areas, units, points and enterprises, inline or in files beside it.

use crate::bench::check::Check;
use crate::bench::document::{At, Document};
use crate::bench::fault::FaultKind;
use crate::config::beside::table;
use crate::config::directory::raw::{
    RawCode, RawCommunity, RawContact, RawDirectory, RawEnterprise, RawMeasure, RawPoint, RawScope,
    RawTownship, RawUnit,
};
use crate::config::directory::rows::{Names, RowAt, Rows, place, read};
use crate::domain::directory::{CodeGrade, Directory, Scope};
use crate::domain::place::{DATUMS, Datum, Ring};
use crate::domain::playbook::Words;
use crate::domain::query;
use crate::domain::text::Clean;
use serde::Deserialize;

mod firms;
mod people;
mod points;
pub mod raw;
mod rows;
#[cfg(test)]
mod tests;

/// The grades of the enterprise code where the room has none of its own.
const CODES: &str = include_str!("directory/codes.toml");

/// A corner of the boundary's file.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Corner {
    lat: f64,
    lon: f64,
}

/// What rows may refer to.
struct Known<'r> {
    datum: Datum,
    towns: Names<'r>,
    communities: Names<'r>,
    units: Names<'r>,
    points: Names<'r>,
    firms: Names<'r>,
    codes: Names<'r>,
}

/// Checks the directory. References between its parts are checked too.
pub(super) fn check(check: &mut Check<'_>) -> Directory {
    let raw: RawDirectory = check.section("directory");
    let at = At::root().key("directory");
    let datum = check
        .one_of(
            &at.key("datum"),
            &raw.datum,
            &DATUMS.map(|row| row.1),
            Datum::by_key,
        )
        .unwrap_or_default();
    let towns: Rows<RawTownship> = read(check, "township", raw.townships_file.as_deref());
    let communities: Rows<RawCommunity> = read(check, "community", raw.communities_file.as_deref());
    let units: Rows<RawUnit> = read(check, "unit", raw.units_file.as_deref());
    let contacts: Rows<RawContact> = read(check, "contact", raw.contacts_file.as_deref());
    let points: Rows<RawPoint> = read(check, "point", raw.points_file.as_deref());
    let firms: Rows<RawEnterprise> = read(check, "enterprise", raw.enterprises_file.as_deref());
    let measures: Rows<RawMeasure> = read(check, "measure", raw.measures_file.as_deref());
    let codes = codes(check);
    let known = Known {
        datum,
        towns: Names::of(check, &towns, |row| (&row.id, &row.name)),
        communities: Names::of(check, &communities, |row| (&row.id, &row.name)),
        units: Names::of(check, &units, |row| (&row.id, &row.name)),
        points: Names::of(check, &points, |row| (&row.id, "")),
        firms: Names::of(check, &firms, |row| (&row.id, "")),
        codes: Names::of(check, &codes, |row| (&row.id, "")),
    };
    let on = &known;
    Directory {
        county: Clean::new(&raw.county),
        boundary: boundary(check, &raw, datum),
        townships: towns.iter().map(|row| people::township(check, row, on)).collect(),
        communities: communities
            .iter()
            .filter_map(|row| people::community(check, row, on))
            .collect(),
        units: units.iter().map(|row| people::unit(check, row)).collect(),
        contacts: contacts
            .iter()
            .filter_map(|row| people::contact(check, row, on))
            .collect(),
        points: points
            .iter()
            .filter_map(|row| points::point(check, row, on))
            .collect(),
        enterprises: firms
            .iter()
            .map(|row| firms::enterprise(check, row, on))
            .collect(),
        codes: codes.iter().map(|(_, row)| grade(row)).collect(),
        measures: measures
            .iter()
            .filter_map(|row| people::measure(check, row, on))
            .collect(),
        scopes: scopes(check),
    }
}

fn boundary(check: &mut Check<'_>, raw: &RawDirectory, datum: Datum) -> Ring {
    let at = At::root().key("directory");
    let mut corners: Vec<(RowAt, f64, f64)> = Vec::new();
    for (n, [lat, lon]) in raw.boundary.iter().enumerate() {
        corners.push((RowAt::Here(at.key("boundary").nth(n)), *lat, *lon));
    }
    if let Some(file) = &raw.boundary_file {
        let there: Vec<(_, Corner)> = table(check, &at.key("boundary_file"), "corner", file);
        corners.extend(
            there
                .into_iter()
                .map(|(line, c)| (RowAt::There(line), c.lat, c.lon)),
        );
    }
    if !corners.is_empty() && corners.len() < 3 {
        let file = raw.boundary_file.as_ref().filter(|_| raw.boundary.is_empty());
        let key = file.map_or("boundary", |_| "boundary_file");
        let [found, least] = [corners.len(), 3].map(|count| count.to_string());
        check.fault(&at.key(key), FaultKind::Range(found, least, "…".to_owned()));
    }
    let placed = corners
        .iter()
        .filter_map(|(at, lat, lon)| place(check, at, (Some(*lat), Some(*lon)), datum));
    Ring(placed.collect())
}

/// The room's own grades of the enterprise code, or the program's.
fn codes(check: &mut Check<'_>) -> Rows<RawCode> {
    let own: Rows<RawCode> = read(check, "code", None);
    if !own.is_empty() {
        return own;
    }
    let (document, _) = Document::parse("codes.toml".as_ref(), CODES);
    let mut built_in = Check::new(&document, check.outside());
    read(&mut built_in, "code", None)
}

fn grade(row: &RawCode) -> CodeGrade {
    CodeGrade {
        key: Clean::new(&row.id),
        name: words(&row.zh, row.en.as_deref()),
        meaning: words(&row.meaning_zh, row.meaning_en.as_deref()),
    }
}

/// Words in both languages; the Chinese ones twice where there are no others.
fn words(zh: &str, en: Option<&str>) -> Words {
    Words {
        zh: Clean::new(zh),
        en: Clean::new(en.unwrap_or(zh)),
    }
}

fn scopes(check: &mut Check<'_>) -> Vec<Scope> {
    let rows: Vec<(At, RawScope)> = check.list("scope");
    let mut scopes = Vec::new();
    for (at, row) in &rows {
        if let Err(error) = query::Query::parse(&row.filter) {
            let why = error.to_string();
            check.fault(&at.key("filter"), FaultKind::Expression(row.filter.clone(), why));
        }
        scopes.push(Scope {
            name: check.words(&at.key("name"), &row.name),
            filter: Clean::new(&row.filter),
        });
    }
    scopes
}
