//! Writing runs: what was asked for at a time, and what came of it.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::StoreError;
use crate::model::{
    Cell, CellBlock, ColumnKey, Failure, Gamertag, PlayerRef, RowState, UnixMillis, ValueRef, WireForm,
};

/// Tells one run from all others, also from those long gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RunId(pub(super) i64);

/// States of a row, as stored.
pub(super) mod row_state {
    pub(in crate::store) const KNOWN: i64 = 1;
    pub(in crate::store) const FAILED: i64 = 2;
    pub(in crate::store) const DUPLICATE: i64 = 3;
}

/// States of a cell, as stored.
pub(super) mod cell_state {
    pub(in crate::store) const VALUE: i64 = 0;
    pub(in crate::store) const NO_VALUE: i64 = 1;
    pub(in crate::store) const FAILED: i64 = 2;
    pub(in crate::store) const NOT_ASKED: i64 = 3;
}

/// Forms of a value; the place in here is what is stored.
pub(super) const FORMS: [WireForm; 4] = [WireForm::String, WireForm::Number, WireForm::Bool, WireForm::Other];

const PUT_ROW: &str = "INSERT INTO run_row (run, idx, asked_xuid, asked_gamertag) VALUES (?1, ?2, ?3, ?4)";

const PUT_COLUMN: &str = "INSERT INTO run_column (run, idx, scid, stat) VALUES (?1, ?2, ?3, ?4)";

const SET_ROW: &str = "
    UPDATE run_row SET state = ?3, xuid = ?4, gamertag = ?5, classic_gamertag = ?6, gamerscore = ?7,
        failure = ?8, duplicate_of = ?9
    WHERE run = ?1 AND idx = ?2";

const PUT_CELL: &str = "
    INSERT OR REPLACE INTO cell (run, col, row, state, form, type, text, failure)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

const PUT_FAILURE: &str = "
    INSERT INTO failure (run, status, reason, advice, detail, remedy, causes)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

pub(super) fn begin(
    connection: &mut Connection,
    service: &str,
    players: &[PlayerRef],
    columns: &[ColumnKey],
    at: UnixMillis,
) -> Result<RunId, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction
        .prepare_cached("INSERT INTO run (service, started) VALUES (?1, ?2)")?
        .execute((service, at.0))?;
    let run = transaction.last_insert_rowid();
    {
        let mut put_row = transaction.prepare_cached(PUT_ROW)?;
        for (index, player) in players.iter().enumerate() {
            let (xuid, gamertag) = match player {
                PlayerRef::Xuid(xuid) => (Some(xuid.0.cast_signed()), None),
                PlayerRef::Gamertag(gamertag) => (None, Some(gamertag.as_str())),
            };
            put_row.execute((run, stored(index), xuid, gamertag))?;
        }
        let mut put_column = transaction.prepare_cached(PUT_COLUMN)?;
        for (index, key) in columns.iter().enumerate() {
            put_column.execute((run, stored(index), key.scid.as_str(), key.stat.as_str()))?;
        }
    }
    transaction.commit()?;
    Ok(RunId(run))
}

pub(super) fn save_rows(
    connection: &mut Connection,
    run: RunId,
    rows: &[(usize, RowState)],
) -> Result<(), StoreError> {
    let Some(transaction) = begin_change(connection, run)? else { return Ok(()) };
    for (row, state) in rows {
        save_row(&transaction, run, stored(*row), state)?;
    }
    Ok(transaction.commit()?)
}

fn save_row(transaction: &Transaction<'_>, run: RunId, row: i64, state: &RowState) -> Result<(), StoreError> {
    let mut set_row = transaction.prepare_cached(SET_ROW)?;
    let no = None::<i64>;
    match state {
        RowState::LookingUp => set_row.execute((run.0, row, 0, no, no, no, no, no, no))?,
        RowState::Known(player) => set_row.execute((
            run.0,
            row,
            row_state::KNOWN,
            player.xuid.0.cast_signed(),
            player.gamertag.as_ref().map(Gamertag::as_str),
            player.classic_gamertag.as_ref().map(Gamertag::as_str),
            player.gamerscore.map(u64::cast_signed),
            no,
            no,
        ))?,
        RowState::Failed(failure) => {
            let failure = put_failure(transaction, run, failure)?;
            set_row.execute((run.0, row, row_state::FAILED, no, no, no, no, failure, no))?
        }
        RowState::DuplicateOf(of) => {
            set_row.execute((run.0, row, row_state::DUPLICATE, no, no, no, no, no, stored(*of)))?
        }
    };
    Ok(())
}

