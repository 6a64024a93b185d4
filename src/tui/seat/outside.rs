//! How many unhandled matters lie outside the list that is shown, and what hides them: counted once for the same list of
//! the same state, not for each board that only brought readings.

use crate::desk::board::Board;
use crate::domain::id::SourceId;
use crate::domain::time::Moment;
use crate::tui::action::Action;
use crate::tui::panel::Panel;
use crate::tui::seat::{Now, Seat};
use crate::tui::view::{Outside, RowId};
use std::sync::Arc;

/// What the count depends on beside the list.
#[derive(Clone, Debug, PartialEq)]
struct Standing {
    seq: u64,
    points: usize,
    withheld: usize,
    // These change with the clock alone.
    late: usize,
    lost: usize,
    silent: Vec<SourceId>,
}

impl Standing {
    fn of(board: &Board, now: Moment) -> Self {
        let calm = board.calm(now);
        Self {
            seq: board.state.seq,
            points: board.points.len(),
            withheld: board.withheld,
            late: calm.needs.late,
            lost: calm.needs.lost,
            silent: calm.gaps().map(|gap| gap.feed.id.clone()).collect(),
        }
    }
}

/// A list as it stands on a screen.
#[derive(Clone, Debug)]
struct ShownList {
    screen: Action,
    choice: usize,
    filter: String,
    rows: Arc<Vec<RowId>>,
}

/// What was counted, and of what.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    list: ShownList,
    state: Standing,
    outside: Outside,
    /// How many lie outside it without its filter, where there is one: the same for every filter of it.
    unfiltered: Option<usize>,
}

impl Counted {
    /// Whether it is of that list; one that was merely made anew is not, and is counted.
    fn is_of(&self, list: &ShownList) -> bool {
        let key = |of: &ShownList| (of.screen, of.choice);
        let is_same = key(&self.list) == key(list) && self.list.filter == list.filter;
        is_same && Arc::ptr_eq(&self.list.rows, &list.rows)
    }

    /// How many lie outside the unfiltered list, where it is of that one.
    fn unfiltered(&self, screen: Action, choice: usize) -> Option<usize> {
        self.unfiltered
            .filter(|_| (self.list.screen, self.list.choice) == (screen, choice))
    }
}

impl Seat {
    /// How many unhandled matters no row of the shown list stands for. `fresh` are the rows that it would have now: what
    /// waits to be taken in lies outside the list, but no filter hides it.
    pub(super) fn outside(&mut self, fresh: &[RowId], live: &Board, now: Now) -> Outside {
        let view = self.view();
        let Some(panel) = Panel::of(self.screen) else {
            return Outside::default();
        };
        let ctx = self.ctx(live, now.room);
        let list = ShownList {
            screen: self.screen,
            choice: view.choice,
            filter: view.filter.clone(),
            rows: Arc::clone(&view.list.ids),
        };
        let state = Standing::of(ctx.board, ctx.now);
        let known = self.outside.as_ref().filter(|own| own.state == state);
        if let Some(same) = known.filter(|own| own.is_of(&list)) {
            return same.outside;
        }
        let count = |rows: &[RowId]| (panel.outside)(&ctx, &view, rows);
        let all = count(&list.rows);
        let unfiltered = (!view.query.is_empty()).then(|| {
            let before = known.and_then(|own| own.unfiltered(list.screen, list.choice));
            before.unwrap_or_else(|| count(&(panel.rows)(&ctx, &view)))
        });
        let filter = unfiltered.map_or(0, |whole| {
            let kept = if *list.rows == *fresh { all } else { count(fresh) };
            kept.saturating_sub(whole)
        });
        let outside = Outside {
            list: all.saturating_sub(filter),
            filter,
        };
        self.outside = Some(Counted {
            list,
            state,
            outside,
            unfiltered,
        });
        outside
    }
}
