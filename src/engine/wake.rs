use std::sync::{Arc, mpsc::Sender};

use super::Event;

/// Called when an event waits to be received. The window asks for a frame; one that blocks on the
/// receiver does nothing. It must return at once, and may be called often.
pub trait Wake: Send + Sync {
    /// An event was queued.
    fn wake(&self);
}

impl<F: Fn() + Send + Sync> Wake for F {
    fn wake(&self) {
        self();
    }
}

/// The engine's way out: queues events and wakes the receiver.
#[derive(Clone)]
pub(super) struct Outbox {
    events: Sender<Event>,
    wake: Arc<dyn Wake>,
}

impl Outbox {
    pub(super) fn new(events: Sender<Event>, wake: Arc<dyn Wake>) -> Self {
        Self { events, wake }
    }

    /// Queues an event. One that nobody is left to receive is dropped.
    pub(super) fn send(&self, event: Event) {
        if self.events.send(event).is_ok() {
            self.wake.wake();
        }
    }
}
