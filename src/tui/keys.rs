//! Keys: their names, and which action each one means after configuration has had its say.
//!
//! Not here: reading bytes (`input`). Called by the seat for each key, and by configuration to check bindings.

use crate::tui::action::{ACTIONS, Action, Row};
use std::collections::BTreeMap;
use std::fmt;
use thiserror::Error;

/// What was pressed, without modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character as it was typed; capitals carry their shift in themselves.
    Char(char),
    /// F1 to F12.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt. Nothing is bound to it: an Esc before a key looks the same.
    pub alt: bool,
}

/// One row a key that is not a character: its name.
const NAMES: &[(Code, &str)] = &[
    (Code::Enter, "Enter"),
    (Code::Esc, "Esc"),
    (Code::Tab, "Tab"),
    (Code::BackTab, "Shift-Tab"),
    (Code::Backspace, "Backspace"),
    (Code::Delete, "Delete"),
    (Code::Up, "Up"),
    (Code::Down, "Down"),
    (Code::Left, "Left"),
    (Code::Right, "Right"),
    (Code::Home, "Home"),
    (Code::End, "End"),
    (Code::PageUp, "PageUp"),
    (Code::PageDown, "PageDown"),
    (Code::Char(' '), "Space"),
];

/// What a terminal, a multiplexer or an input method keeps for itself.
const TAKEN: &[(&str, &str)] = &[
    ("Ctrl-Space", "the input method"),
    ("Ctrl-a", "GNU screen"),
    ("Ctrl-b", "tmux"),
    ("Ctrl-g", "zellij"),
    ("Ctrl-h", "Backspace"),
    ("Ctrl-i", "Tab"),
    ("Ctrl-j", "line feed"),
    ("Ctrl-m", "Enter"),
    ("Ctrl-n", "zellij"),
    ("Ctrl-o", "zellij"),
    ("Ctrl-q", "flow control"),
    ("Ctrl-s", "flow control"),
    ("Ctrl-t", "zellij"),
    ("Ctrl-[", "Esc"),
    ("F10", "the window's menu"),
    ("F11", "full screen"),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// A character without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// Reads `a`, `F2`, `Ctrl-P`, `PageDown`, `Shift-Tab`, `Space`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("Ctrl-").filter(|rest| !rest.is_empty()) {
            let lower = rest.to_lowercase();
            let key = Self::parse(if lower.chars().count() == 1 { &lower } else { rest })?;
            return Some(Self { ctrl: true, ..key });
        }
        if let Some(rest) = text.strip_prefix("Alt-").filter(|rest| !rest.is_empty()) {
            return Some(Self {
                alt: true,
                ..Self::parse(rest)?
            });
        }
        if let Some(row) = NAMES.iter().find(|row| row.1 == text) {
            return Some(Self::plain(row.0));
        }
        let number = text.strip_prefix('F').and_then(|n| n.parse().ok());
        if let Some(n @ 1..=12) = number {
            return Some(Self::plain(Code::F(n)));
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() && !c.is_whitespace() => Some(Self::char(c)),
            _ => None,
        }
    }

    /// The character it writes in a text field; `None` for keys that act there.
    pub fn writes(self) -> Option<char> {
        let Code::Char(c) = self.code else { return None };
        (!self.ctrl && !self.alt).then_some(c)
    }

    /// Outside text fields an input method's full-width characters mean their ASCII twins.
    #[must_use]
    pub fn folded(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let folded = match u32::from(c) {
            n @ 0xFF01..=0xFF5E => char::from_u32(n - 0xFEE0).unwrap_or(c),
            0x3000 => ' ',
            0x3002 => '.',
            0x3001 => ',',
            0x3010 | 0x300C => '[',
            0x3011 | 0x300D => ']',
            0x300A => '<',
            0x300B => '>',
            _ => c,
        };
        Self {
            code: Code::Char(folded),
            ..self
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some(row) = NAMES.iter().find(|row| row.0 == self.code) {
            return f.write_str(row.1);
        }
        if let Code::F(n) = self.code {
            return write!(f, "F{n}");
        }
        let Code::Char(c) = self.code else { return Ok(()) };
        if self.ctrl {
            write!(f, "{}", c.to_uppercase())
        } else {
            write!(f, "{c}")
        }
    }
}

