//! What is found in the images of the pages, by the shape of its rows. No tree is followed and no index is believed: a row
//! whose own bytes are there is found, whatever became of the pages that led to it.
//!
//! Entries prove themselves by the chain, papers by their sum. Rows that were taken out of a page long ago and still stand in
//! its bytes are found as well; of two rows of one place the later revision counts.

use crate::store::sqlite::salvage::cells::{Cell, Form, Value, cell, number, offsets};
use crate::store::sqlite::salvage::pages::{Pages, is_head, long, sizes};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// The kind of a text, of bytes, of 32 bytes, of nothing, by SQLite's numbers.
const HASH: u64 = 12 + 2 * 32;
const NOTHING: u64 = 0;

fn is_text(kind: u64) -> bool {
    kind >= 13 && !kind.is_multiple_of(2)
}

fn is_bytes(kind: u64) -> bool {
    kind >= 12 && kind.is_multiple_of(2)
}

fn is_int(kind: u64) -> bool {
    matches!(kind, 1..=6 | 8 | 9)
}

/// What a row is, by its shape. Tables that share one are told apart where the row is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// An entry of the ledger.
    Entry,
    /// Where the ledger ends.
    Head,
    /// A snapshot of the state.
    Snapshot,
    /// The number of a source.
    Source,
    /// The number of a series.
    Series,
    /// A reading, or what it was before it was corrected.
    Reading,
    /// An issued paper.
    Paper,
}

impl Shape {
    fn of(cell: &Cell<'_>) -> Option<Self> {
        let maybe = |kind: u64| is_text(kind) || kind == NOTHING;
        let is_table = cell.rowid.is_some();
        match (is_table, cell.kinds.as_slice()) {
            (true, [NOTHING, stream, nth, at, by, seat, kind, version, fact, HASH])
                if [*stream, *kind, *fact].into_iter().all(is_text)
                    && [*nth, *at, *version].into_iter().all(is_int)
                    && maybe(*by)
                    && maybe(*seat) =>
            {
                Some(Self::Entry)
            }
            (true, [NOTHING, seq, HASH]) if is_int(*seq) => Some(Self::Head),
            (true, [NOTHING, seq, HASH, body]) if is_int(*seq) && is_bytes(*body) => Some(Self::Snapshot),
            (true, [NOTHING, name]) if is_text(*name) => Some(Self::Source),
            (false, [name, id]) if is_text(*name) && is_int(*id) => Some(Self::Source),
            (true, [NOTHING, names @ ..]) if names.len() == 3 && names.iter().all(|kind| is_text(*kind)) => {
                Some(Self::Series)
            }
            (false, [point, quantity, period, id])
                if [*point, *quantity, *period].into_iter().all(is_text) && is_int(*id) =>
            {
                Some(Self::Series)
            }
            (false, all) if all.len() == 4 && all.iter().all(|kind| is_text(*kind)) => Some(Self::Paper),
            (false, all)
                if matches!(all.len(), 7 | 8) && all.iter().all(|kind| is_int(*kind) || *kind == NOTHING) =>
            {
                Some(Self::Reading)
            }
            _ => None,
        }
    }
}

/// Whether it is worth a closer look: its number of kinds, and the first of them, which is nothing.
fn may_be_entry(page: &[u8], at: usize) -> bool {
    let mut at = at;
    let has_begun = number(page, &mut at).is_some() && number(page, &mut at).is_some();
    let kinds = number(page, &mut at);
    has_begun && kinds.is_some_and(|kinds| (11..=64).contains(&kinds)) && page.get(at) == Some(&0)
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    image: usize,
    at: u16,
}

/// The file's images, and where its entries stand in them.
pub(super) struct Found {
    pages: Pages,
    /// By their numbers; several may claim one.
    pub(super) entries: Vec<(u64, Spot)>,
}

