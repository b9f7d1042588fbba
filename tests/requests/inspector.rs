//! The inspector: what happened, what was sent, what came back.

use std::{io::Write as _, sync::Arc};

use egui::{Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::{
    model::{Api, Body, Exchange, ExchangeId, ExchangeState, Remedy, Sent, UnixMillis, WaitReason},
    ui::requests::RequestsAction,
};

use crate::{
    clicked, has,
    world::{SIZE, START, World, answer, attempt, failure, harness, picture, queued, refused, until},
};

/// The picture with this request selected.
fn at(id: u64) -> Harness<'static, World> {
    let mut world = picture();
    world.state.select(ExchangeId(id));
    harness(world, SIZE)
}

/// One request, selected.
fn of(exchange: Exchange) -> Harness<'static, World> {
    let id = exchange.id;
    let mut world = World::of([exchange]);
    world.state.select(id);
    harness(world, SIZE)
}

fn copied(harness: &Harness<'_, World>) -> Vec<(String, &'static str)> {
    let copied = harness.state().actions.iter().filter_map(|action| match action {
        RequestsAction::Copy(text, what) => Some((text.clone(), *what)),
        _ => None,
    });
    copied.collect()
}

#[test]
fn a_retry_that_helped_is_told_and_asks_for_nothing() {
    let harness = at(9);
    for words in [
        "9 · POST /batch 100 × 9",
        "userstats.xboxlive.com",
        "429, then 200",
        "The service had too many requests: it allows 100 in 15 s and asks to wait 4 s.",
        "Statlens waited 1.44 s as told (Retry-After 4) and sent it again.",
        "Nothing to do.",
        "1 of 840 entries",
        "users[37].scids: expected a list, found 7. Its 9 values are marked failed",
    ] {
        assert!(has(&harness, words), "{words}");
    }
    assert!(harness.query_by_role_and_label(Role::Button, "Retry failed").is_none());
}

#[test]
fn a_failure_names_what_to_do_and_offers_it() {
    let mut harness = at(7);
    assert!(has(&harness, "403: Not allowed: a player is private"));
    clicked(&mut harness, Role::Button, "Edit players");
    assert_eq!(harness.state().actions, [RequestsAction::Remedy(Remedy::EditPlayers)]);
}

#[test]
fn tabs_show_what_was_sent_and_what_came_back() {
    let mut harness = at(9);
    until(&mut harness, |harness| has(harness, "\"users\": ["));
    clicked(&mut harness, Role::Tab, "Sent");
    assert!(has(&harness, "POST https://userstats.xboxlive.com/batch?operation=read"));
    assert!(has(&harness, "\"requestedusers\""));
    clicked(&mut harness, Role::Tab, "Raw");
    until(&mut harness, |harness| has(harness, "{\"users\":[{\"xuid\":"));
    clicked(&mut harness, Role::Tab, "Headers");
    for words in ["Authorization: hidden", "x-xbl-contract-version: 1", "Content-Type: application/json"] {
        assert!(has(&harness, words), "{words}");
    }
    clicked(&mut harness, Role::Tab, "Attempts");
    assert!(has(&harness, "Waited 1.44 s, connected in 70 ms, answered in 494 ms, read 104 kB in 141 ms"));
    clicked(&mut harness, Role::Button, "Show answer 1");
    assert!(has(&harness, "Answer to attempt 1 of 2."));
    assert!(has(&harness, "\"currentRequests\": 104"));
    clicked(&mut harness, Role::Button, "Show the last");
    until(&mut harness, |harness| has(harness, "\"users\": ["));
}

#[test]
fn a_copy_never_holds_the_token() {
    let mut harness = at(9);
    clicked(&mut harness, Role::Button, "Copy as cURL: token hidden");
    clicked(&mut harness, Role::Button, "Copy body: answer");
    clicked(&mut harness, Role::Tab, "Sent");
    clicked(&mut harness, Role::Button, "Copy body: sent");
    let copied = copied(&harness);
    assert!(copied[0].0.contains("$XBL_TOKEN") || copied[0].0.contains("${XBL_TOKEN"), "{}", copied[0].0);
    assert!(copied[1].0.starts_with("{\"users\":[") && copied[1].0.ends_with("]}"));
    assert!(copied[2].0.starts_with("{\"requestedusers\":[\"2535466120771009\"]"));
    assert_eq!(
        copied.iter().map(|(_, what)| *what).collect::<Vec<_>>(),
        ["a cURL command", "a body", "a body"]
    );
}

#[test]
fn a_header_with_a_secret_is_hidden_even_should_it_come() {
    let mut exchange = queued(1, Api::Stats, "POST /batch", 0);
    let mut sent = Sent::clone(&exchange.sent);
    sent.headers.push(("authorization".into(), "XBL3.0 x=1;verysecret".into()));
    exchange.sent = Arc::new(sent);
    let mut harness = of(exchange);
    clicked(&mut harness, Role::Tab, "Headers");
    assert!(!has(&harness, "verysecret"));
}

