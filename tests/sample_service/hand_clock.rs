//! A clock that is moved by hand and tells who waits for it.

use std::sync::Arc;

use statlens::{
    clock::{Busy, Clock, Wait},
    model::UnixMillis,
};
use tokio::sync::watch;

pub(crate) struct HandClock {
    now: watch::Sender<i64>,
    /// How many waits of the service began, and how many of them are over.
    waits: Arc<watch::Sender<(u32, u32)>>,
}

impl HandClock {
    pub(crate) fn at(moment: i64) -> Arc<Self> {
        Arc::new(Self { now: watch::Sender::new(moment), waits: Arc::new(watch::Sender::new((0, 0))) })
    }

    pub(crate) fn forward(&self, millis: i64) {
        self.now.send_modify(|now| *now += millis);
    }

    /// Waits until so many waits began and ended.
    pub(crate) async fn waits(&self, began: u32, ended: u32) {
        self.waits.subscribe().wait_for(|waits| *waits == (began, ended)).await.unwrap();
    }
}

impl Clock for HandClock {
    fn now(&self) -> UnixMillis {
        UnixMillis(*self.now.borrow())
    }

    fn wait_until(&self, moment: UnixMillis) -> Wait {
        let mut now = self.now.subscribe();
        Box::pin(async move {
            now.wait_for(|now| *now >= moment.0).await.unwrap();
        })
    }

    fn idle(&self) -> Busy {
        self.waits.send_modify(|(began, _)| *began += 1);
        let waits = self.waits.clone();
        Busy::until_dropped(move || waits.send_modify(|(_, ended)| *ended += 1))
    }
}
