//! What a screen is drawn from and what a person has done in it (cursor, filter, marks): the words that panels and their
//! parts have in common.
//!
//! Which things a list shows in which order is asked when it is opened, filtered or taken in, and then stands still; what
//! they are is looked up in the newest board at each frame.

use crate::desk::board::Board;
use crate::domain::alarm::group::GroupKey;
use crate::domain::id::{AlarmId, CaseId, PointId, SourceId, TaskId};
use crate::domain::query::{Query, QueryFault};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::Lang;
use crate::tui::keys::Keymap;
use crate::tui::look::Look;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is drawn from. Drawing is a pure function of it.
#[derive(Clone, Copy, Debug)]
pub struct Ctx<'a> {
    /// What is true: the newest board, or the frozen one.
    pub board: &'a Board,
    /// What keys mean there, for hints.
    pub keymap: &'a Keymap,
    /// How things look there.
    pub look: &'a Look,
    /// In which language.
    pub lang: Lang,
    /// The present moment.
    pub now: Moment,
}

/// The identity of a row: what an action is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowId {
    /// An alarm.
    Alarm(AlarmId),
    /// A case.
    Case(CaseId),
    /// An order.
    Task(TaskId),
    /// A point.
    Point(PointId),
    /// A source.
    Source(SourceId),
    /// Alarms read as one row.
    Group(GroupKey),
    /// Anything else that has a name in its list.
    Other(Clean),
}

impl RowId {
    /// The text people copy.
    pub fn text(&self) -> &str {
        match self {
            Self::Alarm(id) => id.as_str(),
            Self::Case(id) => id.as_str(),
            Self::Task(id) => id.as_str(),
            Self::Point(id) => id.as_str(),
            Self::Source(id) => id.as_str(),
            Self::Group(key) => key.place.as_str(),
            Self::Other(id) => id.as_str(),
        }
    }
}

/// The rows of a list as they were when it was opened, filtered or taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// In order.
    pub ids: Arc<Vec<RowId>>,
    /// How many rows are new since and wait to be taken in.
    pub waiting: usize,
    /// How many unhandled matters lie outside it.
    pub outside: Outside,
    /// What its rows for many say that needs a look at every member.
    pub many: BTreeMap<GroupKey, Many>,
}

/// What the members of a row for many have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Many {
    /// The words that all their titles share.
    pub title: Option<String>,
    /// When the newest and the oldest were raised.
    pub raised: (Moment, Moment),
    /// In how many places they are.
    pub places: usize,
}

/// How many unhandled matters lie outside a list, by what hides them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// No row of the list, unfiltered, stands for them: they are of another sub-list, scope or screen.
    pub list: usize,
    /// They have a row that the filter hides.
    pub filter: usize,
}

/// What a person has done in a panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The rows of its list.
    pub list: Listing,
    /// The row under the cursor. `None` until a row is chosen: then the list follows what is new by itself.
    pub cursor: Option<RowId>,
    /// The first row of the window as last moved.
    pub top: usize,
    /// What was typed after `/`.
    pub filter: String,
    /// The same, understood; while it is not, the empty one.
    pub query: Query,
    /// What of it cannot be understood: then nothing is left out of the list.
    pub fault: Option<QueryFault>,
    /// Marked rows.
    pub marks: BTreeSet<RowId>,
    /// Where a range of marks began.
    pub range: Option<RowId>,
    /// Whether the card of the row under the cursor is open.
    pub open: bool,
    /// How far the card is scrolled, in lines.
    pub card: usize,
    /// How far the columns are scrolled.
    pub shift: usize,
    /// Which of the panel's panes has the keys, where it has several.
    pub pane: usize,
    /// The panel's own choice: which pollutant, which order.
    pub choice: usize,
    /// Rows for many that are opened into their own.
    pub expanded: BTreeSet<RowId>,
}

impl View {
    /// Where the cursor's row stands in the list.
    pub fn position(&self) -> Option<usize> {
        let cursor = self.cursor.as_ref()?;
        // Looked for near the window first: a list may be long, and the cursor is mostly on the screen.
        let near = self.top.min(self.list.ids.len());
        let after = self.list.ids.iter().skip(near).position(|id| id == cursor);
        after
            .map(|at| at + near)
            .or_else(|| self.list.ids.iter().position(|id| id == cursor))
    }

    /// The first row of a window of `rows`, moved no further than needed to hold the cursor.
    pub fn window(&self, rows: usize) -> usize {
        let most = self.list.ids.len().saturating_sub(rows);
        let top = self.top.min(most);
        match self.position() {
            Some(at) if rows > 0 => top.min(at).max((at + 1).saturating_sub(rows)),
            Some(_) | None => top,
        }
    }

    /// What an action is about: the marked rows, or else the row under the cursor.
    pub fn targets(&self) -> Vec<RowId> {
        if self.marks.is_empty() {
            // Nothing is done to a row that is not in the list.
            let here = self.cursor.iter().filter(|_| self.position().is_some());
            here.cloned().collect()
        } else {
            self.marks.iter().cloned().collect()
        }
    }
}
