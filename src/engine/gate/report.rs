//! Tells the listener how much of the rate limits is used, when that changes.

use std::sync::{Arc, Weak};

use tokio::sync::Notify;

use super::Gate;
use crate::{
    clock::Clock,
    engine::{Budgets, Event, wake::Outbox},
    model::UnixMillis,
};

/// Told so often at most, in milliseconds.
const PAUSE: i64 = 100;
/// While nothing is sent, what counts no more is told so often at most, in milliseconds.
const IDLE_PAUSE: i64 = 1_000;

/// Works until the gate is gone.
pub(super) async fn work(gate: Weak<Gate>, news: Arc<Notify>, clock: Arc<dyn Clock>, outbox: Outbox) {
    let mut last = Budgets::default();
    // Held only while it is asked, so that it can go.
    while let Some((budgets, frees)) = gate.upgrade().map(|gate| gate.budgets()) {
        if last != budgets {
            outbox.send(Event::Budgets(budgets.clone()));
            last = budgets;
        }
        let now = clock.now();
        let after = |pause: i64| UnixMillis(now.0.saturating_add(pause));
        clock.wait_until(after(PAUSE)).await;
        tokio::select! {
            () = news.notified() => {}
            () = clock.wait_until(frees.unwrap_or_default().max(after(IDLE_PAUSE))), if frees.is_some() => {}
        }
    }
}
