//! Fields of dialogs: made here, drawn by the frame, filled in by keys; a choice is found by typing.

use crate::domain::time::{Moment, Zone};
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill, when};
use crate::tui::edit::Edit;
use crate::tui::find::Find;
use crate::tui::form::Slot;
use crate::tui::keys::{Code, Key};

/// So far a page goes among choices.
const PAGE: usize = 10;

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What people read.
    pub words: String,
    /// Its key.
    pub key: String,
    /// The moment it stands for, where it stands for one.
    pub at: Option<Moment>,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// What was written.
    Text(Edit),
    /// What is chosen, by its place.
    Choice(Vec<Choice>, usize),
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it holds.
    pub slot: Slot,
    /// Its name.
    pub label: String,
    /// What stands in it.
    pub value: Filled,
    /// Whether it may not stay empty.
    pub needed: bool,
    /// Whether a person has changed it: then it is not proposed anew.
    pub touched: bool,
    /// What was typed to find a choice.
    pub typed: Edit,
}

impl Field {
    /// Whether nothing is written, or nothing chosen.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Filled::Text(edit) => edit.text().trim().is_empty(),
            Filled::Choice(choices, at) => choices.get(*at).is_none_or(|choice| choice.key.is_empty()),
        }
    }

    /// The choices that what was typed finds, by their places: by parts of their words, pinyin initials, or their key.
    pub fn found(&self) -> Vec<usize> {
        let Filled::Choice(choices, _) = &self.value else {
            return Vec::new();
        };
        let find = Find::new(&self.typed.text());
        let hits = choices.iter().enumerate();
        hits.filter(|(_, choice)| find.finds(&[&choice.words, &choice.key]))
            .map(|(at, _)| at)
            .collect()
    }
}

impl Field {
    /// Takes a key; whether its value changed. Among choices: left and right, Home, End and pages go, a digit or a blank
    /// chooses among few, anything else that is typed looks for a choice.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "of all keys only these mean something here"
    )]
    pub(super) fn takes(&mut self, key: Key) -> bool {
        let found = self.found();
        let Filled::Choice(choices, at) = &mut self.value else {
            return self.write(key);
        };
        let before = *at;
        let here = found.iter().position(|place| *place == before);
        let last = found.len().saturating_sub(1);
        let to = |nth: usize| found.get(nth).copied().unwrap_or(before);
        let few = choices.len() < PAGE && self.typed.is_empty();
        match key.folded().code {
            Code::Left => *at = to(here.unwrap_or(0).saturating_sub(1)),
            Code::Right => *at = to(here.map_or(0, |here| (here + 1).min(last))),
            Code::PageUp => *at = to(here.unwrap_or(0).saturating_sub(PAGE)),
            Code::PageDown => *at = to((here.unwrap_or(0) + PAGE).min(last)),
            Code::Home => *at = to(0),
            Code::End => *at = to(last),
            Code::Char(' ') if self.typed.is_empty() => *at = if before == last { 0 } else { before + 1 },
            Code::Char(c) if few && c.is_ascii_digit() => {
                let digit = c.to_digit(10).and_then(|d| usize::try_from(d).ok()).unwrap_or(0);
                if (1..=choices.len()).contains(&digit) {
                    *at = digit - 1;
                }
            }
            _ => return self.look_for(key),
        }
        *at != before
    }

    fn write(&mut self, key: Key) -> bool {
        match &mut self.value {
            Filled::Text(edit) => edit.key(key),
            Filled::Choice(..) => false,
        }
    }

    /// What is typed looks for a choice: the first that is found is chosen, unless the one that is chosen is found too.
    fn look_for(&mut self, key: Key) -> bool {
        self.typed.key(key);
        let found = self.found();
        let Filled::Choice(_, at) = &mut self.value else {
            return false;
        };
        let before = *at;
        if !self.typed.is_empty() && !found.contains(at) {
            *at = found.first().copied().unwrap_or(before);
        }
        *at != before
    }
}

/// A text field.
pub fn text(slot: Slot, label: &str, proposed: &str, needed: bool) -> Field {
    Field {
        slot,
        label: label.to_owned(),
        value: Filled::Text(Edit::new(proposed)),
        needed,
        touched: false,
        typed: Edit::default(),
    }
}

/// A field to choose in; the choice with the key `chosen`, else the first.
pub fn choices(slot: Slot, label: &str, choices: Vec<Choice>, chosen: &str) -> Field {
    let at = choices.iter().position(|c| c.key == chosen && !chosen.is_empty());
    Field {
        slot,
        label: label.to_owned(),
        value: Filled::Choice(choices, at.unwrap_or(0)),
        needed: false,
        touched: false,
        typed: Edit::default(),
    }
}

/// A field that must be chosen in: nothing is chosen until a person does, or until `chosen` is known.
pub fn asked(slot: Slot, label: &str, all: Vec<Choice>, chosen: &str, lang: Lang) -> Field {
    let known = !chosen.is_empty() && all.iter().any(|c| c.key == chosen);
    let none = (!known).then(|| choice("", Tui::Choose.text(lang)));
    let all = none.into_iter().chain(all).collect();
    Field {
        needed: true,
        ..choices(slot, label, all, chosen)
    }
}

/// One thing to choose.
pub fn choice(key: &str, words: &str) -> Choice {
    Choice {
        words: words.to_owned(),
        key: key.to_owned(),
        at: None,
    }
}

/// An end to choose: `至 23:42（4 时）`.
pub fn until(lang: Lang, at: Moment, now: Moment, zone: Zone) -> Choice {
    let words = fill(
        Tui::UntilChoice.text(lang),
        &[
            ("at", &when::stamp(at, now, zone)),
            ("span", &when::age(lang, at - now)),
        ],
    );
    Choice {
        words,
        key: at.ms().to_string(),
        at: Some(at),
    }
}
