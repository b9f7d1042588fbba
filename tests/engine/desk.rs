//! An engine and what a test does with it.

use std::{
    path::Path,
    sync::{Arc, mpsc::Receiver},
    time::Duration,
};

use secrecy::SecretString;
use serde_json::json;
use statlens::{
    engine::{
        Command, Engine, EngineConfig, Event, FetchId, Limits, LiveTable, Patience, Restored, Reuse, Service, TokenState,
        VaultSource,
    },
    model::{Cell, ColumnKey, Failure, Gamertag, PlayerRef, Rates, Scid, StatName, StatTable, Xuid},
    sample::{self, SampleService},
};
use std::net::{Ipv4Addr, SocketAddr};

use crate::support::{Reply, Request, Server, TOKEN, user};

pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Desk {
    pub(crate) engine: Engine,
    events: Receiver<Event>,
    fetches: u64,
}

impl Desk {
    pub(crate) fn start(config: EngineConfig) -> (Self, Restored) {
        let (engine, events) = Engine::start(config, Arc::new(|| {})).unwrap();
        let mut desk = Self { engine, events, fetches: 0 };
        let Event::Restored(restored) = desk.next() else { panic!("something came before Restored") };
        (desk, *restored)
    }

    /// An engine that keeps nothing and talks to a server with a token of its own.
    pub(crate) fn at(server: &Server) -> Self {
        Self::start(config(None, &server.url())).0
    }

    pub(crate) fn next(&mut self) -> Event {
        self.events.recv_timeout(PATIENCE).unwrap()
    }

    pub(crate) fn send_fetch(&mut self, players: &[PlayerRef], columns: &[ColumnKey]) -> LiveTable {
        self.send_reusing(players, columns, None)
    }

    pub(crate) fn send_reusing(
        &mut self,
        players: &[PlayerRef],
        columns: &[ColumnKey],
        reuse: Option<Reuse>,
    ) -> LiveTable {
        self.fetches += 1;
        let id = FetchId(self.fetches);
        let (players, columns) = (players.to_vec(), columns.to_vec());
        let live = match &reuse {
            Some(reuse) => LiveTable::reusing(id, players.clone(), columns.clone(), reuse),
            None => LiveTable::new(id, players.clone(), columns.clone()),
        };
        self.engine.send(Command::Fetch { id, players, columns, reuse });
        live
    }

    /// Takes events until one is the last, with the engine at hand.
    pub(crate) fn run(&mut self, mut is_last: impl FnMut(&Engine, &Event) -> bool) {
        loop {
            let event = self.next();
            if is_last(&self.engine, &event) {
                return;
            }
        }
    }

    pub(crate) fn fetch(&mut self, players: &[PlayerRef], columns: &[ColumnKey]) -> LiveTable {
        let mut live = self.send_fetch(players, columns);
        self.until(|event| {
            live.apply(event);
            live.end().is_some()
        });
        assert_eq!(live.table().counts().pending, 0);
        live
    }

    /// Takes events until one is the right one.
    pub(crate) fn until(&mut self, mut is_it: impl FnMut(&Event) -> bool) -> Event {
        loop {
            let event = self.next();
            if is_it(&event) {
                return event;
            }
        }
    }

    pub(crate) fn token(&mut self) -> TokenState {
        match self.until(|event| matches!(event, Event::Token(_))) {
            Event::Token(state) => state,
            _ => unreachable!(),
        }
    }
}

pub(crate) fn config(folder: Option<&Path>, url: &str) -> EngineConfig {
    EngineConfig {
        vault: VaultSource::Given(SecretString::from(TOKEN)),
        // What fails has failed, and nothing waits, unless that is what a test is about.
        patience: Patience::Tries(1),
        rates: Some(Rates::none()),
        ..EngineConfig::new(folder.map(Path::to_owned), Service::At(url.to_owned()))
    }
}

pub(crate) fn sample_service() -> SampleService {
    SampleService::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), sample::SEED).unwrap()
}

pub(crate) fn sample_config(folder: Option<&Path>, service: &SampleService) -> EngineConfig {
    let service = Service::Sample { url: service.url(), token: sample::TOKEN };
    EngineConfig::new(folder.map(Path::to_owned), service)
}

pub(crate) fn column(scid: &str, stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) }
}

pub(crate) fn xuids(xuids: impl IntoIterator<Item = u64>) -> Vec<PlayerRef> {
    xuids.into_iter().map(|xuid| PlayerRef::Xuid(Xuid(xuid))).collect()
}

pub(crate) fn gamertag(name: &str) -> PlayerRef {
    PlayerRef::Gamertag(Gamertag::from_wire(name))
}

/// A cell in one word: its text, `-` for no value, `!` for failed.
pub(crate) fn word(table: &StatTable, row: usize, column: usize) -> String {
    match table.cell(row, column) {
        Cell::Value(value) => value.text.to_owned(),
        Cell::NoValue => "-".into(),
        Cell::Failed(_) => "!".into(),
        Cell::Pending => "…".into(),
        Cell::NotAsked => String::new(),
    }
}

pub(crate) fn words(table: &StatTable) -> Vec<Vec<String>> {
    let columns = 0..table.columns().len();
    (0..table.rows().len())
        .map(|row| columns.clone().map(|column| word(table, row, column)).collect())
        .collect()
}

pub(crate) fn failure_of(table: &StatTable, row: usize) -> Failure {
    match table.cell(row, 0) {
        Cell::Failed(failure) => Failure::clone(failure),
        other => panic!("{other:?} is not failed"),
    }
}

/// Answers the first user and says nothing to the others.
pub(crate) fn first_then_silence(request: &Request) -> Reply {
    match request.users().as_slice() {
        [] => Reply::names(request),
        [1] => Reply::json(&json!({"users": [user(1, "s", &[("Kills", json!("1"))])]})),
        _ => Reply::Silence,
    }
}

pub(crate) fn one_at_a_time(folder: Option<&Path>, url: &str) -> EngineConfig {
    let limits = Limits { users_per_request: 1, ..Limits::default() };
    EngineConfig { limits, ..config(folder, url) }
}
