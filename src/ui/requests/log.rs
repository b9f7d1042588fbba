//! The requests that are kept: the last ones, with as many bodies as there is room for.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use super::tally::Tally;
use crate::model::{Attempt, Body, Exchange, ExchangeId};

/// How many requests are kept.
pub(super) const MOST_REQUESTS: usize = 5_000;
/// How many bytes of bodies are kept in memory.
pub(super) const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The requests, in the order of their ids.
#[derive(Debug)]
pub(super) struct Log {
    kept: BTreeMap<ExchangeId, Arc<Exchange>>,
    /// Those with answers in memory, the one that got its first one longest ago first. May name some
    /// that are gone.
    with_bodies: VecDeque<ExchangeId>,
    /// Bytes of bodies in memory, sent and received.
    bytes: usize,
    most_requests: usize,
    most_bytes: usize,
    tally: Tally,
    revision: u64,
}

impl Default for Log {
    fn default() -> Self {
        Self::with_room(MOST_REQUESTS, MOST_BYTES)
    }
}

impl Log {
    fn with_room(most_requests: usize, most_bytes: usize) -> Self {
        Self {
            kept: BTreeMap::new(),
            with_bodies: VecDeque::new(),
            bytes: 0,
            most_requests,
            most_bytes,
            tally: Tally::default(),
            revision: 0,
        }
    }

    /// Takes a request as it now is. What is kept beyond the limits is dropped, oldest first: bodies of
    /// answers, then whole requests.
    pub(super) fn put(&mut self, exchange: &Arc<Exchange>) {
        self.revision += 1;
        let is_oldest = self.kept.first_key_value().is_some_and(|(first, _)| exchange.id < *first);
        if is_oldest && self.kept.len() >= self.most_requests {
            return;
        }
        let had_bodies = self.take(exchange.id).is_some_and(|before| received(&before) > 0);
        if received(exchange) > 0 && !had_bodies {
            self.with_bodies.push_back(exchange.id);
        }
        self.insert(exchange.clone());
        while self.kept.len() > self.most_requests {
            self.drop_first();
        }
        while self.bytes > self.most_bytes {
            match self.with_bodies.pop_front() {
                Some(id) => self.drop_bodies(id),
                None => self.drop_first(),
            }
        }
    }

    /// Forgets all that ended. What waits or is under way stays.
    pub(super) fn clear(&mut self) {
        self.revision += 1;
        let over: Vec<ExchangeId> =
            self.kept.values().filter(|exchange| exchange.is_over()).map(|exchange| exchange.id).collect();
        for id in over {
            self.take(id);
        }
        self.with_bodies.retain(|id| self.kept.contains_key(id));
    }

    pub(super) fn get(&self, id: ExchangeId) -> Option<&Arc<Exchange>> {
        self.kept.get(&id)
    }

    /// The one with the greatest id.
    pub(super) fn last(&self) -> Option<&Arc<Exchange>> {
        self.kept.last_key_value().map(|(_, last)| last)
    }

    /// All, in the order of their ids.
    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Exchange>> {
        self.kept.values()
    }

    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Another number whenever anything in it changed.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    fn insert(&mut self, exchange: Arc<Exchange>) {
        self.tally.add(&exchange);
        self.bytes += in_memory(&exchange);
        self.kept.insert(exchange.id, exchange);
    }

    fn take(&mut self, id: ExchangeId) -> Option<Arc<Exchange>> {
        let taken = self.kept.remove(&id)?;
        self.tally.remove(&taken);
        self.bytes = self.bytes.saturating_sub(in_memory(&taken));
        Some(taken)
    }

    fn drop_first(&mut self) {
        let Some(first) = self.kept.keys().next().copied() else {
            // Nothing is kept: then there are no bytes either.
            self.bytes = 0;
            return;
        };
        self.take(first);
    }

    /// Puts the sizes of a request's answers in place of their bodies.
    fn drop_bodies(&mut self, id: ExchangeId) {
        let Some(whole) = self.take(id) else { return };
        let attempts = whole.attempts.iter().map(|attempt| match &attempt.body {
            Body::Here(body) => Attempt { body: Body::Gone(body.len()), ..attempt.clone() },
            _ => attempt.clone(),
        });
        let attempts = attempts.collect();
        self.insert(Arc::new(Exchange { attempts, ..Exchange::clone(&whole) }));
    }
}

