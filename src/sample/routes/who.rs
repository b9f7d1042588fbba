//! Whom and what a request for stats asks for, as far as it can be told without answering it.

use serde_json::Value;

use super::{call::Call, ids::Who};
use crate::{
    model::{Scid, Xuid},
    sample::faults::Asked,
};

/// Nobody and nothing for requests that are not for stats.
pub(super) fn asked(call: &Call<'_>, body: &[u8]) -> Asked {
    match call {
        Call::Batch => serde_json::from_slice(body).map(|body| of_batch(&body)).unwrap_or_default(),
        Call::Single { who, scid, .. } => {
            let users = match who {
                Who::Xuid(xuid) => vec![*xuid],
                Who::Me | Who::Gamertag(_) => Vec::new(),
            };
            Asked { users, titles: vec![Scid::from_wire(scid)] }
        }
        _ => Asked::default(),
    }
}

/// In the words of both dialects.
fn of_batch(body: &Value) -> Asked {
    let list = |names: &[&str]| -> Vec<Value> {
        names.iter().filter_map(|name| body[name].as_array()).flatten().cloned().collect()
    };
    let xuid = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok()).map(Xuid);
    let scid = |value: &Value| value["scid"].as_str().map(Scid::from_wire);
    Asked {
        users: list(&["requestedusers", "xuids"]).iter().filter_map(xuid).collect(),
        titles: list(&["requestedscids", "groups", "stats"]).iter().filter_map(scid).collect(),
    }
}
