//! How many requests a service still takes: both rate limits of one service (`XBOX-API.md`,
//! section 4), counted so that they hold wherever the service's windows begin.
//!
//! The windows are fixed, and when they begin is unknown, as is the moment between sending and
//! answer at which the service counts a request. So a request counts from the moment it is taken
//! until a whole period after it was settled, that is, answered. Then any two that the service
//! could count in one window count here together, whatever the delays. That costs nothing but the
//! time of an answer once a period.
//!
//! Pure: moments are passed in. Start with [`Budget`].

use std::{collections::VecDeque, time::Duration};

use super::RequestError;
use crate::model::{UnixMillis, WaitReason, Window, WindowUse, Windows};

/// Tells one request taken from all others of its [`Budget`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpendId(u64);

/// Counts the requests to one service against its rate limits.
#[derive(Clone, Debug)]
pub struct Budget {
    windows: Windows,
    /// Lower limits that the service itself named, by period: kept until other windows are set.
    caps: Vec<Window>,
    /// Requests that are not settled. Few: those under way.
    under_way: Vec<SpendId>,
    /// When requests were settled, earliest first, on the budget's own clock.
    settled: VecDeque<i64>,
    /// Until when the service wants no request at all, on the budget's own clock.
    hold: Option<i64>,
    next: u64,
    clock: Steady,
}

/// What stands between a request and being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Until when, at the earliest: a request that is under way counts on until it is settled, so
    /// ask again after each.
    pub until: UnixMillis,
    /// What for: [`WaitReason::RateLimit`] or [`WaitReason::AsTold`].
    pub why: WaitReason,
}

/// A request of another process, or of an earlier start, was answered by then, even when nobody
/// noted it: its process may have ended before.
const LONGEST_UNSETTLED: i64 = 60_000;

/// The longest that a service is left alone because it said so: longer than any window, short
/// enough to be no outage of its own.
pub(super) const LONGEST_HOLD: Duration = Duration::from_hours(1);

/// The service's clock and this computer's do not run equally fast; no two differ by more than one
/// part in so many.
const CLOCK_DRIFT: i64 = 1_000;

/// Requests that a forecast looks at one by one; beyond, it goes on at the rate that these reach.
const FORECAST_EACH: usize = 200_000;

impl Budget {
    /// A budget of which nothing is used. `None`, or a window of `u32::MAX` requests, is no limit;
    /// where there is none at all, nothing is remembered either.
    #[must_use]
    pub fn new(windows: Windows) -> Self {
        Self {
            windows,
            caps: Vec::new(),
            under_way: Vec::new(),
            settled: VecDeque::new(),
            hold: None,
            next: 0,
            clock: Steady::default(),
        }
    }

    /// Keeps to these limits from now on. What was used before counts towards them.
    pub fn set_windows(&mut self, windows: Windows) {
        if self.windows != windows {
            self.windows = windows;
            self.caps.clear();
        }
    }

    /// The limits that are kept to, those that the service lowered itself included.
    #[must_use]
    pub fn windows(&self) -> Windows {
        self.windows.map(|windows| windows.map(|window| self.capped(window)))
    }

    /// Takes into account requests that were made by an earlier start or by another process, each
    /// with the moments at which it was taken and settled. To be told of each once.
    ///
    /// One that is not settled counts as if it had been a minute after it was taken, since its
    /// process may be gone. One that seems to lie ahead, because the clock was set back, counts as
    /// if it was made now.
    pub fn restore(
        &mut self,
        now: UnixMillis,
        spent: impl IntoIterator<Item = (UnixMillis, Option<UnixMillis>)>,
    ) {
        let now = self.clock.at(now);
        if self.is_unlimited() {
            return;
        }
        let offset = self.clock.offset;
        let ended = spent.into_iter().map(|(taken, settled)| {
            let taken = taken.0.saturating_add(offset).min(now);
            match settled {
                Some(settled) => settled.0.saturating_add(offset).min(now).max(taken),
                None => taken.saturating_add(LONGEST_UNSETTLED),
            }
        });
        self.settled.extend(ended);
        self.settled.make_contiguous().sort_unstable();
        self.forget(now);
    }

    /// When a request may be sent, at the earliest; `None` when it may at once.
    pub fn ready_at(&mut self, now: UnixMillis) -> Option<UnixMillis> {
        self.wait(now).map(|wait| wait.until)
    }