/// What is wrong with a binding. Configuration maps each to its file and line by `action`.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum KeyFault {
    /// No such action.
    #[error("there is no action {action}")]
    UnknownAction {
        /// What was named.
        action: String,
    },
    /// Not the name of a key.
    #[error("{action}: {key} is not the name of a key")]
    NotAKey {
        /// For which action.
        action: String,
        /// What stands there.
        key: String,
    },
    /// A key that never arrives, or that is somebody else's.
    #[error("{action}: {key} does not arrive: it belongs to {owner}")]
    Unreachable {
        /// For which action.
        action: String,
        /// Which key.
        key: String,
        /// Who keeps it.
        owner: &'static str,
    },
    /// Two actions on one key.
    #[error("{action}: {key} already means {other}")]
    Conflict {
        /// For which action.
        action: String,
        /// Which key.
        key: String,
        /// What it means already.
        other: &'static str,
    },
    /// An action that would have no key left.
    #[error("{action}: at least one key is needed")]
    NoKey {
        /// Which action.
        action: String,
    },
}

/// Which action each key means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    by_key: BTreeMap<Key, Action>,
    by_action: BTreeMap<Action, Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(&[]).expect("a test reads the default keys")
    }
}

impl Keymap {
    /// The default keys, with those of the actions named in `bindings` replaced. Every fault is reported.
    pub fn new(bindings: &[(String, Vec<String>)]) -> Result<Self, Vec<KeyFault>> {
        let mut faults = Vec::new();
        let mut own: BTreeMap<Action, &[String]> = BTreeMap::new();
        for (id, keys) in bindings {
            match Action::by_id(id) {
                Some(action) => drop(own.insert(action, keys)),
                None => faults.push(KeyFault::UnknownAction { action: id.clone() }),
            }
        }
        let mut map = Self {
            by_key: BTreeMap::new(),
            by_action: BTreeMap::new(),
        };
        // Defaults first, so that a conflict is reported at the line that a person wrote.
        let (bound, free): (Vec<&Row>, Vec<&Row>) =
            ACTIONS.iter().partition(|row| own.contains_key(&row.action));
        for row in free {
            let keys: Vec<String> = row.keys.iter().map(|key| (*key).to_owned()).collect();
            map.bind(row.action, &keys, &mut faults);
        }
        for row in bound {
            map.bind(
                row.action,
                own.get(&row.action).copied().unwrap_or_default(),
                &mut faults,
            );
        }
        if faults.is_empty() { Ok(map) } else { Err(faults) }
    }

    fn bind(&mut self, action: Action, keys: &[String], faults: &mut Vec<KeyFault>) {
        let id = action.row().id.to_owned();
        if keys.is_empty() {
            faults.push(KeyFault::NoKey { action: id.clone() });
        }
        for text in keys {
            match self.check(&id, text) {
                Ok(key) => {
                    self.by_key.insert(key, action);
                    self.by_action.entry(action).or_default().push(key);
                }
                Err(fault) => faults.push(fault),
            }
        }
    }

    fn check(&self, action: &str, text: &str) -> Result<Key, KeyFault> {
        let (action, name) = (action.to_owned(), text.to_owned());
        let Some(key) = Key::parse(text) else {
            return Err(KeyFault::NotAKey { action, key: name });
        };
        if let Some(owner) = owner(key) {
            return Err(KeyFault::Unreachable {
                action,
                key: name,
                owner,
            });
        }
        match self.by_key.get(&key) {
            Some(other) => Err(KeyFault::Conflict {
                action,
                key: name,
                other: other.row().id,
            }),
            None => Ok(key),
        }
    }

