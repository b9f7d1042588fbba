//! Title history and single titles (`XBOX-API.md`, section 3).

use serde_json::{Value, json};

use super::{Parameters, ids::Who, json as written, refusal::Refusal, wire::iso};
use crate::{
    model::UnixMillis,
    sample::{
        players::Person,
        titles::{TITLES, Title},
        values::FIRST_MOMENT,
        world::World,
    },
};

/// An application without service configuration: it stands in histories and has no stats.
const APP: (&str, u32, &str) = ("Marquee TV", 0x3D0A_7751, "Northlight.MarqueeTV_6s4f8c1n2b9vk");
const DAY: i64 = 86_400_000;

/// What a player played, latest first.
pub(super) fn history(
    world: &World,
    who: &Who,
    decoration: &str,
    query: &Parameters,
) -> Result<String, Refusal> {
    let person = readable(world, who)?;
    let decorations = Decorations::of(decoration);
    let mut titles: Vec<(UnixMillis, Value)> = TITLES
        .iter()
        .enumerate()
        .filter_map(|(place, title)| Some((world.career(person, place)?.last_played, title)))
        .map(|(played, title)| (played, game(person, title, played, &decorations)))
        .collect();
    let app_used = UnixMillis(FIRST_MOMENT.0 - (person.xuid.0 % 90).cast_signed() * DAY);
    titles.push((app_used, app(app_used, &decorations)));
    titles.sort_by_key(|(played, _)| std::cmp::Reverse(*played));
    let limit = query.number("maxItems").unwrap_or(usize::MAX);
    let titles: Vec<Value> = titles.into_iter().take(limit).map(|(_, title)| title).collect();
    written(&json!({ "xuid": person.xuid.to_string(), "titles": titles }))
}

/// One title, played or not.
pub(super) fn one(world: &World, who: &Who, id: u32, decoration: &str) -> Result<String, Refusal> {
    let person = readable(world, who)?;
    let decorations = Decorations::of(decoration);
    let place = TITLES.iter().position(|title| title.id == id).ok_or(Refusal::NoTitle)?;
    let played = world.career(person, place).map_or(UnixMillis::default(), |career| career.last_played);
    let title = game(person, TITLES[place], played, &decorations);
    written(&json!({ "xuid": person.xuid.to_string(), "titles": [title] }))
}

fn readable<'a>(world: &'a World, who: &Who) -> Result<&'a Person, Refusal> {
    let person = who.find(world).ok_or(Refusal::NoPlayer)?;
    if person.private { Err(Refusal::Private) } else { Ok(person) }
}

/// The parts of an entry that were asked for; others are null.
struct Decorations(Vec<String>);

impl Decorations {
    fn of(list: &str) -> Self {
        Self(list.split(',').map(str::to_ascii_lowercase).collect())
    }

    fn or_null(&self, name: &str, value: impl FnOnce() -> Value) -> Value {
        if self.0.iter().any(|asked| asked == name) { value() } else { Value::Null }
    }
}

fn game(person: &Person, title: &Title, played: UnixMillis, decorations: &Decorations) -> Value {
    let mut entry = bare(title.name, title.id, title.pfn, title.devices, played, decorations);
    entry["type"] = "Game".into();
    entry["mediaItemType"] = "DGame".into();
    entry["serviceConfigId"] = decorations.or_null("scid", || title.scid.into());
    entry["achievement"] = decorations.or_null("achievement", || achievements(person, title));
    entry["stats"] = decorations.or_null("stats", || json!({ "sourceVersion": 2 }));
    entry
}

fn app(used: UnixMillis, decorations: &Decorations) -> Value {
    let (name, id, pfn) = APP;
    let mut entry = bare(name, id, pfn, &["XboxOne", "XboxSeries"], used, decorations);
    entry["type"] = "Application".into();
    entry["mediaItemType"] = "DApp".into();
    entry
}

fn bare(
    name: &str,
    id: u32,
    pfn: &str,
    devices: &[&str],
    played: UnixMillis,
    decorations: &Decorations,
) -> Value {
    let image = format!("https://images.sample.invalid/title/{id}.png");
    json!({
        "titleId": id.to_string(),
        "pfn": pfn,
        "bingId": null,
        "serviceConfigId": null,
        "windowsPhoneProductId": null,
        "name": name,
        "type": null,
        "devices": devices,
        "displayImage": image,
        "mediaItemType": null,
        "modernTitleId": id.to_string(),
        "isBundle": false,
        "achievement": null,
        "stats": null,
        "gamePass": decorations.or_null("gamepass", || json!({ "isGamePass": false })),
        "images": decorations.or_null("image", || json!([{ "url": image, "type": "BoxArt" }])),
        "titleHistory": { "lastTimePlayed": iso(played), "visible": true, "canHide": true },
        "detail": null,
        "friendsWhoPlayed": null,
        "alternateTitleIds": null,
        "contentBoards": null,
        "xboxLiveTier": "Full",
        "isStreamable": false,
    })
}

fn achievements(person: &Person, title: &Title) -> Value {
    let share = (person.gamerscore ^ u64::from(title.id)) % 101;
    json!({
        "currentAchievements": 48 * share / 100,
        "totalAchievements": 48,
        "currentGamerscore": share * 10,
        "totalGamerscore": 1000,
        "progressPercentage": share,
        "sourceVersion": 2,
    })
}
