//! `POST /sample/play-session`: lets players play. Ours, not an Xbox call, so it asks for no token.

use serde::Deserialize;
use serde_json::json;
use tokio::sync::oneshot;

use super::{
    Service,
    ids::{WrittenXuid, read_xuids},
    json as written,
    refusal::Refusal,
    wire::iso,
};
use crate::{
    model::{Scid, UnixMillis},
    sample::{session::PlaySession, titles::TITLES},
};

/// A play session that waits for its turn, and who wants to hear of its end.
pub(in crate::sample) struct Job {
    pub(in crate::sample) session: PlaySession,
    pub(in crate::sample) done: Option<oneshot::Sender<Played>>,
}

/// What a play session did.
pub(in crate::sample) struct Played {
    /// How many careers moved, each one player in one title.
    pub(in crate::sample) moved: usize,
    /// What the clock of the sample world showed afterwards.
    pub(in crate::sample) now: UnixMillis,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    #[serde(default)]
    xuids: Vec<WrittenXuid>,
    scid: Option<String>,
    #[serde(default = "one")]
    matches: u32,
}

fn one() -> u32 {
    1
}

/// Plays the session and answers when it is over.
pub(super) async fn play_session(service: &Service, body: &[u8]) -> Result<String, Refusal> {
    let request: Request = serde_json::from_slice(body)
        .map_err(|_| Refusal::Malformed("The body is not {\"xuids\":[…],\"scid\":\"…\",\"matches\":1}."))?;
    if request.scid.as_ref().is_some_and(|scid| TITLES.iter().all(|title| title.scid != scid)) {
        return Err(Refusal::Malformed("No title has this scid."));
    }
    let session = PlaySession {
        players: read_xuids(&request.xuids)?,
        scid: request.scid.as_deref().map(Scid::from_wire),
        matches: request.matches,
    };
    let (done, wait) = oneshot::channel();
    service.jobs.send(Job { session, done: Some(done) }).map_err(|_| Refusal::Internal)?;
    let played = wait.await.map_err(|_| Refusal::Internal)?;
    written(&json!({ "moved": played.moved, "now": iso(played.now) }))
}
