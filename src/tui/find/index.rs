//! A long list made ready for finding: the words of every row, folded once, in one run of bytes.
//!
//! Made by the seat when a filter is opened and thrown away with it: 100,000 rows take some 15 MB.

use crate::tui::find::Find;
use crate::tui::find::Words;
use crate::tui::panel::RowId;
use memchr::memmem::Finder;
use std::sync::Arc;

/// Rows in order with the words that each is found by.
#[derive(Clone, Debug, Default)]
pub struct Index {
    rows: Arc<Vec<RowId>>,
    words: Arc<str>,
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
            words: words.0.into(),
            rows: Arc::new(rows),
        }
    }

    /// The rows that `find` finds, in order.
    pub fn found(&self, find: &Find) -> Arc<Vec<RowId>> {
        if find.is_empty() {
            return Arc::clone(&self.rows);
        }
        let finders: Vec<Finder<'_>> = find.words.iter().map(|word| Finder::new(word.as_str())).collect();
        let mut begin = 0;
        let mut is_found = |end: &usize| {
            let words = self.words.as_bytes().get(begin..*end).unwrap_or_default();
            begin = *end;
            finders.iter().all(|finder| finder.find(words).is_some())
        };
        let rows = self.rows.iter().zip(self.ends.iter());
        let found = rows.filter(|(_, end)| is_found(end)).map(|(id, _)| id.clone());
        Arc::new(found.collect())
    }

    /// How many rows there are, found or not.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Clean;

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
            let one_by_one = rows.iter().filter(|id| find.finds(&[id.text()]));
            assert_eq!(
                *index.found(&find),
                one_by_one.cloned().collect::<Vec<_>>(),
                "{typed}"
            );
        }
    }
}
