//! What the console alone can say of a configuration: which keys mean what, and how things look. One file a kind, one row in
//! [`KINDS`]; the lists that they speak of stand with the console itself, which knows no configuration.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::config::{Config, raw};
use serde_json::Value;

pub mod keys;
pub mod theme;

/// A part of the configuration that the console checks.
#[derive(Debug)]
pub struct Kind {
    /// Where it stands.
    key: &'static str,
    /// Writes into the schema of the whole file what may stand there.
    shape: fn(&mut Value),
    /// Reports everything that is wrong with it.
    read: fn(&Config, &At, &mut Check<'_>),
}

/// Every part, one row each.
pub const KINDS: &[Kind] = &[keys::KIND, theme::KIND];

impl Kind {
    fn at(&self) -> At {
        self.key.split('.').fold(At::root(), |at, key| at.key(key))
    }
}

/// The schema of the whole file.
pub fn schema() -> Value {
    let mut schema = raw::schema();
    for kind in KINDS {
        (kind.shape)(&mut schema);
    }
    schema
}

/// Reports everything that is wrong with what the console reads.
pub fn check(config: &Config, check: &mut Check<'_>) {
    for kind in KINDS {
        (kind.read)(config, &kind.at(), check);
    }
}

/// Adds `more` to the part of a schema at `pointer`.
fn put(schema: &mut Value, pointer: &str, more: Value) {
    let part = schema.pointer_mut(pointer).and_then(Value::as_object_mut);
    if let (Some(part), Value::Object(more)) = (part, more) {
        part.extend(more);
    }
}
