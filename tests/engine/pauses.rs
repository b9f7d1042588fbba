//! What stops a fetch for a while: a token that ends, a network that is gone, failures that pass.

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::json;
use statlens::{
    engine::{Command, EngineConfig, Event, KeepToken, Limits, Patience, Pause, Service, TokenState},
    model::{Api, ExchangeState, PlayerRef, WaitReason, Xuid},
    sample::{self, SampleLimits, SampleOptions, SampleService},
};

use crate::{
    desk::{Desk, column, config, words, xuids},
    jump_clock::JumpClock,
    stage::{Stage, by_xuid, columns, follow, public_players, token},
    support::{Reply, Request, Server, user},
};

fn values(request: &Request) -> Reply {
    let users = request.users();
    let users = users.iter().map(|xuid| user(*xuid, "s", &[("Kills", json!(xuid))]));
    Reply::json(&json!({"users": users.collect::<Vec<_>>()}))
}

/// An engine that waits as long as it takes, on a clock that leaps.
fn patient(url: &str, users_per_request: usize) -> EngineConfig {
    EngineConfig {
        patience: Patience::UntilStopped,
        clock: Arc::new(JumpClock::start()),
        limits: Limits { users_per_request, ..Limits::default() },
        ..config(None, url)
    }
}

#[test]
fn a_fetch_goes_on_with_a_new_token_where_it_stopped() {
    let stage = Stage::new("401:7", SampleLimits::Off);
    let limits = Limits { users_per_request: 2, ..Limits::default() };
    let (mut desk, _) = Desk::start(EngineConfig { limits, ..stage.config(None) });
    let known: Vec<Xuid> = public_players(40);
    let columns = columns(1, 3);
    let mut live = desk.send_fetch(&by_xuid(&known), &columns);
    let (mut pauses, mut rejections, mut resumed, mut answered_twice) = (0, 0, 0, 0);
    let mut rows = std::collections::HashSet::new();
    follow(&mut desk, &mut live, |event| match event {
        Event::Paused { why: Pause::Token(failure), .. } => {
            assert_eq!(failure.status, Some(401));
            pauses += 1;
        }
        Event::Token(TokenState::Rejected { .. }) => rejections += 1,
        Event::Resumed { .. } => resumed += 1,
        Event::Cells { block, .. } => {
            answered_twice += block.rows.iter().filter(|row| !rows.insert(**row)).count();
        }
        _ => {}
    });
    assert!(pauses >= 2, "{pauses}");
    assert_eq!((pauses, pauses), (rejections, resumed), "asked once a time");
    assert_eq!(answered_twice, 0, "nothing was asked again that was there");
    assert_eq!(stage.lies(live.table(), |_, _| false), Vec::<String>::new());
}

#[test]
fn the_same_token_is_tried_again_when_the_user_says_so() {
    let refused = Arc::new(AtomicUsize::new(0));
    let count = refused.clone();
    let server = Server::start(move |request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        if count.fetch_add(1, Ordering::SeqCst) == 0 {
            Reply::Body(401, String::new())
        } else {
            values(request)
        }
    });
    let (mut desk, _) = Desk::start(patient(&server.url(), 100));
    let mut live = desk.send_fetch(&xuids([1, 2]), &[column("s", "Kills")]);
    desk.run(|engine, event| {
        live.apply(event);
        if matches!(event, Event::Paused { .. }) {
            engine.send(Command::RetryNow);
        }
        live.end().is_some()
    });
    assert_eq!(words(live.table()), [["1"], ["2"]]);
}

#[test]
fn the_sample_service_gets_another_token_when_the_user_tries_again() {
    let stage = Stage::new("401:3", SampleLimits::Off);
    let service = Service::Sample { url: stage.service.url(), token: sample::TOKEN };
    let limits = Limits { users_per_request: 4, ..Limits::default() };
    let (mut desk, _) = Desk::start(EngineConfig { service, limits, ..stage.config(None) });
    let players = public_players(40);
    let mut live = desk.send_fetch(&by_xuid(&players), &columns(1, 2));
    let mut pauses = 0;
    desk.run(|engine, event| {
        live.apply(event);
        if matches!(event, Event::Paused { .. }) {
            pauses += 1;
            engine.send(Command::RetryNow);
        }
        live.end().is_some()
    });
    assert!(pauses >= 3, "{pauses}");
    assert_eq!(stage.lies(live.table(), |_, _| false), Vec::<String>::new());
}

