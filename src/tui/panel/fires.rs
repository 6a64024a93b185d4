//! Fires: the straw-fire queue — fires nobody has opened a case on yet, then open cases by their clock — with card and map.

use crate::domain::alarm::Alarm;
use crate::domain::case::Case;
use crate::domain::time::Moment;
use crate::lang::screens::fires::Fires;
use crate::lang::screens::{Screen, fires as words};
use crate::lang::tui::Tui;
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::part::table::{Cell, Column};
use crate::tui::part::{
    alarm, alarm_card, calm, case, case_card, fields, fire, ground, outside, pane, table,
};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Fires,
    title: |lang| Tui::Fires.text(lang),
    rows,
    words,
    fields: fields::FIELDS,
    outside,
    draw,
    actions: &[
        Action::Menu,
        Action::Acknowledge,
        Action::Dispatch,
        Action::NextUnhandled,
        Action::Filter,
        Action::Open,
    ],
    act: |_, _, _| false,
    wakes,
};

const COLUMNS: &[Column] = &[
    Column::left(|lang| Screen::State.text(lang), 13, 1, 0),
    Column::right(|lang| Fires::Clock.text(lang), 12, 0, 0),
    Column::left(|lang| Fires::Where.text(lang), 24, 5, 0),
    Column::left(|lang| Fires::Township.text(lang), 9, 1, 1),
    Column::left(|lang| Fires::Verdict.text(lang), 7, 0, 3),
    Column::left(|lang| Fires::Delivery.text(lang), 11, 0, 2),
    Column::left(|lang| Screen::Unit.text(lang), 10, 1, 4),
    Column::left(|lang| Screen::Source.text(lang), 8, 1, 5),
    Column::left(|lang| Screen::Case.text(lang), 14, 0, 6),
];

/// What a row of the queue is about.
enum Matter<'a> {
    /// A fire on which no case was opened yet.
    Seen(&'a Alarm),
    /// A fire that is handled.
    Open(&'a Case),
}

fn matter<'a>(ctx: &Ctx<'a>, id: &RowId) -> Option<Matter<'a>> {
    let state = &ctx.board.state;
    match id {
        RowId::Alarm(id) => state.alarms.get(id).map(Matter::Seen),
        RowId::Case(id) => state.cases.get(id).map(Matter::Open),
        RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Group(_) | RowId::Other(_) => None,
    }
}

fn rows(ctx: &Ctx<'_>, _: &View) -> Vec<RowId> {
    let mut cases: Vec<&Case> = fire::open(ctx).collect();
    cases.sort_by_key(|case| {
        (
            case::due(ctx, case).map_or(i64::MAX, Moment::ms),
            case.state.entered,
        )
    });
    let seen = fire::unopened(ctx).into_iter().map(|id| RowId::Alarm(id.clone()));
    let open = cases.into_iter().map(|case| RowId::Case(case.id.clone()));
    seen.chain(open).collect()
}

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    match matter(ctx, id) {
        Some(Matter::Seen(alarm)) => alarm::words(ctx, alarm, words),
        Some(Matter::Open(case)) => case::words(ctx, case, words),
        None => {}
    }
}

fn outside(ctx: &Ctx<'_>, view: &View, shown: &[RowId]) -> usize {
    if view.filter.is_empty() {
        return 0;
    }
    outside::beside(&rows(ctx, view), shown, |row| outside::matters(ctx, row))
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    let split = share(area, view.open);
    if let Some(side) = split.card {
        draw_side(ctx, view, side, buf);
    }
    if view.list.ids.is_empty() {
        return nothing(ctx, view, split.list, buf);
    }
    table::draw(ctx, view, (split.list, buf), COLUMNS, &|id| {
        matter(ctx, id).map(|matter| match matter {
            Matter::Seen(alarm) => seen_cells(ctx, alarm),
            Matter::Open(case) => open_cells(ctx, case),
        })
    })
}

/// Card and map are always there where there is room for both: the queue is short.
fn share(area: Rect, open: bool) -> pane::Split {
    if area.width >= pane::WIDE || area.width < 100 || area.height < 30 {
        return pane::split(area, open);
    }
    let (list, card) = pane::top(area, area.height / if open { 3 } else { 2 });
    pane::Split {
        list,
        card: Some(card),
    }
}

/// Card and map: one above the other, side by side, or the card alone.
fn draw_side(ctx: &Ctx<'_>, view: &View, side: Rect, buf: &mut Buffer) {
    let mut card = side;
    if side.height >= 34 {
        let (upper, lower) = pane::top(side, side.height * 3 / 5);
        draw_map(ctx, view, lower, buf);
        (card, _) = pane::top(upper, upper.height - 1);
    } else if side.width >= 100 {
        let (left, right) = pane::left(side, side.width * 3 / 5);
        draw_map(ctx, view, right, buf);
        card = left;
    }
    match pane::current(view).and_then(|id| matter(ctx, id)) {
        Some(Matter::Seen(alarm)) => alarm_card::draw(ctx, view, alarm, (card, buf)),
        Some(Matter::Open(case)) => case_card::draw(ctx, view, case, (card, buf)),
        None => {}
    }
}

fn draw_map(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) {
    let note = ground::note(ctx);
    let body = pane::titled(ctx, area, buf, Fires::Map.text(ctx.lang), &note);
    ground::draw(ctx, &fire::marks(ctx, pane::current(view)), body, buf);
}

fn nothing(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    if !view.filter.is_empty() || ctx.board.calm(ctx.now).hears_all() {
        return outside::nothing(ctx, view, Fires::NoFires.text(ctx.lang), (area, buf));
    }
    calm::draw(ctx, area, buf)
}

fn seen_cells(ctx: &Ctx<'_>, alarm: &Alarm) -> Vec<Cell> {
    let state = alarm::state(ctx.look, alarm);
    let source = alarm.cause.source.as_ref().map_or("", |s| s.as_str());
    let label = format!("{} {}", state.text, Fires::Unopened.text(ctx.lang));
    vec![
        Cell::new(label, state.meaning),
        alarm::age(ctx, alarm),
        alarm::title(ctx, alarm),
        Cell::text(alarm::place(ctx, alarm)),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
        Cell::new(source, Meaning::Dim),
        Cell::text(""),
    ]
}

fn open_cells(ctx: &Ctx<'_>, case: &Case) -> Vec<Cell> {
    let alarm = case.matter.alarm.as_ref();
    let alarm = alarm.and_then(|id| ctx.board.state.alarms.get(id));
    let guessed = alarm.is_some_and(|a| a.cause.township_guessed);
    let source = alarm
        .and_then(|a| a.cause.source.as_ref())
        .map_or("", |s| s.as_str());
    let verdict = case
        .state
        .verdict
        .as_ref()
        .map_or("", |v| words::verdict(ctx.lang, v.as_str()));
    vec![
        case::stage(ctx, case),
        case::clock(ctx, case),
        case::title(ctx, case),
        Cell::text(case::township(ctx, case, guessed)),
        Cell::text(verdict),
        case::delivery(ctx, case::last_task(ctx, case)),
        Cell::text(case::unit(ctx, case.state.unit.as_ref())),
        Cell::new(source, Meaning::Dim),
        Cell::new(case.id.as_str(), Meaning::Dim),
    ]
}

fn wakes(ctx: &Ctx<'_>, view: &View) -> Option<Moment> {
    let shown = pane::shown(view).filter_map(|id| matter(ctx, id));
    shown
        .map(|matter| match matter {
            Matter::Seen(alarm) => alarm::wakes(alarm, ctx.now),
            Matter::Open(case) => case::wakes(ctx, case),
        })
        .min()
}
