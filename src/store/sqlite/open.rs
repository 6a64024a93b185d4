//! Opening the file: write-ahead log, durability, migrations, and reading where nothing can be written.

use crate::domain::ledger_fault::LedgerFault;
use crate::store::error::of_disk;
use crate::store::sqlite::fault::{is_busy, is_damage, is_unwritable, named, reading};
use crate::store::sqlite::schema::{APPLICATION, MIGRATIONS};
use crate::store::sqlite::{OpenMode, ledger, log, place, rights};
use crate::store::{StoreError, beside};
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How long a writer waits for another one.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// SQLite does not wait by itself while the journal's kind is changed; it is asked again this often, for five times
/// [`PATIENCE`]: several that begin a ledger at once take turns.
const PAUSE: Duration = Duration::from_millis(10);

/// Prepared statements kept.
const STATEMENTS: usize = 64;

pub(super) fn open(path: &Path, mode: OpenMode) -> Result<Connection, StoreError> {
    let marked = place::marked(path);
    if mode == OpenMode::ReadWrite
        && let Some(last) = marked.filter(|_| !path.exists())
    {
        let path = path.to_path_buf();
        return Err(StoreError::Gone { path, last: last.seq });
    }
    // Looked at before anything is opened to write: of a log that is damaged SQLite would leave nothing behind.
    if let Some(last) = marked.filter(|_| mode == OpenMode::ReadWrite)
        && let Ok(conn) = for_reading(path)
    {
        ledger::follows(&conn, &last)?;
    }
    let opened = match mode {
        OpenMode::ReadWrite => for_writing(path),
        OpenMode::ReadOnly => for_reading(path),
    };
    let conn = opened.map_err(|refusal| refusal.told_of(path, mode))?;
    if let Some(last) = marked.filter(|_| mode == OpenMode::ReadWrite) {
        ledger::follows(&conn, &last)?;
    }
    Ok(conn)
}

/// Why a file was not opened.
enum Refusal {
    Sql(rusqlite::Error),
    Newer(u32),
    NotOurs,
    Empty,
    Older,
    Log,
    Folder(std::io::Error),
    /// SQLite opened it to read alone.
    Closed,
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl Refusal {
    fn told_of(self, path: &Path, mode: OpenMode) -> StoreError {
        let operation = "open";
        let why = match &self {
            Self::Sql(error) if mode == OpenMode::ReadWrite && is_unwritable(error) => {
                Some(named(path, error))
            }
            Self::Closed => rights::missing(path).or(Some(LedgerFault::ReadOnlyDisk)),
            Self::Folder(error) => by_kind(path, error),
            Self::Sql(_) | Self::Newer(_) | Self::NotOurs | Self::Empty | Self::Older | Self::Log => None,
        };
        if let Some(why) = why {
            return StoreError::ReadOnly { operation, why };
        }
        let path = path.to_path_buf();
        match self {
            Self::Newer(found) => StoreError::Newer {
                found,
                known: newest(),
            },
            Self::Sql(error) if is_busy(&error) => StoreError::Busy {
                operation,
                by: rights::holder(&path),
            },
            // Where nothing says that there was a ledger, what is no database never was one.
            Self::Sql(error)
                if is_damage(&error) && (is_database(&error) || place::marked(&path).is_some()) =>
            {
                reading(operation)(error)
            }
            Self::Sql(error) => refused(path, error.to_string()),
            // There was a ledger here: what says whose file it is was damaged.
            Self::NotOurs if place::marked(&path).is_some() => StoreError::Damaged {
                operation,
                why: "it no longer says that it is a ledger".to_owned(),
            },
            Self::NotOurs => refused(path, "is a database of another program".to_owned()),
            Self::Empty => refused(path, "holds no ledger yet".to_owned()),
            Self::Older => refused(
                path,
                "was written by an older program; it must be opened for writing once".to_owned(),
            ),
            Self::Log => refused(
                path,
                "its write-ahead log cannot be read while its folder is not writable".to_owned(),
            ),
            Self::Folder(error) => refused(path, error.to_string()),
            Self::Closed => refused(path, "cannot be written".to_owned()),
        }
    }
}

fn is_database(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() != Some(ErrorCode::NotADatabase)
}

/// What keeps the folder from being made.
fn by_kind(path: &Path, error: &std::io::Error) -> Option<LedgerFault> {
    if error.kind() == ErrorKind::PermissionDenied {
        return rights::missing(path);
    }
    of_disk(error)
}

fn refused(path: PathBuf, why: String) -> StoreError {
    StoreError::Open { path, why }
}

fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

fn for_writing(path: &Path) -> Result<Connection, Refusal> {
    rights::prepare(path).map_err(Refusal::Folder)?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    keep_plans(&conn)?;
    if conn.is_readonly("main")? {
        return Err(Refusal::Closed);
    }
    // Before anything is written: a newer or foreign file stays as it is.
    form_of(&conn)?;
    write_ahead(&conn)?;
    conn.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA trusted_schema = OFF;",
    )?;
    conn.pragma_update(None, "wal_autocheckpoint", log::PAGES)?;
    migrate(&mut conn)?;
    Ok(conn)
}

