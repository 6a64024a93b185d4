//! The pages of one poll, and the proof that all of them were read: the declared total reached, or a short last page and
//! none repeated.

use crate::sources::Cursor;
use serde::{Deserialize, Serialize};

/// What is remembered from page to page of one poll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Pages {
    /// The page that is asked, from 1.
    pub(super) page: u64,
    /// What stood on the pages read, as digests.
    seen: Vec<u64>,
    /// Rows read so far.
    rows: u64,
    /// How many there are, as the first page declared it.
    total: Option<u64>,
}

impl Default for Pages {
    fn default() -> Self {
        Self {
            page: 1,
            seen: Vec::new(),
            rows: 0,
            total: None,
        }
    }
}

/// What one page is within its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// There is another page.
    More,
    /// The list has been read to its end.
    Last,
    /// The upstream gave an earlier page again; nothing on it is new.
    Repeated,
    /// The list changed while it was read.
    Moved,
    /// Fewer rows came than the upstream declares.
    Short,
}

/// A page as it was read.
pub(super) struct Page {
    pub(super) rows: usize,
    pub(super) digest: u64,
    /// How many rows the whole list has, as this page declares it.
    pub(super) total: Option<u64>,
    /// Rows of a full page; `None` where the upstream does not page.
    pub(super) size: Option<u32>,
}

impl Pages {
    pub(super) fn of(cursor: &Cursor) -> Self {
        serde_json::from_value(cursor.clone()).unwrap_or_default()
    }

    /// Takes a page in.
    pub(super) fn turn(&mut self, read: &Page) -> Turn {
        if read.rows > 0 && self.seen.contains(&read.digest) {
            return Turn::Repeated;
        }
        let moved = self.page > 1 && self.total != read.total;
        self.total = read.total;
        self.seen.push(read.digest);
        self.rows += read.rows as u64;
        self.page += 1;
        let full = read.size.is_some_and(|size| read.rows >= size as usize);
        match (read.total, full) {
            _ if moved => Turn::Moved,
            (Some(total), _) if self.rows >= total => Turn::Last,
            (Some(_), false) => Turn::Short,
            (Some(_) | None, true) => Turn::More,
            (None, false) => Turn::Last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(pages: &[(usize, u64, Option<u64>)]) -> Vec<Turn> {
        let mut own = Pages::default();
        let turn = |(rows, digest, total): &(usize, u64, Option<u64>)| {
            own.turn(&Page {
                rows: *rows,
                digest: *digest,
                total: *total,
                size: Some(2),
            })
        };
        pages.iter().map(turn).collect()
    }

    #[test]
    fn a_list_is_whole_when_its_total_is_reached_or_its_last_page_is_short() {
        use Turn::{Last, More, Moved, Repeated, Short};
        assert_eq!(turns(&[(2, 1, None), (1, 2, None)]), [More, Last]);
        assert_eq!(turns(&[(2, 1, None), (0, 2, None)]), [More, Last]);
        assert_eq!(turns(&[(2, 1, Some(4)), (2, 2, Some(4))]), [More, Last]);
        assert_eq!(
            turns(&[(2, 1, None), (2, 2, None), (2, 2, None)]),
            [More, More, Repeated]
        );
        assert_eq!(turns(&[(2, 1, Some(5)), (1, 2, Some(5))]), [More, Short]);
        assert_eq!(turns(&[(2, 1, Some(4)), (2, 2, Some(5))]), [More, Moved]);
    }
}
