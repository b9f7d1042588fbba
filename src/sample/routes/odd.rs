//! Right answers in forms that are hard to read (`POST /batch`, dialect A). What can be read of them
//! is true: no value is changed, and none that there is left out.

use std::collections::HashMap;

use super::{
    batch::{Asked, ScidStats, SentXuid, User},
    number::{long_tail, scientific, with_zeros},
    wire::Sent,
};
use crate::{
    model::Xuid,
    sample::{
        chance::Chance,
        faults::{Fate, FaultGroup, FaultKind},
    },
};

/// Writes an answer as the faults have it; `None` where no fault is about that.
pub(super) fn write(users: Vec<User>, asked: &Asked, fate: &Fate) -> Option<String> {
    fate.of(FaultGroup::Answers)?;
    let users = users.into_iter().map(OddUser::of).collect();
    let mut writer = Writer { asked, fate, chance: fate.chance("answer") };
    Some(writer.write(users))
}

#[derive(Clone)]
struct OddUser {
    xuid: Xuid,
    is_number: bool,
    gamertag: Option<String>,
    titles: Vec<OddTitle>,
}

#[derive(Clone)]
struct OddTitle {
    scid: String,
    stats: Vec<Entry>,
}

#[derive(Clone)]
struct Entry {
    name: String,
    stat_type: &'static str,
    value: Held,
}

#[derive(Clone)]
enum Held {
    Sent(Sent),
    /// What nobody asked for, as JSON.
    Made(&'static str),
    Null,
    /// Not even the field.
    Absent,
}

impl OddUser {
    fn of(user: User) -> Self {
        let (xuid, is_number) = match user.xuid {
            SentXuid::Number(number) => (Xuid(number), true),
            SentXuid::Text(text) => (text.parse().unwrap_or(Xuid(0)), false),
        };
        let titles = user.scids.into_iter().map(OddTitle::of).collect();
        Self { xuid, is_number, gamertag: user.gamertag, titles }
    }

    fn without_anything(xuid: Xuid) -> Self {
        Self { xuid, is_number: false, gamertag: None, titles: Vec::new() }
    }

    /// Its title of this SCID, made when it is not there.
    fn title(&mut self, scid: &str) -> &mut OddTitle {
        let place = self.titles.iter().position(|title| title.scid == scid).unwrap_or_else(|| {
            self.titles.push(OddTitle { scid: scid.to_owned(), stats: Vec::new() });
            self.titles.len() - 1
        });
        &mut self.titles[place]
    }
}

impl OddTitle {
    fn of(stats: ScidStats) -> Self {
        let entry = |stat: super::batch::SentStat| Entry {
            name: stat.statname,
            stat_type: stat.stat_type,
            value: Held::Sent(stat.value),
        };
        Self { scid: stats.scid, stats: stats.stats.into_iter().map(entry).collect() }
    }
}

/// Values that nobody asked for, edges among them.
const MADE: [&str; 6] =
    ["18446744073709551615", "\"-9223372036854775808\"", "1e400", "[{\"a\":[]}]", "false", "\"\u{200f}\""];

struct Writer<'a> {
    asked: &'a Asked,
    fate: &'a Fate,
    chance: Chance,
}

