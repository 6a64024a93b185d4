//! The words of an order: what was found, where, what was seen of it, by when what must be done, under which number.

pub mod parts;

use crate::domain::case::Case;
use crate::domain::directory::Directory;
use crate::domain::fact::case::Matter;
use crate::domain::fact::task::{Order, Sighted};
use crate::domain::place::{Datum, Place};
use crate::domain::playbook::Playbook;
use crate::domain::time::{Moment, Zone};
use crate::lang::screens::fires::compass;
use crate::lang::{Lang, domain, fill, when};

/// When and under which number an order is made.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// Its number in the room.
    pub number: &'a str,
    /// When.
    pub now: Moment,
    /// The room's zone.
    pub zone: Zone,
}

/// What the words of an order are made from.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    /// The order, with everything but its words.
    pub order: &'a Order,
    /// What it is about, without the mark of a drill.
    pub what: &'a str,
    /// The same with what is to be done, in sentences: the usual beginning.
    pub asked: &'a str,
    /// Its case.
    pub case: &'a Case,
    /// The loop of that.
    pub playbook: Option<&'a Playbook>,
    /// The room's name.
    pub room: &'a str,
    /// When and under which number.
    pub made: Made<'a>,
}

/// The whole text of an order: that of its playbook, or else the usual one.
pub fn text(saying: &Saying<'_>, lang: Lang) -> String {
    let own = saying.playbook.and_then(|own| own.order.as_ref());
    match own.map(|own| lang.pick(&own.zh, &own.en)) {
        Some(own) => joined(&own.lines(&|name| parts::value(saying, name, lang)), lang),
        None => joined(&usual(saying, lang), lang),
    }
}

/// What is not known of it is left out, but never where and by when: that nobody knows the place is said too.
fn usual(saying: &Saying<'_>, lang: Lang) -> Vec<String> {
    let (order, made) = (saying.order, saying.made);
    let map = Some(&order.map).filter(|map| !map.is_empty());
    let map = map.map_or_else(String::new, |map| format!(" {map}"));
    let place = fill(
        lang.pick("地点：{w}{map}", "Place: {w}{map}"),
        &[("w", &self::place(order, lang)), ("map", &map)],
    );
    let mut parts = vec![head(order, saying.asked, lang), place];
    parts.extend(order.seen.as_ref().and_then(|seen| self::seen(seen, lang)));
    parts.extend(clocks(order, made, lang));
    parts.push(fill(lang.pick("单号 {n}", "Order {n}"), &[("n", &made.number)]));
    parts
}

/// Sentences one after another, each with its end.
fn joined(sentences: &[String], lang: Lang) -> String {
    let end = lang.pick("。", ". ");
    let text: Vec<&str> = sentences
        .iter()
        .map(|part| part.trim_end_matches(['。', '.', ' ']))
        .collect();
    format!("{}{}", text.join(end), end.trim_end())
}

fn head(order: &Order, asked: &str, lang: Lang) -> String {
    match order.severity {
        Some(severity) => fill(
            lang.pick("【{s}】{what}", "[{s}] {what}"),
            &[("s", &domain::severity(lang, severity)), ("what", &asked)],
        ),
        None => asked.to_owned(),
    }
}

/// Where in words, with its position.
fn place(order: &Order, lang: Lang) -> String {
    let named = Some(order.whereabouts.as_str()).filter(|words| !words.is_empty());
    match (named, position(order)) {
        (Some(words), Some(at)) => format!("{words} ({at})"),
        (Some(words), None) => words.to_owned(),
        (None, Some(at)) => at,
        (None, None) => lang
            .pick("不明，请先核实", "not known, find out first")
            .to_owned(),
    }
}

/// The position as the maps of its receiver write it.
fn position(order: &Order) -> Option<String> {
    order
        .place
        .map(|place| on_map(place, order.datum.unwrap_or_default()))
}

/// A position as a map on `datum` writes it.
fn on_map(place: Place, datum: Datum) -> String {
    let (lat, lon) = place.to(datum);
    let name = match datum {
        Datum::Wgs84 => "WGS-84",
        Datum::Gcj02 => "GCJ-02",
        Datum::Bd09 => "BD-09",
    };
    format!("{lat:.5}, {lon:.5} {name}")
}

/// Where a position lies from a named place: `回龙村北 1.2 km`.
fn whereabouts(name: &str, octant: usize, metres: f64, lang: Lang) -> String {
    if metres < 100.0 {
        return fill(lang.pick("{name}旁", "at {name}"), &[("name", &name)]);
    }
    let km = format!("{:.1}", metres / 1000.0);
    fill(
        lang.pick("{name}{wind} {km} km", "{km} km {wind} of {name}"),
        &[("name", &name), ("wind", &compass(lang, octant)), ("km", &km)],
    )
}

/// Where a matter is, in words: by the nearest named place; else the township, or what the upstream called it.
pub fn where_is(directory: &Directory, matter: &Matter, lang: Lang) -> String {
    let near = matter.place.and_then(|place| directory.named_near(place));
    if let Some((name, octant, metres)) = near {
        return whereabouts(name.as_str(), octant, metres, lang);
    }
    let township = matter.township.as_ref();
    let township = township.and_then(|id| directory.township_by_id(id));
    township.map_or_else(|| matter.area.to_string(), |own| own.name.to_string())
}

fn seen(seen: &Sighted, lang: Lang) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if !seen.by.is_empty() {
        parts.push(fill(lang.pick("{by} 发现", "Seen by {by}"), &[("by", &seen.by)]));
    }
    if let Some(bearing) = seen.bearing {
        parts.push(fill(lang.pick("方位 {b}°", "bearing {b}°"), &[("b", &bearing)]));
    }
    if let Some(metres) = seen.metres {
        parts.push(fill(
            lang.pick("距 {km}", "{km} from there"),
            &[("km", &km(metres))],
        ));
    }
    parts.extend(Some(seen.wind.to_string()).filter(|wind| !wind.is_empty()));
    parts.extend(Some(seen.picture.to_string()).filter(|picture| !picture.is_empty()));
    (!parts.is_empty()).then(|| parts.join(lang.pick("，", ", ")))
}

fn km(metres: u32) -> String {
    format!("{:.1} km", f64::from(metres) / 1000.0)
}

/// Each clock by its name, what is past already at once; the end that was chosen where it is another.
fn clocks(order: &Order, made: Made<'_>, lang: Lang) -> Option<String> {
    let stamp = |at: Moment| when::dated(at, made.now, made.zone);
    let one = |(name, at): &(_, Moment)| {
        let (form, at) = if *at <= made.now {
            (lang.pick("{name}：立即", "{name}: at once"), String::new())
        } else {
            (lang.pick("{name}：{at} 前", "{name}: by {at}"), stamp(*at))
        };
        fill(form, &[("name", name), ("at", &at)])
    };
    let mut parts: Vec<String> = order.clocks.iter().map(one).collect();
    let told = order.clocks.iter().any(|(_, at)| Some(*at) == order.deadline);
    if let Some(deadline) = order.deadline.filter(|_| !told) {
        let form = lang.pick("请于 {at} 前办结并反馈", "finish and report by {at}");
        parts.push(fill(form, &[("at", &stamp(deadline))]));
    }
    (!parts.is_empty()).then(|| parts.join(lang.pick("，", ", ")))
}

#[cfg(test)]
mod tests;
