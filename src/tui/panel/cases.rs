//! Cases: every loop in one queue, the nearest deadline first, with the card of one case.

use crate::domain::case::Case;
use crate::domain::time::Moment;
use crate::lang::screens::Screen;
use crate::lang::screens::cases::Cases;
use crate::lang::tui::Tui;
use crate::lang::when;
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::part::table::{Cell, Column};
use crate::tui::part::tabs::Tab;
use crate::tui::part::{case, case_card, fields, outside, pane, table, tabs};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Cases,
    title: |lang| Tui::Cases.text(lang),
    rows,
    words,
    fields: fields::FIELDS,
    outside,
    draw,
    actions: &[
        Action::Menu,
        Action::Dispatch,
        Action::Note,
        Action::Filter,
        Action::NextPane,
        Action::Open,
    ],
    act: |action, _, view| tabs::act(action, LISTS.len(), view),
    wakes,
};

/// A sub-list: its name, which cases it holds, and how many.
type List = (
    fn(crate::lang::Lang) -> &'static str,
    fn(&Ctx<'_>, &Case) -> bool,
    fn(&Ctx<'_>) -> usize,
);

const LISTS: &[List] = &[
    (
        |lang| Cases::Open.text(lang),
        |_, case| case.is_open(),
        |ctx| ctx.board.state.open_count(),
    ),
    (
        |lang| Cases::Late.text(lang),
        case::is_late,
        |ctx| ctx.board.needs(ctx.now).late,
    ),
    (
        |lang| Cases::Closed.text(lang),
        |_, case| !case.is_open(),
        |ctx| ctx.board.state.cases.len() - ctx.board.state.open_count(),
    ),
    (
        |lang| Screen::All.text(lang),
        |_, _| true,
        |ctx| ctx.board.state.cases.len(),
    ),
];

const COLUMNS: &[Column] = &[
    Column::right(|lang| Screen::Due.text(lang), 12, 0, 0),
    Column::left(|lang| Screen::Stage.text(lang), 13, 0, 0),
    Column::left(|lang| Screen::Title.text(lang), 24, 5, 0),
    Column::left(|lang| Screen::Unit.text(lang), 12, 1, 1),
    Column::left(|lang| Screen::Order.text(lang), 10, 0, 2),
    Column::left(|lang| Screen::Township.text(lang), 8, 1, 4),
    Column::left(|lang| Screen::Kind.text(lang), 8, 1, 5),
    Column::right(|lang| Screen::Age.text(lang), 9, 0, 6),
    Column::left(|lang| Cases::Number.text(lang), 14, 0, 3),
];

fn rows(ctx: &Ctx<'_>, view: &View) -> Vec<RowId> {
    let Some((_, holds, _)) = LISTS.get(view.choice) else {
        return Vec::new();
    };
    let cases = ctx.board.state.cases.values();
    let mut found: Vec<&Case> = cases.filter(|case| holds(ctx, case)).collect();
    found.sort_by_key(|case| rank(ctx, case));
    found
        .into_iter()
        .map(|case| RowId::Case(case.id.clone()))
        .collect()
}

/// Open before closed; those without their loop first, then the nearest deadline first, then those without; closed ones newest first.
fn rank(ctx: &Ctx<'_>, case: &Case) -> (bool, i64, i64) {
    let due = match case::due(ctx, case) {
        _ if case::is_lost(ctx, case) => i64::MIN,
        due => due.map_or(i64::MAX, Moment::ms),
    };
    match case.state.closed {
        None => (false, due, case.state.entered.ms()),
        Some(at) => (true, -at.ms(), 0),
    }
}

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    if let Some(case) = case_of(ctx, id) {
        case::words(ctx, case, words);
    }
}

/// Unhandled matters of the open cases that are not shown.
fn outside(ctx: &Ctx<'_>, _: &View, shown: &[RowId]) -> usize {
    let open = ctx.board.state.open_cases();
    let whole: usize = open.map(|case| outside::of_case(ctx, case)).sum();
    whole.saturating_sub(shown.iter().map(|row| outside::matters(ctx, row)).sum())
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    let split = pane::split(area, view.open);
    if let (Some(area), Some(case)) = (split.card, pane::current(view).and_then(|id| case_of(ctx, id))) {
        case_card::draw(ctx, view, case, (area, buf));
    }
    let (tabs, list) = pane::top(split.list, u16::from(split.list.height >= 5));
    let counted = LISTS.iter().map(|(name, _, count)| Tab {
        name: name(ctx.lang),
        count: count(ctx),
    });
    tabs::draw(ctx, view, tabs, buf, &counted.collect::<Vec<_>>());
    if view.list.ids.is_empty() {
        // "No open cases" only of the list of those that are open.
        let why = if view.choice == 0 {
            Cases::NoCases.text(ctx.lang)
        } else {
            Screen::EmptyList.text(ctx.lang)
        };
        return outside::nothing(ctx, view, why, (list, buf));
    }
    table::draw(ctx, view, (list, buf), COLUMNS, &|id| {
        case_of(ctx, id).map(|case| cells(ctx, case))
    })
}

fn case_of<'a>(ctx: &Ctx<'a>, id: &RowId) -> Option<&'a Case> {
    match id {
        RowId::Case(id) => ctx.board.state.cases.get(id),
        RowId::Alarm(_)
        | RowId::Task(_)
        | RowId::Point(_)
        | RowId::Source(_)
        | RowId::Group(_)
        | RowId::Other(_) => None,
    }
}

fn cells(ctx: &Ctx<'_>, case: &Case) -> Vec<Cell> {
    let kind = case::playbook(ctx, case).map_or_else(String::new, |p| ctx.lang.of(&p.words).to_owned());
    let until = case.state.closed.unwrap_or(ctx.now);
    vec![
        case::clock(ctx, case),
        case::stage(ctx, case),
        case::title(ctx, case),
        Cell::text(case::unit(ctx, case.state.unit.as_ref())),
        case::delivery(ctx, case::last_task(ctx, case)),
        Cell::text(case::township(ctx, case, false)),
        Cell::new(kind, Meaning::Dim),
        Cell::new(when::age(ctx.lang, until - case.matter.detected), Meaning::Dim),
        Cell::new(case.id.as_str(), Meaning::Dim),
    ]
}

fn wakes(ctx: &Ctx<'_>, view: &View) -> Option<Moment> {
    let shown = pane::shown(view).filter_map(|id| case_of(ctx, id));
    shown
        .filter(|case| case.is_open())
        .map(|case| case::wakes(ctx, case))
        .min()
}
