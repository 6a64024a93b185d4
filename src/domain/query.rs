//! The filter language of all lists, on screens and on the command line: text → predicate over rows.
//!
//! `火 town:泗门,马渚 severity>=orange and not (state:shelved or age>2h)`. Words are looked for anywhere in a row, by case,
//! width and pinyin initials alike (`sm` finds 泗门); `field:value` in one field, any of several values apart by commas;
//! `=` and `!=` ask for the whole value; `< <= > >=` compare numbers, spans (`2h`), severities and dates. Side by side
//! means `and`; `not`, `!` and `-` mean the opposite; quotes keep spaces together. Full-width signs are taken as theirs.
//!
//! Pure, and cheap on a row that carries its [`haystack`]. What fields a list has is the list's own affair.

mod parse;
mod text;

pub use text::{fold, haystack, pour};

use crate::domain::time::Span;
use std::borrow::Cow;
use std::cmp::Ordering;

/// What is looked for. The empty one holds for every row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    whole: Option<Expression>,
}

/// A row of any list, as filters see it.
pub trait Filterable {
    /// The value of a field; `None` where this row has none.
    fn field(&self, key: &str) -> Option<FieldValue<'_>>;

    /// Everything that people read of it, made by [`haystack`]; worth keeping with the row.
    fn haystack(&self) -> Cow<'_, str>;
}

/// A field's value.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue<'a> {
    /// Words; compared by their parts, or in the order of their characters (which is that of RFC 3339 times).
    Text(Cow<'a, str>),
    /// Several names of one thing, such as a township's key and name: any will do.
    Names(Vec<Cow<'a, str>>),
    /// A number.
    Number(f64),
    /// A length of time, such as an age.
    Span(Span),
    /// One of some keys in an order: its own key, and all of them, least first.
    Ranked(&'a str, &'a [&'a str]),
    /// Yes or no, with the names of what makes it yes: asked for as `late:yes`, `late:true`, `late:no`, `late:false`, and
    /// by any of the names, such as `late:verified`.
    Flag(bool, Vec<Cow<'a, str>>),
}

/// What cannot be understood in a query, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why:?} at character {at}")]
pub struct QueryFault {
    /// The character at which it stands, from 1.
    pub at: usize,
    /// What it is.
    pub why: QueryFaultKind,
}

/// What cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryFaultKind {
    /// A quote is not closed.
    OpenQuote,
    /// A parenthesis is not closed.
    OpenParenthesis,
    /// A parenthesis closes nothing.
    StrayParenthesis,
    /// Something is missing after `and`, `or`, `not` or an opening parenthesis, or between them.
    NothingThere,
    /// The field is named without a value.
    NoValue(String),
    /// No row of the list has such a field.
    NoField(String),
    /// The field never has such a value, or cannot be compared with it: the field, the value.
    NeverSo(String, String),
    /// Parentheses nest too deep.
    TooDeep,
}

#[derive(Clone, Debug, PartialEq)]
enum Expression {
    Any(Vec<Expression>),
    All(Vec<Expression>),
    Not(Box<Expression>),
    /// Folded; anywhere in the row.
    Word(String),
    Field(Box<Condition>),
}

#[derive(Clone, Debug, PartialEq)]
struct Condition {
    key: String,
    /// Where the field's name stands, in characters from 1.
    at: usize,
    test: Test,
    /// Any of them will do.
    values: Vec<Wanted>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    Has,
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// A value as typed, read once in every way it may be meant.
#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    folded: String,
    number: Option<f64>,
    span: Option<Span>,
}

impl Query {
    /// Reads what was typed.
    ///
    /// # Errors
    /// The first thing that cannot be understood, with its place.
    pub fn parse(typed: &str) -> Result<Self, QueryFault> {
        parse::parse(typed).map(|whole| Self { whole })
    }

    /// Reads what was typed for a list whose rows have `fields`; `reach` gives a value of a field that has all that the
    /// field may be asked for, `None` where anything may.
    ///
    /// # Errors
    /// The first thing that cannot be understood, the first field that no row has, or the first value that the field
    /// never has, with its place.
    pub fn of_fields<'a>(
        typed: &str,
        fields: &[&str],
        reach: impl Fn(&str) -> Option<FieldValue<'a>>,
    ) -> Result<Self, QueryFault> {
        let query = Self::parse(typed)?;
        let mut asked = Vec::new();
        if let Some(whole) = &query.whole {
            whole.conditions(&mut asked);
        }
        let wrong = asked.into_iter().find_map(|one| {
            let known = fields.contains(&one.key.as_str());
            let no_field = (!known).then(|| QueryFaultKind::NoField(one.key.clone()));
            let never = || {
                let value = one.beyond(&reach(&one.key)?)?;
                Some(QueryFaultKind::NeverSo(one.key.clone(), value.folded.clone()))
            };
            let why = no_field.or_else(never)?;
            Some(QueryFault { at: one.at, why })
        });
        wrong.map_or(Ok(query), Err)
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.whole.is_none()
    }

    /// Its words, folded, where it is nothing but words that must all be found: a long list is then looked through faster.
    pub fn words(&self) -> Option<Vec<&str>> {
        match self.whole.as_ref()? {
            Expression::Word(word) => Some(vec![word.as_str()]),
            Expression::All(parts) => parts.iter().map(Expression::word).collect(),
            Expression::Any(_) | Expression::Not(_) | Expression::Field(_) => None,
        }
    }

    /// Whether it holds for `row`.
    pub fn holds(&self, row: &impl Filterable) -> bool {
        self.whole.as_ref().is_none_or(|whole| whole.holds(row))
    }
}

impl Expression {
    fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Any(_) | Self::All(_) | Self::Not(_) | Self::Field(_) => None,
        }
    }

    fn holds(&self, row: &impl Filterable) -> bool {
        match self {
            Self::Any(parts) => parts.iter().any(|part| part.holds(row)),
            Self::All(parts) => parts.iter().all(|part| part.holds(row)),
            Self::Not(part) => !part.holds(row),
            Self::Word(word) => row.haystack().contains(word.as_str()),
            Self::Field(condition) => match row.field(&condition.key) {
                Some(value) => condition.holds(&value),
                // What a row has not is none of the values asked for, and other than every one.
                None => condition.test == Test::IsNot,
            },
        }
    }

    fn conditions<'a>(&'a self, found: &mut Vec<&'a Condition>) {
        match self {
            Self::Any(parts) | Self::All(parts) => parts.iter().for_each(|part| part.conditions(found)),
            Self::Not(part) => part.conditions(found),
            Self::Word(_) => {}
            Self::Field(condition) => found.push(condition),
        }
    }
}

