//! Dialogs: their fields, how keys fill them in, when Enter counts. What a dialog is for stands in `act`.
//!
//! A dialog names what it is about and carries the versions of it that were on the screen. It is pressed by Enter on
//! its named button alone, by a fresh press, never by a letter, a paste or a key that is still held down.
//! `field` makes fields, `asked` those that a loop asks for, `order` proposes to whom an order goes and with which words
//! (`drawn`, `demand`), `said` sums up what will be done, `name` names alarms.

pub mod asked;
mod demand;
mod drawn;
pub mod field;
pub mod name;
pub mod order;
pub mod said;
pub mod slot;

use crate::desk::board::Board;
use crate::domain::id::CaseId;
use crate::domain::ledger::Stream;
use crate::domain::time::{Moment, Span};
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill};
use crate::tui::edit::Edit;
use crate::tui::keys::{Code, Key};

pub use field::{Choice, Field, Filled};
pub use slot::Slot;

/// Enter counts only this long after the dialog appeared.
const SETTLE: Span = Span::from_ms(300);

/// The key that opened the dialog is still held down where it comes again within this time: keyboards wait so long before
/// they repeat.
const HELD: Span = Span::from_ms(600);

/// Once it repeats, it does so at least this fast: a person's own presses lie further apart.
const REPEATS: Span = Span::from_ms(120);

/// The key that puts back what was written before.
const TAKE_BACK: Key = Key {
    ctrl: true,
    ..Key::char('r')
};

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
pub struct FormCtx<'a> {
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
    /// The case that an order of it is about.
    pub case: Option<CaseId>,
    /// Whether the comment goes out with the words of the order.
    pub says_why: bool,
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
    /// The key that opened it: while it is held down it does nothing.
    pub opener: Option<Opener>,
    /// Its language.
    pub lang: Lang,
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

/// The key that opened a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opener {
    /// Which.
    pub key: Key,
    /// When it was last seen.
    pub last: Span,
    /// Whether it was seen again since.
    pub repeats: bool,
}

/// What is wrong with what was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// In which field, where it is one's.
    pub slot: Option<Slot>,
    /// What, and what to do.
    pub words: String,
}

impl Flaw {
    /// Of a field.
    pub fn of(slot: Slot, words: &str) -> Self {
        Self {
            slot: Some(slot),
            words: words.to_owned(),
        }
    }

    /// What stands in a field cannot be understood.
    pub fn unfit(slot: Slot, label: Tui, lang: Lang) -> Self {
        let what = label.text(lang);
        Self::of(slot, &fill(Tui::Unfit.text(lang), &[("what", &what)]))
    }
}

impl From<String> for Flaw {
    fn from(words: String) -> Self {
        Self { slot: None, words }
    }
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
    /// A dialog before it is known what it is about.
    pub fn blank(ctx: &FormCtx<'_>) -> Self {
        Self {
            case: None,
            says_why: false,
            title: String::new(),
            about: Vec::new(),
            verb: String::new(),
            fields: Vec::new(),
            here: Here::Do,
            seen: Vec::new(),
            appeared: ctx.hand,
            opener: None,
            lang: ctx.lang,
            note: None,
            kept: Vec::new(),
            flaw: None,
            opened: ctx.now,
        }
    }

    /// Says what is wrong; the field that it is in has the keys now.
    pub fn refuse(&mut self, flaw: Flaw) {
        let at = self
            .fields
            .iter()
            .position(|field| Some(&field.slot) == flaw.slot.as_ref());
        self.here = at.map_or(self.here, Here::Field);
        self.flaw = Some(flaw.words);
    }

    /// A field by what it holds.
    pub fn field(&self, slot: &Slot) -> Option<&Field> {
        self.fields.iter().find(|field| field.slot == *slot)
    }

    /// What was written in a text field, or the key of what is chosen.
    pub fn text(&self, slot: &Slot) -> String {
        match self.field(slot).map(|field| &field.value) {
            Some(Filled::Text(edit)) => edit.text(),
            Some(Filled::Choice(choices, at)) => choices.get(*at).map(|c| c.key.clone()).unwrap_or_default(),
            None => String::new(),
        }
    }

    /// The moment that is chosen.
    pub fn moment(&self, slot: &Slot) -> Option<Moment> {
        match &self.field(slot)?.value {
            Filled::Choice(choices, at) => choices.get(*at)?.at,
            Filled::Text(_) => None,
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
                Filled::Text(edit) => *edit = Edit::new(text),
                Filled::Choice(choices, at) => {
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
            && let Filled::Text(edit) = &mut field.value
        {
            edit.insert(text);
            field.touched = true;
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, hand: Span) -> Pressed {
        self.flaw = None;
        if self.is_held(key, hand) {
            return self.stay(Tui::TooSoon);
        }
        if key == TAKE_BACK {
            let kept = std::mem::take(&mut self.kept);
            self.restore(&kept);
            return Pressed::Stay;
        }
        if let Here::Field(at) = self.here
            && let Some(pressed) = self.finding(at, key)
        {
            return pressed;
        }
        match (key.code, self.here) {
            (Code::Esc, _) | (Code::Enter, Here::Cancel) => Pressed::Cancel,
            (Code::Enter, Here::Do) if hand.ms() - self.appeared.ms() < SETTLE.ms() => {
                self.stay(Tui::TooSoon)
            }
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

    /// Nothing is done with the key, and why.
    fn stay(&mut self, why: Tui) -> Pressed {
        self.flaw = Some(why.text(self.lang).to_owned());
        Pressed::Stay
    }

    /// Whether this is the key that opened the dialog, still held down.
    fn is_held(&mut self, key: Key, hand: Span) -> bool {
        let held = self.opener.filter(|opener| {
            let most = if opener.repeats { REPEATS } else { HELD };
            opener.key == key && hand.ms() - opener.last.ms() < most.ms()
        });
        self.opener = held.map(|opener| Opener {
            last: hand,
            repeats: true,
            ..opener
        });
        held.is_some()
    }

    /// What a key does while a choice is looked for by typing; `None` where nothing was typed, or it does what it always does.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "of all keys only these mean something else here"
    )]
    fn finding(&mut self, at: usize, key: Key) -> Option<Pressed> {
        let field = self.fields.get_mut(at).filter(|field| !field.typed.is_empty())?;
        let found = field.found();
        match key.code {
            Code::Esc => {
                field.typed = Edit::default();
                Some(Pressed::Stay)
            }
            Code::Enter | Code::Tab if found.is_empty() => Some(self.stay(Tui::NoMatch)),
            Code::Up => Some(self.write(at, Key::plain(Code::Left))),
            Code::Down => Some(self.write(at, Key::plain(Code::Right))),
            _ => None,
        }
    }

    fn go(&mut self, by: isize) -> Pressed {
        for field in &mut self.fields {
            field.typed = Edit::default();
        }
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
        if !field.takes(key) {
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
            .position(|field| matches!(field.value, Filled::Text(_)));
        match (first, key.folded().writes()) {
            (Some(at), Some(c)) if c != ' ' => {
                self.here = Here::Field(at);
                self.write(at, key)
            }
            _ => Pressed::Stay,
        }
    }
}
