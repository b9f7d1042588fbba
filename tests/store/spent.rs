//! Requests that count towards a rate limit, over restarts and between processes.

use std::{collections::BTreeSet, time::Duration};

use statlens::{
    model::{Api, UnixMillis, Window},
    store::{Spent, SpentId, Store},
    xbox::budget::Budget,
};

use super::helpers::{XBOX, at};

const EVER: UnixMillis = UnixMillis(i64::MIN);

async fn all(store: &Store) -> Vec<Spent> {
    store.spent(XBOX, Api::Stats, EVER).await.unwrap()
}

fn ids(spent: &[Spent]) -> Vec<SpentId> {
    spent.iter().map(|spent| spent.id).collect()
}

#[tokio::test]
async fn what_was_spent_is_there_after_a_crash_settled_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let first = store.spend(XBOX, Api::Stats, at(10)).await.unwrap().id;
    let second = store.spend(XBOX, Api::Stats, at(20)).await.unwrap().id;
    let never_sent = store.spend(XBOX, Api::Stats, at(30)).await.unwrap().id;
    store.settle_spent(first, at(15)).await.unwrap();
    store.withdraw_spent(never_sent).await.unwrap();
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    let spent = [
        Spent { id: first, taken: at(10), settled: Some(at(15)) },
        Spent { id: second, taken: at(20), settled: None },
    ];
    assert_eq!(all(&store).await, spent);
    assert_eq!(store.spent(XBOX, Api::Stats, at(16)).await.unwrap(), spent[1..]);
    assert!(store.spend(XBOX, Api::Stats, at(30)).await.unwrap().id > never_sent, "no id comes twice");
}

#[tokio::test]
async fn services_have_nothing_to_do_with_each_other() {
    let store = Store::in_memory().unwrap();
    store.spend(XBOX, Api::Profile, at(1)).await.unwrap();
    store.spend("sample", Api::Stats, at(1)).await.unwrap();
    assert_eq!(all(&store).await, []);
    assert_eq!(store.spend(XBOX, Api::Stats, at(1)).await.unwrap().others, []);
    assert_eq!(store.spent(XBOX, Api::Profile, EVER).await.unwrap().len(), 1);
}

#[tokio::test]
async fn each_process_is_told_once_of_what_others_spent_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Store::open(folder.path()).unwrap(), Store::open(folder.path()).unwrap());
    let early = one.spend(XBOX, Api::Stats, at(1)).await.unwrap().id;
    assert_eq!(ids(&all(&two).await), [early]);
    let mine = two.spend(XBOX, Api::Stats, at(2)).await.unwrap();
    assert_eq!(mine.others, [], "told already");
    let late = one.spend(XBOX, Api::Stats, at(3)).await.unwrap();
    assert_eq!(ids(&late.others), [mine.id]);
    one.settle_spent(late.id, at(4)).await.unwrap();
    let others = two.spend(XBOX, Api::Stats, at(5)).await.unwrap().others;
    assert_eq!(others, [Spent { id: late.id, taken: at(3), settled: Some(at(4)) }]);
    assert_eq!(two.spend(XBOX, Api::Stats, at(6)).await.unwrap().others, []);
}

#[tokio::test]
async fn of_processes_that_spend_at_once_the_later_knows_of_the_earlier() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Store::open(folder.path()).unwrap(), Store::open(folder.path()).unwrap());
    let many = async |store: &Store| {
        let mut known = Vec::new();
        for moment in 0..150 {
            known.push(store.spend(XBOX, Api::Stats, at(moment)).await.unwrap());
        }
        known
    };
    let (of_one, of_two) = tokio::join!(many(&one), many(&two));
    for (mine, theirs) in [(&of_one, &of_two), (&of_two, &of_one)] {
        let mut told = BTreeSet::new();
        for spending in mine {
            let before = told.len();
            told.extend(ids(&spending.others));
            assert_eq!(told.len(), before + spending.others.len(), "told twice");
            let earlier = theirs.iter().map(|other| other.id).filter(|id| *id < spending.id);
            assert_eq!(told, earlier.collect());
        }
    }
}

/// Sends as many as the limit lets go, in the way in which the engine asks: count, note, and take back
/// when somebody else was first.
async fn send_all(store: &Store, windows: [Window; 2]) -> usize {
    let now = at(0);
    let mut budget = Budget::new(Some(windows));
    let known = all(store).await;
    budget.restore(now, known.iter().map(|spent| (spent.taken, spent.settled)));
    let mut sent = 0;
    while budget.ready_at(now).is_none() {
        let id = budget.take(now);
        let spending = store.spend(XBOX, Api::Stats, now).await.unwrap();
        budget.restore(now, spending.others.iter().map(|spent| (spent.taken, spent.settled)));
        if budget.is_over(now) {
            budget.withdraw(id);
            store.withdraw_spent(spending.id).await.unwrap();
            continue;
        }
        budget.settle(id, now);
        store.settle_spent(spending.id, now).await.unwrap();
        sent += 1;
    }
    sent
}

#[tokio::test]
async fn processes_share_one_limit() {
    let window = |limit, seconds| Window { limit, period: Duration::from_secs(seconds) };
    for limit in [1, 7, 60] {
        let folder = tempfile::tempdir().unwrap();
        let stores = [0; 3].map(|_| Store::open(folder.path()).unwrap());
        let send = |store| send_all(store, [window(limit, 15), window(limit * 3, 300)]);
        let (one, two, three) = tokio::join!(send(&stores[0]), send(&stores[1]), send(&stores[2]));
        assert_eq!(one + two + three, limit as usize);
        assert_eq!(all(&stores[0]).await.len(), limit as usize, "those taken back are gone");
    }
}

#[tokio::test]
async fn what_is_old_is_deleted() {
    let store = Store::in_memory().unwrap();
    let hour = 3_600_000;
    for round in 0..5 {
        for _ in 0..100 {
            store.spend(XBOX, Api::Stats, at(round * hour)).await.unwrap();
        }
    }
    let kept = all(&store).await;
    assert!((100..200).contains(&kept.len()), "{}", kept.len());
    assert_eq!(kept.last().unwrap().taken, at(4 * hour));
}

#[tokio::test]
async fn what_seems_to_lie_ahead_is_brought_back() {
    let store = Store::in_memory().unwrap();
    let hour = 3_600_000;
    let ahead = store.spend(XBOX, Api::Stats, at(hour)).await.unwrap().id;
    store.settle_spent(ahead, at(hour + 5)).await.unwrap();
    for _ in 0..64 {
        store.spend(XBOX, Api::Stats, at(1_000)).await.unwrap();
    }
    let kept = all(&store).await;
    assert_eq!(kept[0], Spent { id: ahead, taken: at(1_000), settled: Some(at(1_000)) });
}
