//! From a fact to its stored form and back: the name of its variant is the second half of its kind, what it says is JSON.
//!
//! A name may end in a version, `moved.2`; without one it is version 1. Each fact is read as the type it is, without a
//! value between.

use crate::domain::fact::Stored;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, EnumAccess, Error as _, VariantAccess, Visitor};
use serde::{Deserialize, Serialize, forward_to_deserialize_any};
use serde_json::de::StrRead;
use serde_json::{Deserializer, Error};

/// The form of a fact that says nothing beyond its kind.
const NOTHING: &str = "{}";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The stored form of a fact of a family.
pub(super) fn write<T: Serialize>(family: &str, fact: &T) -> Stored {
    let whole = serde_json::to_string(fact).expect("a fact has text keys and plain values only");
    // `{"name":what it says}`, or `"name"`.
    let inner = whole.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let (name, json) = inner
        .and_then(|inner| inner.split_once(':'))
        .unwrap_or((&whole, NOTHING));
    let name = name.trim_matches('"');
    let (name, version) = name.split_once('.').unwrap_or((name, "1"));
    Stored {
        kind: format!("{family}.{name}"),
        version: version.parse().expect("a version is a number"),
        json: json.to_owned(),
    }
}

/// The fact that was stored under a kind; why not, when the kind or its version is unknown, or the JSON not of that form.
pub(super) fn read<T: DeserializeOwned>((kind, version): (&str, u32), json: &str) -> Result<T, String> {
    let (_, name) = kind.split_once('.').unwrap_or_default();
    let versioned;
    let name = match version {
        1 if name.contains('.') => "",
        1 => name,
        _ => {
            versioned = format!("{name}.{version}");
            &versioned
        }
    };
    let mut from = Deserializer::from_str(json);
    let (kind, form) = ((kind, version), &mut from);
    let fact = T::deserialize(Named { kind, name, form }).map_err(|e| e.to_string())?;
    from.end().map_err(|e| e.to_string())?;
    Ok(fact)
}

/// Why a kind is not read.
pub(super) fn unknown((kind, version): (&str, u32)) -> String {
    format!("kind {kind} version {version} is unknown: damaged, or written by a newer program")
}

/// A fact to be read: the variant is known by its name, what follows is JSON.
struct Named<'a, 'de> {
    kind: (&'a str, u32),
    name: &'a str,
    form: &'a mut Deserializer<StrRead<'de>>,
}

impl<'de> serde::Deserializer<'de> for Named<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Named<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name: StrDeserializer<'_, Error> = StrDeserializer::new(self.name);
        let variant = seed.deserialize(name);
        let variant = variant.map_err(|_| Error::custom(unknown(self.kind)))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Named<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Nothing::deserialize(self.form).map(|_| ())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.form)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        serde::Deserializer::deserialize_tuple(self.form, len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        serde::Deserializer::deserialize_struct(self.form, "", fields, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case", deny_unknown_fields)]
    enum Told {
        Gone,
        Moved {
            to: u8,
        },
        #[serde(rename = "moved.2")]
        MovedFar {
            to: String,
        },
    }

    fn told(kind: &str, version: u32, json: &str) -> Result<Told, String> {
        read((kind, version), json)
    }

    #[test]
    fn a_changed_form_is_a_version_beside_the_old_one_and_both_come_back_as_they_went() {
        let far = Told::MovedFar { to: "a:b".to_owned() };
        for (fact, kind, version, json) in [
            (Told::Gone, "x.gone", 1, "{}"),
            (Told::Moved { to: 7 }, "x.moved", 1, r#"{"to":7}"#),
            (far, "x.moved", 2, r#"{"to":"a:b"}"#),
        ] {
            let stored = write("x", &fact);
            assert_eq!((stored.kind.as_str(), stored.version), (kind, version));
            assert_eq!(stored.json, json);
            assert_eq!(told(kind, version, json), Ok(fact));
        }
    }

    #[test]
    fn a_kind_a_version_or_a_field_that_is_not_known_is_refused() {
        let said = |kind, version, json| told(kind, version, json).expect_err("not known");
        for (kind, version) in [
            ("x.lost", 1),
            ("x.moved", 3),
            ("x.moved", 0),
            ("x.moved.2", 1),
            ("x.", 1),
            ("x", 1),
        ] {
            assert_eq!(said(kind, version, "{}"), unknown((kind, version)));
        }
        assert!(said("x.moved", 1, r#"{"to":7,"by":1}"#).contains("unknown field `by`"));
        assert!(said("x.gone", 1, r#"{"to":7}"#).contains("unknown field `to`"));
        assert!(said("x.gone", 1, "{} {}").contains("trailing characters"));
    }
}
