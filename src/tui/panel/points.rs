//! Points: enterprises and everything that is watched, a tab a kind; the card of one with its series, tags, cases, neighbours.
//!
//! `choice` is the tab and the saved scope together: tabs by Left, Right and Tab, scopes by `o`.

mod card;
mod cells;
mod figure;
mod firm_card;
mod open;
mod scope;
mod water;

use crate::domain::directory::{Enterprise, Point, PointKind};
use crate::domain::id::{EnterpriseId, PointId};
use crate::domain::query::Query;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::screens::Screen;
use crate::lang::screens::points::Points;
use crate::lang::tui::Tui;
use crate::lang::when;
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::panel::points::cells::{cells, firm_cells, tags, town};
use crate::tui::part;
use crate::tui::part::table::Column;
use crate::tui::part::tabs::Tab;
use crate::tui::part::{fields, outside, pane, table};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Points,
    title: |lang| Tui::Points.text(lang),
    rows,
    words,
    fields: fields::FIELDS,
    outside,
    draw,
    actions: &[
        Action::NextPane,
        Action::Sort,
        Action::Filter,
        Action::Open,
        Action::Copy,
    ],
    act,
    wakes,
};

/// A tab: its name and the kinds of points in it; none means enterprises.
const TABS: &[(Points, &[PointKind])] = &[
    (Points::Enterprises, &[]),
    (Points::Meters, &[PointKind::Production]),
    (Points::Emissions, &[PointKind::Emission]),
    (Points::Sites, &[PointKind::Site]),
    (Points::Sections, &[PointKind::Water]),
    (Points::Sources, &[PointKind::Reservoir, PointKind::Fence]),
    (Points::Outlets, &[PointKind::Outlet]),
    (Points::Cameras, &[PointKind::Camera]),
];

const FIRM_COLUMNS: &[Column] = &[
    Column::left(|lang| Points::Enterprise.text(lang), 20, 5, 0),
    Column::left(|lang| Screen::Township.text(lang), 8, 1, 3),
    Column::left(|lang| Points::Sector.text(lang), 10, 1, 2),
    Column::left(|lang| Points::Grade.text(lang), 6, 0, 0),
    Column::left(|lang| Points::Tags.text(lang), 12, 2, 1),
    Column::right(|lang| Points::Load.text(lang), 14, 0, 2),
    Column::left(|lang| Points::Alarm.text(lang), 10, 0, 1),
    Column::left(|lang| Points::Code.text(lang), 8, 0, 5),
];

const COLUMNS: &[Column] = &[
    Column::left(|lang| Points::Point.text(lang), 18, 4, 0),
    Column::left(|lang| Screen::Township.text(lang), 8, 1, 4),
    Column::left(|lang| Points::Value.text(lang), 18, 1, 0),
    Column::right(|lang| Points::Limit.text(lang), 6, 0, 2),
    Column::left(|lang| Points::Trend.text(lang), 12, 0, 3),
    Column::right(|lang| Screen::Age.text(lang), 9, 0, 1),
    Column::left(|lang| Points::Alarm.text(lang), 10, 1, 1),
    Column::left(|lang| Points::Declared.text(lang), 9, 0, 5),
];

fn tab(view: &View) -> usize {
    view.choice % TABS.len()
}

fn kinds(view: &View) -> &'static [PointKind] {
    TABS.get(tab(view)).map_or(&[], |tab| tab.1)
}

/// The scope's filter; the empty one for all.
fn query(ctx: &Ctx<'_>, view: &View) -> Query {
    let nth = (view.choice / TABS.len()).checked_sub(1);
    let scope = nth.and_then(|nth| ctx.board.room.directory.scopes.get(nth));
    let query = scope.and_then(|scope| Query::parse(scope.filter.as_str()).ok());
    query.unwrap_or_default()
}