impl Condition {
    fn holds(&self, value: &FieldValue<'_>) -> bool {
        match self.test {
            Test::Has => self.values.iter().any(|wanted| wanted.is_in(value)),
            Test::Is => self.values.iter().any(|wanted| wanted.is(value)),
            Test::IsNot => !self.values.iter().any(|wanted| wanted.is(value)),
            Test::Less => self.compares(value, Ordering::is_lt),
            Test::AtMost => self.compares(value, Ordering::is_le),
            Test::More => self.compares(value, Ordering::is_gt),
            Test::AtLeast => self.compares(value, Ordering::is_ge),
        }
    }

    /// The first value asked for that is beyond the reach of the field.
    fn beyond(&self, reach: &FieldValue<'_>) -> Option<&Wanted> {
        let fits = |wanted: &Wanted| match reach {
            FieldValue::Flag(..) => match self.test {
                Test::Has => wanted.flag().is_some() || wanted.is_in(reach),
                Test::Is | Test::IsNot => wanted.flag().is_some() || wanted.is(reach),
                Test::Less | Test::AtMost | Test::More | Test::AtLeast => false,
            },
            FieldValue::Ranked(_, all) => all.contains(&wanted.folded.as_str()),
            FieldValue::Span(_) => wanted.span.is_some(),
            FieldValue::Number(_) => wanted.number.is_some(),
            FieldValue::Text(_) | FieldValue::Names(_) => true,
        };
        self.values.iter().find(|wanted| !fits(wanted))
    }

    fn compares(&self, value: &FieldValue<'_>, wanted: impl Fn(Ordering) -> bool) -> bool {
        self.values
            .iter()
            .any(|each| each.order_of(value).is_some_and(&wanted))
    }
}

impl Wanted {
    /// Whether the field's value has it: as a part of words, as the whole of anything else.
    fn is_in(&self, value: &FieldValue<'_>) -> bool {
        match value {
            FieldValue::Text(text) => haystack([text.as_ref()]).contains(&self.folded),
            FieldValue::Names(names) => self.is_named(names),
            FieldValue::Flag(yes, names) => self
                .flag()
                .map_or_else(|| self.is_named(names), |wanted| wanted == *yes),
            FieldValue::Number(_) | FieldValue::Span(_) | FieldValue::Ranked(..) => self.is(value),
        }
    }

    /// Whether one of the names has it as a part.
    fn is_named(&self, names: &[Cow<'_, str>]) -> bool {
        haystack(names.iter().map(AsRef::as_ref)).contains(&self.folded)
    }

    /// Yes or no, where it says one of them.
    fn flag(&self) -> Option<bool> {
        match self.folded.as_str() {
            "yes" | "true" | "1" => Some(true),
            "no" | "false" | "0" => Some(false),
            _ => None,
        }
    }

    fn is(&self, value: &FieldValue<'_>) -> bool {
        match value {
            FieldValue::Flag(yes, names) => {
                let named = || names.iter().any(|name| fold(name) == self.folded);
                self.flag().map_or_else(named, |wanted| wanted == *yes)
            }
            FieldValue::Names(names) => names.iter().any(|name| fold(name) == self.folded),
            FieldValue::Text(_) | FieldValue::Number(_) | FieldValue::Span(_) | FieldValue::Ranked(..) => {
                self.order_of(value) == Some(Ordering::Equal)
            }
        }
    }

    /// How the field's value stands to this one; `None` where they cannot be compared.
    fn order_of(&self, value: &FieldValue<'_>) -> Option<Ordering> {
        match value {
            FieldValue::Text(text) => Some(fold(text).as_str().cmp(&self.folded)),
            FieldValue::Number(number) => number.partial_cmp(&self.number?),
            FieldValue::Span(span) => Some(span.cmp(&self.span?)),
            FieldValue::Ranked(key, all) => {
                let rank = |key: &str| all.iter().position(|each| *each == key);
                Some(rank(key)?.cmp(&rank(&self.folded)?))
            }
            FieldValue::Names(_) | FieldValue::Flag(..) => None,
        }
    }
}

#[cfg(test)]
mod tests;
