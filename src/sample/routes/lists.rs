//! `POST /batch`, dialect B, contract 2 (`XBOX-API.md`, section 1b): stat lists, featured stats.

use serde::{Deserialize, Serialize};

use super::{
    ids::{WrittenXuid, read_xuids},
    json,
    refusal::Refusal,
};
use crate::sample::{
    players::Person,
    titles::{Drawn, Rule, Stat, TITLES, Title},
    values::{Career, Value},
    world::World,
};

#[derive(Deserialize)]
struct Request {
    arrangebyfield: Option<String>,
    xuids: Vec<WrittenXuid>,
    #[serde(default)]
    groups: Vec<Wanted>,
    #[serde(default)]
    stats: Vec<Wanted>,
}

/// A group or stat of one title, named by title id or SCID.
#[derive(Deserialize)]
struct Wanted {
    name: String,
    #[serde(rename = "titleId", alias = "titleid")]
    title_id: Option<WrittenXuid>,
    scid: Option<String>,
}

impl Wanted {
    fn title(&self) -> Result<Option<usize>, Refusal> {
        let written = |id: &WrittenXuid| {
            id.read().map(|id| id.0).map_err(|_| Refusal::Malformed("A title id is not a number."))
        };
        let id = self.title_id.as_ref().map(written).transpose()?;
        if id.is_none() && self.scid.is_none() {
            return Err(Refusal::Malformed("A group or stat names neither titleId nor scid."));
        }
        Ok(TITLES.iter().position(|title| {
            id.map_or(self.scid.as_deref() == Some(title.scid), |id| id == u64::from(title.id))
        }))
    }
}

#[derive(Serialize)]
struct Answer {
    groups: Vec<Group>,
    statlistscollection: Vec<Collection>,
}

#[derive(Serialize)]
struct Group {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    titleid: Option<String>,
    statlistscollection: Vec<Collection>,
}

#[derive(Serialize)]
struct Collection {
    arrangebyfield: &'static str,
    arrangebyfieldid: String,
    stats: Vec<Listed>,
}

