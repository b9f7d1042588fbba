//! What goes over the wire, as it is told to the listener: each request with a number, at each change.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Event, bodies::Bodies, gate::Waiting, wake::Outbox};
use crate::{
    model::{Attempt, Exchange, ExchangeId, ExchangeState, Failure, Sent, UnixMillis},
    xbox::Prepared,
};

/// Numbers requests. One for the whole session; clones share it.
#[derive(Clone)]
pub(super) struct Exchanges {
    next: Arc<AtomicU64>,
    outbox: Outbox,
    bodies: Arc<Bodies>,
}

impl Exchanges {
    /// Keeps large bodies in files below `folder`, where there is one.
    pub(super) fn new(outbox: Outbox, folder: Option<&Path>) -> Self {
        Self { next: Arc::new(AtomicU64::new(1)), outbox, bodies: Arc::new(Bodies::new(folder)) }
    }

    /// A request that stands ready.
    pub(super) fn begin(&self, prepared: &Prepared, now: UnixMillis) -> Record {
        let exchange = Exchange {
            id: ExchangeId(self.next.fetch_add(1, Ordering::Relaxed)),
            api: prepared.api,
            title: prepared.title.clone(),
            sent: prepared.sent.clone(),
            queued: now,
            state: ExchangeState::Waiting { until: None, why: crate::model::WaitReason::Turn },
            attempts: Vec::new(),
            values: None,
            entries: 0,
            unread: Arc::default(),
        };
        let record = Record { exchange, outbox: self.outbox.clone(), bodies: self.bodies.clone() };
        record.tell();
        record
    }
}

/// The record of one request, told at each change. Dropped before its end it was cancelled.
pub(super) struct Record {
    exchange: Exchange,
    outbox: Outbox,
    bodies: Arc<Bodies>,
}

impl Record {
    pub(super) fn id(&self) -> ExchangeId {
        self.exchange.id
    }

    pub(super) fn sent(&self) -> &Arc<Sent> {
        &self.exchange.sent
    }

    pub(super) fn waits(&mut self, (until, why): Waiting) {
        self.change(ExchangeState::Waiting { until, why });
    }

    /// Notes that it is sent, in this form.
    pub(super) fn under_way(&mut self, sent: Arc<Sent>) {
        self.exchange.sent = sent;
        self.change(ExchangeState::UnderWay);
    }

    /// Takes an attempt; told with what becomes of the request.
    pub(super) async fn attempt(&mut self, mut attempt: Attempt) {
        attempt.body = self.bodies.keep(self.exchange.id, self.exchange.attempts.len(), attempt.body).await;
        self.exchange.attempts.push(attempt);
    }

    /// Notes what was read of the last answer.
    pub(super) fn read(&mut self, values: Option<usize>, entries: usize, unread: Vec<String>) {
        self.exchange.values = values;
        self.exchange.entries = entries;
        self.exchange.unread = unread.into();
    }

    /// Notes why the last attempt brought nothing, where its status does not say so.
    pub(super) fn explain(&mut self, failure: &Arc<Failure>) {
        if let Some(last) = self.exchange.attempts.last_mut() {
            last.failure.get_or_insert_with(|| failure.clone());
        }
    }

    /// Why the last attempt brought nothing.
    pub(super) fn failure(&self) -> Option<Arc<Failure>> {
        self.exchange.last()?.failure.clone()
    }

    pub(super) fn done(mut self) {
        self.change(ExchangeState::Done);
    }

    pub(super) fn failed(mut self, failure: Arc<Failure>) {
        self.change(ExchangeState::Failed(failure));
    }

    fn change(&mut self, state: ExchangeState) {
        if self.exchange.state != state {
            self.exchange.state = state;
            self.tell();
        }
    }

    fn tell(&self) {
        self.outbox.send(Event::Exchange(Arc::new(self.exchange.clone())));
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        if !self.exchange.is_over() {
            self.change(ExchangeState::Cancelled);
        }
    }
}
