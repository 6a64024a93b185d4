//! Filtering a list as its filter is typed. A long list is made ready when the filter's line opens, so that a key then
//! costs a few milliseconds; it is made ready anew when the board has changed, at most as often as it is counted.

use crate::desk::board::Board;
use crate::domain::query::Query;
use crate::lang::Lang;
use crate::tui::action::Action;
use crate::tui::edit::Edit;
use crate::tui::find::index::Index;
use crate::tui::keys::{Code, Key};
use crate::tui::panel::Panel;
use crate::tui::part::fields;
use crate::tui::part::fields::FieldBasis;
use crate::tui::seat::list::LONG;
use crate::tui::seat::{Mode, Now, Out, Seat};
use crate::tui::view::RowId;
use std::sync::Arc;

/// A list made ready for finding, and what it was made of.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    index: Index,
    /// The screen, its sub-list, the language.
    of: (Action, usize, Lang),
    /// The board's last entry.
    seq: u64,
}

impl Seat {
    /// The rows of the shown list under its filter, by the newest board.
    pub(super) fn rows(&mut self, live: &Board, now: Now) -> Arc<Vec<RowId>> {
        let seq = self.ctx(live, now.room).board.state.seq;
        self.ready.take_if(|ready| ready.seq != seq);
        self.found(live, now)
    }

    /// The same by the list as it was made ready, where it is long: good enough between two keys.
    fn found(&mut self, live: &Board, now: Now) -> Arc<Vec<RowId>> {
        let Some(panel) = Panel::of(self.screen) else {
            return Arc::default();
        };
        let view = self.view();
        if view.query.is_empty() {
            return Arc::new((panel.rows)(&self.ctx(live, now.room), &view));
        }
        let index = self.index(panel, live, now);
        let ctx = self.ctx(live, now.room);
        let seen = FieldBasis::of(&ctx);
        index.found(&view.query, |row, key| fields::field(seen, row, key))
    }

    fn index(&mut self, panel: &Panel, live: &Board, now: Now) -> Index {
        let view = self.view();
        let of = (self.screen, view.choice, self.lang);
        let usable = |ready: &&Ready| ready.of == of && ready.index.len() > LONG;
        if let Some(ready) = self.ready.as_ref().filter(usable) {
            return ready.index.clone();
        }
        let ctx = self.ctx(live, now.room);
        let rows = (panel.rows)(&ctx, &view);
        let index = Index::new(rows, |id, words| (panel.words)(&ctx, id, words));
        let seq = ctx.board.state.seq;
        self.ready = Some(Ready {
            index: index.clone(),
            of,
            seq,
        });
        index
    }

    /// How many rows the list has without its filter, where it was made ready.
    pub(super) fn indexed(&self) -> usize {
        let ready = self.ready.as_ref().filter(|ready| ready.of.0 == self.screen);
        ready.map_or(0, |ready| ready.index.len())
    }

    /// Opens the filter's line.
    pub(super) fn open_filter(&mut self, live: &Board, now: Now) {
        self.mode = Mode::Filter(Edit::new(&self.view().filter));
        if let Some(panel) = Panel::of(self.screen) {
            self.index(panel, live, now);
        }
    }

    /// Filters by what was typed, as it is typed.
    pub(super) fn filter(&mut self, text: &str, live: &Board, now: Now) {
        let fields = Panel::of(self.screen).map_or(&[][..], |panel| panel.fields);
        let room = Arc::clone(&live.room);
        let read = Query::of_fields(text, fields, |key| fields::reach(&room, key));
        let view = self.views.entry(self.screen).or_default();
        text.clone_into(&mut view.filter);
        // What is not understood leaves nothing out: an empty list would read like calm.
        (view.query, view.fault) = match read {
            Ok(query) => (query, None),
            Err(fault) => (Query::default(), Some(fault)),
        };
        let rows = self.found(live, now);
        self.put_up(&rows, live, now);
        if text.is_empty() && !matches!(self.mode, Mode::Filter(_)) {
            self.ready = None;
        }
    }

    /// A key while the filter is typed.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "of all keys only these mean something here"
    )]
    pub(super) fn filter_key(&mut self, mut edit: Edit, key: Key, live: &Arc<Board>, now: Now) -> Vec<Out> {
        match key.code {
            // A filter that is not understood is not kept.
            Code::Enter if self.view().fault.is_some() => {
                self.mode = Mode::Filter(edit);
                return Vec::new();
            }
            Code::Enter => {
                self.ready.take_if(|_| edit.text().is_empty());
                return Vec::new();
            }
            Code::Esc => {
                self.filter("", live, now);
                return Vec::new();
            }
            Code::Down | Code::Up => {
                let action = if key.code == Code::Down {
                    Action::Down
                } else {
                    Action::Up
                };
                let outs = self.act(action, live, now);
                self.mode = Mode::Filter(edit);
                return outs;
            }
            _ => {}
        }
        if edit.key(key) {
            let text = edit.text();
            self.mode = Mode::Filter(edit);
            self.filter(&text, live, now);
        } else {
            self.mode = Mode::Filter(edit);
        }
        Vec::new()
    }
}
