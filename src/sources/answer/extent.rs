//! How much a text of JSON holds, counted before anything is built of it: a reply of some kilobytes may unfold to millions of
//! values. Of what is no JSON the figures mean nothing; the parser says so.

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// Values, lists and objects among them.
    pub(super) values: u64,
    /// Lists and objects within each other.
    pub(super) depth: u64,
}

/// What `text` holds.
pub(super) fn of(text: &[u8]) -> Extent {
    let mut all = Extent::default();
    let mut depth = 0_u64;
    // Whether the next byte that is no blank begins the first value: of the text, of a list, of an object.
    let mut first = true;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => continue,
            b']' | b'}' => {
                (depth, first) = (depth.saturating_sub(1), false);
                continue;
            }
            b',' => {
                all.values += 1;
                continue;
            }
            _ => {}
        }
        all.values += u64::from(first);
        first = matches!(byte, b'[' | b'{');
        if first {
            depth += 1;
            all.depth = all.depth.max(depth);
        } else if *byte == b'"' {
            skip_text(&mut bytes);
        }
    }
    all
}

/// To behind the quote that ends a text.
fn skip_text(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn counted(value: &Value) -> Extent {
        let within: Vec<Extent> = match value {
            Value::Array(list) => list.iter().map(counted).collect(),
            Value::Object(members) => members.values().map(counted).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
        };
        let deepest = within.iter().map(|one| one.depth).max().unwrap_or(0);
        Extent {
            values: 1 + within.iter().map(|one| one.values).sum::<u64>(),
            depth: deepest + u64::from(value.is_array() || value.is_object()),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i32>().prop_map(Value::from),
            "[a-z\"\\\\,\\[\\]{}: ]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 60, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map("[a-z\"\\\\,]{0,4}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn as_many_are_counted_as_are_built_however_it_is_written(value in any_value()) {
            prop_assert_eq!(of(value.to_string().as_bytes()), counted(&value));
            let pretty = serde_json::to_string_pretty(&value).expect("JSON");
            prop_assert_eq!(of(pretty.as_bytes()), counted(&value));
        }
    }
}
