//! The write-ahead log: brought into the file in a quiet moment, and given room beforehand. A commit that writes over
//! what is there is done in half the time of one that makes the log longer, for which the file system keeps books.

use crate::store::beside;
use crate::store::sqlite::place::Place;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs::OpenOptions;
use std::io;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// How many pages the log may hold before it is brought into the file.
pub(super) const PAGES: u32 = 4000;

/// Room for them in bytes: a page, its head of 24, and the log's own of 32.
const ROOM: u64 = PAGES as u64 * (4096 + 24) + 32;

/// So many bytes of it are given at a time: whoever wants to write meanwhile waits for no more.
const PIECE: u64 = 1 << 20;

/// Brings everything into the file; the log begins anew.
pub(super) fn tidy(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(RESTART)")
}

/// Gives the log the next piece of its room, where the files are still those that were opened; whether that was all.
pub(super) fn make_room(conn: &Connection, path: &Path, place: &Place) -> rusqlite::Result<bool> {
    // While nobody else can write: what lies behind the end of the log is nobody's.
    let alone = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    let made = if place.stands().is_ok() {
        lengthen(&beside(path, "-wal"))
    } else {
        Ok(true)
    };
    alone.rollback()?;
    // Without it commits take a little longer.
    Ok(made.unwrap_or(true))
}

fn lengthen(log: &Path) -> io::Result<bool> {
    let mut log = OpenOptions::new().write(true).open(log)?;
    let end = log.seek(SeekFrom::End(0))?;
    let missing = ROOM.saturating_sub(end);
    let piece = missing.min(PIECE);
    if piece > 0 {
        let made = io::copy(&mut io::repeat(0).take(piece), &mut log).and_then(|_| log.sync_all());
        if made.is_err() {
            // What room there is on the disk is needed for other things.
            log.set_len(end)?;
        }
        made?;
    }
    Ok(piece == missing)
}
