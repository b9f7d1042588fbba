//! A fetch of four million cells: 100,000 players × 2 titles × 20 stats from the sample service with
//! its limits off, by a process of its own.
//!
//! `large_bytes_a_cell` is how much that process grew at most for each cell, everything in it
//! counted. `large_silence` is the longest time without progress, in seconds. `large_cancel` is how
//! long it took until the fetch had ended after a cancel, beside 100 ms: the longest of one in the
//! middle, one as the last cells arrive, and one while all of it waits for a limit. `large_stored` is
//! how many cells a second were in the history when the process was killed in the middle, beside what
//! the documented limits let come at most; the rest is then asked for and is whole.

mod shared;

use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead, BufReader, Write, stdin},
    path::Path,
    process::{Child, Command as Process, Stdio},
    sync::{Arc, mpsc::Receiver},
    thread,
    time::{Duration, Instant},
};

use secrecy::SecretString;
use statlens::{
    engine::{
        Ask, Command, Engine, EngineConfig, Event, FetchId, LiveTable, Restored, Reuse, Service, VaultSource,
    },
    model::{Api, PlayerRef, Rates, Xuid},
    sample::{self, SampleLimits, SampleOptions, SampleService},
};

use shared::{FRAME, columns, memory};

const PLAYERS: usize = 100_000;
/// What the process of its own is to do, and where; whom to ask for comes on its input.
const PART: &str = "STATLENS_BENCH_LARGE_PART";
const URL: &str = "STATLENS_BENCH_LARGE_URL";
const FOLDER: &str = "STATLENS_BENCH_LARGE_FOLDER";

fn main() {
    if let (Ok(part), Ok(url)) = (env::var(PART), env::var(URL)) {
        let lines = stdin().lines().map_while(Result::ok);
        let players = lines.filter_map(|line| line.parse().ok().map(PlayerRef::Xuid)).collect();
        match part.as_str() {
            "measure" => measure(&url, players),
            _ => fetch_in(Path::new(&env::var_os(FOLDER).expect("a folder")), &url, players),
        }
        return;
    }
    let options =
        SampleOptions { limits: SampleLimits::Off, players: PLAYERS * 5 / 4, ..SampleOptions::default() };
    let service = SampleService::start_with(options).expect("a loopback port");
    let players: Vec<Xuid> = service.public_players().into_iter().take(PLAYERS).collect();
    assert_eq!(players.len(), PLAYERS);
    let figures = figures(&service.url(), &players);
    println!("claim large_bytes_a_cell: {:.1} (at most 72)", figures["bytes_a_cell"]);
    println!("claim large_silence: {:.2} (at most 1)", figures["silence"]);
    println!("claim large_cancel: {:.2} (at most 1)", figures["cancel"]);
    println!("claim large_stored: {:.1} (at least 2)", stored(&service.url(), &players) / most_a_second());
}

/// Starts this program for one part of the work.
fn start(part: &str, url: &str, folder: Option<&Path>, players: &[Xuid]) -> Child {
    let mut process = Process::new(env::current_exe().expect("this program has a path"));
    process.env(PART, part).env(URL, url).stdin(Stdio::piped()).stdout(Stdio::piped());
    if let Some(folder) = folder {
        process.env(FOLDER, folder);
    }
    let mut child = process.spawn().expect("this program starts");
    let mut input = child.stdin.take().expect("it was asked for");
    for player in players {
        writeln!(input, "{player}").expect("it reads");
    }
    child
}

fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let out = child.stdout.take().expect("it was asked for");
    BufReader::new(out).lines().map_while(Result::ok)
}

/// What the process of its own measured.
fn figures(url: &str, players: &[Xuid]) -> BTreeMap<String, f64> {
    let mut child = start("measure", url, None, players);
    let figures = lines(&mut child)
        .filter_map(|line| {
            let (name, figure) = line.split_once(' ')?;
            Some((name.to_owned(), figure.parse().ok()?))
        })
        .collect();
    assert!(child.wait().expect("it was started").success());
    figures
}

/// The cells a second that the documented limits let come at most, with a hundred users a request.
fn most_a_second() -> f64 {
    let [short, _] = Rates::documented().of(Api::Stats).expect("it has limits");
    f64::from(short.limit) * (100 * columns().len()) as f64 / short.period.as_secs_f64()
}

