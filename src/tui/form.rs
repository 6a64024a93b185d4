//! Dialogs at whose end something is stored: what they ask, how keys fill them in, when Enter counts.
//!
//! A dialog names what it is about and carries the versions of it that were on the screen. It is pressed by Enter on
//! its named button alone, by a fresh press, never by a letter, a paste or a key that is still held down.
//! `build` opens one for a purpose, `order` proposes to whom an order goes, `deed` reads what was filled in.

mod asked;
pub mod build;
pub mod bulk;
pub mod deed;
mod demand;
mod drawn;
pub mod duty;
pub mod field;
pub mod intake;
pub mod name;
pub mod order;
pub mod orders;
pub mod plan;
pub mod purpose;
pub mod room;
pub mod said;
mod sent;
pub mod slot;
mod undo;

use crate::desk::board::Board;
use crate::domain::ledger::Stream;
use crate::domain::time::{Moment, Span};
use crate::lang::Lang;
use crate::tui::edit::Edit;
use crate::tui::keys::{Code, Key};

pub use purpose::{DUTY_ACTS, DutyAct, Purpose};
pub use slot::Slot;

/// Enter counts only this long after the dialog appeared.
const SETTLE: Span = Span::from_ms(300);

/// The same key again within this time is the key that opened the dialog, still held down.
const HELD: Span = Span::from_ms(600);

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

/// The key that puts back what was written before.
const TAKE_BACK: Key = Key {
    ctrl: true,
    ..Key::char('r')
};

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
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
    pub value: Value,
    /// Whether it may not stay empty.
    pub needed: bool,
    /// Whether a person has changed it: then it is not proposed anew.
    pub touched: bool,
}

/// What has the keys in a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// A field, by its place.
    Field(usize),
    /// The button that does it.
    Do,
    /// The button that does not.
    Cancel,
}

/// For whom and over what a dialog is opened.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// What was on the screen.
    pub board: &'a Board,
    /// In which language.
    pub lang: Lang,
    /// The room's present moment.
    pub now: Moment,
    /// The hand's time.
    pub hand: Span,
}

/// An open dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What for.
    pub purpose: Purpose,
    /// Its title.
    pub title: String,
    /// The things it is about, named.
    pub about: Vec<String>,
    /// What its button says, the object named.
    pub verb: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What has the keys.
    pub here: Here,
    /// The versions of what it is about, as they were on the screen.
    pub seen: Vec<(Stream, u32)>,
    /// When it appeared, in the hand's time: real milliseconds since the seat was taken.
    pub appeared: Span,
    /// The key that opened it, and when it was last seen: while it is held down it does nothing.
    pub opener: Option<(Key, Span)>,
    /// What a person should know before pressing: that it repeats an earlier matter.
    pub note: Option<String>,
    /// What this person wrote in such a dialog before and did not send: put back only when asked for, because it may be
    /// about another matter.
    pub kept: Vec<(Slot, String)>,
    /// What is still wrong with it.
    pub flaw: Option<String>,
    /// When it was opened: what an order says of times counts from there.
    pub opened: Moment,
}

/// What a key made of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// It stays open.
    Stay,
    /// It stays open, and this field changed: what hangs on it is to be proposed anew.
    Changed(Slot),
    /// It closes; nothing is done.
    Cancel,
    /// The button that does it was pressed.
    Do,
}

impl Form {
    /// A field by what it holds.
    pub fn field(&self, slot: &Slot) -> Option<&Field> {
        self.fields.iter().find(|field| field.slot == *slot)
    }

    /// What was written in a text field, or the key of what is chosen.
    pub fn text(&self, slot: &Slot) -> String {
        match self.field(slot).map(|field| &field.value) {
            Some(Value::Text(edit)) => edit.text(),
            Some(Value::Choice(choices, at)) => choices.get(*at).map(|c| c.key.clone()).unwrap_or_default(),
            None => String::new(),
        }
    }

    /// The moment that is chosen.
    pub fn moment(&self, slot: &Slot) -> Option<Moment> {
        match &self.field(slot)?.value {
            Value::Choice(choices, at) => choices.get(*at)?.at,
            Value::Text(_) => None,
        }
    }

    /// Writes into a text field that no person has changed.
    pub fn propose(&mut self, slot: &Slot, text: &str) {
        for field in self
            .fields
            .iter_mut()
            .filter(|field| field.slot == *slot && !field.touched)
        {
            match &mut field.value {
                Value::Text(edit) => *edit = Edit::new(text),
                Value::Choice(choices, at) => {
                    *at = choices.iter().position(|c| c.key == text).unwrap_or(*at);
                }
            }
        }
    }

