//! The one gate that every request goes through, whichever fetch and service it belongs to.
//!
//! A request passes when its service's rate limits have room, when the service asks for no pause,
//! and when there are fewer requests under way than may be. Those of one service go in the order in
//! which they came; one service's wait holds back that service alone, and takes no place from others.
//! What is spent is written to the store before anything is sent, so that neither a restart nor a
//! second program forgets it.
//!
//! Start with [`Gate::pass`]; `lane` is one service's queue, `report` tells the listener.

mod lane;
mod report;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use self::lane::Lane;
use super::{Budgets, wake::Outbox};
use crate::{
    clock::{Busy, Clock},
    model::{Api, Rates, UnixMillis, WaitReason, Window, Windows},
    store::{SpentId, Store},
    xbox::{RequestError, budget::SpendId},
};

/// How far back spent requests are read at the start, in milliseconds: twice the longest window.
const LOOK_BACK: i64 = 600_000;

/// Whose queue: the key of a service's memories, and which of its parts.
type LaneKey = (Arc<str>, Api);

/// What a request waits for: until when, where that is known.
pub(super) type Waiting = (Option<UnixMillis>, WaitReason);

/// See the module. Shared by all that send requests.
pub(super) struct Gate {
    clock: Arc<dyn Clock>,
    /// Where spent requests are written; nothing else may keep this thread of the store busy.
    spent: Option<Store>,
    /// Held while one spent request is written down and the others before it are counted.
    noting: tokio::sync::Mutex<()>,
    /// Never held across an await.
    inner: Mutex<Inner>,
    /// Something happened that those who wait may have waited for.
    moved: Notify,
    /// Something happened that is worth telling.
    news: Arc<Notify>,
}

struct Inner {
    /// The service whose budgets are told.
    service: Arc<str>,
    at_once: usize,
    under_way: usize,
    next_ticket: u64,
    lanes: HashMap<LaneKey, Lane>,
}

enum Turn {
    Go(SpendId),
    Wait(Waiting),
}

impl Gate {
    /// A gate that lets so many requests be under way, and its reporter.
    pub(super) fn start(
        clock: Arc<dyn Clock>,
        spent: Option<Store>,
        at_once: usize,
        outbox: Outbox,
    ) -> Arc<Self> {
        let inner = Inner {
            service: "".into(),
            at_once: at_once.max(1),
            under_way: 0,
            next_ticket: 0,
            lanes: HashMap::new(),
        };
        let gate = Arc::new(Self {
            clock,
            spent,
            noting: tokio::sync::Mutex::default(),
            inner: Mutex::new(inner),
            moved: Notify::new(),
            news: Arc::default(),
        });
        tokio::spawn(report::work(Arc::downgrade(&gate), gate.news.clone(), gate.clock.clone(), outbox));
        gate
    }

    /// Gets ready for the requests to a service that has these limits: takes into account what was
    /// spent there by earlier starts and other programs.
    pub(super) async fn serve(&self, service: &str, rates: Rates) {
        let service: Arc<str> = service.into();
        for api in Api::ALL {
            let key = (service.clone(), api);
            if self.lock().lanes.contains_key(&key) {
                continue;
            }
            let now = self.clock.now();
            let mut lane = Lane::new(rates.of(api));
            if let Some(store) = &self.spent {
                let since = UnixMillis(now.0.saturating_sub(LOOK_BACK));
                match store.spent(&service, api, since).await {
                    Ok(spent) => lane.restore(now, &spent),
                    Err(error) => tracing::warn!("what was spent before cannot be read: {error}"),
                }
            }
            self.lock().lanes.insert(key, lane);
        }
        self.lock().service = service;
        self.news.notify_one();
    }

    /// Keeps to these limits of the service that is talked to.
    pub(super) fn set_rates(&self, rates: Rates) {
        let mut inner = self.lock();
        let service = inner.service.clone();
        for api in Api::ALL {
            if let Some(lane) = inner.lanes.get_mut(&(service.clone(), api)) {
                lane.budget.set_windows(rates.of(api));
            }
        }
        drop(inner);
        self.wake();
    }

    /// Lets so many requests be under way from now on.
    pub(super) fn set_at_once(&self, at_once: usize) {
        self.lock().at_once = at_once.max(1);
        self.wake();
    }

