//! Out of a document, section by section: each read on its own, so that one wrong section hides no fault of another.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

impl<'a> Check<'a> {
    /// The table `name`, without the values whose shape is wrong; its defaults where the file has none.
    pub fn section<T: DeserializeOwned + Default>(&mut self, name: &str) -> T {
        self.optional(name).unwrap_or_default()
    }

    /// The table `name`, if the file has one.
    pub fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let document = self.document();
        let value = document.root().get(name)?;
        self.read(value, &At::root().key(name))
    }

    /// The tables `[[name]]`, each with its place; one that cannot be used is left out, and was reported.
    pub fn list<T: DeserializeOwned>(&mut self, name: &str) -> Vec<(At, T)> {
        let document = self.document();
        let at = At::root().key(name);
        let array = document.root().get(name).and_then(|v| v.get_ref().as_array());
        let items = array.into_iter().flat_map(|array| array.iter().enumerate());
        let mut out = Vec::new();
        for (n, item) in items {
            let here = at.nth(n);
            if let Some(read) = self.read(item, &here) {
                out.push((here, read));
            }
        }
        out
    }

    /// Every `id` of the tables `[[name]]` with its table's place, of those too that cannot be used.
    pub fn ids(&self, name: &str) -> Vec<(At, &'a str)> {
        let at = At::root().key(name);
        let array = self
            .document()
            .root()
            .get(name)
            .and_then(|v| v.get_ref().as_array());
        let items = array.into_iter().flat_map(|array| array.iter().enumerate());
        items
            .filter_map(|(n, item)| {
                Some((
                    at.nth(n),
                    item.get_ref().as_table()?.get("id")?.get_ref().as_str()?,
                ))
            })
            .collect()
    }

    /// The options of a kind, out of the table at `at` that they share with others; `None` where something needed is missing,
    /// which the check of the shape reported.
    pub fn own<T: DeserializeOwned>(&mut self, at: &At, table: &toml::Table) -> Option<T> {
        match table.clone().try_into() {
            Ok(read) => Some(read),
            Err(error) => {
                if !self.is_misshapen(at) {
                    self.fault(at, FaultKind::Syntax(error.message().to_owned()));
                }
                None
            }
        }
    }

    fn read<T: DeserializeOwned>(&mut self, value: &Spanned<DeValue<'_>>, at: &At) -> Option<T> {
        let pruned = self.pruned(value, at);
        let whole = pruned.is_none();
        let value = pruned.unwrap_or_else(|| value.clone());
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(read) => Some(read),
            Err(error) => {
                if whole {
                    self.misread(&error, at);
                }
                None
            }
        }
    }

    fn misread(&mut self, error: &toml::de::Error, at: &At) {
        let document = self.document();
        let offset = error.span().map(|span| span.start);
        let kind = FaultKind::Syntax(error.message().to_owned());
        match offset {
            Some(offset) => self.push(document.fault_at(offset, at, kind)),
            None => self.fault(at, kind),
        }
    }

    /// `value` without what the shape's check found wrong in it; `None` where it found nothing.
    fn pruned<'t>(&self, value: &Spanned<DeValue<'t>>, at: &At) -> Option<Spanned<DeValue<'t>>> {
        if !self.is_misshapen(at) {
            return None;
        }
        let inner = match value.get_ref() {
            DeValue::Table(table) => DeValue::Table(self.pruned_table(table, at)),
            DeValue::Array(array) => {
                let kept = array.iter().enumerate().filter_map(|(n, item)| {
                    let here = at.nth(n);
                    (!self.misshapen().contains(&here))
                        .then(|| self.pruned(item, &here).unwrap_or_else(|| item.clone()))
                });
                DeValue::Array(kept.collect())
            }
            other @ (DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)) => other.clone(),
        };
        Some(Spanned::new(value.span(), inner))
    }

    fn pruned_table<'t>(&self, table: &DeTable<'t>, at: &At) -> DeTable<'t> {
        let mut kept = DeTable::new();
        for (key, value) in table {
            let here = at.key(key.get_ref());
            if !self.misshapen().contains(&here) {
                let value = self.pruned(value, &here).unwrap_or_else(|| value.clone());
                kept.insert(key.clone(), value);
            }
        }
        kept
    }
}