/// A stat with or without a value.
#[derive(Serialize)]
struct Listed {
    groupproperties: GroupProperties,
    xuid: String,
    scid: &'static str,
    titleid: String,
    name: &'static str,
    #[serde(rename = "type")]
    stat_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valuemetadata: Option<String>,
    properties: Properties,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct GroupProperties {
    #[serde(flatten)]
    all: Option<AllGroupProperties>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AllGroupProperties {
    ordinal: String,
    sort_order: &'static str,
    display_name: &'static str,
    display_format: &'static str,
    display_semantic: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Properties {
    display_name: &'static str,
}

/// The featured stats of each asked title, and the asked stats, for each user.
pub(super) fn batch(world: &World, body: &[u8]) -> Result<String, Refusal> {
    let request: Request = serde_json::from_slice(body)
        .map_err(|_| Refusal::Malformed("The body is not a list of users with groups or stats."))?;
    if request.arrangebyfield.as_deref().is_some_and(|field| field != "xuid") {
        return Err(Refusal::Malformed("The field to arrange by is not xuid."));
    }
    let mut people = Vec::new();
    for xuid in read_xuids(&request.xuids)? {
        match world.players().by_xuid(xuid) {
            Some(person) if person.private => return Err(Refusal::Private),
            Some(person) => people.push(person),
            None => {}
        }
    }
    let mut groups = Vec::new();
    for wanted in &request.groups {
        groups.push(group(world, &people, wanted)?);
    }
    let mut asked = Vec::new();
    for wanted in &request.stats {
        asked.extend(wanted.title()?.map(|place| (place, wanted.name.as_str())));
    }
    let collections = people.iter().map(|person| {
        let listed = asked.iter().filter_map(|(place, name)| {
            let career = world.career(person, *place);
            listed(world, person, *place, career.as_ref(), name, Extras::None)
        });
        collection(person, listed.collect())
    });
    let statlistscollection = if asked.is_empty() { Vec::new() } else { collections.collect() };
    json(&Answer { groups, statlistscollection })
}

/// Stats of one user in the same form, for the single-user call under contracts 2 and 3.
pub(super) fn single(
    world: &World,
    person: &Person,
    scid: &str,
    names: &[String],
    metadata: bool,
) -> Result<String, Refusal> {
    let extras = if metadata { Extras::Metadata } else { Extras::None };
    let stats = match TITLES.iter().position(|title| title.scid == scid) {
        Some(place) => {
            let career = world.career(person, place);
            names
                .iter()
                .filter_map(|name| listed(world, person, place, career.as_ref(), name, extras))
                .collect()
        }
        None => Vec::new(),
    };
    json(&Answer { groups: Vec::new(), statlistscollection: vec![collection(person, stats)] })
}

fn group(world: &World, people: &[&Person], wanted: &Wanted) -> Result<Group, Refusal> {
    let place = wanted.title()?;
    let statlistscollection = match place.filter(|_| wanted.name == "Hero") {
        Some(place) => {
            people.iter().map(|person| collection(person, featured(world, person, place))).collect()
        }
        None => Vec::new(),
    };
    let titleid = place.map(|place| TITLES[place].id.to_string());
    Ok(Group { name: wanted.name.clone(), titleid, statlistscollection })
}

fn featured(world: &World, person: &Person, place: usize) -> Vec<Listed> {
    let career = world.career(person, place);
    let heroes = TITLES[place].stats.iter().filter(|stat| stat.hero);
    heroes
        .enumerate()
        .filter_map(|(ordinal, stat)| {
            listed(world, person, place, career.as_ref(), stat.name, Extras::Group(ordinal + 1))
        })
        .collect()
}

fn collection(person: &Person, stats: Vec<Listed>) -> Collection {
    Collection { arrangebyfield: "xuid", arrangebyfieldid: person.xuid.to_string(), stats }
}

/// What goes out beside a value.
#[derive(Clone, Copy)]
enum Extras {
    None,
    /// The stat's place in its group.
    Group(usize),
    /// `valuemetadata`, JSON inside a string; may be empty.
    Metadata,
}

/// `None` for a stat that the title does not have.
fn listed(
    world: &World,
    person: &Person,
    place: usize,
    career: Option<&Career>,
    name: &str,
    extras: Extras,
) -> Option<Listed> {
    let title: &Title = TITLES[place];
    let stat = &title.stats[title.position(name)?];
    let value = career.and_then(|career| world.value(person, title, career, name));
    let all = match extras {
        Extras::Group(ordinal) => Some(group_properties(stat, ordinal)),
        Extras::None | Extras::Metadata => None,
    };
    Some(Listed {
        groupproperties: GroupProperties { all },
        xuid: person.xuid.to_string(),
        scid: title.scid,
        titleid: title.id.to_string(),
        name: stat.name,
        stat_type: stat.stat_type(),
        value: value.map(Value::text),
        valuemetadata: matches!(extras, Extras::Metadata).then(|| metadata(stat)),
        properties: Properties { display_name: stat.display },
    })
}

fn metadata(stat: &Stat) -> String {
    if stat.hero { format!("{{\"displayName\":\"{}\"}}", stat.display) } else { String::new() }
}

fn group_properties(stat: &Stat, ordinal: usize) -> AllGroupProperties {
    let lower = matches!(stat.rule, Rule::Drawn(Drawn::BestTime(best, _)) if best.lower);
    let grows = matches!(stat.rule, Rule::Drawn(Drawn::Count(_) | Drawn::Amount(..) | Drawn::Large(_)));
    AllGroupProperties {
        ordinal: ordinal.to_string(),
        sort_order: if lower { "Ascending" } else { "Descending" },
        display_name: stat.display,
        display_format: stat.stat_type(),
        display_semantic: if grows { "Cumulative" } else { "Best" },
    }
}