/// Reads a file that may lie where nothing can be written: SQLite wants to write beside a log even to read it, so where
/// there is no log the file is declared unchangeable.
fn for_reading(path: &Path) -> Result<Connection, Refusal> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    let (conn, form) = match form_of(&conn) {
        Err(Refusal::Sql(error)) if is_unwritable(&error) => {
            let conn = unchanging(path, flags)?;
            let form = form_of(&conn)?;
            (conn, form)
        }
        other => (conn, other?),
    };
    if form == 0 {
        return Err(Refusal::Empty);
    }
    if form < newest() {
        return Err(Refusal::Older);
    }
    keep_plans(&conn)?;
    Ok(conn)
}

/// Statements stay as they were planned: else SQLite plans one anew whenever a value given to it might ask for another way,
/// which takes longer than most of them.
fn keep_plans(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn unchanging(path: &Path, flags: OpenFlags) -> Result<Connection, Refusal> {
    if beside(path, "-wal").metadata().is_ok_and(|log| log.len() > 0) {
        return Err(Refusal::Log);
    }
    let escaped = path
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let uri = format!("file:{escaped}?immutable=1");
    Ok(Connection::open_with_flags(
        uri,
        flags | OpenFlags::SQLITE_OPEN_URI,
    )?)
}

/// Copies the whole database, as of one moment, over whatever stands at `to`; durable when it returns.
pub(super) fn copy(from: &Connection, to: &Path) -> rusqlite::Result<()> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    rights::prepare(to).ok();
    let mut conn = Connection::open_with_flags(to, flags)?;
    conn.busy_timeout(PATIENCE)?;
    over(from, &mut conn)?;
    conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)")
}

/// Copies one database over another one.
pub(super) fn over(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    let copy = Backup::new(from, to)?;
    // All at once: nobody can write between two steps.
    copy.run_to_completion(i32::MAX, PAUSE, None)
}

/// An empty ledger in no file of its own: in memory, and where that is not enough in one that has no name.
pub(super) fn aside() -> rusqlite::Result<Connection> {
    let conn = Connection::open("")?;
    for step in MIGRATIONS {
        conn.execute_batch(step)?;
    }
    Ok(conn)
}

/// How many migrations the file has had; refuses one that is newer or not ours.
fn form_of(conn: &Connection) -> Result<u32, Refusal> {
    // All of it as of one moment: another process may be making the file just now.
    let _moment = conn
        .is_autocommit()
        .then(|| conn.unchecked_transaction())
        .transpose()?;
    let pragma = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (form, application) = (pragma("user_version")?, pragma("application_id")?);
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let form = u32::try_from(form).unwrap_or(u32::MAX);
    if application != APPLICATION && (application != 0 || form != 0 || tables != 0) {
        return Err(Refusal::NotOurs);
    }
    if form > newest() {
        return Err(Refusal::Newer(form));
    }
    Ok(form)
}

fn write_ahead(conn: &Connection) -> Result<(), Refusal> {
    let mut pauses = 5 * PATIENCE.as_millis() / PAUSE.as_millis();
    loop {
        let asked = conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match asked {
            Err(error) if is_busy(&error) && pauses > 0 => {
                pauses -= 1;
                thread::sleep(PAUSE);
            }
            other => return other.map(|_| ()).map_err(Refusal::Sql),
        }
    }
}

/// Takes the steps that are missing, each process one after the other; whoever comes second finds them taken.
fn migrate(conn: &mut Connection) -> Result<(), Refusal> {
    if form_of(conn)? == newest() {
        return Ok(());
    }
    let change = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let taken = form_of(&change)?;
    for step in MIGRATIONS.iter().skip(taken as usize) {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", newest())?;
    Ok(change.commit()?)
}
