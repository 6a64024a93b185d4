//! Overview: what needs a person now, the county's air, fires, cases, sources, and the map.
//!
//! The list is made of unhandled alarms, then orders that did not arrive, then late cases. Where it is empty, "no
//! alarms" is said only while every source is fresh.

mod county;
pub mod summary;

use crate::domain::alarm::Alarm;
use crate::domain::case::{Case, clock};
use crate::domain::task::Task;
use crate::domain::time::Moment;
use crate::lang::screens::Screen;
use crate::lang::screens::overview::Overview;
use crate::lang::tui::Tui;
use crate::lang::{domain as say, when};
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::part;
use crate::tui::part::table::{Cell, Column};
use crate::tui::part::{
    air, alarm, alarm_card, calm, case, case_card, fields, fire, ground, outside, pane, table,
};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Overview,
    title: |lang| Tui::Overview.text(lang),
    rows,
    words,
    fields: fields::FIELDS,
    outside,
    draw,
    actions: &[
        Action::Acknowledge,
        Action::Dispatch,
        Action::NextUnhandled,
        Action::Menu,
        Action::Filter,
        Action::Open,
    ],
    act: |_, _, _| false,
    wakes,
};

/// More unhandled alarms than this are for the Alarms screen.
const MOST: usize = 500;

const COLUMNS: &[Column] = &[
    Column::left(|lang| Screen::State.text(lang), 9, 1, 0),
    Column::right(|lang| Overview::Clock.text(lang), 12, 0, 0),
    Column::left(|lang| Overview::What.text(lang), 24, 6, 0),
    Column::left(|lang| Screen::Place.text(lang), 9, 1, 2),
    Column::left(|lang| Screen::Case.text(lang), 14, 0, 4),
];

/// What a row of the list is about.
enum Matter<'a> {
    Alarm(&'a Alarm),
    Case(&'a Case),
    Order(&'a Task),
}

fn matter<'a>(ctx: &Ctx<'a>, id: &RowId) -> Option<Matter<'a>> {
    let state = &ctx.board.state;
    match id {
        RowId::Alarm(id) => state.alarms.get(id).map(Matter::Alarm),
        RowId::Case(id) => state.cases.get(id).map(Matter::Case),
        RowId::Task(id) => state.tasks.get(id).map(Matter::Order),
        RowId::Point(_) | RowId::Source(_) | RowId::Group(_) | RowId::Other(_) => None,
    }
}

fn rows(ctx: &Ctx<'_>, _: &View) -> Vec<RowId> {
    let state = &ctx.board.state;
    let alarms = state.unseen().take(MOST);
    let alarms = alarms.map(|rank| RowId::Alarm(rank.3.clone()));
    let failed = state.failed().map(|task| RowId::Task(task.id.clone()));
    let deadlines = ctx.board.deadlines();
    let pressing = deadlines.pressing(ctx.now);
    let pressing = pressing.map(|case| RowId::Case(case.id.clone()));
    alarms.chain(failed).chain(pressing).collect()
}

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    match matter(ctx, id) {
        Some(Matter::Alarm(alarm)) => alarm::words(ctx, alarm, words),
        Some(Matter::Case(case)) => case::words(ctx, case, words),
        Some(Matter::Order(task)) => {
            words.add(task.order.text.as_str());
            words.add(task.order.unit_name.as_str());
            words.add(task.id.as_str());
        }
        None => {}
    }
}

/// All unhandled matters that no row is about: the list holds no more than [`MOST`] alarms.
fn outside(ctx: &Ctx<'_>, _: &View, shown: &[RowId]) -> usize {
    let all = ctx.board.needs(ctx.now).total();
    let own = |row: &RowId| match row {
        RowId::Case(id) => {
            let case = ctx.board.state.cases.get(id);
            let needs = |case: &Case| clock::needs_person(case, case::playbook(ctx, case), ctx.now);
            usize::from(case.is_some_and(needs))
        }
        RowId::Alarm(_)
        | RowId::Task(_)
        | RowId::Point(_)
        | RowId::Source(_)
        | RowId::Group(_)
        | RowId::Other(_) => outside::matters(ctx, row),
    };
    all.saturating_sub(shown.iter().map(own).sum())
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    if view.open && pane::split(area, true).list.is_empty() {
        draw_card(ctx, view, area, buf);
        return 0;
    }
    let (strip, body) = pane::top(area, 1);
    summary::strip(ctx, strip, buf);
    let (body, feeds) = if body.height >= 4 {
        pane::top(body, body.height - 1)
    } else {
        (body, Rect { height: 0, ..body })
    };
    summary::feeds(ctx, feeds, buf);
    match body.width {
        0..summary::NARROW => draw_list(ctx, view, body, buf),
        summary::NARROW..pane::WIDE => {
            let side = (body.width * 2 / 5).clamp(30, 56);
            let (list, air) = pane::left(body, body.width - side - 2);
            draw_right(ctx, view, air, buf);
            draw_list(ctx, view, list, buf)
        }
        pane::WIDE.. => {
            let (list, right) = pane::left(body, body.width * 9 / 20);
            draw_right(ctx, view, right, buf);
            draw_list(ctx, view, list, buf)
        }
    }
}

