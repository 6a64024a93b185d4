//! Panels: what the middle of the screen shows. One file and one row in [`PANELS`] adds a screen.
//!
//! A panel draws; it keeps nothing. What a person has done in it (cursor, filter, marks) is its [`View`], the same
//! for all, kept by the seat. Which things a list shows in which order is asked when it is opened, filtered or
//! taken in, and then stands still; what they are is looked up in the newest board at each frame.

pub mod air;
pub mod alarms;
pub mod cases;
pub mod control;
pub mod feeds;
pub mod fires;
pub mod overview;
pub mod points;
pub mod shift;
pub mod targets;

use crate::desk::board::Board;
use crate::domain::alarm::group::GroupKey;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::id::PointId;
use crate::domain::id::SourceId;
use crate::domain::id::TaskId;
use crate::domain::query::Query;
use crate::domain::query::QueryFault;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::Lang;
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::keys::Keymap;
use crate::tui::look::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Which screen. The order is that of the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PanelId {
    /// 总览.
    #[default]
    Overview,
    /// 空气.
    Air,
    /// 火情.
    Fires,
    /// 管控.
    Control,
    /// 事件.
    Cases,
    /// 告警.
    Alarms,
    /// 点位.
    Points,
    /// 目标.
    Targets,
    /// 值班.
    Shift,
    /// 数据源.
    Feeds,
}

impl PanelId {
    /// The action that shows it.
    pub fn action(self) -> Action {
        match self {
            Self::Overview => Action::Overview,
            Self::Air => Action::Air,
            Self::Fires => Action::Fires,
            Self::Control => Action::Control,
            Self::Cases => Action::Cases,
            Self::Alarms => Action::Alarms,
            Self::Points => Action::Points,
            Self::Targets => Action::Targets,
            Self::Shift => Action::Shift,
            Self::Feeds => Action::Feeds,
        }
    }
}

/// A screen.
#[derive(Clone, Copy, Debug)]
pub struct Panel {
    /// Which.
    pub id: PanelId,
    /// Its name in the header.
    pub title: fn(Lang) -> &'static str,
    /// What its list shows before any filter, in order. Asked when the list is opened, filtered or taken in, and
    /// at most once a second to count what is new; never for a frame.
    pub rows: fn(&Ctx<'_>, &View) -> Vec<RowId>,
    /// Adds the words that the filter finds a row of the list by.
    pub words: fn(&Ctx<'_>, &RowId, &mut Words),
    /// The fields that its filter may ask a row for, beside words.
    pub fields: &'static [&'static str],
    /// How many unhandled matters of this screen no shown row stands for: they lie behind the filter, in another
    /// sub-list, or beyond the list's length. Asked when the rows are.
    pub outside: fn(&Ctx<'_>, &View, &[RowId]) -> usize,
    /// Draws it, the card of the row under the cursor included where `view.open`. Gives how many rows of the list
    /// there was room for. Any size, also none.
    pub draw: fn(&Ctx<'_>, &View, Rect, &mut Buffer) -> u16,
    /// What its footer offers, most wanted first.
    pub actions: &'static [Action],
    /// What it makes of an action that the seat has no general meaning for (`Left`, `Right`, `NextPane`, `Sort`).
    /// `false` where nothing changed.
    pub act: fn(Action, &Ctx<'_>, &mut View) -> bool,
    /// When what it shows reads differently although nothing happened: the earliest change of a visible age or
    /// countdown. `None` while nothing on it counts.
    pub wakes: fn(&Ctx<'_>, &View) -> Option<Moment>,
}

/// Every screen, in the order of the keys.
pub const PANELS: &[Panel] = &[
    overview::PANEL,
    air::PANEL,
    fires::PANEL,
    control::PANEL,
    cases::PANEL,
    alarms::PANEL,
    points::PANEL,
    targets::PANEL,
    shift::PANEL,
    feeds::PANEL,
];

impl Panel {
    /// The row of a screen.
    pub fn of(id: PanelId) -> Option<&'static Self> {
        PANELS.iter().find(|panel| panel.id == id)
    }
}

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
