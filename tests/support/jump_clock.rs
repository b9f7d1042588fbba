//! A clock that a test never waits for: whenever nothing is under way, it leaps to the next moment
//! that anybody waits for.

use std::{
    collections::BTreeMap,
    pin::Pin,
    sync::{Arc, Condvar, Mutex, MutexGuard},
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use statlens::{
    clock::{Busy, Clock, Wait},
    model::UnixMillis,
};

/// 20 November 2026, 18:00:00 UTC.
const START: i64 = 1_795_197_600_000;
/// How long nothing may have been under way before it leaps: whoever was woken by another, and not by
/// the clock, is to be heard first.
const SETTLE: Duration = Duration::from_micros(150);

/// Clones are the same clock. Its thread ends with the last of them.
#[derive(Clone)]
pub(crate) struct JumpClock {
    shared: Arc<Shared>,
    _owner: Arc<Owner>,
}

struct Owner(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    now: i64,
    /// Things under way, less those that wait for this clock.
    busy: i64,
    waits: BTreeMap<(i64, u64), Option<Waker>>,
    next: u64,
    /// Counts changes.
    changes: u64,
    over: bool,
}

impl JumpClock {
    pub(crate) fn start() -> Self {
        let shared = Arc::new(Shared::default());
        shared.lock().now = START;
        let mover = shared.clone();
        thread::spawn(move || mover.work());
        Self { _owner: Arc::new(Owner(shared.clone())), shared }
    }

    fn count(&self, by: i64) -> Busy {
        self.shared.count(by);
        let shared = self.shared.clone();
        Busy::until_dropped(move || shared.count(-by))
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.lock().over = true;
        self.0.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn count(&self, by: i64) {
        let mut state = self.lock();
        state.busy += by;
        state.changes += 1;
        drop(state);
        self.changed.notify_all();
    }

    fn work(&self) {
        let mut state = self.lock();
        while !state.over {
            if state.busy > 0 || state.waits.is_empty() {
                state = self.changed.wait(state).unwrap();
                continue;
            }
            let before = state.changes;
            drop(state);
            thread::sleep(SETTLE);
            state = self.lock();
            if state.changes == before {
                state.leap();
            }
        }
    }
}

impl State {
    fn leap(&mut self) {
        let Some(((moment, _), _)) = self.waits.first_key_value() else { return };
        self.now = self.now.max(*moment);
        let later = self.waits.split_off(&(self.now + 1, 0));
        for waker in std::mem::replace(&mut self.waits, later).into_values().flatten() {
            waker.wake();
            // Until whoever waited has gone on.
            self.busy += 1;
        }
        self.changes += 1;
    }
}

impl Clock for JumpClock {
    fn now(&self) -> UnixMillis {
        UnixMillis(self.shared.lock().now)
    }

    fn wait_until(&self, moment: UnixMillis) -> Wait {
        Box::pin(Waiting { shared: self.shared.clone(), moment: moment.0, place: None, woken: false })
    }

    fn busy(&self) -> Busy {
        self.count(1)
    }

    fn idle(&self) -> Busy {
        self.count(-1)
    }
}

struct Waiting {
    shared: Arc<Shared>,
    moment: i64,
    /// Its number among the waits.
    place: Option<u64>,
    /// Whether the clock counts it as under way.
    woken: bool,
}

impl Future for Waiting {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let shared = self.shared.clone();
        let mut state = shared.lock();
        if state.now >= self.moment {
            self.woken |= self.place.take().is_some();
            return Poll::Ready(());
        }
        let number = *self.place.get_or_insert_with(|| {
            state.next += 1;
            state.next
        });
        state.waits.insert((self.moment, number), Some(context.waker().clone()));
        state.changes += 1;
        drop(state);
        shared.changed.notify_all();
        Poll::Pending
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        // Woken, and dropped before it was looked at, it is counted all the same.
        let was_woken = match self.place {
            Some(number) => state.waits.remove(&(self.moment, number)).is_none(),
            None => self.woken,
        };
        if was_woken {
            state.busy -= 1;
        }
        state.changes += 1;
        drop(state);
        self.shared.changed.notify_all();
    }
}
