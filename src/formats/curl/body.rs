//! What the body of a request asks for, in either dialect (`XBOX-API.md`, sections 1a and 1b), or in
//! that of a look-up by XUID (section 2).

use serde_json::{Map, Value};

use super::{
    CurlError,
    asked::{BadId, Gathered, LeftOut},
    commas,
};
use crate::model::{Xuid, holds_token};

/// Adds what a body asks for.
///
/// # Errors
/// When it is not JSON, even with its commas put right.
pub(super) fn read(json: &str, gathered: &mut Gathered) -> Result<(), CurlError> {
    let body: Value = serde_json::from_str(json)
        .or_else(|error| serde_json::from_str(&commas::mended(json)).map_err(|_| error))
        .map_err(|error| CurlError::BrokenJson { line: error.line(), column: error.column() })?;
    let Value::Object(body) = body else { return Ok(()) };
    for (key, value) in &body {
        match key.to_ascii_lowercase().as_str() {
            "requestedusers" | "xuids" | "userids" => players(value, gathered),
            "requestedscids" => items(value).for_each(|title| requested_title(title, gathered)),
            "stats" => items(value).for_each(|stat| single_stat(stat, gathered)),
            "groups" => items(value).for_each(|_| gathered.leave_out(LeftOut::Group)),
            "token" if value.as_str().is_some_and(holds_token) => gathered.leave_out(LeftOut::Token),
            _ => {}
        }
    }
    Ok(())
}

/// The items of a list; one that is not in a list stands for itself.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(items) => items.as_slice(),
        Value::Null => &[],
        single => std::slice::from_ref(single),
    }
    .iter()
}

/// XUIDs as strings or as numbers, of which 64 bits stay exact.
fn players(value: &Value, gathered: &mut Gathered) {
    for player in items(value) {
        match (player.as_str(), player.as_u64()) {
            (Some(text), _) => gathered.player(text),
            (None, Some(number)) => gathered.xuid(Xuid(number)),
            (None, None) => gathered.leave_out(LeftOut::Player),
        }
    }
}

/// Dialect A: a SCID and the names of its stats.
fn requested_title(title: &Value, gathered: &mut Gathered) {
    let Some(scid) = field(title, "scid").and_then(Value::as_str) else {
        return gathered.leave_out(LeftOut::Scid(BadId::Form));
    };
    let Some(scid) = gathered.title(scid) else { return };
    for stat in field(title, "requestedstats").into_iter().flat_map(items) {
        match stat.as_str() {
            Some(name) => gathered.stat(&scid, name),
            None => gathered.leave_out(LeftOut::Stat(BadId::Form)),
        }
    }
}

/// Dialect B: a stat, which says of which title it is.
fn single_stat(stat: &Value, gathered: &mut Gathered) {
    let Some(name) = field(stat, "name").and_then(Value::as_str) else {
        return gathered.leave_out(LeftOut::Stat(BadId::Form));
    };
    match field(stat, "scid").and_then(Value::as_str) {
        None => gathered.leave_out(LeftOut::TitleId),
        Some(scid) => {
            if let Some(scid) = gathered.title(scid) {
                gathered.stat(&scid, name);
            }
        }
    }
}

/// A field of an object, whatever the case of its key.
fn field<'v>(value: &'v Value, sought: &str) -> Option<&'v Value> {
    let fields: &Map<String, Value> = value.as_object()?;
    fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(sought)).map(|(_, value)| value)
}
