//! Requests that count towards a rate limit, noted before they are sent, so that neither a restart
//! nor a second process forgets them.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::StoreError;
use crate::model::{Api, UnixMillis};

/// Tells one spent request from all others; later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpentId(i64);

/// A request that counts towards a rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Which.
    pub id: SpentId,
    /// When it was about to be sent.
    pub taken: UnixMillis,
    /// When it was answered; `None` while it is under way, and for ever when its process ended
    /// before that.
    pub settled: Option<UnixMillis>,
}

/// A request that was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spending {
    /// Which.
    pub id: SpentId,
    /// Requests of other processes that were noted before it and not told yet.
    pub others: Vec<Spent>,
}

/// Up to which request a process was told of others, by service.
#[derive(Debug, Default)]
pub(super) struct Told(Mutex<HashMap<(String, Api), SpentId>>);

impl Told {
    fn until(&self, service: &str, api: Api) -> SpentId {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.get(&(service.to_owned(), api)).copied().unwrap_or(SpentId(0))
    }

    fn set(&self, service: &str, api: Api, until: SpentId) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.insert((service.to_owned(), api), until);
    }
}

/// For how long requests are kept, in milliseconds: twice the longest published window
/// (`XBOX-API.md`, section 4), so that one is still there that was answered late.
const KEPT_FOR: i64 = 600_000;

/// Old requests are deleted with every so many new ones.
const DELETE_EVERY: i64 = 64;

/// How far the clocks of two moments in one file may differ without the clock having been set back.
const CLOCK_SLACK: i64 = 5_000;

const OTHERS: &str = "
    SELECT id, taken, settled FROM spent
    WHERE service = ?1 AND api = ?2 AND id > ?3 AND id < ?4 AND max(taken, coalesce(settled, 0)) >= ?5
    ORDER BY id";

// The clock was set back: what seems to lie ahead has happened already.
const BRING_BACK: &str = "
    UPDATE spent SET taken = min(taken, ?1), settled = min(settled, ?1)
    WHERE taken > ?2 OR settled > ?2";

pub(super) fn spend(
    connection: &mut Connection,
    told: &Told,
    service: &str,
    api: Api,
    at: UnixMillis,
) -> Result<Spending, StoreError> {
    let until = told.until(service, api);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.prepare_cached("INSERT INTO spent (service, api, taken) VALUES (?1, ?2, ?3)")?.execute((
        service,
        api.name(),
        at.0,
    ))?;
    let id = SpentId(transaction.last_insert_rowid());
    if id.0 % DELETE_EVERY == 0 {
        transaction.execute(
            "DELETE FROM spent WHERE max(taken, coalesce(settled, 0)) < ?1",
            [at.0.saturating_sub(KEPT_FOR)],
        )?;
        transaction.execute(BRING_BACK, (at.0, at.0.saturating_add(CLOCK_SLACK)))?;
    }
    let others = read(&transaction, service, api, (until, id), at.0.saturating_sub(KEPT_FOR))?;
    transaction.commit()?;
    told.set(service, api, id);
    Ok(Spending { id, others })
}

pub(super) fn settle(connection: &Connection, id: SpentId, at: UnixMillis) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE spent SET settled = ?2 WHERE id = ?1")?.execute((id.0, at.0))?;
    Ok(())
}

pub(super) fn withdraw(connection: &Connection, id: SpentId) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM spent WHERE id = ?1")?.execute([id.0])?;
    Ok(())
}

pub(super) fn since(
    connection: &mut Connection,
    told: &Told,
    service: &str,
    api: Api,
    since: UnixMillis,
) -> Result<Vec<Spent>, StoreError> {
    // One transaction, so that no process can add one between the two looks.
    let transaction = connection.transaction()?;
    let last: Option<i64> = transaction
        .prepare_cached("SELECT max(id) FROM spent WHERE service = ?1 AND api = ?2")?
        .query_row((service, api.name()), |row| row.get(0))
        .optional()?
        .flatten();
    let spent = read(&transaction, service, api, (SpentId(0), SpentId(i64::MAX)), since.0)?;
    if let Some(last) = last {
        told.set(service, api, SpentId(last));
    }
    Ok(spent)
}

/// The requests strictly between two, taken or answered since a moment.
fn read(
    connection: &Connection,
    service: &str,
    api: Api,
    between: (SpentId, SpentId),
    since: i64,
) -> Result<Vec<Spent>, StoreError> {
    let mut statement = connection.prepare_cached(OTHERS)?;
    let spent = statement.query_map((service, api.name(), between.0.0, between.1.0, since), |row| {
        Ok(Spent {
            id: SpentId(row.get(0)?),
            taken: UnixMillis(row.get(1)?),
            settled: row.get::<_, Option<i64>>(2)?.map(UnixMillis),
        })
    })?;
    Ok(spent.collect::<rusqlite::Result<_>>()?)
}
