//! One fire out of many pixels: detections within 500 m and an hour of each other are one signal.
//!
//! Two VIIRS pixels are 375 m apart, and a fire on their border is seen in both; two satellites pass within an hour. The
//! signal's id is that of its earliest detection, and stays when later ones join.

use super::detection::Detection;
use crate::domain::id::SourceId;
use crate::domain::signal::{Severity, Signal, SignalKind};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::sources::firms::Confidence;
use serde::{Deserialize, Serialize};

/// How near a detection must be to one of a cluster, in metres.
const NEAR_M: f64 = 500.0;

/// How near in time.
const NEAR: Span = Span::hours(1);

/// One fire.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Cluster {
    /// Its detections, in the order in which they joined; never empty.
    seen: Vec<Detection>,
}

/// Adds detections to the clusters, earliest first, and tells which clusters hold one of them.
pub(super) fn gather(clusters: &mut Vec<Cluster>, mut seen: Vec<Detection>) -> Vec<usize> {
    seen.sort_by(|a, b| (a.at_ms, &a.id).cmp(&(b.at_ms, &b.id)));
    let mut touched = Vec::new();
    for detection in seen {
        let index = clusters.iter().position(|cluster| cluster.takes(&detection));
        let index = index.unwrap_or_else(|| {
            clusters.push(Cluster::default());
            clusters.len() - 1
        });
        if let Some(cluster) = clusters.get_mut(index) {
            cluster.add(detection);
        }
        if !touched.contains(&index) {
            touched.push(index);
        }
    }
    touched
}

impl Cluster {
    /// The last moment at which it was seen.
    pub(super) fn last(&self) -> Moment {
        self.seen.iter().map(Detection::at).max().unwrap_or_default()
    }

    fn takes(&self, other: &Detection) -> bool {
        // A degree of latitude is 111 km; most clusters are told apart without a square root.
        let near = |seen: &Detection| {
            (seen.lat - other.lat).abs() < 0.005
                && (seen.at_ms - other.at_ms).abs() <= NEAR.ms()
                && seen
                    .place()
                    .zip(other.place())
                    .is_some_and(|(a, b)| a.distance_m(b) <= NEAR_M)
        };
        self.seen.iter().any(near)
    }

    fn add(&mut self, detection: Detection) {
        if !self.seen.iter().any(|seen| seen.id == detection.id) {
            self.seen.push(detection);
        }
    }

    /// The fire as a signal: where it burns strongest, since when, as sure as the surest of its pixels.
    pub(super) fn signal(&self, source: &SourceId) -> Signal {
        let strongest = self.seen.iter().max_by(|a, b| a.power().total_cmp(&b.power()));
        let strongest = strongest.cloned().unwrap_or_default();
        let sure = self.seen.iter().max_by_key(|seen| seen.confidence());
        let sure = sure.cloned().unwrap_or_default();
        let mut satellites: Vec<&str> = self.seen.iter().map(|seen| seen.satellite.as_str()).collect();
        satellites.sort_unstable();
        satellites.dedup();
        let field = |name: &str, text: &str| (Clean::new(name), Clean::new(text));
        let first = self.seen.first().cloned().unwrap_or_default();
        Signal {
            source: source.clone(),
            id: Clean::new(&first.id),
            kind: SignalKind::Fire,
            severity_words: Clean::default(),
            severity: match sure.confidence() {
                Confidence::Low => Severity::Blue,
                Confidence::Nominal => Severity::Yellow,
                Confidence::High => Severity::Orange,
            },
            active: true,
            bearing: None,
            picture: Clean::default(),
            title: Clean::new(&format!("FIRMS {} · {} MW", satellites.join(" "), strongest.frp)),
            detail: Clean::default(),
            place: strongest.place(),
            area: Clean::default(),
            point: None,
            at: first.at(),
            ends: None,
            fields: vec![
                field("confidence", &sure.confidence),
                field("frp_mw", &strongest.frp),
                field("pixels", &self.seen.len().to_string()),
                field("satellites", &satellites.join(" ")),
                field("daynight", if strongest.day { "D" } else { "N" }),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(id: &str, lat: f64, minutes: i64, frp: &str) -> Detection {
        Detection {
            id: id.to_owned(),
            lat,
            lon: 121.0,
            at_ms: Span::mins(minutes).ms(),
            frp: frp.to_owned(),
            confidence: "nominal".to_owned(),
            ..Detection::default()
        }
    }

    #[test]
    fn pixels_of_one_fire_are_one_signal_whose_id_stays() {
        let mut clusters = Vec::new();
        let first = vec![seen("b", 30.004, 0, "9"), seen("a", 30.0, 0, "2")];
        assert_eq!(gather(&mut clusters, first), [0]);
        let again = vec![seen("b", 30.004, 0, "9"), seen("c", 30.007, 50, "3")];
        assert_eq!(gather(&mut clusters, again), [0]);
        let signal = clusters[0].signal(&SourceId::new("firms"));
        assert_eq!((signal.id.as_str(), clusters.len()), ("a", 1));
        assert_eq!(
            signal.place.map(crate::domain::place::Place::lat),
            Some(30.004),
            "where it is strongest"
        );
        assert!(signal.fields.contains(&(Clean::new("pixels"), Clean::new("3"))));
    }

    #[test]
    fn another_field_and_another_hour_are_other_fires() {
        let mut clusters = Vec::new();
        let all = vec![
            seen("a", 30.0, 0, "1"),
            seen("b", 30.0046, 0, "1"),
            seen("c", 30.0, 61, "1"),
        ];
        assert_eq!(gather(&mut clusters, all).len(), 3);
    }
}
