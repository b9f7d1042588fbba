//! Refusals on demand: those that last and those that pass.

use serde_json::json;
use statlens::sample::{Faults, SampleLimits, SampleOptions, TOKEN};

use crate::{NOVA, RACER, SHOOTER, Sample, TIGER_SHARK, WARRIOR_SAINT, text};

#[test]
fn whom_a_fault_is_about_is_refused_and_nobody_else() {
    for (fault, status) in [("400-user", 400), ("403-user", 403), ("404-user", 404)] {
        let sample = Sample::with_faults(&format!("{fault}:{TIGER_SHARK} 17"));
        let stats: &[(&str, &[&str])] = &[(SHOOTER, &["Kills"])];
        for culprits in [&[TIGER_SHARK][..], &[NOVA, TIGER_SHARK], &[17, NOVA]] {
            for _ in 0..3 {
                let refused = sample.batch(culprits, stats);
                assert_eq!(refused.status, status, "{fault}");
                assert!(refused.json()["description"].is_string());
            }
        }
        assert_eq!(sample.batch(&[NOVA, WARRIOR_SAINT], stats).status, 200);
        let single =
            |xuid: u64| sample.get(&format!("/users/xuid({xuid})/scids/{SHOOTER}/stats/Kills"), "1").status;
        assert_eq!((single(TIGER_SHARK), single(NOVA)), (status, 200), "{fault}");
        let lists = json!({ "xuids": [TIGER_SHARK], "groups": [{ "name": "Hero", "scid": SHOOTER }] });
        assert_eq!(sample.post("/batch", "2", &lists).status, status);
        let profile = format!("/users/xuid({TIGER_SHARK})/profile/settings?settings=Gamertag");
        assert_eq!(sample.get(&profile, "2").status, 200, "names are not what it is about");
    }
}

#[test]
fn a_title_can_be_restricted_and_requests_can_be_too_large() {
    let sample = Sample::with_faults(&format!("403-title:{RACER}, 413:2"));
    let racer: &[(&str, &[&str])] = &[(SHOOTER, &["Kills"]), (RACER, &["RacesWon"])];
    assert_eq!(sample.batch(&[NOVA], racer).status, 403);
    assert_eq!(sample.batch(&[NOVA, WARRIOR_SAINT], &racer[..1]).status, 200);
    assert_eq!(sample.batch(&[NOVA, WARRIOR_SAINT, TIGER_SHARK], &racer[..1]).status, 413);
    let upper = RACER.to_ascii_uppercase();
    assert_eq!(sample.batch(&[NOVA], &[(&upper, &["RacesWon"])]).status, 200, "case matters");
}

#[test]
fn tokens_run_out_each_on_its_own_and_stay_refused() {
    let sample = Sample::with_faults("401:2");
    let use_of = |token: &str| sample.kills_with(token, NOVA);
    let other = "XBL3.0 x=77;another.token";
    assert_eq!([TOKEN, TOKEN, other].map(|token| use_of(token).status), [200, 200, 200]);
    let refused = use_of(TOKEN);
    assert_eq!((refused.status, refused.text.as_str()), (401, ""));
    assert_eq!(refused.headers["www-authenticate"], "XBL3.0");
    assert_eq!([other, TOKEN, other, TOKEN].map(|token| use_of(token).status), [200, 401, 401, 401]);
    assert_eq!(use_of("XBL3.0 x=77;a.third.token").status, 200);
    sample.service.set_faults(Faults::none());
    assert_eq!(use_of(TOKEN).status, 200);
}

#[test]
fn passing_refusals_let_the_next_try_through() {
    for (fault, status) in [
        ("408", 408),
        ("429", 429),
        ("429-date", 429),
        ("429-body", 429),
        ("429-bare", 429),
        ("429-concurrency", 429),
        ("500", 500),
        ("502", 502),
        ("503", 503),
        ("503-after", 503),
        ("503-date", 503),
        ("504", 504),
    ] {
        let sample = Sample::with_faults(&format!("{fault}:first 2"));
        let statuses = [NOVA, NOVA, WARRIOR_SAINT, NOVA, WARRIOR_SAINT, WARRIOR_SAINT]
            .map(|xuid| sample.kills(xuid).status);
        assert_eq!(statuses, [status, status, status, 200, status, 200], "{fault}");
        let search = || sample.get("/users/me/people/search?q=nova", "3").status;
        assert_eq!([search(), search(), search()], [status, status, 200], "{fault} is for every service");
    }
}

