//! The engine against the sample service and against servers that misbehave.

mod support;

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::{Command as Process, Stdio},
    sync::{Arc, mpsc::Receiver},
    time::{Duration, Instant},
};

use proptest::prelude::*;
use secrecy::SecretString;
use serde_json::{Value, json};
use statlens::{
    engine::{
        Command, Draft, Engine, EngineConfig, Event, FetchEnd, FetchId, KeepToken, Limits, LiveTable,
        Restored, Service, TokenState, VaultSource,
    },
    model::{
        Cell, ColumnKey, Counts, Gamertag, PlayerRef, Query, Remedy, RowState, Scid, StatName, StatTable,
        Xuid,
    },
    sample::{self, SampleService},
    store::Store,
    vault::Vault,
};
use support::{Reply, Request, Server, TOKEN, user};

const PATIENCE: Duration = Duration::from_secs(60);
const FOLDER: &str = "STATLENS_TEST_FOLDER";
const URL: &str = "STATLENS_TEST_URL";

struct Desk {
    engine: Engine,
    events: Receiver<Event>,
    fetches: u64,
}

impl Desk {
    fn start(config: EngineConfig) -> (Self, Restored) {
        let (engine, events) = Engine::start(config, Arc::new(|| {})).unwrap();
        let mut desk = Self { engine, events, fetches: 0 };
        let Event::Restored(restored) = desk.next() else { panic!("something came before Restored") };
        (desk, *restored)
    }

    /// An engine that keeps nothing and talks to a server with a token of its own.
    fn at(server: &Server) -> Self {
        Self::start(config(None, &server.url())).0
    }

    fn next(&mut self) -> Event {
        self.events.recv_timeout(PATIENCE).unwrap()
    }

    fn send_fetch(&mut self, players: &[PlayerRef], columns: &[ColumnKey]) -> LiveTable {
        self.fetches += 1;
        let id = FetchId(self.fetches);
        self.engine.send(Command::Fetch { id, players: players.to_vec(), columns: columns.to_vec() });
        LiveTable::new(id, players.to_vec(), columns.to_vec())
    }

    fn fetch(&mut self, players: &[PlayerRef], columns: &[ColumnKey]) -> LiveTable {
        let mut live = self.send_fetch(players, columns);
        self.until(|event| {
            live.apply(event);
            live.end().is_some()
        });
        assert_eq!(live.table().counts().pending, 0);
        live
    }

    /// Takes events until one is the right one.
    fn until(&mut self, mut is_it: impl FnMut(&Event) -> bool) -> Event {
        loop {
            let event = self.next();
            if is_it(&event) {
                return event;
            }
        }
    }

    fn token(&mut self) -> TokenState {
        match self.until(|event| matches!(event, Event::Token(_))) {
            Event::Token(state) => state,
            _ => unreachable!(),
        }
    }
}

fn config(folder: Option<&Path>, url: &str) -> EngineConfig {
    EngineConfig {
        vault: VaultSource::Given(SecretString::from(TOKEN)),
        ..EngineConfig::new(folder.map(Path::to_owned), Service::At(url.to_owned()))
    }
}

fn sample_service() -> SampleService {
    SampleService::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), sample::SEED).unwrap()
}

fn sample_config(folder: Option<&Path>, service: &SampleService) -> EngineConfig {
    let service = Service::Sample { url: service.url(), token: sample::TOKEN };
    EngineConfig::new(folder.map(Path::to_owned), service)
}

fn column(scid: &str, stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) }
}

fn xuids(xuids: impl IntoIterator<Item = u64>) -> Vec<PlayerRef> {
    xuids.into_iter().map(|xuid| PlayerRef::Xuid(Xuid(xuid))).collect()
}

fn gamertag(name: &str) -> PlayerRef {
    PlayerRef::Gamertag(Gamertag::from_wire(name))
}

/// A cell in one word: its text, `-` for no value, `!` for failed.
fn word(table: &StatTable, row: usize, column: usize) -> String {
    match table.cell(row, column) {
        Cell::Value(value) => value.text.to_owned(),
        Cell::NoValue => "-".into(),
        Cell::Failed(_) => "!".into(),
        Cell::Pending => "…".into(),
        Cell::NotAsked => String::new(),
    }
}

