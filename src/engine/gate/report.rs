//! Tells the listener how much of the rate limits is used, when that changes.

use std::sync::{Arc, Weak};

use super::Gate;
use crate::{
    clock::Clock,
    engine::{Event, wake::Outbox},
    model::UnixMillis,
};

/// Told so often at most, in milliseconds.
const PAUSE: i64 = 100;
/// While nothing is sent, what counts no more is told so often at most, in milliseconds.
const IDLE_PAUSE: i64 = 1_000;

/// Works until the gate is gone.
pub(super) async fn work(gate: Weak<Gate>, clock: Arc<dyn Clock>, outbox: Outbox) {
    let mut last = None;
    while let Some(strong) = gate.upgrade() {
        let (budgets, frees) = strong.budgets();
        if last.as_ref() != Some(&budgets) {
            outbox.send(Event::Budgets(budgets.clone()));
            last = Some(budgets);
        }
        let now = clock.now();
        let after = |pause: i64| UnixMillis(now.0.saturating_add(pause));
        clock.wait_until(after(PAUSE)).await;
        tokio::select! {
            () = strong.news.notified() => {}
            () = clock.wait_until(frees.unwrap_or_default().max(after(IDLE_PAUSE))), if frees.is_some() => {}
        }
    }
}