impl Found {
    /// What is found in the file at `path`.
    ///
    /// # Errors
    /// The file may not be read.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let mut best: Option<Self> = None;
        for size in sizes(path) {
            let mut found = Self {
                pages: Pages::of(path, size)?,
                entries: Vec::new(),
            };
            found.entries = found.look_for_entries();
            if best
                .as_ref()
                .is_none_or(|best| best.entries.len() < found.entries.len())
            {
                best = Some(found);
            }
            if best.as_ref().is_some_and(|best| !best.entries.is_empty()) {
                break;
            }
        }
        best.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn look_for_entries(&self) -> Vec<(u64, Spot)> {
        let mut entries = Vec::new();
        for image in 0..self.pages.count() {
            let Some(page) = self.pages.read(image) else {
                continue;
            };
            let (form, listed, mut is_whole) = offsets(&page);
            let listed = if form == Some(Form::Table) {
                listed
            } else {
                Vec::new()
            };
            for at in &listed {
                is_whole &= cell(&page, Form::Table, *at).is_some();
            }
            // Where the page itself no longer says where its rows begin, they are looked for.
            let every = if is_whole {
                listed
            } else {
                (8..page.len()).collect()
            };
            for at in every {
                if !may_be_entry(&page, at) {
                    continue;
                }
                let found = cell(&page, Form::Table, at).filter(|cell| Shape::of(cell) == Some(Shape::Entry));
                let seq = found.and_then(|cell| u64::try_from(cell.rowid?).ok());
                if let (Some(seq), Ok(at)) = (seq.filter(|seq| *seq > 0), u16::try_from(at)) {
                    entries.push((seq, Spot { image, at }));
                }
            }
        }
        entries.sort_unstable();
        entries
    }

    /// The number and values of the entry that stands there.
    pub(super) fn entry(&self, spot: Spot) -> Option<(i64, Vec<Value>)> {
        let page = self.pages.read(spot.image)?;
        let cell = cell(&page, Form::Table, usize::from(spot.at))?;
        Some((cell.rowid?, cell.values(&self.pages)?))
    }

    /// Every row of those shapes, the newest image first.
    pub(super) fn each(&self, shapes: &[Shape], mut take: impl FnMut(Shape, Option<i64>, Vec<Value>)) {
        for image in (0..self.pages.count()).rev() {
            let Some(page) = self.pages.read(image) else {
                continue;
            };
            let (Some(form), listed, _) = offsets(&page) else {
                continue;
            };
            for at in listed {
                let Some(cell) = cell(&page, form, at) else {
                    continue;
                };
                let Some(shape) = Shape::of(&cell).filter(|shape| shapes.contains(shape)) else {
                    continue;
                };
                if let Some(values) = cell.values(&self.pages) {
                    take(shape, cell.rowid, values);
                }
            }
        }
    }

    /// How many pages do not hold what they must: rows that cannot be read, or nothing that a page may be.
    pub(super) fn damaged(&self) -> usize {
        let (mut bad, mut nothing, mut named) = (0, Vec::new(), BTreeSet::new());
        for (number, page) in self.pages.newest_of_each() {
            let Some(page) = page else {
                bad += 1;
                continue;
            };
            let (form, listed, is_whole) = match offsets(&page) {
                // The first page begins with what is said of the file.
                _ if number == 1 => (None, Vec::new(), true),
                told => told,
            };
            let Some(form) = form else {
                nothing.push(number);
                continue;
            };
            let cells = listed.iter().map(|at| {
                (form == Form::Bare)
                    .then_some(None)
                    .or_else(|| cell(&page, form, *at).map(|cell| self.chain(&cell)))
            });
            let chains: Option<Vec<_>> = cells.collect();
            bad += usize::from(!is_whole || chains.is_none());
            named.extend(chains.into_iter().flatten().flatten().flatten());
        }
        named.extend(self.free());
        let has_head = self.pages.newest(1).is_some_and(|page| is_head(&page));
        let lost = nothing
            .iter()
            .filter(|page| **page != 1 && !named.contains(page))
            .count();
        bad + lost + usize::from(!has_head)
    }

    /// The pages on which a row goes on.
    fn chain(&self, cell: &Cell<'_>) -> Option<Vec<u32>> {
        let mut chain = Vec::new();
        let mut next = cell.rest.filter(|page| *page > 0);
        while let Some(page) = next.filter(|_| chain.len() < self.pages.count()) {
            chain.push(page);
            next = long(&self.pages.newest(page)?, 0).filter(|page| *page > 0);
        }
        Some(chain)
    }

    /// The pages that are not in use.
    fn free(&self) -> BTreeSet<u32> {
        let mut free = BTreeSet::new();
        let mut next = self.pages.newest(1).and_then(|head| long(&head, 32));
        while let Some(trunk) = next.filter(|page| *page > 0 && free.insert(*page)) {
            let Some(page) = self.pages.newest(trunk) else {
                break;
            };
            let count = long(&page, 4).unwrap_or_default() as usize;
            free.extend((0..count).map_while(|nth| long(&page, 8 + 4 * nth)));
            next = long(&page, 0);
        }
        free
    }
}