fn words(table: &StatTable) -> Vec<Vec<String>> {
    let columns = 0..table.columns().len();
    (0..table.rows().len()).map(|row| columns.clone().map(|column| word(table, row, column)).collect()).collect()
}

fn failure_of(table: &StatTable, row: usize) -> statlens::model::Failure {
    match table.cell(row, 0) {
        Cell::Failed(failure) => statlens::model::Failure::clone(failure),
        other => panic!("{other:?} is not failed"),
    }
}

#[test]
fn the_first_query_is_answered_and_the_same_by_name_and_by_number() {
    let service = sample_service();
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let query = sample::first_query();
    let by_name = desk.fetch(&query.player_refs(), &query.columns());
    let counts = by_name.table().counts();
    assert_eq!(counts.failed, 0, "{counts:?}");
    assert!(counts.values > 150 && counts.no_value > 0, "{counts:?}");
    let numbers = by_name.table().rows().iter().map(|row| row.player().unwrap().xuid.0);
    let by_number = desk.fetch(&xuids(numbers), &query.columns());
    let texts = |table: &StatTable| words(table).concat();
    assert_eq!(texts(by_name.table()), texts(by_number.table()));
    let names = |table: &StatTable| table.rows().iter().map(|row| row.name()).collect::<Vec<_>>();
    assert_eq!(names(by_name.table()), names(by_number.table()), "numbers are named too");
    assert_eq!(by_number.progress().cells_done, by_number.progress().cells_total);
}

#[test]
fn one_private_player_fails_alone() {
    let service = sample_service();
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let query = sample::first_query();
    let mut players = query.player_refs();
    players.insert(11, gamertag("Hidden Heron"));
    let live = desk.fetch(&players, &query.columns());
    let table = live.table();
    assert_eq!(table.counts().failed, query.columns().len());
    assert_eq!(failure_of(table, 11).status, Some(403));
}

#[test]
fn an_unknown_name_says_so_and_the_rest_goes_on() {
    let service = sample_service();
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let query = sample::first_query();
    let players = [gamertag("TigerShark"), gamertag("Nobody At All"), gamertag("ไม่มีใคร#1")];
    let live = desk.fetch(&players, &query.columns());
    for row in [1, 2] {
        let failure = failure_of(live.table(), row);
        assert_eq!(failure.remedy, Remedy::EditPlayers);
        assert!(failure.reason.contains(&players[row].to_string()), "{}", failure.reason);
    }
    assert!(matches!(live.table().cell(0, 0), Cell::Value(_)));
}

#[test]
fn a_player_written_twice_is_shown_once_in_the_earlier_row() {
    let service = sample_service();
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let columns = sample::first_query().columns();
    let found = desk.fetch(&[gamertag("TigerShark")], &columns);
    let xuid = found.table().rows()[0].player().unwrap().xuid;
    // A new engine, so that the name is looked up again and comes after the number.
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let players = [gamertag("TigerShark"), gamertag("QuietOrbit"), PlayerRef::Xuid(xuid)];
    let live = desk.fetch(&players, &columns);
    assert_eq!(live.table().rows()[2].state, RowState::DuplicateOf(0));
    assert_eq!(words(live.table())[0], words(found.table())[0]);
    assert!(words(live.table())[2].iter().all(String::is_empty));
}

#[test]
fn a_disorderly_answer_is_put_in_order() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        Reply::json(&json!({"users": [
            user(4, "S", &[("Kills", json!("4")), ("Wins", json!(9_007_199_254_740_993_i64))]),
            user(99, "s", &[("Kills", json!("1"))]),
            {"xuid": 3, "scids": 7},
            user(1, "s", &[("Kills", json!("1")), ("Unheard", json!("1"))]),
            user(1, "s", &[("Kills", json!("11")), ("Wins", Value::Null)]),
        ]}))
    });
    let mut desk = Desk::at(&server);
    let live = desk.fetch(&xuids([1, 2, 3, 4]), &[column("s", "Kills"), column("s", "Wins")]);
    let expected = [["11", "-"], ["-", "-"], ["!", "!"], ["4", "9007199254740993"]];
    assert_eq!(words(live.table()), expected);
    let remarks = live.remarks().join("\n");
    for told in ["nobody asked for", "twice", "another case", "could not be read"] {
        assert!(remarks.contains(told), "{told}: {remarks}");
    }
}

