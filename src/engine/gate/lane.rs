//! One service's queue.

use std::collections::VecDeque;

use super::Waiting;
use crate::{
    engine::Budget as ToldBudget,
    model::{Api, UnixMillis, WaitReason, Windows},
    store::Spent,
    xbox::budget::Budget,
};

/// Requests that wait for one service, and what it takes.
pub(super) struct Lane {
    pub(super) budget: Budget,
    /// The tickets of those that wait, in the order in which they go.
    queue: VecDeque<u64>,
    /// How many more there are that have no ticket yet, and what they wait for, if anything.
    pub(super) behind: usize,
    pub(super) behind_waits: Option<Waiting>,
    /// Whether anything was ever asked of it.
    used: bool,
}

impl Lane {
    pub(super) fn new(windows: Windows) -> Self {
        Self {
            budget: Budget::new(windows),
            queue: VecDeque::new(),
            behind: 0,
            behind_waits: None,
            used: false,
        }
    }

    /// Takes into account what an earlier start or another program spent.
    pub(super) fn restore(&mut self, now: UnixMillis, spent: &[Spent]) {
        self.used |= !spent.is_empty();
        self.budget.restore(now, spent.iter().map(|spent| (spent.taken, spent.settled)));
    }

    pub(super) fn enter(&mut self, ticket: u64) {
        self.used = true;
        self.queue.push_back(ticket);
    }

    pub(super) fn enter_first(&mut self, ticket: u64) {
        self.queue.push_front(ticket);
    }

    /// Whether the ticket was still in the queue.
    pub(super) fn leave(&mut self, ticket: u64) -> bool {
        let place = self.queue.iter().position(|waiting| *waiting == ticket);
        place.and_then(|place| self.queue.remove(place)).is_some()
    }

    pub(super) fn front(&self) -> Option<u64> {
        self.queue.front().copied()
    }

    /// What the next request has to wait for, beside its turn.
    pub(super) fn wait(&mut self, now: UnixMillis) -> Option<Waiting> {
        self.budget.wait(now).map(|wait| (Some(wait.until), wait.why))
    }

    /// What is told of it; `None` when nothing was ever asked of it.
    pub(super) fn told(&mut self, api: Api, now: UnixMillis) -> Option<ToldBudget> {
        let queued = self.queue.len() + self.behind;
        if !self.used && queued == 0 {
            return None;
        }
        let waits = self.wait(now).or_else(|| self.behind_waits.clone());
        let wait = waits.or((!self.queue.is_empty()).then_some((None, WaitReason::Turn)));
        let wait = wait.filter(|_| queued > 0);
        Some(ToldBudget { api, windows: self.budget.usage(now), queued, wait })
    }
}
