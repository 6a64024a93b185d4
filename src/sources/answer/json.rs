//! JSON as upstreams write it, read strictly: a member that stands twice in one object is told, and the number of values
//! is bounded, since some kilobytes of compressed nothing can hold millions of them.

use serde::de::DeserializeSeed;
use serde::de::Deserializer;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde_json::Map;
use serde_json::Number;
use serde_json::Value;
use std::cell::RefCell;
use std::fmt;

/// Most values of a body. A national list of 2,000 stations with 40 members each is 80,000.
pub(super) const MOST_VALUES: u64 = 2_000_000;

/// Doubled members that are named; the others are counted.
const NAMED: usize = 20;

/// What an error says when there are more than [`MOST_VALUES`].
const TOO_MANY: &str = "too many values";

/// What was noticed while reading.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Notes {
    /// Paths of the first members that stand twice in one object: `data[3].pm25`.
    pub(super) doubled: Vec<String>,
    /// How many there are.
    pub(super) count: u32,
    values: u64,
}

/// Why a text is no JSON.
#[derive(Debug)]
pub(super) enum Broken {
    /// There are more values than are taken in.
    TooMany,
    /// What the parser says.
    Not(serde_json::Error),
}

/// Reads `text`.
pub(super) fn parse(text: &str) -> Result<(Value, Notes), Broken> {
    let notes = RefCell::new(Notes::default());
    let node = Node {
        path: &Path::Top,
        notes: &notes,
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = node.deserialize(&mut reader);
    let value = value.and_then(|value| reader.end().map(|()| value));
    match value {
        Ok(value) => Ok((value, notes.into_inner())),
        Err(_) if notes.borrow().values > MOST_VALUES => Err(Broken::TooMany),
        Err(error) => Err(Broken::Not(error)),
    }
}

/// Where a value stands.
enum Path<'p> {
    Top,
    Member(&'p Path<'p>, &'p str),
    Element(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Member(Self::Top, name) => f.write_str(name),
            Self::Member(of, name) => write!(f, "{of}.{name}"),
            Self::Element(of, n) => write!(f, "{of}[{n}]"),
        }
    }
}

#[derive(Clone, Copy)]
struct Node<'p> {
    path: &'p Path<'p>,
    notes: &'p RefCell<Notes>,
}

impl Node<'_> {
    fn count<E: Error>(self) -> Result<(), E> {
        let mut notes = self.notes.borrow_mut();
        notes.values += 1;
        if notes.values > MOST_VALUES {
            return Err(E::custom(TOO_MANY));
        }
        Ok(())
    }

    fn doubled(self, name: &str) {
        let mut notes = self.notes.borrow_mut();
        notes.count = notes.count.saturating_add(1);
        if notes.doubled.len() < NAMED {
            notes.doubled.push(Path::Member(self.path, name).to_string());
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        self.count()?;
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Bool(yes))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        loop {
            let path = Path::Element(self.path, values.len());
            let node = Node {
                path: &path,
                notes: self.notes,
            };
            match list.next_element_seed(node)? {
                Some(value) => values.push(value),
                None => return Ok(Value::Array(values)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let path = Path::Member(self.path, &name);
            let node = Node {
                path: &path,
                notes: self.notes,
            };
            let value = members.next_value_seed(node)?;
            if object.contains_key(&name) {
                self.doubled(&name);
            }
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_the_plain_parser_reads() {
        for text in [
            "null",
            "[1, -2, 3.5, 18446744073709551615, true, \"a\\u00e9\", {}]",
            "{\"a\": {\"b\": [[], {\"c\": null}]}, \"d\": 1e3}",
        ] {
            let plain: Value = serde_json::from_str(text).expect("JSON");
            let (value, notes) = parse(text).expect("JSON");
            assert_eq!((value, notes.count), (plain, 0), "{text}");
        }
        for text in ["", "[1", "[1] 2", "{\"a\":}", "[NaN]"] {
            assert!(matches!(parse(text), Err(Broken::Not(_))), "{text}");
        }
    }

    #[test]
    fn a_member_that_stands_twice_is_named_with_its_path() {
        let (value, notes) = parse(r#"{"data":[{"a":1},{"a":1,"b":2,"a":3}]}"#).expect("JSON");
        assert_eq!(notes.doubled, ["data[1].a"]);
        assert_eq!(value["data"][1]["a"], 3);
    }

    #[test]
    fn millions_of_values_are_refused_before_they_are_kept() {
        let text = format!("[{}0]", "0,".repeat(2_000_000));
        assert!(matches!(parse(&text), Err(Broken::TooMany)));
    }
}
