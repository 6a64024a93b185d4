//! What is wrong with a configuration, and where: one [`Fault`] a mistake, all of them at once.
//!
//! Faults are data; [`Fault::words`] and [`Fault::remedy`] make them sentences in a person's language, from the texts
//! in `lang`. Made by whoever reads a part of a configuration, shown by `check` and by every start that fails.

use crate::domain::secret::VEIL;
use crate::lang::config::ConfigText;
use crate::lang::{Lang, fill, parsers};
use std::fmt;
use std::path::PathBuf;

/// One mistake with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file it stands in.
    pub file: PathBuf,
    /// The line, counted from 1; 0 where the file as a whole is meant.
    pub line: u32,
    /// The column in characters, counted from 1; 0 where the line as a whole is meant.
    pub column: u32,
    /// The key it is about, such as `source[2].every` (counted from 1); empty for the file as a whole.
    pub key: String,
    /// What is wrong.
    pub kind: FaultKind,
    /// What was probably meant.
    pub near: Option<String>,
}

/// What a value of TOML can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `"text"`.
    Text,
    /// `42`.
    Integer,
    /// `4.2`.
    Number,
    /// `true` or `false`.
    Bool,
    /// A date or time without quotes.
    Time,
    /// `[ … ]`, or `[[ … ]]` several times.
    Array,
    /// `[ … ]` as a heading, or `{ … }`.
    Table,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The file cannot be read: what the system said.
    Unreadable(String),
    /// The file is not UTF-8.
    NotUtf8,
    /// The text is not TOML (or not CSV): what the parser said.
    Syntax(String),
    /// No such key is known here.
    UnknownKey,
    /// This key is needed here.
    Missing,
    /// The value is of another shape: wanted, found.
    WrongShape(Shape, Shape),
    /// The text is none of those known: what was found, what is known.
    Unknown(String, Vec<String>),
    /// Nothing of that name is configured: what was named, what is there.
    Nothing(String, Vec<String>),
    /// The text must not be empty.
    Empty,
    /// Not a length of time such as `90s`, `15m`, `4h`, `30d`.
    Span(String),
    /// Not an `http://` or `https://` address; what was wrong.
    Url(String),
    /// Outside the range: found, lowest, highest.
    Range(String, String, String),
    /// Not a position on the globe.
    Position,
    /// The same name stands already on that line.
    Twice(String, u32),
    /// The environment variable of a secret is not set.
    NoVariable(String),
    /// An expression (path, time form, pattern, filter, colour, key …) that cannot be understood: text, why.
    Expression(String, String),
    /// Not the name of a key on the keyboard.
    NotAKey(String),
    /// A key that never arrives: which, and who keeps it.
    Unreachable(String, String),
    /// Two things that do not go together: the other key.
    Clash(String),
    /// It cannot be without something else: what.
    Wants(String),
    /// A code of the room's own, almost that of a standard rule: which.
    Own(String),
    /// An older form, which is still read: how it is written now.
    Older(String),
    /// Reports ask a loop for this, and it lacks it.
    Asked(String),
    /// No way leads to this stage of a loop.
    Lost(String),
    /// No way leads from here to a closed stage.
    DeadEnd,
}

impl Fault {
    /// What is wrong, in one sentence without its place.
    pub fn words(&self, lang: Lang) -> String {
        let shape = |s: Shape| shape_text(s).text(lang);
        let say = |text: ConfigText, values: &[(&str, &dyn fmt::Display)]| fill(text.text(lang), values);
        match &self.kind {
            FaultKind::Unreadable(why) => say(ConfigText::Unreadable, &[("why", &parsers::why(lang, why))]),
            FaultKind::NotUtf8 => say(ConfigText::NotUtf8, &[]),
            FaultKind::Syntax(why) => say(ConfigText::Syntax, &[("why", &parsers::why(lang, why))]),
            FaultKind::UnknownKey => say(ConfigText::UnknownKey, &[]),
            FaultKind::Missing => say(ConfigText::Missing, &[]),
            FaultKind::WrongShape(want, have) => say(
                ConfigText::WrongShape,
                &[("want", &shape(*want)), ("have", &shape(*have))],
            ),
            FaultKind::Unknown(found, _) => say(ConfigText::Unknown, &[("found", found)]),
            FaultKind::Nothing(found, _) => say(ConfigText::Nothing, &[("found", found)]),
            FaultKind::Empty => say(ConfigText::Empty, &[]),
            FaultKind::Span(found) => say(ConfigText::Span, &[("found", found)]),
            FaultKind::Url(why) => say(ConfigText::Url, &[("why", &parsers::why(lang, why))]),
            FaultKind::Range(found, low, high) => say(
                ConfigText::Range,
                &[("found", found), ("low", low), ("high", high)],
            ),
            FaultKind::Position => say(ConfigText::Position, &[]),
            FaultKind::Twice(found, line) => say(ConfigText::Twice, &[("found", found), ("line", line)]),
            FaultKind::NoVariable(name) => {
                // Whoever wrote the secret itself there reads no more of it.
                let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
                let name = if name.chars().all(is_name) { name } else { VEIL };
                say(ConfigText::NoVariable, &[("name", &name)])
            }
            FaultKind::Expression(found, why) => {
                let why = parsers::why(lang, why);
                say(ConfigText::Expression, &[("found", found), ("why", &why)])
            }
            FaultKind::NotAKey(found) => say(ConfigText::NotAKey, &[("found", found)]),
            FaultKind::Unreachable(found, owner) => {
                say(ConfigText::Unreachable, &[("found", found), ("owner", owner)])
            }
            FaultKind::Clash(other) => say(ConfigText::Clash, &[("other", other)]),
            FaultKind::Wants(other) => say(ConfigText::Wants, &[("other", other)]),
            FaultKind::Own(code) => say(ConfigText::Own, &[("code", code)]),
            FaultKind::Older(new) => say(ConfigText::Older, &[("new", new)]),
            FaultKind::Lost(stage) => say(ConfigText::Lost, &[("stage", stage)]),
            FaultKind::Asked(what) => say(ConfigText::Asked, &[("what", what)]),
            FaultKind::DeadEnd => say(ConfigText::DeadEnd, &[]),
        }
    }

