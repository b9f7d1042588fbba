//! The shapes of stat answers, and the liberties that they take.

use std::collections::HashMap;

use serde_json::{Value, json};
use statlens::sample::{SEED, catalogue, first_query};

use crate::{
    IDLE_FERN, MAJOR_FENNEC, NOVA, OVERFLOW_OWL, PUZZLE, RACER, SHOOTER, Sample, WARRIOR_SAINT, escape, text,
};

#[test]
fn a_batch_is_the_product_of_users_and_stats() {
    let sample = Sample::start(SEED);
    let wanted: &[(&str, &[&str])] =
        &[(SHOOTER, &["Kills", "RankName"]), (RACER, &["RacesWon", "NoSuchStat"])];
    let values = sample.values(&[WARRIOR_SAINT, NOVA, MAJOR_FENNEC, NOVA, 17], wanted);
    let has = |xuid, scid: &str, stat: &str| values.contains_key(&(xuid, scid.to_owned(), stat.to_owned()));
    for xuid in [WARRIOR_SAINT, NOVA] {
        assert!(
            has(xuid, SHOOTER, "Kills") && has(xuid, SHOOTER, "RankName") && has(xuid, RACER, "RacesWon")
        );
    }
    assert!(has(MAJOR_FENNEC, SHOOTER, "Kills") && !has(MAJOR_FENNEC, RACER, "RacesWon"));
    assert_eq!(values.len(), 8, "neither unknown stats nor unknown users have values");
}

#[test]
fn users_are_taken_as_numbers_too_and_both_paths_of_batch_are_one() {
    let sample = Sample::start(SEED);
    let stats = json!([{ "scid": SHOOTER, "requestedstats": ["Kills"] }]);
    let strings = json!({ "requestedusers": [NOVA.to_string()], "requestedscids": stats });
    let numbers = json!({ "requestedusers": [NOVA], "requestedscids": stats });
    let answer = sample.post("/batch", "1", &strings).text;
    assert_eq!(answer, sample.post("/batch?operation=read", "1", &numbers).text);
    assert!(answer.contains("Kills"));
}

#[test]
fn a_scid_of_other_case_is_another() {
    let sample = Sample::start(SEED);
    let known = sample.readable();
    let values = sample.values(&known[..100], &[(PUZZLE, &["PuzzlesSolved"])]);
    assert!(!values.is_empty());
    let lower = PUZZLE.to_ascii_lowercase();
    assert!(sample.values(&known[..100], &[(&lower, &["PuzzlesSolved"])]).is_empty());
}

#[test]
fn answers_take_every_liberty() {
    let sample = Sample::start(SEED);
    let known = sample.readable();
    let wanted: &[(&str, &[&str])] = &[
        (SHOOTER, &["Kills", "KillsPerHour", "RankName", "LastMatchUtc", "CampaignCompleted"]),
        (RACER, &["RacesWon"]),
    ];
    let mut seen = HashMap::<&str, usize>::new();
    let mut order_kept = true;
    for chunk in known.chunks(100) {
        let answer = sample.batch(chunk, wanted).json();
        let users = answer["users"].as_array().unwrap();
        *seen.entry("user left out").or_default() += chunk.len() - users.len();
        let xuids: Vec<String> =
            users.iter().map(|user| user["xuid"].to_string().trim_matches('"').to_owned()).collect();
        order_kept &= xuids == chunk.iter().map(u64::to_string).collect::<Vec<_>>();
        for user in users {
            let mut note = |what, is: bool| *seen.entry(what).or_default() += usize::from(is);
            note("xuid number", user["xuid"].is_u64());
            note("xuid string", user["xuid"].is_string());
            note("gamertag", user["gamertag"].is_string());
            note("user empty", user["scids"].as_array().unwrap().is_empty());
            for stat in
                user["scids"].as_array().unwrap().iter().flat_map(|scid| scid["stats"].as_array().unwrap())
            {
                note("value string", stat["value"].is_string());
                note("value integer", stat["value"].is_i64());
                note("value double", stat["value"].is_f64());
                note("value bool", stat["value"].is_boolean());
                for name in ["Integer", "Double", "String", "DateTime"] {
                    note(name, stat["type"] == name);
                }
            }
        }
    }
    assert!(!order_kept);
    for what in [
        "user left out",
        "xuid number",
        "xuid string",
        "gamertag",
        "user empty",
        "value string",
        "value integer",
        "value double",
        "value bool",
        "Integer",
        "Double",
        "String",
        "DateTime",
    ] {
        assert!(seen.get(what).is_some_and(|count| *count > 0), "never seen: {what} in {seen:?}");
    }
}