#[test]
fn stats_that_come_along_are_learnt() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        Reply::json(&json!({"users": [user(1, "s", &[("Kills", json!("1")), ("Unheard", json!("1"))])]}))
    });
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(config(Some(home.path()), &server.url()));
    let _ = desk.send_fetch(&xuids([1]), &[column("s", "Kills")]);
    let Event::Learnt(titles) = desk.until(|event| matches!(event, Event::Learnt(_))) else { unreachable!() };
    assert_eq!(titles[0].stats.iter().map(StatName::as_str).collect::<Vec<_>>(), ["Kills", "Unheard"]);
    drop(desk);
    let (_desk, restored) = Desk::start(config(Some(home.path()), &server.url()));
    assert_eq!(restored.catalogue.titles()[0].stats.len(), 2);
}

#[test]
fn an_answer_that_is_none_fails_its_cells() {
    for (body, told) in [("<html><body>hello</body></html>", "<html"), ("", "empty"), ("[[[", "cut off")] {
        let server = Server::start(move |request| match request.is_batch() {
            true => Reply::Body(200, body.into()),
            false => Reply::names(request),
        });
        let live = Desk::at(&server).fetch(&xuids([1, 2]), &[column("s", "Kills")]);
        assert_eq!(words(live.table()), [["!"], ["!"]]);
        let failure = failure_of(live.table(), 0);
        assert!(failure.reason.contains(told), "{}", failure.reason);
        assert_eq!(failure.remedy, Remedy::Retry);
    }
}

#[test]
fn what_came_before_a_cut_stays() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        let whole = json!({"users": [
            user(1, "s", &[("Kills", json!("1"))]),
            user(2, "s", &[("Kills", json!("2"))]),
        ]});
        let text = whole.to_string();
        Reply::Body(200, text[..text.len() - 30].into())
    });
    let live = Desk::at(&server).fetch(&xuids([1, 2, 3]), &[column("s", "Kills")]);
    assert_eq!(words(live.table()), [["1"], ["!"], ["!"]]);
}

#[test]
fn a_refused_token_ends_the_fetch_and_is_told() {
    let server = Server::start(|request| match request.is_batch() {
        true => Reply::Body(401, String::new()),
        false => Reply::names(request),
    });
    let limits = Limits { users_per_request: 1, requests_at_once: 1, ..Limits::default() };
    let (mut desk, _) = Desk::start(EngineConfig { limits, ..config(None, &server.url()) });
    assert!(matches!(desk.token(), TokenState::Ready(_)));
    let mut rejected = false;
    let mut live = desk.send_fetch(&xuids(1..=50), &[column("s", "Kills")]);
    desk.until(|event| {
        live.apply(event);
        rejected |= matches!(event, Event::Token(TokenState::Rejected { .. }));
        live.end().is_some() && rejected
    });
    assert_eq!(live.table().counts(), Counts { failed: 50, ..Counts::default() });
    assert_eq!(failure_of(live.table(), 49).remedy, Remedy::NewToken);
    assert_eq!(server.batches(), 1);
}

#[test]
fn a_server_that_is_not_there_is_told_in_each_cell() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (mut desk, _) = Desk::start(config(None, &url));
    let live = desk.fetch(&[xuids([1]), vec![gamertag("Somebody")]].concat(), &[column("s", "Kills")]);
    for row in [0, 1] {
        let failure = failure_of(live.table(), row);
        assert_eq!((failure.status, failure.remedy), (None, Remedy::Retry), "{}", failure.reason);
    }
}

/// Answers the first user and says nothing to the others.
fn first_then_silence(request: &Request) -> Reply {
    match request.users().as_slice() {
        [] => Reply::names(request),
        [1] => Reply::json(&json!({"users": [user(1, "s", &[("Kills", json!("1"))])]})),
        _ => Reply::Silence,
    }
}

