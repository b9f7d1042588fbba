//! The requests of a fetch, each a task of its own while it is sent: it waits at the gate, asks,
//! reads and joins, and hands back what came of it. It decides nothing and sends no event of the
//! fetch, so that nothing of a cancelled fetch can come late.

use std::sync::Arc;

use tokio::task::block_in_place;

use super::{
    Limits,
    answers::{Answers, Known},
    exchanges::Record,
    gate::Gate,
    join::{Joined, join},
    narrow::Part,
    plan::Columns,
    resolve::LookUp,
};
use crate::{
    clock::{Busy, Clock},
    model::{Player, UnixMillis, WaitReason},
    xbox::{Call, Prepared, RequestError, Transport, XblToken, XboxClient, profile},
};

/// From so many bytes on, reading an answer takes long enough to hold up the other tasks of a thread.
const LARGE_ANSWER: usize = 1 << 20;

/// How often a request goes out again at once because a kept connection was closed under it.
const MOST_RESENT: usize = 2;

/// What one request is for.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// Who bears this gamertag?
    LookUp { row: usize, look_up: LookUp },
    /// What are these players called?
    Names(Part),
    /// What are their stats? `rereads`: how often parts of the same answer could not be read.
    Stats { part: Part, rereads: u32 },
}

/// A request, ready to be sent.
pub(super) struct Job {
    pub(super) what: What,
    pub(super) prepared: Prepared,
    pub(super) record: Record,
    /// How often it was sent.
    pub(super) tries: u32,
    /// How many requests to the same service had succeeded when it failed first.
    pub(super) successes: Option<u64>,
    /// The columns of the part, for reading.
    pub(super) columns: Arc<Columns>,
    /// Until when it waits to be sent again.
    pub(super) until: Option<UnixMillis>,
}

/// What an answer holds.
pub(super) enum Read {
    Players(Vec<Player>),
    Stats(Box<Joined>),
}

/// What came of sending a [`Job`].
pub(super) struct Outcome {
    pub(super) job: Box<Job>,
    /// The token that it was sent with.
    pub(super) token: Arc<XblToken>,
    pub(super) result: Result<Read, RequestError>,
    /// What could be read of an answer that is broken.
    pub(super) partial: Option<Box<Joined>>,
    /// Held until it is known what follows.
    pub(super) busy: Busy,
}

/// What all jobs of a fetch share.
#[derive(Clone)]
pub(super) struct Tools {
    pub(super) client: Arc<XboxClient>,
    pub(super) token: Arc<XblToken>,
    pub(super) gate: Arc<Gate>,
    pub(super) answers: Answers,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) limits: Limits,
    /// The key under which the service's memories are kept.
    pub(super) service: Arc<str>,
}

impl Job {
    /// Sends it, once it may.
    pub(super) async fn run(mut self: Box<Self>, tools: Tools, mut busy: Busy) -> Outcome {
        self.tries += 1;
        self.until = None;
        let mut resent = 0;
        let (result, known) = loop {
            let (result, known) = self.send(&tools, &mut busy).await;
            match result {
                Err(RequestError::Transport { kind: Transport::KeptClosed, .. }) if resent < MOST_RESENT => {
                    resent += 1;
                }
                result => break (result, known),
            }
        };
        let (result, partial) = match result {
            Ok(body) => {
                let read = || self.read(&body);
                let (result, partial) = if body.len() < LARGE_ANSWER { read() } else { block_in_place(read) };
                if let (Ok(_), Some(known)) = (&result, known) {
                    tools.answers.remember(self.record.sent(), known.validators, known.body);
                }
                (result, partial)
            }
            Err(error) => (Err(error), None),
        };
        if let Some(joined) = result.as_ref().ok().and_then(Read::joined).or(partial.as_deref()) {
            self.record.read(Some(joined.values), joined.entries, joined.remarks.clone());
        }
        Outcome { job: self, token: tools.token, result, partial, busy }
    }

    /// Waits for its turn and sends it once. Gives the body of the answer, and what to remember of it.
    async fn send(
        &mut self,
        tools: &Tools,
        busy: &mut Busy,
    ) -> (Result<tokio_util::bytes::Bytes, RequestError>, Option<Known>) {
        let Tools { client, token, gate, answers, clock, limits, service } = tools;
        let record = &mut self.record;
        record.waits((None, WaitReason::Turn));
        let pass = gate.pass(service, self.prepared.api, busy, |waiting| record.waits(waiting)).await;
        let known = answers.known(&self.prepared.sent);
        let validators = known.as_ref().map(|known| &known.validators);
        record.under_way(self.prepared.sent_with(validators));
        let started = clock.now();
        let most = i64::try_from(limits.request_time.as_millis()).unwrap_or(i64::MAX);
        let deadline = clock.wait_until(UnixMillis(started.0.saturating_add(most)));
        let mut reply = client.send_until(token, &self.prepared, validators, deadline).await;
        pass.learn(reply.result.as_ref().err(), reply.policy(), |declared, known| {
            client.believed(declared, known)
        });
        drop(pass);
        reply.attempt.started = started;
        record.attempt(reply.attempt).await;
        let answer = match reply.result {
            Ok(answer) => answer,
            Err(error) => return (Err(error), None),
        };
        match known {
            Some(known) if answer.not_modified => (Ok(known.body), None),
            _ => {
                let body = answer.body;
                let known = answer.validators.map(|validators| Known { validators, body: body.clone() });
                (Ok(body), known)
            }
        }
    }

    fn read(&self, body: &[u8]) -> (Result<Read, RequestError>, Option<Box<Joined>>) {
        let players = |read: Result<Vec<Player>, String>, call: Call| {
            let read = read.map(Read::Players).map_err(|why| RequestError::unreadable(call, why));
            (read, None)
        };
        match &self.what {
            What::LookUp { look_up, .. } => players(look_up.read(body), self.prepared.call()),
            What::Names(_) => players(profile::read(body), self.prepared.call()),
            What::Stats { part, .. } => {
                let mut joined = join(body, &part.users, &self.columns);
                for (place, column) in joined.columns.iter_mut().zip(part.columns.iter()) {
                    place.0 = *column;
                }
                match joined.broken.clone() {
                    None => (Ok(Read::Stats(Box::new(joined))), None),
                    Some(error) => (Err(error.into()), Some(Box::new(joined))),
                }
            }
        }
    }
}

impl Read {
    fn joined(&self) -> Option<&Joined> {
        match self {
            Self::Stats(joined) => Some(joined),
            Self::Players(_) => None,
        }
    }
}
