//! What is refused, in which order, and with which words.

use std::net::SocketAddr;

use serde_json::{Value, json};
use statlens::sample::{SEED, SampleError, SampleService, TOKEN};

use crate::{HIDDEN_HERON, SHOOTER, Sample, WARRIOR_SAINT};

#[test]
fn it_listens_on_this_machine_alone_and_stops_when_dropped() {
    let anywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    assert!(matches!(SampleService::start(anywhere, 1), Err(SampleError::NotLoopback(_))));
    let service = SampleService::start(SocketAddr::from(([127, 0, 0, 1], 0)), 1).unwrap();
    let addr: SocketAddr = service.url().strip_prefix("http://").unwrap().parse().unwrap();
    assert!(matches!(SampleService::start(addr, 1), Err(SampleError::Listen { .. })));
    drop(service);
    drop(SampleService::start(addr, 1).unwrap());
}

#[test]
fn tokens_and_contracts_are_checked_before_bodies() {
    let sample = Sample::start(SEED);
    let send = |headers: &[(&str, &str)]| sample.send("POST", "/batch", headers, Some("nonsense".into()));
    let contract = ("x-xbl-contract-version", "1");
    for bad in ["XBL3.0 x=-;", "Bearer abc", "XBL3.0 x=12ab;cd", "XBL3.0 x=1;a b", ""] {
        let refused = send(&[("authorization", bad), contract]);
        assert_eq!((refused.status, refused.text.as_str()), (401, ""), "{bad:?}");
        assert!(refused.headers.contains_key("www-authenticate"));
    }
    assert_eq!(send(&[contract]).status, 401);
    assert_eq!(send(&[("authorization", TOKEN)]).status, 406);
    let other = send(&[("authorization", TOKEN), ("x-xbl-contract-version", "4")]);
    assert_eq!(other.status, 406);
    assert!(other.json()["description"].is_string());
    assert_eq!(send(&[("authorization", TOKEN), contract]).status, 400);
    for (path, wrong) in [
        ("/users/me/profile/settings", "1"),
        ("/users/me/people/search?q=a", "2"),
        ("/users/me/titles/titlehistory/decoration/scid", "1"),
        ("/users/xuid(2535466120001871)/scids/x/stats/Kills", "9"),
    ] {
        assert_eq!(sample.get(path, wrong).status, 406, "{path}");
    }
    assert_eq!(sample.get("/nowhere", "1").status, 404);
    assert_eq!(sample.get("/batch", "1").status, 404);
}

#[test]
fn every_answer_says_what_it_is_and_can_be_traced() {
    let sample = Sample::start(SEED);
    let answers = [
        sample.get("/users/me/profile/settings?settings=Gamertag", "2"),
        sample.get("/nowhere", "2"),
        sample.send("POST", "/batch", &[], None),
    ];
    let mut ids = std::collections::HashSet::new();
    for answer in answers {
        assert_eq!(answer.headers["content-type"], "application/json; charset=utf-8");
        let id = answer.headers["x-xblcorrelationid"].to_str().unwrap().to_owned();
        assert_eq!(id.len(), 36);
        assert!(ids.insert(id), "correlation ids differ");
        assert!(answer.headers["ms-cv"].to_str().unwrap().ends_with(".0"));
    }
}

#[test]
fn malformed_bodies_are_refused_with_a_reason() {
    let sample = Sample::start(SEED);
    let stats = json!([{ "scid": SHOOTER, "requestedstats": ["Kills"] }]);
    for (path, contract, body) in [
        ("/batch", "1", json!({})),
        ("/batch", "1", json!({ "requestedusers": ["12x"], "requestedscids": stats })),
        ("/batch", "1", json!({ "requestedusers": [1.5], "requestedscids": stats })),
        ("/batch", "1", json!({ "requestedusers": ["1"], "requestedscids": [{ "scid": SHOOTER }] })),
        ("/batch", "2", json!({ "xuids": ["1"], "stats": [{ "name": "Kills" }] })),
        ("/batch", "2", json!({ "xuids": ["1"], "arrangebyfield": "colour" })),
        ("/users/batch/profile/settings", "2", json!({ "userIds": "1", "settings": [] })),
    ] {
        let refused = sample.post(path, contract, &body);
        assert_eq!(refused.status, 400, "{body}");
        let error = refused.json();
        assert!(error["code"].is_u64() && error["source"].is_string() && error["description"].is_string());
        assert_eq!(error.get("traceInformation"), Some(&Value::Null));
    }
    let large = json!({ "requestedusers": ["1".repeat(2 << 20)], "requestedscids": [] });
    assert_eq!(sample.post("/batch", "1", &large).status, 413);
}

#[test]
fn a_batch_with_a_private_player_is_refused_whole() {
    let sample = Sample::start(SEED);
    let refused = sample.batch(&[WARRIOR_SAINT, HIDDEN_HERON], &[(SHOOTER, &["Kills"])]);
    assert_eq!(refused.status, 403);
    assert!(refused.json()["description"].is_string());
    let xuid = HIDDEN_HERON;
    assert_eq!(sample.get(&format!("/users/xuid({xuid})/scids/{SHOOTER}/stats/Kills"), "1").status, 403);
    assert_eq!(
        sample.get(&format!("/users/xuid({xuid})/titles/titlehistory/decoration/scid"), "2").status,
        403
    );
    let body = json!({ "xuids": [xuid], "groups": [{ "name": "Hero", "scid": SHOOTER }] });
    assert_eq!(sample.post("/batch", "2", &body).status, 403);
    assert_eq!(
        sample.get(&format!("/users/xuid({xuid})/profile/settings?settings=Gamertag"), "2").status,
        200
    );
}
