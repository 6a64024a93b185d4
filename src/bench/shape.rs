//! The shape of a file: unknown keys, missing keys and wrong types, all of them, found along the JSON schema.
//!
//! Understands what `schemars` writes for this program's own types and no more. Meaning is checked later, in `checked`.

use crate::bench::document::{At, Document, shape_of};
use crate::bench::fault::{Fault, FaultKind, Shape, nearest};
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Every fault of `document`'s shape, with the way to each value that cannot be used.
pub fn check(document: &Document<'_>, schema: &Value) -> Vec<(At, Fault)> {
    let mut walk = Walk {
        document,
        schema,
        faults: Vec::new(),
    };
    walk.table(&[schema], document.root(), &At::root());
    walk.faults
}

struct Walk<'a, 't> {
    document: &'a Document<'t>,
    schema: &'a Value,
    faults: Vec<(At, Fault)>,
}

impl<'a> Walk<'a, '_> {
    fn fault(&mut self, at: &At, kind: FaultKind, near: Option<String>) {
        let mut fault = self.document.fault(at, kind);
        fault.near = near;
        self.faults.push((at.clone(), fault));
    }

    fn value(&mut self, schema: &'a Value, value: &DeValue<'_>, at: &At) {
        let mut views = Vec::new();
        collect(self.schema, schema, &mut views);
        let branches: Vec<Vec<&'a Value>> = views.iter().filter_map(|view| branches(view)).collect();
        for branches in branches {
            match self.chosen(&branches, value, at) {
                Some(branch) => collect(self.schema, branch, &mut views),
                None => return,
            }
        }
        let wanted: Vec<Shape> = views.iter().flat_map(|view| wanted(view)).collect();
        let have = shape_of(value);
        if let Some(first) = wanted.first()
            && !wanted.iter().any(|want| fits(*want, have))
        {
            return self.fault(at, FaultKind::WrongShape(*first, have), None);
        }
        match value {
            DeValue::Table(table) => self.table(&views, table, at),
            DeValue::Array(array) => {
                let items = views.iter().find_map(|view| view.get("items"));
                for (n, item) in array.iter().enumerate() {
                    if let Some(items) = items {
                        self.value(items, item.get_ref(), &at.nth(n));
                    }
                }
            }
            DeValue::Integer(_) => self.range(&views, value, at),
            // A key that is not known is said by who reads it, in its place: taken out here, it would hide what is
            // wrong beside it.
            DeValue::String(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    /// A table: every key known, every needed key there, every value right.
    fn table(&mut self, views: &[&'a Value], table: &DeTable<'_>, at: &At) {
        let properties = || {
            views
                .iter()
                .filter_map(|v| v.get("properties")?.as_object())
                .flatten()
        };
        let others = views
            .iter()
            .find_map(|v| v.get("additionalProperties").filter(|s| s.is_object()));
        for (key, value) in table {
            let (name, here) = (key.get_ref().as_ref(), at.key(key.get_ref()));
            let known = properties().find(|(known, _)| known.as_str() == name);
            if let Some(schema) = known.map(|(_, schema)| schema).or(others) {
                self.value(schema, value.get_ref(), &here);
            } else {
                let near = nearest(name, properties().map(|(known, _)| known.as_str()));
                self.fault(&here, FaultKind::UnknownKey, near);
            }
        }
        let needed = views
            .iter()
            .filter_map(|v| v.get("required")?.as_array())
            .flatten();
        for name in needed.filter_map(Value::as_str) {
            if !table.contains_key(name) {
                self.fault(&at.key(name), FaultKind::Missing, None);
            }
        }
    }

    /// Which of several alternatives `value` is: told by a key with a fixed text, else by its own shape. `None` where it
    /// is none of them, which was reported, or where nothing more is to be checked.
    fn chosen(&mut self, branches: &[&'a Value], value: &DeValue<'_>, at: &At) -> Option<&'a Value> {
        if let (Some(tag), DeValue::Table(table)) = (tag_of(branches), value) {
            return self.tagged(branches, tag, table, at);
        }
        let known: Vec<&str> = branches.iter().flat_map(|b| texts(b)).collect();
        if let (false, Some(text)) = (known.is_empty(), value.as_str()) {
            if !known.contains(&text) && !branches.iter().any(|b| takes_any_text(b)) {
                self.unknown(&known, text, at);
            }
            return None;
        }
        let have = shape_of(value);
        let fitting = branches.iter().find(|branch| {
            let mut views = Vec::new();
            collect(self.schema, branch, &mut views);
            views.iter().flat_map(|v| wanted(v)).any(|want| fits(want, have))
        });
        fitting.or(branches.first()).copied()
    }

    fn tagged(
        &mut self,
        branches: &[&'a Value],
        tag: &str,
        table: &DeTable<'_>,
        at: &At,
    ) -> Option<&'a Value> {
        let here = at.key(tag);
        let Some(given) = table.get(tag).map(Spanned::get_ref) else {
            let older = branches.iter().find(|b| is_older(b) && has_all(b, table));
            if older.is_none() {
                self.untagged(branches, &here, (table, at));
            }
            return older.copied();
        };
        let Some(text) = given.as_str() else {
            self.fault(&here, FaultKind::WrongShape(Shape::Text, shape_of(given)), None);
            return None;
        };
        let found = branches.iter().find(|b| fixed(b, tag) == Some(text)).copied();
        if found.is_none() {
            let known: Vec<&str> = branches.iter().filter_map(|b| fixed(b, tag)).collect();
            self.unknown(&known, text, &here);
        }
        found
    }

    /// Nothing tells which alternative a table is: a table in it has almost the name of one, or the name is missing.
    fn untagged(&mut self, branches: &[&'a Value], tag: &At, (table, at): (&DeTable<'_>, &At)) {
        let names: Vec<&str> = branches
            .iter()
            .filter(|b| is_older(b))
            .flat_map(|b| needed(b))
            .collect();
        let own = table.iter().filter(|(_, value)| value.get_ref().is_table());
        let near = own.filter_map(|(key, _)| Some((key, nearest(key.get_ref(), names.iter().copied())?)));
        match near.min_by_key(|(key, _)| key.span().start) {
            Some((key, near)) => self.fault(&at.key(key.get_ref()), FaultKind::UnknownKey, Some(near)),
            None => self.fault(tag, FaultKind::Missing, None),
        }
    }

    fn unknown(&mut self, known: &[&str], text: &str, at: &At) {
        let list = known.iter().map(|&k| k.to_owned()).collect();
        let near = nearest(text, known.iter().copied());
        self.fault(at, FaultKind::Unknown(text.to_owned(), list), near);
    }

    fn range(&mut self, views: &[&Value], value: &DeValue<'_>, at: &At) {
        let Some(text) = value.as_integer().map(toml::de::DeInteger::as_str) else {
            return;
        };
        let bound = |key: &str| views.iter().find_map(|v| v.get(key)?.as_f64());
        let (low, high) = (bound("minimum"), bound("maximum"));
        let outside = text
            .parse::<f64>()
            .is_ok_and(|n| low.is_some_and(|low| n < low) || high.is_some_and(|high| n > high));
        if outside {
            let show = |bound: Option<f64>| bound.map_or_else(|| "…".to_owned(), |b| b.to_string());
            self.fault(at, FaultKind::Range(text.to_owned(), show(low), show(high)), None);
        }
    }
}

/// `schema` and everything it refers to; for a table, with the alternative that its own key tells.
pub fn views_of<'s>(root: &'s Value, schema: &'s Value, table: Option<&DeTable<'_>>) -> Vec<&'s Value> {
    let mut views = Vec::new();
    collect(root, schema, &mut views);
    let branches: Vec<Vec<&Value>> = views.iter().filter_map(|view| branches(view)).collect();
    for branches in branches {
        let text = |tag: &str| table?.get(tag)?.get_ref().as_str();
        let chosen = match tag_of(&branches) {
            Some(tag) => branches.iter().find(|b| match text(tag) {
                Some(text) => fixed(b, tag) == Some(text),
                None => is_older(b) && table.is_some_and(|table| has_all(b, table)),
            }),
            None => branches.first(),
        };
        if let Some(branch) = chosen {
            collect(root, branch, &mut views);
        }
    }
    views
}

/// `schema` and everything it refers to that holds as well.
fn collect<'s>(root: &'s Value, schema: &'s Value, views: &mut Vec<&'s Value>) {
    // No type of ours nests references as deep; one that refers to itself ends here.
    if views.len() > 32 {
        return;
    }
    views.push(schema);
    if let Some(target) = schema.get("$ref").and_then(Value::as_str)
        && let Some(target) = root.pointer(target.trim_start_matches('#'))
    {
        collect(root, target, views);
    }
    for part in schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        collect(root, part, views);
    }
}

