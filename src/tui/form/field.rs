//! Fields of dialogs: made here, drawn by the frame, filled in by keys.

use crate::domain::time::{Moment, Zone};
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill, when};
use crate::tui::edit::Edit;
use crate::tui::form::{Choice, Field, Slot, Value};

/// A text field.
pub fn text(slot: Slot, label: &str, proposed: &str, needed: bool) -> Field {
    Field {
        slot,
        label: label.to_owned(),
        value: Value::Text(Edit::new(proposed)),
        needed,
        touched: false,
    }
}

/// A field to choose in; the choice with the key `chosen`, else the first.
pub fn choices(slot: Slot, label: &str, choices: Vec<Choice>, chosen: &str) -> Field {
    let at = choices.iter().position(|c| c.key == chosen && !chosen.is_empty());
    Field {
        slot,
        label: label.to_owned(),
        value: Value::Choice(choices, at.unwrap_or(0)),
        needed: false,
        touched: false,
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
