//! What is watched in the training county: meters, emission points, sites, sections, reservoirs with their fences, outlets.

use crate::domain::directory::PointKind;
use crate::domain::place::Place;
use crate::domain::quantity::Quantity;
use crate::training::county::County;
use crate::training::population::firms::KEY;
use crate::training::population::{EMISSIONS, METERED, Population, SITES, Section, around};

/// Outlets into the sea in each of their rivers.
const OUTLETS: usize = 6;
/// What an emission point may let out, in its own unit: nitrogen oxides and sulphur dioxide of stacks in mg/m³
/// (GB 13271-2014, table 3), chemical oxygen demand of waste water in mg/L (GB 21900-2008, table 3).
const MAY_EMIT: [(Quantity, f64); 3] = [
    (Quantity::StackNox, 150.0),
    (Quantity::StackSo2, 50.0),
    (Quantity::Cod, 50.0),
];
/// What an outlet into the sea may carry of chemical oxygen demand, in mg/L.
const OUTLET_COD: f64 = 50.0;
/// Particles at a site, µg/m³ over a quarter of an hour.
const SITE_PM10: f64 = 150.0;

/// A point that is watched.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: PointKind,
    pub(crate) place: Option<Place>,
    pub(crate) town: String,
    pub(crate) owner: Option<String>,
    pub(crate) pair: Option<String>,
    /// What it is watched for: its limit and its range are of this.
    pub(crate) of: Option<Quantity>,
    pub(crate) limit: Option<f64>,
    pub(crate) range: Option<f64>,
    pub(crate) class: Option<&'static str>,
    pub(crate) drinking: bool,
    pub(crate) upstream: Vec<String>,
    pub(crate) radius_m: Option<f64>,
}

impl Watched {
    fn new(id: String, name: String, kind: PointKind, town: &str) -> Self {
        Self {
            id,
            name,
            kind,
            place: None,
            town: town.to_owned(),
            owner: None,
            pair: None,
            of: None,
            limit: None,
            range: None,
            class: None,
            drinking: false,
            upstream: Vec::new(),
            radius_m: None,
        }
    }
}

impl Population {
    /// Everything that is watched.
    pub(super) fn watched(&self, county: &County) -> Vec<Watched> {
        let mut points = self.meters(county);
        points.extend(self.emissions(county));
        points.extend(self.sites(county));
        points.extend(self.sections(county));
        points.extend(self.reservoirs());
        points.extend(self.outlets());
        points
    }

    fn meters(&self, county: &County) -> Vec<Watched> {
        let mut points = Vec::with_capacity(2 * METERED);
        for (nth, firm) in (0..METERED).filter_map(|nth| Some((nth, self.firm(county, nth)?))) {
            let ids = ["P", "T"].map(|side| format!("M{:03}{side}", nth + 1));
            let [production, treatment] = &ids;
            let rated = firm.rated_kw.unwrap_or(200.0);
            let sides = [
                (
                    production,
                    treatment,
                    PointKind::Production,
                    &self.census.words.production,
                    rated,
                ),
                (
                    treatment,
                    production,
                    PointKind::Treatment,
                    &self.census.words.treatment,
                    rated * 0.2,
                ),
            ];
            points.extend(sides.map(|(id, other, kind, words, range)| Watched {
                place: firm.place,
                owner: Some(firm.id.clone()),
                pair: Some(other.clone()),
                of: Some(Quantity::Power),
                range: Some((range * 1.5).round()),
                ..Watched::new(id.clone(), words.replace("{firm}", &firm.name), kind, &firm.town)
            }));
        }
        points
    }

    fn emissions(&self, county: &County) -> Vec<Watched> {
        let one = |nth: usize| {
            let firm = self.firm(county, nth % KEY.end)?;
            let (of, limit) = MAY_EMIT.get(nth % 3).copied()?;
            let words = &self.census.words;
            let words = if of == Quantity::Cod {
                &words.water
            } else {
                &words.gas
            };
            Some(Watched {
                place: firm.place,
                owner: Some(firm.id),
                of: Some(of),
                limit: Some(limit),
                range: Some(limit * 4.0),
                ..Watched::new(
                    format!("S{:03}", nth + 1),
                    words.replace("{firm}", &firm.name),
                    PointKind::Emission,
                    &firm.town,
                )
            })
        };
        (0..EMISSIONS).filter_map(one).collect()
    }

