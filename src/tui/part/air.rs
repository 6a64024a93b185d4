//! Indices of air as cells: the class as a chip of the standard's colour, the word beside it, trends.

use crate::desk::board::air::DaySoFar;
use crate::desk::board::{AirNow, Board};
use crate::domain::air::{Absence, AirIndex, Level, Pollutant, Pollutants, Standard};
use crate::domain::id::PointId;
use crate::domain::quantity::Quantity;
use crate::domain::reading::{Period, Reading};
use crate::domain::time::{Moment, Span};
use crate::lang::screens::air as words;
use crate::lang::{Lang, air as say_air, domain as say, fill, when};
use crate::tui::look::{Look, Meaning};
use crate::tui::part::table::Cell;
use crate::tui::view::Ctx;
use ratatui::style::Style;
use std::cmp::Reverse;

/// A station as it is listed: its newest hour, if it ever had one, and whether that is of now.
#[derive(Clone, Copy)]
pub struct Listed<'a> {
    /// Its point.
    pub id: &'a PointId,
    /// Its newest hour.
    pub air: Option<&'a AirNow>,
    /// Whether that hour is of now; else the station is silent and its last values are history.
    pub current: bool,
}

impl<'a> Listed<'a> {
    /// A station of the board, or a model's cell; `None` for a point that is neither.
    pub fn of(ctx: &Ctx<'a>, id: &PointId) -> Option<Self> {
        let board = ctx.board;
        if let Some((id, air)) = board.air.get_key_value(id) {
            let current = board.air_age(id, air, ctx.now).is_current();
            return Some(Self {
                id,
                air: Some(air),
                current,
            });
        }
        let station = board.stations.iter().find(|station| station.id == *id)?;
        Some(Self {
            id: &station.id,
            air: None,
            current: false,
        })
    }

    /// Whether it is a model's cell.
    pub fn is_modelled(&self) -> bool {
        self.air.is_some_and(|air| air.modelled)
    }

    /// The hour at which its charts end: its own while it is of now, else the clock's.
    pub fn last_hour(&self, now: Moment) -> Moment {
        match self.air.filter(|_| self.current) {
            Some(air) => air.hour,
            None => now.floor(Span::hours(1)),
        }
    }

    /// The index as a chip; what is not of now wears no colour of a level.
    pub fn chip(&self, look: &Look) -> Cell {
        let index = self.air.map(|air| &air.index);
        let chip = chip(look, index);
        if self.current {
            chip
        } else {
            Cell::new(chip.text, Meaning::Stale)
        }
    }

    /// The class; that there are no data, where none are of now.
    pub fn class_cell(&self, look: &Look, lang: Lang) -> Cell {
        match self.air.filter(|_| self.current) {
            Some(air) => class_cell(look, lang, &air.index),
            None => Cell::new(words::AirText::NoData.text(lang), Meaning::Stale)
                .led_by(look.glyphs.none, look.style(Meaning::Stale)),
        }
    }

    /// How old its newest hour is.
    pub fn age(&self, ctx: &Ctx<'_>) -> Cell {
        let age = self.air.map(|air| when::age(ctx.lang, ctx.now - air.hour));
        let meaning = if self.current {
            Meaning::Dim
        } else {
            Meaning::Stale
        };
        Cell::new(age.unwrap_or_else(|| ctx.look.glyphs.none.to_owned()), meaning)
    }
}

/// Every station that should speak and every model's cell: the worst first, background sites and models after them, and
/// last those that are silent.
pub fn listed<'a>(ctx: &Ctx<'a>) -> Vec<Listed<'a>> {
    let board = ctx.board;
    let never = board.stations.iter().map(|station| &station.id);
    let never = never.filter(|id| !board.air.contains_key(*id));
    let ids = board.air.keys().chain(never);
    let mut found: Vec<Listed<'a>> = ids.filter_map(|id| Listed::of(ctx, id)).collect();
    found.sort_by_key(|of| {
        let background = board.points.get(of.id).is_some_and(|point| point.background);
        let index = of.air.map(|air| air.index.known());
        let newest = of.air.map(|air| air.hour).filter(|_| !of.current);
        (
            !of.current,
            of.is_modelled(),
            background,
            Reverse(newest),
            Reverse(index),
        )
    });
    found
}