#[test]
fn a_lost_network_is_waited_for() {
    // A port that nobody listens at, until the fetch has looked for it three times.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    drop(listener);
    let clock = JumpClock::start();
    let config = EngineConfig { clock: Arc::new(clock.clone()), ..patient(&format!("http://{addr}"), 100) };
    let (mut desk, _) = Desk::start(config);
    let mut live = desk.send_fetch(&xuids([1, 2]), &columns(1, 1));
    let mut service = None;
    let (mut pauses, mut resumed, mut looks) = (0, 0, Vec::new());
    desk.run(|_, event| {
        live.apply(event);
        match event {
            Event::Paused { why: Pause::Network(_), .. } => pauses += 1,
            Event::Resumed { .. } => resumed += 1,
            Event::Exchange(exchange) => {
                if let ExchangeState::Waiting { until: Some(until), why: WaitReason::Network } =
                    exchange.state
                    && !looks.contains(&until)
                {
                    looks.push(until);
                }
            }
            _ => {}
        }
        if looks.len() == 4 && service.is_none() {
            let options = SampleOptions {
                addr,
                limits: SampleLimits::Off,
                clock: Arc::new(clock.clone()),
                ..SampleOptions::default()
            };
            service = Some(SampleService::start_with(options).unwrap());
        }
        live.end().is_some()
    });
    assert_eq!((pauses, resumed), (1, 1));
    assert_eq!(live.table().counts().no_value, 2);
    let waits: Vec<i64> = looks.windows(2).map(|pair| pair[1].since(pair[0])).collect();
    assert!(waits[1] > waits[0] && waits[0] >= 2_000, "{waits:?}");
}

#[test]
fn a_network_that_stays_away_ends_a_fetch_that_nobody_watches() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let config = EngineConfig { patience: Patience::Tries(3), ..patient(&url, 100) };
    let (mut desk, _) = Desk::start(config);
    let live = desk.fetch(&xuids([1, 2]), &[column("s", "Kills")]);
    assert_eq!(words(live.table()), [["!"], ["!"]]);
}

#[test]
fn a_failure_that_passes_is_waited_for_and_every_attempt_told() {
    let stage = Stage::new("500:first 2, 503-after:first 1, empty:first 1", SampleLimits::Off);
    let mut desk = stage.desk();
    let known: Vec<Xuid> = public_players(3);
    let began = stage.now();
    let mut live = desk.send_fetch(&by_xuid(&known), &columns(1, 2));
    let mut last = None;
    follow(&mut desk, &mut live, |event| {
        if let Event::Exchange(exchange) = event
            && exchange.sent.stats > 0
        {
            last = Some(exchange.clone());
        }
    });
    let exchange = last.unwrap();
    assert_eq!(exchange.state, ExchangeState::Done);
    assert!(exchange.attempts.len() >= 3, "{:?}", exchange.attempts);
    assert!(exchange.attempts[0].failure.is_some() && exchange.attempts[0].status.is_some());
    assert!(stage.now().since(began) >= 10_000, "at least 10 s after a 500");
    assert_eq!(live.exchange_of(0, 0), Some(exchange.id));
    assert_eq!(stage.lies(live.table(), |_, _| false), Vec::<String>::new());
}

#[test]
fn retry_now_ends_a_pause() {
    // The real clock: without the command this would take ten seconds and more.
    let failed = Arc::new(AtomicUsize::new(0));
    let count = failed.clone();
    let server = Server::start(move |request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        if count.fetch_add(1, Ordering::SeqCst) == 0 {
            Reply::Body(500, String::new())
        } else {
            values(request)
        }
    });
    let (mut desk, _) =
        Desk::start(EngineConfig { patience: Patience::UntilStopped, ..config(None, &server.url()) });
    let mut live = desk.send_fetch(&xuids([1]), &[column("s", "Kills")]);
    let mut told = None;
    let mut last = None;
    desk.run(|engine, event| {
        live.apply(event);
        if let Event::Exchange(exchange) = event {
            if let ExchangeState::Waiting { until: Some(until), why: WaitReason::BackOff } = exchange.state {
                told.get_or_insert(until);
                engine.send(Command::RetryNow);
            }
            if exchange.api == Api::Stats {
                last = exchange.last().map(|attempt| attempt.started);
            }
        }
        live.end().is_some()
    });
    assert_eq!(words(live.table()), [["1"]]);
    assert!(last.unwrap() < told.unwrap(), "it waited although it was to be tried at once");
}

#[test]
fn one_who_cannot_be_answered_is_found_among_those_who_can() {
    // Whoever asks for 13 gets a 500, whatever else they ask for.
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        if request.users().contains(&13) { Reply::Body(500, String::new()) } else { values(request) }
    });
    let (mut desk, _) = Desk::start(patient(&server.url(), 10));
    let players: Vec<PlayerRef> = xuids(1..=40);
    let live = desk.fetch(&players, &[column("s", "Kills")]);
    let failed: Vec<usize> = (0..40).filter(|row| words(live.table())[*row] == ["!"]).collect();
    assert_eq!(failed, [12]);
    // And when nobody else was asked who could have been answered.
    let live = desk.fetch(&xuids(10..=15), &[column("s", "Kills")]);
    let expected = ["10", "11", "12", "!", "14", "15"].map(|word| vec![word.to_owned()]);
    assert_eq!(words(live.table()), expected);
}

#[test]
fn a_token_given_before_it_is_asked_for_is_used() {
    let stage = Stage::new("none", SampleLimits::Off);
    let mut desk = stage.desk();
    desk.engine.send(Command::UseToken { pasted: token(5), keep: KeepToken::Session });
    let mut live = desk.send_fetch(&xuids([1]), &columns(1, 1));
    follow(&mut desk, &mut live, |_| {});
    assert_eq!(live.table().counts().no_value, 1);
}
