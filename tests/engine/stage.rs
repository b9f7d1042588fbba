//! The sample service and an engine on one clock that leaps, so that hours pass in moments.

use std::{path::Path, sync::Arc};

use secrecy::SecretString;
use statlens::{
    engine::{Command, EngineConfig, Event, KeepToken, LiveTable, Patience, Pause, Service, VaultSource},
    model::{Cell, ColumnKey, PlayerRef, StatTable, UnixMillis, Xuid},
    clock::Clock,
    sample::{self, SampleLimits, SampleOptions, SampleService, Truth},
    xbox::{ClientOptions, Endpoint, XblToken, XboxClient, people},
};

use crate::{desk::Desk, jump_clock::JumpClock};

pub(crate) struct Stage {
    pub(crate) clock: JumpClock,
    pub(crate) service: SampleService,
}

impl Stage {
    pub(crate) fn new(faults: &str, limits: SampleLimits) -> Self {
        let clock = JumpClock::start();
        let options = SampleOptions {
            faults: faults.parse().unwrap(),
            limits,
            clock: Arc::new(clock.clone()),
            ..SampleOptions::default()
        };
        Self { service: SampleService::start_with(options).unwrap(), clock }
    }

    pub(crate) fn config(&self, folder: Option<&Path>) -> EngineConfig {
        EngineConfig {
            vault: VaultSource::Given(token(0)),
            patience: Patience::UntilStopped,
            seed: 7,
            clock: Arc::new(self.clock.clone()),
            ..EngineConfig::new(folder.map(Path::to_owned), Service::At(self.service.url()))
        }
    }

    pub(crate) fn desk(&self) -> Desk {
        Desk::start(self.config(None)).0
    }

    pub(crate) fn now(&self) -> UnixMillis {
        self.clock.now()
    }

    /// Players of whom the service knows something, by XUID, a few hundred.
    pub(crate) fn xuids(&self) -> Vec<Xuid> {
        let client =
            XboxClient::new(Endpoint::at(&self.service.url()).unwrap(), ClientOptions::default()).unwrap();
        let token = XblToken::parse(&token(1_000)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut found: Vec<Xuid> = Vec::new();
        for text in "abcdefghijklmnopqrstuvwxyz".chars() {
            let prepared = client.prepare_people_search(&text.to_string());
            let reply = runtime.block_on(client.send(&token, &prepared, None));
            let players = people::read(&reply.result.unwrap().body).unwrap();
            found.extend(players.into_iter().map(|player| player.xuid));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What is wrong with a table: cells that are not what the service holds. `may_fail` says which
    /// must have failed, and none other may.
    pub(crate) fn lies(
        &self,
        table: &StatTable,
        must_fail: impl Fn(Xuid, &ColumnKey) -> bool,
    ) -> Vec<String> {
        let mut lies = Vec::new();
        for (place, row) in table.rows().iter().enumerate() {
            let Some(player) = row.player() else {
                lies.push(format!("{} was not found: {:?}", row.name(), row.state));
                continue;
            };
            for (column, cells) in table.columns().iter().enumerate() {
                let key = cells.key();
                let truth = self.service.truth(player.xuid, &key.scid, &key.stat);
                let refused = truth == Truth::Private || must_fail(player.xuid, key);
                let cell = table.cell(place, column);
                let is_true = match (&cell, &truth) {
                    (Cell::Failed(_), _) => refused,
                    (Cell::Value(value), Truth::Value(truth)) => !refused && truth.is_said_by(value.text),
                    (Cell::NoValue, Truth::NoValue) => !refused,
                    _ => false,
                };
                if !is_true {
                    lies.push(format!("{} of {}: {cell:?}, in truth {truth:?}", key.stat, player.xuid));
                }
            }
        }
        lies
    }
}

/// A token that no other number gives.
pub(crate) fn token(number: usize) -> SecretString {
    SecretString::from(format!("XBL3.0 x={number};well-formed-and-worth-nothing-{number}"))
}

/// Columns of the first query, those of whole titles.
pub(crate) fn columns(titles: usize, stats: usize) -> Vec<ColumnKey> {
    let catalogue = sample::catalogue();
    catalogue
        .titles()
        .iter()
        .take(titles)
        .flat_map(|title| {
            title.stats.iter().take(stats).map(|stat| ColumnKey { scid: title.scid.clone(), stat: stat.clone() })
        })
        .collect()
}

pub(crate) fn by_xuid(xuids: &[Xuid]) -> Vec<PlayerRef> {
    xuids.iter().copied().map(PlayerRef::Xuid).collect()
}

/// Follows a fetch to its end, and gives a new token each time that one is asked for.
pub(crate) fn follow(desk: &mut Desk, live: &mut LiveTable, mut seen: impl FnMut(&Event)) {
    let mut tokens = 0;
    desk.run(|engine, event| {
        seen(event);
        live.apply(event);
        if matches!(event, Event::Paused { why: Pause::Token(_), .. }) {
            tokens += 1;
            engine.send(Command::UseToken { pasted: token(tokens), keep: KeepToken::Session });
        }
        live.end().is_some()
    });
    assert_eq!(live.table().counts().pending, 0);
}
