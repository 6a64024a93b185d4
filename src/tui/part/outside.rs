//! How many unhandled matters lie outside a list: behind its filter, its sub-list, its scope or its length.
//!
//! Every screen with a list says it by one of these; none is ever short in silence.

use crate::domain::case::{Case, clock};
use crate::domain::id::{AlarmId, EnterpriseId, PointId};
use crate::domain::state::State;
use crate::domain::task::Task;
use crate::lang::fill;
use crate::lang::screens::Screen;
use crate::lang::tui::Tui;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::view::{Ctx, Outside, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeMap;

/// Of a list that holds nothing unhandled itself: all that the room has, while a filter is on and might be thought to hide
/// it.
pub fn of_room(ctx: &Ctx<'_>, view: &View, _: &[RowId]) -> usize {
    if view.filter.is_empty() {
        return 0;
    }
    ctx.board.needs(ctx.now).total()
}

/// Of the matters that `all` rows stand for, those that no row of `shown` stands for.
pub fn beside<'a>(
    all: impl IntoIterator<Item = &'a RowId>,
    shown: &[RowId],
    weigh: impl Fn(&RowId) -> usize,
) -> usize {
    let whole: usize = all.into_iter().map(&weigh).sum();
    whole.saturating_sub(shown.iter().map(&weigh).sum())
}

/// How many unhandled matters a row stands for, with those of a case: the case itself, its alarms, its orders.
pub fn matters(ctx: &Ctx<'_>, row: &RowId) -> usize {
    let state = &ctx.board.state;
    match row {
        RowId::Alarm(id) => usize::from(is_unseen(state, id)),
        RowId::Task(id) => usize::from(state.tasks.get(id).is_some_and(Task::needs_person)),
        RowId::Case(id) => state.cases.get(id).map_or(0, |case| of_case(ctx, case)),
        // A source that is not fresh is what needs somebody among sources.
        RowId::Source(id) => {
            let feed = ctx.board.feeds.get(id);
            usize::from(feed.is_some_and(|feed| !feed.state_at(ctx.now).is_fresh()))
        }
        RowId::Group(_) | RowId::Point(_) | RowId::Other(_) => 0,
    }
}

/// How many unhandled matters a case stands for: itself, its alarms, its orders.
pub fn of_case(ctx: &Ctx<'_>, case: &Case) -> usize {
    let state = &ctx.board.state;
    let alarms = case.alarms.iter().filter(|id| is_unseen(state, id)).count();
    let orders = case.tasks.iter().filter_map(|id| state.tasks.get(id));
    let orders = orders.filter(|task| task.needs_person()).count();
    let mut playbooks = ctx.board.room.playbooks.iter();
    let own = playbooks.find(|playbook| playbook.id == case.matter.playbook);
    usize::from(clock::needs_person(case, own, ctx.now)) + alarms + orders
}

fn is_unseen(state: &State, id: &AlarmId) -> bool {
    state.alarms.get(id).is_some_and(|one| one.state().needs_person())
}

/// The unseen alarms at each point, and at the points of each enterprise.
#[derive(Debug, Default)]
pub struct AtPoints {
    points: BTreeMap<PointId, usize>,
    firms: BTreeMap<EnterpriseId, usize>,
}

impl AtPoints {
    /// Counted once for a list.
    pub fn of(ctx: &Ctx<'_>) -> Self {
        let mut found = Self::default();
        for (point, count) in ctx.board.state.unseen_at() {
            found.points.insert(point.clone(), count);
            let known = ctx.board.points.get(point);
            if let Some(owner) = known.and_then(|point| point.owner.as_ref()) {
                *found.firms.entry(owner.clone()).or_default() += count;
            }
        }
        found
    }

    /// How many unseen alarms a point's row, or an enterprise's, stands for.
    pub fn at(&self, row: &RowId) -> usize {
        match row {
            RowId::Point(id) => self.points.get(id).copied().unwrap_or(0),
            RowId::Other(id) => self
                .firms
                .get(&EnterpriseId::new(id.as_str()))
                .copied()
                .unwrap_or(0),
            RowId::Alarm(_) | RowId::Case(_) | RowId::Task(_) | RowId::Source(_) | RowId::Group(_) => 0,
        }
    }

    /// All points with unseen alarms that `is_here` holds for: each alarm once.
    pub fn all(&self, is_here: impl Fn(&PointId) -> bool) -> usize {
        let here = self.points.iter().filter(|(id, _)| is_here(id));
        here.map(|(_, count)| count).sum()
    }
}

/// The words for it, with what hides them; `None` where nothing unhandled lies outside.
pub fn words(ctx: &Ctx<'_>, view: &View) -> Option<String> {
    let Outside { list, filter } = view.list.outside;
    let text = match (list > 0, filter > 0) {
        (false, false) => return None,
        (true, false) => Tui::OutsideList,
        (false, true) => Tui::OutsideFilter,
        (true, true) => Tui::OutsideBoth,
    };
    Some(fill(text.text(ctx.lang), &[("n", &list), ("hidden", &filter)]))
}

/// What an empty list says: that no row fits its filter, or else `why` it is empty; and what lies outside it, so that it
/// never reads like calm. Gives the rows of the area.
pub fn nothing(ctx: &Ctx<'_>, view: &View, why: &str, (area, buf): (Rect, &mut Buffer)) -> u16 {
    let text = if view.filter.is_empty() {
        why
    } else {
        Screen::Nothing.text(ctx.lang)
    };
    let y = u16::from(area.height > 2);
    part::put(buf, area, (2, y), text, ctx.look.style(Meaning::Dim));
    if let Some(words) = words(ctx, view) {
        let style = ctx.look.style(Meaning::Warn);
        part::put(buf, area, (2, y + u16::from(area.height > 1)), &words, style);
    }
    area.height
}
