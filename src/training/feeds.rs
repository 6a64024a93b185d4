//! The training city's upstreams: each a function from a world and a moment to the bytes that an upstream of that kind
//! would answer. One feed a file, one row in [`FEEDS`]; `server` puts them on HTTP.

use crate::domain::time::Moment;
use crate::training::world::World;

mod alerts;
mod archive;
mod firms;
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
    tower::FEED,
    firms::FEED,
    alerts::FEED,
];

/// The content type of JSON.
const JSON: &str = "application/json; charset=utf-8";
/// The content type of CSV.
const CSV: &str = "text/csv; charset=utf-8";

/// The upstream that answers at `path`.
pub(super) fn by_path(path: &str) -> Option<&'static Feed> {
    FEEDS.iter().find(|feed| path.starts_with(feed.path))
}

#[cfg(test)]
mod tests;
