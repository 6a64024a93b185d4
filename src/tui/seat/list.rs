//! Moving in lists. Nothing moves under the cursor: once a row is chosen the list stands still, new rows wait to be
//! taken in, and a row whose thing is no more keeps its place.

use crate::desk::board::Board;
use crate::domain::alarm::group::GroupKey;
use crate::lang::tui::Tui;
use crate::tui::action::Action;
use crate::tui::panel::alarms::groups;
use crate::tui::part::calm;
use crate::tui::seat::{Now, Seat};
use crate::tui::view::{Many, RowId, View};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Lists longer than this are counted anew at most once in [`RECOUNT_MS`].
pub(super) const LONG: usize = 2000;
const RECOUNT_MS: i64 = 1000;

impl Seat {
    /// A new board is there: a list that nobody works in follows it, another one counts what is new.
    pub fn sees(&mut self, live: &Arc<Board>, now: Now) {
        self.follow_case(live, now);
        if self.frozen.is_some() {
            return;
        }
        let view = self.view();
        if view.cursor.is_none() && view.marks.is_empty() {
            if !self.too_soon(live, now) {
                self.take_in(live, now);
            }
            return;
        }
        if self.too_soon(live, now) {
            return;
        }
        let rows = self.rows(live, now);
        let known: HashSet<&RowId> = view.list.ids.iter().collect();
        let waiting = rows.iter().filter(|id| !known.contains(id)).count();
        let outside = self.outside(&rows, live, now);
        let many = self.many(live, now);
        let list = &mut self.views.entry(self.screen).or_default().list;
        (list.waiting, list.outside, list.many) = (waiting, outside, many);
    }

    /// Whether a long list was counted a moment ago, or nothing has happened since.
    fn too_soon(&mut self, live: &Board, now: Now) -> bool {
        let soon = self
            .counted
            .is_some_and(|(_, at)| now.hand.ms() - at.ms() < RECOUNT_MS);
        if self.is_long(live) && soon {
            return true;
        }
        self.counted = Some((live.state.seq, now.hand));
        false
    }

    /// When a long list that has not been counted since the last change may be counted.
    pub(super) fn recount_at(&self, live: &Board) -> Option<i64> {
        let (seq, at) = self.counted?;
        (self.is_long(live) && seq != live.state.seq).then(|| at.ms() + RECOUNT_MS)
    }

    /// Whether the list, without its filter and with what its rows for many stand for, is long.
    fn is_long(&self, live: &Board) -> bool {
        let members = |view: &View| {
            let all = view.list.many.keys().map(|key| live.state.alike_count(key).all);
            view.list.ids.len() + all.sum::<usize>()
        };
        let shown = self.views.get(&self.screen).map_or(0, members);
        shown.max(self.indexed()) > LONG
    }

    /// What the rows for many of the list say of their members.
    fn many(&self, live: &Board, now: Now) -> BTreeMap<GroupKey, Many> {
        let (ctx, view) = (self.ctx(live, now.room), self.view());
        let keys = view.list.ids.iter().filter_map(|row| match row {
            RowId::Group(key) => Some(key),
            RowId::Alarm(_)
            | RowId::Case(_)
            | RowId::Task(_)
            | RowId::Point(_)
            | RowId::Source(_)
            | RowId::Other(_) => None,
        });
        let said = keys.filter_map(|key| Some((key.clone(), groups::many(&ctx, key)?)));
        said.collect()
    }

    /// Asks the panel for its rows anew. The cursor stays on its row where that is still there.
    pub(super) fn take_in(&mut self, live: &Board, now: Now) {
        let rows = self.rows(live, now);
        self.put_up(&rows, live, now);
    }

    /// Shows these rows.
    pub(super) fn put_up(&mut self, rows: &Arc<Vec<RowId>>, live: &Board, now: Now) {
        let page = usize::from(self.page);
        let view = self.views.entry(self.screen).or_default();
        if view.list.ids != *rows {
            view.list.ids = Arc::clone(rows);
        }
        let outside = self.outside(rows, live, now);
        let many = self.many(live, now);
        let view = self.views.entry(self.screen).or_default();
        (view.list.waiting, view.list.outside, view.list.many) = (0, outside, many);
        if view.position().is_none() {
            view.cursor = None;
        }
        view.top = view.window(page);
    }

    /// Moves the cursor by so many rows; the first move chooses the first row on the screen.
    pub(super) fn step(&mut self, by: isize) {
        let page = usize::from(self.page);
        let view = self.views.entry(self.screen).or_default();
        let Some(last) = view.list.ids.len().checked_sub(1) else {
            return;
        };
        let next = match view.position() {
            None if by == isize::MAX => last,
            None => view.window(page).min(last),
            Some(at) => at.saturating_add_signed(by).min(last),
        };
        view.cursor = view.list.ids.get(next).cloned();
        view.top = view.window(page);
        view.card = 0;
        self.mark_to_cursor();
    }

    /// Moves by so many half pages; in an open card, scrolls it.
    pub(super) fn page(&mut self, halves: isize) {
        let half = isize::try_from(usize::from(self.page).div_ceil(2).max(1)).unwrap_or(1);
        let view = self.views.entry(self.screen).or_default();
        if view.open {
            view.card = view.card.saturating_add_signed(halves * half);
        } else {
            self.step(halves * half);
        }
    }

