//! The requests of a fetch, each a task of its own: it asks, reads and joins, and hands back what
//! came of it. It sends no events, so that nothing of a cancelled fetch can come late.

use std::sync::Arc;

use tokio::task::block_in_place;

use super::{
    join::{Joined, join},
    plan::Columns,
    resolve::{LookUpError, look_up},
};
use crate::{
    model::{Gamertag, Player, Xuid},
    xbox::{RequestError, XblToken, XboxClient, userstats::BatchRequest},
};

/// From so many bytes on, reading an answer takes long enough to hold up the other tasks of a thread.
const LARGE_ANSWER: usize = 1 << 20;

/// Users that are asked for together.
#[derive(Clone, Debug)]
pub(super) struct Users {
    pub(super) xuids: Vec<Xuid>,
    /// Which narrowing it is part of.
    pub(super) narrowing: usize,
}

impl Users {
    /// Cuts it in two.
    pub(super) fn halves(&self) -> [Self; 2] {
        let (left, right) = self.xuids.split_at(self.xuids.len() / 2);
        [left, right].map(|xuids| Self { xuids: xuids.to_vec(), narrowing: self.narrowing })
    }
}

/// One request, or the few that one look-up may take.
#[derive(Clone, Debug)]
pub(super) enum Job {
    /// Who bears this gamertag?
    LookUp { row: usize, gamertag: Gamertag },
    /// What are these players called?
    Names(Users),
    /// What are their stats?
    Stats(Users),
}

/// What came of a [`Job`].
#[derive(Debug)]
pub(super) enum Outcome {
    LookUp { row: usize, gamertag: Gamertag, result: Result<Player, LookUpError> },
    Names { users: Users, result: Result<Vec<Player>, RequestError> },
    Stats { users: Users, result: Result<Joined, RequestError> },
}

/// What all jobs of a fetch share.
#[derive(Clone)]
pub(super) struct Tools {
    pub(super) client: Arc<XboxClient>,
    pub(super) token: Arc<XblToken>,
    pub(super) columns: Arc<Columns>,
}

impl Job {
    /// Does the job.
    pub(super) async fn run(self, tools: Tools) -> Outcome {
        let Tools { client, token, columns } = tools;
        match self {
            Self::LookUp { row, gamertag } => {
                let result = look_up(&client, &token, &gamertag).await;
                Outcome::LookUp { row, gamertag, result }
            }
            Self::Names(users) => {
                let result = client.profiles_by_xuid(&token, &users.xuids).await;
                Outcome::Names { users, result }
            }
            Self::Stats(users) => {
                let request = BatchRequest { users: users.xuids.clone(), scids: columns.by_scid().to_vec() };
                let answer = client.batch(&token, &request).await;
                let result = answer.map(|body| {
                    let join = || join(&body, &users.xuids, &columns);
                    if body.len() < LARGE_ANSWER { join() } else { block_in_place(join) }
                });
                Outcome::Stats { users, result }
            }
        }
    }
}