#[test]
fn throttling_comes_in_every_form() {
    let answer = |fault: &str| Sample::with_faults(&format!("{fault}:100%")).kills(NOVA);
    let seconds =
        |answer: &crate::Answer| -> u64 { answer.headers["retry-after"].to_str().unwrap().parse().unwrap() };
    let documented = answer("429");
    assert!((1..=5).contains(&seconds(&documented)));
    let body = documented.json();
    assert_eq!(
        (&body["version"], &body["maxRequests"], &body["periodInSeconds"]),
        (&json!(1), &json!(100), &json!(15))
    );
    assert_eq!(body["limitType"], "Rate");
    assert!(body["currentRequests"].as_u64() > Some(100));

    let date = answer("429-date");
    assert_eq!(date.text, "");
    assert!(date.headers["retry-after"].to_str().unwrap().ends_with(" GMT"));
    assert!(answer("503-date").headers["retry-after"].to_str().unwrap().ends_with(" GMT"));
    assert!((1..=5).contains(&seconds(&answer("503-after"))));

    let body_only = answer("429-body");
    assert!(body_only.json()["maxRequests"].is_u64() && !body_only.headers.contains_key("retry-after"));
    let bare = answer("429-bare");
    assert!(bare.text.is_empty() && !bare.headers.contains_key("retry-after"));
    let concurrency = text(&answer("429-concurrency").json()["limitType"]);
    assert!(concurrency != "Concurrency" && concurrency.eq_ignore_ascii_case("concurrency"));
    assert!(!answer("503").headers.contains_key("retry-after"));
    assert!(answer("502").text.contains("<html>"));
}

#[test]
fn error_bodies_come_in_every_form() {
    let sample = Sample::with_faults("500:100%");
    let bodies: Vec<String> = (0..40).map(|_| sample.kills(NOVA).text).collect();
    let has = |what: &str| bodies.iter().any(|body| body.starts_with(what));
    assert!(has("{\"code\"") && has("{\"errorCode\"") && has("{\"status\"") && has("Internal"));
    assert!(bodies.iter().any(String::is_empty));
}

#[test]
fn bodies_can_be_anything_but_an_answer() {
    let body = |fault: &str| {
        let answer = Sample::with_faults(&format!("{fault}:100%")).kills(NOVA);
        assert_eq!(answer.status, 200);
        answer
    };
    let whole = body("413:1000").text;
    let page = body("html");
    assert!(
        page.text.starts_with("<!DOCTYPE html>")
            && page.headers["content-type"] == "text/html; charset=utf-8"
    );
    let half = body("half");
    assert_eq!(half.text, whole[..whole.len() / 2]);
    assert_eq!(half.headers["content-length"], half.text.len().to_string(), "the framing says it is all");
    assert_eq!(body("empty").text, "");
    assert!(body("noise").text.contains(char::REPLACEMENT_CHARACTER));
}

#[test]
fn the_seed_and_the_request_decide_and_nothing_else() {
    let start = |seed| {
        let faults: Faults = "500:30%, 429:20%, html:10%".parse().unwrap();
        Sample::with(SampleOptions { seed, faults, limits: SampleLimits::Off, ..SampleOptions::default() })
    };
    let tries = |sample: &Sample, xuids: &[u64]| -> Vec<(u64, usize, u16, String)> {
        let mut all = Vec::new();
        for attempt in 0..3 {
            for xuid in xuids {
                let answer = sample.kills(*xuid);
                all.push((*xuid, attempt, answer.status, answer.text));
            }
        }
        all.sort();
        all
    };
    let forth: Vec<u64> = (1..=20).collect();
    let back: Vec<u64> = (1..=20).rev().collect();
    let first = tries(&start(5), &forth);
    assert_eq!(first, tries(&start(5), &back));
    assert_ne!(first, tries(&start(6), &forth));
    let failed = first.iter().filter(|(_, _, status, _)| *status != 200).count();
    assert!((15..40).contains(&failed), "{failed} of 60");
}
