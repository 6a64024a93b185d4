//! Words for people, typed: a text that is missing in one language does not compile.
//!
//! Each area has its own enum of texts in a file of its own, one row a text with Chinese and English side by side.
//! Texts with `{name}` places are completed by [`fill`]. Values of the domain become words in [`domain`].

pub mod air;
pub mod alarm;
pub mod bounds;
pub mod calm;
pub mod chain;
pub mod cli;
pub mod config;
pub mod domain;
pub mod drill;
pub mod duty;
pub mod glossary;
pub mod help;
pub mod journal;
pub mod ledger;
pub mod letter;
pub mod notice;
pub mod order;
pub mod parsers;
pub mod pipe;
pub mod query;
pub mod refusal;
pub mod report;
pub mod screens;
pub mod target;
pub mod trouble;
pub mod tui;
pub mod when;

pub use crate::domain::language::Lang;

/// One row a language: its key in configuration and on the command line, and its own name.
pub const LANGS: &[(Lang, &str, &str)] = &[(Lang::Zh, "zh", "中文"), (Lang::En, "en", "English")];

impl Lang {
    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        LANGS.iter().find(|row| row.1 == key).map(|row| row.0)
    }

    /// The text of this language out of a pair (Chinese, English).
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The text of this language out of a data file's words; the other one where it is empty.
    pub fn of(self, words: &crate::domain::playbook::Words) -> &str {
        let (first, second) = self.pick((&words.zh, &words.en), (&words.en, &words.zh));
        if first.is_empty() {
            second.as_str()
        } else {
            first.as_str()
        }
    }
}

/// Completes the `{name}` places of a text. A place without a value stays as it is, so that a test can find it.
pub fn fill(text: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        if let Some((name, tail)) = after.split_once('}') {
            match values.iter().find(|(n, _)| *n == name) {
                Some((_, value)) => out.push_str(&value.to_string()),
                None => out.extend(["{", name, "}"]),
            }
            rest = tail;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Declares an enum of texts: `texts! { /// doc  Name { /// doc  Key: "中文", "English"; … } }`.
///
/// Gives `Name::text(self, Lang) -> &'static str`; to tests also `Name::ALL`.
#[macro_export]
macro_rules! texts {
    ($(#[$doc:meta])* $name:ident { $($(#[$key_doc:meta])* $key:ident: $zh:expr, $en:expr;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $(#[doc = concat!("`", $en, "`")] $(#[$key_doc])* $key),+ }

        impl $name {
            /// Every text, in the order of the file.
            #[cfg(test)]
            pub const ALL: &[Self] = &[$(Self::$key),+];

            /// The words.
            pub fn text(self, lang: $crate::lang::Lang) -> &'static str {
                match self { $(Self::$key => lang.pick($zh, $en)),+ }
            }
        }
    };
}

#[cfg(test)]
mod tests;
