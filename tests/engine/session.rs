//! What outlives a fetch, a session or a crash, and the token.

use std::{
    path::Path,
    process::{Command as Process, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::channel,
    },
    time::Instant,
};

use secrecy::SecretString;
use statlens::{
    clock::{Busy, Clock},
    engine::{
        Ask, Command, Draft, EngineConfig, Event, FetchEnd, KeepToken, Limits, Reuse, Service, TokenState,
        VaultSource,
    },
    model::{PlayerEntry, Query, UnixMillis},
    sample,
    store::Store,
    vault::Vault,
};

use crate::{
    desk::{
        Desk, PATIENCE, column, config, failure_of, first_then_silence, one_at_a_time, sample_config,
        sample_service, words, xuids,
    },
    support::{Reply, Server, TOKEN, user},
};

const FOLDER: &str = "STATLENS_TEST_FOLDER";
const URL: &str = "STATLENS_TEST_URL";

#[test]
fn cancelling_keeps_what_arrived() {
    let server = Server::start(first_then_silence);
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(one_at_a_time(Some(home.path()), &server.url()));
    let mut live = desk.send_fetch(&xuids([1, 2, 3]), &[column("s", "Kills")]);
    desk.until(|event| live.apply(event) && matches!(event, Event::Cells { .. }));
    desk.engine.send(Command::Cancel(live.id()));
    desk.until(|event| {
        live.apply(event);
        live.end().is_some()
    });
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
fn cancelling_drops_all_that_is_under_way() {
    let (asked, is_asked) = channel();
    let (gone, is_gone) = channel();
    let server = Server::start(move |request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        asked.send(()).unwrap();
        Reply::SilenceUntilGone(gone.clone())
    });
    let (mut desk, _) = Desk::start(one_at_a_time(None, &server.url()));
    let at_once = Limits::default().requests_at_once;
    let mut live = desk.send_fetch(&xuids(1..=100), &[column("s", "Kills")]);
    for _ in 0..at_once {
        is_asked.recv_timeout(PATIENCE).unwrap();
    }
    desk.engine.send(Command::Cancel(live.id()));
    desk.until(|event| {
        live.apply(event);
        live.end().is_some()
    });
    for _ in 0..at_once {
        is_gone.recv_timeout(PATIENCE).unwrap();
    }
    assert_eq!(server.batches(), at_once, "nothing was asked after the cancellation");
    assert_eq!(live.table().counts().failed, 100);
}

#[test]
fn a_draft_with_a_token_is_kept_without_it() {
    let server = Server::start(first_then_silence);
    let home = tempfile::tempdir().unwrap();
    let (desk, _) = Desk::start(config(Some(home.path()), &server.url()));
    let query = Query { players: ["TigerShark", TOKEN].map(PlayerEntry::new).to_vec(), ..Query::default() };
    let draft = Draft {
        query,
        players_box: format!("Authorization: {TOKEN}"),
        saved_text: Some(format!("players = [\"{TOKEN}\"]")),
        ..Draft::default()
    };
    desk.engine.send(Command::SaveDraft(Arc::new(draft)));
    drop(desk);
    let (_desk, restored) = Desk::start(config(Some(home.path()), &server.url()));
    let draft = restored.draft.unwrap();
    assert_eq!((draft.players_box.as_str(), draft.saved_text), ("", None));
    assert_eq!(draft.query.players, [PlayerEntry::new("TigerShark")]);
}

#[test]
fn what_a_fetch_taught_goes_to_its_own_service() {
    let service = sample_service();
    let server = Server::start(first_then_silence);
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(config(Some(home.path()), &server.url()));
    let mut live = desk.send_fetch(&xuids([1]), &[column("s", "Kills")]);
    desk.until(|event| live.apply(event) && matches!(event, Event::Cells { .. }));
    desk.engine.send(Command::UseService(Service::Sample { url: service.url(), token: sample::TOKEN }));
    desk.until(|event| matches!(event, Event::ServiceChanged { .. }));
    drop(desk);
    let (_desk, restored) = Desk::start(config(Some(home.path()), &server.url()));
    assert_eq!(restored.catalogue.titles().len(), 1);
    let (_desk, restored) = Desk::start(sample_config(Some(home.path()), &service));
    assert_eq!(restored.catalogue.titles().len(), 0);
}

#[test]
fn values_of_an_answer_that_broke_off_are_kept() {
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        let kills = |xuid| user(xuid, "s", &[("Kills", serde_json::json!("1"))]);
        let text = serde_json::json!({"users": [kills(1), kills(2)]}).to_string();
        Reply::Body(200, text[..text.len() - 30].into())
    });
    let home = tempfile::tempdir().unwrap();
    let (mut desk, _) = Desk::start(config(Some(home.path()), &server.url()));
    let live = desk.fetch(&xuids([1, 2]), &[column("s", "Kills")]);
    assert_eq!(words(live.table()), [["1"], ["!"]]);
    drop(desk);
    let (_desk, restored) = Desk::start(config(Some(home.path()), &server.url()));
    assert_eq!(words(&restored.results.unwrap().table), [["1"], ["!"]]);
}

/// A clock that stops the first fetch by panicking: nobody else says that they are at work.
struct BrokenClock(AtomicUsize);

impl Clock for BrokenClock {
    fn now(&self) -> UnixMillis {
        UnixMillis(0)
    }

    fn busy(&self) -> Busy {
        assert_ne!(self.0.fetch_add(1, Ordering::SeqCst), 0, "on purpose");
        Busy::default()
    }
}

#[test]
fn a_fetch_that_panics_ends_and_the_engine_lives() {
    let server = Server::start(first_then_silence);
    let clock = Arc::new(BrokenClock(AtomicUsize::new(0)));
    let (mut desk, _) = Desk::start(EngineConfig { clock, ..config(None, &server.url()) });
    let live = desk.fetch(&xuids([1]), &[column("s", "Kills")]);
    assert!(failure_of(live.table(), 0).reason.contains("an error of its own"));
    assert_eq!(words(desk.fetch(&xuids([1]), &[column("s", "Kills")]).table()), [["1"]]);
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
        .args(["--exact", "session::killed_in_the_middle"])
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
    assert_eq!((results.ended, results.unanswered), (None, 2));
    // And goes on: only what is missing is asked for.
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        let kills = |xuid: &u64| user(*xuid, "s", &[("Kills", serde_json::json!(xuid))]);
        Reply::json(&serde_json::json!({"users": request.users().iter().map(kills).collect::<Vec<_>>()}))
    });
    let (mut desk, _) = Desk::start(one_at_a_time(None, &server.url()));
    let reuse = Reuse { table: Arc::new(results.table), ask: Ask::Missing };
    let mut live = desk.send_reusing(&xuids([1, 2, 3]), &[column("s", "Kills")], Some(reuse));
    desk.until(|event| {
        live.apply(event);
        live.end().is_some()
    });
    assert_eq!(words(live.table()), [["1"], ["2"], ["3"]]);
    assert_eq!(server.batches(), 2);
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
    assert!(
        matches!(changed, Event::ServiceChanged { catalogue, results: None } if catalogue.titles().is_empty())
    );
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
