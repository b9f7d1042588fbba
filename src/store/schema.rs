//! What is in the database, as the steps that made it so.
//!
//! XUIDs are unsigned and `SQLite`'s integers are signed, so they are stored with the same 64 bits
//! and look negative from 2^63 on.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// Step `n` makes version `n + 1` out of version `n`. Steps are only ever added.
const STEPS: &[&str] = &[FIRST, SECOND, THIRD];

const FIRST: &str = "
CREATE TABLE state (
    key TEXT PRIMARY KEY,
    json TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE catalogue (
    service TEXT PRIMARY KEY,
    json TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE player (
    service TEXT NOT NULL,
    xuid INTEGER NOT NULL,
    gamertag TEXT,
    classic_gamertag TEXT,
    gamerscore INTEGER,
    found_at INTEGER NOT NULL,
    PRIMARY KEY (service, xuid)
) WITHOUT ROWID;

CREATE TABLE player_name (
    service TEXT NOT NULL,
    folded TEXT NOT NULL,
    xuid INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    PRIMARY KEY (service, folded),
    FOREIGN KEY (service, xuid) REFERENCES player (service, xuid) ON DELETE CASCADE
) WITHOUT ROWID;

-- AUTOINCREMENT: a late write for a run that is gone must never meet another.
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER,
    filled INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX run_by_service ON run (service, id);

CREATE TABLE failure (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    status INTEGER,
    reason TEXT NOT NULL,
    advice TEXT NOT NULL,
    detail TEXT,
    remedy TEXT NOT NULL
);
CREATE INDEX failure_by_run ON failure (run);

-- state: 0 looking up, 1 known, 2 failed, 3 duplicate
CREATE TABLE run_row (
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    asked_xuid INTEGER,
    asked_gamertag TEXT,
    state INTEGER NOT NULL DEFAULT 0,
    xuid INTEGER,
    gamertag TEXT,
    classic_gamertag TEXT,
    gamerscore INTEGER,
    failure INTEGER,
    duplicate_of INTEGER,
    PRIMARY KEY (run, idx),
    CHECK ((asked_xuid IS NULL) <> (asked_gamertag IS NULL))
) WITHOUT ROWID;

CREATE TABLE run_column (
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    scid TEXT NOT NULL,
    stat TEXT NOT NULL,
    PRIMARY KEY (run, idx)
) WITHOUT ROWID;

-- state: 0 value, 1 no value, 2 failed, 3 not asked; a pending cell has no row here
-- form: 0 string, 1 number, 2 bool, 3 other
CREATE TABLE cell (
    run INTEGER NOT NULL,
    col INTEGER NOT NULL,
    row INTEGER NOT NULL,
    state INTEGER NOT NULL,
    form INTEGER,
    type TEXT,
    text TEXT,
    failure INTEGER,
    PRIMARY KEY (run, col, row),
    FOREIGN KEY (run, col) REFERENCES run_column (run, idx) ON DELETE CASCADE,
    FOREIGN KEY (run, row) REFERENCES run_row (run, idx) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX cell_by_row ON cell (run, row);
";

const SECOND: &str = "
-- A JSON list of texts; NULL when none were told.
ALTER TABLE failure ADD COLUMN causes TEXT;

-- Requests that count towards a rate limit. AUTOINCREMENT: later requests have greater ids, also
-- after old ones were deleted.
CREATE TABLE spent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    api TEXT NOT NULL,
    taken INTEGER NOT NULL,
    settled INTEGER
);
CREATE INDEX spent_by_service ON spent (service, api, id);
";

const THIRD: &str = "
-- Cells come by the million: each is checked against its run alone, and stands in one tree.
CREATE TABLE cell_of_run (
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    col INTEGER NOT NULL,
    row INTEGER NOT NULL,
    state INTEGER NOT NULL,
    form INTEGER,
    type TEXT,
    text TEXT,
    failure INTEGER,
    PRIMARY KEY (run, col, row)
) WITHOUT ROWID;
INSERT INTO cell_of_run SELECT run, col, row, state, form, type, text, failure FROM cell;
DROP TABLE cell;
ALTER TABLE cell_of_run RENAME TO cell;
";

/// The latest version that is known.
pub(super) fn known_version() -> i64 {
    STEPS.len().try_into().unwrap_or(i64::MAX)
}

/// The version of the database.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", (), |row| row.get(0))
}

/// Brings the database to the latest version, a transaction a step.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    for (step, sql) in (1..).zip(STEPS) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Asked inside the transaction: another process may have taken the step meanwhile.
        if version(&transaction)? < step {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", step)?;
            transaction.commit()?;
        }
    }
    Ok(())
}
