//! Air: every station with index, primary pollutant, concentrations, trend and age; below or beside it the station under
//! the cursor in detail. Model cells come last and are named as such.

mod day;
pub mod detail;

use crate::desk::board::AirNow;
use crate::domain::air::published::{Beside, beside};
use crate::domain::air::{Pollutant, Pollutants};
use crate::domain::directory::{Point, PointKind};
use crate::domain::quantity::Quantity;
use crate::domain::reading::Flag;
use crate::domain::time::Moment;
use crate::lang::screens::air as words;
use crate::lang::screens::air::AirText;
use crate::lang::tui::Tui;
use crate::lang::{domain as say, when};
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::part::air::Listed;
use crate::tui::part::table::{Cell, Column};
use crate::tui::part::{air, fields, outside, pane, sparkline, table};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Air,
    title: |lang| Tui::Air.text(lang),
    rows,
    words,
    fields: fields::FIELDS,
    outside,
    draw,
    actions: &[
        Action::Left,
        Action::Right,
        Action::Open,
        Action::Filter,
        Action::Copy,
    ],
    act,
    wakes,
};

const COLUMNS: &[Column] = &[
    Column::left(|lang| AirText::Station.text(lang), 12, 3, 0),
    Column::left(|lang| AirText::Index.text(lang), 4, 0, 0),
    Column::left(|lang| AirText::Class.text(lang), 11, 0, 1),
    Column::left(|lang| AirText::Primary.text(lang), 10, 0, 2),
    Column::right(|lang| say::quantity(lang, Quantity::Pm25), 5, 0, 3),
    Column::right(|lang| say::quantity(lang, Quantity::Pm10), 4, 0, 4),
    Column::right(|lang| say::quantity(lang, Quantity::O3), 4, 0, 5),
    Column::right(|lang| say::quantity(lang, Quantity::No2), 4, 0, 6),
    Column::right(|lang| say::quantity(lang, Quantity::So2), 4, 0, 9),
    Column::right(|lang| say::quantity(lang, Quantity::Co), 3, 0, 8),
    Column::left(|lang| AirText::Trend.text(lang), 24, 0, 7),
    Column::right(|lang| AirText::Published.text(lang), 5, 0, 4),
    Column::right(|lang| AirText::Age.text(lang), 9, 0, 1),
    Column::left(|lang| AirText::Flag.text(lang), 7, 0, 5),
];

/// The list is no wider than this: a station and its numbers stay together for the eye.
const WIDEST: u16 = 136;

/// Hours that a trend in the list shows.
const TREND_HOURS: i64 = 24;

fn rows(ctx: &Ctx<'_>, _: &View) -> Vec<RowId> {
    let stations = air::listed(ctx).into_iter();
    stations.map(|of| RowId::Point(of.id.clone())).collect()
}

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    words.add(id.text());
    if let RowId::Point(id) = id {
        words.add(ctx.board.points.get(id).map_or("", |point| point.name.as_str()));
    }
}

fn outside(ctx: &Ctx<'_>, view: &View, shown: &[RowId]) -> usize {
    if view.filter.is_empty() {
        return 0;
    }
    let at = outside::AtPoints::of(ctx);
    outside::beside(&rows(ctx, view), shown, |row| at.at(row))
}

/// Left and right choose what the chart shows: the index, then the six pollutants.
fn act(action: Action, _: &Ctx<'_>, view: &mut View) -> bool {
    let count = Pollutant::ALL.len() + 1;
    let next = if action == Action::Right {
        (view.choice + 1) % count
    } else if action == Action::Left {
        (view.choice + count - 1) % count
    } else {
        view.choice
    };
    std::mem::replace(&mut view.choice, next) != next
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    let split = share(area, view);
    let here = pane::current(view).and_then(|id| station(ctx, id));
    if let (Some(area), Some(here)) = (split.card, here) {
        detail::draw(ctx, view, here, (area, buf));
    }
    if view.list.ids.is_empty() {
        let why = AirText::NoStations.text(ctx.lang);
        return outside::nothing(ctx, view, why, (split.list, buf));
    }
    let list = Rect {
        width: split.list.width.min(WIDEST),
        ..split.list
    };
    table::draw(ctx, view, (list, buf), COLUMNS, &|id| {
        station(ctx, id).map(|of| cells(ctx, of))
    })
}

