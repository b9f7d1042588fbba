//! `GET /users/xuid({xuid})/scids/{scid}/stats/{names}` (`XBOX-API.md`, section 1c).

use serde_json::json;

use super::{
    Parameters,
    batch::{SentXuid, scid_stats},
    ids::Who,
    json, lists,
    refusal::Refusal,
    wire::Liberties,
};
use crate::sample::world::World;

/// Stats of one user, in the shape of the contract. Under contract 1 both shapes that are
/// documented occur, each player having always the same.
pub(super) fn answer(
    world: &World,
    who: &Who,
    scid: &str,
    names: &str,
    contract: u32,
    query: &Parameters,
) -> Result<String, Refusal> {
    let person = who.find(world).ok_or(Refusal::NoPlayer)?;
    if person.private {
        return Err(Refusal::Private);
    }
    let names: Vec<String> = names.split(',').map(str::to_owned).collect();
    if contract > 1 {
        let metadata = contract == 3 && query.get("include").is_some_and(|what| what == "valuemetadata");
        return lists::single(world, person, scid, &names, metadata);
    }
    let liberties = Liberties::of(world, person);
    let xuid = SentXuid::of(person.xuid, liberties);
    let found = scid_stats(world, person, scid, &names, liberties);
    if liberties.is_wrapped() {
        json(&json!({ "user": { "xuid": xuid, "gamertag": person.unique_modern(), "stats": found.stats } }))
    } else {
        json(&json!({ "xuid": xuid, "scids": [found] }))
    }
}
