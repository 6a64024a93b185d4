//! JSON as upstreams write it, read strictly: a member that stands twice in one object is told, and what is built is weighed
//! while it is built, since some kilobytes of compressed nothing can hold millions of values.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::RefCell;
use std::fmt;

/// Bytes of memory that a value takes in its list, as lists grow by doubling.
const VALUE: u64 = 48;
/// What the first value of a list takes beside that: room for four.
const LIST: u64 = 96;
/// What the first member of an object takes: a node of the tree with room for eleven.
const OBJECT: u64 = 640;
/// What a member takes where nodes are half full.
const MEMBER: u64 = 112;
/// What a text takes beside its bytes.
const TEXT: u64 = 32;

/// Doubled members that are named; the others are counted.
const NAMED: usize = 20;

/// What an error says when there is no room for more.
const TOO_MUCH: &str = "too much";

/// What was noticed while reading.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Notes {
    /// Paths of the first members that stand twice in one object: `data[3].pm25`.
    pub(super) doubled: Vec<String>,
    /// How many there are.
    pub(super) count: u32,
    /// Bytes of memory that what was built takes, about.
    pub(super) weight: u64,
    room: u64,
}

/// Why a text is no JSON.
#[derive(Debug)]
pub(super) enum Broken {
    /// It would take more memory than there is room for.
    TooMuch,
    /// What the parser says.
    Not(serde_json::Error),
}

/// Reads `text`; what is built may take `room` bytes of memory.
pub(super) fn parse(text: &str, room: u64) -> Result<(Value, Notes), Broken> {
    let notes = RefCell::new(Notes {
        room,
        ..Notes::default()
    });
    let node = Node {
        path: &Path::Top,
        notes: &notes,
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = node.deserialize(&mut reader);
    let value = value.and_then(|value| reader.end().map(|()| value));
    match value {
        Ok(value) => Ok((value, notes.into_inner())),
        Err(_) if notes.borrow().weight > room => Err(Broken::TooMuch),
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
    /// Takes so many bytes of the room.
    fn weigh<E: Error>(self, bytes: u64) -> Result<(), E> {
        let mut notes = self.notes.borrow_mut();
        notes.weight = notes.weight.saturating_add(bytes);
        if notes.weight > notes.room {
            return Err(E::custom(TOO_MUCH));
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
        self.weigh(VALUE)?;
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
        self.weigh(TEXT + text.len() as u64)?;
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
                Some(value) => {
                    self.weigh(if values.is_empty() { LIST } else { 0 })?;
                    values.push(value);
                }
                None => return Ok(Value::Array(values)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let node = if object.is_empty() { OBJECT } else { MEMBER };
            self.weigh(node + TEXT + name.len() as u64)?;
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
            let (value, notes) = parse(text, ROOM).expect("JSON");
            assert_eq!((value, notes.count), (plain, 0), "{text}");
        }
        for text in ["", "[1", "[1] 2", "{\"a\":}", "[NaN]"] {
            assert!(matches!(parse(text, ROOM), Err(Broken::Not(_))), "{text}");
        }
    }

    #[test]
    fn a_member_that_stands_twice_is_named_with_its_path() {
        let (value, notes) = parse(r#"{"data":[{"a":1},{"a":1,"b":2,"a":3}]}"#, ROOM).expect("JSON");
        assert_eq!(notes.doubled, ["data[1].a"]);
        assert_eq!(value["data"][1]["a"], 3);
    }

    /// Room for honest bodies.
    const ROOM: u64 = 1 << 20;

    #[test]
    fn whatever_the_shape_no_more_is_built_than_there_is_room_for() {
        let nested = format!("{}{},", "[".repeat(100), "]".repeat(100));
        let member = |n: u32| format!("\"{n}\":0,");
        let keys = (0..100_000).map(member).collect::<Vec<_>>().concat();
        for (shape, text) in [
            ("zeros", format!("[{}0]", "0,".repeat(100_000))),
            ("texts", format!("[{}0]", "\"a\",".repeat(100_000))),
            ("lists", format!("[{}0]", nested.repeat(500))),
            ("objects", format!("[{}0]", "{\"a\":0},".repeat(10_000))),
            ("members", format!("{{{keys}\"\":0}}")),
            ("one text", format!("\"{}\"", "a".repeat(2_000_000))),
        ] {
            assert!(matches!(parse(&text, ROOM), Err(Broken::TooMuch)), "{shape}");
            assert!(parse(&text, 64 << 20).is_ok(), "{shape}");
        }
        assert!(
            matches!(parse(&"[".repeat(200), ROOM), Err(Broken::Not(_))),
            "depth"
        );
    }
}