/// The air, and below it the map where there is room.
fn draw_right(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) {
    let stations = air::listed(ctx).len() as u16;
    let wanted = (summary::COUNTY_ROWS + stations).min(area.height);
    let map = area.height.saturating_sub(wanted + 1);
    if map < 8 {
        summary::air(ctx, area, buf);
        return;
    }
    let (air, rest) = pane::top(area, wanted);
    summary::air(ctx, air, buf);
    let (_, map) = pane::top(rest, 1);
    let body = pane::titled(ctx, map, buf, Overview::Map.text(ctx.lang), &ground::note(ctx));
    if !ground::draw(ctx, &fire::marks(ctx, pane::current(view)), body, buf) {
        let style = ctx.look.style(Meaning::Dim);
        part::put(buf, body, (0, 0), Overview::NoMap.text(ctx.lang), style);
    }
}

/// The list; below it the opened card, or the open cases where there is room.
fn draw_list(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let below = match (area.height, view.open) {
        (0..20, _) => 0,
        (20.., true) => area.height - area.height / 2,
        (20.., false) => summary::cases_rows(ctx).min(area.height / 2),
    };
    let (list, below) = pane::top(area, area.height - below);
    let list = if view.open {
        list
    } else {
        draw_between(ctx, view, list, buf)
    };
    if view.open {
        draw_card(ctx, view, below, buf);
    } else {
        summary::cases(ctx, below, buf);
    }
    if view.list.ids.is_empty() && view.filter.is_empty() {
        return calm::draw(ctx, list, buf);
    }
    table::draw(ctx, view, (list, buf), COLUMNS, &|id| {
        matter(ctx, id).map(|matter| match matter {
            Matter::Alarm(alarm) => alarm_cells(ctx, alarm),
            Matter::Case(case) => case_cells(ctx, case),
            Matter::Order(task) => order_cells(ctx, task),
        })
    })
}

/// On a high screen the list leaves room for the card of the matter at hand.
fn draw_between(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> Rect {
    const HIGH: u16 = 36;
    if area.height < HIGH {
        return area;
    }
    let (list, card) = pane::top(area, area.height / 2);
    let (card, _) = pane::top(card, card.height - 1);
    draw_card(ctx, view, card, buf);
    list
}

fn draw_card(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) {
    match pane::current(view).and_then(|id| matter(ctx, id)) {
        Some(Matter::Alarm(alarm)) => alarm_card::draw(ctx, view, alarm, (area, buf)),
        Some(Matter::Case(case)) => case_card::draw(ctx, view, case, (area, buf)),
        Some(Matter::Order(task)) => {
            if let Some(case) = ctx.board.state.cases.get(&task.order.case) {
                case_card::draw(ctx, view, case, (area, buf));
            }
        }
        None => {}
    }
}

fn alarm_cells(ctx: &Ctx<'_>, alarm: &Alarm) -> Vec<Cell> {
    let state = alarm::state(ctx.look, alarm);
    let severity = say::severity(ctx.lang, alarm.cause.severity);
    let case = alarm.case.as_ref().map_or("", |case| case.as_str());
    vec![
        Cell::new(format!("{} {severity}", state.text), state.meaning),
        alarm::age(ctx, alarm),
        alarm::title(ctx, alarm),
        Cell::text(alarm::place(ctx, alarm)),
        Cell::new(case, Meaning::Dim),
    ]
}

fn case_cells(ctx: &Ctx<'_>, case: &Case) -> Vec<Cell> {
    let stage = case::stage(ctx, case);
    vec![
        Cell::new(stage.text, Meaning::Late),
        case::clock(ctx, case),
        case::title(ctx, case),
        Cell::text(case::township(ctx, case, false)),
        Cell::new(case.id.as_str(), Meaning::Dim),
    ]
}

fn order_cells(ctx: &Ctx<'_>, task: &Task) -> Vec<Cell> {
    let state = case::delivery(ctx, Some(task));
    vec![
        state,
        Cell::new(when::age(ctx.lang, ctx.now - task.ordered), Meaning::Dim),
        Cell::new(task.order.text.as_str(), Meaning::Strong),
        Cell::text(task.order.unit_name.as_str()),
        Cell::new(task.order.case.as_str(), Meaning::Dim),
    ]
}

fn wakes(ctx: &Ctx<'_>, view: &View) -> Option<Moment> {
    let shown = pane::shown(view).filter_map(|id| matter(ctx, id));
    let rows = shown.map(|matter| match matter {
        Matter::Alarm(alarm) => alarm::wakes(alarm, ctx.now),
        Matter::Case(case) => case::wakes(ctx, case),
        Matter::Order(task) => when::next_age(task.ordered, ctx.now),
    });
    let hour = ctx.board.county(ctx.now).map(|c| when::next_age(c.hour, ctx.now));
    rows.chain(hour).min()
}