/// Those with an alarm first; else in the order of the directory.
fn rows(ctx: &Ctx<'_>, view: &View) -> Vec<RowId> {
    let (directory, query) = (&ctx.board.room.directory, query(ctx, view));
    let alarmed: BTreeSet<&PointId> = ctx.board.state.alarmed().collect();
    let (first, rest): (Vec<_>, Vec<_>) = if kinds(view).is_empty() {
        let owners = alarmed
            .iter()
            .filter_map(|id| ctx.board.points.get(*id)?.owner.as_ref());
        let owners: BTreeSet<&EnterpriseId> = owners.collect();
        let firms = directory.enterprises.iter();
        let firms = firms.filter(|firm| query.is_empty() || scope::has_firm(&query, directory, firm));
        firms
            .map(|firm| {
                (
                    RowId::Other(Clean::from(firm.id.clone())),
                    owners.contains(&firm.id),
                )
            })
            .partition(|row| row.1)
    } else {
        let points = kinds(view)
            .iter()
            .flat_map(|kind| ctx.board.points.values().filter(|p| p.kind == *kind));
        let points = points.filter(|point| query.is_empty() || scope::has_point(&query, directory, point));
        points
            .map(|point| (RowId::Point(point.id.clone()), is_alarmed(&alarmed, point)))
            .partition(|row| row.1)
    };
    first.into_iter().chain(rest).map(|row| row.0).collect()
}

fn is_alarmed(alarmed: &BTreeSet<&PointId>, point: &Point) -> bool {
    alarmed.contains(&point.id) || point.pair.as_ref().is_some_and(|pair| alarmed.contains(pair))
}

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    words.add(id.text());
    if let Some(point) = point_of(ctx, id) {
        words.add(point.name.as_str());
        words.add(town(ctx, point.township.as_ref()));
    } else if let Some(firm) = firm_of(ctx, id) {
        words.add(firm.name.as_str());
        words.add(town(ctx, firm.township.as_ref()));
        words.add(firm.sector.as_str());
        words.add(&tags(ctx, firm));
    }
}

/// Unseen alarms at the points of all tabs that no shown row stands for.
fn outside(ctx: &Ctx<'_>, _: &View, shown: &[RowId]) -> usize {
    let at = outside::AtPoints::of(ctx);
    let listed = |kind: &PointKind| TABS.iter().any(|tab| tab.1.contains(kind));
    let all = at.all(|id| ctx.board.points.get(id).is_some_and(|point| listed(&point.kind)));
    all.saturating_sub(shown.iter().map(|row| at.at(row)).sum())
}

/// Left, Right and Tab choose the tab, `o` the scope.
fn act(action: Action, ctx: &Ctx<'_>, view: &mut View) -> bool {
    let scopes = ctx.board.room.directory.scopes.len() + 1;
    let (scope, here) = (view.choice / TABS.len(), tab(view));
    let (scope, tab) = if action == Action::Sort {
        ((scope + 1) % scopes, here)
    } else if action == Action::Left {
        (scope, here.saturating_sub(1))
    } else if action == Action::Right {
        (scope, (here + 1).min(TABS.len() - 1))
    } else if action == Action::NextPane {
        (scope, (here + 1) % TABS.len())
    } else {
        (scope, here)
    };
    let next = scope * TABS.len() + tab;
    if next == view.choice {
        return false;
    }
    (view.choice, view.cursor, view.top, view.card) = (next, None, 0, 0);
    true
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    let split = pane::split(area, view.open);
    if let (Some(area), Some(id)) = (split.card, pane::current(view)) {
        if let Some(point) = point_of(ctx, id) {
            card::draw(ctx, view, point, (area, buf));
        } else if let Some(firm) = firm_of(ctx, id) {
            firm_card::draw(ctx, view, firm, (area, buf));
        }
    }
    let headed = u16::from(split.list.height >= 6);
    let scoped = u16::from(headed > 0 && !ctx.board.room.directory.scopes.is_empty());
    let (head, list) = pane::top(split.list, headed + scoped);
    if headed > 0 {
        draw_tabs(ctx, view, head, buf);
    }
    if scoped > 0 {
        draw_scope(ctx, view, part::row(head, 1), buf);
    }
    if view.list.ids.is_empty() {
        let why = Points::NoneOfKind.text(ctx.lang);
        return outside::nothing(ctx, view, why, (list, buf));
    }
    if kinds(view).is_empty() {
        return table::draw(ctx, view, (list, buf), FIRM_COLUMNS, &|id| {
            firm_of(ctx, id).map(|firm| firm_cells(ctx, firm))
        });
    }
    table::draw(ctx, view, (list, buf), COLUMNS, &|id| {
        point_of(ctx, id).map(|point| cells(ctx, point))
    })
}

