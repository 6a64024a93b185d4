//! The tables of the SQLite file, as migrations that are only ever added to.

/// One step a form of the file; `PRAGMA user_version` counts the steps taken. Never change a step that was released.
pub(super) const MIGRATIONS: &[&str] = &[FIRST, PAPERS, DAYS];

/// `PRAGMA application_id`: `LOOK`. A database without it belongs to some other program.
pub(super) const APPLICATION: i64 = 0x4C4F_4F4B;

/// Times are milliseconds since the epoch, values are millionths. `head` repeats the last entry, so that a ledger whose
/// end was cut off is noticed and never continued as if nothing had been there.
const FIRST: &str = "
CREATE TABLE entry(
    seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, nth INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT, seat TEXT,
    kind TEXT NOT NULL, version INTEGER NOT NULL, fact TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_stream ON entry(stream, nth);

CREATE TABLE head(
    one INTEGER PRIMARY KEY CHECK(one = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL
) STRICT;
INSERT INTO head VALUES(1, 0, zeroblob(32));

CREATE TABLE snapshot(
    one INTEGER PRIMARY KEY CHECK(one = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL, body BLOB NOT NULL
) STRICT;

CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE series(
    id INTEGER PRIMARY KEY, point TEXT NOT NULL, quantity TEXT NOT NULL, period TEXT NOT NULL,
    UNIQUE(point, quantity, period)
) STRICT;
CREATE TABLE reading(
    series INTEGER NOT NULL, at INTEGER NOT NULL, value INTEGER, flag INTEGER NOT NULL, source INTEGER NOT NULL,
    kept INTEGER NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY(series, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE superseded(
    series INTEGER NOT NULL, at INTEGER NOT NULL, revision INTEGER NOT NULL, value INTEGER, flag INTEGER NOT NULL,
    source INTEGER NOT NULL, kept INTEGER NOT NULL, PRIMARY KEY(series, at, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reading_corrected AFTER UPDATE ON reading BEGIN
    INSERT INTO superseded(series, at, revision, value, flag, source, kept)
    VALUES(old.series, old.at, old.revision, old.value, old.flag, old.source, old.kept);
END;

CREATE TABLE sighting(
    source TEXT NOT NULL, id TEXT NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY(source, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE memo(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE lease(
    name TEXT PRIMARY KEY, holder TEXT NOT NULL, epoch INTEGER NOT NULL, expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// What was issued, word for word, by the SHA-256 of its text; the ledger says which was issued when. Never changed.
const PAPERS: &str = "
CREATE TABLE paper(digest TEXT PRIMARY KEY, text TEXT NOT NULL, tables TEXT NOT NULL, records TEXT NOT NULL)
STRICT, WITHOUT ROWID;
";

/// Each value stands under the number of the day on which it was received, also once it is corrected. A day is told by its
/// number, not by the clock, which may be set: `lot` says when it began.
const DAYS: &str = "
CREATE TABLE lot(number INTEGER PRIMARY KEY, began INTEGER NOT NULL) STRICT;
ALTER TABLE reading ADD COLUMN lot INTEGER NOT NULL DEFAULT 0;
ALTER TABLE superseded ADD COLUMN lot INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER reading_corrected;
CREATE TRIGGER reading_corrected AFTER UPDATE ON reading BEGIN
    INSERT INTO superseded(series, at, revision, value, flag, source, kept, lot)
    VALUES(old.series, old.at, old.revision, old.value, old.flag, old.source, old.kept, old.lot);
END;
";
