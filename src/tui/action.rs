//! Actions: what a key can mean. One row in [`ACTIONS`] feeds keys, palette, help and hints.
//!
//! Not here: what an action does (`seat`), and which key a person has bound to it (`keys`).

use crate::lang::tui::Tui;

/// Declares the actions with their rows.
macro_rules! actions {
    ($($name:ident $id:literal [$($key:literal),+] $group:ident;)+) => {
        /// What a key can mean. The words for each are the text of the same name in `lang::tui`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $(#[doc = $id] $name),+ }

        /// Every action, in the order of the help.
        pub const ACTIONS: &[Row] = &[$(Row {
            action: Action::$name,
            id: $id,
            keys: &[$($key),+],
            text: Tui::$name,
            group: Group::$group,
        }),+];
    };
}

/// An action's row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Which action.
    pub action: Action,
    /// Its name in configuration; never renamed.
    pub id: &'static str,
    /// Its keys where configuration says nothing: the letter first, then its twin that works under an input method.
    pub keys: &'static [&'static str],
    /// What people read.
    pub text: Tui,
    /// Under which heading of the help.
    pub group: Group,
}

/// A heading of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Screens.
    Screens,
    /// Moving.
    Moving,
    /// Finding.
    Finding,
    /// Handling.
    Handling,
    /// The seat itself.
    Seat,
}

actions! {
    Overview "screen.overview" ["1"] Screens;
    Air "screen.air" ["2"] Screens;
    Fires "screen.fires" ["3"] Screens;
    Control "screen.control" ["4"] Screens;
    Cases "screen.cases" ["5"] Screens;
    Alarms "screen.alarms" ["6"] Screens;
    Points "screen.points" ["7"] Screens;
    Targets "screen.targets" ["8"] Screens;
    Shift "screen.shift" ["9"] Screens;
    Feeds "screen.feeds" ["0"] Screens;
    PreviousScreen "screen.previous" ["["] Screens;
    NextScreen "screen.next" ["]"] Screens;
    NextUnhandled "next.unhandled" ["!", "F8"] Screens;

    Down "move.down" ["j", "Down"] Moving;
    Up "move.up" ["k", "Up"] Moving;
    First "move.first" ["g", "Home"] Moving;
    Last "move.last" ["G", "End"] Moving;
    PageDown "move.page-down" ["PageDown"] Moving;
    PageUp "move.page-up" ["PageUp"] Moving;
    HalfDown "move.half-down" ["Ctrl-D"] Moving;
    HalfUp "move.half-up" ["Ctrl-U"] Moving;
    Left "move.left" ["h", "Left"] Moving;
    Right "move.right" ["l", "Right"] Moving;
    NextPane "move.pane" ["Tab"] Moving;
    Open "open" ["Enter"] Moving;
    Back "back" ["Esc"] Moving;
    TakeIn "take-in" ["r", "F5"] Moving;

    Filter "find.filter" ["/", "F4"] Finding;
    FindNext "find.next" ["n"] Finding;
    FindPrevious "find.previous" ["N"] Finding;
    Palette "palette" [":", "F9", "Ctrl-P"] Finding;
    Help "help" ["?", "F1"] Finding;
    Sort "sort" ["o"] Finding;

    SeeNotice "notice.see" ["e", "F12"] Handling;
    SeeNotices "notice.see-all" ["E", "Ctrl-K"] Handling;
    Mark "mark" ["Space"] Handling;
    MarkRange "mark.range" ["v"] Handling;
    MarkNone "mark.none" ["V"] Handling;
    Acknowledge "acknowledge" ["a", "F2"] Handling;
    Dispatch "dispatch" ["d", "F3"] Handling;
    Menu "menu" ["x", "F6"] Handling;
    Shelve "shelve" ["s", "F7"] Handling;
    Note "note" ["c", "Ctrl-E"] Handling;
    Undo "undo" ["z", "Ctrl-Y"] Handling;
    New "case.new" ["i", "Ctrl-R"] Handling;
    AskNow "source.ask" ["p", "Ctrl-X"] Handling;
    Copy "copy" ["y", "Ctrl-W"] Handling;

    Freeze "freeze" ["f", "Ctrl-F"] Seat;
    Language "language" ["L"] Seat;
    Theme "theme" ["T"] Seat;
    Role "role" ["R"] Seat;
    Repaint "repaint" ["Ctrl-L"] Seat;
    Suspend "suspend" ["Ctrl-Z"] Seat;
    Close "close" ["q"] Seat;
    Interrupt "interrupt" ["Ctrl-C"] Seat;
}

impl Action {
    /// Its row.
    pub fn row(self) -> &'static Row {
        ACTIONS
            .iter()
            .find(|row| row.action == self)
            .expect("the macro makes a row for every action")
    }

    /// By its name in configuration.
    pub fn by_id(id: &str) -> Option<Self> {
        ACTIONS.iter().find(|row| row.id == id).map(|row| row.action)
    }
}
