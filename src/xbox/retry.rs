//! What to do about a request that failed, as the services want it (`XBOX-API.md`, section 4).
//!
//! Pure: the moment and the chance are passed in. Start with [`verdict`].

use std::time::Duration;

use super::{RequestError, Transport, budget::LONGEST_HOLD, error::RetryAfter, xerr};
use crate::model::{Remedy, UnixMillis, WaitReason};

/// What to do about a request that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Send it again after a pause. For a refusal the pause holds for every call to that service.
    Again {
        /// How long the pause is, from now.
        after: Duration,
        /// [`WaitReason::AsTold`] when the service said so, else [`WaitReason::BackOff`].
        why: WaitReason,
        /// How long the service asked to be left alone, where that is more than anyone would wait,
        /// and the pause is shorter.
        told: Option<Duration>,
    },
    /// Wait until a connection can be made at all, then send it again.
    Network,
    /// Wait for a new token, then send it again.
    NewToken,
    /// Ask in smaller parts, down to the one user or SCID that cannot be asked for. When there is
    /// only one, it is that one.
    Narrow,
    /// It will not get better: what it was to bring has failed.
    GiveUp,
}

impl Verdict {
    fn back_off(after: Duration) -> Self {
        Self::Again { after, why: WaitReason::BackOff, told: None }
    }
}

/// The longest pause of our own.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// The shortest pause after a 500.
const PAUSE_AFTER_500: Duration = Duration::from_secs(10);

/// How often an answer is asked for that cannot be used: it is likely to be the same each time.
const MOST_UNUSABLE: u32 = 3;

/// How often a request goes out anew at once because a kept connection was closed under it. Then the
/// connections are not the reason.
const MOST_AT_ONCE: u32 = 3;

/// The most that a date in `Retry-After` is believed where the service does not tell its own time:
/// the longest window. Beyond, it is our clock that is wrong.
const MOST_BY_OUR_CLOCK: Duration = Duration::from_mins(5);

/// What to do about a request that failed for the `attempts_made`-th time (from 1). `jitter`, from
/// 0 to 1, spreads the pauses, so that requests that failed together do not come back together.
#[must_use]
pub fn verdict(error: &RequestError, attempts_made: u32, now: UnixMillis, jitter: f64) -> Verdict {
    let jitter = if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 0.0 };
    let pause = back_off(attempts_made, jitter);
    let a_few_times = || match attempts_made {
        0..MOST_UNUSABLE => Verdict::back_off(pause),
        _ => Verdict::GiveUp,
    };
    match error {
        RequestError::Transport { kind, .. } => match kind {
            Transport::HostNotFound | Transport::Refused | Transport::NoConnection | Transport::Tls => {
                Verdict::Network
            }
            Transport::KeptClosed if attempts_made <= MOST_AT_ONCE => Verdict::back_off(Duration::ZERO),
            Transport::Timeout | Transport::Reset | Transport::KeptClosed => Verdict::back_off(pause),
            Transport::CutOff | Transport::NotHttp | Transport::HugeHead => a_few_times(),
        },
        RequestError::Status(status) => match status.status {
            401 if is_about_a_title(status.xerr) => Verdict::Narrow,
            401 => Verdict::NewToken,
            400 | 403 | 404 | 413 => Verdict::Narrow,
            500 => again(error, now, jitter, pause.max(PAUSE_AFTER_500)),
            408 | 429 | 502 | 503 | 504 => again(error, now, jitter, pause),
            // Nothing was known that it could be compared with.
            304 => a_few_times(),
            _ => Verdict::GiveUp,
        },
        RequestError::Unreadable { .. } | RequestError::Garbled(_) => a_few_times(),
        // Fewer users make a smaller answer.
        RequestError::TooLarge { .. } => Verdict::Narrow,
        RequestError::NotAllowed => Verdict::GiveUp,
    }
}

/// Whether the sign-in service's code says that a title is out of reach, not the whole account.
fn is_about_a_title(xerr: Option<u64>) -> bool {
    xerr.and_then(xerr::meaning).is_some_and(|meaning| meaning.remedy == Remedy::EditStats)
}

/// Between 2^n and 2^(n+1) seconds after the n-th attempt, at most a minute.
fn back_off(attempts_made: u32, jitter: f64) -> Duration {
    // From 2^6 on it is more than a minute anyway.
    let seconds = f64::from(1_u32 << attempts_made.clamp(1, 6));
    Duration::from_secs_f64(seconds * (1.0 + jitter)).min(LONGEST_PAUSE)
}

/// A pause of at least so long, and as long as the service says.
fn again(error: &RequestError, now: UnixMillis, jitter: f64, pause: Duration) -> Verdict {
    let Some(told) = error.retry_after(now) else { return Verdict::back_off(pause) };
    let believed = told.min(if is_by_our_clock(error) { MOST_BY_OUR_CLOCK } else { LONGEST_HOLD });
    let after = believed.mul_f64(1.0 + 0.2 * jitter);
    if after < pause {
        return Verdict::back_off(pause);
    }
    Verdict::Again { after, why: WaitReason::AsTold, told: (believed < told).then_some(told) }
}

fn is_by_our_clock(error: &RequestError) -> bool {
    matches!(error, RequestError::Status(status) if matches!(status.retry_after, Some(RetryAfter::Until(_))))
}

#[cfg(test)]
mod tests;