impl Writer<'_> {
    fn write(&mut self, mut users: Vec<OddUser>) -> String {
        if self.fate.has(FaultKind::NoEmpties) {
            for user in &mut users {
                user.titles.retain(|title| !title.stats.is_empty());
            }
            users.retain(|user| !user.titles.is_empty());
        }
        if self.fate.has(FaultKind::NullValues) {
            self.add_nulls(&mut users);
        }
        if self.fate.has(FaultKind::Extras) {
            self.add_extras(&mut users);
        }
        if self.fate.has(FaultKind::Doubles) {
            self.add_doubles(&mut users);
        }
        if self.fate.has(FaultKind::Shuffle) {
            self.shuffle(&mut users);
        }
        let written: Vec<String> = users.iter().map(|user| self.user(user)).collect();
        let mut fields = vec![format!("\"users\":[{}]", written.join(","))];
        if self.fate.has(FaultKind::Fields) {
            fields.insert(0, "\"version\":3,\"trace\":{\"node\":[1,null,\"x\"]}".to_owned());
            fields.push("\"more\":null".to_owned());
        }
        if self.fate.has(FaultKind::Nesting) {
            fields.insert(0, nested());
        }
        format!("{{{}}}", fields.join(","))
    }

    /// An entry for some of the stats that have no value, and a user around it where need be.
    fn add_nulls(&mut self, users: &mut Vec<OddUser>) {
        let places: HashMap<Xuid, usize> =
            users.iter().enumerate().map(|(place, user)| (user.xuid, place)).collect();
        for xuid in &self.asked.xuids {
            let place = places.get(xuid).copied().unwrap_or_else(|| {
                users.push(OddUser::without_anything(*xuid));
                users.len() - 1
            });
            for (scid, names) in &self.asked.scids {
                let title = users[place].title(scid);
                for name in names {
                    let is_sent = title.stats.iter().any(|stat| stat.name == *name);
                    let value = match self.chance.below(3) {
                        0 => Held::Null,
                        1 => Held::Absent,
                        _ => continue,
                    };
                    if !is_sent {
                        title.stats.push(Entry { name: name.clone(), stat_type: "Integer", value });
                    }
                }
            }
        }
    }

    fn add_extras(&mut self, users: &mut Vec<OddUser>) {
        let asked = self.asked;
        let stat = free("NobodyAskedForThis", |name| {
            asked.scids.iter().any(|(_, names)| names.iter().any(|asked| asked == name))
        });
        let scid = free("00000000-0000-0000-0000-0000deadbeef", |scid| {
            asked.scids.iter().any(|(asked, _)| asked.eq_ignore_ascii_case(scid))
        });
        for user in users.iter_mut() {
            for title in &mut user.titles {
                if self.chance.happens(0.5) {
                    title.stats.push(self.made(&stat));
                }
            }
            if self.chance.happens(0.5) {
                let names = asked.scids.first().map(|(_, names)| names.as_slice()).unwrap_or_default();
                let stats = names.iter().map(|name| self.made(name)).collect();
                user.titles.push(OddTitle { scid: scid.clone(), stats });
            }
        }
        for xuid in [Xuid(u64::MAX), Xuid(2_533_274_700_000_001), Xuid(0)] {
            if !asked.xuids.contains(&xuid) {
                let mut user = OddUser::without_anything(xuid);
                for (scid, names) in &asked.scids {
                    user.title(scid).stats = names.iter().map(|name| self.made(name)).collect();
                }
                users.push(user);
            }
        }
    }

    fn made(&mut self, name: &str) -> Entry {
        Entry { name: name.to_owned(), stat_type: "Integer", value: Held::Made(self.chance.pick(&MADE)) }
    }

    fn add_doubles(&mut self, users: &mut Vec<OddUser>) {
        let mut doubles: Vec<OddUser> = users.iter().filter(|_| self.chance.happens(0.5)).cloned().collect();
        for double in &mut doubles {
            if self.chance.happens(0.3) {
                double.titles.clear();
            }
        }
        users.extend(doubles);
    }

    fn shuffle(&mut self, users: &mut [OddUser]) {
        self.mix(users);
        for user in users {
            self.mix(&mut user.titles);
            for title in &mut user.titles {
                self.mix(&mut title.stats);
            }
        }
    }

    fn mix<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.chance.below(last as u64 + 1) as usize);
        }
    }

    fn user(&mut self, user: &OddUser) -> String {
        let is_number = match self.fate.has(FaultKind::OddXuids) {
            true => self.chance.happens(0.5),
            false => user.is_number,
        };
        let xuid = if is_number { user.xuid.to_string() } else { format!("\"{}\"", user.xuid) };
        let mut fields = vec![format!("\"xuid\":{xuid}")];
        fields.extend(user.gamertag.as_ref().map(|name| format!("\"gamertag\":{}", quoted(name))));
        let titles: Vec<String> = user.titles.iter().map(|title| self.title(title)).collect();
        fields.push(format!("\"scids\":[{}]", titles.join(",")));
        if self.fate.has(FaultKind::Fields) {
            fields.push("\"presence\":{\"state\":\"Online\",\"since\":null}".to_owned());
        }
        if self.fate.has(FaultKind::Shuffle) {
            self.mix(&mut fields);
        }
        format!("{{{}}}", fields.join(","))
    }

    fn title(&mut self, title: &OddTitle) -> String {
        let stats: Vec<String> = title.stats.iter().map(|stat| self.stat(stat)).collect();
        let scid = if self.fate.has(FaultKind::ScidCase) { self.other_case(&title.scid) } else { None };
        let mut fields = vec![
            format!("\"scid\":{}", quoted(scid.as_deref().unwrap_or(&title.scid))),
            format!("\"stats\":[{}]", stats.join(",")),
        ];
        if self.fate.has(FaultKind::Shuffle) {
            self.mix(&mut fields);
        }
        format!("{{{}}}", fields.join(","))
    }

    /// A SCID in other case, unless that would be another one that is asked for.
    fn other_case(&self, scid: &str) -> Option<String> {
        let like = |asked: &&(String, Vec<String>)| asked.0.eq_ignore_ascii_case(scid);
        let flip = |c: char| match c.is_ascii_lowercase() {
            true => c.to_ascii_uppercase(),
            false => c.to_ascii_lowercase(),
        };
        (self.asked.scids.iter().filter(like).count() < 2).then(|| scid.chars().map(flip).collect())
    }

    fn stat(&mut self, stat: &Entry) -> String {
        let mut fields = vec![format!("\"statname\":{}", quoted(&stat.name))];
        fields.extend(self.stat_type(stat.stat_type));
        match &stat.value {
            Held::Sent(sent) => fields.push(format!("\"value\":{}", self.value(sent, stat.stat_type))),
            Held::Made(json) => fields.push(format!("\"value\":{json}")),
            Held::Null => fields.push("\"value\":null".to_owned()),
            Held::Absent => {}
        }
        if self.fate.has(FaultKind::Fields) {
            fields.push("\"lastChanged\":\"2026-11-20T18:00:00Z\"".to_owned());
        }
        if self.fate.has(FaultKind::Shuffle) {
            self.mix(&mut fields);
        }
        format!("{{{}}}", fields.join(","))
    }

    fn stat_type(&mut self, stat_type: &str) -> Option<String> {
        let told = |name: &str| Some(format!("\"type\":{}", quoted(name)));
        if !self.fate.has(FaultKind::OddTypes) {
            return told(stat_type);
        }
        match self.chance.below(8) {
            0 => None,
            1 => told(""),
            2 => told(&stat_type.to_ascii_lowercase()),
            3 => told(&stat_type.to_ascii_uppercase()),
            4 => told("Ratio"),
            5 => Some("\"type\":null".to_owned()),
            6 => Some("\"type\":7".to_owned()),
            _ => told(stat_type),
        }
    }

    /// A value as JSON, in one of the forms that say the same.
    fn value(&mut self, sent: &Sent, stat_type: &str) -> String {
        let text = sent.text();
        if !self.fate.has(FaultKind::OddValues) {
            return if sent.is_text() { quoted(&text) } else { text };
        }
        let form = self.chance.below(9);
        match stat_type {
            "Integer" | "Double" => {
                let is_whole = stat_type == "Integer";
                let bare = match form {
                    0 | 1 => text,
                    2 | 3 => scientific(&text, 'e'),
                    4 => scientific(&text, 'E'),
                    5 | 6 if !is_whole => long_tail(&text),
                    5 => format!("{text}.000"),
                    // Zeros in front are no JSON number, so these are always text.
                    7 => return quoted(&with_zeros(&text)),
                    _ => return quoted(&text),
                };
                if self.chance.happens(0.5) { bare } else { quoted(&bare) }
            }
            _ if matches!(text.as_str(), "true" | "false") && form < 4 => text,
            _ if form < 4 => escaped(&text),
            _ => quoted(&text),
        }
    }
}

/// `name`, or a longer one that is not taken.
fn free(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut name = name.to_owned();
    while is_taken(&name) {
        name.push('0');
    }
    name
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// As a JSON string in which every character is an escape.
fn escaped(text: &str) -> String {
    let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    format!("\"{units}\"")
}

fn nested() -> String {
    const DEPTH: usize = 5_000;
    format!("\"depth\":{}1{}", "[{\"in\":".repeat(DEPTH / 2), "}]".repeat(DEPTH / 2))
}
