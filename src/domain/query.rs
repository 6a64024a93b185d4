//! The filter language of every list: words that must be found, `field:value` pairs, and `-` before what must not be.
//!
//! `火 town:泗门 severity:red,orange -state:acknowledged` reads: rows in which 火 is found, of that township, of either
//! severity, not acknowledged. Pure: how a word is found in a text is the caller's (the console knows pinyin initials).

/// What is looked for: every term must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    unwanted: bool,
    /// `None` for a word that may stand anywhere.
    field: Option<String>,
    /// Any of them will do; in lower case.
    values: Vec<String>,
}

/// A row as filters see it: its fields by name, and everything that people read of it.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// Values that may be asked for by name.
    pub fields: Vec<(&'static str, &'a str)>,
    /// Texts in which words are looked for; fields are looked in as well.
    pub texts: Vec<&'a str>,
}

/// A field that no row of the list has: its name as typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no field `{0}`")]
pub struct UnknownField(pub String);

impl Query {
    /// Reads what was typed for a list whose rows have `fields`. A `:` inside an address or a time is no field: only
    /// letters and `_` may stand before it.
    ///
    /// # Errors
    /// A field was named that no row has.
    pub fn parse(typed: &str, fields: &[&str]) -> Result<Self, UnknownField> {
        let terms = typed.split_whitespace().map(|word| term(word, fields));
        Ok(Self {
            terms: terms.collect::<Result<_, _>>()?,
        })
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether every term holds for `row`; `finds` says whether a word (in lower case) is found in a text.
    pub fn holds(&self, row: &Row<'_>, finds: impl Fn(&str, &str) -> bool) -> bool {
        self.terms.iter().all(|term| {
            let hit = match &term.field {
                Some(name) => {
                    let mut own = row.fields.iter().filter(|(field, _)| field == name);
                    own.any(|(_, text)| term.values.iter().any(|v| finds(text, v)))
                }
                None => {
                    let mut all = row.texts.iter().chain(row.fields.iter().map(|(_, text)| text));
                    all.any(|text| term.values.iter().any(|v| finds(text, v)))
                }
            };
            hit != term.unwanted
        })
    }
}

fn term(word: &str, fields: &[&str]) -> Result<Term, UnknownField> {
    let (unwanted, word) = match word.strip_prefix('-') {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, word),
    };
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    let pair = word
        .split_once(':')
        .filter(|(name, value)| is_name(name) && !value.starts_with("//"));
    let Some((name, value)) = pair else {
        return Ok(Term {
            unwanted,
            field: None,
            values: vec![word.to_lowercase()],
        });
    };
    if !fields.contains(&name) {
        return Err(UnknownField(name.to_owned()));
    }
    Ok(Term {
        unwanted,
        field: Some(name.to_owned()),
        values: value.split(',').map(str::to_lowercase).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[&str] = &["severity", "town"];

    fn holds(typed: &str) -> bool {
        let row = Row {
            fields: vec![("severity", "red"), ("town", "泗门镇")],
            texts: vec!["Smoke at 10:30"],
        };
        let query = Query::parse(typed, FIELDS).expect("known fields");
        query.holds(&row, |text, word| text.to_lowercase().contains(word))
    }

    #[test]
    fn every_term_must_hold_and_any_of_its_values_will_do() {
        assert!(holds(""));
        assert!(holds("smoke severity:orange,red"));
        assert!(holds("泗门"));
        assert!(!holds("smoke severity:orange"));
    }

    #[test]
    fn what_is_unwanted_must_not_be_found() {
        assert!(holds("-town:马渚"));
        assert!(!holds("smoke -severity:red"));
        assert!(!holds("-smoke"));
    }

    #[test]
    fn a_time_is_a_word_and_a_misspelt_field_is_refused() {
        assert!(holds("10:30"));
        assert_eq!(Query::parse("tow:x", FIELDS), Err(UnknownField("tow".to_owned())));
    }
}
