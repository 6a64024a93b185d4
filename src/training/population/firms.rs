//! An enterprise of the training county: what it makes, where it stands, on which lists. A function of its number.

use crate::domain::place::Place;
use crate::training::county::{County, Field};
use crate::training::population::{FIRMS, METERED, POSITIVE, Population, around};
use std::ops::Range;

/// Chemical plants with digital leak detection (LDAR).
const LDAR: Range<usize> = 0..4;
/// Enterprises with groundwater under control (土壤、地下水).
const SOIL: Range<usize> = 4..11;
/// The plating park.
const PARK: Range<usize> = 11..56;
/// Owners of emission points.
pub(super) const KEY: Range<usize> = 0..60;
/// Users of radiation sources.
const RADIATION: Range<usize> = 119..142;
/// Kept running in an episode (保障类).
const GUARANTEED: Range<usize> = 142..172;
/// Asked to cut in an episode without a meter: checked by hand.
const BY_HAND: Range<usize> = 300..480;
/// The township of the plating park.
const PARK_TOWN: &str = "xiaocaoe";
/// Every so many an enterprise is on the positive list.
const STRIDE: usize = FIRMS / POSITIVE;

/// One enterprise.
#[derive(Clone, Debug)]
pub(super) struct Firm {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) town: String,
    pub(super) place: Option<Place>,
    pub(super) sector: String,
    pub(super) code: &'static str,
    pub(super) positive: bool,
    pub(super) tags: Vec<&'static str>,
    /// Rated power in kW of those that are metered or asked to cut.
    pub(super) rated_kw: Option<f64>,
    pub(super) curtail: &'static str,
    pub(super) contact: String,
}

impl Population {
    /// The enterprise of that number, from 0.
    pub(super) fn firm(&self, county: &County, nth: usize) -> Option<Firm> {
        let chance = self.chance.of("firm").nth(nth as i64);
        let words = &self.census.words;
        let town = self.town(county, nth)?;
        let sector = self.sector(nth)?;
        let pick = |name: &str, list: &[String]| chance.of(name).pick(list).cloned().unwrap_or_default();
        let short: String = town.township.chars().take(2).collect();
        let (first, second) = (pick("first", &words.first), pick("second", &words.second));
        let cuts = (nth < METERED && !LDAR.contains(&nth)) || BY_HAND.contains(&nth);
        let rated =
            (nth < METERED || cuts).then(|| 5.0 * (16.0 * (3.0 * chance.of("rated").unit()).exp()).round());
        Some(Firm {
            id: format!("E{:04}", nth + 1),
            name: format!(
                "{short}{first}{second}{}{}",
                sector.word,
                pick("form", &words.forms)
            ),
            town: town.id.clone(),
            place: spot(self, county, town, nth),
            sector: sector.name.clone(),
            code: self.grade(nth),
            positive: is_positive(nth),
            tags: tags(nth),
            rated_kw: rated,
            curtail: if cuts {
                "L2=80;yellow=70;orange=50;red=0"
            } else {
                ""
            },
            contact: self.person(nth),
        })
    }

    /// A person's name, invented: a surname with the title people use.
    pub(super) fn person(&self, nth: usize) -> String {
        let surname = self.chance.of("person").nth(nth as i64);
        format!(
            "{}经理",
            surname
                .pick(&self.census.words.surnames)
                .map_or("", String::as_str)
        )
    }

    fn town<'c>(&self, county: &'c County, nth: usize) -> Option<&'c Field> {
        if PARK.contains(&nth) {
            return county.fields.iter().find(|field| field.id == PARK_TOWN);
        }
        let whole: f64 = self.shares.iter().sum();
        let mut left = whole * self.chance.of("town").nth(nth as i64).unit();
        let found = self.shares.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        county.fields.get(found?)
    }

    fn sector(&self, nth: usize) -> Option<&super::Sector> {
        let fixed = match nth {
            _ if PARK.contains(&nth) => Some(0),
            _ if LDAR.contains(&nth) || SOIL.contains(&nth) => Some(1),
            _ if RADIATION.contains(&nth) => Some(12),
            _ if nth < METERED => Some(2 + nth % 4),
            _ => None,
        };
        if let Some(fixed) = fixed {
            return self.census.sector.get(fixed);
        }
        let whole: f64 = self.census.sector.iter().map(|sector| sector.share).sum();
        let mut left = whole * self.chance.of("sector").nth(nth as i64).unit();
        self.census.sector.iter().find(|sector| {
            left -= sector.share;
            left < 0.0
        })
    }

    fn grade(&self, nth: usize) -> &'static str {
        match self.chance.of("code").nth(nth as i64).unit() {
            _ if is_positive(nth) => "green",
            part if part < 0.84 => "green",
            part if part < 0.96 => "yellow",
            part if part < 0.99 => "orange",
            _ => "red",
        }
    }
}

fn is_positive(nth: usize) -> bool {
    nth % STRIDE == 7 && nth / STRIDE < POSITIVE
}

fn tags(nth: usize) -> Vec<&'static str> {
    let lists = [
        (LDAR, "ldar"),
        (SOIL, "soil"),
        (PARK, "park"),
        (KEY, "key"),
        (RADIATION, "radiation"),
        (GUARANTEED, "guaranteed"),
    ];
    let on = lists.into_iter().filter(|(list, _)| list.contains(&nth));
    on.map(|(_, tag)| tag).collect()
}

/// Somewhere in its township; the park's enterprises stand close together.
fn spot(own: &Population, county: &County, town: &Field, nth: usize) -> Option<Place> {
    let wide = if PARK.contains(&nth) { 0.003 } else { 0.011 };
    around(county, town.centre, wide, own.chance.of("spot").nth(nth as i64))
}
