//! What SQLite says, as a [`StoreError`].

use crate::domain::ledger_fault::LedgerFault;
use crate::domain::text::Clean;
use crate::store::StoreError;
use crate::store::sqlite::rights;
use rusqlite::ffi::ErrorCode;
use std::path::Path;

/// Why a transaction ended early: SQLite's word, or the store's own.
#[derive(Debug)]
pub(super) enum Halt {
    Sql(rusqlite::Error),
    /// SQLite's word on the commit itself.
    Commit(rusqlite::Error),
    Store(StoreError),
}

impl From<rusqlite::Error> for Halt {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// While reading.
pub(super) fn reading(operation: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
    move |error| {
        if is_busy(&error) {
            let by = Clean::default();
            return StoreError::Busy { operation, by };
        }
        let why = error.to_string();
        if is_damage(&error) {
            return StoreError::Damaged { operation, why };
        }
        StoreError::Backend { operation, why }
    }
}

/// While writing: a full, read-only or failing disk is told apart from everything else.
pub(super) fn writing(operation: &'static str, path: &Path) -> impl Fn(Halt) -> StoreError {
    move |halt| match halt {
        Halt::Store(error) => error,
        // The commit may have reached the disk before it failed; not where there was no room for it.
        Halt::Commit(error) if is_unwritable(&error) && !is_full(&error) => {
            let why = named(path, &error);
            StoreError::Unknown { operation, why }
        }
        Halt::Sql(error) | Halt::Commit(error) if is_unwritable(&error) => {
            let why = named(path, &error);
            StoreError::ReadOnly { operation, why }
        }
        Halt::Sql(error) | Halt::Commit(error) if is_busy(&error) => {
            let by = rights::holder(path);
            StoreError::Busy { operation, by }
        }
        Halt::Sql(error) | Halt::Commit(error) => reading(operation)(error),
    }
}

/// What keeps the file at `path` from being written, where SQLite cannot write it.
pub(super) fn named(path: &Path, error: &rusqlite::Error) -> LedgerFault {
    if is_full(error) {
        return LedgerFault::DiskFull;
    }
    rights::missing(path).unwrap_or_else(|| LedgerFault::Said(Clean::new(&error.to_string())))
}

fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

/// Whether the system does not let anything be written now.
pub(super) fn is_unwritable(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
        )
    )
}

/// Whether a page is not what it must be: SQLite says so, or a row is not there or not of the kind that its table takes.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    let is_strange = matches!(
        error,
        rusqlite::Error::QueryReturnedNoRows
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
    );
    is_strange
        || matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        )
}

/// Whether another connection is in the way.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}
