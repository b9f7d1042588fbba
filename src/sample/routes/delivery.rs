//! How an answer goes out: at once, in pieces, in part, or never.

use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::Response,
};
use http_body::Frame;

use super::reply::Reply;
use crate::{
    clock::{Busy, Clock, Wait},
    model::UnixMillis,
    sample::{connection::Scissors, faults::FaultKind},
};

/// How long a stalled request waits. Longer than clients do.
const STALL: Duration = Duration::from_mins(5);
/// How slow bodies come.
const PIECES: usize = 16;
const PAUSE: Duration = Duration::from_millis(250);

/// Sends an answer in the way of a fault of the connection.
pub(super) async fn deliver(
    reply: Reply,
    way: Option<FaultKind>,
    scissors: &Scissors,
    clock: &Arc<dyn Clock>,
) -> Response {
    match way {
        Some(FaultKind::Stall) => {
            let idle = clock.idle();
            clock.wait_until(after(clock.now(), STALL)).await;
            drop(idle);
            scissors.cut();
            response(reply, Body::empty)
        }
        Some(FaultKind::Cut) if reply.body.len() > 1 => {
            let half = Bytes::copy_from_slice(&reply.body[..reply.body.len() / 2]);
            let steps = [Step::Send(half), Step::Breathe, Step::Close];
            in_steps(reply, steps.into(), clock)
        }
        Some(FaultKind::Reset | FaultKind::Cut) => {
            scissors.cut();
            response(reply, Body::empty)
        }
        Some(FaultKind::Slow) if !reply.body.is_empty() => {
            let length = reply.body.len().div_ceil(PIECES);
            let pieces = reply.body.chunks(length).map(Bytes::copy_from_slice);
            let steps = pieces.flat_map(|piece| [Step::Pause, Step::Send(piece)]).collect();
            in_steps(reply, steps, clock)
        }
        _ => {
            let mut reply = reply;
            let body = std::mem::take(&mut reply.body);
            response(reply, || Body::from(body))
        }
    }
}

fn response(reply: Reply, body: impl FnOnce() -> Body) -> Response {
    let mut response = Response::new(body());
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}

/// The length that the head tells is that of the whole body, whatever then comes of it.
fn in_steps(mut reply: Reply, steps: VecDeque<Step>, clock: &Arc<dyn Clock>) -> Response {
    reply.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(reply.body.len()));
    response(reply, || Body::new(Stepped { steps, clock: clock.clone(), pause: None }))
}

fn after(moment: UnixMillis, wait: Duration) -> UnixMillis {
    UnixMillis(moment.0.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)))
}

/// What a body does next.
#[derive(Debug)]
enum Step {
    Send(Bytes),
    Pause,
    /// Lets what was sent leave before the next step.
    Breathe,
    /// Ends the connection where it is.
    Close,
}

/// A body that takes its time.
struct Stepped {
    steps: VecDeque<Step>,
    clock: Arc<dyn Clock>,
    pause: Option<(Wait, Busy)>,
}

impl http_body::Body for Stepped {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        loop {
            if let Some((wait, _)) = &mut self.pause {
                ready!(wait.as_mut().poll(cx));
                self.pause = None;
            }
            match self.steps.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Send(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Step::Close) => return Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
                Some(Step::Breathe) => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(Step::Pause) => {
                    let idle = self.clock.idle();
                    let end = after(self.clock.now(), PAUSE);
                    self.pause = Some((self.clock.wait_until(end), idle));
                }
            }
        }
    }
}