/// Whether a value of shape `have` may stand where `want` is asked for.
fn fits(want: Shape, have: Shape) -> bool {
    want == have || (want == Shape::Number && have == Shape::Integer)
}

/// The shapes a view allows; none where it does not say.
fn wanted(view: &Value) -> Vec<Shape> {
    let shape = |name: &str| match name {
        "string" => Some(Shape::Text),
        "integer" => Some(Shape::Integer),
        "number" => Some(Shape::Number),
        "boolean" => Some(Shape::Bool),
        "array" => Some(Shape::Array),
        "object" => Some(Shape::Table),
        _ => None,
    };
    match view.get("type") {
        Some(Value::String(name)) => shape(name).into_iter().collect(),
        Some(Value::Array(names)) => names.iter().filter_map(|n| shape(n.as_str()?)).collect(),
        _ => Vec::new(),
    }
}

/// The alternatives of a view, without `null`; `None` where there are none.
fn branches(view: &Value) -> Option<Vec<&Value>> {
    let list = view.get("oneOf").or_else(|| view.get("anyOf"))?.as_array()?;
    let some = |branch: &&Value| branch.get("type").and_then(Value::as_str) != Some("null");
    Some(list.iter().filter(some).collect())
}

/// The key by which tables of a kind are told apart: one with a fixed text in every alternative that is no older form.
fn tag_of<'a>(branches: &[&'a Value]) -> Option<&'a str> {
    let first = branches.first()?.get("properties")?.as_object()?;
    let tag = first
        .keys()
        .find(|key| branches.iter().all(|b| is_older(b) || fixed(b, key).is_some()))?;
    Some(tag.as_str())
}

/// Whether an alternative is an older form: told by the keys it needs, where the one that tells is missing.
fn is_older(branch: &Value) -> bool {
    branch.get("deprecated").and_then(Value::as_bool) == Some(true)
}

/// The keys that an alternative needs.
fn needed(branch: &Value) -> impl Iterator<Item = &str> {
    let needed = branch.get("required").and_then(Value::as_array);
    needed.into_iter().flatten().filter_map(Value::as_str)
}

fn has_all(branch: &Value, table: &DeTable<'_>) -> bool {
    needed(branch).all(|key| table.contains_key(key))
}

fn fixed<'a>(branch: &'a Value, key: &str) -> Option<&'a str> {
    branch.get("properties")?.get(key)?.get("const")?.as_str()
}

/// The texts a view allows by name.
fn texts(view: &Value) -> Vec<&str> {
    let list = view.get("enum").and_then(Value::as_array).into_iter().flatten();
    list.chain(view.get("const")).filter_map(Value::as_str).collect()
}

/// Whether a view allows any text.
fn takes_any_text(view: &Value) -> bool {
    wanted(view).contains(&Shape::Text) && texts(view).is_empty()
}
