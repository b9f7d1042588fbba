//! A keyring that lets everybody wait.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use keyring_core::{CredentialStore, Entry, Result, api::CredentialStoreApi, mock};
use secrecy::SecretString;
use statlens::{
    engine::{Command, EngineConfig, KeepToken, Limits, TokenState, VaultSource},
    vault::Vault,
};

use crate::{
    desk::{Desk, PATIENCE, column, config, first_then_silence, words, xuids},
    support::{Server, TOKEN},
};

/// Closed until told, like the prompt of a keyring that nobody sees.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    fn open(&self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_all();
    }

    fn pass(&self) {
        let (is_open, opened) = &*self.0;
        drop(opened.wait_while(is_open.lock().unwrap(), |is_open| !*is_open).unwrap());
    }
}

struct GatedStore {
    gate: Gate,
    store: Arc<mock::Store>,
}

impl CredentialStoreApi for GatedStore {
    fn vendor(&self) -> String {
        "test".to_owned()
    }

    fn id(&self) -> String {
        "test".to_owned()
    }

    fn build(&self, service: &str, user: &str, more: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        self.gate.pass();
        self.store.build(service, user, more)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn gated() -> (Gate, VaultSource) {
    let gate = Gate::default();
    let store = GatedStore { gate: gate.clone(), store: mock::Store::new().unwrap() };
    let store: Arc<CredentialStore> = Arc::new(store);
    (gate, VaultSource::Vault(Arc::new(Vault::with_store(store, None))))
}

fn start(vault: &VaultSource, keyring_time: Duration, server: &Server) -> Desk {
    let limits = Limits { keyring_time, ..Limits::default() };
    Desk::start(EngineConfig { vault: vault.clone(), limits, ..config(None, &server.url()) }).0
}

fn paste(desk: &Desk, keep: KeepToken) {
    desk.engine.send(Command::UseToken { pasted: SecretString::from(TOKEN), keep });
}

#[test]
fn a_keyring_that_hangs_delays_nothing() {
    let server = Server::start(first_then_silence);
    let (gate, vault) = gated();
    let mut desk = start(&vault, PATIENCE, &server);
    paste(&desk, KeepToken::Session);
    assert!(matches!(desk.token(), TokenState::Ready(_)));
    assert_eq!(words(desk.fetch(&xuids([1]), &[column("s", "Kills")]).table()), [["1"]]);
    drop(desk);
    gate.open();
}

#[test]
fn one_that_hangs_is_told_and_may_come_round() {
    let server = Server::start(first_then_silence);
    let (gate, vault) = gated();
    let mut desk = start(&vault, Duration::from_millis(1), &server);
    assert!(matches!(desk.token(), TokenState::KeyringFailed { session: None, .. }));
    paste(&desk, KeepToken::Keyring);
    let TokenState::KeyringFailed { reason, session } = desk.token() else { panic!("not told") };
    assert!(session.is_some() && reason.contains("not answered"), "{reason}");
    assert_eq!(words(desk.fetch(&xuids([1]), &[column("s", "Kills")]).table()), [["1"]]);
    gate.open();
    assert!(matches!(desk.token(), TokenState::Ready(info) if info.kept == KeepToken::Keyring));
}

#[test]
fn the_end_waits_until_a_token_is_kept() {
    let server = Server::start(first_then_silence);
    let (gate, vault) = gated();
    let desk = start(&vault, PATIENCE, &server);
    paste(&desk, KeepToken::Keyring);
    std::thread::scope(|scope| {
        scope.spawn(|| drop(desk));
        gate.open();
    });
    let mut desk = start(&vault, PATIENCE, &server);
    assert!(matches!(desk.token(), TokenState::Ready(info) if info.kept == KeepToken::Keyring));
}
