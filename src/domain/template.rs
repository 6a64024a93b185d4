//! Texts with named parts (模板): what a playbook's orders say, each line a sentence.
//!
//! `{name}` is a part. `<…>` holds what goes with the parts in it: it is left out where all of them are empty, and so is a
//! whole line. Nothing is left behind of what is not known: no label, no bracket.

/// A text that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderTemplate(Vec<Vec<Piece>>);

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// Chinese.
    pub zh: OrderTemplate,
    /// English.
    pub en: OrderTemplate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// As it stands.
    Text(String),
    /// A part by its name.
    Part(String),
    /// What is left out where its parts are empty.
    Group(Vec<Piece>),
}

impl OrderTemplate {
    /// Reads a text; lines without anything on them are none.
    ///
    /// # Errors
    /// The character that has no other half.
    pub fn parse(text: &str) -> Result<Self, char> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines
            .map(|mut line| pieces(&mut line, false))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The names of its parts, in the order of the text.
    pub fn parts(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.0.iter().for_each(|line| named(line, &mut found));
        found
    }

    /// Its lines with their parts filled in; those are left out whose parts are all empty.
    pub fn lines(&self, value: &dyn Fn(&str) -> String) -> Vec<String> {
        self.0.iter().filter_map(|line| filled(line, value)).collect()
    }
}

/// Reads pieces up to the end, or to the end of the group they are in.
fn pieces(rest: &mut &str, in_group: bool) -> Result<Vec<Piece>, char> {
    let mut found = Vec::new();
    loop {
        let at = rest.find(['{', '}', '<', '>']).unwrap_or(rest.len());
        let (text, tail) = rest.split_at(at);
        if !text.is_empty() {
            found.push(Piece::Text(text.to_owned()));
        }
        let mut chars = tail.chars();
        let mark = chars.next();
        *rest = chars.as_str();
        match mark {
            None if in_group => return Err('<'),
            None => return Ok(found),
            Some('>') if in_group => return Ok(found),
            Some('<') if !in_group => found.push(Piece::Group(pieces(rest, true)?)),
            Some('{') => {
                let (name, tail) = rest.split_once('}').ok_or('{')?;
                found.push(Piece::Part(name.trim().to_owned()));
                *rest = tail;
            }
            Some(mark) => return Err(mark),
        }
    }
}

fn named<'a>(pieces: &'a [Piece], found: &mut Vec<&'a str>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Part(name) => found.push(name),
            Piece::Group(inner) => named(inner, found),
        }
    }
}

/// The text of pieces; `None` where they have parts and all of these are empty.
fn filled(pieces: &[Piece], value: &dyn Fn(&str) -> String) -> Option<String> {
    let (mut out, mut has_parts, mut is_there) = (String::new(), false, false);
    for piece in pieces {
        let (part, text) = match piece {
            Piece::Text(text) => (false, text.clone()),
            Piece::Part(name) => (true, value(name)),
            Piece::Group(inner) => (true, filled(inner, value).unwrap_or_default()),
        };
        has_parts |= part;
        is_there |= part && !text.is_empty();
        out.push_str(&text);
    }
    (!has_parts || is_there).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let template = OrderTemplate::parse(text).expect("it can be read");
        let value = |name: &str| match name {
            "place" => "回龙村".to_owned(),
            "km" => "1.2".to_owned(),
            _ => String::new(),
        };
        template.lines(&value)
    }

    #[test]
    fn parts_are_filled_in_and_nothing_is_left_behind_of_what_is_empty() {
        assert_eq!(said("到 {place} 去"), ["到 回龙村 去"]);
        assert_eq!(
            said("地点：{place}<，距 {km} km><，{wind}>"),
            ["地点：回龙村，距 1.2 km"]
        );
        assert_eq!(said("<【{severity}】>{place}"), ["回龙村"]);
        assert_eq!(said("风：{wind}\n\n请反馈\n<{a} {b}>"), ["请反馈"]);
        assert_eq!(said(""), Vec::<String>::new());
    }

    #[test]
    fn what_has_no_other_half_is_named() {
        for (text, mark) in [
            ("{place", '{'),
            ("place}", '}'),
            ("<{place}", '<'),
            ("a > b", '>'),
            ("<a<b>>", '<'),
        ] {
            assert_eq!(OrderTemplate::parse(text), Err(mark), "{text}");
        }
        let names = OrderTemplate::parse("{a}<{ b }>\n{c.d}").map(|t| t.parts().join(" "));
        assert_eq!(names, Ok("a b c.d".to_owned()));
    }
}
