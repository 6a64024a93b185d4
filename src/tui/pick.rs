//! A list to pick from by typing: the palette, the help and the menu of a row are all of this kind.

use crate::domain::person::Role;
use crate::domain::query::fold;
use crate::tui::act::Purpose;
use crate::tui::action::Action;
use crate::tui::edit::Edit;
use crate::tui::find::Find;
use crate::tui::keys::{Code, Key};

/// What picking an item does.
#[derive(Clone, Debug, PartialEq)]
pub enum Run {
    /// As if the action's key had been pressed.
    Action(Action),
    /// Opens the dialog of an act.
    Ask(Purpose),
    /// Copies this text.
    Copy(String),
    /// Only says this: why something cannot be done now.
    Say(String),
    /// In the training city: this person plays that role.
    Role(Role),
}

/// An item.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The heading it stands under; drawn where it changes.
    pub head: String,
    /// What people read.
    pub words: String,
    /// Its keys, or what else helps to choose.
    pub note: String,
    /// Its name in configuration, found but not shown first.
    pub id: String,
    /// What picking it does.
    pub run: Run,
}

/// A list to pick from.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// Its title.
    pub title: String,
    /// What was typed.
    pub query: Edit,
    /// Everything there is.
    pub items: Vec<Item>,
    /// The item under the cursor, counted among those found.
    pub at: usize,
}

/// What a key made of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Picked {
    /// It stays open.
    Stay,
    /// It closes.
    Close,
    /// This was picked.
    Run(Run),
}

impl Pick {
    /// An open list.
    pub fn new(title: String, items: Vec<Item>) -> Self {
        Self {
            title,
            query: Edit::default(),
            items,
            at: 0,
        }
    }

    /// The items that what was typed finds, in order; one that is called exactly so comes first.
    pub fn found(&self) -> Vec<&Item> {
        let typed = self.query.text();
        let find = Find::new(&typed);
        let typed = fold(typed.trim());
        let hit = |item: &&Item| find.finds(&[&item.words, &item.id, &item.note, &item.head]);
        let mut found: Vec<&Item> = self.items.iter().filter(hit).collect();
        let is_it = |item: &Item| fold(&item.words) == typed || fold(&item.id) == typed;
        found.sort_by_key(|item| typed.is_empty() || !is_it(item));
        found
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Picked {
        let last = self.found().len().saturating_sub(1);
        match (key.code, key.ctrl) {
            (Code::Esc, _) => return Picked::Close,
            (Code::Enter, _) => {
                let run = self.found().get(self.at).map(|item| item.run.clone());
                return run.map_or(Picked::Stay, Picked::Run);
            }
            (Code::Down | Code::Tab, _) => self.at = (self.at + 1).min(last),
            (Code::Up | Code::BackTab, _) => self.at = self.at.saturating_sub(1),
            (Code::PageDown, _) => self.at = (self.at + 10).min(last),
            (Code::PageUp, _) => self.at = self.at.saturating_sub(10),
            _ => {
                if self.query.key(key) {
                    self.at = 0;
                }
            }
        }
        Picked::Stay
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_exactly_as_was_typed_comes_first_and_the_others_keep_their_order() {
        let item = |words: &str, note: &str| Item {
            head: String::new(),
            words: words.to_owned(),
            note: note.to_owned(),
            id: words.replace(' ', "_"),
            run: Run::Say(words.to_owned()),
        };
        let items = vec![
            item("Sign out", "in the room"),
            item("Sign in again", ""),
            item("Sign in", ""),
            item("签到", ""),
        ];
        let first = |typed: &str| {
            let mut pick = Pick::new(String::new(), items.clone());
            pick.query.insert(typed);
            pick.found()
                .iter()
                .map(|item| item.words.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(first(" sign IN"), ["Sign in", "Sign out", "Sign in again"]);
        assert_eq!(first("sign"), ["Sign out", "Sign in again", "Sign in"]);
        assert_eq!(first("签到"), ["签到"]);
        assert_eq!(first("").len(), 4);
    }
}
