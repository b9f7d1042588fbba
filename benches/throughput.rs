//! How fast the engine is beside a bare client that sends the same requests, and what its results
//! take.
//!
//! `throughput` reads 10,000 players × 2 titles × 20 stats from the sample service with its limits
//! off; the bare client sends the same bodies with as many requests at once and drops the answers.
//! `bytes_a_cell` is what the results hold for each cell, in memory, beside the names of players.
//! `budget_used` is the share of the sustained rate that a long fetch reaches, on a clock that leaps.

#[path = "../tests/support/jump_clock.rs"]
mod jump_clock;
mod shared;

use std::{
    sync::{Arc, Mutex, mpsc::Receiver},
    thread,
    time::Instant,
};

use secrecy::SecretString;
use statlens::{
    clock::{Clock, SystemClock},
    engine::{
        Command, Engine, EngineConfig, Event, FetchId, Limits, LiveTable, Remember, Service, VaultSource,
    },
    model::{Api, ColumnKey, ExchangeState, PlayerRef, Rates, Sent, StatTable, Xuid},
    sample::{self, SampleLimits, SampleOptions, SampleService},
};

use jump_clock::JumpClock;
use shared::{FRAME, columns};

const USERS: usize = 10_000;
const AT_ONCE: usize = 6;
const ROUNDS: usize = 9;

fn main() {
    let columns = columns();
    let service = service(Arc::new(SystemClock), SampleLimits::Off);
    let players = players(&service);
    let (sent, ..) = ours(&service, &players, &columns);
    let mut best = (f64::MAX, f64::MAX);
    let mut table = None;
    for _ in 0..ROUNDS {
        best.0 = best.0.min(bare(&sent));
        let (_, took, read) = ours(&service, &players, &columns);
        best.1 = best.1.min(took);
        table = Some(read);
    }
    let (bare, ours) = best;
    let table = table.expect("there was a round");
    let counts = table.counts();
    println!("bare client: {:.0} ms for {} requests", bare * 1e3, sent.len());
    println!("engine: {:.0} ms, of {} cells {} with a value", ours * 1e3, cells(&table), counts.values);
    println!("claim throughput: {:.2} (at least 0.8)", bare / ours);
    println!("claim bytes_a_cell: {:.1} (at most 24)", bytes_a_cell(&table));
    println!("claim budget_used: {:.3} (at least 0.95)", budget_used());
}

fn service(clock: Arc<dyn Clock>, limits: SampleLimits) -> SampleService {
    SampleService::start_with(SampleOptions {
        limits,
        clock,
        players: USERS * 5 / 4,
        ..SampleOptions::default()
    })
    .expect("a loopback port")
}

fn cells(table: &StatTable) -> usize {
    table.rows().len() * table.columns().len()
}

/// Ten thousand players of the service. A private one has a whole request refused, which is not
/// what this is about.
fn players(service: &SampleService) -> Vec<PlayerRef> {
    let players: Vec<PlayerRef> =
        service.public_players().into_iter().take(USERS).map(PlayerRef::Xuid).collect();
    assert_eq!(players.len(), USERS);
    players
}

struct Run {
    engine: Engine,
    events: Receiver<Event>,
    fetches: u64,
}

impl Run {
    fn start(config: EngineConfig) -> Self {
        let (engine, events) = Engine::start(config, Arc::new(|| {})).expect("threads");
        while !matches!(events.recv().expect("an engine"), Event::Restored(_)) {}
        Self { engine, events, fetches: 0 }
    }

    /// Has the players' names looked up and kept, so that this is no part of what is measured: until
    /// nobody is asked for one.
    fn learn_names(&mut self, players: &[PlayerRef], columns: &[ColumnKey]) {
        let mut asked = true;
        while asked {
            asked = false;
            self.fetches += 1;
            let (id, players, columns) = (FetchId(self.fetches), players.to_vec(), columns[..1].to_vec());
            self.engine.send(Command::Fetch { id, players, columns, reuse: None });
            loop {
                match self.events.recv().expect("an engine") {
                    Event::Exchange(exchange) => asked |= exchange.api != Api::Stats,
                    Event::FetchEnded { .. } => break,
                    _ => {}
                }
            }
        }
    }

