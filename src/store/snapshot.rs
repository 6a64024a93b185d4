//! A snapshot of the state: what the next start need not fold again. Disposable: one that cannot be read, was made in
//! another form or with another stay, or is not the one that an entry vouches for, is as good as none.
//!
//! Form: the checksum, the header's and the lines' length, a line of JSON a thing, with what happened to it in lines that
//! begin with a blank, then the past in 32 bytes a stream.

use crate::domain::fact::pool::Pool;
use crate::domain::ledger::Tip;
use crate::domain::state::{Bygone, Bygones, Fold, Parts, State, StreamKey};
use crate::domain::time::{Moment, Span};
use crate::store::rows::{notice, whole};
use flate2::Crc;
use serde::{Deserialize, Serialize};
use std::thread;

/// Grows whenever anything about the form changes.
const FORM: u32 = 13;

/// Bytes of things that are worth a thread.
const WORTH: usize = 1 << 20;

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    form: u32,
    stay: Option<i64>,
    genesis: [u8; 32],
    room: u32,
    alarms: usize,
    cases: usize,
    tasks: usize,
    likes: usize,
    declared: usize,
    forecasts: usize,
    notices: usize,
    blocks: usize,
    shifts: usize,
    reports: usize,
}

impl Header {
    fn of(state: &State) -> Self {
        Self {
            form: FORM,
            stay: state.stay.map(Span::ms),
            genesis: state.genesis,
            room: state.room,
            alarms: state.alarms.len(),
            cases: state.cases.len(),
            tasks: state.tasks.len(),
            likes: state.likes.len(),
            declared: state.declared.len(),
            forecasts: state.forecasts.len(),
            notices: state.notices.len(),
            blocks: state.blocks.len(),
            shifts: state.shifts.len(),
            reports: state.reports.len(),
        }
    }

    fn is_of(&self, stay: Option<Span>) -> bool {
        self.form == FORM && self.stay == stay.map(Span::ms)
    }
}

/// The bytes of a snapshot of `state`, which is at `tip`.
pub(super) fn write(state: &State, tip: &Tip) -> Vec<u8> {
    let header = Header::of(state);
    let mut lines = serde_json::to_vec(&header).expect("a header has text keys and plain values only");
    lines.push(b'\n');
    state
        .alarms
        .values()
        .for_each(|alarm| whole::write_alarm(alarm, &mut lines));
    state
        .cases
        .values()
        .for_each(|case| whole::write_case(case, &mut lines));
    state
        .tasks
        .values()
        .for_each(|task| whole::write_task(task, &mut lines));
    for (like, (at, case)) in &state.likes {
        whole::write_like(like, *at, case, &mut lines);
    }
    for declared in state.declared.values() {
        whole::write_declared(declared, &mut lines);
    }
    for forecast in state.forecasts.values() {
        whole::write_forecast(forecast, &mut lines);
    }
    state
        .notices
        .values()
        .for_each(|one| notice::write_notice(one, &mut lines));
    state
        .blocks
        .iter()
        .for_each(|(way, block)| whole::write_block(way, block, &mut lines));
    state
        .shifts
        .values()
        .for_each(|shift| whole::write_shift(shift, &mut lines));
    state
        .reports
        .iter()
        .for_each(|(key, issued)| whole::write_issued(key, issued, &mut lines));
    let mut body = (lines.len() as u64).to_le_bytes().to_vec();
    body.append(&mut lines);
    for (key, bygone) in state.past.rows() {
        body.extend_from_slice(&key);
        body.extend_from_slice(&bygone.version.to_le_bytes());
        body.extend_from_slice(&bygone.occurrences.to_le_bytes());
        body.extend_from_slice(&bygone.first_seen.ms().to_le_bytes());
    }
    let mut whole = checksum(tip, &body).to_le_bytes().to_vec();
    whole.append(&mut body);
    whole
}

/// What was written at `tip`, to be folded on; `None` for what is of another form or stay. Whether these are the bytes that were
/// written is told by whoever vouches for them.
pub(super) fn read(bytes: &[u8], tip: &Tip, stay: Option<Span>) -> Option<Fold> {
    let (header, mut things, past) = opened(bytes).filter(|(header, ..)| header.is_of(stay))?;
    let pool = &mut Pool::default();
    let parts = Parts {
        stay,
        tip: *tip,
        genesis: header.genesis,
        room: header.room,
        alarms: shared(&things.some(header.alarms), whole::read_alarm)?,
        cases: shared(&things.some(header.cases), whole::read_case)?,
        tasks: shared(&things.some(header.tasks), whole::read_task)?,
        likes: (0..header.likes)
            .map(|_| whole::read_like(things.next()?).ok())
            .collect::<Option<_>>()?,
        declared: (0..header.declared)
            .map(|_| whole::read_declared(things.next()?, pool).ok())
            .collect::<Option<_>>()?,
        forecasts: (0..header.forecasts)
            .map(|_| whole::read_forecast(things.next()?).ok())
            .collect::<Option<_>>()?,
        notices: (0..header.notices)
            .map(|_| notice::read_notice(things.next()?, pool).ok())
            .collect::<Option<_>>()?,
        blocks: (0..header.blocks)
            .map(|_| whole::read_block(things.next()?).ok())
            .collect::<Option<_>>()?,
        shifts: (0..header.shifts)
            .map(|_| whole::read_shift(things.next()?, pool).ok())
            .collect::<Option<_>>()?,
        reports: (0..header.reports)
            .map(|_| whole::read_issued(things.next()?, pool).ok())
            .collect::<Option<_>>()?,
        past: Bygones::new(past_of(past)?),
    };
    Some(Fold::of(parts))
}

