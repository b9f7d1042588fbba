//! Texts under keys: what the last session had in front of it, and the known titles.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use crate::model::Catalogue;

pub(super) fn put(connection: &Connection, key: &str, json: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO state (key, json) VALUES (?1, ?2)")?
        .execute((key, json))?;
    Ok(())
}

pub(super) fn get(connection: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT json FROM state WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

pub(super) fn save_catalogue(
    connection: &Connection,
    service: &str,
    catalogue: &Catalogue,
) -> Result<(), StoreError> {
    let json = serde_json::to_string(catalogue)?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO catalogue (service, json) VALUES (?1, ?2)")?
        .execute((service, json))?;
    Ok(())
}

pub(super) fn catalogue(connection: &Connection, service: &str) -> Result<Catalogue, StoreError> {
    let mut statement = connection.prepare_cached("SELECT json FROM catalogue WHERE service = ?1")?;
    let json: Option<String> = statement.query_row([service], |row| row.get(0)).optional()?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
}
