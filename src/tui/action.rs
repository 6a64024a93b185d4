//! Actions: what a key can mean. One row in [`ACTIONS`] feeds keys, palette, help and hints.
//!
//! Not here: what an action does (`seat`), and which key a person has bound to it (`keys`).

use crate::lang::tui::Tui;

/// Declares the actions with their rows.
macro_rules! actions {
    ($($name:ident $id:literal [$($key:literal),+] $group:ident $effect:ident;)+) => {
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
            effect: Effect::$effect,
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
    /// Whether it leads to something that is stored.
    pub effect: Effect,
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

/// Whether an action leads to something that is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It only changes what is seen.
    None,
    /// It opens a dialog at whose end something is stored. No action stores anything by its key alone.
    Asks,
}

actions! {
    Overview "screen.overview" ["1"] Screens None;
    Air "screen.air" ["2"] Screens None;
    Fires "screen.fires" ["3"] Screens None;
    Control "screen.control" ["4"] Screens None;
    Cases "screen.cases" ["5"] Screens None;
    Alarms "screen.alarms" ["6"] Screens None;
    Points "screen.points" ["7"] Screens None;
    Targets "screen.targets" ["8"] Screens None;
    Shift "screen.shift" ["9"] Screens None;
    Feeds "screen.feeds" ["0"] Screens None;
    PreviousScreen "screen.previous" ["["] Screens None;
    NextScreen "screen.next" ["]"] Screens None;
    NextUnhandled "next.unhandled" ["!", "F8"] Screens None;

    Down "move.down" ["j", "Down"] Moving None;
    Up "move.up" ["k", "Up"] Moving None;
    First "move.first" ["g", "Home"] Moving None;
    Last "move.last" ["G", "End"] Moving None;
    PageDown "move.page-down" ["PageDown"] Moving None;
    PageUp "move.page-up" ["PageUp"] Moving None;
    HalfDown "move.half-down" ["Ctrl-D"] Moving None;
    HalfUp "move.half-up" ["Ctrl-U"] Moving None;
    Left "move.left" ["h", "Left"] Moving None;
    Right "move.right" ["l", "Right"] Moving None;
    NextPane "move.pane" ["Tab"] Moving None;
    Open "open" ["Enter"] Moving None;
    Back "back" ["Esc"] Moving None;
    TakeIn "take-in" ["r", "F5"] Moving None;

    Filter "find.filter" ["/", "F4"] Finding None;
    FindNext "find.next" ["n"] Finding None;
    FindPrevious "find.previous" ["N"] Finding None;
    Palette "palette" [":", "F9", "Ctrl-P"] Finding None;
    Help "help" ["?", "F1"] Finding None;
    Sort "sort" ["o"] Finding None;

    Mark "mark" ["Space"] Handling None;
    MarkRange "mark.range" ["v"] Handling None;
    MarkNone "mark.none" ["V"] Handling None;
    Acknowledge "acknowledge" ["a", "F2"] Handling Asks;
    Dispatch "dispatch" ["d", "F3"] Handling Asks;
    Menu "menu" ["x", "F6"] Handling None;
    Shelve "shelve" ["s", "F7"] Handling Asks;
    Note "note" ["c", "Ctrl-E"] Handling Asks;
    Undo "undo" ["z", "Ctrl-Y"] Handling Asks;
    New "case.new" ["i", "Ctrl-R"] Handling Asks;
    Copy "copy" ["y", "Ctrl-W"] Handling None;

    Freeze "freeze" ["f", "Ctrl-F"] Seat None;
    Language "language" ["L"] Seat None;
    Theme "theme" ["T"] Seat None;
    Role "role" ["R"] Seat None;
    Repaint "repaint" ["Ctrl-L"] Seat None;
    Suspend "suspend" ["Ctrl-Z"] Seat None;
    Close "close" ["q"] Seat None;
    Interrupt "interrupt" ["Ctrl-C"] Seat None;
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
