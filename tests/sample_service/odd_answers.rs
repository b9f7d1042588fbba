//! Odd answers: every one of them is hard to read, and none of them lies.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::value::RawValue;
use statlens::{
    model::{Scid, StatName, Xuid},
    sample::{FaultGroup, FaultKind, Truth},
};

use crate::{
    IDLE_FERN, MAJOR_FENNEC, NOVA, OVERFLOW_OWL, PUZZLE, RACER, SHOOTER, Sample, TIGER_SHARK, WARRIOR_SAINT,
};

const XUIDS: [u64; 7] = [WARRIOR_SAINT, NOVA, TIGER_SHARK, MAJOR_FENNEC, IDLE_FERN, OVERFLOW_OWL, 17];
const STATS: &[(&str, &[&str])] = &[
    (
        SHOOTER,
        &["Kills", "TotalDamage", "KillsPerHour", "RankName", "LastMatchUtc", "CampaignCompleted", "Nope"],
    ),
    (RACER, &["RacesWon", "BestLap.Track.04", "CarDrivenMostRecently"]),
    (PUZZLE, &["PuzzlesSolved"]),
];

#[derive(Deserialize)]
struct Answer {
    users: Vec<User>,
}

#[derive(Deserialize)]
struct User {
    xuid: Box<RawValue>,
    scids: Vec<Title>,
}

#[derive(Deserialize)]
struct Title {
    scid: String,
    stats: Vec<Stat>,
}

#[derive(Deserialize)]
struct Stat {
    statname: String,
    value: Option<Box<RawValue>>,
}

/// What a JSON value says, without the quotes of a string.
fn said(raw: &RawValue) -> String {
    serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}

/// What an answer says of what was asked: SCIDs of any case, of a stat that comes twice both.
fn read(text: &str) -> HashMap<(u64, String, String), HashSet<String>> {
    let answer: Answer = serde_json::from_str(text).unwrap();
    let mut values: HashMap<_, HashSet<String>> = HashMap::new();
    for user in answer.users {
        let xuid: u64 = said(&user.xuid).parse().unwrap();
        for title in user.scids {
            for stat in title.stats {
                let Some(value) = stat.value else { continue };
                let key = (xuid, title.scid.to_ascii_lowercase(), stat.statname);
                values.entry(key).or_default().insert(said(&value));
            }
        }
    }
    values
}

fn assert_true(sample: &Sample, text: &str, fault: &str) {
    let values = read(text);
    for xuid in XUIDS {
        for (scid, stats) in STATS {
            for stat in *stats {
                let said = values.get(&(xuid, scid.to_ascii_lowercase(), (*stat).to_owned()));
                match sample.service.truth(Xuid(xuid), &Scid::from_wire(scid), &StatName::from_wire(stat)) {
                    Truth::Value(value) => {
                        let said = said.unwrap_or_else(|| panic!("{fault}: {xuid} {stat} is missing"));
                        assert!(
                            said.iter().all(|said| value.is_said_by(said)),
                            "{fault}: {value:?} {said:?}"
                        );
                    }
                    _ => assert_eq!(said, None, "{fault}: {xuid} {stat}"),
                }
            }
        }
    }
}

fn answers(sample: &Sample) -> Vec<String> {
    (0..6).map(|_| sample.batch(&XUIDS, STATS).text).collect()
}

#[test]
fn no_odd_answer_lies() {
    let odd = || FaultKind::ALL.iter().filter(|kind| kind.group() == FaultGroup::Answers);
    let all: Vec<&str> = odd().map(|kind| kind.name()).collect();
    for fault in odd().map(|kind| kind.name().to_owned()).chain([all.join(",")]) {
        let sample = Sample::with_faults(&fault);
        for text in answers(&sample) {
            assert_true(&sample, &text, &fault);
        }
    }
}

/// All answers under a fault as one text.
fn under(fault: &str) -> String {
    answers(&Sample::with_faults(fault)).join("\n")
}

#[test]
fn values_come_in_every_form_and_types_in_none() {
    let odd = under("odd-values");
    let pattern = |text: &str| assert!(odd.contains(text), "{text} is never seen");
    for text in
        ["\"value\":\"000", "e1", "E1", ".000", "\\u00", "9223372036854775807", "9.223372036854775807"]
    {
        pattern(text);
    }
    let types = under("odd-types");
    for text in
        ["\"type\":null", "\"type\":7", "\"type\":\"\"", "\"type\":\"integer\"", "\"type\":\"STRING\""]
    {
        assert!(types.contains(text), "{text} is never seen");
    }
    assert!(types.contains("\"statname\":\"Kills\",\"value\""), "no type at all");
}

#[test]
fn what_has_no_value_is_sent_or_left_out() {
    let nulls = under("null-values");
    assert!(nulls.contains("\"value\":null") && nulls.contains("\"type\":\"Integer\"}"));
    assert!(under("none").contains("\"scids\":[]") || under("none").contains("\"stats\":[]"));
    let none = under("no-empties");
    assert!(!none.contains("\"scids\":[]") && !none.contains("\"stats\":[]"));
}

#[test]
fn users_come_twice_in_any_order_and_uninvited() {
    let users = |text: &str| serde_json::from_str::<Answer>(text).unwrap().users;
    let order = |text: &str| -> Vec<String> { users(text).iter().map(|user| said(&user.xuid)).collect() };
    let doubles = answers(&Sample::with_faults("doubles"));
    assert!(doubles.iter().any(|text| {
        let order = order(text);
        order.iter().collect::<HashSet<_>>().len() < order.len()
    }));
    assert!(doubles.iter().any(|text| text.contains("\"scids\":[]")), "some doubles are empty");
    let shuffled = answers(&Sample::with_faults("shuffle"));
    assert!(shuffled.iter().any(|text| order(text) != order(&shuffled[0])));
    let extras = under("extras");
    for text in ["18446744073709551615", "NobodyAskedForThis", "deadbeef", "1e400"] {
        assert!(extras.contains(text), "{text} is never seen");
    }
    let odd = under("odd-xuids");
    assert!(odd.contains(&format!("\"xuid\":{NOVA}")) && odd.contains(&format!("\"xuid\":\"{NOVA}\"")));
}

#[test]
fn scids_fields_and_nesting_are_not_as_documented() {
    let upper = SHOOTER.to_ascii_uppercase();
    assert!(under("scid-case").contains(&upper));
    let sample = Sample::with_faults("scid-case");
    let both: &[(&str, &[&str])] = &[(SHOOTER, &["Kills"]), (&upper, &["Kills"])];
    let answer = sample.batch(&[NOVA], both).text;
    let values = crate::read(&serde_json::from_str(&answer).unwrap());
    assert_eq!(
        values.keys().map(|(_, scid, _)| scid.as_str()).collect::<Vec<_>>(),
        [SHOOTER],
        "both are asked"
    );
    assert!(under("fields").contains("\"presence\""));
    assert!(under("nesting").contains(&"[{\"in\":".repeat(2500)));
}
