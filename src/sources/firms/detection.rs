//! One pixel that a satellite saw burning, from any of the forms in which FIRMS writes it.

use crate::domain::feed::{FlawKind, PollError};
use crate::domain::place::{Datum, Place};
use crate::domain::time::{Moment, UTC};
use crate::sources::firms::{CONFIDENCES, Confidence};
use crate::sources::gather::{Gather, Spot};
use crate::sources::{answer, stamp};
use csv::StringRecord;
use serde::{Deserialize, Serialize};

/// The columns without which a table is not of FIRMS.
const NEEDED: [&str; 4] = ["latitude", "longitude", "acq_date", "acq_time"];

/// Bytes of memory that a pixel takes while its cluster is looked for, as it is remembered between polls, about.
const DETECTION_WEIGHT: u64 = 1500;

/// One pixel seen burning. Plain fields, so that it can be remembered between polls.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Detection {
    /// Composed of satellite, time and place: FIRMS gives none.
    pub(super) id: String,
    /// Degrees north.
    pub(super) lat: f64,
    /// Degrees east.
    pub(super) lon: f64,
    /// Milliseconds since the epoch.
    pub(super) at_ms: i64,
    /// As the row writes it.
    pub(super) satellite: String,
    /// Fire radiative power as the row writes it, in megawatts.
    pub(super) frp: String,
    /// `low`, `nominal` or `high`.
    pub(super) confidence: String,
    /// Whether it was seen by day.
    pub(super) day: bool,
}

impl Detection {
    pub(super) fn at(&self) -> Moment {
        Moment::from_ms(self.at_ms)
    }

    pub(super) fn place(&self) -> Option<Place> {
        Place::new(self.lat, self.lon)
    }

    pub(super) fn confidence(&self) -> Confidence {
        Confidence::by_key(&self.confidence).unwrap_or_default()
    }

    /// Megawatts; zero where the row has none.
    pub(super) fn power(&self) -> f64 {
        self.frp.parse().unwrap_or(0.0)
    }
}

/// Reads a table, with the number of each good row. No text at all is a table without rows.
pub(super) fn read(body: &str, gather: &mut Gather<'_>) -> Result<Vec<(usize, Detection)>, PollError> {
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(body.as_bytes());
    let head = table.headers().cloned().unwrap_or_default();
    let column = |name: &str| head.iter().position(|have| have.trim() == name);
    if !body.trim().is_empty() && NEEDED.iter().any(|name| column(name).is_none()) {
        return Err(PollError::Foreign(answer::head(body)));
    }
    let mut found = Vec::new();
    for (n, row) in table.records().enumerate() {
        let n = n + 2;
        if !gather.pays(n, DETECTION_WEIGHT) {
            break;
        }
        match row {
            Ok(row) => {
                let cell = |name: &str| cell(&row, column(name));
                found.extend(detection(n, cell, gather).map(|detection| (n, detection)));
            }
            Err(error) => gather.flaw(Spot(n, ""), &error.to_string(), FlawKind::Shape),
        }
    }
    Ok(found)
}

fn cell(row: &StringRecord, column: Option<usize>) -> &str {
    column.and_then(|n| row.get(n)).unwrap_or("").trim()
}

fn detection<'r>(n: usize, cell: impl Fn(&str) -> &'r str, gather: &mut Gather<'_>) -> Option<Detection> {
    let place = gather.place(
        Spot(n, "latitude, longitude"),
        cell("latitude"),
        cell("longitude"),
        Datum::Wgs84,
    );
    let Some(place) = place else {
        if cell("latitude").is_empty() && cell("longitude").is_empty() {
            gather.flaw(Spot(n, "latitude"), "", FlawKind::Missing);
        }
        return None;
    };
    let time = stamp::digits(cell("acq_time"), 4);
    let written = format!("{} {time}", cell("acq_date"));
    let Some(at) = stamp::by_form("%Y-%m-%d %H%M", &written, UTC) else {
        let found = format!("{} {}", cell("acq_date"), cell("acq_time"));
        gather.flaw(Spot(n, "acq_date, acq_time"), &found, FlawKind::NotATime);
        return None;
    };
    let Some(confidence) = confidence(cell("confidence")) else {
        gather.flaw(Spot(n, "confidence"), cell("confidence"), FlawKind::Shape);
        return None;
    };
    let satellite = cell("satellite");
    let date = cell("acq_date").replace('-', "");
    Some(Detection {
        id: format!(
            "{satellite}-{date}-{time}-{}-{}",
            cell("latitude"),
            cell("longitude")
        ),
        lat: place.lat(),
        lon: place.lon(),
        at_ms: at.ms(),
        satellite: satellite.to_owned(),
        frp: cell("frp").to_owned(),
        confidence: confidence.to_owned(),
        day: cell("daynight") != "N",
    })
}

/// A letter, a word, or MODIS's 0 to 100 with the bounds of its user's guide (30 and 80). Nothing is nominal.
fn confidence(text: &str) -> Option<&'static str> {
    if let Ok(number) = text.parse::<f64>() {
        let kind = match number {
            n if n < 30.0 => Confidence::Low,
            n if n < 80.0 => Confidence::Nominal,
            _ => Confidence::High,
        };
        return CONFIDENCES.iter().find(|row| row.0 == kind).map(|row| row.1);
    }
    let lower = text.to_lowercase();
    let row = CONFIDENCES.iter().find(|row| row.1 == lower || row.2 == lower);
    row.map(|row| row.1).or(text.is_empty().then_some("nominal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_confidence_is_understood() {
        for (text, key) in [
            ("l", "low"),
            ("nominal", "nominal"),
            ("H", "high"),
            ("29", "low"),
            ("56", "nominal"),
            ("80", "high"),
            ("", "nominal"),
        ] {
            assert_eq!(confidence(text), Some(key), "{text}");
        }
        assert_eq!(confidence("sure"), None);
    }
}