pub(super) fn save_cells(
    connection: &mut Connection,
    run: RunId,
    block: &CellBlock,
) -> Result<(), StoreError> {
    let Some(transaction) = begin_change(connection, run)? else { return Ok(()) };
    check_places(&transaction, run, block)?;
    {
        let mut put_cell = transaction.prepare_cached(PUT_CELL)?;
        // Cells of one request share one failure, mostly one after the other.
        let mut last_failure: Option<(&Arc<Failure>, i64)> = None;
        let no = None::<i64>;
        for (column, cells) in &block.columns {
            let column = stored(*column);
            for (from, row) in block.rows.iter().enumerate() {
                let row = stored(*row);
                match cells.cell(from) {
                    Cell::Pending => {}
                    Cell::Value(ValueRef { text, form, stat_type, .. }) => {
                        let form = FORMS.iter().position(|known| *known == form).map(stored);
                        let state = cell_state::VALUE;
                        put_cell.execute((run.0, column, row, state, form, stat_type.as_str(), text, no))?;
                    }
                    Cell::NoValue => {
                        put_cell.execute((run.0, column, row, cell_state::NO_VALUE, no, no, no, no))?;
                    }
                    Cell::NotAsked => {
                        put_cell.execute((run.0, column, row, cell_state::NOT_ASKED, no, no, no, no))?;
                    }
                    Cell::Failed(failure) => {
                        let id = match last_failure {
                            Some((last, id)) if Arc::ptr_eq(last, failure) => id,
                            _ => put_failure(&transaction, run, failure)?,
                        };
                        last_failure = Some((failure, id));
                        put_cell.execute((run.0, column, row, cell_state::FAILED, no, no, no, id))?;
                    }
                }
            }
        }
    }
    replace_earlier(&transaction, run)?;
    Ok(transaction.commit()?)
}

/// Refuses cells that stand outside of the run's table. Asked once a block, since asking for each cell
/// takes longer than writing it.
fn check_places(transaction: &Transaction<'_>, run: RunId, block: &CellBlock) -> Result<(), StoreError> {
    let last = "SELECT (SELECT max(idx) FROM run_row WHERE run = ?1),
        (SELECT max(idx) FROM run_column WHERE run = ?1)";
    let (last_row, last_column): (Option<i64>, Option<i64>) =
        transaction.prepare_cached(last)?.query_row([run.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let row = block.rows.iter().copied().max().map(stored);
    let column = block.columns.iter().map(|(column, _)| stored(*column)).max();
    if row > last_row || column > last_column {
        return Err(StoreError::Outside);
    }
    Ok(())
}

pub(super) fn end(connection: &mut Connection, run: RunId, at: UnixMillis) -> Result<(), StoreError> {
    let Some(transaction) = begin_change(connection, run)? else { return Ok(()) };
    transaction.prepare_cached("UPDATE run SET ended = ?2 WHERE id = ?1")?.execute((run.0, at.0))?;
    let any_failed = "SELECT EXISTS (SELECT 1 FROM run_row WHERE run = ?1 AND state = ?2)";
    let some_failed: bool =
        transaction.prepare_cached(any_failed)?.query_row((run.0, row_state::FAILED), |row| row.get(0))?;
    // Players that could not be found are results too, where no cell came to replace the run before.
    if some_failed {
        replace_earlier(&transaction, run)?;
    }
    Ok(transaction.commit()?)
}

/// Begins a transaction, `None` when the run is gone because a later one replaced it.
fn begin_change(connection: &mut Connection, run: RunId) -> Result<Option<Transaction<'_>>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let known = transaction
        .prepare_cached("SELECT 1 FROM run WHERE id = ?1")?
        .query_row([run.0], |_| Ok(()))
        .optional()?;
    Ok(known.map(|()| transaction))
}

/// Makes this the run of its service that is read back, and deletes those before it.
fn replace_earlier(transaction: &Transaction<'_>, run: RunId) -> Result<(), StoreError> {
    let newly_filled = transaction
        .prepare_cached("UPDATE run SET filled = 1 WHERE id = ?1 AND filled = 0")?
        .execute([run.0])?;
    if newly_filled > 0 {
        let delete = "DELETE FROM run WHERE id < ?1 AND service = (SELECT service FROM run WHERE id = ?1)";
        transaction.prepare_cached(delete)?.execute([run.0])?;
    }
    Ok(())
}

/// A place in a table, as an integer of the database.
fn stored(index: usize) -> i64 {
    index.try_into().unwrap_or(i64::MAX)
}

fn put_failure(transaction: &Transaction<'_>, run: RunId, failure: &Failure) -> Result<i64, StoreError> {
    let remedy = serde_json::to_string(&failure.remedy)?;
    let Failure { status, reason, causes, advice, detail, remedy: _ } = failure;
    let causes = if causes.is_empty() { None } else { Some(serde_json::to_string(causes)?) };
    let row = (run.0, status, reason, advice, detail, remedy, causes);
    transaction.prepare_cached(PUT_FAILURE)?.execute(row)?;
    Ok(transaction.last_insert_rowid())
}
