//! From names to players: nobody but the one who was meant.

use serde_json::{Value, json};
use statlens::model::{Gamertag, Player, Remedy, RowState, UnixMillis, Xuid};
use statlens::store::Store;

use crate::{
    desk::{Desk, column, config, failure_of, gamertag, words, xuids},
    support::{Reply, Request, Server, user},
};

const TEN_SCRIPTS: [&str; 10] = [
    "Dragon#1652",
    "Łukasz Bór#991",
    "Нова Звезда#4410",
    "미르 달빛#082",
    "星野ソラ#7715",
    "夜空龍#31",
    "ดาวเหนือ#310",
    "नक्षत्र#12",
    "نجمة#77",
    "Αστέρι#55",
];

fn is_look_up(request: &Request) -> bool {
    request.path.starts_with("/users/gt(")
}

fn person(xuid: usize, full: &str) -> Value {
    let (modern, suffix) = full.split_once('#').unwrap();
    json!({"xuid": xuid.to_string(), "gamertag": null, "modernGamertag": modern,
        "modernGamertagSuffix": suffix, "uniqueModernGamertag": full})
}

fn profile(xuid: u64, gamertag: &str) -> Reply {
    let settings = [json!({"id": "Gamertag", "value": gamertag})];
    Reply::json(&json!({"profileUsers": [{"id": xuid.to_string(), "settings": settings}]}))
}

fn values(request: &Request) -> Reply {
    let users = request.users();
    let users = users.iter().map(|xuid| user(*xuid, "s", &[("Kills", json!(xuid))]));
    Reply::json(&json!({"users": users.collect::<Vec<_>>()}))
}

#[test]
fn a_name_in_each_of_ten_scripts_leads_to_its_bearer() {
    let server = Server::start(|request| match request {
        _ if request.is_batch() => values(request),
        _ if is_look_up(request) => Reply::Body(404, String::new()),
        _ => {
            // The search is so fuzzy that it always finds everybody, and some with names alike.
            let bearers = TEN_SCRIPTS.iter().enumerate();
            let alike = bearers.clone().map(|(place, name)| person(100 + place, &format!("{name}0")));
            let people: Vec<Value> =
                alike.chain(bearers.map(|(place, name)| person(1 + place, name))).collect();
            Reply::json(&json!({ "people": people }))
        }
    });
    let live = Desk::at(&server).fetch(&TEN_SCRIPTS.map(gamertag), &[column("s", "Kills")]);
    let found: Vec<String> = words(live.table()).concat();
    assert_eq!(found, (1..=10).map(|xuid| xuid.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_service_that_answers_with_another_player_is_not_believed() {
    let server = Server::start(
        |request| {
            if request.is_batch() { values(request) } else { profile(7, "SomebodyElse") }
        },
    );
    let live = Desk::at(&server).fetch(&[gamertag("TigerShark")], &[column("s", "Kills")]);
    let failure = failure_of(live.table(), 0);
    assert!(failure.reason.contains("SomebodyElse"), "{failure:?}");
    assert_eq!(failure.remedy, Remedy::EditPlayers);
}

#[test]
fn a_name_whose_bearer_was_renamed_is_looked_up_again() {
    let server =
        Server::start(|request| if request.is_batch() { values(request) } else { profile(2, "TigerShark") });
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let now = UnixMillis(i64::MAX);
    for name in ["TigerShark", "RenamedSince"] {
        let player = Player { gamertag: Some(Gamertag::from_wire(name)), ..Player::nameless(Xuid(1)) };
        let found = vec![(Gamertag::from_wire(name), player)];
        runtime.block_on(store.remember_players(&server.url(), found, now)).unwrap();
    }
    drop(store);
    let (mut desk, _) = Desk::start(config(Some(home.path()), &server.url()));
    let players = ["TigerShark", "RenamedSince"].map(gamertag);
    let live = desk.fetch(&players, &[column("s", "Kills")]);
    assert_eq!(words(live.table()), [["2"], ["1"]]);
    let looked_up = server.heads().iter().filter(|head| head.contains("/users/gt(")).count();
    assert_eq!(looked_up, 1, "the other one was remembered");
}

#[test]
fn names_that_cannot_be_read_are_told_once() {
    let server =
        Server::start(
            |request| {
                if request.is_batch() { values(request) } else { Reply::Body(404, String::new()) }
            },
        );
    let live = Desk::at(&server).fetch(&xuids(1..=300), &[column("s", "Kills")]);
    assert_eq!(live.table().counts().values, 300);
    assert!(live.table().rows().iter().all(|row| matches!(row.state, RowState::Known(_))));
    let [remark] = live.remarks() else { panic!("{:?}", live.remarks()) };
    assert!(remark.starts_with("The names of 300 players"), "{remark}");
}
