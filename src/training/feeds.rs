//! The training city's upstreams: each a function from a world and a moment to the bytes that an upstream of that kind
//! would answer. One feed a file, one row in [`FEEDS`]; `server` puts them on HTTP.

use crate::domain::time::{CHINA, Moment, Span};
use crate::training::world::World;
use serde_json::{Value, json};

mod alerts;
mod archive;
mod emissions;
mod fences;
mod firms;
mod grids;
mod meters;
mod outlook;
mod patches;
mod petitions;
mod sections;
mod sites;
mod stations;
mod tower;
mod warnings;
mod weather;

/// One upstream.
pub(super) struct Feed {
    /// Its name: what `/fault?feed=…` and the training configuration call it.
    pub(super) name: &'static str,
    /// Its path; what follows it, and the query, are ignored.
    pub(super) path: &'static str,
    /// What it speaks.
    pub(super) kind: &'static str,
    /// What it answers at a moment.
    pub(super) body: fn(&World, Moment) -> String,
}

/// Every upstream of the city.
pub(super) const FEEDS: &[Feed] = &[
    stations::FEED,
    archive::FEED,
    weather::FEED,
    warnings::FEED,
    outlook::FEED,
    tower::FEED,
    firms::FEED,
    alerts::FEED,
    meters::FEED,
    emissions::FEED,
    sites::FEED,
    sections::FEED,
    fences::FEED,
    grids::FEED,
    petitions::FEED,
    patches::FEED,
];

/// The content type of JSON.
const JSON: &str = "application/json; charset=utf-8";
/// The content type of CSV.
const CSV: &str = "text/csv; charset=utf-8";

/// A platform's answer with those rows.
fn rows(rows: &[Value]) -> String {
    json!({ "code": 0, "message": "ok", "data": rows }).to_string()
}

/// A moment as the county's platforms write it.
fn stamp(at: Moment) -> String {
    at.local(CHINA).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The local day's number since 1970-01-01, and a place in time on it.
fn day_of(at: Moment) -> i64 {
    (at + Span::hours(8)).ms().div_euclid(Span::days(1).ms())
}

/// When a local day of that number begins.
fn midnight(day: i64) -> Moment {
    Moment::from_ms(0) + Span::days(day) - Span::hours(8)
}

/// Rounded to so many decimals, as instruments send it.
fn rounded(number: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (number * scale).round() / scale
}

/// The upstream that answers at `path`.
pub(super) fn by_path(path: &str) -> Option<&'static Feed> {
    FEEDS.iter().find(|feed| path.starts_with(feed.path))
}

#[cfg(test)]
mod tests;
