//! The world behind the answers: seeds, play sessions, distributions.

use std::collections::HashMap;

use serde_json::json;
use statlens::sample::{PlaySession, SEED, first_query};

use crate::{
    AIM_OF_GOLD, IDLE_FERN, MAJOR_FENNEC, NOVA, RACER, SHOOTER, Sample, WARRIOR_SAINT, escape, median, text,
};

#[test]
fn the_seed_decides_everything() {
    let (first, same, other) = (Sample::start(7), Sample::start(7), Sample::start(8));
    let xuids = [WARRIOR_SAINT, NOVA, MAJOR_FENNEC];
    let stats: &[(&str, &[&str])] =
        &[(SHOOTER, &["Kills", "TotalDamage", "RankName"]), (RACER, &["RacesWon"])];
    let ask = |sample: &Sample| sample.batch(&xuids, stats).text;
    assert_eq!(ask(&first), ask(&same));
    assert_ne!(ask(&first), ask(&other));
    let session = |scid: &str| json!({ "xuids": [NOVA], "scid": scid, "matches": 2 });
    for sample in [&first, &same] {
        assert_eq!(sample.post("/sample/play-session", "1", &session(SHOOTER)).status, 200);
        assert_eq!(sample.post("/sample/play-session", "1", &session(RACER)).status, 200);
    }
    assert_eq!(ask(&first), ask(&same));
    assert_ne!(ask(&first), Sample::start(7).batch(&xuids, stats).text);
}

#[test]
fn a_play_session_moves_values_as_matches_would() {
    let sample = Sample::start(SEED);
    let counters =
        ["Kills", "Deaths", "Headshots", "MinutesPlayed", "MatchesPlayed", "MatchesWon", "TotalDamage"];
    let records = ["LongestKillStreak", "LongestKillMetres"];
    let ratios = ["Kills", "MinutesPlayed", "KillsPerHour"];
    let laps = ["BestLap.Track.04"];
    let before = (
        sample.numbers(NOVA, SHOOTER, &counters),
        sample.numbers(NOVA, SHOOTER, &records),
        sample.numbers(NOVA, RACER, &laps),
    );
    let played = |xuid: u64| sample.values(&[xuid], &[(SHOOTER, &["LastMatchUtc", "Kills"])]);
    let (date, untouched) = (played(NOVA), played(WARRIOR_SAINT));
    for round in 1..=8 {
        let body = json!({ "xuids": [NOVA.to_string()], "matches": 3 });
        let answer = sample.send("POST", "/sample/play-session", &[], Some(body.to_string()));
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(answer.json()["moved"].as_u64().unwrap() >= 2);
        let now = sample.numbers(NOVA, SHOOTER, &counters);
        assert_eq!(now[4] - before.0[4], f64::from(3 * round), "matches");
    }
    let after = (
        sample.numbers(NOVA, SHOOTER, &counters),
        sample.numbers(NOVA, SHOOTER, &records),
        sample.numbers(NOVA, RACER, &laps),
    );
    for (place, counter) in counters.iter().enumerate() {
        assert!(after.0[place] > before.0[place], "{counter}: {before:?} {after:?}");
    }
    let (kills, headshots) = (after.0[0] - before.0[0], after.0[2] - before.0[2]);
    assert!(headshots <= kills && kills < 8.0 * 3.0 * 40.0, "{kills} kills, {headshots} headshots");
    assert!(after.0[5] - before.0[5] <= 24.0, "no more wins than matches");
    assert!(after.1[0] >= before.1[0] && after.1[1] >= before.1[1] && after.2[0] <= before.2[0]);
    let ratio = sample.numbers(NOVA, SHOOTER, &ratios);
    assert!((ratio[0] * 60.0 / ratio[1] - ratio[2]).abs() < 0.006, "{ratio:?}");
    assert_ne!(played(NOVA), date);
    assert_eq!(played(WARRIOR_SAINT), untouched, "others did not play");
}

