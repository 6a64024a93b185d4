//! A list in the order of its file, in which any row is found by its key at once.
//!
//! Read like a slice. Made once, from the rows; nothing is added later.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Deref;

/// What is found by a key of its own.
pub trait Keyed {
    /// The key's type.
    type Key: Clone + Eq + Hash;

    /// Its key, unique in a register.
    fn key(&self) -> &Self::Key;
}

/// Rows in the order of their file. Of two with one key the first is found.
#[derive(Clone, Debug)]
pub struct Register<T: Keyed> {
    rows: Vec<T>,
    nth: HashMap<T::Key, usize>,
}

impl<T: Keyed> Register<T> {
    /// The row of that key; the cost does not grow with the list.
    pub fn get(&self, key: &T::Key) -> Option<&T> {
        self.rows.get(*self.nth.get(key)?)
    }

    /// Whether there is a row of that key.
    pub fn has(&self, key: &T::Key) -> bool {
        self.nth.contains_key(key)
    }
}

impl<T: Keyed> From<Vec<T>> for Register<T> {
    fn from(rows: Vec<T>) -> Self {
        let mut nth = HashMap::with_capacity(rows.len());
        for (n, row) in rows.iter().enumerate() {
            nth.entry(row.key().clone()).or_insert(n);
        }
        Self { rows, nth }
    }
}

impl<T: Keyed> FromIterator<T> for Register<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Self::from(rows.into_iter().collect::<Vec<T>>())
    }
}

impl<T: Keyed> Default for Register<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T: Keyed + PartialEq> PartialEq for Register<T> {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl<T: Keyed> Deref for Register<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl<'a, T: Keyed> IntoIterator for &'a Register<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}
