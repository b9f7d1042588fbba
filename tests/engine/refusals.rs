//! Who or what a request is refused for stands alone; all others get their values.

use serde_json::json;
use statlens::{
    engine::{EngineConfig, Event, Limits},
    model::{ColumnKey, ExchangeState, Xuid},
    sample::SampleLimits,
};

use crate::{
    desk::{Desk, column, config, failure_of, words, xuids},
    stage::{Stage, by_xuid, columns, follow},
    support::{Reply, Server, user},
};

/// Fetches a hundred players of two titles under faults. Returns how many requests it took.
fn fetch(stage: &Stage, must_fail: impl Fn(Xuid, &ColumnKey) -> bool) -> usize {
    let mut desk = stage.desk();
    let known: Vec<Xuid> = Stage::new("none", SampleLimits::Off).xuids().into_iter().take(100).collect();
    let mut live = desk.send_fetch(&by_xuid(&known), &columns(2, 5));
    let mut requests = 0;
    follow(&mut desk, &mut live, |event| {
        if let Event::Exchange(exchange) = event
            && exchange.state == ExchangeState::UnderWay
            && exchange.sent.stats > 0
        {
            requests += 1;
        }
    });
    assert_eq!(stage.lies(live.table(), must_fail), Vec::<String>::new());
    requests
}

fn some(places: &[usize]) -> Vec<Xuid> {
    let known = Stage::new("none", SampleLimits::Off).xuids();
    places.iter().map(|place| known[*place]).collect()
}

#[test]
fn users_who_are_refused_stand_alone() {
    let bad = some(&[3, 50, 99]);
    for status in ["400-user", "403-user", "404-user"] {
        let list: Vec<String> = bad.iter().map(Xuid::to_string).collect();
        let stage = Stage::new(&format!("{status}:{}", list.join(" ")), SampleLimits::Off);
        let requests = fetch(&stage, |xuid, _| bad.contains(&xuid));
        assert!(requests <= 60, "{requests} for {status}");
    }
}

#[test]
fn a_title_that_is_refused_stands_alone_and_is_left_out_of_later_requests() {
    let scid = columns(2, 1)[1].scid.clone();
    let stage = Stage::new(&format!("403-title:{scid}"), SampleLimits::Off);
    let requests = fetch(&stage, |_, key| key.scid == scid);
    assert!(requests <= 12, "{requests}");
}

#[test]
fn a_size_that_is_refused_is_learnt() {
    let stage = Stage::new("413:30", SampleLimits::Off);
    let requests = fetch(&stage, |_, _| false);
    assert!(requests <= 8, "{requests}");
}

#[test]
fn everything_at_once_is_told_apart() {
    let bad = some(&[7, 70]);
    let scid = columns(2, 1)[0].scid.clone();
    let faults = format!("403-user:{}, 400-user:{}, 403-title:{scid}, 413:40", bad[0], bad[1]);
    let stage = Stage::new(&faults, SampleLimits::Off);
    fetch(&stage, |xuid, key| bad.contains(&xuid) || key.scid == scid);
}

#[test]
fn an_answer_that_is_broken_for_one_player_is_kept_and_marked() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        let users = request.users();
        if users.contains(&2) {
            return Reply::Body(200, "<html>what?</html>".into());
        }
        let users = users.iter().map(|xuid| user(*xuid, "s", &[("Kills", json!(xuid))]));
        Reply::json(&json!({"users": users.collect::<Vec<_>>()}))
    });
    let stage = Stage::new("none", SampleLimits::Off);
    let config = EngineConfig {
        patience: statlens::engine::Patience::UntilStopped,
        clock: std::sync::Arc::new(stage.clock.clone()),
        limits: Limits { users_per_request: 4, ..Limits::default() },
        ..config(None, &server.url())
    };
    let (mut desk, _) = Desk::start(config);
    let mut live = desk.send_fetch(&xuids(1..=4), &[column("s", "Kills")]);
    let mut exchanges = std::collections::HashMap::new();
    follow(&mut desk, &mut live, |event| {
        if let Event::Exchange(exchange) = event {
            exchanges.insert(exchange.id, exchange.clone());
        }
    });
    assert_eq!(words(live.table()), [["1"], ["!"], ["3"], ["4"]]);
    assert!(failure_of(live.table(), 1).reason.contains("<html"));
    let source = &exchanges[&live.exchange_of(1, 0).unwrap()];
    assert!(matches!(source.state, ExchangeState::Failed(_)));
    assert_eq!(source.last().unwrap().body.bytes(), "<html>what?</html>".len());
}