    /// Ends the pauses that the service asked for; its rate limits hold all the same.
    pub(super) fn release(&self) {
        let mut inner = self.lock();
        for lane in inner.lanes.values_mut() {
            lane.budget.release();
        }
        drop(inner);
        self.wake();
    }

    /// Notes how many more requests to a service there are behind those that wait here, and what
    /// they wait for, if anything of the fetch's own.
    pub(super) fn note_behind(&self, service: &Arc<str>, api: Api, behind: usize, wait: Option<Waiting>) {
        let mut inner = self.lock();
        if let Some(lane) = inner.lanes.get_mut(&(service.clone(), api))
            && (lane.behind != behind || lane.behind_waits != wait)
        {
            lane.behind = behind;
            lane.behind_waits = wait;
            drop(inner);
            self.news.notify_one();
        }
    }

    /// A copy of a service's budget, to see what would come of more requests.
    pub(super) fn budget(&self, service: &Arc<str>, api: Api) -> Option<crate::xbox::budget::Budget> {
        self.lock().lanes.get(&(service.clone(), api)).map(|lane| lane.budget.clone())
    }

    /// Until when the next request to a service has to wait for the service, where it has to.
    pub(super) fn held_until(&self, service: &Arc<str>, api: Api) -> Option<UnixMillis> {
        let (mut inner, now) = self.lock_now();
        inner.lanes.get_mut(&(service.clone(), api))?.wait(now)?.0
    }

    /// Waits until a request may be sent. `told` hears what it waits for, each time that this changes.
    /// `busy` is let go of while it waits.
    pub(super) async fn pass(
        self: &Arc<Self>,
        service: &Arc<str>,
        api: Api,
        busy: &mut Busy,
        mut told: impl FnMut(Waiting),
    ) -> Pass {
        let key = (service.clone(), api);
        let ticket = Ticket::new(self, key.clone());
        let mut last = None;
        loop {
            let moved = self.moved.notified();
            tokio::pin!(moved);
            // From here on no change is missed.
            moved.as_mut().enable();
            match self.turn(&key, ticket.number) {
                Turn::Go(spend) => {
                    let mut pass =
                        Pass { gate: self.clone(), key: key.clone(), spend, stored: None, over: false };
                    if self.note_spent(&mut pass).await {
                        return pass;
                    }
                    pass.withdraw(ticket.number);
                }
                Turn::Wait(waiting) => {
                    let until = waiting.0;
                    if last.as_ref() != Some(&waiting) {
                        told(waiting.clone());
                        last = Some(waiting);
                    }
                    *busy = Busy::default();
                    tokio::select! {
                        () = moved => {}
                        () = self.clock.wait_until(until.unwrap_or_default()), if until.is_some() => {}
                    }
                    *busy = self.clock.busy();
                }
            }
        }
    }

    /// Decides about the request of a ticket.
    fn turn(&self, key: &LaneKey, ticket: u64) -> Turn {
        let (mut inner, now) = self.lock_now();
        let is_full = inner.under_way >= inner.at_once;
        let Some(lane) = inner.lanes.get_mut(key) else { return Turn::Wait((None, WaitReason::Turn)) };
        if let Some(waiting) = lane.wait(now) {
            return Turn::Wait(waiting);
        }
        if is_full || lane.front() != Some(ticket) || inner.someone_before(ticket, now) {
            return Turn::Wait((None, WaitReason::Turn));
        }
        inner.under_way += 1;
        // It is there: it was looked at above.
        let Some(lane) = inner.lanes.get_mut(key) else { return Turn::Wait((None, WaitReason::Turn)) };
        lane.leave(ticket);
        let spend = lane.budget.take(now);
        drop(inner);
        self.wake();
        Turn::Go(spend)
    }

    /// Writes down what is about to be spent. Returns whether there is room for it when what other
    /// programs spent meanwhile is counted.
    async fn note_spent(&self, pass: &mut Pass) -> bool {
        let Some(store) = self.spent.as_ref().filter(|_| self.is_limited(&pass.key)) else { return true };
        // What one learns of other programs holds for those behind it.
        let _one_by_one = self.noting.lock().await;
        let now = self.clock.now();
        let spending = match store.spend(&pass.key.0, pass.key.1, now).await {
            Ok(spending) => spending,
            Err(error) => {
                // Better to ask than not to work at all: this program's own count holds.
                tracing::warn!("a spent request could not be noted: {error}");
                return true;
            }
        };
        pass.stored = Some(spending.id);
        let (mut inner, now) = self.lock_now();
        let Some(lane) = inner.lanes.get_mut(&pass.key) else { return true };
        lane.restore(now, &spending.others);
        !lane.budget.is_over(now)
    }