/// The index, four cells wide: on the level's ground where the air is polluted, plain where it is not, a dash for none.
pub fn chip(look: &Look, index: Option<&AirIndex>) -> Cell {
    let text = match index.map(|index| (index.least(), index.aqi)) {
        Some((Some(least), _)) => format!("≥{least}"),
        Some((None, Some(index))) => format!("{index:>3} "),
        Some((None, None)) | None => format!("  {} ", look.glyphs.none),
    };
    let meaning = match index.and_then(level) {
        Some(Level::One | Level::Two) => Meaning::Strong,
        polluted_or_none => Meaning::of_level(polluted_or_none),
    };
    Cell::new(text, meaning)
}

/// The level that is shown: where an item is withheld, of what the index is at least.
pub fn level(index: &AirIndex) -> Option<Level> {
    let least = index.least().map(|least| index.standard.level(least));
    least.or(index.level)
}

/// The class as a cell: its symbol in the standard's colour, then the word.
pub fn class_cell(look: &Look, lang: Lang, index: &AirIndex) -> Cell {
    let word = Cell::new(class(lang, index), class_meaning(level(index)));
    match level(index) {
        Some(level) => word.led_by(dot(look), class_ink(look, level)),
        None => word.led_by(look.glyphs.none, look.style(Meaning::Dim)),
    }
}

/// The symbol of a class.
fn dot(look: &Look) -> &'static str {
    let [dot, _, _] = look.glyphs.map;
    dot
}

/// The level's colour as ink.
pub fn class_ink(look: &Look, level: Level) -> Style {
    let chip = look.style(Meaning::of_level(Some(level)));
    chip.bg.map_or(chip, |colour| Style::new().fg(colour))
}

/// The class in one word, or why there is none.
pub fn class(lang: Lang, index: &AirIndex) -> &'static str {
    if index.least().is_some() {
        return words::absence(lang, Absence::Beyond);
    }
    match (index.level, index.why) {
        (Some(level), _) => words::class(lang, index.standard, level),
        (None, Some(why)) => words::absence(lang, why),
        (None, None) => "",
    }
}

/// The class, with its level where the standard numbers them (轻度污染 三级); or why there is none.
pub fn class_long(lang: Lang, index: &AirIndex) -> String {
    let standard = index.standard;
    if let Some(least) = index.least() {
        return say_air::at_least(lang, least, index.withheld);
    }
    match index.level {
        Some(level) => {
            let class = say_air::class(lang, standard, level);
            let number = say_air::level(lang, standard, level);
            number.map_or_else(|| class.to_owned(), |number| format!("{class} {number}"))
        }
        None => index.why.map_or("", |why| say_air::absence(lang, why)).to_owned(),
    }
}

/// What the class word means to the eye: polluted classes stand out, clean ones do not.
pub fn class_meaning(level: Option<Level>) -> Meaning {
    match level {
        None => Meaning::Dim,
        Some(Level::One | Level::Two) => Meaning::Text,
        Some(Level::Three) => Meaning::Warn,
        Some(Level::Four | Level::Five | Level::Six) => Meaning::Bad,
    }
}

/// The ink of a column's cap: neutral while the air is clean, the level's colour where it is not.
pub fn cap_ink(look: &Look, level: Level) -> Style {
    match level {
        Level::One | Level::Two => look.style(Meaning::Chart),
        Level::Three | Level::Four | Level::Five | Level::Six => class_ink(look, level),
    }
}

/// The upper end of a small chart of indices: the clean levels at least.
pub fn scale(standard: Standard, hours: &[Option<f64>]) -> f64 {
    let clean = f64::from(standard.top(Level::Two));
    hours.iter().flatten().copied().fold(clean, f64::max)
}

/// The primary pollutants, ties together.
pub fn primary(lang: Lang, primary: Pollutants) -> String {
    let names: Vec<&str> = primary
        .iter()
        .map(|p| say::quantity(lang, p.quantity()))
        .collect();
    names.join(" ")
}

/// The hourly indices of the `hours` that end with `last`, oldest first; a missing hour is a gap.
pub fn index_hours(board: &Board, point: &PointId, last: Moment, hours: i64) -> Vec<Option<f64>> {
    let series = board.index_trends.get(point);
    by_hour(last, hours, |at| {
        let found = series?.iter().rev().find(|value| value.0 == at)?;
        found.1.map(f64::from)
    })
}