/// Whether these bytes are of the form of today and of that stay.
pub(super) fn is_of(bytes: &[u8], stay: Option<Span>) -> bool {
    opened(bytes).is_some_and(|(header, ..)| header.is_of(stay))
}

/// Things in their lines, one behind the other.
struct Things<'a>(&'a str);

impl<'a> Iterator for Things<'a> {
    type Item = &'a str;

    /// A line and those after it that begin with a blank.
    fn next(&mut self) -> Option<&'a str> {
        let mut ends = self.0.match_indices('\n').map(|(at, _)| at + 1);
        let is_last = |end: &usize| self.0.as_bytes().get(*end) != Some(&b' ');
        let (thing, rest) = self.0.split_at(ends.find(is_last)?);
        self.0 = rest;
        Some(thing)
    }
}

impl<'a> Things<'a> {
    fn some(&mut self, count: usize) -> Vec<&'a str> {
        self.by_ref().take(count).collect()
    }
}

/// The header, the things after it, and the past.
fn opened(bytes: &[u8]) -> Option<(Header, Things<'_>, &[u8])> {
    let (_, body) = bytes.split_first_chunk::<4>()?;
    let (length, body) = body.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (lines, past) = body.split_at_checked(length)?;
    let mut things = Things(std::str::from_utf8(lines).ok()?);
    let header = serde_json::from_str(things.next()?).ok()?;
    Some((header, things, past))
}

/// Whether these are the bytes that were written at `tip`.
pub(super) fn is_whole(bytes: &[u8], tip: &Tip) -> bool {
    let parts = bytes.split_first_chunk::<4>();
    parts.is_some_and(|(sum, body)| u32::from_le_bytes(*sum) == checksum(tip, body))
}

/// Reads things on as many threads as they are worth, in order. Fewer than were written are none.
fn shared<T: Send>(things: &[&str], read: fn(&str, &mut Pool) -> Result<T, String>) -> Option<Vec<T>> {
    let read_all = |things: &[&str]| -> Option<Vec<T>> {
        let mut pool = Pool::default();
        things.iter().map(|thing| read(thing, &mut pool).ok()).collect()
    };
    let worth = things.iter().map(|thing| thing.len()).sum::<usize>() / WORTH;
    let threads = thread::available_parallelism().map_or(1, usize::from).min(worth);
    if threads < 2 {
        return read_all(things);
    }
    thread::scope(|scope| {
        let parts: Vec<_> = things
            .chunks(things.len().div_ceil(threads))
            .map(|part| scope.spawn(move || read_all(part)))
            .collect();
        let mut all = Vec::with_capacity(things.len());
        for part in parts {
            all.append(&mut part.join().ok()??);
        }
        Some(all)
    })
}

fn past_of(bytes: &[u8]) -> Option<Vec<(StreamKey, Bygone)>> {
    let (rows, rest) = bytes.as_chunks::<32>();
    rest.is_empty().then_some(())?;
    rows.iter().map(|row| past_row(row)).collect()
}

fn past_row(row: &[u8]) -> Option<(StreamKey, Bygone)> {
    let (key, row) = row.split_first_chunk::<16>()?;
    let (version, row) = row.split_first_chunk::<4>()?;
    let (occurrences, row) = row.split_first_chunk::<4>()?;
    let (first_seen, _) = row.split_first_chunk::<8>()?;
    let bygone = Bygone {
        version: u32::from_le_bytes(*version),
        occurrences: u32::from_le_bytes(*occurrences),
        first_seen: Moment::from_ms(i64::from_le_bytes(*first_seen)),
    };
    Some((*key, bygone))
}

/// Tells apart what a disk damaged; what a person changed is told apart by the entry that vouches for the bytes.
fn checksum(tip: &Tip, body: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(&tip.seq.to_le_bytes());
    crc.update(&tip.hash);
    crc.update(body);
    crc.sum()
}
