//! Indices of air as cells: the class as a chip of the standard's colour, the word beside it, trends.

use crate::desk::board::AirNow;
use crate::desk::board::Board;
use crate::domain::air::AirIndex;
use crate::domain::air::Level;
use crate::domain::air::Pollutant;
use crate::domain::air::Pollutants;
use crate::domain::air::Standard;
use crate::domain::id::PointId;
use crate::domain::quantity::Quantity;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::lang::Lang;
use crate::lang::air as say_air;
use crate::lang::domain as say;
use crate::lang::screens::air as words;
use crate::tui::look::Look;
use crate::tui::look::Meaning;
use crate::tui::panel::Ctx;
use crate::tui::part::table::Cell;
use ratatui::style::Style;

/// An hour is over and published within this time; older data are marked.
pub const FRESH: Span = Span::mins(150);

/// The index, four cells wide: on the level's ground where the air is polluted, plain where it is not, a dash for none.
pub fn chip(look: &Look, index: Option<&AirIndex>) -> Cell {
    let text = index.and_then(|index| index.aqi).map_or_else(
        || format!("  {} ", look.glyphs.none),
        |index| format!("{index:>3} "),
    );
    let meaning = match index.and_then(|index| index.level) {
        Some(Level::One | Level::Two) => Meaning::Strong,
        polluted_or_none => Meaning::of_level(polluted_or_none),
    };
    Cell::new(text, meaning)
}

/// The class as a cell: its symbol in the standard's colour, then the word.
pub fn class_cell(look: &Look, lang: Lang, air: &AirNow) -> Cell {
    let word = Cell::new(class(lang, air), class_meaning(air.index.level));
    match air.index.level {
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
pub fn class(lang: Lang, air: &AirNow) -> &'static str {
    match (air.index.level, air.index.why) {
        (Some(level), _) => words::class(lang, air.index.standard, level),
        (None, Some(why)) => words::absence(lang, why),
        (None, None) => "",
    }
}

/// The class, with its level where the standard numbers them (轻度污染 三级); or why there is none.
pub fn class_long(lang: Lang, air: &AirNow) -> String {
    let standard = air.index.standard;
    match air.index.level {
        Some(level) => {
            let class = say_air::class(lang, standard, level);
            let number = say_air::level(lang, standard, level);
            number.map_or_else(|| class.to_owned(), |number| format!("{class} {number}"))
        }
        None => air
            .index
            .why
            .map_or("", |why| say_air::absence(lang, why))
            .to_owned(),
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
        polluted => class_ink(look, polluted),
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

fn by_hour(last: Moment, hours: i64, value: impl Fn(Moment) -> Option<f64>) -> Vec<Option<f64>> {
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

/// A station's name; its code where it has none.
pub fn name(ctx: &Ctx<'_>, id: &PointId) -> String {
    let point = ctx.board.points.get(id).filter(|p| !p.name.is_empty());
    point.map_or_else(|| id.to_string(), |p| p.name.to_string())
}

/// The reading of one pollutant for the station's hour.
pub fn reading<'a>(ctx: &Ctx<'a>, id: &PointId, pollutant: Pollutant) -> Option<&'a Reading> {
    let key = (id.clone(), pollutant.quantity(), Period::Hour);
    ctx.board.latest.get(&key)
}
