//! The county as a map of the board: stations with their index, fires, townships, the wind. Called by panels.

use crate::desk::board::Board;
use crate::domain::air::AirIndex;
use crate::domain::directory::{Point, PointKind};
use crate::domain::id::PointId;
use crate::domain::place::Place;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Period, Reading};
use crate::domain::time::Moment;
use crate::lang::screens::fires;
use crate::lang::screens::overview::Overview;
use crate::lang::{Lang, fill};
use crate::tui::look::Meaning;
use crate::tui::part::map::{Mark, Projection};
use crate::tui::part::{air, map};
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Wind at a point: where from, how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wind {
    /// Degrees clockwise from north.
    pub from: f64,
    /// Metres a second.
    pub speed: f64,
}

/// Something besides stations that a map shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Fire {
    /// Where.
    pub place: Place,
    /// Words beside it; empty for none.
    pub label: String,
    /// Whether it is the one under the cursor.
    pub here: bool,
}

/// Draws boundary, fires, stations and townships, in this order of precedence. Gives whether there was anything to draw.
pub fn draw(ctx: &Ctx<'_>, fires: &[Fire], area: Rect, buf: &mut Buffer) -> bool {
    let board = ctx.board;
    let directory = &board.room.directory;
    let stations = board.points.values().filter_map(|p| p.place);
    let townships = directory.townships.iter().filter_map(|t| t.centre);
    let ground: Vec<Place> = if directory.boundary.0.is_empty() {
        stations.chain(townships).collect()
    } else {
        directory.boundary.0.clone()
    };
    let all = ground.into_iter().chain(fires.iter().map(|fire| fire.place));
    let Some(projection) = Projection::fit(area, all) else {
        return false;
    };
    if ctx.look.glyphs.braille {
        let style = ctx.look.style(Meaning::MapBorder);
        map::outline(buf, &projection, &directory.boundary.0, style);
    }
    let mut marks: Vec<Mark> = fires.iter().map(|fire| fire_mark(ctx, fire)).collect();
    marks.extend(station_marks(ctx));
    if area.height >= 12 {
        marks.extend(township_marks(ctx));
    }
    map::marks(buf, &projection, &marks);
    true
}

fn fire_mark(ctx: &Ctx<'_>, fire: &Fire) -> Mark {
    let [_, symbol, _] = ctx.look.glyphs.map;
    let style = ctx.look.style(Meaning::MapFire);
    let strong = ctx.look.style(if fire.here {
        Meaning::Cursor
    } else {
        Meaning::MapFire
    });
    Mark {
        place: fire.place,
        symbol,
        style: if fire.here { strong } else { style },
        label: fire.label.clone(),
        label_style: strong,
    }
}

fn station_marks(ctx: &Ctx<'_>) -> Vec<Mark> {
    let [symbol, _, _] = ctx.look.glyphs.map;
    let stations = ctx.board.points.values().filter(|p| p.kind == PointKind::Air);
    stations
        .filter_map(|point| {
            let index = ctx.board.air_now(&point.id, ctx.now).map(|air| &air.index);
            let label = index.and_then(AirIndex::known);
            let label = label.map_or_else(|| ctx.look.glyphs.none.to_owned(), |i| i.to_string());
            Some(Mark {
                place: point.place?,
                symbol,
                style: match index.and_then(air::level) {
                    Some(level) => air::class_ink(ctx.look, level),
                    None => ctx.look.style(Meaning::MapStation),
                },
                label,
                label_style: ctx.look.style(air::chip(ctx.look, index).meaning),
            })
        })
        .collect()
}

fn township_marks(ctx: &Ctx<'_>) -> Vec<Mark> {
    let style = ctx.look.style(Meaning::MapTown);
    let named = ctx.board.room.directory.townships.iter();
    named
        .filter_map(|township| {
            Some(Mark {
                place: township.centre?,
                symbol: "",
                style,
                label: township.name.to_string(),
                label_style: style,
            })
        })
        .collect()
}

/// The wind of now nearest to `place`, or anywhere where `place` is unknown.
pub fn wind(board: &Board, place: Option<Place>, now: Moment) -> Option<Wind> {
    let far = |point: &Point| match (place, point.place) {
        (Some(here), Some(there)) => here.distance_m(there),
        (Some(_) | None, _) => f64::MAX,
    };
    let winds = board
        .points
        .values()
        .filter_map(|point| Some((far(point), wind_at(board, &point.id, now)?)));
    winds.min_by(|a, b| a.0.total_cmp(&b.0)).map(|found| found.1)
}

fn wind_at(board: &Board, point: &PointId, now: Moment) -> Option<Wind> {
    let of_now = |reading: &&Reading| board.reading_age(reading, now).is_current();
    let value = |quantity| {
        let periods = [Period::Instant, Period::Hour];
        let mut found = periods
            .iter()
            .filter_map(|p| board.latest.get(&(point.clone(), quantity, *p)));
        let found = found.find(of_now).and_then(Reading::usable);
        found.map(Value::to_f64)
    };
    Some(Wind {
        from: value(Quantity::WindFrom)?,
        speed: value(Quantity::WindSpeed)?,
    })
}

/// The wind in words, with where smoke drifts.
pub fn drift(lang: Lang, wind: Wind) -> String {
    let from = fires::compass(lang, map::octant(wind.from));
    let to = fires::compass(lang, map::octant(wind.from + 180.0));
    let speed = format!("{:.1}", wind.speed);
    fill(
        fires::Fires::WindFrom.text(lang),
        &[("from", &from), ("speed", &speed), ("to", &to)],
    )
}

/// The wind in words, with an arrow to where smoke drifts.
pub fn wind_words(ctx: &Ctx<'_>, wind: Wind) -> String {
    let from = fires::compass(ctx.lang, map::octant(wind.from));
    let arrow = if ctx.look.glyphs.braille {
        map::wind_arrow(wind.from)
    } else {
        ""
    };
    format!("{arrow} {from} {:.1} m/s", wind.speed)
        .trim_start()
        .to_owned()
}

/// The map's key with the wind, for the end of its title line.
pub fn note(ctx: &Ctx<'_>) -> String {
    let [station, fire, _] = ctx.look.glyphs.map;
    let key = fill(
        Overview::MapKey.text(ctx.lang),
        &[("station", &station), ("fire", &fire)],
    );
    match wind(ctx.board, None, ctx.now) {
        Some(wind) => format!(
            "{key}  {} {}",
            Overview::Wind.text(ctx.lang),
            wind_words(ctx, wind)
        ),
        None => key,
    }
}
