//! Texts that come again and again while facts are read (codes, sources, townships, people), kept once.
//!
//! A hundred thousand alarms name a handful of sources; sharing them saves a third of their memory. A text that is not
//! shared is only larger: what a new field holds need not stand here.

use crate::domain::text::Clean;
use std::collections::HashSet;

/// The texts that were met.
#[derive(Debug, Default)]
pub struct Pool(HashSet<Clean>);

/// More texts than this are not of the kind that repeats; the pool starts again.
const MOST: usize = 4096;

impl Pool {
    /// The text, shared with every equal one taken before.
    pub fn take(&mut self, raw: &str) -> Clean {
        if let Some(known) = self.0.get(raw) {
            return known.clone();
        }
        let text = Clean::new(raw);
        self.keep(&text);
        text
    }

    /// The same for a text that was read already.
    pub(super) fn share(&mut self, text: Clean) -> Clean {
        if let Some(known) = self.0.get(text.as_str()) {
            return known.clone();
        }
        self.keep(&text);
        text
    }

    fn keep(&mut self, text: &Clean) {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(text.clone());
    }
}

/// What holds texts that repeat.
pub trait Pooled {
    /// Shares them with every equal one shared before.
    fn share(&mut self, pool: &mut Pool);
}

impl<T: Pooled> Pooled for Option<T> {
    fn share(&mut self, pool: &mut Pool) {
        if let Some(one) = self {
            one.share(pool);
        }
    }
}

impl<T: Pooled> Pooled for Vec<T> {
    fn share(&mut self, pool: &mut Pool) {
        for one in self {
            one.share(pool);
        }
    }
}

impl<A: Pooled, B: Pooled> Pooled for (A, B) {
    fn share(&mut self, pool: &mut Pool) {
        self.0.share(pool);
        self.1.share(pool);
    }
}

/// The fields of a type that repeat.
macro_rules! share {
    ($type:ty: $($field:ident),+) => {
        impl Pooled for $type {
            fn share(&mut self, pool: &mut Pool) {
                $(self.$field.share(pool);)+
            }
        }
    };
}
pub(super) use share;
