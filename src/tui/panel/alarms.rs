//! Alarms: the list by ISA-18.2 with sub-lists, the line of figures, the card of one alarm.
//!
//! The list is the state's own order, read by ranges: a frame looks up what is on the screen and no more.

pub mod figures;
pub mod groups;

use crate::domain::alarm::{Alarm, AlarmState, UNSEEN, kpi};
use crate::domain::time::Moment;
use crate::lang::screens::Screen;
use crate::lang::screens::alarms::Alarms;
use crate::lang::tui::Tui;
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::part;
use crate::tui::part::table::{Cell, Column};
use crate::tui::part::tabs::Tab;
use crate::tui::part::{alarm, alarm_card, fields, outside, pane, table, tabs};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Alarms,
    title: |lang| Tui::Alarms.text(lang),
    rows,
    words,
    fields: fields::FIELDS,
    outside,
    draw,
    actions: &[
        Action::Acknowledge,
        Action::Dispatch,
        Action::Shelve,
        Action::Filter,
        Action::NextPane,
        Action::Open,
    ],
    act: |action, _, view| tabs::act(action, LISTS.len(), view),
    wakes,
};

/// A sub-list: its name, and the states that it holds.
const LISTS: &[(Alarms, &[AlarmState])] = &[
    (Alarms::Needs, UNSEEN),
    (Alarms::Returned, &[AlarmState::Returned]),
    (
        Alarms::Held,
        &[
            AlarmState::Shelved,
            AlarmState::Suppressed,
            AlarmState::OutOfService,
        ],
    ),
    (
        Alarms::All,
        &[
            AlarmState::Unacknowledged,
            AlarmState::Returned,
            AlarmState::Acknowledged,
            AlarmState::Shelved,
            AlarmState::Suppressed,
            AlarmState::OutOfService,
        ],
    ),
];

const COLUMNS: &[Column] = &[
    Column::left(|lang| Alarms::State.text(lang), 4, 0, 0),
    Column::left(|lang| Screen::Severity.text(lang), 8, 0, 0),
    Column::right(|lang| Screen::Age.text(lang), 9, 0, 0),
    Column::left(|lang| Screen::Title.text(lang), 24, 6, 0),
    Column::right(|lang| Screen::Count.text(lang), 5, 0, 5),
    Column::left(|lang| Screen::Place.text(lang), 9, 1, 2),
    Column::left(|lang| Screen::Source.text(lang), 10, 1, 4),
    Column::left(|lang| Alarms::Seen.text(lang), 8, 1, 3),
    Column::left(|lang| Screen::Case.text(lang), 14, 0, 6),
];

fn states(view: &View) -> &'static [AlarmState] {
    LISTS.get(view.choice).map_or(&[], |list| list.1)
}

fn rows(ctx: &Ctx<'_>, view: &View) -> Vec<RowId> {
    groups::rows(ctx, view, states(view))
}

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    if let RowId::Group(key) = id {
        for member in groups::members(ctx, key) {
            alarm::words(ctx, member, words);
        }
    }
    let Some(alarm) = alarm_of(ctx, id) else { return };
    alarm::words(ctx, alarm, words);
}

/// The unseen alarms that stand in no row, not even in one for many.
fn outside(ctx: &Ctx<'_>, view: &View, shown: &[RowId]) -> usize {
    let all = ctx.board.state.unseen_count();
    let plain = |row: &&RowId| matches!(row, RowId::Alarm(_));
    let all_unseen = states(view) == UNSEEN && shown.iter().all(|row| plain(&row));
    let inside = if all_unseen {
        shown.len()
    } else {
        groups::unseen(ctx, shown)
    };
    all.saturating_sub(inside)
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    let split = pane::split(area, view.open);
    if let (Some(area), Some(alarm)) = (split.card, current(ctx, view)) {
        alarm_card::draw(ctx, view, alarm, (area, buf));
    }
    let headed = u16::from(split.list.height >= 6);
    let (tabs, rest) = pane::top(split.list, headed);
    let counted = LISTS.iter().map(|(name, states)| Tab {
        name: name.text(ctx.lang),
        count: states.iter().map(|state| ctx.board.state.count(*state)).sum(),
    });
    tabs::draw(ctx, view, tabs, buf, &counted.collect::<Vec<_>>());
    let (line, list) = pane::top(rest, headed);
    figures::draw(ctx, line, buf);
    if view.list.ids.is_empty() {
        return nothing(ctx, view, list, buf);
    }
    let chattering = ctx.board.figures.chattering(ctx.now);
    table::draw(ctx, view, (list, buf), COLUMNS, &|id| {
        if let RowId::Group(key) = id {
            return groups::cells(ctx, view, key);
        }
        alarm_of(ctx, id).map(|alarm| cells(ctx, alarm, chattering.contains(&alarm.id)))
    })
}

fn current<'a>(ctx: &Ctx<'a>, view: &View) -> Option<&'a Alarm> {
    alarm_of(ctx, pane::current(view)?)
}

fn alarm_of<'a>(ctx: &Ctx<'a>, id: &RowId) -> Option<&'a Alarm> {
    match id {
        RowId::Alarm(id) => ctx.board.state.alarms.get(id),
        RowId::Case(_)
        | RowId::Task(_)
        | RowId::Point(_)
        | RowId::Source(_)
        | RowId::Group(_)
        | RowId::Other(_) => None,
    }
}

/// An empty list says why it is empty; "no alarms" only where that is known.
fn nothing(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    if view.filter.is_empty() && ctx.board.state.ranks.is_empty() {
        return part::calm::draw(ctx, area, buf);
    }
    outside::nothing(ctx, view, Screen::EmptyList.text(ctx.lang), (area, buf))
}

fn cells(ctx: &Ctx<'_>, alarm: &Alarm, chatters: bool) -> Vec<Cell> {
    let source = alarm.cause.source.as_ref().map_or("", |s| s.as_str());
    let seen = alarm.ack.as_ref().map_or("", |ack| ack.by.as_str());
    let case = alarm.case.as_ref().map_or("", |case| case.as_str());
    vec![
        alarm::state(ctx.look, alarm),
        alarm::severity(ctx.look, ctx.lang, alarm),
        alarm::age(ctx, alarm),
        alarm::title(ctx, alarm).marked(&marks(ctx, alarm, chatters)),
        alarm::count(ctx, alarm),
        Cell::text(alarm::place(ctx, alarm)),
        Cell::new(source, Meaning::Dim),
        Cell::new(seen, Meaning::Dim),
        Cell::new(case, Meaning::Dim),
    ]
}

/// What is to be known of an alarm among others: that it came first, that it chatters, that it has lain too long.
fn marks(ctx: &Ctx<'_>, alarm: &Alarm, chatters: bool) -> String {
    let first = ctx
        .board
        .figures
        .flood()
        .is_some_and(|flood| flood.first == alarm.id);
    let stale = kpi::is_stale(alarm, ctx.now);
    let all = [
        (first, Alarms::FirstOut),
        (chatters, Alarms::Chatters),
        (stale, Alarms::StaleMark),
    ];
    let said = all.iter().filter(|row| row.0).map(|row| row.1.text(ctx.lang));
    said.collect::<Vec<_>>().join(" ")
}

fn wakes(ctx: &Ctx<'_>, view: &View) -> Option<Moment> {
    let shown = pane::shown(view).filter_map(|id| alarm_of(ctx, id));
    shown.map(|alarm| alarm::wakes(alarm, ctx.now)).min()
}
