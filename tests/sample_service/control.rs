//! Faults switched on and off while the service runs, and told.

use serde_json::{Value, json};
use statlens::sample::{Fault, FaultKind, Faults};

use crate::{NOVA, SHOOTER, Sample};

fn post(sample: &Sample, path: &str, body: &str) -> crate::Answer {
    sample.send("POST", path, &[], Some(body.to_owned()))
}

#[test]
fn the_handle_changes_faults_at_once() {
    let sample = Sample::with_faults("none");
    for _ in 0..20 {
        sample.service.set_faults("500:100%".parse().unwrap());
        assert_eq!(sample.kills(NOVA).status, 500);
        sample.service.set_faults(Faults::none());
        assert_eq!(sample.kills(NOVA).status, 200);
    }
    sample.service.set_faults("500:first 1".parse().unwrap());
    assert_eq!(sample.kills(NOVA).status, 500, "new faults begin with a first try");
}

#[test]
fn the_control_route_takes_text_and_both_forms_of_json() {
    let sample = Sample::with_faults("none");
    for body in ["503:100%", " \"503:100%\" ", "{\"503\":\"100%\"}", "{\"503\":\"100%\",\"413\":25}"] {
        let answer = post(&sample, "/sample/faults", body);
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.json()["faults"]["503"], "100%");
        assert_eq!(sample.kills(NOVA).status, 503);
        assert_eq!(post(&sample, "/sample/faults", "none").json()["faults"], json!({}));
        assert_eq!(sample.kills(NOVA).status, 200);
    }
    let usual = post(&sample, "/sample/faults", "{\"slow\":null,\"401\":true}").json();
    assert_eq!(usual["text"], "401:20, slow:10%");
    let told = sample.send("GET", "/sample/faults", &[], None).json();
    assert_eq!(told, usual);
    let known = told["known"].as_array().unwrap();
    assert_eq!(known.len(), FaultKind::ALL.len());
    for fault in known {
        for field in ["name", "group", "description", "parameter", "usual"] {
            assert!(fault[field].as_str().is_some_and(|text| !text.is_empty()), "{fault}");
        }
    }
}

#[test]
fn bad_faults_are_refused_with_a_reason_and_change_nothing() {
    let sample = Sample::with_faults("500:100%");
    for (body, says) in [
        ("500:lots", "a share from 0% to 100%"),
        ("600", "is no fault"),
        ("\"slow,,cut\"", "is missing"),
        ("{\"600\":\"1%\"}", "is no fault"),
        ("{\"500\":[1]}", "is no text"),
        ("{\"413\":\"many\"}", "a whole number"),
        ("{\"500\":", "is not JSON"),
    ] {
        let refused = post(&sample, "/sample/faults", body);
        assert_eq!(refused.status, 400, "{body}");
        let reason = refused.json()["description"].as_str().unwrap().to_owned();
        assert!(reason.contains(says), "{reason}");
        assert_eq!(sample.kills(NOVA).status, 500);
    }
    assert_eq!(sample.send("DELETE", "/sample/faults", &[], None).status, 404);
}

#[test]
fn what_is_ours_never_fails() {
    let sample = Sample::with_faults("500:100%, reset:100%, 401:1");
    assert_eq!(post(&sample, "/sample/play-session", "{\"xuids\":[17]}").status, 200);
    assert_eq!(sample.send("GET", "/sample/faults", &[], None).status, 200);
}

#[test]
fn validators_spare_an_answer_until_it_changes() {
    let sample = Sample::with_faults("etags");
    let path = format!("/users/xuid({NOVA})/scids/{SHOOTER}/stats/Kills");
    let ask = |header: &str, value: &str| {
        let headers =
            [("authorization", statlens::sample::TOKEN), ("x-xbl-contract-version", "1"), (header, value)];
        sample.send("GET", &path, &headers, None)
    };
    let first = ask("accept", "*/*");
    let header = |answer: &crate::Answer, name: &str| answer.headers[name].to_str().unwrap().to_owned();
    let (etag, changed) = (header(&first, "etag"), header(&first, "last-modified"));
    assert_eq!(first.status, 200);
    for (name, value) in [
        ("if-none-match", etag.clone()),
        ("if-none-match", format!("\"other\", W/{etag}")),
        ("if-none-match", "*".to_owned()),
        ("if-modified-since", changed.clone()),
    ] {
        let known = ask(name, &value);
        assert_eq!((known.status, known.text.as_str()), (304, ""), "{name}: {value}");
        assert_eq!(header(&known, "etag"), etag);
    }
    assert_eq!(ask("if-none-match", "\"other\"").status, 200);
    assert_eq!(ask("if-modified-since", "Thu, 19 Nov 2026 18:00:00 GMT").status, 200);
    assert_eq!(post(&sample, "/sample/play-session", "{\"matches\":9}").status, 200);
    let later = ask("if-none-match", &etag);
    assert_eq!(later.status, 200);
    assert_ne!(header(&later, "etag"), etag);
    assert_eq!(ask("if-modified-since", &changed).status, 200);
    let odd: Faults =
        [FaultKind::Etags, FaultKind::Shuffle, FaultKind::OddValues].map(Fault::usual).into_iter().collect();
    sample.service.set_faults(odd);
    let tags: Vec<Value> = (0..4)
        .map(|_| sample.batch(&[NOVA], &[(SHOOTER, &["Kills", "Deaths"])]))
        .map(|answer| header(&answer, "etag").into())
        .collect();
    assert!(tags.iter().all(|tag| *tag == tags[0]), "what is said is the same, however it is said");
    sample.service.set_faults(Faults::none());
    assert!(!ask("accept", "*/*").headers.contains_key("etag"));
}
