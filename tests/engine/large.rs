//! A fetch of four million cells.

use std::time::{Duration, Instant};

use statlens::{
    engine::{Command, EngineConfig, Event, FetchEnd, Remember},
    model::{ColumnKey, PlayerRef, StatName, Xuid},
    sample::SampleLimits,
};

use crate::{
    desk::Desk,
    stage::{Stage, columns},
};

fn players(count: u64) -> Vec<PlayerRef> {
    (0..count).map(|place| PlayerRef::Xuid(Xuid(2_600_000_000_000_000 + place))).collect()
}

/// Twenty stats of each of two titles.
fn forty() -> Vec<ColumnKey> {
    columns(2, 1)
        .into_iter()
        .flat_map(|key| {
            (0..20).map(move |number| ColumnKey {
                scid: key.scid.clone(),
                stat: StatName::from_wire(&format!("{}.Number.{number}", key.stat)),
            })
        })
        .collect()
}

fn kilobytes(what: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// `cargo test --release --test engine large -- --ignored --nocapture`: slow without optimisation.
#[test]
#[ignore = "takes long and much memory"]
fn a_hundred_thousand_players_are_read_in_bounded_memory_and_cancelled_at_once() {
    let stage = Stage::new("none", SampleLimits::Off);
    let before = kilobytes("VmRSS:");
    let (players, columns) = (players(100_000), forty());
    let config = EngineConfig { remember: Remember::LookUps, ..stage.config(None) };
    let (mut desk, _) = Desk::start(config);
    let asked = Instant::now();
    desk.engine.send(Command::Forecast {
        number: 1,
        players: players.clone(),
        columns: columns.clone(),
        reuse: None,
    });
    let Event::Forecast { forecast, .. } = desk.until(|event| matches!(event, Event::Forecast { .. })) else {
        unreachable!()
    };
    println!("forecast after {:?}", asked.elapsed());
    assert_eq!((forecast.values, forecast.stat_requests), (4_000_000, 1_000));

    let mut live = desk.send_fetch(&players, &columns);
    let (mut last_news, mut longest_silence) = (Instant::now(), Duration::ZERO);
    let mut cancelled = None;
    desk.run(|engine, event| {
        live.apply(event);
        if matches!(event, Event::Progress { .. }) {
            longest_silence = longest_silence.max(last_news.elapsed());
            last_news = Instant::now();
        }
        let progress = live.progress();
        if cancelled.is_none() && progress.cells_total > 0 && progress.cells_done == progress.cells_total {
            cancelled = Some(Instant::now());
            engine.send(Command::Cancel(live.id()));
        }
        live.end().is_some()
    });
    println!("cancelled after {:?}", cancelled.unwrap().elapsed());
    println!("longest time without progress {longest_silence:?}");
    assert_eq!(live.table().counts().no_value, 4_000_000);
    let grown = (kilobytes("VmHWM:") - before) << 10;
    println!("at most {} bytes a cell in all", grown / 4_000_000);
    assert!(grown / 4_000_000 < 64, "{grown}");
    let patience = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 2 });
    assert!(longest_silence < patience, "{longest_silence:?}");

    // And while it waits for a limit with all of it before it.
    desk.engine.send(Command::SetRates(statlens::model::Rates::documented()));
    let mut live = desk.send_fetch(&players, &columns);
    desk.until(|event| live.apply(event) && matches!(event, Event::Progress { .. }));
    let asked = Instant::now();
    desk.engine.send(Command::Cancel(live.id()));
    desk.until(|event| matches!(event, Event::FetchEnded { .. }));
    println!("cancelled after {:?}", asked.elapsed());
    assert!(asked.elapsed() < Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 100 }));
}

#[test]
fn a_large_fetch_is_cancelled_at_once() {
    let stage = Stage::new("none", SampleLimits::Documented);
    let mut desk = stage.desk();
    let mut live = desk.send_fetch(&players(20_000), &forty());
    desk.until(|event| live.apply(event) && matches!(event, Event::Cells { .. }));
    let asked = Instant::now();
    desk.engine.send(Command::Cancel(live.id()));
    let ended = desk.until(|event| matches!(event, Event::FetchEnded { .. }));
    assert!(matches!(ended, Event::FetchEnded { how: FetchEnd::Cancelled, .. }));
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
}
