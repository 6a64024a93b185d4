//! A table of points by rules (赋分) as a file: the built-in example, or a room's own beside its configuration.

use crate::bench::check::Check;
use crate::bench::document::{At, Document};
use crate::bench::fault::FaultKind;
use crate::domain::playbook::{ORIGINS, Origin, Provenance, Words};
use crate::domain::quantity::Value;
use crate::domain::target::score::{ScoreRule, Table};
use crate::domain::text::Clean;
use serde::Deserialize;
use std::path::Path;

/// The built-in table: its key and text.
const EXAMPLE: (&str, &str) = ("bishui-example", include_str!("bishui-example.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    key: String,
    zh: String,
    en: String,
    origin: String,
    provenance: String,
    line: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    figure: String,
    from: f64,
    base: f64,
    slope: f64,
    lowest: f64,
    highest: f64,
}

/// The table that a goal names: the example by its key, else the file of that name.
pub(super) fn table(check: &mut Check<'_>, at: &At, name: &str) -> Option<Table> {
    if name == EXAMPLE.0 {
        return read(check, at, Path::new(name), EXAMPLE.1);
    }
    let path = check.beside(Path::new(name));
    let text = check.text(at, &path)?;
    read(check, at, &path, &text)
}

fn read(check: &mut Check<'_>, at: &At, path: &Path, text: &str) -> Option<Table> {
    let (document, faults) = Document::parse(path, text);
    let broken = !faults.is_empty();
    for fault in faults {
        check.push(fault);
    }
    if broken {
        return None;
    }
    let raw: RawTable = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            let kind = FaultKind::Syntax(error.message().to_owned());
            check.push(document.fault_at(offset, &At::root(), kind));
            return None;
        }
    };
    let table = build(&raw);
    if table.is_none() {
        check.fault(
            at,
            FaultKind::Unreadable(format!("{}: origin, line", path.display())),
        );
    }
    table
}

/// `None` where a number is out of range or the origin is none.
fn build(raw: &RawTable) -> Option<Table> {
    let origin: Origin = ORIGINS.iter().find(|row| row.1 == raw.origin)?.0;
    let line = |line: &RawLine| {
        Some(ScoreRule {
            figure: line.figure.clone(),
            from: Value::from_f64(line.from)?,
            base: Value::from_f64(line.base)?,
            slope: Value::from_f64(line.slope)?,
            lowest: Value::from_f64(line.lowest)?,
            highest: Value::from_f64(line.highest)?,
        })
    };
    Some(Table {
        key: raw.key.clone(),
        words: Words {
            zh: Clean::new(&raw.zh),
            en: Clean::new(&raw.en),
        },
        provenance: Provenance {
            origin,
            text: raw.provenance.as_str().into(),
        },
        lines: raw.line.iter().map(line).collect::<Option<_>>()?,
    })
}
