use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Tells work on another thread that its result is not wanted any more. All clones are one.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

/// The work was stopped before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Stopped before it was done")]
pub struct Stopped;

impl Stop {
    /// From now on every [`check`](Self::check) fails.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Goes on unless it was told to stop.
    ///
    /// # Errors
    /// When it was.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.0.load(Ordering::Relaxed) { Err(Stopped) } else { Ok(()) }
    }
}
