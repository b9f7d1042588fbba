//! What each request of a fetch brings, and what follows from it.

use std::sync::Arc;

use tokio::task::{self, JoinError};

use super::{Fetch, Note};
use crate::{
    engine::{
        jobs::{Job, Outcome, Users},
        join::Joined,
        live::unfinished,
        resolve::LookUpError,
    },
    model::{ColumnKey, Gamertag, Player},
    xbox::RequestError,
};

impl Fetch {
    /// Takes what a job brought, or that it panicked.
    pub(super) fn take(&mut self, ended: Result<(task::Id, Outcome), JoinError>) {
        self.requests_done += 1;
        match ended {
            Ok((task, outcome)) => {
                self.under_way.remove(&task);
                match outcome {
                    Outcome::LookUp { row, gamertag, result } => self.take_look_up(row, gamertag, result),
                    Outcome::Names { users, result } => self.take_names(&users, result),
                    Outcome::Stats { users, result } => self.take_stats(&users, result),
                }
            }
            Err(error) => self.take_panic(&error),
        }
    }

    fn take_panic(&mut self, error: &JoinError) {
        let Some(job) = self.under_way.remove(&error.id()) else { return };
        tracing::error!("a job of a fetch ended by a panic");
        match job {
            Job::LookUp { row, .. } => self.fail_player(row, &unfinished()),
            Job::Names(_) => {}
            Job::Stats(users) => self.fail_users(&users, &unfinished()),
        }
    }

    fn take_look_up(&mut self, row: usize, gamertag: Gamertag, result: Result<Player, LookUpError>) {
        match result {
            Ok(player) => {
                let found = vec![(gamertag, player.clone())];
                self.keeper.remember_players(&self.service, found, self.clock.now());
                self.found(row, player);
            }
            Err(LookUpError::Answer(failure)) => self.fail_player(row, &Arc::new(failure)),
            Err(LookUpError::Request(error)) => {
                if !self.is_rejected(&error) {
                    self.fail_player(row, &Arc::new(error.to_failure()));
                }
            }
        }
    }

    fn take_names(&mut self, users: &Users, result: Result<Vec<Player>, RequestError>) {
        match result {
            Ok(players) => {
                self.narrowings[users.narrowing].answered();
                let asked: Vec<Player> =
                    players.into_iter().filter(|player| users.xuids.contains(&player.xuid)).collect();
                let named =
                    asked.iter().filter_map(|player| Some((player.gamertag.clone()?, player.clone())));
                self.keeper.remember_players(&self.service, named.collect(), self.clock.now());
                for player in asked {
                    self.named(player);
                }
            }
            Err(error) if self.is_rejected(&error) => {}
            Err(error)
                if self.narrowings[users.narrowing].should_halve(users.xuids.len(), error.status()) =>
            {
                self.profile_jobs.extend(users.halves().map(Job::Names));
            }
            Err(error) => {
                let Some(example) = users.xuids.first() else { return };
                let reason = error.to_failure().to_string();
                self.nameless.entry(reason).or_insert((0, *example)).0 += users.xuids.len();
            }
        }
    }

    fn take_stats(&mut self, users: &Users, result: Result<Joined, RequestError>) {
        match result {
            Ok(joined) => {
                self.narrowings[users.narrowing].answered();
                let Joined { columns, remarks, learnt, answered } = joined;
                self.end_cells(users, columns, answered);
                for remark in remarks {
                    self.remark(remark);
                }
                self.teach(learnt);
            }
            Err(error) if self.is_rejected(&error) => {}
            Err(error)
                if self.narrowings[users.narrowing].should_halve(users.xuids.len(), error.status()) =>
            {
                // In front, and the left half first: a culprit is found before the next batch begins.
                let [left, right] = users.halves();
                self.stats_jobs.push_front(Job::Stats(right));
                self.stats_jobs.push_front(Job::Stats(left));
            }
            Err(error) => self.fail_users(users, &Arc::new(error.to_failure())),
        }
    }

    /// Whether the service refused the token; then the fetch asks nothing more.
    fn is_rejected(&mut self, error: &RequestError) -> bool {
        if error.status() != Some(401) {
            return false;
        }
        let failure = Arc::new(error.to_failure());
        let token = self.tools.token.clone();
        let _ = self.notes.send(Note::Rejected { token, failure: failure.clone() });
        self.rejected = Some(failure);
        true
    }

    /// Tells of stats that this fetch has not told of yet.
    fn teach(&mut self, learnt: Vec<ColumnKey>) {
        let new: Vec<ColumnKey> = learnt.into_iter().filter(|key| self.taught.insert(key.clone())).collect();
        if !new.is_empty() {
            let _ = self.notes.send(Note::Learnt(new));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc::channel};

    use secrecy::SecretString;
    use tokio::sync::{mpsc::unbounded_channel, watch};
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::{
        clock::SystemClock,
        engine::{
            Event, FetchId, Limits, LiveTable, Remember, Service, client,
            fetch::{Context, Order},
            keep::Keeper,
            token::TokenSlot,
            wake::Outbox,
        },
        model::{PlayerRef, Scid, StatName, Xuid},
        xbox::XblToken,
    };

    #[tokio::test]
    async fn a_job_that_panics_fails_its_cells_and_no_others() {
        let (events, received) = channel();
        let outbox = Outbox::new(events, Arc::new(|| {}));
        let limits = Limits { users_per_request: 1, ..Limits::default() };
        let service = Service::At("http://127.0.0.1:1".into());
        let client = client::connect(&service, None, limits).unwrap();
        let token = SecretString::from("XBL3.0 x=1;well-formed-and-worth-nothing");
        let token = Arc::new(XblToken::parse(&token).unwrap());
        let context = Context {
            client: Ok(client.clone()),
            token: watch::channel(TokenSlot::Looking).1,
            keeper: Keeper::start(None, Remember::LookUps, outbox.clone()),
            outbox,
            notes: unbounded_channel().0,
            clock: Arc::new(SystemClock),
            limits,
            service: "test".into(),
            cancel: CancellationToken::new(),
        };
        let id = FetchId(1);
        let players: Vec<PlayerRef> = [1, 2].map(|xuid| PlayerRef::Xuid(Xuid(xuid))).to_vec();
        let columns = vec![ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire("Kills") }];
        let mut live = LiveTable::new(id, players.clone(), columns.clone());
        let now = context.clock.now();
        let mut fetch = Fetch::new(Order { id, players, columns }, context, client, token, now);
        fetch.place_xuids();
        fetch.plan_stats(true);
        let doomed = fetch.stats_jobs.pop_front().unwrap();
        let task = fetch.tasks.spawn(async { panic!("on purpose") });
        fetch.under_way.insert(task.id(), doomed);
        let ended = fetch.tasks.join_next_with_id().await.unwrap();
        fetch.take(ended);
        while let Ok(event) = received.try_recv() {
            assert!(!matches!(event, Event::FetchEnded { .. }));
            live.apply(&event);
        }
        let counts = live.table().counts();
        assert_eq!((counts.failed, counts.pending), (1, 1));
        assert!(fetch.under_way.is_empty());
    }
}
