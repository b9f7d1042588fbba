//! Nothing lost, nothing invented: random queries under random mixes of everything that can go
//! wrong, on a clock that leaps. Every cell ends as what the service holds.

use std::ops::Range;

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use statlens::{
    engine::{EngineConfig, Limits},
    model::{Gamertag, PlayerRef, Xuid},
    sample::{self, Fault, FaultGroup, FaultKind, Faults, SampleLimits},
};

use crate::{
    desk::Desk,
    stage::{Stage, by_xuid, columns, follow, known_players},
};

/// A query, and what goes wrong with it.
#[derive(Clone, Debug)]
struct Mix {
    faults: Vec<(FaultKind, String)>,
    users: Vec<usize>,
    by_name: usize,
    titles: usize,
    stats: usize,
    users_per_request: usize,
    requests_at_once: usize,
}

/// How often or to whom a kind of fault happens: never, mostly.
fn fault(kind: FaultKind) -> BoxedStrategy<Option<(FaultKind, String)>> {
    let shares = match kind.group() {
        FaultGroup::Bodies => vec!["3%", "5%", "first 1"],
        FaultGroup::Answers => vec!["100%", "50%"],
        FaultGroup::Connection => vec!["2%", "5%", "first 1"],
        FaultGroup::Passing => vec!["5%", "10%", "first 1", "first 2"],
        FaultGroup::Refusals => match kind {
            FaultKind::Token => vec!["5", "30"],
            FaultKind::TooMany => vec!["1", "7", "25"],
            FaultKind::TitleForbidden => vec!["title"],
            // Which users is chosen with the query.
            _ => vec!["users"],
        },
    };
    prop_oneof![
        4 => Just(None),
        1 => prop::sample::select(shares).prop_map(move |share| Some((kind, share.to_owned()))),
    ]
    .boxed()
}

/// How many players, titles and stats of each are asked for.
#[derive(Clone)]
struct Size {
    users: Range<usize>,
    titles: Range<usize>,
    stats: Range<usize>,
}

const SMALL: Size = Size { users: 1..150, titles: 1..5, stats: 1..10 };

/// Tens of thousands of cells.
const LARGE: Size = Size { users: 800..2_000, titles: 4..6, stats: 8..12 };

fn mix(size: &Size) -> impl Strategy<Value = Mix> {
    let faults: Vec<_> = FaultKind::ALL.iter().map(|kind| fault(*kind)).collect();
    let users = prop::collection::vec(0_usize..10_000, size.users.clone());
    let (titles, stats) = (size.titles.clone(), size.stats.clone());
    (faults, users, 0_usize..4, titles, stats, 1_usize..110, 1_usize..8).prop_map(
        |(faults, users, by_name, titles, stats, users_per_request, requests_at_once)| Mix {
            faults: faults.into_iter().flatten().collect(),
            users,
            by_name,
            titles,
            stats,
            users_per_request,
            requests_at_once,
        },
    )
}

/// Plays a mix. Returns how many cells there were.
fn play(stage: &Stage, mix: &Mix, known: &[Xuid]) -> usize {
    let columns = columns(mix.titles, mix.stats);
    let mut users: Vec<Xuid> = mix
        .users
        .iter()
        // Beyond those that are known, XUIDs that nobody has.
        .map(|user| {
            known.get(*user % (known.len() + known.len() / 4)).copied().unwrap_or(Xuid(*user as u64 + 1))
        })
        .collect();
    users.sort_unstable();
    users.dedup();
    let bad = |place: usize| users[place % users.len()];
    let mut refused_users = Vec::new();
    let mut refused_title = None;
    let faults: Faults = mix
        .faults
        .iter()
        .map(|(kind, parameter)| {
            let parameter = match parameter.as_str() {
                "users" => {
                    let both = [bad(*kind as usize), bad(3 * *kind as usize)];
                    refused_users.extend(both);
                    format!("{} {}", both[0], both[1])
                }
                "title" => {
                    let title = columns[0].scid.clone();
                    refused_title = Some(title.clone());
                    title.to_string()
                }
                other => other.to_owned(),
            };
            Fault::read(*kind, &parameter).unwrap()
        })
        .collect();
    stage.service.set_faults(faults.clone());
    let limits = Limits {
        users_per_request: mix.users_per_request,
        requests_at_once: mix.requests_at_once,
        ..Limits::default()
    };
    let (mut desk, _) = Desk::start(EngineConfig { limits, ..stage.config(None) });
    let names = sample::first_query().player_refs();
    let names = names.iter().filter(|player| matches!(player, PlayerRef::Gamertag(_))).take(mix.by_name);
    let players: Vec<PlayerRef> = by_xuid(&users).into_iter().chain(names.cloned()).collect();
    let mut live = desk.send_fetch(&players, &columns);
    follow(&mut desk, &mut live, |_| {});
    let lies: Vec<String> = stage
        .lies(live.table(), |xuid, key| {
            refused_users.contains(&xuid) || refused_title.as_ref() == Some(&key.scid)
        })
        .into_iter()
        .collect();
    assert!(lies.is_empty(), "under {faults}:\n{}", lies.join("\n"));
    players.len() * columns.len()
}

fn play_many(mixes: usize, size: &Size, seed: u8) {
    let known = known_players();
    assert!(known.len() > 200, "{}", known.len());
    let stage = Stage::new("none", SampleLimits::Off);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let mut cells = 0;
    for _ in 0..mixes {
        let mix = mix(size).new_tree(&mut runner).unwrap().current();
        cells += play(&stage, &mix, known);
    }
    println!("{mixes} mixes, {cells} cells");
}

#[test]
fn every_cell_ends_as_what_the_service_holds() {
    play_many(60, &SMALL, 3);
}

/// The same for as long as it takes: `cargo test --test engine -- --ignored`.
#[test]
#[ignore = "takes minutes"]
fn every_cell_of_hundreds_of_mixes_ends_as_what_the_service_holds() {
    for seed in 0..10 {
        play_many(100, &SMALL, 100 + seed);
    }
}

#[test]
#[ignore = "takes an hour"]
fn every_cell_of_hundreds_of_large_mixes_ends_as_what_the_service_holds() {
    for seed in 0..20 {
        play_many(10, &LARGE, seed);
    }
}

#[test]
fn a_name_is_found_through_everything_that_passes() {
    let stage = Stage::new("500:first 2, html:first 1, reset:first 1, 429-bare:first 1", SampleLimits::Off);
    let mut desk = stage.desk();
    let players =
        ["TigerShark", "Нова Звезда#4410"].map(|name| PlayerRef::Gamertag(Gamertag::from_wire(name)));
    let columns = columns(1, 3);
    let mut live = desk.send_fetch(&players, &columns);
    follow(&mut desk, &mut live, |_| {});
    assert_eq!(stage.lies(live.table(), |_, _| false), Vec::<String>::new());
}