#[test]
fn retry_now_ends_pauses_and_no_rate_limit() {
    let waiting = |why| Exchange {
        state: ExchangeState::Waiting { until: Some(UnixMillis(START + 20_000)), why },
        attempts: vec![refused(10)],
        ..queued(1, Api::Stats, "POST /batch", 0)
    };
    let mut told = of(waiting(WaitReason::AsTold));
    assert!(has(&told, "waiting after 429"));
    assert!(has(&told, "The service said how long to stay away. It goes on in 0:12."));
    clicked(&mut told, Role::Button, "Retry now: in 0:12");
    assert_eq!(told.state().actions, [RequestsAction::RetryNow]);
    let limited = at(14);
    let button = limited.get_by_role_and_label(Role::Button, "Retry now: in 0:42");
    assert!(button.accesskit_node().is_disabled());
    assert!(has(
        &limited,
        "The profile service takes no more than 30 requests in 5 min. It goes on in 0:42."
    ));
}

#[test]
fn a_body_in_a_file_is_read_beside_the_frame() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("body");
    let Body::Here(bytes) = answer(3_000_000) else { panic!("it is in memory") };
    std::fs::File::create(&path).unwrap().write_all(&bytes).unwrap();
    let body = Body::InFile { path: path.as_path().into(), bytes: bytes.len() };
    let exchange = Exchange {
        state: ExchangeState::Done,
        attempts: vec![attempt(0, 100, Some(200), body)],
        ..queued(1, Api::Stats, "POST /batch", 0)
    };
    let mut harness = of(exchange.clone());
    until(&mut harness, |harness| has(harness, "\"users\": ["));
    clicked(&mut harness, Role::Button, "Copy body: answer");
    until(&mut harness, |harness| !copied(harness).is_empty());
    assert_eq!(copied(&harness)[0].0.len(), bytes.len());
    clicked(&mut harness, Role::Tab, "Raw");
    until(&mut harness, |harness| has(harness, "The first 524 kB of 3.0 MB."));
    drop(folder);
    let mut harness = of(exchange);
    until(&mut harness, |harness| has(harness, "The file with this body cannot be read"));
}

#[test]
fn a_body_that_is_gone_leaves_its_size() {
    let mut exchange = queued(1, Api::Stats, "POST /batch", 0);
    exchange.state = ExchangeState::Done;
    exchange.attempts = vec![attempt(0, 100, Some(200), Body::Gone(104_000))];
    let harness = of(exchange);
    assert!(has(&harness, "It had 104 kB and is no longer kept"));
    let copy = harness.get_by_role_and_label(Role::Button, "Copy body: answer");
    assert!(copy.accesskit_node().is_disabled());
}

#[test]
fn odd_answers_are_shown_as_they_came() {
    for (body, shown) in [
        (&b"<html>Sign in</html>"[..], "<html>Sign in</html>"),
        (b"{\"users\": [1, 2", "\"users\": [1, 2"),
        (b"\xff\xfe\x00broken", "broken"),
    ] {
        let mut exchange = queued(1, Api::Stats, "POST /batch", 0);
        let why = failure(Some(200), "The answer is no JSON", "Check the service address", Remedy::Retry);
        exchange.state = ExchangeState::Failed(why);
        exchange.attempts = vec![attempt(0, 100, Some(200), Body::Here(body.into()))];
        let mut harness = of(exchange);
        assert!(has(&harness, "200, not usable"));
        clicked(&mut harness, Role::Tab, "Raw");
        assert!(has(&harness, shown), "{shown}");
    }
}

#[test]
fn a_request_without_an_answer_says_so() {
    let mut exchange = queued(1, Api::Profile, "GET gt(A)", 0);
    let no_answer =
        failure(None, "Nothing answers at profile.xboxlive.com", "Check the network", Remedy::Retry);
    let mut failed = attempt(0, 0, None, Body::Empty);
    failed.failure = Some(no_answer.clone());
    exchange.attempts = vec![failed];
    exchange.state = ExchangeState::Failed(no_answer);
    let mut harness = of(exchange);
    assert!(has(&harness, "Nothing answers at profile.xboxlive.com."));
    assert!(has(&harness, "No answer."));
    clicked(&mut harness, Role::Tab, "Sent");
    assert!(has(&harness, "Sent without a body."));
    clicked(&mut harness, Role::Button, "Retry failed");
    assert_eq!(harness.state().actions, [RequestsAction::Remedy(Remedy::Retry)]);
}

#[test]
fn many_remarks_are_counted_and_scroll() {
    let mut exchange = queued(1, Api::Stats, "POST /batch", 0);
    exchange.state = ExchangeState::Done;
    exchange.attempts = vec![attempt(0, 100, Some(200), answer(300))];
    exchange.entries = 5_000;
    exchange.unread = (0..2_000).map(|n| format!("users[{n}]: no object")).collect();
    let mut world = World::of([exchange]);
    world.state.select(ExchangeId(1));
    let harness = harness(world, Vec2::new(1280.0, 648.0));
    assert!(has(&harness, "2,000 of 5,000 entries"));
    assert!(has(&harness, "and 1,900 more"));
}
