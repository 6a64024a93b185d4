//! Rows out of the bytes of a page, whatever became of the pages around it.

use crate::store::sqlite::salvage::pages::{Pages, long, word};

/// What a page of a tree holds, by its first byte. Tables keep rows in their leaves alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Table,
    Index,
    /// An index between its leaves: each of its rows stands behind the number of a page.
    Inner,
    /// A table between its leaves.
    Bare,
}

impl Form {
    fn of(page: &[u8]) -> Option<Self> {
        match page.first()? {
            13 => Some(Self::Table),
            10 => Some(Self::Index),
            2 => Some(Self::Inner),
            5 => Some(Self::Bare),
            _ => None,
        }
    }
}

/// A value as it stands in a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl Value {
    pub(super) fn int(&self) -> Option<i64> {
        if let Self::Int(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub(super) fn blob(&self) -> Option<&[u8]> {
        if let Self::Blob(bytes) = self {
            Some(bytes)
        } else {
            None
        }
    }
}

/// A row that has not been put together yet.
#[derive(Clone, Debug)]
pub(super) struct Cell<'p> {
    /// Its number, in a table.
    pub(super) rowid: Option<i64>,
    /// What kinds of values it has, by SQLite's numbers.
    pub(super) kinds: Vec<u64>,
    local: &'p [u8],
    total: usize,
    /// The page on which it goes on.
    pub(super) rest: Option<u32>,
}

/// Where the rows of a page stand, and whether all of that is as it must be.
pub(super) fn offsets(page: &[u8]) -> (Option<Form>, Vec<usize>, bool) {
    let Some(form) = Form::of(page) else {
        return (None, Vec::new(), false);
    };
    let first = if matches!(form, Form::Inner | Form::Bare) {
        12
    } else {
        8
    };
    let count = usize::from(word(page, 3).unwrap_or_default());
    let listed: Vec<usize> = (0..count)
        .map_while(|nth| word(page, first + 2 * nth).map(usize::from))
        .collect();
    let behind = first + 2 * count;
    let is_whole = listed.len() == count && listed.iter().all(|at| (behind..page.len()).contains(at));
    (Some(form), listed, is_whole)
}

/// The row that stands there.
pub(super) fn cell(page: &[u8], form: Form, at: usize) -> Option<Cell<'_>> {
    let mut at = match form {
        Form::Table | Form::Index => at,
        Form::Inner => at.checked_add(4)?,
        Form::Bare => return None,
    };
    let total = usize::try_from(number(page, &mut at)?).ok()?;
    let rowid = match form {
        Form::Table => Some(number(page, &mut at)?.cast_signed()),
        Form::Index | Form::Inner | Form::Bare => None,
    };
    let here = local(page.len(), total, form);
    let local = page.get(at..at.checked_add(here)?)?;
    let rest = (here < total).then(|| long(page, at + here)).flatten();
    let kinds = kinds(local)?.0;
    (here == total || rest.is_some()).then_some(Cell {
        rowid,
        kinds,
        local,
        total,
        rest,
    })
}

/// How much of a row of `total` bytes stands in its own page.
fn local(page: usize, total: usize, form: Form) -> usize {
    let share = |part: usize| ((page - 12) * part / 255) - 23;
    let most = if form == Form::Table { page - 35 } else { share(64) };
    if total <= most {
        return total;
    }
    let least = share(32);
    let fits = least + (total - least) % (page - 4);
    if fits <= most { fits } else { least }
}

/// A number in SQLite's own form, one to nine bytes.
pub(super) fn number(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0;
    for nth in 0..9 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if nth == 8 {
            return Some(value << 8 | u64::from(byte));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(value)
}

/// What kinds of values a row has, and where they begin.
fn kinds(row: &[u8]) -> Option<(Vec<u64>, usize)> {
    let mut at = 0;
    let end = usize::try_from(number(row, &mut at)?).ok()?;
    let mut kinds = Vec::new();
    while at < end {
        kinds.push(number(row, &mut at)?);
    }
    (at == end && end <= row.len()).then_some((kinds, end))
}

impl Cell<'_> {
    /// Its values; `None` where it does not go on as it should.
    pub(super) fn values(&self, pages: &Pages) -> Option<Vec<Value>> {
        if self.total > pages.count().saturating_mul(pages.size) {
            return None;
        }
        let mut row = self.local.to_vec();
        let mut rest = self.rest;
        while row.len() < self.total {
            let page = pages.newest(rest?)?;
            rest = long(&page, 0);
            let wanted = (self.total - row.len()).min(page.len() - 4);
            row.extend_from_slice(page.get(4..4 + wanted)?);
        }
        let (kinds, mut at) = kinds(&row)?;
        let values = kinds.iter().map(|kind| value(*kind, &row, &mut at));
        let values = values.collect::<Option<Vec<_>>>()?;
        (at == row.len()).then_some(values)
    }
}

fn value(kind: u64, row: &[u8], at: &mut usize) -> Option<Value> {
    let mut take = |length: usize| {
        let bytes = row.get(*at..at.checked_add(length)?)?;
        *at += length;
        Some(bytes)
    };
    let whole = |bytes: &[u8]| {
        let below = bytes.first().is_some_and(|first| first & 0x80 != 0);
        let from = if below { -1 } else { 0 };
        bytes
            .iter()
            .fold(from, |value: i64, byte| value << 8 | i64::from(*byte))
    };
    match kind {
        0 => Some(Value::Null),
        1..=4 => take(usize::try_from(kind).ok()?).map(|bytes| Value::Int(whole(bytes))),
        5 => take(6).map(|bytes| Value::Int(whole(bytes))),
        6 => take(8).map(|bytes| Value::Int(whole(bytes))),
        8 => Some(Value::Int(0)),
        9 => Some(Value::Int(1)),
        // The store keeps no broken numbers, and ten and eleven are nobody's.
        7 | 10 | 11 => None,
        _ => {
            let bytes = take(usize::try_from((kind - 12) / 2).ok()?)?;
            if kind.is_multiple_of(2) {
                return Some(Value::Blob(bytes.to_vec()));
            }
            Some(Value::Text(std::str::from_utf8(bytes).ok()?.to_owned()))
        }
    }
}