    /// What a request has to wait for; `None` when it may be sent at once.
    pub fn wait(&mut self, now: UnixMillis) -> Option<Wait> {
        let now = self.clock.at(now);
        let limits = self.limits().filter_map(|window| {
            let until = self.room_at(window, now, 1)?;
            Some((until, WaitReason::RateLimit { limit: window.limit, period: window.period }))
        });
        let told = self.hold.filter(|hold| *hold > now).map(|hold| (hold, WaitReason::AsTold));
        let (until, why) = limits.chain(told).max_by_key(|(until, _)| *until)?;
        Some(Wait { until: self.clock.outside(until), why })
    }

    /// Whether more requests count than the limits allow: another process took some at the same
    /// time. The request that is about to be sent must be [withdrawn](Self::withdraw) then.
    pub fn is_over(&mut self, now: UnixMillis) -> bool {
        let now = self.clock.at(now);
        self.limits().any(|window| self.counted(window, now) > window.limit as usize)
    }

    /// Counts a request that is about to be sent. Whether it may be is for
    /// [`ready_at`](Self::ready_at) to say.
    pub fn take(&mut self, now: UnixMillis) -> SpendId {
        let now = self.clock.at(now);
        self.forget(now);
        let id = SpendId(self.next);
        self.next += 1;
        if !self.is_unlimited() {
            self.under_way.push(id);
        }
        id
    }

    /// Notes that a request was answered, or that its answer is awaited no more. Does nothing when
    /// it was settled or withdrawn before.
    pub fn settle(&mut self, id: SpendId, now: UnixMillis) {
        let now = self.clock.at(now);
        if let Some(at) = self.under_way.iter().position(|taken| *taken == id) {
            self.under_way.swap_remove(at);
            // Restored ones may be settled later than now, so it is not always the last.
            let place = self.settled.partition_point(|settled| *settled <= now);
            self.settled.insert(place, now);
        }
        self.forget(now);
    }

    /// Takes back a request that was never sent.
    pub fn withdraw(&mut self, id: SpendId) {
        self.under_way.retain(|taken| *taken != id);
    }

    /// How much of each window is used; empty when there is no limit.
    pub fn usage(&mut self, now: UnixMillis) -> Vec<WindowUse> {
        let now = self.clock.at(now);
        let used = |window: Window| {
            let first = self.first_counted(window, now);
            let free_again = |settled: &i64| self.clock.outside(settled.saturating_add(lasts(window)));
            WindowUse {
                window,
                used: u32::try_from(self.counted(window, now)).unwrap_or(u32::MAX),
                frees: self.settled.get(first).map(free_again),
                clear: self
                    .settled
                    .range(first..)
                    .next_back()
                    .filter(|_| self.under_way.is_empty())
                    .map(free_again),
            }
        };
        self.limits().map(used).collect()
    }

    /// Learns from a refusal that others use the account too: nothing is sent until the moment that
    /// the service names, and a limit that it says is lower than ours is kept to from now on.
    pub fn throttled(&mut self, now: UnixMillis, error: &RequestError) {
        let wait = error.retry_after(now).map(|wait| wait.min(LONGEST_HOLD));
        let now = self.clock.at(now);
        if let Some(wait) = wait {
            let until = now.saturating_add(millis(wait));
            self.hold = self.hold.max(Some(until));
        }
        if let Some(limit) = error.rate_limit() {
            // Of none at all nothing would ever be sent again.
            let limit = Window { limit: limit.limit.max(1), ..limit };
            self.caps.retain(|cap| cap.period != limit.period);
            let lower = self
                .windows
                .into_iter()
                .flatten()
                .any(|window| window.period == limit.period && limit.limit < window.limit);
            if lower {
                self.caps.push(limit);
            }
        }
    }

    /// Ends the pause that the service asked for. The limits hold all the same.
    pub fn release(&mut self) {
        self.hold = None;
    }

    /// How long it takes until the last of so many further requests may be sent, when each is sent as
    /// early as it may and answered at once.
    pub fn forecast(&mut self, now: UnixMillis, requests: usize) -> Duration {
        let now = self.clock.at(now);
        let wait = self.foresee(now, requests).0.saturating_sub(now);
        Duration::from_millis(u64::try_from(wait).unwrap_or(0))
    }

    /// The limit that so many further requests would wait for most, if any.
    pub fn bound_by(&mut self, now: UnixMillis, requests: usize) -> Option<Window> {
        let now = self.clock.at(now);
        self.foresee(now, requests).1
    }