    /// What to do about it: the near match first, else what is known, else a general word.
    pub fn remedy(&self, lang: Lang) -> String {
        if let Some(near) = &self.near {
            return fill(ConfigText::DidYouMean.text(lang), &[("near", near)]);
        }
        let known = |known: &[String]| {
            let list = known.join(lang.pick("、", ", "));
            fill(ConfigText::KnownAre.text(lang), &[("list", &list)])
        };
        let text = match &self.kind {
            FaultKind::Unknown(_, list) | FaultKind::Nothing(_, list) if !list.is_empty() => {
                return known(list);
            }
            FaultKind::Unreadable(_) => ConfigText::RemedyUnreadable,
            FaultKind::NotUtf8 => ConfigText::RemedyUtf8,
            FaultKind::Syntax(_) => ConfigText::RemedySyntax,
            FaultKind::UnknownKey => ConfigText::RemedyUnknownKey,
            FaultKind::Missing => ConfigText::RemedyMissing,
            FaultKind::WrongShape(..) => ConfigText::RemedyShape,
            FaultKind::Unknown(..) | FaultKind::Nothing(..) => ConfigText::RemedyNothing,
            FaultKind::Empty => ConfigText::RemedyEmpty,
            FaultKind::Span(_) => ConfigText::RemedySpan,
            FaultKind::Url(_) => ConfigText::RemedyUrl,
            FaultKind::Range(..) => ConfigText::RemedyRange,
            FaultKind::Position => ConfigText::RemedyPosition,
            FaultKind::Twice(..) => ConfigText::RemedyTwice,
            FaultKind::NoVariable(_) => ConfigText::RemedyVariable,
            FaultKind::Expression(..) => ConfigText::RemedyExpression,
            FaultKind::NotAKey(_) => ConfigText::RemedyKey,
            FaultKind::Unreachable(..) => ConfigText::RemedyUnreachable,
            FaultKind::Clash(_) => ConfigText::RemedyClash,
            FaultKind::Wants(_) => ConfigText::RemedyWants,
            FaultKind::Asked(_) => ConfigText::RemedyAsked,
            FaultKind::Own(_) => ConfigText::RemedyOwn,
            FaultKind::Older(_) => ConfigText::RemedyOlder,
            FaultKind::Lost(_) | FaultKind::DeadEnd => ConfigText::RemedyWay,
        };
        text.text(lang).to_owned()
    }

    /// Where it stands: `lookout.toml:12:3`.
    pub fn place(&self) -> String {
        let file = self.file.display();
        match (self.line, self.column) {
            (0, _) => file.to_string(),
            (line, 0) => format!("{file}:{line}"),
            (line, column) => format!("{file}:{line}:{column}"),
        }
    }
}

fn shape_text(shape: Shape) -> ConfigText {
    match shape {
        Shape::Text => ConfigText::ShapeText,
        Shape::Integer => ConfigText::ShapeInteger,
        Shape::Number => ConfigText::ShapeNumber,
        Shape::Bool => ConfigText::ShapeBool,
        Shape::Time => ConfigText::ShapeTime,
        Shape::Array => ConfigText::ShapeArray,
        Shape::Table => ConfigText::ShapeTable,
    }
}

/// The candidate that `word` was probably meant to be; `None` where nothing is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let most = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= most && !candidate.is_empty())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_a_stranger_is_not() {
        assert_eq!(
            nearest("evrey", ["every", "late_after"]),
            Some("every".to_owned())
        );
        assert_eq!(nearest("colour", ["every", "late_after"]), None);
        assert_eq!(nearest("x", [""]), None);
    }

    #[test]
    fn a_fault_names_its_place_and_its_remedy_in_both_languages() {
        let fault = Fault {
            file: PathBuf::from("lookout.toml"),
            line: 7,
            column: 1,
            key: "source[1].evrey".to_owned(),
            kind: FaultKind::UnknownKey,
            near: Some("every".to_owned()),
        };
        assert_eq!(fault.place(), "lookout.toml:7:1");
        assert_eq!(fault.words(Lang::En), "no such key is known here");
        assert_eq!(fault.remedy(Lang::En), "did you mean “every”?");
        assert_eq!(fault.remedy(Lang::Zh), "是否应为「every」？");
    }
}