    fn is_limited(&self, key: &LaneKey) -> bool {
        self.lock().lanes.get(key).is_some_and(|lane| lane.budget.windows().is_some())
    }

    fn budgets(&self) -> (Budgets, Option<UnixMillis>) {
        let (mut inner, now) = self.lock_now();
        let service = inner.service.clone();
        let budgets = Api::ALL.iter().filter_map(|api| {
            let lane = inner.lanes.get_mut(&(service.clone(), *api))?;
            lane.told(*api, now)
        });
        let budgets = Budgets(budgets.collect());
        let frees =
            budgets.0.iter().flat_map(|budget| &budget.windows).filter_map(|window| window.frees).min();
        (budgets, frees)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing that holds it can leave it half-changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// With the moment it is. Read under the lock, so that no budget ever sees time go back.
    fn lock_now(&self) -> (MutexGuard<'_, Inner>, UnixMillis) {
        let inner = self.lock();
        let now = self.clock.now();
        (inner, now)
    }

    fn wake(&self) {
        self.moved.notify_waiters();
        self.news.notify_one();
    }
}

impl Inner {
    /// Whether a request to another service came earlier and may go now.
    fn someone_before(&mut self, ticket: u64, now: UnixMillis) -> bool {
        self.lanes
            .values_mut()
            .any(|lane| lane.front().is_some_and(|front| front < ticket) && lane.wait(now).is_none())
    }
}

/// A place in a queue, given up when it is dropped.
struct Ticket<'a> {
    gate: &'a Gate,
    key: LaneKey,
    number: u64,
}

impl<'a> Ticket<'a> {
    fn new(gate: &'a Gate, key: LaneKey) -> Self {
        let mut inner = gate.lock();
        let number = inner.next_ticket;
        inner.next_ticket += 1;
        // Nobody is sent to a service that is not served; a lane without limits does for it.
        inner.lanes.entry(key.clone()).or_insert_with(|| Lane::new(None)).enter(number);
        drop(inner);
        gate.news.notify_one();
        Self { gate, key, number }
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let mut inner = self.gate.lock();
        let left = inner.lanes.get_mut(&self.key).is_some_and(|lane| lane.leave(self.number));
        drop(inner);
        if left {
            self.gate.wake();
        }
    }
}

/// Leave to send one request. Dropped, the request counts as sent and is under way no more.
pub(super) struct Pass {
    gate: Arc<Gate>,
    key: LaneKey,
    spend: SpendId,
    stored: Option<SpentId>,
    over: bool,
}

impl Pass {
    /// Notes what the service said of its limits. `believed` says which limits to keep to, from those
    /// that it declared and those that are known.
    pub(super) fn learn(
        &self,
        error: Option<&RequestError>,
        policy: Option<[Window; 2]>,
        believed: impl Fn([Window; 2], Windows) -> Windows,
    ) {
        let (mut inner, now) = self.gate.lock_now();
        let Some(lane) = inner.lanes.get_mut(&self.key) else { return };
        if let Some(policy) = policy {
            let windows = believed(policy, lane.budget.windows());
            lane.budget.set_windows(windows);
        }
        if let Some(error) = error {
            lane.budget.throttled(now, error);
        }
    }

    /// Takes back what was not sent after all, and gives the ticket its place again.
    fn withdraw(mut self, ticket: u64) {
        self.over = true;
        let mut inner = self.gate.lock();
        inner.under_way -= 1;
        if let Some(lane) = inner.lanes.get_mut(&self.key) {
            lane.budget.withdraw(self.spend);
            lane.enter_first(ticket);
        }
        drop(inner);
        if let Some((store, id)) = self.gate.spent.as_ref().zip(self.stored) {
            // Done in its turn; nobody has to wait for it.
            drop(store.withdraw_spent(id));
        }
        self.gate.wake();
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        let (mut inner, now) = self.gate.lock_now();
        inner.under_way -= 1;
        if let Some(lane) = inner.lanes.get_mut(&self.key) {
            lane.budget.settle(self.spend, now);
        }
        drop(inner);
        if let Some((store, id)) = self.gate.spent.as_ref().zip(self.stored) {
            drop(store.settle_spent(id, now));
        }
        self.gate.wake();
    }
}