fn one_at_a_time(folder: Option<&Path>, url: &str) -> EngineConfig {
    let limits = Limits { users_per_request: 1, ..Limits::default() };
    EngineConfig { limits, ..config(folder, url) }
}

#[test]
fn cancelling_keeps_what_arrived() {
    let server = Server::start(first_then_silence);
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(one_at_a_time(Some(home.path()), &server.url()));
    let mut live = desk.send_fetch(&xuids([1, 2, 3]), &[column("s", "Kills")]);
    desk.until(|event| live.apply(event) && matches!(event, Event::Cells { .. }));
    let asked = Instant::now();
    desk.engine.send(Command::Cancel(live.id()));
    desk.until(|event| {
        live.apply(event);
        live.end().is_some()
    });
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    assert_eq!(live.end().map(|(_, how)| how.clone()), Some(FetchEnd::Cancelled));
    assert_eq!(words(live.table()), [["1"], ["!"], ["!"]]);
    drop(desk);
    let (_desk, restored) = Desk::start(config(Some(home.path()), &server.url()));
    let results = restored.results.unwrap();
    assert_eq!(words(&results.table), [["1"], ["!"], ["!"]]);
    assert!(failure_of(&results.table, 2).reason.contains("cancelled"));
    assert!(results.ended.is_some());
}

#[test]
fn a_later_fetch_ends_the_earlier_and_hears_nothing_of_it() {
    let server = Server::start(first_then_silence);
    let (mut desk, _) = Desk::start(one_at_a_time(None, &server.url()));
    let mut earlier = desk.send_fetch(&xuids([2]), &[column("s", "Kills")]);
    let mut later = desk.send_fetch(&xuids([1]), &[column("s", "Kills")]);
    let mut order = Vec::new();
    desk.until(|event| {
        if earlier.apply(event) {
            order.push(1);
        }
        if later.apply(event) {
            order.push(2);
        }
        later.end().is_some()
    });
    assert_eq!(earlier.end().map(|(_, how)| how.clone()), Some(FetchEnd::Cancelled));
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(words(later.table()), [["1"]]);
}

#[test]
fn a_session_comes_back_after_a_restart() {
    let service = sample_service();
    let home = tempfile::tempdir().unwrap();
    let query = sample::first_query();
    let (mut desk, restored) = Desk::start(sample_config(Some(home.path()), &service));
    assert!(restored.draft.is_none() && restored.results.is_none(), "the first start");
    for count in 0..50 {
        let draft = Draft { players_box: format!("typed {count}"), query: query.clone(), ..Draft::default() };
        desk.engine.send(Command::SaveDraft(Arc::new(draft)));
    }
    desk.engine.send(Command::SaveCatalogue(Arc::new(sample::catalogue())));
    let live = desk.fetch(&query.player_refs(), &query.columns());
    drop(desk);
    let (_desk, restored) = Desk::start(sample_config(Some(home.path()), &service));
    let draft = restored.draft.unwrap();
    assert_eq!((draft.players_box.as_str(), draft.query), ("typed 49", query));
    assert_eq!(restored.catalogue, sample::catalogue());
    let results = restored.results.unwrap();
    assert_eq!(words(&results.table), words(live.table()));
    assert_eq!(results.table.rows(), live.table().rows());
    assert_eq!((results.started, results.ended), (live.started(), live.end().map(|(at, _)| at)));
}

#[test]
fn a_fetch_that_fails_altogether_leaves_the_last_results() {
    let server = Server::start(|request| {
        let is_good = request.users() == [1];
        if is_good { first_then_silence(request) } else { Reply::Body(500, String::new()) }
    });
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(config(Some(home.path()), &server.url()));
    desk.fetch(&xuids([1]), &[column("s", "Kills")]);
    desk.fetch(&xuids([2]), &[column("s", "Kills")]);
    drop(desk);
    let (_desk, restored) = Desk::start(config(Some(home.path()), &server.url()));
    assert_eq!(words(&restored.results.unwrap().table), [["1"]]);
}