    /// What a person has written: kept when the dialog is left, offered when it is opened again.
    pub fn draft(&self) -> Vec<(Slot, String)> {
        let touched = self.fields.iter().filter(|field| field.touched);
        touched
            .map(|field| (field.slot.clone(), self.text(&field.slot)))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    /// Puts a draft back.
    pub fn restore(&mut self, draft: &[(Slot, String)]) {
        for (slot, text) in draft {
            self.propose(slot, text);
            for field in self.fields.iter_mut().filter(|field| field.slot == *slot) {
                field.touched = true;
            }
        }
    }

    /// Takes pasted text: it may write, it never acts.
    pub fn paste(&mut self, text: &str) {
        if let Here::Field(at) = self.here
            && let Some(field) = self.fields.get_mut(at)
            && let Value::Text(edit) = &mut field.value
        {
            edit.insert(text);
            field.touched = true;
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, hand: Span) -> Pressed {
        if self.is_held(key, hand) {
            return Pressed::Stay;
        }
        self.flaw = None;
        if key == TAKE_BACK {
            let kept = std::mem::take(&mut self.kept);
            self.restore(&kept);
            return Pressed::Stay;
        }
        match (key.code, self.here) {
            (Code::Esc, _) | (Code::Enter, Here::Cancel) => Pressed::Cancel,
            (Code::Enter, Here::Do) if hand.ms() - self.appeared.ms() < SETTLE.ms() => Pressed::Stay,
            (Code::Enter, Here::Do) => Pressed::Do,
            (Code::Enter | Code::Tab | Code::Down, _) => self.go(1),
            (Code::BackTab | Code::Up, _) => self.go(-1),
            (Code::Left | Code::Right, Here::Do | Here::Cancel) => {
                self.here = if self.here == Here::Do {
                    Here::Cancel
                } else {
                    Here::Do
                };
                Pressed::Stay
            }
            (_, Here::Field(at)) => self.write(at, key),
            (_, Here::Do | Here::Cancel) => self.write_first(key),
        }
    }

    /// Whether this is the key that opened the dialog, still held down.
    fn is_held(&mut self, key: Key, hand: Span) -> bool {
        let soon = |last: Span| hand.ms() - last.ms() < HELD.ms();
        let held = self
            .opener
            .is_some_and(|(opener, last)| opener == key && soon(last));
        self.opener = held.then_some((key, hand));
        held
    }

    fn go(&mut self, by: isize) -> Pressed {
        let count = self.fields.len();
        let at = match self.here {
            Here::Field(at) => at,
            Here::Do => count,
            Here::Cancel => count + 1,
        };
        let next = at.saturating_add_signed(by).min(count + 1);
        self.here = match next.cmp(&count) {
            std::cmp::Ordering::Less => Here::Field(next),
            std::cmp::Ordering::Equal => Here::Do,
            std::cmp::Ordering::Greater => Here::Cancel,
        };
        Pressed::Stay
    }

    fn write(&mut self, at: usize, key: Key) -> Pressed {
        let Some(field) = self.fields.get_mut(at) else {
            return Pressed::Stay;
        };
        let changed = match &mut field.value {
            Value::Text(edit) => edit.key(key),
            Value::Choice(choices, chosen) => choose(choices.len(), chosen, key),
        };
        if !changed {
            return Pressed::Stay;
        }
        field.touched = true;
        Pressed::Changed(field.slot.clone())
    }

    /// Who begins to write while a button has the keys means the first field for words.
    fn write_first(&mut self, key: Key) -> Pressed {
        let first = self
            .fields
            .iter()
            .position(|field| matches!(field.value, Value::Text(_)));
        match (first, key.folded().writes()) {
            (Some(at), Some(c)) if c != ' ' => {
                self.here = Here::Field(at);
                self.write(at, key)
            }
            _ => Pressed::Stay,
        }
    }
}

/// Left, right, space and digits choose.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "of all keys only these mean something here"
)]
fn choose(count: usize, at: &mut usize, key: Key) -> bool {
    let last = count.saturating_sub(1);
    let before = *at;
    match key.folded().code {
        Code::Left | Code::Char('h') => *at = at.saturating_sub(1),
        Code::Right | Code::Char('l') => *at = (*at + 1).min(last),
        Code::Char(' ') => *at = if *at == last { 0 } else { *at + 1 },
        Code::Home => *at = 0,
        Code::End => *at = last,
        Code::Char(c) => {
            let digit = c.to_digit(10).and_then(|d| usize::try_from(d).ok()).unwrap_or(0);
            if (1..=count).contains(&digit) {
                *at = digit - 1;
            }
        }
        _ => {}
    }
    *at != before
}