    /// What a key means.
    pub fn action(&self, key: Key) -> Option<Action> {
        self.by_key.get(&key.folded()).copied()
    }

    /// The keys of an action, the first one being the one hints show.
    pub fn keys(&self, action: Action) -> &[Key] {
        self.by_action.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The key that hints show.
    pub fn hint(&self, action: Action) -> String {
        self.keys(action).first().map(Key::to_string).unwrap_or_default()
    }
}

/// Who keeps a key for himself, if somebody does.
fn owner(key: Key) -> Option<&'static str> {
    if key.alt {
        return Some("terminals, and to Esc before a key");
    }
    if key.ctrl && !matches!(key.code, Code::Char(_)) {
        return Some("few terminals only");
    }
    let taken = TAKEN.iter().find(|row| Key::parse(row.0) == Some(key));
    taken.map(|row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::Group;

    fn bind(action: &str, keys: &[&str]) -> Vec<(String, Vec<String>)> {
        vec![(action.into(), keys.iter().map(|key| (*key).into()).collect())]
    }

    #[test]
    fn every_action_has_a_key_of_its_own_by_default() {
        let map = Keymap::default();
        for row in ACTIONS {
            assert!(!map.keys(row.action).is_empty(), "{}", row.id);
        }
    }

    #[test]
    fn what_leads_to_a_stored_fact_also_has_a_key_that_passes_an_input_method() {
        for row in ACTIONS
            .iter()
            .filter(|row| row.group == Group::Handling && !row.id.starts_with("mark"))
        {
            let twin = row.keys.iter().filter_map(|key| Key::parse(key));
            assert!(twin.clone().any(|key| key.writes().is_none()), "{}", row.id);
        }
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for row in ACTIONS {
            for name in row.keys {
                assert_eq!(
                    Key::parse(name).map(|key| key.to_string()).as_deref(),
                    Some(*name)
                );
            }
        }
    }

    #[test]
    fn full_width_keys_mean_their_ascii_twins() {
        let map = Keymap::default();
        for (wide, action) in [
            ('ａ', Action::Acknowledge),
            ('？', Action::Help),
            ('：', Action::Palette),
            ('／', Action::Filter),
            ('！', Action::NextUnhandled),
        ] {
            assert_eq!(map.action(Key::char(wide)), Some(action));
        }
    }

    #[test]
    fn a_binding_replaces_the_keys_of_its_action_alone() {
        let map = Keymap::new(&bind("acknowledge", &["b", "Ctrl-V"])).expect("free keys");
        assert_eq!(map.action(Key::char('b')), Some(Action::Acknowledge));
        assert_eq!(map.action(Key::char('a')), None);
        assert_eq!(map.action(Key::plain(Code::F(2))), None);
        assert_eq!(map.action(Key::char('d')), Some(Action::Dispatch));
    }

    #[test]
    fn bad_bindings_are_refused_each_with_its_reason() {
        let fault = |action: &str, key: &str| Keymap::new(&bind(action, &[key])).expect_err("refused");
        assert!(matches!(
            fault("acknowledge", "d")[..],
            [KeyFault::Conflict {
                other: "dispatch",
                ..
            }]
        ));
        assert!(matches!(
            fault("acknowledge", "Ctrl-S")[..],
            [KeyFault::Unreachable { .. }]
        ));
        assert!(matches!(
            fault("acknowledge", "Alt-1")[..],
            [KeyFault::Unreachable { .. }]
        ));
        assert!(matches!(
            fault("acknowledge", "F10")[..],
            [KeyFault::Unreachable { .. }]
        ));
        assert!(matches!(
            fault("acknowledge", "F99")[..],
            [KeyFault::NotAKey { .. }]
        ));
        assert!(matches!(
            fault("aknowledge", "b")[..],
            [KeyFault::UnknownAction { .. }]
        ));
        assert!(matches!(
            Keymap::new(&bind("acknowledge", &[])).expect_err("refused")[..],
            [KeyFault::NoKey { .. }]
        ));
    }
}
