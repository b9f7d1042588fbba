//! Time, passed in: what tells it and what waits for it.
//!
//! Nothing else in Statlens reads a clock to decide anything, so that a test can say when it is and
//! wait for nothing. It knows nothing of ours but what a moment is. [`Clock`] is the trait, [`SystemClock`] the
//! clock of the computer.

mod system;

use std::{fmt, pin::Pin, time::Duration};

use crate::model::UnixMillis;

pub use system::SystemClock;

/// A wait that ends at a moment.
pub type Wait = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells the time, and waits.
pub trait Clock: Send + Sync {
    /// The moment it is.
    fn now(&self) -> UnixMillis;

    /// Waits until a moment; not at all when it has passed. Needs a tokio runtime around it.
    fn wait_until(&self, moment: UnixMillis) -> Wait {
        let wait = u64::try_from(moment.since(self.now())).unwrap_or(0);
        Box::pin(tokio::time::sleep(Duration::from_millis(wait)))
    }

    /// Says that something is under way that takes its own time, such as a request, for as long as
    /// the result is held. A clock that is moved by hand stands still meanwhile.
    fn busy(&self) -> Busy {
        Busy::default()
    }

    /// The opposite of [`Clock::busy`], for whoever answers what is under way, such as a service
    /// in the same process: says that one thing under way waits for this clock itself, for as long
    /// as the result is held. A clock that is moved by hand counts one less under way meanwhile.
    fn idle(&self) -> Busy {
        Busy::default()
    }
}

/// Held while something is under way that takes its own time, or while it does not.
#[derive(Default)]
pub struct Busy(Option<Box<dyn FnOnce() + Send>>);

impl Busy {
    /// Calls `ended` when it is dropped.
    #[must_use]
    pub fn until_dropped(ended: impl FnOnce() + Send + 'static) -> Self {
        Self(Some(Box::new(ended)))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(ended) = self.0.take() {
            ended();
        }
    }
}

impl fmt::Debug for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Busy")
    }
}
