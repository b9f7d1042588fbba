//! Profiles: gamertag to XUID and back (`XBOX-API.md`, section 2).

use serde::{Deserialize, Serialize};

use super::{
    Parameters,
    ids::{Who, WrittenXuid, read_xuids},
    json,
    refusal::Refusal,
};
use crate::sample::{players::Person, world::World};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    user_ids: Vec<WrittenXuid>,
    settings: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    profile_users: Vec<User>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: String,
    host_id: String,
    settings: Vec<Setting>,
    #[serde(rename = "isSponsoredUser")]
    sponsored: bool,
}

#[derive(Serialize)]
struct Setting {
    id: String,
    value: String,
}

/// The asked settings of one user.
pub(super) fn one(world: &World, who: &Who, query: &Parameters) -> Result<String, Refusal> {
    let person = who.find(world).ok_or(Refusal::NoPlayer)?;
    let names: Vec<String> =
        query.get("settings").unwrap_or_default().split(',').map(|name| name.trim().to_owned()).collect();
    json(&Answer { profile_users: vec![user(person, &names)] })
}

/// The asked settings of many users. Unknown users are left out, unless all are.
pub(super) fn batch(world: &World, body: &[u8]) -> Result<String, Refusal> {
    let request: Request = serde_json::from_slice(body)
        .map_err(|_| Refusal::Malformed("The body is not a list of users and settings."))?;
    let xuids = read_xuids(&request.user_ids)?;
    let people = xuids.iter().filter_map(|xuid| world.players().by_xuid(*xuid));
    let profile_users: Vec<_> = people.map(|person| user(person, &request.settings)).collect();
    if profile_users.is_empty() && !xuids.is_empty() {
        return Err(Refusal::NoPlayer);
    }
    json(&Answer { profile_users })
}

fn user(person: &Person, names: &[String]) -> User {
    let settings = names
        .iter()
        .filter_map(|name| Some(Setting { id: name.clone(), value: setting(person, name)? }))
        .collect();
    let id = person.xuid.to_string();
    User { host_id: id.clone(), id, settings, sponsored: false }
}

/// A setting's value: always a string. `None` for a setting that does not exist.
fn setting(person: &Person, name: &str) -> Option<String> {
    Some(match name {
        "Gamertag" | "GameDisplayName" | "AppDisplayName" => person.name.classic.clone(),
        "ModernGamertag" => person.name.modern.clone(),
        "ModernGamertagSuffix" => person.name.suffix.clone(),
        "UniqueModernGamertag" => person.unique_modern(),
        "Gamerscore" => person.gamerscore.to_string(),
        "GameDisplayPicRaw" | "AppDisplayPicRaw" | "PublicGamerpic" => picture(person),
        "AccountTier" => "Gold".to_owned(),
        "TenureLevel" => (person.xuid.0 % 15).to_string(),
        "XboxOneRep" => "GoodPlayer".to_owned(),
        "PreferredColor" | "Location" | "Bio" | "Watermarks" | "RealName" => String::new(),
        _ => return None,
    })
}

/// Where a picture would be: the name `.invalid` leads nowhere, so nothing is ever fetched.
pub(super) fn picture(person: &Person) -> String {
    format!("https://images.sample.invalid/player/{}.png", person.xuid)
}