/// Not a test of its own: the part of the next one that is killed.
#[test]
fn killed_in_the_middle() {
    let (Some(folder), Some(url)) = (std::env::var_os(FOLDER), std::env::var_os(URL)) else { return };
    let url = url.into_string().unwrap();
    let (mut desk, _) = Desk::start(one_at_a_time(Some(Path::new(&folder)), &url));
    desk.fetch(&xuids([1, 2, 3]), &[column("s", "Kills")]);
    unreachable!("the server stays silent");
}

#[test]
fn a_killed_run_comes_back() {
    let server = Server::start(first_then_silence);
    let home = tempfile::tempdir().unwrap();
    let mut child = Process::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed_in_the_middle"])
        .env(FOLDER, home.path())
        .env(URL, server.url())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let store = Store::open(home.path()).unwrap();
    let deadline = Instant::now() + PATIENCE;
    while runtime.block_on(store.last_run(&server.url())).unwrap().is_none() {
        assert!(Instant::now() < deadline, "nothing was stored");
        assert_eq!(child.try_wait().unwrap(), None);
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    drop(store);
    let (_desk, restored) = Desk::start(config(Some(home.path()), &server.url()));
    let results = restored.results.unwrap();
    assert_eq!(words(&results.table), [["1"], ["!"], ["!"]]);
    assert_eq!(results.ended, None);
}

#[test]
fn results_of_two_services_are_never_mixed() {
    let service = sample_service();
    let server = Server::start(first_then_silence);
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(config(Some(home.path()), &server.url()));
    desk.fetch(&xuids([1]), &[column("s", "Kills")]);
    let sample = Service::Sample { url: service.url(), token: sample::TOKEN };
    desk.engine.send(Command::UseService(sample));
    let changed = desk.until(|event| matches!(event, Event::ServiceChanged { .. }));
    assert!(matches!(changed, Event::ServiceChanged { catalogue, results: None } if catalogue.titles().is_empty()));
    assert_eq!(desk.token(), TokenState::Sample);
    desk.engine.send(Command::UseService(Service::At(server.url())));
    let changed = desk.until(|event| matches!(event, Event::ServiceChanged { .. }));
    assert!(matches!(changed, Event::ServiceChanged { results: Some(_), .. }));
    assert!(server.heads().iter().all(|head| !head.contains(sample::TOKEN)));
}

#[test]
fn an_address_off_loopback_gets_no_request() {
    let (mut desk, _) = Desk::start(config(None, "http://example.com"));
    let live = desk.fetch(&xuids([1]), &[column("s", "Kills")]);
    assert!(matches!(live.end(), Some((_, FetchEnd::NoService(_)))));
    assert_eq!(words(live.table()), [["!"]]);
}

#[test]
fn a_token_is_kept_used_and_forgotten() {
    let server = Server::start(first_then_silence);
    let vault = || {
        let store: Arc<keyring_core::CredentialStore> = keyring_core::mock::Store::new().unwrap();
        Arc::new(Vault::with_store(store, Some(2560)))
    };
    let vault = VaultSource::Vault(vault());
    let start = || Desk::start(EngineConfig { vault: vault.clone(), ..config(None, &server.url()) }).0;
    let mut desk = start();
    assert_eq!(desk.token(), TokenState::None);
    let live = desk.fetch(&xuids([1]), &[column("s", "Kills")]);
    assert!(matches!(live.end(), Some((_, FetchEnd::NoToken(_)))));
    let use_token = |desk: &Desk, text: &str, keep| {
        desk.engine.send(Command::UseToken { pasted: SecretString::from(text), keep });
    };
    use_token(&desk, "XBL3.0 x=1;broken\nin the middle", KeepToken::Keyring);
    let TokenState::Refused { reason, before } = desk.token() else { panic!("not refused") };
    assert!(!reason.contains("broken") && *before == TokenState::None, "{reason}");
    use_token(&desk, TOKEN, KeepToken::Keyring);
    assert!(matches!(desk.token(), TokenState::Ready(info) if info.kept == KeepToken::Keyring));
    assert_eq!(words(desk.fetch(&xuids([1]), &[column("s", "Kills")]).table()), [["1"]]);
    drop(desk);
    let mut desk = start();
    assert!(matches!(desk.token(), TokenState::Ready(info) if info.kept == KeepToken::Keyring));
    desk.engine.send(Command::ForgetToken);
    assert_eq!(desk.token(), TokenState::None);
    drop(desk);
    assert_eq!(start().token(), TokenState::None);
    assert!(server.heads().iter().any(|head| head.contains(TOKEN)));
}

/// What a hostile service does with one user of an answer.
#[derive(Clone, Copy, Debug)]
enum Treatment {
    Right,
    Dropped,
    Empty,
    Doubled,
    Broken,
    BrokenStat,
    OtherType,
}

fn treatment() -> impl Strategy<Value = Treatment> {
    use Treatment::{Broken, BrokenStat, Doubled, Dropped, Empty, OtherType, Right};
    prop::sample::select(vec![Right, Right, Dropped, Empty, Doubled, Broken, BrokenStat, OtherType])
}

fn treated(xuid: u64, treatment: Treatment) -> Vec<Value> {
    let right = user(xuid, "s", &[("Kills", json!(xuid.to_string())), ("Wins", json!(xuid))]);
    match treatment {
        Treatment::Right => vec![right],
        Treatment::Dropped => vec![],
        Treatment::Empty => vec![json!({"xuid": xuid.to_string(), "scids": []})],
        Treatment::Doubled => vec![right.clone(), right],
        Treatment::Broken => vec![json!({"xuid": xuid.to_string(), "scids": "none of your business"})],
        Treatment::BrokenStat => {
            vec![json!({"xuid": xuid, "scids": [{"scid": "s", "stats": [{"statname": "Kills", "value": "1"}, 7]}]})]
        }
        Treatment::OtherType => vec![user(xuid, "s", &[("Kills", json!({"deep": [1]})), ("Wins", json!(true))])],
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_is_accounted_for(
        treatments in prop::collection::vec(treatment(), 1..40),
        statuses in prop::collection::vec(prop::sample::select(vec![200_u16, 200, 200, 403, 500, 429]), 1..8),
        users_per_request in 1_usize..20,
        reversed: bool,
    ) {
        let plan = treatments.clone();
        let server = Server::start(move |request| {
            if !request.is_batch() {
                return Reply::Body(404, String::new());
            }
            let asked = request.users();
            let status = statuses[asked[0] as usize % statuses.len()];
            if status != 200 {
                return Reply::Body(status, String::new());
            }
            let mut users: Vec<Value> =
                asked.iter().flat_map(|xuid| treated(*xuid, plan[*xuid as usize])).collect();
            if reversed {
                users.reverse();
            }
            Reply::json(&json!({ "users": users }))
        });
        let limits = Limits { users_per_request, ..Limits::default() };
        let (mut desk, _) = Desk::start(EngineConfig { limits, ..config(None, &server.url()) });
        let columns = [column("s", "Kills"), column("s", "Wins")];
        let live = desk.fetch(&xuids(0..treatments.len() as u64), &columns);
        let table = live.table();
        let counts = table.counts();
        prop_assert_eq!(counts.values + counts.no_value + counts.failed, treatments.len() * 2);
        for (row, treatment) in treatments.iter().enumerate() {
            if matches!(table.cell(row, 1), Cell::Failed(failure) if failure.status != Some(200)) {
                continue;
            }
            let number = row.to_string();
            let expected = match treatment {
                Treatment::Right | Treatment::Doubled => [number.as_str(), number.as_str()],
                Treatment::Dropped | Treatment::Empty => ["-", "-"],
                Treatment::Broken => ["!", "!"],
                Treatment::BrokenStat => ["1", "!"],
                Treatment::OtherType => ["{\"deep\":[1]}", "true"],
            };
            prop_assert_eq!(&words(table)[row], &expected, "{:?} in row {}", treatment, row);
        }
    }
}

#[test]
fn a_query_of_nothing_ends_at_once() {
    let server = Server::start(|_| Reply::Silence);
    let mut desk = Desk::at(&server);
    let query = Query::default();
    let live = desk.fetch(&query.player_refs(), &query.columns());
    assert!(matches!(live.end(), Some((_, FetchEnd::Done))));
}