#[test]
fn large_integers_keep_every_digit() {
    let sample = Sample::start(SEED);
    let stats = ["TotalDamage"];
    let overflow = sample.values(&[OVERFLOW_OWL], &[(SHOOTER, &stats)]);
    assert_eq!(overflow.values().collect::<Vec<_>>(), ["9223372036854775807"]);
    let known = sample.readable();
    let values = sample.values(&known[..400], &[(SHOOTER, &stats)]);
    let beyond = |value: &&String| {
        let whole: i64 = value.parse().unwrap();
        whole > 1 << 53 && whole as f64 as i64 != whole
    };
    assert!(values.values().filter(beyond).count() > 20, "digits that a double would lose");
}

#[test]
fn featured_stats_are_listed_even_without_values() {
    let sample = Sample::start(SEED);
    let title = catalogue().titles()[0].title_id.unwrap().0;
    let body = json!({
        "arrangebyfield": "xuid",
        "xuids": [WARRIOR_SAINT.to_string(), IDLE_FERN],
        "groups": [{ "name": "Hero", "titleId": title }, { "name": "Villain", "titleId": title.to_string() }],
        "stats": [{ "name": "MinutesPlayed", "titleId": title.to_string() }, { "name": "RacesWon", "scid": RACER }],
    });
    let answer = sample.post("/batch", "2", &body).json();
    let hero = &answer["groups"][0];
    assert_eq!((hero["name"].as_str(), text(&hero["titleid"])), (Some("Hero"), title.to_string()));
    assert_eq!(answer["groups"][1]["statlistscollection"], json!([]));
    let (player, idle) = (&hero["statlistscollection"][0], &hero["statlistscollection"][1]);
    assert_eq!(player["arrangebyfield"], "xuid");
    assert_eq!(player["arrangebyfieldid"], WARRIOR_SAINT.to_string());
    let kills = &player["stats"][0];
    assert_eq!(kills["name"], "Kills");
    assert!(kills["value"].is_string() && kills["xuid"].is_string() && kills["titleid"].is_string());
    assert_eq!(
        kills["groupproperties"],
        json!({
            "Ordinal": "1", "SortOrder": "Descending", "DisplayName": "Kills", "DisplayFormat": "Integer",
            "DisplaySemantic": "Cumulative",
        })
    );
    assert_eq!(kills["properties"]["DisplayName"], "Kills");
    assert_eq!(idle["stats"][0]["name"], "Kills");
    assert!(idle["stats"][0].get("value").is_none(), "no value is an entry without one here");
    let minutes = &answer["statlistscollection"][0]["stats"][0];
    assert_eq!((minutes["name"].as_str(), &minutes["groupproperties"]), (Some("MinutesPlayed"), &json!({})));
    assert_eq!(answer["statlistscollection"][0]["stats"][1]["scid"], RACER);
}

#[test]
fn one_user_is_answered_in_every_documented_shape() {
    let sample = Sample::start(SEED);
    let path = |xuid: u64| format!("/users/xuid({xuid})/scids/{SHOOTER}/stats/Kills,RankName,NoSuchStat");
    let (mut wrapped, mut bare) = (0, 0);
    for player in &first_query().players {
        let found =
            sample.get(&format!("/users/me/people/search?q={}&maxItems=1", escape(player.text())), "3");
        let xuid: u64 = text(&found.json()["people"][0]["xuid"]).parse().unwrap();
        let answer = sample.get(&path(xuid), "1").json();
        let stats = if answer["user"].is_object() {
            wrapped += 1;
            assert!(answer["user"]["gamertag"].is_string());
            &answer["user"]["stats"]
        } else {
            bare += 1;
            assert_eq!(answer["scids"][0]["scid"], SHOOTER);
            &answer["scids"][0]["stats"]
        };
        assert_eq!(stats.as_array().unwrap().len(), 2);
        assert_eq!(stats[0]["statname"], "Kills");
    }
    assert!(wrapped > 0 && bare > 0);
    let second = sample.get(&path(NOVA), "2").json();
    assert_eq!(second["statlistscollection"][0]["stats"][0]["name"], "Kills");
    assert!(second["statlistscollection"][0]["stats"][0].get("valuemetadata").is_none());
    let third = sample.get(&format!("{}?include=valuemetadata", path(NOVA)), "3").json();
    let stats = &third["statlistscollection"][0]["stats"];
    let metadata: Value = serde_json::from_str(stats[0]["valuemetadata"].as_str().unwrap()).unwrap();
    assert_eq!(metadata["displayName"], "Kills");
    assert_eq!(stats[1]["valuemetadata"], "");
    assert_eq!(sample.get(&path(17), "1").status, 404);
}
