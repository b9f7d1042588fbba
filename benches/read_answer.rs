//! How fast an answer of 100 users × 50 stats is read, against building a `serde_json::Value` of
//! the same bytes. Prints one ratio, that of the medians of many interleaved runs.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use statlens::xbox::userstats::read_answer;

const USERS: u64 = 100;
const STATS: u64 = 50;
const ROUNDS: usize = 400;
const AT_LEAST: u32 = 2;

fn main() {
    let body = answer();
    // The first rounds only warm caches up.
    for _ in 0..ROUNDS / 10 {
        black_box((time(|| ours(&body)), time(|| value_tree(&body))));
    }
    let (mut read, mut tree): (Vec<_>, Vec<_>) =
        (0..ROUNDS).map(|_| (time(|| ours(&body)), time(|| value_tree(&body)))).unzip();
    let (read, tree) = (median(&mut read), median(&mut tree));
    eprintln!("{} bytes: read in {read:?}, as a value tree in {tree:?}", body.len());
    println!("claim read_answer: {:.2} (at least {AT_LEAST})", tree.as_secs_f64() / read.as_secs_f64());
}

/// Reads every entry and looks at each of its parts, as joining does.
fn ours(body: &[u8]) {
    let mut seen = 0;
    let report = read_answer(body, &mut |entry| {
        let value = entry.value.map_or(0, |value| value.text.len() + value.stat_type.len());
        seen += entry.name.len() + entry.scid.map_or(0, str::len) + value;
        black_box(entry.xuid);
    });
    assert_eq!(report.map(|report| report.entries).ok(), usize::try_from(USERS * STATS).ok());
    black_box(seen);
}

fn value_tree(body: &[u8]) {
    assert!(black_box(serde_json::from_slice::<serde_json::Value>(body)).is_ok());
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// An answer as the service sends it: two SCIDs, values as strings and as numbers.
fn answer() -> Vec<u8> {
    let users: Vec<String> = (0..USERS).map(user).collect();
    format!(r#"{{"users":[{}]}}"#, users.join(",")).into_bytes()
}

fn user(index: u64) -> String {
    let stats = |from: u64, to: u64| -> String {
        let stats: Vec<String> = (from..to).map(|stat| stat_json(index, stat)).collect();
        stats.join(",")
    };
    format!(
        concat!(
            r#"{{"gamertag":"Player {0}","xuid":"{1}","scids":["#,
            r#"{{"scid":"7492baca-c1b4-440d-a391-b7ef364a8d40","stats":[{2}]}},"#,
            r#"{{"scid":"00000000-0000-0000-0000-00006658fd71","stats":[{3}]}}]}}"#
        ),
        index,
        2_533_274_790_000_000 + index * 7_919,
        stats(0, STATS / 2),
        stats(STATS / 2, STATS)
    )
}

fn stat_json(user: u64, stat: u64) -> String {
    let number = (user * 2_654_435_761 + stat * 40_503) % 1_000_003;
    match stat % 4 {
        0 => format!(r#"{{"statname":"EnemiesDefeated.WeaponID.{stat}","type":"Integer","value":{number}}}"#),
        1 => format!(
            r#"{{"statname":"Accuracy{stat}","type":"Double","value":{}.{:03}}}"#,
            number % 100,
            number % 997
        ),
        2 => format!(r#"{{"statname":"BestTime{stat}","type":"Integer","value":"{number}"}}"#),
        _ => format!(r#"{{"statname":"FavouriteMode{stat}","type":"String","value":"Mode {}"}}"#, number % 9),
    }
}