/// The hourly values of one quantity, as [`index_hours`].
pub fn value_hours(
    board: &Board,
    point: &PointId,
    quantity: Quantity,
    (last, hours): (Moment, i64),
) -> Vec<Option<f64>> {
    let series = board.trends.get(&(point.clone(), quantity, Period::Hour));
    by_hour(last, hours, |at| {
        let found = series?.iter().rev().find(|value| value.0 == at)?;
        Some(found.1.to_f64())
    })
}

/// One value an hour of the `hours` that end with `last`, oldest first.
pub fn by_hour(last: Moment, hours: i64, value: impl Fn(Moment) -> Option<f64>) -> Vec<Option<f64>> {
    let last = last.floor(Span::hours(1));
    (0..hours)
        .rev()
        .map(|ago| value(last - Span::hours(ago)))
        .collect()
}

/// Rising, falling or level over the last two hours that have a value: ten per cent make a trend.
pub fn trend<'a>(look: &'a Look, hours: &[Option<f64>]) -> &'a str {
    let mut last = hours.iter().rev().flatten();
    let [up, down, level] = look.glyphs.trend;
    match (last.next(), last.next()) {
        (Some(now), Some(before)) if *now > before * 1.1 => up,
        (Some(now), Some(before)) if *now < before * 0.9 => down,
        (Some(_), Some(_)) => level,
        (Some(_) | None, _) => " ",
    }
}

/// Which day it is and up to which hour: `今日 至19时`.
pub fn day_title(ctx: &Ctx<'_>, day: &DaySoFar) -> String {
    let hour = format!("{:02}", day.of.over);
    let day = day_name(ctx, day);
    fill(
        words::AirText::DayTitle.text(ctx.lang),
        &[("day", &day), ("hour", &hour)],
    )
}

/// Today, or the date of another day.
fn day_name(ctx: &Ctx<'_>, day: &DaySoFar) -> String {
    if day.date == ctx.now.date(ctx.board.room.zone) {
        words::AirText::Today.text(ctx.lang).to_owned()
    } else {
        day.date.format("%m-%d").to_string()
    }
}

/// A day in short pieces, the most important first: its index if it ended now, then when it tips, or that it does not.
pub fn day_pieces(ctx: &Ctx<'_>, day: &DaySoFar) -> Vec<(String, Meaning)> {
    let lang = ctx.lang;
    let now = &day.of.now;
    if now.highest().is_none() {
        return vec![(words::AirText::FewShort.text(lang).to_owned(), Meaning::Stale)];
    }
    let hour = format!("{:02}", day.of.over);
    let index = now
        .aqi
        .map_or_else(|| ctx.look.glyphs.none.to_owned(), |aqi| aqi.to_string());
    let so_far = fill(
        words::AirText::DayShort.text(lang),
        &[
            ("day", &day_name(ctx, day)),
            ("hour", &hour),
            ("index", &index),
            ("class", &class(lang, now)),
        ],
    );
    let mut pieces = vec![(so_far, class_meaning(now.level))];
    match day.of.tip.map(|tip| (tip.hour, tip.into)) {
        Some((Some(hour), into)) => {
            let (hour, class) = (format!("{hour:02}"), words::class(lang, now.standard, into));
            let tips = fill(
                words::AirText::TipShort.text(lang),
                &[("hour", &hour), ("class", &class)],
            );
            pieces.push((tips, Meaning::Warn));
        }
        Some((None, _)) => pieces.push((words::AirText::StaysShort.text(lang).to_owned(), Meaning::Dim)),
        None => {}
    }
    pieces
}

/// A station's name; its code where it has none.
pub fn name(ctx: &Ctx<'_>, id: &PointId) -> String {
    let point = ctx.board.points.get(id).filter(|p| !p.name.is_empty());
    point.map_or_else(|| id.to_string(), |p| p.name.to_string())
}

/// The reading of one pollutant for the station's hour: an older one is no part of it.
pub fn reading<'a>(ctx: &Ctx<'a>, id: &PointId, pollutant: Pollutant) -> Option<&'a Reading> {
    let key = (id.clone(), pollutant.quantity(), Period::Hour);
    let hour = ctx.board.air.get(id)?.hour;
    ctx.board.latest.get(&key).filter(|reading| reading.at == hour)
}
