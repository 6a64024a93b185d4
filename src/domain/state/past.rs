//! What is remembered of things that are no longer in hand: normal alarms, cases and tasks long closed.
//!
//! Years of them must stay known, because their streams go on from their last number when they come back. A few bytes
//! each: the first half of the SHA-256 of the stream's name (no two names have met in 128 bits) and three numbers.

use crate::domain::ledger::Stream;
use crate::domain::time::Moment;
use imbl::OrdMap;
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::iter::Peekable;
use std::sync::Arc;

/// A stream's name, shortened.
pub type StreamKey = [u8; 16];

/// What is remembered of one stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bygone {
    /// Number of its last entry.
    pub version: u32,
    /// How often an alarm was raised; 0 for what is no alarm.
    pub occurrences: u32,
    /// When an alarm was first raised; the epoch for what is no alarm.
    pub first_seen: Moment,
}

/// All of them: a sorted table as it was read back, shared by every clone, and what came since.
#[derive(Clone, Debug, Default)]
pub struct Bygones {
    table: Arc<[(StreamKey, Bygone)]>,
    since: OrdMap<StreamKey, Bygone>,
}

impl Bygones {
    /// From rows as [`Bygones::rows`] gives them. Rows out of order are sorted first.
    pub fn new(mut rows: Vec<(StreamKey, Bygone)>) -> Self {
        if !rows.is_sorted_by(|a, b| a.0 < b.0) {
            rows.sort_by_key(|row| row.0);
            rows.dedup_by_key(|row| row.0);
        }
        Self {
            table: rows.into(),
            since: OrdMap::new(),
        }
    }

    /// What is remembered of `stream`.
    pub fn get(&self, stream: &Stream) -> Option<Bygone> {
        if self.since.is_empty() && self.table.is_empty() {
            return None;
        }
        let key = key_of(stream);
        if let Some(found) = self.since.get(&key) {
            return Some(*found);
        }
        let at = self.table.binary_search_by_key(&key, |row| row.0).ok()?;
        self.table.get(at).map(|row| row.1)
    }

    /// Remembers it.
    pub fn put(&mut self, stream: &Stream, bygone: Bygone) {
        self.since.insert(key_of(stream), bygone);
    }

    /// Everything, by key.
    pub fn rows(&self) -> impl Iterator<Item = (StreamKey, Bygone)> {
        Merged {
            old: self.table.iter().copied().peekable(),
            new: self.since.iter().map(|(key, bygone)| (*key, *bygone)).peekable(),
        }
    }
}

impl PartialEq for Bygones {
    fn eq(&self, other: &Self) -> bool {
        self.rows().eq(other.rows())
    }
}

fn key_of(stream: &Stream) -> StreamKey {
    let sum = Sha256::digest(stream.to_string().as_bytes());
    let mut key = StreamKey::default();
    for (to, from) in key.iter_mut().zip(sum) {
        *to = from;
    }
    key
}

/// Two sorted rows of things as one; where both have a key, the newer counts.
struct Merged<A: Iterator, B: Iterator> {
    old: Peekable<A>,
    new: Peekable<B>,
}

impl<A, B> Iterator for Merged<A, B>
where
    A: Iterator<Item = (StreamKey, Bygone)>,
    B: Iterator<Item = (StreamKey, Bygone)>,
{
    type Item = (StreamKey, Bygone);

    fn next(&mut self) -> Option<Self::Item> {
        let order = match (self.old.peek(), self.new.peek()) {
            (Some(old), Some(new)) => old.0.cmp(&new.0),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        match order {
            Ordering::Less => self.old.next(),
            Ordering::Greater => self.new.next(),
            Ordering::Equal => {
                self.old.next();
                self.new.next()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::AlarmId;

    fn stream(n: u32) -> Stream {
        Stream::Alarm(AlarmId::new(&n.to_string()))
    }

    fn version(version: u32) -> Bygone {
        Bygone {
            version,
            ..Bygone::default()
        }
    }

    #[test]
    fn what_was_read_back_and_what_came_since_are_one() {
        let mut live = Bygones::default();
        for n in 0..100 {
            live.put(&stream(n), version(n));
        }
        let mut back = Bygones::new(live.rows().collect());
        assert_eq!(back, live);
        back.put(&stream(7), version(1000));
        back.put(&stream(500), version(1));
        assert_ne!(back, live);
        live.put(&stream(500), version(1));
        live.put(&stream(7), version(1000));
        assert_eq!(back, live);
        assert_eq!(back.get(&stream(7)), Some(version(1000)));
        assert_eq!(back.get(&stream(8)), Some(version(8)));
        assert_eq!(back.get(&stream(501)), None);
    }

    #[test]
    fn rows_in_any_order_are_found() {
        let mut rows: Vec<_> = (0..50).map(|n| (key_of(&stream(n)), version(n))).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.0));
        let past = Bygones::new(rows);
        assert!((0..50).all(|n| past.get(&stream(n)) == Some(version(n))));
    }
}
