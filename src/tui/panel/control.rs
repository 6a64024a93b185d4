//! Control (管控): the episode in force — level, order, day, clock — with its measures by unit, the curtailed enterprises
//! against the power they draw, finds, the index under the level lines with what the episode adds up to, and the forecast
//! with the level that it reaches, also where no episode is on.

mod curve;
mod firms;
mod head;
mod matrix;
mod outlook;

use crate::domain::case::Case;
use crate::domain::episode::Episode;
use crate::domain::time::Moment;
use crate::lang::screens::control::Control;
use crate::lang::tui::Tui;
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
use std::collections::BTreeSet;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Control,
    title: |lang| Tui::Control.text(lang),
    rows,
    words,
    fields: fields::FIELDS,
    outside,
    draw,
    actions: &[
        Action::Menu,
        Action::New,
        Action::Dispatch,
        Action::Mark,
        Action::NextPane,
        Action::Open,
    ],
    act: |action, _, view| tabs::act(action, TABS.len(), view),
    wakes,
};

/// What is listed under an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Measures,
    Enterprises,
    Finds,
    Evaluation,
    Forecast,
}

const TABS: &[(Control, Pane)] = &[
    (Control::Measures, Pane::Measures),
    (Control::Enterprises, Pane::Enterprises),
    (Control::Finds, Pane::Finds),
    (Control::Evaluation, Pane::Evaluation),
    (Control::Forecast, Pane::Forecast),
];

const MEASURES: &[Column] = &[
    Column::right(|lang| Control::Due.text(lang), 12, 0, 0),
    Column::left(|lang| Control::Stage.text(lang), 10, 0, 0),
    Column::left(|lang| Control::Unit.text(lang), 14, 1, 0),
    Column::left(|lang| Control::Measure.text(lang), 20, 4, 0),
    Column::left(|lang| Control::Order.text(lang), 10, 0, 1),
    Column::left(|lang| Control::Number.text(lang), 14, 0, 2),
];

/// The episode that is shown: the one the room is busy with, else the last one.
fn episode<'a>(ctx: &Ctx<'a>) -> Option<Episode<'a>> {
    let state = &ctx.board.state;
    Episode::now(state).or_else(|| Episode::last(state))
}

fn pane_of(view: &View) -> Pane {
    TABS.get(view.choice).map_or(Pane::Measures, |tab| tab.1)
}

/// The cases of a pane, the episode's own first: what is done with it is done from its row.
fn cases<'a>(ctx: &Ctx<'a>, which: Pane) -> Vec<&'a Case> {
    let Some(episode) = episode(ctx) else {
        return Vec::new();
    };
    let mut all = vec![episode.case];
    match which {
        Pane::Measures => all.extend(matrix::cases(&episode)),
        Pane::Enterprises => all.extend(firms::cases(&episode)),
        Pane::Finds => all.extend(episode.cruises().chain(episode.problems())),
        Pane::Evaluation | Pane::Forecast => {}
    }
    all
}

fn rows(ctx: &Ctx<'_>, view: &View) -> Vec<RowId> {
    let cases = cases(ctx, pane_of(view)).into_iter();
    cases.map(|case| RowId::Case(case.id.clone())).collect()
}

/// Unhandled matters of the episode and of what stands under it that are not shown.
fn outside(ctx: &Ctx<'_>, _: &View, shown: &[RowId]) -> usize {
    let panes = TABS.iter().flat_map(|tab| cases(ctx, tab.1));
    let all: BTreeSet<RowId> = panes.map(|case| RowId::Case(case.id.clone())).collect();
    outside::beside(&all, shown, |row| outside::matters(ctx, row))
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

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    if let Some(case) = case_of(ctx, id) {
        case::words(ctx, case, words);
        words.add(&firms::name(ctx, case));
    }
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    let Some(episode) = episode(ctx) else {
        let intro = [
            (Control::NoEpisode, Meaning::Strong),
            (Control::HowToBegin, Meaning::Dim),
        ];
        return outlook::draw(ctx, view, &intro, (area, buf));
    };
    let split = pane::split(area, view.open);
    let current = pane::current(view).and_then(|id| case_of(ctx, id));
    if let (Some(area), Some(case)) = (split.card, current) {
        case_card::draw(ctx, view, case, (area, buf));
    }
    let rows = if split.list.height >= 12 { 4 } else { 1 };
    let (top, rest) = pane::top(split.list, rows);
    head::draw(ctx, &episode, top, buf);
    let (line, body) = pane::top(rest, u16::from(rest.height >= 4));
    let counted: Vec<Tab> = TABS.iter().map(|tab| counted(ctx, *tab)).collect();
    tabs::draw(ctx, view, line, buf, &counted);
    match pane_of(view) {
        Pane::Measures => {
            let list = matrix::draw(ctx, view, &episode, body, buf);
            listed(ctx, view, (list, buf), (MEASURES, measure))
        }
        Pane::Enterprises => {
            let list = firms::summary(ctx, &episode, body, buf);
            listed(ctx, view, (list, buf), (firms::COLUMNS, firms::cells))
        }
        Pane::Finds => listed(ctx, view, (body, buf), (MEASURES, measure)),
        Pane::Evaluation => curve::draw(ctx, &episode, body, buf),
        Pane::Forecast => outlook::draw(ctx, view, &[], (body, buf)),
    }
}

fn counted(ctx: &Ctx<'_>, (name, pane): (Control, Pane)) -> Tab {
    let count = match pane {
        Pane::Forecast => ctx.board.state.forecasts.len(),
        Pane::Measures | Pane::Enterprises | Pane::Finds | Pane::Evaluation => {
            cases(ctx, pane).len().saturating_sub(1)
        }
    };
    Tab {
        name: name.text(ctx.lang),
        count,
    }
}

/// How a case of a pane becomes a row.
type Row = fn(&Ctx<'_>, &Case) -> Vec<Cell>;

fn listed(ctx: &Ctx<'_>, view: &View, spot: (Rect, &mut Buffer), (columns, row): (&[Column], Row)) -> u16 {
    table::draw(ctx, view, spot, columns, &|id| {
        case_of(ctx, id).map(|case| row(ctx, case))
    })
}

/// A measure, a cruise or a problem as a row; the episode itself is the first one.
fn measure(ctx: &Ctx<'_>, case: &Case) -> Vec<Cell> {
    let own = case.matter.parent.is_none();
    let meaning = if own { Meaning::Title } else { Meaning::Text };
    vec![
        case::clock(ctx, case),
        case::stage(ctx, case),
        Cell::text(case::unit(ctx, case.state.unit.as_ref())),
        Cell::new(case.matter.title.as_str(), meaning),
        case::delivery(ctx, case::last_task(ctx, case)),
        Cell::new(case.id.as_str(), Meaning::Dim),
    ]
}

fn wakes(ctx: &Ctx<'_>, view: &View) -> Option<Moment> {
    let shown = pane::shown(view).filter_map(|id| case_of(ctx, id));
    let open = shown.filter(|case| case.is_open());
    open.map(|case| case::wakes(ctx, case)).min()
}
