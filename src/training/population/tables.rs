//! The population as the CSV files that the training configuration names: what a room's own files look like.

use crate::domain::place::Place;
use crate::domain::quantity::Quantity;
use crate::training::county::County;
use crate::training::population::firms::Firm;
use crate::training::population::points::Watched;
use crate::training::population::{FIRMS, Population, around};
use std::fmt::{Display, Write as _};

/// In the plan's rows, every township's own unit.
const TOWNSHIPS: &str = "TOWNSHIPS";

impl Population {
    /// Every file: its name and its text.
    pub(crate) fn files(&self, county: &County) -> Vec<(&'static str, String)> {
        vec![
            ("communities.csv", self.communities(county)),
            ("units.csv", self.units()),
            ("contacts.csv", self.contacts(county)),
            ("points.csv", self.point_rows()),
            ("enterprises.csv", self.enterprises(county)),
            ("measures.csv", self.measures(county)),
        ]
    }

    fn communities(&self, county: &County) -> String {
        let mut text = "id,name,township,lat,lon\n".to_owned();
        for field in &county.fields {
            for (nth, name) in self
                .census
                .communities
                .get(&field.id)
                .into_iter()
                .flatten()
                .enumerate()
            {
                let chance = self.chance.of("community").of(name);
                let place = around(county, field.centre, 0.012, chance);
                let id = format!("{}-{}", field.id, nth + 1);
                row(&mut text, &[&id, name, &field.id, &lat(place), &lon(place)]);
            }
        }
        text
    }

    fn units(&self) -> String {
        let mut text = "id,name,contact,phone,channel\n".to_owned();
        for (nth, unit) in self.census.unit.iter().enumerate() {
            let phone = phone(27 + nth);
            row(
                &mut text,
                &[
                    &unit.id,
                    &unit.name,
                    &self.person(9000 + nth),
                    &phone,
                    &"townships",
                ],
            );
        }
        text
    }

    fn contacts(&self, county: &County) -> String {
        let mut text = "unit,role,name,phone,on_call\n".to_owned();
        let words = &self.census.words;
        let mut nth = 0;
        for field in &county.fields {
            nth += 1;
            row(
                &mut text,
                &[
                    &field.id,
                    &words.community_on_call,
                    &self.person(9100 + nth),
                    &phone(100 + nth),
                    &true,
                ],
            );
            for name in self.census.communities.get(&field.id).into_iter().flatten() {
                nth += 1;
                let role = format!("{name} {}", words.village);
                row(
                    &mut text,
                    &[&field.id, &role, &self.person(9100 + nth), &phone(100 + nth), &""],
                );
            }
        }
        text
    }

    fn point_rows(&self) -> String {
        let mut text =
            "id,name,kind,lat,lon,township,owner,pair,limit,range,class,drinking,upstream,radius_m\n"
                .to_owned();
        for point in &self.points {
            point_row(&mut text, point);
        }
        text
    }

    fn enterprises(&self, county: &County) -> String {
        let mut text =
            "id,name,township,lat,lon,sector,code,positive_list,tags,rated_kw,curtail,contact,phone\n"
                .to_owned();
        text.reserve(FIRMS * 130);
        for (nth, firm) in (0..FIRMS).filter_map(|nth| Some((nth, self.firm(county, nth)?))) {
            firm_row(&mut text, &firm, nth);
        }
        text
    }

    fn measures(&self, county: &County) -> String {
        let mut text = "unit,zh,en,levels\n".to_owned();
        for measure in &self.census.measure {
            let levels = measure.levels.join(";");
            let towns = county.fields.iter().map(|field| field.id.as_str());
            let named = measure.units.iter().map(String::as_str);
            let all: Vec<&str> = if measure.units.iter().any(|unit| unit == TOWNSHIPS) {
                towns.collect()
            } else {
                named.collect()
            };
            for unit in all {
                row(
                    &mut text,
                    &[&unit, &measure.zh, &format!("\"{}\"", measure.en), &levels],
                );
            }
        }
        text
    }
}

fn point_row(text: &mut String, point: &Watched) {
    let drinking = if point.drinking { "true" } else { "" };
    row(
        text,
        &[
            &point.id,
            &point.name,
            &point.kind.key(),
            &lat(point.place),
            &lon(point.place),
            &point.town,
            &point.owner.as_deref().unwrap_or_default(),
            &point.pair.as_deref().unwrap_or_default(),
            &figure(point.of, point.limit),
            &figure(point.of, point.range),
            &point.class.unwrap_or_default(),
            &drinking,
            &point.upstream.join(";"),
            &number(point.radius_m),
        ],
    );
}

fn figure(of: Option<Quantity>, value: Option<f64>) -> String {
    let named = of.zip(value);
    named.map_or_else(String::new, |(of, value)| format!("{}={value}", of.key()))
}

fn firm_row(text: &mut String, firm: &Firm, nth: usize) {
    let positive = if firm.positive { "true" } else { "" };
    row(
        text,
        &[
            &firm.id,
            &firm.name,
            &firm.town,
            &lat(firm.place),
            &lon(firm.place),
            &firm.sector,
            &firm.code,
            &positive,
            &firm.tags.join(";"),
            &number(firm.rated_kw),
            &firm.curtail,
            &firm.contact,
            &phone(1000 + nth),
        ],
    );
}

fn row(text: &mut String, cells: &[&dyn Display]) {
    for (nth, cell) in cells.iter().enumerate() {
        let comma = if nth == 0 { "" } else { "," };
        // Into memory: this cannot fail.
        let _ = write!(text, "{comma}{cell}");
    }
    text.push('\n');
}

fn lat(place: Option<Place>) -> String {
    place.map_or_else(String::new, |place| format!("{:.5}", place.lat()))
}

fn lon(place: Option<Place>) -> String {
    place.map_or_else(String::new, |place| format!("{:.5}", place.lon()))
}

fn number(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// A number that nobody has.
fn phone(nth: usize) -> String {
    format!("0574-0000-{nth:04}")
}
