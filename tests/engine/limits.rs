//! Rate limits: never exceeded, and used.

use std::collections::HashMap;

use statlens::{
    engine::{Command, EngineConfig, Event, FetchEnd, Limits},
    model::{Api, ExchangeState, Gamertag, PlayerRef, Rates, WaitReason, Xuid},
    sample::SampleLimits,
};

use crate::{
    desk::Desk,
    stage::{Stage, columns, follow},
};

fn nobody(count: u64) -> Vec<PlayerRef> {
    (0..count).map(|place| PlayerRef::Xuid(Xuid(2_600_000_000_000_000 + place))).collect()
}

/// One user a request, so that few players make many requests.
fn one_by_one(stage: &Stage, folder: Option<&std::path::Path>) -> EngineConfig {
    let limits = Limits { users_per_request: 1, ..Limits::default() };
    // Names are not what this is about.
    EngineConfig { limits, ..stage.config(folder) }
}

#[test]
fn a_long_fetch_keeps_to_the_limits_and_uses_them() {
    let stage = Stage::new("none", SampleLimits::Documented);
    let (mut desk, _) = Desk::start(EngineConfig {
        limits: Limits { users_per_request: 5, ..Limits::default() },
        ..stage.config(None)
    });
    let began = stage.now();
    let mut last_cells = began;
    let mut live = desk.send_fetch(&nobody(6_000), &columns(1, 2));
    let mut waits = 0;
    let mut done = false;
    desk.run(|engine, event| {
        live.apply(event);
        match event {
            Event::Cells { .. } => last_cells = stage.now(),
            Event::Budgets(budgets) => {
                let stats = budgets.0.iter().find(|budget| budget.api == Api::Stats);
                waits += usize::from(stats.is_some_and(|stats| {
                    stats.queued > 0 && matches!(stats.wait, Some((Some(_), WaitReason::RateLimit { .. })))
                }));
            }
            _ => {}
        }
        if !done
            && live.progress().cells_done == live.progress().cells_total
            && live.progress().cells_total > 0
        {
            // All values are there; the names would take hours.
            done = true;
            engine.send(Command::Cancel(live.id()));
        }
        live.end().is_some()
    });
    assert!(waits > 3, "waiting is told");
    let counts = stage.service.counts().of(Api::Stats);
    assert_eq!((counts.requests, counts.throttled), (1_200, 0));
    let profile = stage.service.counts().of(Api::Profile);
    assert_eq!(profile.throttled, 0);
    // 300 in each 300 s: the last of 1,200 goes out 900 s after the first, at the earliest.
    let took = last_cells.since(began);
    assert!(took as f64 <= 900_000.0 / 0.95, "{took} ms");
}

#[test]
fn a_restart_forgets_nothing_that_was_spent() {
    let stage = Stage::new("none", SampleLimits::Documented);
    let home = tempfile::tempdir().unwrap();
    for _ in 0..4 {
        let (mut desk, _) = Desk::start(one_by_one(&stage, Some(home.path())));
        let mut live = desk.send_fetch(&nobody(250), &columns(1, 1));
        let mut sent = 0;
        desk.run(|engine, event| {
            live.apply(event);
            sent += usize::from(matches!(event, Event::Cells { .. }));
            if sent == 90 {
                engine.send(Command::Cancel(live.id()));
            }
            live.end().is_some()
        });
    }
    let counts = stage.service.counts();
    assert!(counts.of(Api::Stats).requests >= 360);
    assert_eq!((counts.of(Api::Stats).throttled, counts.of(Api::Profile).throttled), (0, 0));
    assert!(counts.of(Api::Stats).most[1] <= 300 && counts.of(Api::Profile).most[1] <= 30);
}

#[test]
fn two_programs_share_what_may_be_spent() {
    let stage = Stage::new("none", SampleLimits::Documented);
    let home = tempfile::tempdir().unwrap();
    let mut desks: Vec<_> = (0..2).map(|_| Desk::start(one_by_one(&stage, Some(home.path()))).0).collect();
    let mut lives: Vec<_> =
        desks.iter_mut().map(|desk| desk.send_fetch(&nobody(200), &columns(1, 1))).collect();
    for (desk, live) in desks.iter_mut().zip(&mut lives) {
        let mut sent = 0;
        desk.run(|engine, event| {
            live.apply(event);
            sent += usize::from(matches!(event, Event::Cells { .. }));
            if sent == 200 {
                engine.send(Command::Cancel(live.id()));
            }
            live.end().is_some()
        });
        assert_eq!(live.table().counts().no_value, 200);
    }
    let counts = stage.service.counts().of(Api::Stats);
    assert_eq!((counts.requests, counts.throttled), (400, 0));
}