/// The detail is always there where there is room for it: stations are few, and charts want width.
fn share(area: Rect, view: &View) -> pane::Split {
    let wanted = view.list.ids.len() as u16 + 2;
    let crowd = wanted > area.height / 2;
    if area.height < 18 || crowd && area.width >= pane::WIDE {
        return pane::split(area, view.open);
    }
    let most = area.height / if view.open { 3 } else { 2 };
    let (list, card) = pane::top(area, wanted.clamp(4, most.max(4)));
    pane::Split {
        list,
        card: Some(card),
    }
}

fn station<'a>(ctx: &Ctx<'a>, id: &RowId) -> Option<Listed<'a>> {
    match id {
        RowId::Point(id) => Listed::of(ctx, id),
        RowId::Alarm(_)
        | RowId::Case(_)
        | RowId::Task(_)
        | RowId::Source(_)
        | RowId::Group(_)
        | RowId::Other(_) => None,
    }
}

/// What must be known about a station's numbers: model, background site, maintenance.
fn flag(ctx: &Ctx<'_>, of: Listed<'_>) -> Cell {
    let id = of.id;
    let point: Option<&Point> = ctx.board.points.get(id);
    if of.is_modelled() || point.is_some_and(|p| p.kind == PointKind::Model) {
        return Cell::new(AirText::Model.text(ctx.lang), Meaning::Stale);
    }
    let flags = Pollutant::ALL
        .into_iter()
        .filter_map(|p| air::reading(ctx, id, p))
        .map(|r| r.flag);
    let worst = flags.max().unwrap_or(Flag::Valid);
    if worst > Flag::Valid {
        return Cell::new(words::flag(ctx.lang, worst), Meaning::Warn);
    }
    let background = point.is_some_and(|p| p.background);
    let text = if background {
        AirText::Background.text(ctx.lang)
    } else {
        ""
    };
    Cell::new(text, Meaning::Dim)
}

/// The published index, with a mark where it is not ours.
fn published(ctx: &Ctx<'_>, now: &AirNow) -> Cell {
    let Some(theirs) = now.published else {
        return Cell::new(ctx.look.glyphs.none, Meaning::Dim);
    };
    match beside(&now.index, theirs) {
        Beside::Differs(_) => Cell::new(format!("≠{theirs}"), Meaning::Warn),
        Beside::Same | Beside::OtherStandard | Beside::Alone => Cell::new(theirs.to_string(), Meaning::Dim),
    }
}

fn cells(ctx: &Ctx<'_>, of: Listed<'_>) -> Vec<Cell> {
    let index = of.air.map(|air| air.index).filter(|_| of.current);
    let primary = index.map_or(Pollutants::NONE, |index| index.primary);
    let value = |pollutant: Pollutant| {
        let reading = air::reading(ctx, of.id, pollutant);
        let value = reading.and_then(|r| r.value);
        let text = value.map_or_else(
            || ctx.look.glyphs.none.to_owned(),
            |v| v.fixed(pollutant.decimals()),
        );
        let meaning = match (of.current, primary.contains(pollutant)) {
            (false, _) => Meaning::Stale,
            (true, true) => Meaning::Strong,
            (true, false) => Meaning::Text,
        };
        Cell::new(text, meaning)
    };
    let hours = air::index_hours(ctx.board, of.id, of.last_hour(ctx.now), TREND_HOURS);
    let top = air::scale(ctx.board.standard_at(ctx.now), &hours);
    let spark = sparkline::text(ctx.look.glyphs, &hours, top, hours.len());
    let name = if of.current { Meaning::Text } else { Meaning::Stale };
    let none = || Cell::new(ctx.look.glyphs.none, Meaning::Dim);
    vec![
        Cell::new(air::name(ctx, of.id), name),
        of.chip(ctx.look),
        of.class_cell(ctx.look, ctx.lang),
        Cell::new(air::primary(ctx.lang, primary), Meaning::Text),
        value(Pollutant::Pm25),
        value(Pollutant::Pm10),
        value(Pollutant::O3),
        value(Pollutant::No2),
        value(Pollutant::So2),
        value(Pollutant::Co),
        Cell::new(spark, Meaning::Chart),
        of.air
            .filter(|_| of.current)
            .map_or_else(none, |now| published(ctx, now)),
        of.age(ctx),
        flag(ctx, of),
    ]
}

fn wakes(ctx: &Ctx<'_>, _: &View) -> Option<Moment> {
    let hours = ctx.board.air.values().map(|now| now.hour);
    hours.map(|hour| when::next_age(hour, ctx.now)).min()
}
