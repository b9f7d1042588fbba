//! What of the service can be changed while it runs: its faults, its limits, its idea of time; and
//! what it remembers of requests for their sake.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    time::Duration,
};

use super::{
    faults::{Asked, Fate, Faults, Sending},
    limits::{Limiter, Over, SampleCounts, SampleLimits},
};
use crate::{
    clock::Clock,
    model::{Api, UnixMillis},
};

/// Requests whose tries are counted. Beyond that counting starts anew.
const MOST_REQUESTS: usize = 100_000;

/// A change that was asked for from outside the service's thread.
pub(super) enum Order {
    Faults(Faults),
    /// Limits, and the moment from which requests are counted towards them.
    Limits(SampleLimits, UnixMillis),
}

/// Where changes wait until the next request: who asks for one never waits for the service.
pub(super) struct Desk {
    state: Mutex<State>,
}

struct State {
    seed: u64,
    clock: Arc<dyn Clock>,
    orders: Receiver<Order>,
    faults: Faults,
    limiter: Limiter,
    /// How far the service's time is ahead of the clock.
    forward: Duration,
    /// How often each request was sent, by its content.
    tries: HashMap<u64, u32>,
    /// How often each token was used, while tokens run out.
    uses: HashMap<u64, u32>,
}

impl Desk {
    pub(super) fn new(
        seed: u64,
        clock: Arc<dyn Clock>,
        faults: Faults,
        limits: SampleLimits,
    ) -> (Self, Sender<Order>) {
        let (sender, orders) = channel();
        let limiter = Limiter::new(limits, clock.now());
        let state = State {
            seed,
            clock,
            orders,
            faults,
            limiter,
            forward: Duration::ZERO,
            tries: HashMap::new(),
            uses: HashMap::new(),
        };
        (Self { state: Mutex::new(state) }, sender)
    }

    pub(super) fn faults(&self) -> Faults {
        self.state().faults.clone()
    }

    pub(super) fn set_faults(&self, faults: Faults) {
        self.state().set_faults(faults);
    }

    pub(super) fn limits(&self) -> SampleLimits {
        self.state().limiter.limits()
    }

    pub(super) fn counts(&self) -> SampleCounts {
        self.state().limiter.counts()
    }

    /// Moves the service's idea of time on. Returns how far it is ahead of the clock.
    pub(super) fn fast_forward(&self, by: Duration) -> Duration {
        let mut state = self.state();
        state.forward = state.forward.saturating_add(by);
        state.forward
    }

    /// Notes that a token is used. `false` when it has run out.
    pub(super) fn accepts(&self, token: u64) -> bool {
        let mut state = self.state();
        let Some(most) = state.faults.token_lasts() else { return true };
        let used = state.uses.entry(token).or_default();
        *used = used.saturating_add(1);
        *used <= most
    }

    /// Counts a request towards the limits.
    pub(super) fn take(&self, api: Api, token: u64) -> Result<(), Over> {
        let mut state = self.state();
        let now = state.now();
        state.limiter.take(api, token, now)
    }

    /// What befalls a request, which counts as a try.
    pub(super) fn fate(&self, content: u64, asked: &dyn Fn() -> Asked) -> Fate {
        let mut state = self.state();
        if state.tries.len() >= MOST_REQUESTS {
            state.tries.clear();
        }
        let tries = state.tries.entry(content).or_default();
        let attempt = *tries;
        *tries = tries.saturating_add(1);
        state.faults.fate(Sending { seed: state.seed, content, attempt }, asked)
    }

    /// All changes that were asked for take effect first, in their order. The lock is held for
    /// moments, and never across an await.
    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while let Ok(order) = state.orders.try_recv() {
            match order {
                Order::Faults(faults) => state.set_faults(faults),
                Order::Limits(limits, from) => state.set_limits(limits, from),
            }
        }
        state
    }
}

impl State {
    fn now(&self) -> UnixMillis {
        self.ahead(self.clock.now())
    }

    fn ahead(&self, moment: UnixMillis) -> UnixMillis {
        let forward = i64::try_from(self.forward.as_millis()).unwrap_or(i64::MAX);
        UnixMillis(moment.0.saturating_add(forward))
    }

    /// Tries and tokens are forgotten: new faults begin with a first try.
    fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
        self.tries.clear();
        self.uses.clear();
    }

    fn set_limits(&mut self, limits: SampleLimits, from: UnixMillis) {
        self.limiter = Limiter::new(limits, self.ahead(from));
    }
}
