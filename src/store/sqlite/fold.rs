//! Folding the ledger on two threads. One reads rows, which only one may do; the other folds entries, which goes in order.
//! To make an entry of a row takes most of the time, so that is done by whichever of the two has any.

use crate::domain::fact::pool::Pool;
use crate::domain::ledger::Entry;
use crate::domain::state::{Fold, State};
use crate::store::StoreError;
use crate::store::rows::Batch;
use crate::store::sqlite::ledger::{COLUMNS, each_row};
use rusqlite::Connection;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::mpsc::{Receiver, SyncSender};
use std::thread;

/// How many rows go from one thread to the other at a time, and how many such batches may wait.
const ROWS: usize = 256;
const AHEAD: usize = 32;
/// With fewer of them waiting, the one that folds has time.
const FEW: usize = 2;

/// What goes from one thread to the other.
enum Ahead {
    /// Still to be understood.
    Rows(Batch),
    /// Understood, or not to be.
    Entries(Result<Vec<Entry>, StoreError>),
}

/// Takes in every entry after what is kept, without keeping them. Of a ledger that has gaps nothing behind the first one.
pub(super) fn fold(conn: &Connection, fold: Fold, has_gaps: bool) -> Result<State, StoreError> {
    let after = fold.tip().seq;
    let waiting = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (give, taken) = mpsc::sync_channel(AHEAD);
        let folding = scope.spawn(|| take(fold, taken, &waiting));
        let mut reading = Reading {
            give,
            waiting: &waiting,
            pool: Pool::default(),
            read: Batch::default(),
        };
        reading.all(conn, after, has_gaps);
        drop(reading);
        folding
            .join()
            .unwrap_or_else(|_| Err(ended("the thread that folds panicked")))
    })
}

fn ended(why: &str) -> StoreError {
    StoreError::Backend {
        operation: "fold the ledger",
        why: why.to_owned(),
    }
}

/// The side that folds. It ends at the first entry that cannot be understood.
fn take(mut fold: Fold, taken: Receiver<Ahead>, waiting: &AtomicUsize) -> Result<State, StoreError> {
    let mut pool = Pool::default();
    for ahead in taken {
        waiting.fetch_sub(1, Ordering::Relaxed);
        let entries = match ahead {
            Ahead::Rows(batch) => batch.entries(&mut pool),
            Ahead::Entries(entries) => entries,
        };
        entries?.iter().for_each(|entry| fold.take(entry));
    }
    Ok(fold.done())
}

/// The side that reads.
struct Reading<'a> {
    give: SyncSender<Ahead>,
    waiting: &'a AtomicUsize,
    pool: Pool,
    read: Batch,
}

impl Reading<'_> {
    fn all(&mut self, conn: &Connection, after: u64, has_gaps: bool) {
        let sql = format!("{COLUMNS} WHERE seq > ?1 ORDER BY seq");
        let mut last = after;
        let done = each_row(conn, &sql, [after.cast_signed()], |row, hash| {
            if !has_gaps || row.seq == last + 1 {
                last = row.seq;
                self.read.push(row, hash);
                if self.read.len() == ROWS {
                    return self.pass();
                }
            }
            Ok(())
        });
        // Where the other side has ended it says why.
        if let Err(why) = self.pass().and(done) {
            self.give(Ahead::Entries(Err(why))).ok();
        }
    }

    /// Passes on what was read, as long as the other side takes it.
    fn pass(&mut self) -> Result<(), StoreError> {
        let batch = std::mem::take(&mut self.read);
        let ahead = if self.waiting.load(Ordering::Relaxed) < FEW {
            Ahead::Rows(batch)
        } else {
            Ahead::Entries(batch.entries(&mut self.pool))
        };
        self.give(ahead)
    }

    fn give(&self, ahead: Ahead) -> Result<(), StoreError> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.give
            .send(ahead)
            .map_err(|_| ended("the thread that folds has ended"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::Fact;
    use crate::domain::fact::alarm::{AlarmFact, Cause};
    use crate::domain::id::AlarmId;
    use crate::domain::ledger::{Draft, Stream};
    use crate::domain::person::Actor;
    use crate::domain::time::Moment;
    use crate::store::{Ledger, OpenMode, Sqlite, Under};

    fn raised(n: u32) -> Draft {
        Draft {
            stream: Stream::Alarm(AlarmId::new(&format!("host/{n}"))),
            expect: 0,
            at: Moment::from_ms(i64::from(n)),
            by: Actor::Desk,
            seat: None,
            fact: Fact::Alarm(AlarmFact::raised(Cause::default())),
        }
    }

    #[test]
    fn whoever_has_time_to_understand_them_it_is_the_same_state_and_the_first_that_cannot_be_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("room.db");
        let mut store = Sqlite::open(&file, OpenMode::ReadWrite).expect("a store");
        let many: Vec<Draft> = (0..20 * ROWS as u32 + 7).map(raised).collect();
        store.append(&many, Under::Anyone).expect("room");
        let mut one_by_one = State::default();
        for entry in store.entries(0, usize::MAX).expect("they can be read") {
            one_by_one.apply(&entry);
        }
        assert_eq!(store.state(None).expect("they can be folded"), one_by_one);
        let other = Connection::open(&file).expect("the file");
        for seq in [3000, 700] {
            let damage = "UPDATE entry SET fact = 'x' WHERE seq = ?1";
            other.execute(damage, [seq]).expect("it can be damaged");
            let found = store.state(None).expect_err("it cannot be understood");
            assert!(
                matches!(found, StoreError::Entry { seq: named, .. } if i64::try_from(named) == Ok(seq)),
                "{found}"
            );
        }
    }
}
