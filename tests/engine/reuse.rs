//! Only what is needed is asked.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use serde_json::json;
use statlens::{
    engine::{Ask, Event, Reuse},
    model::{Cell, Xuid},
    sample::SampleLimits,
};

use crate::{
    desk::{Desk, column, config, words, xuids},
    stage::{Stage, by_xuid, columns, follow},
    support::{Reply, Request, Server, user},
};

type Asked = Arc<Mutex<Vec<(Vec<u64>, Vec<String>)>>>;

fn asked_of(request: &Request) -> (Vec<u64>, Vec<String>) {
    let stats = request.body["requestedscids"][0]["requestedstats"].as_array().unwrap();
    (request.users(), stats.iter().map(|stat| stat.as_str().unwrap().to_owned()).collect())
}

#[test]
fn a_second_fetch_asks_for_what_failed_or_is_missing_and_keeps_the_rest() {
    let asked: Asked = Arc::default();
    let healed = Arc::new(AtomicBool::new(false));
    let (log, is_healed) = (asked.clone(), healed.clone());
    let server = Server::start(move |request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        log.lock().unwrap().push(asked_of(request));
        let users = request.users();
        if users.contains(&2) && !is_healed.load(Ordering::SeqCst) {
            return Reply::Body(403, String::new());
        }
        let stats = asked_of(request).1;
        let users = users.iter().map(|xuid| {
            let stats: Vec<(&str, serde_json::Value)> =
                stats.iter().map(|stat| (stat.as_str(), json!(xuid))).collect();
            user(*xuid, "s", &stats)
        });
        Reply::json(&json!({"users": users.collect::<Vec<_>>()}))
    });
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(config(Some(home.path()), &server.url()));
    let kills = [column("s", "Kills")];
    let first = desk.fetch(&xuids([1, 2, 3]), &kills);
    assert_eq!(words(first.table()), [["1"], ["!"], ["3"]]);
    healed.store(true, Ordering::SeqCst);

    asked.lock().unwrap().clear();
    let reuse = |ask| Some(Reuse { table: first.table().clone(), ask });
    let mut live = desk.send_reusing(&xuids([1, 2, 3]), &kills, reuse(Ask::Failed));
    assert!(matches!(live.table().cell(0, 0), Cell::Value(_)), "there from the beginning");
    desk.until(|event| {
        live.apply(event);
        live.end().is_some()
    });
    assert_eq!(words(live.table()), [["1"], ["2"], ["3"]]);
    assert_eq!((live.progress().cells_done, live.progress().cells_total), (1, 1));
    assert_eq!(*asked.lock().unwrap(), [(vec![2], vec!["Kills".to_owned()])]);

    asked.lock().unwrap().clear();
    let two = [column("s", "Kills"), column("s", "Wins")];
    let mut live = desk.send_reusing(&xuids([4, 3, 2, 1]), &two, reuse(Ask::Missing));
    desk.until(|event| {
        live.apply(event);
        live.end().is_some()
    });
    let expected = ["4", "3", "2", "1"].map(|xuid| vec![xuid.to_owned(); 2]);
    assert_eq!(words(live.table()), expected);
    let mut requests = asked.lock().unwrap().clone();
    requests.sort();
    let both = vec!["Kills".to_owned(), "Wins".to_owned()];
    assert_eq!(requests, [(vec![3, 1], vec!["Wins".to_owned()]), (vec![4, 2], both)]);
    drop(desk);
    let (_desk, restored) = Desk::start(config(Some(home.path()), &server.url()));
    assert_eq!(words(&restored.results.unwrap().table), expected, "what was kept is stored as well");
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let stage = Stage::new("etags", SampleLimits::Off);
    let mut desk = stage.desk();
    let known: Vec<Xuid> = stage.xuids().into_iter().take(30).collect();
    let columns = columns(2, 4);
    for round in 0..2 {
        let mut live = desk.send_fetch(&by_xuid(&known), &columns);
        let mut statuses = Vec::new();
        follow(&mut desk, &mut live, |event| {
            if let Event::Exchange(exchange) = event
                && exchange.is_over()
                && exchange.sent.stats > 0
            {
                statuses.extend(exchange.status());
                assert!(exchange.values.is_some_and(|values| values > 0));
            }
        });
        assert_eq!(stage.lies(live.table(), |_, _| false), Vec::<String>::new());
        assert_eq!(statuses, [if round == 0 { 200 } else { 304 }]);
    }
}