#[test]
fn what_one_service_waits_for_holds_back_no_other() {
    let stage = Stage::new("none", SampleLimits::Documented);
    let mut desk = stage.desk();
    let names = (0..40).map(|place| PlayerRef::Gamertag(Gamertag::from_wire(&format!("Nobody{place}"))));
    let players: Vec<PlayerRef> = nobody(100).into_iter().chain(names).collect();
    let began = stage.now();
    let mut live = desk.send_fetch(&players, &columns(1, 1));
    let mut values = None;
    follow(&mut desk, &mut live, |event| {
        if matches!(event, Event::Cells { .. }) {
            values.get_or_insert(stage.now());
        }
    });
    assert!(values.unwrap().since(began) < 1_000, "stats did not wait for names");
    assert!(stage.now().since(began) >= 300_000, "41 look-ups at 30 in 300 s");
    assert_eq!(live.table().counts().failed, 40);
    assert_eq!(stage.service.counts().of(Api::Profile).throttled, 0);
}

#[test]
fn one_retry_after_holds_back_every_call_to_its_service() {
    // Each request is throttled once; nothing of that service may come while it asks for a pause.
    let stage = Stage::new("429:first 1", SampleLimits::Off);
    let (mut desk, _) = Desk::start(one_by_one(&stage, None));
    let mut live = desk.send_fetch(&nobody(30), &columns(1, 1));
    let mut throttled: HashMap<u64, (i64, i64)> = HashMap::new();
    let mut too_early = Vec::new();
    follow(&mut desk, &mut live, |event| {
        let Event::Exchange(exchange) = event else { return };
        if exchange.api != Api::Stats {
            return;
        }
        let Some(last) = exchange.last() else { return };
        if last.status == Some(429) {
            let told = last.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("retry-after"));
            let seconds: i64 = told.unwrap().1.parse().unwrap();
            throttled.insert(exchange.id.0, (last.started.0, last.started.0 + seconds * 1_000));
        }
        if exchange.state == ExchangeState::Done {
            too_early.push(last.started.0);
        }
    });
    assert_eq!(throttled.len(), 30);
    let is_within = |sent: &i64| throttled.values().any(|(from, until)| from < sent && sent < until);
    assert_eq!(too_early.iter().filter(|sent| is_within(sent)).count(), 0);
    assert_eq!(live.table().counts().no_value, 30);
}

#[test]
fn cancelling_while_it_waits_for_a_limit_is_immediate_and_told() {
    let stage = Stage::new("none", SampleLimits::Documented);
    let (mut desk, _) = Desk::start(one_by_one(&stage, None));
    let mut live = desk.send_fetch(&nobody(1_000), &columns(1, 1));
    let mut asked = false;
    desk.run(|engine, event| {
        live.apply(event);
        let Event::Budgets(budgets) = event else { return live.end().is_some() };
        let waits = budgets.0.iter().any(|budget| {
            budget.api == Api::Stats && matches!(budget.wait, Some((Some(_), WaitReason::RateLimit { .. })))
        });
        if waits && !asked {
            asked = true;
            engine.send(Command::Cancel(live.id()));
        }
        false
    });
    assert!(asked);
    assert!(matches!(live.end(), Some((_, FetchEnd::Cancelled))));
    let failure = crate::desk::failure_of(live.table(), 999);
    assert!(failure.reason.contains("limit of"), "{}", failure.reason);
}

#[test]
fn what_a_fetch_would_cost_is_told_and_holds() {
    let stage = Stage::new("none", SampleLimits::Documented);
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(stage.config(Some(home.path())));
    desk.engine.send(Command::SetRates(Rates::documented()));
    let names = (0..70).map(|place| PlayerRef::Gamertag(Gamertag::from_wire(&format!("Nobody{place}"))));
    let players: Vec<PlayerRef> = nobody(150).into_iter().chain(names).collect();
    let columns = columns(2, 3);
    desk.engine.send(Command::Forecast {
        number: 7,
        players: players.clone(),
        columns: columns.clone(),
        reuse: None,
    });
    let Event::Forecast { number: 7, forecast } = desk.until(|event| matches!(event, Event::Forecast { .. }))
    else {
        panic!("another question was answered")
    };
    assert_eq!((forecast.look_ups, forecast.known_names, forecast.name_requests), (70, 0, 2));
    assert_eq!((forecast.values, forecast.stat_requests), (220 * 6, 3));
    let (api, window) = forecast.bound_by.unwrap();
    assert_eq!((api, window.limit), (Api::Profile, 30));
    let began = stage.now();
    let mut live = desk.send_fetch(&players, &columns);
    follow(&mut desk, &mut live, |_| {});
    let took = stage.now().since(began) as f64;
    let told = forecast.wait.as_millis() as f64;
    assert!(told >= 600_000.0 && (0.9..1.1).contains(&(took / told)), "{told} ms told, {took} ms taken");
}