    /// Opens the row under the cursor: a row for many into its own rows and back, any other into its card.
    pub(super) fn open_row(&mut self, live: &Board, now: Now) {
        let view = self.views.entry(self.screen).or_default();
        match view.cursor.clone() {
            Some(group @ RowId::Group(_)) => {
                if !view.expanded.remove(&group) {
                    view.expanded.insert(group);
                }
                self.take_in(live, now);
            }
            Some(_) | None => self.open(true),
        }
    }

    /// Opens or closes the card of the row under the cursor.
    pub(super) fn open(&mut self, open: bool) {
        if self.view().cursor.is_none() {
            self.step(0);
        }
        let view = self.views.entry(self.screen).or_default();
        view.open = open && view.cursor.is_some();
        view.card = 0;
    }

    /// Marks or unmarks the row under the cursor and goes on to the next.
    pub(super) fn mark(&mut self) {
        if self.view().cursor.is_none() {
            self.step(0);
        }
        let view = self.views.entry(self.screen).or_default();
        if let Some(id) = view.cursor.clone() {
            if !view.marks.remove(&id) {
                view.marks.insert(id);
            }
            view.range = None;
            self.step(1);
        }
    }

    /// Begins a range at the cursor, or ends it.
    pub(super) fn mark_range(&mut self) {
        let view = self.views.entry(self.screen).or_default();
        view.range = match view.range {
            Some(_) => None,
            None => view.cursor.clone(),
        };
        self.mark_to_cursor();
    }

    pub(super) fn mark_none(&mut self) {
        let view = self.views.entry(self.screen).or_default();
        view.marks.clear();
        view.range = None;
    }

    /// While a range is open, everything between its beginning and the cursor is marked.
    fn mark_to_cursor(&mut self) {
        let view = self.views.entry(self.screen).or_default();
        let Some(from) = view.range.clone() else { return };
        let at = view.list.ids.iter().position(|id| *id == from);
        let (Some(a), Some(b)) = (at, view.position()) else {
            return;
        };
        let (low, high) = (a.min(b), a.max(b));
        view.marks = view
            .list
            .ids
            .iter()
            .skip(low)
            .take(high - low + 1)
            .cloned()
            .collect();
    }

    /// Puts the cursor on the next alarm that nobody has seen, worst first, on the alarms' own screen.
    pub(super) fn next_unhandled(&mut self, live: &Arc<Board>, now: Now) {
        let board = self.frozen.clone().unwrap_or_else(|| Arc::clone(live));
        let unseen = board.state.unseen();
        let unseen: Vec<RowId> = unseen.map(|rank| RowId::Alarm(rank.3.clone())).collect();
        if unseen.is_empty() {
            self.nothing_unhandled(&board, now);
            return;
        }
        self.screen = Action::Alarms;
        let at = self
            .view()
            .cursor
            .and_then(|here| unseen.iter().position(|id| *id == here));
        let next = at.map_or(0, |at| (at + 1) % unseen.len());
        let Some(id) = unseen.get(next).cloned() else {
            return;
        };
        self.take_in(live, now);
        self.uncover(&id, &board, live, now);
        self.put_cursor(id);
    }

    fn put_cursor(&mut self, id: RowId) {
        let page = usize::from(self.page);
        let view = self.views.entry(self.screen).or_default();
        (view.cursor, view.card) = (Some(id), 0);
        view.top = view.window(page);
    }

    /// Shows a row's screen with the cursor on it and its card open.
    pub(super) fn go_to(&mut self, screen: Action, id: RowId, live: &Arc<Board>, now: Now) {
        self.screen = screen;
        self.take_in(live, now);
        self.uncover(&id, live, live, now);
        self.put_cursor(id);
        self.views.entry(self.screen).or_default().open = true;
    }

    /// Makes an alarm's own row stand in the list: its group is opened, else the filter and the sub-list are left, and
    /// that is said.
    fn uncover(&mut self, id: &RowId, board: &Board, live: &Board, now: Now) {
        let there = |seat: &Self| seat.view().list.ids.contains(id);
        let group = match id {
            RowId::Alarm(id) => board.state.alarms.get(id).and_then(GroupKey::of),
            RowId::Case(_)
            | RowId::Task(_)
            | RowId::Point(_)
            | RowId::Source(_)
            | RowId::Group(_)
            | RowId::Other(_) => None,
        };
        let group = group.map(RowId::Group);
        let open = |seat: &mut Self| {
            let own = group.clone().filter(|own| seat.view().list.ids.contains(own));
            if let Some(own) = own.filter(|_| !there(seat)) {
                seat.views.entry(seat.screen).or_default().expanded.insert(own);
                seat.take_in(live, now);
            }
        };
        open(self);
        if there(self) {
            return;
        }
        let filtered = !self.view().filter.is_empty();
        let view = self.views.entry(self.screen).or_default();
        // The first sub-list is that of what needs a person.
        view.choice = 0;
        self.filter("", live, now);
        open(self);
        let said = if filtered {
            Tui::FilterTaken
        } else {
            Tui::ListTaken
        };
        self.say(said.text(self.lang), false, now);
    }

    /// Never a false calm: where something is in doubt, that is said instead.
    fn nothing_unhandled(&mut self, board: &Board, now: Now) {
        let (words, calm) = calm::phrase(&self.ctx(board, now.room));
        self.say(&words, !calm, now);
    }
}
