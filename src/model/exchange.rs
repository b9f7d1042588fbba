//! What went over the wire: a request with all its attempts and answers. Never holds a token.

use std::{path::Path, sync::Arc, time::Duration};

use super::{Api, Failure, UnixMillis};

/// Tells one request from all others of a session; counts from 1, in the order of planning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExchangeId(pub u64);

/// A request, as far as it is: sent once or, after a failure that may pass, several times.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// Which.
    pub id: ExchangeId,
    /// Who is asked.
    pub api: Api,
    /// What is asked, as lists show it: `POST /batch 100 × 9`, `GET gt(TigerShark)`.
    pub title: String,
    /// What is sent.
    pub sent: Arc<Sent>,
    /// When it stood ready to be sent.
    pub queued: UnixMillis,
    /// How far it is.
    pub state: ExchangeState,
    /// Every time that it was sent, in order.
    pub attempts: Vec<Attempt>,
    /// How many values were read from its answer; `None` when it asks for none or has no answer yet.
    pub values: Option<usize>,
    /// How many entries its answer holds, read or not.
    pub entries: usize,
    /// What of its answer could not be read or used, a sentence each.
    pub unread: Arc<[String]>,
}

/// How far a request is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExchangeState {
    /// It waits to be sent, for the first time or again.
    Waiting {
        /// Until when, where that is known.
        until: Option<UnixMillis>,
        /// What for.
        why: WaitReason,
    },
    /// It was sent, its answer is awaited.
    UnderWay,
    /// It brought an answer that is used, whatever it says.
    Done,
    /// It brought none, or one that could not be used.
    Failed(Arc<Failure>),
    /// The fetch ended before it did.
    Cancelled,
}

/// What a request waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitReason {
    /// Others are under way, as many as may be.
    Turn,
    /// The service takes no more than `limit` requests in `period`.
    RateLimit {
        /// How many.
        limit: u32,
        /// In which time.
        period: Duration,
    },
    /// The service said how long to stay away (`Retry-After`).
    AsTold,
    /// A pause before it is tried again, longer after each failure.
    BackOff,
    /// No connection can be made.
    Network,
    /// A token that the service takes.
    Token,
}

/// What is sent with every attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The whole address.
    pub url: String,
    /// The headers, without `Authorization`.
    pub headers: Vec<(String, String)>,
    /// The body; empty for a `GET`.
    pub body: Arc<str>,
    /// How many users are asked for.
    pub users: usize,
    /// How many stats are asked for of each.
    pub stats: usize,
}

/// One time that a request was sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempt {
    /// When it was sent.
    pub started: UnixMillis,
    /// How long it took to connect; nothing on a connection that was there.
    pub connecting: Duration,
    /// From then until the answer began.
    pub waiting: Duration,
    /// From then until the answer was whole.
    pub reading: Duration,
    /// The HTTP status; `None` when there was no answer.
    pub status: Option<u16>,
    /// The headers of the answer.
    pub headers: Vec<(String, String)>,
    /// The body of the answer, any token in it hidden.
    pub body: Body,
    /// `X-XblCorrelationId` or `MS-CV`.
    pub correlation: Option<String>,
    /// Why it brought nothing.
    pub failure: Option<Arc<Failure>>,
}

/// The body of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// There was none.
    #[default]
    Empty,
    /// In memory.
    Here(Arc<[u8]>),
    /// In a file, since it is large.
    InFile {
        /// The file. It may be gone: only so much is kept.
        path: Arc<Path>,
        /// How many bytes it has.
        bytes: usize,
    },
    /// It was of so many bytes and is no longer kept.
    Gone(usize),
}

impl Body {
    /// How many bytes it has.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Here(body) => body.len(),
            Self::InFile { bytes, .. } | Self::Gone(bytes) => *bytes,
        }
    }
}

impl Exchange {
    /// The attempt that was made last.
    #[must_use]
    pub fn last(&self) -> Option<&Attempt> {
        self.attempts.last()
    }

    /// The status of the last answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.last()?.status
    }

    /// Whether nothing more will become of it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, ExchangeState::Done | ExchangeState::Failed(_) | ExchangeState::Cancelled)
    }
}