    /// Reads everything; the names of the players are left out of it.
    fn fetch(
        &mut self,
        players: &[PlayerRef],
        columns: &[ColumnKey],
        mut seen: impl FnMut(&Event),
    ) -> LiveTable {
        self.fetches += 1;
        let (id, players, columns) = (FetchId(self.fetches), players.to_vec(), columns.to_vec());
        let mut live = LiveTable::new(id, players.clone(), columns.clone());
        self.engine.send(Command::Fetch { id, players, columns, reuse: None });
        // As the window does: what came is taken once a frame.
        loop {
            while let Ok(event) = self.events.try_recv() {
                seen(&event);
                live.apply(&event);
            }
            let progress = live.progress();
            if progress.cells_total > 0 && progress.cells_done == progress.cells_total {
                self.engine.send(Command::Cancel(id));
                return live;
            }
            thread::sleep(FRAME);
        }
    }
}

fn config(url: String) -> EngineConfig {
    EngineConfig {
        remember: Remember::LookUps,
        vault: VaultSource::Given(SecretString::from(sample::TOKEN)),
        limits: Limits { requests_at_once: AT_ONCE, ..Limits::default() },
        ..EngineConfig::new(None, Service::At(url))
    }
}

/// What the engine sends, how long it takes, and the last of what it read.
fn ours(
    service: &SampleService,
    players: &[PlayerRef],
    columns: &[ColumnKey],
) -> (Vec<Arc<Sent>>, f64, StatTable) {
    let mut run = Run::start(EngineConfig { rates: Some(Rates::none()), ..config(service.url()) });
    run.learn_names(players, columns);
    let mut sent = Vec::new();
    let began = Instant::now();
    let live = run.fetch(players, columns, |event| {
        if let Event::Exchange(exchange) = event
            && exchange.state == ExchangeState::Done
            && exchange.api == Api::Stats
        {
            sent.push(exchange.sent.clone());
        }
    });
    let took = began.elapsed().as_secs_f64();
    (sent, took, StatTable::clone(live.table()))
}

/// How long a bare client takes for the same requests.
fn bare(sent: &[Arc<Sent>]) -> f64 {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads");
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client");
    let queue = Arc::new(Mutex::new(sent.to_vec()));
    let began = Instant::now();
    runtime.block_on(async {
        let workers: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let (client, queue) = (client.clone(), queue.clone());
                tokio::spawn(async move {
                    loop {
                        let Some(next) = queue.lock().expect("no panic").pop() else { return };
                        let mut request = client.post(&next.url).body(next.body.to_string());
                        request = request.header("Authorization", sample::TOKEN);
                        for (name, value) in &next.headers {
                            let name = name.as_str();
                            if !name.eq_ignore_ascii_case("host")
                                && !name.eq_ignore_ascii_case("content-length")
                            {
                                request = request.header(name, value);
                            }
                        }
                        let answer = request.send().await.expect("an answer");
                        assert!(answer.status().is_success());
                        drop(answer.bytes().await.expect("a body"));
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.await.expect("no panic");
        }
    });
    began.elapsed().as_secs_f64()
}

/// What a table takes, measured by how much this process grows with copies of it.
fn bytes_a_cell(table: &StatTable) -> f64 {
    const COPIES: usize = 40;
    let before = shared::memory("VmRSS:");
    let copies: Vec<StatTable> = (0..COPIES).map(|_| table.clone()).collect();
    let grown = shared::memory("VmRSS:") - before;
    assert_eq!(copies.len(), COPIES);
    grown as f64 / (COPIES * cells(table)) as f64
}

/// The share of the sustained rate of requests for stats that a fetch of an hour reaches.
fn budget_used() -> f64 {
    const REQUESTS: u64 = 3_600;
    const USERS_EACH: usize = 5;
    let clock = JumpClock::start();
    let service = service(Arc::new(clock.clone()), SampleLimits::Documented);
    let config = config(service.url());
    let limits = Limits { users_per_request: USERS_EACH, ..config.limits };
    let mut run = Run::start(EngineConfig { limits, clock: Arc::new(clock.clone()), ..config });
    let nobody = (0..REQUESTS * USERS_EACH as u64).map(|place| Xuid(2_600_000_000_000_000 + place));
    let players: Vec<PlayerRef> = nobody.map(PlayerRef::Xuid).collect();
    let began = clock.now();
    let mut last = began;
    run.fetch(&players, &columns()[..1], |event| {
        if let Event::Exchange(exchange) = event
            && exchange.api == Api::Stats
            && let Some(attempt) = exchange.last()
        {
            last = last.max(attempt.started);
        }
    });
    let took = last.since(began) as f64 / 1e3;
    let counts = service.counts().of(Api::Stats);
    assert_eq!((counts.requests, counts.throttled), (REQUESTS, 0), "the limit was kept");
    // 300 go at the beginning of each 300 s, so the last go when all windows but one have passed.
    (REQUESTS as f64 - 300.0) / took
}
