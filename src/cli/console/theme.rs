//! `screen.theme`: one of the embedded themes, or a file of one's own with every fault of it at its place.

use super::{Kind, put};
use crate::bench::check::Check;
use crate::bench::document::{At, Document};
use crate::bench::fault::FaultKind;
use crate::bench::shape;
use crate::tui::look::MEANINGS;
use crate::tui::look::theme::{GROUNDS, SWITCHES, THEMES, Theme, ThemeFault, colours};
use serde_json::{Map, Value, json};
use std::path::Path;

/// The row of the theme.
pub(super) const KIND: Kind = Kind {
    key: "screen.theme",
    shape: write,
    read: |config, at, check| read(&config.theme, at, check),
};

fn names() -> Vec<&'static str> {
    THEMES.iter().map(|row| row.0).collect()
}

fn write(schema: &mut Value) {
    let file = json!({ "type": "string", "pattern": "\\.toml$" });
    let theme = json!({ "anyOf": [{ "type": "string", "enum": names() }, file] });
    put(schema, "/$defs/RawScreen/properties/theme", theme);
    let (theme, parts) = file_schema();
    put(schema, "/$defs", parts);
    put(schema, "/$defs", json!({ "Theme": theme }));
}

/// The schema of a theme file, and that of its parts.
fn file_schema() -> (Value, Value) {
    let refers = |part: &str| json!({ "$ref": format!("#/$defs/{part}") });
    let switch = |name: &str| (name.to_owned(), json!({ "type": "boolean" }));
    let colour = |name: &str| (name.to_owned(), refers("ThemeColour"));
    let line: Map<String, Value> = GROUNDS.iter().map(|name| colour(name)).collect();
    let switches = SWITCHES.iter().map(|row| switch(row.0));
    let line: Map<String, Value> = line.into_iter().chain(switches).collect();
    let mut lines: Map<String, Value> = MEANINGS
        .iter()
        .map(|row| (row.1.to_owned(), refers("ThemeLine")))
        .collect();
    lines.insert(
        "inherits".to_owned(),
        json!({ "type": "string", "enum": names() }),
    );
    let full = json!({ "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" });
    let table = |properties: Map<String, Value>| json!({ "type": "object", "properties": properties, "additionalProperties": false });
    let parts = json!({
        "ThemeColour": { "anyOf": [{ "type": "string", "enum": colours() }, full] },
        "ThemeLine": table(line),
    });
    (table(lines), parts)
}

/// Reports everything that is wrong with a theme: the name of an embedded one, or of a file that ends in `.toml`.
pub fn read(theme: &str, at: &At, check: &mut Check<'_>) {
    let path = Path::new(theme);
    if path.extension().is_none_or(|end| end != "toml") {
        if !names().contains(&theme) {
            check.unknown(at, theme, &names());
        }
        return;
    }
    let path = check.beside(path);
    if let Some(text) = check.text(at, &path) {
        file(theme, (&path, &text), check);
    }
}

fn file(theme: &str, (path, text): (&Path, &str), check: &mut Check<'_>) {
    let (document, broken) = Document::parse(path, text);
    let mut own = Check::new(&document, check.outside());
    let (mut schema, parts) = file_schema();
    if let Value::Object(root) = &mut schema {
        root.insert("$defs".to_owned(), parts);
    }
    if broken.is_empty() {
        own.misshape(shape::check(&document, &schema));
    }
    for fault in broken {
        own.push(fault);
    }
    let inherits = At::root().key("inherits");
    for fault in Theme::parse(theme, text).err().unwrap_or_default() {
        match fault {
            // Said by the check of the shape.
            ThemeFault::Shape => {}
            ThemeFault::Colour { meaning, key, colour } => {
                own.unknown(&At::root().key(&meaning).key(key), &colour, &colours());
            }
            ThemeFault::Parent(parent) => own.unknown(&inherits, &parent, &names()),
            ThemeFault::Incomplete => own.fault(&inherits, FaultKind::Missing),
        }
    }
    for fault in own.into_faults() {
        check.push(fault);
    }
}
