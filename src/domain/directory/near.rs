//! What lies around a place, and what lies up and down a river.

use crate::domain::directory::{Directory, Enterprise, Point, PointKind};
use crate::domain::id::{EnterpriseId, PointId};
use crate::domain::place::Place;
use crate::domain::text::Clean;

/// Something with a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Neighbour<'a> {
    /// An enterprise.
    Enterprise(&'a Enterprise),
    /// A point.
    Point(&'a Point),
}

/// Metres in a degree of latitude, a little less than anywhere on the globe.
const DEGREE_M: f64 = 110_500.0;

impl Directory {
    /// Enterprises and points within `metres` of a place, each with its distance in metres, nearest first.
    pub fn near(&self, place: Place, metres: f64) -> Vec<(Neighbour<'_>, f64)> {
        let close = |there: Option<Place>| {
            let there = there.filter(|t| (t.lat() - place.lat()).abs() * DEGREE_M <= metres)?;
            Some(place.distance_m(there)).filter(|distance| *distance <= metres)
        };
        let firms = self.enterprises.iter();
        let firms = firms.filter_map(|firm| Some((Neighbour::Enterprise(firm), close(firm.place)?)));
        let points = self.points.iter();
        let points = points.filter_map(|point| Some((Neighbour::Point(point), close(point.place)?)));
        let mut found: Vec<(Neighbour<'_>, f64)> = firms.chain(points).collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        found
    }

    /// The named place nearest to a position, within 5 km: its name, which of the eight winds (0 for north) the position
    /// lies in from there, and how many metres off. Villages, enterprises, and points that people know by their names.
    pub fn named_near(&self, place: Place) -> Option<(&Clean, usize, f64)> {
        let villages = self.communities.iter().map(|own| (&own.name, own.place));
        let firms = self.enterprises.iter().map(|own| (&own.name, own.place));
        let known = |point: &&Point| {
            let unnamed = matches!(
                point.kind,
                PointKind::Camera | PointKind::Model | PointKind::Emission
            );
            !unnamed && !point.kind.is_meter()
        };
        let points = self.points.iter().filter(known).map(|own| (&own.name, own.place));
        let all = villages.chain(firms).chain(points);
        let far = all.filter_map(|(name, there)| Some((name, there?, there?.distance_m(place))));
        let near = far.filter(|(name, _, metres)| *metres <= 5_000.0 && !name.is_empty());
        let (name, there, metres) = near.min_by(|a, b| a.2.total_cmp(&b.2))?;
        let octant = ((there.bearing_deg(place) + 22.5) / 45.0) as usize % 8;
        Some((name, octant, metres))
    }

    /// The points of an enterprise, in the order of the directory.
    pub fn points_of(&self, owner: &EnterpriseId) -> impl Iterator<Item = &Point> {
        self.points
            .iter()
            .filter(move |p| p.owner.as_ref() == Some(owner))
    }

    /// The sections upstream of a section, the next ones first; each once, also where the links run in a circle.
    pub fn upstream(&self, section: &PointId) -> Vec<&Point> {
        self.along(section, |from| {
            from.upstream.iter().filter_map(|id| self.point(id)).collect()
        })
    }

    /// The sections downstream of a section, the next one first; each once, also where the links run in a circle.
    pub fn downstream(&self, section: &PointId) -> Vec<&Point> {
        self.along(section, |from| {
            let below = self.points.iter().filter(|p| p.upstream.contains(&from.id));
            below.collect()
        })
    }

    fn along<'a>(&'a self, from: &PointId, next: impl Fn(&'a Point) -> Vec<&'a Point>) -> Vec<&'a Point> {
        let mut found: Vec<&Point> = Vec::new();
        let mut here: Vec<&Point> = self.point(from).map(&next).unwrap_or_default();
        while !here.is_empty() {
            here.retain(|p| p.id != *from && !found.iter().any(|known| known.id == p.id));
            found.extend(&here);
            here = here.into_iter().flat_map(&next).collect();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: &str, lat: f64, upstream: &[&str]) -> Point {
        Point {
            place: Place::new(lat, 121.0),
            upstream: upstream.iter().map(|id| PointId::new(id)).collect(),
            ..Point::new(PointId::new(id), Clean::new(id), PointKind::Water)
        }
    }

    fn river() -> Directory {
        let sections = [
            section("mouth", 30.00, &["middle"]),
            section("middle", 30.01, &["left", "right"]),
            section("left", 30.02, &[]),
            section("right", 30.03, &["mouth"]),
        ];
        Directory {
            points: sections.into_iter().collect(),
            enterprises: [Enterprise {
                id: EnterpriseId::new("firm"),
                place: Place::new(30.004, 121.0),
                ..Enterprise::default()
            }]
            .into_iter()
            .collect(),
            ..Directory::default()
        }
    }

    fn ids(points: &[&Point]) -> Vec<String> {
        points.iter().map(|p| p.id.to_string()).collect()
    }

    #[test]
    fn what_lies_around_a_place_comes_nearest_first_and_nothing_beyond_the_radius() {
        let river = river();
        let found = river.near(Place::new(30.0, 121.0).expect("in range"), 1_200.0);
        let names: Vec<(String, i64)> = found
            .iter()
            .map(|(near, metres)| {
                let name = match near {
                    Neighbour::Enterprise(firm) => firm.id.to_string(),
                    Neighbour::Point(point) => point.id.to_string(),
                };
                #[expect(clippy::cast_possible_truncation, reason = "a few hundred metres")]
                (name, metres.round() as i64)
            })
            .collect();
        // A hundredth of a degree of latitude on the mean sphere is 1,111.95 m.
        let expected = [("mouth", 0), ("firm", 445), ("middle", 1112)];
        assert_eq!(names, expected.map(|(name, metres)| (name.to_owned(), metres)));
    }

    #[test]
    fn a_river_is_followed_both_ways_and_a_circle_of_links_ends() {
        let river = river();
        assert_eq!(
            ids(&river.upstream(&PointId::new("mouth"))),
            ["middle", "left", "right"]
        );
        assert_eq!(
            ids(&river.downstream(&PointId::new("left"))),
            ["middle", "mouth", "right"]
        );
        assert!(river.upstream(&PointId::new("nowhere")).is_empty());
    }
}
