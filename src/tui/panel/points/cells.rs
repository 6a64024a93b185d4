//! The cells of the lists: an enterprise's, and those of a point.

use crate::domain::directory::{Enterprise, Point, PointKind};
use crate::domain::id::{PointId, TownshipId};
use crate::domain::quantity::Value;
use crate::lang::screens::points as say;
use crate::lang::screens::points::Points;
use crate::lang::when;
use crate::tui::look::Meaning;
use crate::tui::panel::points::figure;
use crate::tui::part::sparkline;
use crate::tui::part::table::Cell;
use crate::tui::view::Ctx;

/// Values that a trend in the list shows.
const TREND: usize = 12;

/// The name of a township; empty where none is known.
pub(super) fn town<'a>(ctx: &Ctx<'a>, id: Option<&'a TownshipId>) -> &'a str {
    let known = id.and_then(|id| ctx.board.room.directory.township_by_id(id));
    known.map_or_else(|| id.map_or("", TownshipId::as_str), |town| town.name.as_str())
}

/// The lists an enterprise stands on, the positive list first.
pub(super) fn tags(ctx: &Ctx<'_>, firm: &Enterprise) -> String {
    let positive = firm.positive_list.then(|| Points::PositiveShort.text(ctx.lang));
    let own = firm.tags.iter().map(|tag| say::tag(ctx.lang, tag.as_str()));
    positive.into_iter().chain(own).collect::<Vec<_>>().join(" ")
}

/// The code grade in words; the two worst stand out.
pub(super) fn grade(ctx: &Ctx<'_>, firm: &Enterprise) -> Cell {
    let codes = &ctx.board.room.directory.codes;
    let name = codes.get(&firm.code).map_or("", |grade| {
        let name = &grade.name;
        ctx.lang.pick(name.zh.as_str(), name.en.as_str())
    });
    let bad = codes
        .iter()
        .position(|grade| grade.key == firm.code)
        .is_some_and(|nth| nth >= 2);
    Cell::new(name, if bad { Meaning::Warn } else { Meaning::Text })
}

/// What an enterprise's lines draw together, beside what they are rated for.
pub(super) fn load(ctx: &Ctx<'_>, firm: &Enterprise) -> String {
    let lines = ctx
        .board
        .room
        .directory
        .points_of(&firm.id)
        .filter(|p| p.kind == PointKind::Production);
    let drawn = lines.filter_map(|line| figure::main(ctx, &line.id)?.value);
    let drawn = drawn.map(Value::micro).reduce(|a, b| a + b);
    let drawn = drawn.map(|micro| Value::from_micro(micro).fixed(0));
    match (drawn, firm.rated_kw) {
        (Some(drawn), Some(rated)) => format!("{drawn} / {}", rated.fixed(0)),
        (Some(drawn), None) => drawn,
        (None, Some(rated)) => format!("{} / {}", ctx.look.glyphs.none, rated.fixed(0)),
        (None, None) => String::new(),
    }
}

pub(super) fn firm_cells(ctx: &Ctx<'_>, firm: &Enterprise) -> Vec<Cell> {
    vec![
        Cell::text(firm.name.as_str()),
        Cell::new(town(ctx, firm.township.as_ref()), Meaning::Dim),
        Cell::text(firm.sector.as_str()),
        grade(ctx, firm),
        Cell::text(tags(ctx, firm)),
        Cell::text(load(ctx, firm)),
        alarm_cell(ctx, |id| {
            ctx.board
                .points
                .get(id)
                .is_some_and(|p| p.owner.as_ref() == Some(&firm.id))
        }),
        Cell::new(firm.id.as_str(), Meaning::Dim),
    ]
}

pub(super) fn alarm_cell<'a>(ctx: &Ctx<'a>, at: impl Fn(&PointId) -> bool + 'a) -> Cell {
    figure::worst(ctx, at).map_or_else(
        || Cell::text(""),
        |alarm| Cell::new(alarm.cause.code.as_str(), figure::alarmed(alarm)),
    )
}

pub(super) fn cells(ctx: &Ctx<'_>, point: &Point) -> Vec<Cell> {
    let (value, meaning) = figure::text(ctx, point);
    let series = figure::series(ctx, &point.id);
    let values: Vec<Option<f64>> = series
        .iter()
        .flat_map(|(_, series)| series.iter().map(|(_, value)| Some(value.to_f64())))
        .collect();
    let limit = series.and_then(|(reading, _)| point.limit(reading.quantity));
    let limit = limit.map_or(0.0, Value::to_f64);
    let top = values.iter().flatten().copied().fold(limit, f64::max);
    let newest = figure::main(ctx, &point.id).map(|reading| reading.at);
    let age = newest
        .map(|at| when::age(ctx.lang, ctx.now - at))
        .unwrap_or_default();
    vec![
        Cell::text(name(ctx, point)),
        Cell::new(town(ctx, point.township.as_ref()), Meaning::Dim),
        Cell::new(value, meaning),
        Cell::new(figure::limit(ctx, point), Meaning::Dim),
        Cell::new(
            sparkline::text(ctx.look.glyphs, &values, top, TREND),
            Meaning::Chart,
        ),
        Cell::new(age, Meaning::Dim),
        alarm_cell(ctx, |id| *id == point.id || point.pair.as_ref() == Some(id)),
        Cell::new(declared(ctx, point), Meaning::Stale),
    ]
}

/// A meter is known by its enterprise: one row is its line and its treatment together.
pub(super) fn name<'a>(ctx: &Ctx<'a>, point: &'a Point) -> &'a str {
    let owner = point
        .owner
        .as_ref()
        .filter(|_| point.kind == PointKind::Production);
    let firm = owner.and_then(|owner| ctx.board.room.directory.enterprise(owner));
    firm.map_or(point.name.as_str(), |firm| firm.name.as_str())
}

/// What is declared of a point now.
pub(super) fn declared(ctx: &Ctx<'_>, point: &Point) -> String {
    let all = ctx.board.state.declared.values();
    let here = all.filter(|declared| declared.what.covers(point) && declared.what.holds(ctx.now));
    let names: Vec<&str> = here
        .map(|declared| say::declared(ctx.lang, declared.what.kind))
        .collect();
    names.join(" ")
}
