//! Damaged files: what SQLite can still read of one is saved, and more; what is saved holds.

use super::*;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::id::{AlarmId, PointId, SourceId};
use crate::domain::ledger::{Draft, Stream};
use crate::domain::person::Actor;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use crate::domain::text::{Clean, hex};
use crate::domain::time::{Moment, Span};
use crate::store::{Kept, Ledger, Readings, Under, beside};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;
use tempfile::TempDir;

const NOON: Moment = Moment::from_ms(1_790_000_000_000);
const ENTRIES: u64 = 260;

/// Hash and fact by number.
type Entries = BTreeMap<u64, (Vec<u8>, String)>;

fn raised(nth: u64) -> Draft {
    // Some are longer than a page.
    let length = if nth.is_multiple_of(40) { 9_000 } else { 60 };
    let cause = Cause {
        title: Clean::new(&format!("{nth} {}", "长".repeat(length / 3))),
        began: NOON,
        ..Cause::default()
    };
    Draft {
        stream: Stream::Alarm(AlarmId::new(&format!("a/{nth}"))),
        expect: 0,
        at: NOON + Span::secs(i64::try_from(nth).unwrap_or_default()),
        by: Actor::Desk,
        seat: None,
        fact: Fact::Alarm(AlarmFact::raised(cause)),
    }
}

fn readings(value: i64) -> Vec<Reading> {
    let hour = |point: u32, nth: i64| Reading {
        point: PointId::new(&format!("point-{point}")),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at: NOON - Span::hours(nth),
        value: Some(Value::whole(value + nth)),
        flag: Flag::Valid,
        source: SourceId::new("air"),
    };
    (0..4)
        .flat_map(|point| (0..300).map(move |nth| hour(point, nth)))
        .collect()
}

/// The bytes of a ledger, and of its log: most entries lie in the file, the last ones in the log.
fn whole() -> &'static (Vec<u8>, Vec<u8>) {
    static WHOLE: OnceLock<(Vec<u8>, Vec<u8>)> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("room.db");
        let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a store");
        let add = |store: &mut Sqlite, from: u64, to: u64| {
            for nth in from..=to {
                store.append(&[raised(nth)], Under::Anyone).expect("stored");
            }
        };
        add(&mut store, 1, 199);
        // The snapshot brings an entry of its own.
        store.keep(&readings(10), NOON).expect("kept");
        store.keep(&readings(20)[..50], NOON).expect("corrected");
        let state = store.state(None).expect("a state");
        store.snapshot(&state, NOON).expect("a snapshot");
        let text = "# A paper".repeat(900);
        let digest = hex(&Sha256::digest(text.as_bytes()));
        let (tables, records) = (String::new(), String::new());
        let paper = Kept {
            text,
            tables,
            records,
        };
        store.file(&digest, &paper).expect("filed");
        store
            .conn
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
            .expect("in the file");
        add(&mut store, 201, ENTRIES);
        let read = |path: &Path| std::fs::read(path).expect("its bytes");
        (read(&path), read(&beside(&path, "-wal")))
    })
}