/// Bytes of its bodies in memory.
fn in_memory(exchange: &Exchange) -> usize {
    exchange.sent.body.len() + received(exchange)
}

/// Bytes of its answers in memory.
fn received(exchange: &Exchange) -> usize {
    let here = |attempt: &Attempt| match &attempt.body {
        Body::Here(body) => body.len(),
        _ => 0,
    };
    exchange.attempts.iter().map(here).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Api, ExchangeState, Sent, UnixMillis};

    fn exchange(id: u64, bodies: &[usize]) -> Arc<Exchange> {
        let attempt = |bytes: &usize| Attempt {
            status: Some(200),
            body: Body::Here(vec![b'x'; *bytes].into()),
            ..Attempt::default()
        };
        Arc::new(Exchange {
            id: ExchangeId(id),
            api: Api::Stats,
            title: "POST /batch".into(),
            sent: Arc::new(Sent::default()),
            queued: UnixMillis(0),
            state: if bodies.is_empty() { ExchangeState::UnderWay } else { ExchangeState::Done },
            attempts: bodies.iter().map(attempt).collect(),
            values: None,
            entries: 0,
            unread: Arc::new([]),
        })
    }

    fn ids(log: &Log) -> Vec<u64> {
        log.all().map(|exchange| exchange.id.0).collect()
    }

    fn body(log: &Log, id: u64) -> Body {
        log.get(ExchangeId(id)).unwrap().attempts[0].body.clone()
    }

    #[test]
    fn requests_stand_in_the_order_of_ids_however_they_come() {
        let mut log = Log::default();
        for id in [3, 1, 2, 3, 1] {
            log.put(&exchange(id, &[]));
        }
        assert_eq!(ids(&log), [1, 2, 3]);
        assert_eq!((log.tally().requests, log.tally().open), (3, 3));
        log.put(&exchange(2, &[10, 20]));
        assert_eq!((log.tally().open, log.tally().retried, log.tally().read), (2, 1, 30));
        assert_eq!(log.tally().statuses.iter().collect::<Vec<_>>(), [(&None, &2), (&Some(200), &1)]);
    }

    #[test]
    fn the_last_requests_are_kept() {
        let mut log = Log::with_room(3, 1_000);
        for id in 1..=5 {
            log.put(&exchange(id, &[1]));
        }
        assert_eq!(ids(&log), [3, 4, 5]);
        log.put(&exchange(1, &[1]));
        assert_eq!(ids(&log), [3, 4, 5], "a late word of one that was dropped brings it not back");
        assert_eq!((log.bytes, log.tally().read), (3, 3));
    }

    #[test]
    fn older_answers_give_way_to_newer_ones_and_leave_their_size() {
        let mut log = Log::with_room(100, 100);
        log.put(&exchange(1, &[40, 20]));
        log.put(&exchange(2, &[30]));
        assert_eq!(log.bytes, 90);
        log.put(&exchange(3, &[50]));
        assert_eq!((body(&log, 1), log.bytes, log.tally().read), (Body::Gone(40), 80, 140));
        assert!(matches!(body(&log, 2), Body::Here(_)));
        log.put(&exchange(4, &[1_000]));
        assert_eq!((body(&log, 4), log.bytes), (Body::Gone(1_000), 0), "one too large for the room alone");
        assert_eq!(ids(&log), [1, 2, 3, 4]);
    }

    #[test]
    fn bodies_that_are_sent_count_and_cost_the_oldest_requests_at_last() {
        let mut log = Log::with_room(100, 100);
        for id in 1..=5 {
            let sent = Arc::new(Sent { body: "x".repeat(40).into(), ..Sent::default() });
            log.put(&Arc::new(Exchange { sent, ..Exchange::clone(&exchange(id, &[])) }));
        }
        assert_eq!((ids(&log), log.bytes), (vec![4, 5], 80));
    }

    #[test]
    fn clearing_leaves_what_is_not_over() {
        let mut log = Log::default();
        log.put(&exchange(1, &[7]));
        log.put(&exchange(2, &[]));
        let before = log.revision();
        log.clear();
        assert_eq!((ids(&log), log.bytes), (vec![2], 0));
        assert_ne!(log.revision(), before);
        assert_eq!(log.tally(), &{
            let mut tally = Tally::default();
            tally.add(&exchange(2, &[]));
            tally
        });
    }
}