/// Kills a fetch in the middle and goes on with it. Returns how many cells were stored a second.
fn stored(url: &str, players: &[Xuid]) -> f64 {
    let folder = env::temp_dir().join(format!("statlens-bench-large-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    let mut child = start("fetch", url, Some(&folder), players);
    let half = lines(&mut child).next().expect("it tells when it is half done");
    child.kill().expect("it runs");
    child.wait().expect("it was started");
    let seconds: f64 = half.parse().expect("a time");

    let mut run = Run::start(config(Some(&folder), url));
    let results = run.restored.results.take().expect("results of the fetch that was killed");
    let total = results.table.rows().len() * results.table.columns().len();
    let there = total - results.unanswered;
    assert!(there < total, "it was killed too late");
    let reuse = Reuse { table: Arc::new(results.table), ask: Ask::Missing };
    let players = players.iter().copied().map(PlayerRef::Xuid).collect();
    let live = run.fetch(players, Some(reuse), |engine, live| {
        if live.progress().cells_done == live.progress().cells_total {
            engine.send(Command::Cancel(live.id()));
        }
    });
    let counts = live.table().counts();
    assert_eq!((counts.failed, counts.pending), (0, 0));
    assert_eq!(live.progress().cells_total, total - there, "only what was missing was asked for");
    drop(run);
    fs::remove_dir_all(&folder).ok();
    there as f64 / seconds
}

/// The part that is killed: says after how many seconds half is there.
fn fetch_in(folder: &Path, url: &str, players: Vec<PlayerRef>) {
    let mut told = false;
    let began = Instant::now();
    Run::start(config(Some(folder), url)).fetch(players, None, |_, live| {
        let progress = live.progress();
        if !told && progress.cells_done * 2 > progress.cells_total {
            told = true;
            println!("{}", began.elapsed().as_secs_f64());
        }
    });
}

/// The part that is measured.
fn measure(url: &str, players: Vec<PlayerRef>) {
    let mut run = Run::start(config(None, url));
    let before = memory("VmRSS:");
    let (live, at_the_end) = run.cancel_when(players.clone(), |live| {
        let progress = live.progress();
        progress.cells_done == progress.cells_total
    });
    let counts = live.table().counts();
    assert_eq!((counts.failed, counts.pending), (0, 0));
    let cells = live.table().rows().len() * live.table().columns().len();
    println!("bytes_a_cell {}", (memory("VmHWM:") - before) as f64 / cells as f64);
    println!("silence {}", run.silence.as_secs_f64());
    drop(live);
    let (_, in_the_middle) = run.cancel_when(players.clone(), |live| {
        let progress = live.progress();
        progress.cells_done * 2 > progress.cells_total
    });
    run.engine.send(Command::SetRates(Rates::documented()));
    let (_, at_the_limit) = run.cancel_when(players, |live| live.progress().requests_done > 0);
    let longest = at_the_end.max(in_the_middle).max(at_the_limit);
    println!("cancel {}", longest.as_secs_f64() / 0.1);
}

fn config(folder: Option<&Path>, url: &str) -> EngineConfig {
    EngineConfig {
        vault: VaultSource::Given(SecretString::from(sample::TOKEN)),
        rates: Some(Rates::none()),
        ..EngineConfig::new(folder.map(Path::to_owned), Service::At(url.to_owned()))
    }
}

struct Run {
    engine: Engine,
    events: Receiver<Event>,
    restored: Restored,
    fetches: u64,
    /// The longest time without progress.
    silence: Duration,
}

impl Run {
    fn start(config: EngineConfig) -> Self {
        let (engine, events) = Engine::start(config, Arc::new(|| {})).expect("threads");
        let restored = loop {
            if let Event::Restored(restored) = events.recv().expect("an engine") {
                break *restored;
            }
        };
        Self { engine, events, restored, fetches: 0, silence: Duration::ZERO }
    }

    /// Fetches until it ends, calling `seen` once a frame in which there was news.
    fn fetch(
        &mut self,
        players: Vec<PlayerRef>,
        reuse: Option<Reuse>,
        mut seen: impl FnMut(&Engine, &LiveTable),
    ) -> LiveTable {
        self.fetches += 1;
        let (id, columns) = (FetchId(self.fetches), columns());
        let mut live = match &reuse {
            Some(reuse) => LiveTable::reusing(id, players.clone(), columns.clone(), reuse),
            None => LiveTable::new(id, players.clone(), columns.clone()),
        };
        self.engine.send(Command::Fetch { id, players, columns, reuse });
        let mut last = Instant::now();
        while live.end().is_none() {
            let mut is_news = false;
            while let Ok(event) = self.events.try_recv() {
                is_news |= live.apply(&event);
            }
            if is_news && live.progress().cells_total > 0 {
                self.silence = self.silence.max(last.elapsed());
                last = Instant::now();
                seen(&self.engine, &live);
            }
            thread::sleep(FRAME);
        }
        live
    }

    /// Fetches until `now`, then cancels; returns how long that took too.
    fn cancel_when(
        &mut self,
        players: Vec<PlayerRef>,
        now: impl Fn(&LiveTable) -> bool,
    ) -> (LiveTable, Duration) {
        let mut asked = None;
        let live = self.fetch(players, None, |engine, live| {
            if asked.is_none() && live.end().is_none() && now(live) {
                asked = Some(Instant::now());
                engine.send(Command::Cancel(live.id()));
            }
        });
        (live, asked.expect("there was time to cancel").elapsed())
    }
}