/// A file of these bytes in a folder of its own, with the log where there is one.
fn file(bytes: &[u8], log: Option<&[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    std::fs::write(&path, bytes).expect("written");
    if let Some(log) = log {
        std::fs::write(beside(&path, "-wal"), log).expect("written");
    }
    (folder, path)
}

/// Entries by number: hash and text, as SQLite reads them row by row.
fn by_sqlite(path: &Path) -> Entries {
    let Ok(conn) = Connection::open(path) else {
        return BTreeMap::new();
    };
    let row = |seq: u64| {
        conn.query_row(
            "SELECT hash, fact FROM entry WHERE seq = ?1",
            [seq.cast_signed()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    };
    (1..=ENTRIES)
        .filter_map(|seq| Some((seq, row(seq).ok()?)))
        .collect()
}

/// Saves it; what was saved, and every entry that came out, in the new ledger or beside it.
fn saved(path: &Path) -> Option<(Salvaged, Entries)> {
    let to = beside(path, ".new");
    let mut all = BTreeMap::new();
    let saved = Sqlite::salvage(path, &to, |row, hash, _| {
        all.insert(row.seq, (hash.to_vec(), row.fact.to_owned()));
        Ok(())
    });
    let saved = saved.ok()?;
    let store = Sqlite::open(&to, OpenMode::ReadOnly).expect("the new ledger opens");
    let audit = store.verify(&mut |_, _| {}).expect("it can be read");
    assert_eq!(
        (audit.broken, audit.good, audit.head),
        (None, saved.kept, saved.head)
    );
    let kept = by_sqlite(&to);
    assert_eq!(kept.len() as u64, saved.kept);
    all.extend(kept);
    Some((saved, all))
}

#[test]
fn of_a_whole_file_everything_is_saved_also_what_lies_in_the_log_alone() {
    let (bytes, log) = whole();
    let (_folder, path) = file(bytes, Some(log));
    let (saved, all) = saved(&path).expect("saved");
    assert!(saved.is_whole(), "{saved:?}");
    assert_eq!(
        (saved.kept, saved.beyond, all.len() as u64),
        (ENTRIES, 0, ENTRIES)
    );
    let beside = &saved.beside;
    assert_eq!(
        (beside.series, beside.readings, beside.older, beside.papers),
        (4, 1200, 50, 1)
    );
    assert_eq!(
        std::fs::read(&path).expect("its bytes"),
        *bytes,
        "it was not touched"
    );
}

/// The pages of a table or index by number, the root first.
fn pages(path: &Path, name: &str) -> Vec<usize> {
    let conn = Connection::open(path).expect("it opens");
    let mut read = conn
        .prepare("SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype <> 'overflow' ORDER BY path")
        .expect("the statistics of pages are built in");
    let pages = read.query_map([name], |row| row.get::<_, i64>(0)).expect("read");
    pages
        .map(|page| usize::try_from(page.expect("a page")).expect("a number"))
        .collect()
}

#[test]
fn a_destroyed_root_or_first_page_takes_nothing_with_it() {
    let (bytes, _) = whole();
    let (_folder, path) = file(bytes, None);
    let roots = ["entry", "entry_stream", "reading"];
    let roots = roots.map(|name| (name, *pages(&path, name).first().expect("a root")));
    for (name, root) in roots.into_iter().chain([("the first page", 1)]) {
        let mut damaged = bytes.clone();
        let from = (root - 1) * 4096;
        damaged[from..from + 4096].fill(0xA5);
        let (_folder, path) = file(&damaged, None);
        let (saved, _) = saved(&path).expect("saved");
        assert_eq!(
            (saved.kept, saved.last, saved.missing.len()),
            (200, 200, 0),
            "{name}"
        );
        assert_eq!(saved.beyond, 0, "{name}");
        // Between its leaves an index keeps rows of its own.
        let least = if name == "reading" { 1180 } else { 1200 };
        assert!(
            (least..=1200).contains(&saved.beside.readings),
            "{name}: {saved:?}"
        );
        assert_eq!(saved.beside.papers, 1, "{name}");
    }
}

#[test]
fn behind_a_page_that_is_gone_the_entries_are_told_and_the_numbers_of_the_missing_ones_said() {
    let (bytes, _) = whole();
    let (_folder, path) = file(bytes, None);
    let leaf = pages(&path, "entry")[3];
    let mut damaged = bytes.clone();
    damaged[(leaf - 1) * 4096..leaf * 4096].fill(0);
    let (_folder, path) = file(&damaged, None);
    let (saved, all) = saved(&path).expect("saved");
    let [(from, to)] = saved.missing.as_slice() else {
        panic!("one gap: {saved:?}");
    };
    assert_eq!(saved.kept, from - 1);
    assert_eq!((saved.beyond, saved.unfit), (200 - to, 0));
    assert_eq!(all.len() as u64, 200 - (to - from + 1));
    assert!(!saved.is_whole());
    // To look at: up to the gap, or where the snapshot lies behind it, all of it.
    let error = StoreError::Damaged {
        operation: "read",
        why: "a page".to_owned(),
    };
    let good = Sqlite::last_good(&path, error).expect("the last good state");
    let state = good.state(None).expect("a state");
    assert_eq!((state.seq, state.alarms.len()), (200, 199), "of the snapshot");
    assert_eq!(good.since(&state.tip(), 10).expect("read"), Vec::new());
    let mut good = good;
    let refused = good.append(&[raised(900)], Under::Anyone);
    let is_refused = matches!(
        refused,
        Err(StoreError::ReadOnly {
            why: LedgerFault::Damaged(_),
            ..
        })
    );
    assert!(is_refused, "{refused:?}");
}

#[test]
fn the_last_good_state_without_a_snapshot_ends_before_the_gap() {
    let (bytes, _) = whole();
    let (_folder, path) = file(bytes, None);
    let leaf = pages(&path, "entry")[3];
    let snapshot = *pages(&path, "snapshot").first().expect("a root");
    let mut damaged = bytes.clone();
    for page in [leaf, snapshot] {
        damaged[(page - 1) * 4096..page * 4096].fill(0);
    }
    let (_folder, path) = file(&damaged, None);
    let kept = saved(&path).expect("saved").0.kept;
    let error = StoreError::Damaged {
        operation: "read",
        why: "a page".to_owned(),
    };
    let good = Sqlite::last_good(&path, error).expect("the last good state");
    let state = good.state(None).expect("a state");
    assert_eq!((state.seq, good.head().expect("a head").seq), (kept, kept));
    assert!(
        good.since(&state.tip(), 10).expect("read").is_empty(),
        "nothing behind the gap"
    );
}

#[test]
fn a_damaged_image_in_the_log_does_not_hide_those_behind_it() {
    let (bytes, log) = whole();
    let mut log = log.clone();
    log[32 + 24 + 2000] ^= 0xff;
    let (_folder, path) = file(bytes, Some(&log));
    let by_sqlite = by_sqlite(&path).len() as u64;
    let (_folder, path) = file(bytes, Some(&log));
    let (saved, _) = saved(&path).expect("saved");
    assert_eq!((by_sqlite, saved.kept), (200, ENTRIES));
}

#[test]
fn a_log_whose_first_sector_is_damaged_is_read_from_behind_it() {
    let (bytes, log) = whole();
    for with in [0, 0xA5] {
        let mut log = log.clone();
        log[..512].fill(with);
        let (_folder, path) = file(bytes, Some(&log));
        let (saved, _) = saved(&path).expect("saved");
        assert_eq!(saved.kept, ENTRIES, "{with}");
    }
}

#[test]
fn what_is_no_ledger_gives_nothing() {
    for bytes in [Vec::new(), b"not a ledger".to_vec(), vec![0; 20_000]] {
        let (_folder, path) = file(&bytes, None);
        assert!(saved(&path).is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/fixtures/salvage-regressions.txt"))),
        ..ProptestConfig::default()
    })]

    /// Whatever is damaged: no panic, the new ledger holds, and every entry that SQLite still reads as it was is there.
    #[test]
    fn nothing_that_can_be_read_is_left_out(
        holes in proptest::collection::vec((any::<prop::sample::Index>(), 1usize..9000, any::<u8>(), any::<bool>()), 1..6),
        with_log in any::<bool>(),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let (bytes, log) = whole();
        let (_folder, path) = file(bytes, with_log.then_some(log));
        let before = by_sqlite(&path);
        let (mut bytes, mut log) = (bytes.clone(), log.clone());
        for (at, length, with, in_log) in holes {
            let into = if in_log && with_log { &mut log } else { &mut bytes };
            let at = at.index(into.len());
            let end = (at + length).min(into.len());
            for byte in &mut into[at..end] {
                *byte = byte.wrapping_mul(31).wrapping_add(with);
            }
        }
        if let Some(cut) = cut {
            let cut = cut.index(bytes.len());
            bytes.truncate(cut);
        }
        let (_folder, path) = file(&bytes, with_log.then_some(&log));
        let out = saved(&path);
        let (_folder, path) = file(&bytes, with_log.then_some(&log));
        let mut readable = by_sqlite(&path);
        readable.retain(|seq, row| before.get(seq) == Some(row));
        let all = out.map(|out| out.1).unwrap_or_default();
        for (seq, row) in readable {
            prop_assert_eq!(all.get(&seq), Some(&row), "entry {}", seq);
        }
    }
}
