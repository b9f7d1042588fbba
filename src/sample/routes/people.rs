//! People search (`XBOX-API.md`, section 2).

use serde_json::{Value, json};

use super::{Parameters, json as written, profile::picture, refusal::Refusal, wire::Liberties};
use crate::sample::{players::Person, world::World};

const USUAL_ITEMS: usize = 25;
const MOST_ITEMS: usize = 100;

/// Players whose name holds `q`, nearest first.
pub(super) fn search(world: &World, query: &Parameters) -> Result<String, Refusal> {
    let text = query.get("q").ok_or(Refusal::Malformed("The parameter q is missing."))?;
    let limit = query.number("maxItems").unwrap_or(USUAL_ITEMS).min(MOST_ITEMS);
    let found = world.players().search(text, limit);
    let people: Vec<Value> = found.iter().map(|person| entry(world, person)).collect();
    written(&json!({
        "people": people,
        "recommendationSummary": null,
        "friendFinderState": null,
        "accountLinkDetails": null,
    }))
}

fn entry(world: &World, person: &Person) -> Value {
    let liberties = Liberties::of(world, person);
    let or_null = |field: u32, value: Value| if liberties.is_null(field) { Value::Null } else { value };
    json!({
        "xuid": person.xuid.to_string(),
        "isFavorite": false,
        "isFollowingCaller": false,
        "isFollowedByCaller": false,
        "isIdentityShared": false,
        "addedDateTimeUtc": null,
        "displayName": or_null(0, person.name.classic.clone().into()),
        "realName": "",
        "displayPicRaw": or_null(3, picture(person).into()),
        "showUserAsAvatar": "2",
        "gamertag": person.name.classic,
        "gamerScore": or_null(6, person.gamerscore.to_string().into()),
        "modernGamertag": person.name.modern,
        "modernGamertagSuffix": or_null(9, person.name.suffix.clone().into()),
        "uniqueModernGamertag": person.unique_modern(),
        "xboxOneRep": "GoodPlayer",
        "presenceState": "Offline",
        "presenceText": "Offline",
        "presenceDevices": null,
        "isBroadcasting": false,
        "isCloaked": null,
        "isQuarantined": false,
        "isXbox360Gamerpic": false,
        "lastSeenDateTimeUtc": null,
        "preferredColor": or_null(
            12,
            json!({ "primaryColor": "107c10", "secondaryColor": "102b14", "tertiaryColor": "155715" }),
        ),
        "detail": detail(person),
        "colorTheme": "gamerpicblur",
        "preferredFlag": "",
        "preferredPlatforms": [],
    })
}

fn detail(person: &Person) -> Value {
    json!({
        "accountTier": "Gold",
        "bio": null,
        "isVerified": false,
        "location": null,
        "tenure": (person.xuid.0 % 15).to_string(),
        "watermarks": [],
        "blocked": false,
        "mute": false,
        "followerCount": person.gamerscore % 311,
        "followingCount": person.gamerscore % 97,
        "hasGamePass": person.gamerscore.is_multiple_of(10),
    })
}
