use std::{fmt, sync::Arc, time::Duration};

use tokio::sync::watch;

use super::{Busy, Clock, Wait};
use crate::model::UnixMillis;

/// A clock that can be put forward: whoever waits through it waits that much less. For invented
/// services, whose rate limits nobody wants to sit out.
pub struct ShiftedClock {
    inner: Arc<dyn Clock>,
    /// By how many milliseconds it is ahead.
    ahead: watch::Sender<i64>,
}

impl ShiftedClock {
    /// A clock that still agrees with `inner`.
    #[must_use]
    pub fn new(inner: Arc<dyn Clock>) -> Self {
        Self { inner, ahead: watch::Sender::new(0) }
    }

    /// Puts it forward.
    pub fn forward(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.ahead.send_modify(|ahead| *ahead = ahead.saturating_add(by));
    }

    /// Puts it back to what the clock below says.
    pub fn reset(&self) {
        self.ahead.send_if_modified(|ahead| std::mem::take(ahead) != 0);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> UnixMillis {
        UnixMillis(self.inner.now().0.saturating_add(*self.ahead.borrow()))
    }

    fn wait_until(&self, moment: UnixMillis) -> Wait {
        let (inner, mut ahead) = (self.inner.clone(), self.ahead.subscribe());
        Box::pin(async move {
            loop {
                let by = *ahead.borrow_and_update();
                let over = inner.wait_until(UnixMillis(moment.0.saturating_sub(by)));
                tokio::select! {
                    () = over => return,
                    // It is moved no more once it is gone: then the wait is what it was.
                    Ok(()) = ahead.changed() => {}
                }
            }
        })
    }

    fn busy(&self) -> Busy {
        self.inner.busy()
    }
}

impl fmt::Debug for ShiftedClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShiftedClock").field("ahead", &*self.ahead.borrow()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;

    #[tokio::test]
    async fn putting_it_forward_ends_waits() {
        let clock = Arc::new(ShiftedClock::new(Arc::new(SystemClock)));
        let began = clock.now();
        let wait = tokio::spawn(clock.wait_until(UnixMillis(began.0 + 300_000)));
        tokio::task::yield_now().await;
        assert!(!wait.is_finished());
        clock.forward(Duration::from_mins(5));
        wait.await.unwrap();
        assert!(clock.now().since(began) >= 300_000);
        clock.reset();
        assert!(clock.now().since(began) < 300_000);
    }

    #[tokio::test]
    async fn a_moment_that_has_passed_is_not_waited_for() {
        let clock = ShiftedClock::new(Arc::new(SystemClock));
        let wait = clock.wait_until(clock.now());
        drop(clock);
        wait.await;
    }
}