    /// When the last of so many further requests may be sent, and which limit costs most of the wait.
    fn foresee(&self, now: i64, requests: usize) -> (i64, Option<Window>) {
        let limits: Vec<Window> = self.limits().collect();
        let start = now.max(self.hold.unwrap_or(now));
        if limits.is_empty() || requests == 0 {
            return (if requests == 0 { now } else { start }, None);
        }
        // When each that counts was settled, those to come behind those that are there.
        let mut line: Vec<i64> = self.settled.iter().copied().collect();
        line.extend(self.under_way.iter().map(|_| now));
        line.sort_unstable();
        let counted = line.len();
        let (mut moment, mut costs) = (start, vec![0; limits.len()]);
        for _ in 0..requests.min(FORECAST_EACH) {
            for (window, cost) in limits.iter().zip(&mut costs) {
                let Some(before) = line.len().checked_sub(window.limit as usize) else { continue };
                let free = line[before].saturating_add(lasts(*window)).max(moment);
                *cost += free - moment;
                moment = free;
            }
            line.push(moment);
        }
        let beyond = requests.saturating_sub(FORECAST_EACH);
        if beyond > 0 {
            // Half of them, so that the burst of the beginning does not count.
            let half = line[counted + FORECAST_EACH / 2];
            let pace = (moment - half) as f64 / (FORECAST_EACH / 2) as f64;
            moment = moment.saturating_add((pace * beyond as f64) as i64);
        }
        let dearest =
            limits.into_iter().zip(costs).filter(|(_, cost)| *cost > 0).max_by_key(|(_, cost)| *cost);
        (moment, dearest.map(|(window, _)| window))
    }

    /// When so many more requests have room in a window; `None` when they have it now.
    fn room_at(&self, window: Window, now: i64, more: usize) -> Option<i64> {
        let counted = self.counted(window, now);
        let too_many = (counted + more).saturating_sub(window.limit as usize);
        let last_in_the_way = self.first_counted(window, now) + too_many.checked_sub(1)?;
        // Those under way count for a whole period from now at least.
        let settled = self.settled.get(last_in_the_way).copied().unwrap_or(now);
        Some(settled.saturating_add(lasts(window)))
    }

    fn counted(&self, window: Window, now: i64) -> usize {
        self.under_way.len() + self.settled.len() - self.first_counted(window, now)
    }

    /// The first settled request that still counts.
    fn first_counted(&self, window: Window, now: i64) -> usize {
        self.settled.partition_point(|settled| settled.saturating_add(lasts(window)) <= now)
    }

    /// The windows that limit anything. With a limit of none at all nothing would ever be sent.
    fn limits(&self) -> impl Iterator<Item = Window> {
        let limits = self.windows().into_iter().flatten().filter(|window| window.limit != u32::MAX);
        limits.map(|window| Window { limit: window.limit.max(1), ..window })
    }

    fn is_unlimited(&self) -> bool {
        self.limits().next().is_none()
    }

    fn capped(&self, window: Window) -> Window {
        let cap = self.caps.iter().find(|cap| cap.period == window.period);
        Window { limit: cap.map_or(window.limit, |cap| window.limit.min(cap.limit)), ..window }
    }

    /// Drops what counts in no window any more.
    fn forget(&mut self, now: i64) {
        let longest = self.limits().map(lasts).max().unwrap_or(0);
        let gone = self.settled.partition_point(|settled| settled.saturating_add(longest) <= now);
        self.settled.drain(..gone);
    }
}

/// How long a request counts after it was settled, in milliseconds: the period, what the clocks may
/// drift apart in it, and one more since moments are whole milliseconds.
fn lasts(window: Window) -> i64 {
    let period = millis(window.period);
    period.saturating_add(period / CLOCK_DRIFT).saturating_add(1)
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// A clock that never goes back: when the computer's is set back, this one goes on from where it was,
/// and when that is mended by a leap forward, it takes no part in it. So nothing counts for much
/// longer than it should, and nothing for less.
#[derive(Clone, Debug, Default)]
struct Steady {
    /// What to add to the computer's time; never negative.
    offset: i64,
    /// The computer's time when it was last looked at.
    last: Option<i64>,
}

/// A leap forward by more than this is taken to mend an earlier one back, in milliseconds.
const LEAP: i64 = 60_000;

/// A step back by no more than this is only two threads that looked at the clock at the same time.
const STUMBLE: i64 = 1_000;

impl Steady {
    fn at(&mut self, now: UnixMillis) -> i64 {
        let passed = self.last.map_or(0, |last| now.0.saturating_sub(last));
        if (-STUMBLE..0).contains(&passed) {
            return now.0.saturating_sub(passed).saturating_add(self.offset);
        }
        if passed < 0 {
            self.offset = self.offset.saturating_sub(passed);
        } else if passed > LEAP {
            self.offset = self.offset.saturating_sub(passed).max(0);
        }
        self.last = Some(now.0);
        now.0.saturating_add(self.offset)
    }

    /// A moment of this clock on the computer's.
    fn outside(&self, moment: i64) -> UnixMillis {
        UnixMillis(moment.saturating_sub(self.offset))
    }
}

#[cfg(test)]
mod tests;
