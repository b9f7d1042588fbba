//! Reading a run back as the table it was.

use std::{collections::HashMap, sync::Arc};

use rusqlite::{Connection, OptionalExtension, Row, types::Type};

use super::{
    StoreError, players,
    runs::{FORMS, RunId, cell_state, row_state},
};
use crate::model::{
    Column, ColumnKey, Failure, Gamertag, PlayerRef, PlayerRow, Remedy, RowState, Scid, StatName, StatTable,
    UnixMillis, WireValue, Xuid,
};

/// A run, read back.
#[derive(Clone, Debug)]
pub struct StoredRun {
    /// Its values.
    pub table: StatTable,
    /// When it began.
    pub started: UnixMillis,
    /// When it ended; `None` when the program ended before it.
    pub ended: Option<UnixMillis>,
    /// How many cells were never answered because the program ended before.
    pub unanswered: usize,
}

const LAST: &str = "
    SELECT id, started, ended FROM run WHERE service = ?1 AND filled = 1 ORDER BY id DESC LIMIT 1";

const ROWS: &str = "
    SELECT asked_xuid, asked_gamertag, state, failure, duplicate_of,
        xuid, gamertag, classic_gamertag, gamerscore
    FROM run_row WHERE run = ?1 ORDER BY idx";

const COLUMNS: &str = "SELECT scid, stat FROM run_column WHERE run = ?1 ORDER BY idx";

const CELLS: &str = "
    SELECT row, state, form, type, text, failure FROM cell WHERE run = ?1 AND col = ?2 ORDER BY row";

const FAILURES: &str =
    "SELECT id, status, reason, advice, detail, remedy, causes FROM failure WHERE run = ?1";

type Failures = HashMap<i64, Arc<Failure>>;

pub(super) fn last(connection: &mut Connection, service: &str) -> Result<Option<StoredRun>, StoreError> {
    // One transaction, so that another process cannot replace the run half-way.
    let transaction = connection.transaction()?;
    let run = transaction
        .prepare_cached(LAST)?
        .query_row([service], |row| {
            Ok((RunId(row.get(0)?), UnixMillis(row.get(1)?), row.get::<_, Option<i64>>(2)?.map(UnixMillis)))
        })
        .optional()?;
    let Some((run, started, ended)) = run else { return Ok(None) };
    let failures = failures(&transaction, run)?;
    let rows = rows(&transaction, run, &failures)?;
    let columns = columns(&transaction, run, &rows, &failures)?;
    // Cannot be `None`: all columns were made as long as `rows`.
    let mut table = StatTable::from_parts(rows, columns).unwrap_or_default();
    let unanswered = table.counts().pending;
    table.fail_pending(&Arc::new(interrupted()));
    Ok(Some(StoredRun { table, started, ended, unanswered }))
}

fn interrupted() -> Failure {
    Failure {
        status: None,
        reason: "The program ended before it was read".to_owned(),
        causes: Vec::new(),
        advice: "Fetch again".to_owned(),
        detail: None,
        remedy: Remedy::Retry,
    }
}

fn failures(connection: &Connection, run: RunId) -> Result<Failures, StoreError> {
    let mut statement = connection.prepare_cached(FAILURES)?;
    let read = statement.query_map([run.0], |row| {
        let remedy: String = row.get(5)?;
        let causes: Option<String> = row.get(6)?;
        let failure = Failure {
            status: row.get(1)?,
            reason: row.get(2)?,
            // None were told, or before they were kept: the reason remains.
            causes: causes.and_then(|causes| serde_json::from_str(&causes).ok()).unwrap_or_default(),
            advice: row.get(3)?,
            detail: row.get(4)?,
            // A remedy of which only a newer Statlens knows: the words remain.
            remedy: serde_json::from_str(&remedy).unwrap_or(Remedy::None),
        };
        Ok((row.get(0)?, Arc::new(failure)))
    })?;
    Ok(read.collect::<rusqlite::Result<_>>()?)
}

fn rows(connection: &Connection, run: RunId, failures: &Failures) -> Result<Vec<PlayerRow>, StoreError> {
    let mut statement = connection.prepare_cached(ROWS)?;
    let rows = statement.query_map([run.0], |row| {
        let asked = match row.get::<_, Option<i64>>(0)? {
            Some(xuid) => PlayerRef::Xuid(Xuid(xuid.cast_unsigned())),
            None => PlayerRef::Gamertag(Gamertag::from_wire(&row.get::<_, String>(1)?)),
        };
        let state = match row.get(2)? {
            row_state::KNOWN => RowState::Known(players::player(row, 5)?),
            row_state::FAILED => RowState::Failed(failure_at(row, 3, failures)?),
            row_state::DUPLICATE => RowState::DuplicateOf(index_at(row, 4)?),
            _ => RowState::LookingUp,
        };
        Ok(PlayerRow { asked, state })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn columns(
    connection: &Connection,
    run: RunId,
    rows: &[PlayerRow],
    failures: &Failures,
) -> Result<Vec<Column>, StoreError> {
    let mut statement = connection.prepare_cached(COLUMNS)?;
    let keys = statement.query_map([run.0], |row| {
        let (scid, stat): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(ColumnKey { scid: Scid::from_wire(&scid), stat: StatName::from_wire(&stat) })
    })?;
    let keys: Vec<ColumnKey> = keys.collect::<rusqlite::Result<_>>()?;
    let mut columns = Vec::with_capacity(keys.len());
    for (index, key) in (0..).zip(keys) {
        let mut column = Column::new(key, rows.len());
        for (row, player) in rows.iter().enumerate() {
            match &player.state {
                RowState::Failed(failure) => column.set_failed(row, failure),
                RowState::DuplicateOf(_) => {}
                RowState::LookingUp | RowState::Known(_) => column.set_pending(row),
            }
        }
        fill(connection, run, index, &mut column, failures)?;
        columns.push(column);
    }
    Ok(columns)
}

/// Puts the stored cells into a column.
fn fill(
    connection: &Connection,
    run: RunId,
    index: i64,
    column: &mut Column,
    failures: &Failures,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(CELLS)?;
    let mut cells = statement.query((run.0, index))?;
    while let Some(cell) = cells.next()? {
        let row = index_at(cell, 0)?;
        if row >= column.len() {
            return Err(not_known(0).into());
        }
        match cell.get(1)? {
            cell_state::VALUE => {
                let form = *FORMS.get(index_at(cell, 2)?).ok_or_else(|| not_known(2))?;
                let stat_type = text(cell, 3)?;
                column.set_value(row, WireValue { text: text(cell, 4)?, form, stat_type });
            }
            cell_state::NO_VALUE => column.set_no_value(row),
            cell_state::FAILED => column.set_failed(row, &failure_at(cell, 5, failures)?),
            cell_state::NOT_ASKED => {
                let blank = Column::new(column.key().clone(), 1);
                column.copy_cell(row, &blank, 0);
            }
            _ => return Err(not_known(1).into()),
        }
    }
    Ok(())
}

fn text<'a>(row: &'a Row<'_>, index: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(index)?.as_str()?)
}

fn index_at(row: &Row<'_>, index: usize) -> rusqlite::Result<usize> {
    usize::try_from(row.get::<_, i64>(index)?).map_err(|_| not_known(index))
}

fn failure_at(row: &Row<'_>, index: usize, failures: &Failures) -> rusqlite::Result<Arc<Failure>> {
    failures.get(&row.get(index)?).cloned().ok_or_else(|| not_known(index))
}

/// A number that this version never writes in that column.
fn not_known(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, "not a known number".into())
}
