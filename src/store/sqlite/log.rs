//! The write-ahead log: brought into the file in a quiet moment, and given room beforehand. A commit that writes over
//! what is there is done in half the time of one that makes the log longer, for which the file system keeps books.

use crate::store::sqlite::rights::beside;
use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::TransactionBehavior;
use std::fs::OpenOptions;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::path::Path;

/// How many pages the log may hold before it is brought into the file.
pub(super) const PAGES: u32 = 4000;

/// Room for them in bytes: a page, its head of 24, and the log's own of 32.
const ROOM: u64 = PAGES as u64 * (4096 + 24) + 32;

/// Brings everything into the file; the log begins anew and has room.
pub(super) fn tidy(conn: &Connection, path: &Path) -> rusqlite::Result<()> {
    conn.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(RESTART)")?;
    // While nobody else can write: what lies behind the end of the log is nobody's.
    let alone = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    // Without it commits take a little longer.
    make_room(&beside(path, "-wal")).ok();
    alone.rollback()
}

fn make_room(log: &Path) -> io::Result<()> {
    let mut log = OpenOptions::new().write(true).open(log)?;
    let missing = ROOM.saturating_sub(log.seek(SeekFrom::End(0))?);
    if missing > 0 {
        io::copy(&mut io::repeat(0).take(missing), &mut log)?;
        log.sync_all()?;
    }
    Ok(())
}
