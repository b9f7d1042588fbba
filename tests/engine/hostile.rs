//! Servers that misbehave.

use std::net::TcpListener;

use serde_json::{Value, json};
use statlens::{
    engine::{EngineConfig, Event, FetchEnd, Limits, TokenState},
    model::{Counts, Query, Remedy, StatName},
};

use crate::{
    desk::{Desk, column, config, failure_of, gamertag, words, xuids},
    support::{Reply, Server, user},
};

#[test]
fn a_disorderly_answer_is_put_in_order() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        Reply::json(&json!({"users": [
            user(4, "S", &[("Kills", json!("4")), ("Wins", json!(9_007_199_254_740_993_i64))]),
            user(99, "s", &[("Kills", json!("1"))]),
            {"xuid": 3, "scids": 7},
            user(1, "s", &[("Kills", json!("1")), ("Unheard", json!("1"))]),
            user(1, "s", &[("Kills", json!("11")), ("Wins", Value::Null)]),
        ]}))
    });
    let mut desk = Desk::at(&server);
    let live = desk.fetch(&xuids([1, 2, 3, 4]), &[column("s", "Kills"), column("s", "Wins")]);
    let expected = [["11", "-"], ["-", "-"], ["!", "!"], ["4", "9007199254740993"]];
    assert_eq!(words(live.table()), expected);
    let remarks = live.remarks().join("\n");
    for told in ["nobody asked for", "twice", "another case", "could not be read"] {
        assert!(remarks.contains(told), "{told}: {remarks}");
    }
}

#[test]
fn stats_that_come_along_are_learnt() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        Reply::json(&json!({"users": [user(1, "s", &[("Kills", json!("1")), ("Unheard", json!("1"))])]}))
    });
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(config(Some(home.path()), &server.url()));
    let _ = desk.send_fetch(&xuids([1]), &[column("s", "Kills")]);
    let Event::Learnt(titles) = desk.until(|event| matches!(event, Event::Learnt(_))) else { unreachable!() };
    assert_eq!(titles[0].stats.iter().map(StatName::as_str).collect::<Vec<_>>(), ["Kills", "Unheard"]);
    drop(desk);
    let (_desk, restored) = Desk::start(config(Some(home.path()), &server.url()));
    assert_eq!(restored.catalogue.titles()[0].stats.len(), 2);
}

#[test]
fn a_stat_that_may_be_anybodys_is_nobodys_missing_value() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        Reply::json(
            &json!({"statlistscollection": [{"arrangebyfield": "scid", "arrangebyfieldid": "s", "stats": [
                {"xuid": "1", "scid": "s", "name": "Kills", "value": "1"},
                {"xuid": "1", "scid": "s", "name": "Wins", "value": "2"},
                {"xuid": "2", "scid": "s", "name": "Wins", "value": "3"},
                {"xuid": "nobody", "scid": "s", "name": "Kills", "value": "4"},
            ]}]}),
        )
    });
    let columns = ["Kills", "Wins", "Laps"].map(|stat| column("s", stat));
    let live = Desk::at(&server).fetch(&xuids([1, 2]), &columns);
    assert_eq!(words(live.table()), [["1", "2", "-"], ["!", "3", "-"]]);
}

#[test]
fn a_name_that_a_service_made_up_is_repeated_tamely() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        let name = format!("\u{1b}[2J{}", "x".repeat(10_000));
        Reply::json(&json!({"users": [user(1, "s", &[(name.as_str(), json!("1"))])]}))
    });
    let live = Desk::at(&server).fetch(&xuids([1]), &[column("s", "Kills")]);
    assert!(live.remarks().iter().any(|remark| remark.contains("[2Jxxx")));
    assert!(live.remarks().iter().all(|remark| remark.len() < 300 && !remark.contains('\u{1b}')));
}

#[test]
fn an_answer_that_is_none_fails_its_cells() {
    for (body, told) in [("<html><body>hello</body></html>", "<html"), ("", "empty"), ("[[[", "cut off")] {
        let server = Server::start(move |request| {
            if request.is_batch() { Reply::Body(200, body.into()) } else { Reply::names(request) }
        });
        let live = Desk::at(&server).fetch(&xuids([1, 2]), &[column("s", "Kills")]);
        assert_eq!(words(live.table()), [["!"], ["!"]]);
        let failure = failure_of(live.table(), 0);
        assert!(failure.reason.contains(told), "{}", failure.reason);
        assert_eq!(failure.remedy, Remedy::Retry);
    }
}

#[test]
fn what_came_before_a_cut_stays() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        let whole = json!({"users": [
            user(1, "s", &[("Kills", json!("1"))]),
            user(2, "s", &[("Kills", json!("2"))]),
        ]});
        let text = whole.to_string();
        Reply::Body(200, text[..text.len() - 30].into())
    });
    let live = Desk::at(&server).fetch(&xuids([1, 2, 3]), &[column("s", "Kills")]);
    assert_eq!(words(live.table()), [["1"], ["!"], ["!"]]);
}

#[test]
fn a_refused_token_ends_the_fetch_and_is_told() {
    let server = Server::start(|request| {
        if request.is_batch() { Reply::Body(401, String::new()) } else { Reply::names(request) }
    });
    let limits = Limits { users_per_request: 1, requests_at_once: 1, ..Limits::default() };
    let (mut desk, _) = Desk::start(EngineConfig { limits, ..config(None, &server.url()) });
    assert!(matches!(desk.token(), TokenState::Ready(_)));
    let mut rejected = false;
    let mut live = desk.send_fetch(&xuids(1..=50), &[column("s", "Kills")]);
    desk.until(|event| {
        live.apply(event);
        rejected |= matches!(event, Event::Token(TokenState::Rejected { .. }));
        live.end().is_some() && rejected
    });
    assert_eq!(live.table().counts(), Counts { failed: 50, ..Counts::default() });
    assert_eq!(failure_of(live.table(), 49).remedy, Remedy::NewToken);
    assert_eq!(server.batches(), 1);
}

#[test]
fn a_server_that_is_not_there_is_told_in_each_cell() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (mut desk, _) = Desk::start(config(None, &url));
    let live = desk.fetch(&[xuids([1]), vec![gamertag("Somebody")]].concat(), &[column("s", "Kills")]);
    for row in [0, 1] {
        let failure = failure_of(live.table(), row);
        assert_eq!((failure.status, failure.remedy), (None, Remedy::Retry), "{}", failure.reason);
    }
}

#[test]
fn a_query_of_nothing_ends_at_once() {
    let server = Server::start(|_| Reply::Silence);
    let mut desk = Desk::at(&server);
    let query = Query::default();
    let live = desk.fetch(&query.player_refs(), &query.columns());
    assert!(matches!(live.end(), Some((_, FetchEnd::Done))));
}
