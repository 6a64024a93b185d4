//! Writing in SQLite: one immediate transaction at a time, and how long another process is waited for.

use crate::domain::ledger::Entry;
use crate::domain::ledger_fault::LedgerFault;
use crate::store::StoreError;
use crate::store::sqlite::fault::{Halt, is_busy, writing};
use crate::store::sqlite::readings::Known;
use crate::store::sqlite::{Sqlite, ledger, open, rights};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// How often another lookout's lock is waited for again.
const OURS: u32 = 4;
/// How long a program that was found in the way is waited for.
const HURRY: Duration = Duration::from_millis(50);

impl Sqlite {
    /// One immediate transaction. What fails leaves nothing behind.
    pub(super) fn write<T>(
        &mut self,
        operation: &'static str,
        work: impl FnOnce(&Transaction<'_>, &mut Known) -> Result<T, Halt>,
    ) -> Result<T, StoreError> {
        if let Some(why) = self.damaged.clone() {
            return Err(StoreError::ReadOnly { operation, why });
        }
        let (conn, known) = (&self.conn, &mut self.known);
        let begun = begin(conn, &self.path);
        let hurried = begun.as_ref().is_err_and(is_busy);
        if std::mem::replace(&mut self.hurried, hurried) != hurried {
            conn.busy_timeout(if hurried { HURRY } else { open::PATIENCE })
                .ok();
        }
        let run = || {
            let write = begun?;
            let done = work(&write, known)?;
            write.commit().map_err(Halt::Commit)?;
            Ok(done)
        };
        let done = run();
        if done.is_err() {
            self.known.forget();
        }
        done.map_err(writing(operation, &self.path))
    }

    /// Adds entries in one transaction; where its outcome is not known, they are left open.
    pub(super) fn add(
        &mut self,
        operation: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<Vec<Entry>, Halt>,
    ) -> Result<Vec<Entry>, StoreError> {
        if let Some((_, why)) = &self.open {
            let why = LedgerFault::Unknown(Box::new(why.clone()));
            return Err(StoreError::ReadOnly { operation, why });
        }
        let stands = self.place.stands();
        stands.map_err(|why| StoreError::ReadOnly { operation, why })?;
        let (seen, mut made) = (self.seen.get(), Vec::new());
        let done = self.write(operation, |write, _| {
            ledger::follows(write, &seen)?;
            made = work(write)?;
            Ok(())
        });
        if let Err(StoreError::Unknown { why, .. }) = &done {
            self.open = Some((made, why.clone()));
            return done.map(|()| Vec::new());
        }
        if let Some(last) = made.last().filter(|_| done.is_ok()) {
            self.saw(last.tip());
        }
        done.map(|()| made)
    }
}

/// Begins to write. Another lookout is waited for longer than a program that may never let go.
fn begin<'c>(conn: &'c Connection, path: &Path) -> rusqlite::Result<Transaction<'c>> {
    let mut waits = OURS;
    loop {
        match Transaction::new_unchecked(conn, TransactionBehavior::Immediate) {
            Err(error) if is_busy(&error) && waits > 0 && rights::is_ours(&rights::holder(path)) => {
                waits -= 1;
            }
            other => return other,
        }
    }
}
