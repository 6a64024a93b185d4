//! How many unhandled matters lie outside the list that is shown: counted once for the same list of the same state, not
//! for each board that only brought readings.

use crate::desk::board::Board;
use crate::domain::id::SourceId;
use crate::domain::time::Moment;
use crate::tui::panel::Panel;
use crate::tui::panel::PanelId;
use crate::tui::panel::RowId;
use crate::tui::seat::Now;
use crate::tui::seat::Seat;
use std::sync::Arc;

/// What the count depends on beside the list.
#[derive(Clone, Debug, PartialEq)]
struct Standing {
    seq: u64,
    points: usize,
    withheld: usize,
    // These change with the clock alone.
    late: usize,
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
            silent: calm.gaps().map(|gap| gap.feed.id.clone()).collect(),
        }
    }
}

/// What was counted, and of what.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    list: (PanelId, usize, String, Arc<Vec<RowId>>),
    state: Standing,
    outside: usize,
}

impl Counted {
    /// Whether it is of that list; one that was merely made anew is not, and is counted.
    fn is_of(&self, (screen, choice, filter, rows): &(PanelId, usize, String, Arc<Vec<RowId>>)) -> bool {
        let own = (&self.list.0, &self.list.1, &self.list.2);
        own == (screen, choice, filter) && Arc::ptr_eq(&self.list.3, rows)
    }
}

impl Seat {
    /// How many unhandled matters no row of the shown list stands for.
    pub(super) fn outside(&mut self, live: &Board, now: Now) -> usize {
        let view = self.view();
        let Some(panel) = Panel::of(self.screen) else {
            return 0;
        };
        let ctx = self.ctx(live, now.room);
        let list = (
            self.screen,
            view.choice,
            view.filter.clone(),
            Arc::clone(&view.list.ids),
        );
        let state = Standing::of(ctx.board, ctx.now);
        let known = self.outside.as_ref();
        if let Some(same) = known.filter(|own| own.state == state && own.is_of(&list)) {
            return same.outside;
        }
        let outside = (panel.outside)(&ctx, &view, &view.list.ids);
        self.outside = Some(Counted { list, state, outside });
        outside
    }
}