/// The tabs; where they do not all fit with their counts, only the chosen one has its count.
fn draw_tabs(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) {
    let here = tab(view);
    let all: Vec<Tab> = TABS
        .iter()
        .map(|(name, kinds)| Tab {
            name: name.text(ctx.lang),
            count: if kinds.is_empty() {
                ctx.board.room.directory.enterprises.len()
            } else {
                let points = ctx.board.points.values();
                points.filter(|point| kinds.contains(&point.kind)).count()
            },
        })
        .collect();
    let mut x = 1;
    let wide: usize = all
        .iter()
        .map(|tab| part::width(tab.name) + tab.count.to_string().len() + 4)
        .sum();
    let fits = wide < usize::from(area.width);
    for (nth, tab) in all.iter().enumerate() {
        let text = if fits || nth == here {
            format!(" {} {} ", tab.name, tab.count)
        } else {
            format!(" {} ", tab.name)
        };
        let meaning = if nth == here {
            Meaning::TabHere
        } else {
            Meaning::Dim
        };
        x += part::put(buf, area, (x, 0), &text, ctx.look.style(meaning)) + u16::from(fits);
    }
}

/// The saved scopes, the chosen one first to be seen.
fn draw_scope(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) {
    let here = view.choice / TABS.len();
    let own = ctx
        .board
        .room
        .directory
        .scopes
        .iter()
        .map(|scope| scope.name.as_str());
    let names = std::iter::once(Points::Everything.text(ctx.lang)).chain(own);
    let label = format!("{} ", Points::Scope.text(ctx.lang));
    let mut x = 2 + part::put(buf, area, (2, 0), &label, ctx.look.style(Meaning::Label));
    for (nth, name) in names.enumerate() {
        let meaning = if nth == here {
            Meaning::Strong
        } else {
            Meaning::Dim
        };
        x += part::put(buf, area, (x + 1, 0), name, ctx.look.style(meaning)) + 2;
    }
    let hint = Points::ScopeHint.text(ctx.lang);
    part::put(buf, area, (x + 1, 0), hint, ctx.look.style(Meaning::Hint));
}

fn point_of<'a>(ctx: &Ctx<'a>, id: &RowId) -> Option<&'a Point> {
    match id {
        RowId::Point(id) => ctx.board.points.get(id),
        RowId::Alarm(_)
        | RowId::Case(_)
        | RowId::Task(_)
        | RowId::Source(_)
        | RowId::Group(_)
        | RowId::Other(_) => None,
    }
}

fn firm_of<'a>(ctx: &Ctx<'a>, id: &RowId) -> Option<&'a Enterprise> {
    match id {
        RowId::Other(id) => ctx
            .board
            .room
            .directory
            .enterprise(&EnterpriseId::from(id.clone())),
        RowId::Alarm(_)
        | RowId::Case(_)
        | RowId::Task(_)
        | RowId::Source(_)
        | RowId::Group(_)
        | RowId::Point(_) => None,
    }
}

fn wakes(ctx: &Ctx<'_>, view: &View) -> Option<Moment> {
    let points = pane::shown(view).filter_map(|id| point_of(ctx, id));
    let newest = points.filter_map(|point| figure::main(ctx, &point.id));
    newest.map(|reading| when::next_age(reading.at, ctx.now)).min()
}
