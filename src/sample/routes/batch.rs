//! `POST /batch`, dialect A, contract 1 (`XBOX-API.md`, section 1a).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    ids::{WrittenXuid, read_xuids},
    json,
    refusal::Refusal,
    wire::{Liberties, Sent},
};
use crate::{
    model::Xuid,
    sample::{players::Person, titles::TITLES, world::World},
};

#[derive(Deserialize)]
struct Request {
    requestedusers: Vec<WrittenXuid>,
    requestedscids: Vec<RequestedScid>,
}

#[derive(Deserialize)]
struct RequestedScid {
    scid: String,
    requestedstats: Vec<String>,
}

/// Whom and what a request asks for, each once.
pub(super) struct Asked {
    pub(super) xuids: Vec<Xuid>,
    /// SCIDs with their stats.
    pub(super) scids: Vec<(String, Vec<String>)>,
}

impl Asked {
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        let request: Request = serde_json::from_slice(body)
            .map_err(|_| Refusal::Malformed("The body is not a list of users and service configurations."))?;
        let xuids = read_xuids(&request.requestedusers)?;
        Ok(Self { xuids, scids: asked_by_scid(request.requestedscids) })
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    users: &'a [User],
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum SentXuid {
    Number(u64),
    Text(String),
}

impl SentXuid {
    pub(super) fn of(xuid: Xuid, liberties: Liberties) -> Self {
        if liberties.xuid_is_number() { Self::Number(xuid.0) } else { Self::Text(xuid.to_string()) }
    }
}

/// A user with everything that is sent of them.
#[derive(Serialize)]
pub(super) struct User {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gamertag: Option<String>,
    pub(super) xuid: SentXuid,
    pub(super) scids: Vec<ScidStats>,
}

/// The stats of one SCID.
#[derive(Serialize)]
pub(super) struct ScidStats {
    pub(super) scid: String,
    pub(super) stats: Vec<SentStat>,
}

/// A stat that has a value: others are not sent.
#[derive(Serialize)]
pub(super) struct SentStat {
    pub(super) statname: String,
    #[serde(rename = "type")]
    pub(super) stat_type: &'static str,
    pub(super) value: Sent,
}

/// Every asked stat of every asked SCID for every asked user, as far as there are values.
pub(super) fn users(world: &World, asked: &Asked) -> Result<Vec<User>, Refusal> {
    let (xuids, asked) = (&asked.xuids, &asked.scids);
    let mut users = Vec::with_capacity(xuids.len());
    for xuid in xuids.iter().copied() {
        let Some(person) = world.players().by_xuid(xuid) else {
            let liberties = Liberties::of_nobody(xuid.0);
            if liberties.sends_empty() {
                let xuid = SentXuid::of(xuid, liberties);
                users.push((liberties.place(), User { gamertag: None, xuid, scids: Vec::new() }));
            }
            continue;
        };
        if person.private {
            return Err(Refusal::Private);
        }
        let liberties = Liberties::of(world, person);
        let scids: Vec<_> = asked
            .iter()
            .map(|(scid, names)| scid_stats(world, person, scid, names, liberties))
            .filter(|scid| !scid.stats.is_empty() || liberties.sends_empty())
            .collect();
        let has_values = scids.iter().any(|scid| !scid.stats.is_empty());
        if has_values || liberties.sends_empty() {
            let user = User {
                gamertag: liberties.tells_gamertag().then(|| person.unique_modern()),
                xuid: SentXuid::of(xuid, liberties),
                scids: if has_values { scids } else { Vec::new() },
            };
            users.push((liberties.place(), user));
        }
    }
    users.sort_by_key(|(place, _)| *place);
    Ok(users.into_iter().map(|(_, user)| user).collect())
}

/// The answer that holds these users.
pub(super) fn written(users: &[User]) -> Result<String, Refusal> {
    json(&Answer { users })
}

/// What is asked of each SCID. One that is asked for twice is answered once, with the stats of both.
fn asked_by_scid(requested: Vec<RequestedScid>) -> Vec<(String, Vec<String>)> {
    let mut places = HashMap::new();
    let mut asked: Vec<(String, Vec<String>)> = Vec::new();
    for RequestedScid { scid, requestedstats } in requested {
        let place = *places.entry(scid.clone()).or_insert_with(|| {
            asked.push((scid, Vec::new()));
            asked.len() - 1
        });
        for name in requestedstats {
            if !asked[place].1.contains(&name) {
                asked[place].1.push(name);
            }
        }
    }
    asked
}

/// The values of one SCID. A SCID of other case is another SCID.
pub(super) fn scid_stats(
    world: &World,
    person: &Person,
    scid: &str,
    names: &[String],
    liberties: Liberties,
) -> ScidStats {
    let mut stats = Vec::new();
    if let Some(place) = TITLES.iter().position(|title| title.scid == scid)
        && let Some(career) = world.career(person, place)
    {
        let title = TITLES[place];
        let sent = |name: &String| {
            let stat = &title.stats[title.position(name)?];
            let value = liberties.sent(world.value(person, title, &career, name)?, name);
            Some(SentStat { statname: name.clone(), stat_type: stat.stat_type(), value })
        };
        stats = names.iter().filter_map(sent).collect();
    }
    ScidStats { scid: scid.to_owned(), stats }
}