    fn sites(&self, county: &County) -> Vec<Watched> {
        let sites = &self.census.sites;
        let mines = SITES - sites.mines.len() * 2;
        let one = |nth: usize| {
            let chance = self.chance.of("site").nth(nth as i64);
            let field = chance.of("town").pick(&county.fields)?;
            let what = chance
                .of("what")
                .pick(if nth < mines { &sites.what } else { &sites.mines })?;
            let short: String = field.township.chars().take(2).collect();
            let name = self
                .census
                .words
                .site
                .replace("{town}", &short)
                .replace("{what}", what);
            Some(Watched {
                place: around(county, field.centre, 0.012, chance.of("spot")),
                of: Some(Quantity::Pm10),
                limit: Some(SITE_PM10),
                range: Some(1000.0),
                radius_m: Some(150.0),
                ..Watched::new(format!("D{:02}", nth + 1), name, PointKind::Site, &field.id)
            })
        };
        (0..SITES).filter_map(one).collect()
    }

    /// Sections of the main stem in the order of the water, each below the one before and its own tributaries.
    fn sections(&self, county: &County) -> Vec<Watched> {
        let mut points: Vec<Watched> = Vec::new();
        let (mut above, mut number) = (None, 0);
        for (nth, section) in self.census.section.iter().enumerate() {
            let id = format!("W{:02}", nth + 11);
            let mut upstream: Vec<String> = above.take().into_iter().collect();
            for name in &section.tributaries {
                number += 1;
                let own = format!("B{number:02}");
                upstream.push(own.clone());
                points.push(self.tributary(county, section, (own, name)));
            }
            above = (!section.sea).then(|| id.clone());
            points.push(Watched {
                place: Place::new(section.lat, section.lon),
                class: Some("III"),
                of: section.nitrogen.map(|_| Quantity::TotalNitrogen),
                limit: section.nitrogen,
                upstream,
                ..Watched::new(id, section.name.clone(), PointKind::Water, &section.township)
            });
        }
        points
    }

    fn tributary(&self, county: &County, below: &Section, (id, name): (String, &str)) -> Watched {
        let chance = self.chance.of("tributary").of(name);
        let class = if chance.of("class").happens(0.7) {
            "III"
        } else {
            "IV"
        };
        let centre = Place::new(below.lat, below.lon);
        Watched {
            place: centre.and_then(|centre| around(county, centre, 0.015, chance.of("spot"))),
            class: Some(class),
            ..Watched::new(id, name.to_owned(), PointKind::Water, &below.township)
        }
    }

    fn reservoirs(&self) -> Vec<Watched> {
        let mut points = Vec::new();
        let words = &self.census.words;
        for (nth, reservoir) in self.census.reservoir.iter().enumerate() {
            let middle = Place::new(reservoir.lat, reservoir.lon);
            let radius = if reservoir.posts > 0 { 1500.0 } else { 400.0 };
            points.push(Watched {
                place: middle,
                class: Some("II"),
                drinking: true,
                radius_m: Some(radius),
                ..Watched::new(
                    format!("R{:02}", nth + 1),
                    reservoir.name.clone(),
                    PointKind::Reservoir,
                    &reservoir.township,
                )
            });
            for post in 0..reservoir.posts.max(1) {
                let turn = (post as f64 * 2.1).sin_cos();
                let place = Place::new(reservoir.lat + 0.009 * turn.1, reservoir.lon + 0.010 * turn.0);
                let text = if reservoir.posts > 0 {
                    &words.post
                } else {
                    &words.fence
                };
                let name = text.replace("{reservoir}", &reservoir.name);
                points.push(Watched {
                    place: if reservoir.posts > 0 { place } else { middle },
                    radius_m: Some(if reservoir.posts > 0 { 100.0 } else { radius }),
                    ..Watched::new(
                        format!("F{:02}{}", nth + 1, post + 1),
                        name.replace("{n}", &(post + 1).to_string()),
                        PointKind::Fence,
                        &reservoir.township,
                    )
                });
            }
        }
        points
    }

    fn outlets(&self) -> Vec<Watched> {
        let mut points = Vec::new();
        for (river, section) in self.census.section.iter().filter(|s| s.sea).enumerate() {
            for nth in 0..OUTLETS {
                let name = self.census.words.outlet.replace("{river}", &section.name);
                let along = 0.002 * nth as f64;
                points.push(Watched {
                    place: Place::new(section.lat + 0.006 + along / 2.0, section.lon + along),
                    of: Some(Quantity::Cod),
                    limit: Some(OUTLET_COD),
                    range: Some(OUTLET_COD * 4.0),
                    ..Watched::new(
                        format!("O{}{}", river + 1, nth + 1),
                        name.replace("{n}", &(nth + 1).to_string()),
                        PointKind::Outlet,
                        &section.township,
                    )
                });
            }
        }
        points
    }
}