#[test]
fn sessions_without_players_are_for_all_and_odd_ones_are_refused() {
    let sample = Sample::start(SEED);
    let kills = |xuid| sample.numbers(xuid, SHOOTER, &["Kills"])[0];
    let (warrior, nova) = (kills(WARRIOR_SAINT), kills(NOVA));
    let laps = || sample.values(&sample.readable()[..200], &[(RACER, &["BestLap.Track.04"])]);
    let laps_before = laps();
    sample.service.play_session(PlaySession { players: Vec::new(), scid: None, matches: 4 });
    let none = json!({ "xuids": [17], "matches": 1 });
    let answer = sample.post("/sample/play-session", "1", &none).json();
    assert_eq!(answer["moved"], 0, "sessions are played in order: this one ended after the one before");
    assert!(kills(WARRIOR_SAINT) > warrior && kills(NOVA) > nova);
    let laps_now = laps();
    let seconds = |laps: &HashMap<_, String>, key| laps[key].parse::<f64>().unwrap();
    let gained = |key| seconds(&laps_before, key) - seconds(&laps_now, key);
    let gains: Vec<f64> = laps_before.keys().map(gained).collect();
    let better = gains.iter().filter(|gain| **gain > 0.0).count();
    assert!(gains.iter().all(|gain| (0.0..10.0).contains(gain)), "a best lap only falls, and not by much");
    assert!(better > 5 && better < gains.len() / 2, "{better} of {} beat their best lap", gains.len());
    for body in [json!({ "scid": "nope" }), json!({ "xuids": ["x"] }), json!({ "matchez": 1 }), json!([])] {
        assert_eq!(sample.post("/sample/play-session", "1", &body).status, 400, "{body}");
    }
    let idle = sample.values(&[IDLE_FERN, MAJOR_FENNEC], &[(RACER, &["RacesWon"])]);
    assert!(idle.is_empty(), "who never played a title stays without values");
}

#[test]
fn distributions_look_like_those_of_games() {
    let sample = Sample::start(SEED);
    let known = sample.readable();
    assert!(known.len() > 900, "{}", known.len());
    let mut all = HashMap::new();
    for chunk in known.chunks(100) {
        let shooter =
            ["Kills", "Deaths", "Headshots", "MinutesPlayed", "KillsPerHour", "KDRatio", "VehiclesDestroyed"];
        all.extend(sample.values(chunk, &[(SHOOTER, &shooter), (RACER, &["BestLap.Track.04"])]));
    }
    let of = |xuid: u64, scid: &str, stat: &str| -> Option<f64> {
        all.get(&(xuid, scid.to_owned(), stat.to_owned())).map(|value| value.parse().unwrap())
    };
    let likely = || known.iter().copied().filter(|xuid| *xuid != AIM_OF_GOLD);
    let shooter = |stat: &str| -> Vec<f64> { likely().filter_map(|xuid| of(xuid, SHOOTER, stat)).collect() };
    let within = |numbers: &[f64], least: f64, most: f64| {
        numbers.iter().filter(|number| (least..=most).contains(*number)).count() as f64 / numbers.len() as f64
    };
    let (kills, minutes) = (shooter("Kills"), shooter("MinutesPlayed"));
    let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len() as f64;
    let (mean_kills, mean_minutes) = (mean(&kills), mean(&minutes));
    let sum = |pair: &dyn Fn(f64, f64) -> f64| -> f64 {
        kills
            .iter()
            .zip(&minutes)
            .map(|(kills, minutes)| pair(kills - mean_kills, minutes - mean_minutes))
            .sum()
    };
    let r = sum(&|k, m| k * m) / (sum(&|k, _| k * k) * sum(&|_, m| m * m)).sqrt();
    assert!(r > 0.5, "kills follow minutes: r = {r}");
    assert!(mean_kills > 1.3 * median(kills.clone()), "a long tail");
    assert!(within(&shooter("KillsPerHour"), 10.0, 40.0) > 0.98);
    assert!(within(&shooter("KDRatio"), 0.5, 2.5) > 0.98);
    let laps: Vec<f64> = known.iter().filter_map(|xuid| of(*xuid, RACER, "BestLap.Track.04")).collect();
    assert!(within(&laps, 60.0, 95.0) == 1.0 && laps.len() * 3 < known.len() * 2);
    assert!(shooter("VehiclesDestroyed").len() * 3 < kills.len() * 2, "a stat of some players only");
    assert!(likely().all(|xuid| of(xuid, SHOOTER, "Headshots") <= of(xuid, SHOOTER, "Kills")));
    let cheater = sample.numbers(AIM_OF_GOLD, SHOOTER, &["KillsPerHour"])[0];
    assert!(cheater > 10.0 * median(shooter("KillsPerHour")), "{cheater}");
}

#[test]
fn the_groups_of_the_first_query_differ() {
    let sample = Sample::start(SEED);
    let query = first_query();
    let mut medians = Vec::new();
    let mut without_laps = 0;
    for group in &query.groups {
        let mut minutes = Vec::new();
        for player in &group.players {
            let path = format!("/users/me/people/search?q={}&maxItems=1", escape(&player.to_string()));
            let person = sample.get(&path, "3").json()["people"][0].clone();
            assert_eq!(person["uniqueModernGamertag"], player.to_string());
            let xuid: u64 = text(&person["xuid"]).parse().unwrap();
            minutes.push(sample.numbers(xuid, SHOOTER, &["MinutesPlayed"])[0]);
            without_laps += usize::from(sample.values(&[xuid], &[(RACER, &["RacesWon"])]).is_empty());
        }
        medians.push(median(minutes));
    }
    assert!(medians.is_sorted_by(|left, right| 1.5 * left < *right), "{medians:?}");
    assert_eq!(without_laps, 3);
}
