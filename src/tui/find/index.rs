//! A long list made ready for finding: the words of every row, folded once, in one run of bytes.
//!
//! Made by the seat when a filter is opened and thrown away with it: 100,000 rows take some 15 MB.

use crate::domain::query::{FieldValue, Filterable, Query};
use crate::tui::find::Words;
use crate::tui::view::RowId;
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::Arc;

/// Rows in order with the words that each is found by.
#[derive(Clone, Debug, Default)]
pub struct Index {
    rows: Arc<Vec<RowId>>,
    words: Arc<String>,
    /// Where each row's words end, in bytes.
    ends: Arc<[usize]>,
}

impl Index {
    /// Of `rows`, each with the words that `add` adds for it.
    pub fn new(rows: Vec<RowId>, add: impl Fn(&RowId, &mut Words)) -> Self {
        let mut words = Words::default();
        let mut end_of = |id: &RowId| {
            add(id, &mut words);
            words.0.len()
        };
        let ends = rows.iter().map(&mut end_of).collect();
        Self {
            ends,
            words: Arc::new(words.0),
            rows: Arc::new(rows),
        }
    }

    /// The rows that `query` holds for, in order; `field` gives a row's fields.
    pub fn found<'a>(
        &'a self,
        query: &Query,
        field: impl Fn(&'a RowId, &str) -> Option<FieldValue<'a>>,
    ) -> Arc<Vec<RowId>> {
        if query.is_empty() {
            return Arc::clone(&self.rows);
        }
        let mut begin = 0;
        let rows = self.rows.iter().zip(self.ends.iter()).map(|(id, end)| {
            let words = self.words.get(begin..*end).unwrap_or_default();
            begin = *end;
            (id, words)
        });
        let finders = query.words().map(|words| {
            let finders = words.into_iter().map(Finder::new);
            finders.collect::<Vec<_>>()
        });
        let is_found = |(id, words): &(&'a RowId, &'a str)| match &finders {
            Some(finders) => finders.iter().all(|f| f.find(words.as_bytes()).is_some()),
            None => query.holds(&Indexed {
                id,
                words,
                field: &field,
            }),
        };
        Arc::new(rows.filter(is_found).map(|(id, _)| id.clone()).collect())
    }

    /// How many rows there are, found or not.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks whether it is empty")]
    pub fn len(&self) -> usize {
        self.rows.len()
    }
}

/// A row as a query sees it: its words from the index, its fields from the board.
struct Indexed<'a, 'b, F> {
    id: &'a RowId,
    words: &'a str,
    field: &'b F,
}

impl<'a, F: Fn(&'a RowId, &str) -> Option<FieldValue<'a>>> Filterable for Indexed<'a, '_, F> {
    fn field(&self, key: &str) -> Option<FieldValue<'_>> {
        (self.field)(self.id, key)
    }

    fn haystack(&self) -> Cow<'_, str> {
        self.words.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Clean;
    use crate::tui::find::Find;

    #[test]
    fn an_index_finds_what_looking_at_each_row_finds_in_the_same_order() {
        let titles = [
            "马渚镇 疑似焚烧",
            "Fire at 马渚",
            "",
            "总磷超标 0.42 mg/L",
            "马渚",
        ];
        let rows: Vec<RowId> = titles.iter().map(|t| RowId::Other(Clean::new(t))).collect();
        let index = Index::new(rows.clone(), |id, words| words.add(id.text()));
        for typed in ["", "mz", "马渚", "MZ fire", "zl mg", "渚镇", "0.42mg", "nothing"] {
            let find = Find::new(typed);
            let query = Query::parse(typed).expect("words alone");
            let one_by_one = rows.iter().filter(|id| find.finds(&[id.text()]));
            assert_eq!(
                *index.found(&query, |_, _| None),
                one_by_one.cloned().collect::<Vec<_>>(),
                "{typed}"
            );
        }
    }
}
