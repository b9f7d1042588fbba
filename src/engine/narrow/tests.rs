use std::collections::{BTreeSet, HashSet, VecDeque};

use proptest::prelude::*;

use super::*;
use crate::model::Remedy;

/// What a service refuses.
#[derive(Clone, Debug, Default)]
struct World {
    users: HashSet<u64>,
    titles: HashSet<usize>,
    pairs: HashSet<(u64, usize)>,
    stats: HashSet<usize>,
    most_users: usize,
}

const STATS: usize = 4;

impl World {
    fn refuses(&self, part: &Part) -> Option<u16> {
        if part.users.len() > self.most_users {
            return Some(413);
        }
        let stats = part.columns.iter().any(|column| self.stats.contains(column));
        let titles: HashSet<usize> = part.columns.iter().map(|column| column / STATS).collect();
        let bad = titles.iter().any(|title| self.titles.contains(title))
            || part.users.iter().any(|user| {
                self.users.contains(&user.0)
                    || titles.iter().any(|title| self.pairs.contains(&(user.0, *title)))
            });
        if stats { Some(400) } else { bad.then_some(403) }
    }

    fn is_culprit(&self, user: u64, column: usize) -> bool {
        let title = column / STATS;
        self.users.contains(&user)
            || self.titles.contains(&title)
            || self.pairs.contains(&(user, title))
            || self.stats.contains(&column)
    }
}

fn refusal(status: u16) -> Refusal {
    let failure = Failure {
        status: Some(status),
        reason: "No".into(),
        advice: String::new(),
        detail: None,
        causes: Vec::new(),
        remedy: Remedy::None,
    };
    Refusal { about: about(Some(status)).unwrap(), failure: Arc::new(failure) }
}

/// What came of asking everything: how many requests, and which cells failed.
fn play(world: &World, users: u64, titles: usize, batch: usize) -> (usize, BTreeSet<(u64, usize)>) {
    let columns: ColumnSet = (0..titles * STATS).collect();
    let mut narrow = Narrow::new(columns.iter().map(|column| column / STATS).collect());
    let all: Vec<Xuid> = (0..users).map(Xuid).collect();
    let mut queue: VecDeque<Part> =
        all.chunks(batch).map(|users| Part::new(users.to_vec(), columns.clone())).collect();
    let mut requests = 0;
    let mut cells = vec![None; users as usize * columns.len()];
    while let Some(part) = queue.pop_front() {
        let (part, mut steps) = narrow.trim(part);
        if let Some(part) = part {
            requests += 1;
            assert!(requests < 100_000, "it does not end");
            if let Some(status) = world.refuses(&part) {
                steps.extend(narrow.refused(part, refusal(status)));
            } else {
                for user in &part.users {
                    for column in part.columns.iter() {
                        cells[user.0 as usize * columns.len() + column] = Some(true);
                    }
                }
                steps.extend(narrow.answered(part));
            }
        }
        for step in steps.into_iter().rev() {
            match step {
                Step::Ask(part) => queue.push_front(part),
                Step::Fail { users, columns: failed, .. } => {
                    for user in users {
                        for column in failed.iter() {
                            cells[user.0 as usize * columns.len() + column] = Some(false);
                        }
                    }
                }
            }
        }
    }
    assert!(cells.iter().all(Option::is_some), "a cell was lost");
    let failed = cells.iter().enumerate().filter(|(_, cell)| **cell == Some(false));
    (requests, failed.map(|(cell, _)| ((cell / columns.len()) as u64, cell % columns.len())).collect())
}

fn culprits(world: &World, users: u64, titles: usize) -> BTreeSet<(u64, usize)> {
    (0..users)
        .flat_map(|user| (0..titles * STATS).map(move |column| (user, column)))
        .filter(|(user, column)| world.is_culprit(*user, *column))
        .collect()
}

fn world() -> World {
    World { most_users: usize::MAX, ..World::default() }
}

#[test]
fn one_private_player_stands_alone_after_few_requests() {
    for culprit in [0, 37, 99] {
        for titles in [1, 2] {
            let world = World { users: HashSet::from([culprit]), ..world() };
            let (requests, failed) = play(&world, 100, titles, 100);
            assert_eq!(failed, culprits(&world, 100, titles));
            assert!(requests <= 16 + titles, "{requests} for {culprit} of {titles} titles");
        }
    }
}

#[test]
fn a_restricted_title_is_found_once_and_left_out_of_the_rest() {
    let world = World { titles: HashSet::from([1]), ..world() };
    let (requests, failed) = play(&world, 10_000, 3, 100);
    assert_eq!(failed, culprits(&world, 10_000, 3));
    assert!(requests <= 100 + 10, "{requests}");
}

#[test]
fn a_service_that_refuses_everybody_is_given_up_early() {
    let world = World { titles: HashSet::from([0]), ..world() };
    let (requests, failed) = play(&world, 10_000, 1, 100);
    assert_eq!(failed.len(), 10_000 * STATS);
    assert!(requests <= 10, "{requests}");
    let world = World { titles: HashSet::from([0, 1]), ..world };
    let (requests, _) = play(&world, 10_000, 2, 100);
    assert!(requests <= 60, "{requests}");
}

#[test]
fn a_bad_stat_is_told_from_the_others_of_its_title() {
    let world = World { stats: HashSet::from([2, 5]), ..world() };
    let (requests, failed) = play(&world, 1_000, 2, 100);
    assert!(failed == culprits(&world, 1_000, 2), "{} failed", failed.len());
    assert!(requests <= 90, "{requests}");
}

#[test]
fn a_size_that_is_too_large_is_learnt() {
    let world = World { most_users: 30, ..world() };
    let (requests, failed) = play(&world, 1_000, 2, 100);
    assert_eq!(failed.len(), 0);
    assert!(requests <= 42, "{requests}");
}

#[test]
fn what_concerns_nobody_in_particular_is_not_narrowed() {
    for status in [None, Some(401), Some(429), Some(500), Some(503)] {
        assert_eq!(about(status), None, "{status:?}");
    }
}

fn worlds() -> impl Strategy<Value = (World, u64, usize, usize)> {
    (1_u64..260, 1_usize..4, 1_usize..120).prop_flat_map(|(users, titles, batch)| {
        // Fewer pairs of a title than make it look closed.
        let pairs = prop::collection::hash_set((0..users, 0..titles), 0..ENOUGH_ANSWERED_ELSEWHERE);
        let culprits = prop::collection::hash_set(0..users, 0..5);
        let closed = prop::collection::hash_set(0..titles, 0..=1);
        let most = prop::sample::select(vec![usize::MAX, usize::MAX, 7, 40]);
        (culprits, closed, pairs, most).prop_map(move |(users_, titles_, pairs, most_users)| {
            let world = World { users: users_, titles: titles_, pairs, stats: HashSet::new(), most_users };
            (world, users, titles, batch)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exactly_the_culprits_fail((world, users, titles, batch) in worlds()) {
        let (requests, failed) = play(&world, users, titles, batch);
        let expected = culprits(&world, users, titles);
        prop_assert_eq!(&failed, &expected);
        let planned = (users as usize).div_ceil(batch.min(world.most_users));
        let found = world.users.len() + world.pairs.len() + world.titles.len();
        let depth = (usize::BITS - batch.leading_zeros()) as usize;
        let bound = 2 * planned + 8 + (found * (2 * depth + 2 * titles)) + 16 * titles;
        prop_assert!(requests <= bound, "{} requests, {} allowed", requests, bound);
    }
}
