//! Issued papers in SQLite: kept once under the sum of their text, never changed.

use crate::store::Kept;
use crate::store::sqlite::fault::Halt;
use rusqlite::{Connection, OptionalExtension, Transaction};

pub(super) fn file(write: &Transaction<'_>, digest: &str, paper: &Kept) -> Result<(), Halt> {
    write
        .prepare_cached(
            "INSERT INTO paper(digest, text, tables, records) VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute([digest, &paper.text, &paper.tables, &paper.records])?;
    Ok(())
}

pub(super) fn find(conn: &Connection, digest: &str) -> rusqlite::Result<Option<Kept>> {
    conn.prepare_cached("SELECT text, tables, records FROM paper WHERE digest = ?1")?
        .query_row([digest], |row| {
            Ok(Kept {
                text: row.get(0)?,
                tables: row.get(1)?,
                records: row.get(2)?,
            })
        })
        .optional()
}
