//! When something is sent again: pauses of single requests, and those of the whole fetch for want of
//! a network or of a token.

use std::sync::Arc;

use super::{Fetch, Note, requests::Todo};
use crate::{
    engine::{Event, Pause, jobs::Job},
    model::{Api, Failure, UnixMillis, WaitReason},
    xbox::XblToken,
};

/// The first and the longest time between two looks whether there is a network, in milliseconds.
const FIRST_LOOK: i64 = 2_000;
const LONGEST_LOOK: i64 = 60_000;

/// The pauses of a whole fetch.
#[derive(Debug, Default)]
pub(super) struct Pauses {
    token: bool,
    network: Option<NoNetwork>,
}

#[derive(Debug)]
struct NoNetwork {
    /// How often it was looked for.
    looks: u32,
    /// When it is looked for next.
    until: UnixMillis,
    /// Whether the moment has come.
    looking: bool,
}

impl Pauses {
    /// Whether a request may be started. Without a network one is, to see whether there is one again.
    pub(super) fn may_send(&self, none_under_way: bool) -> bool {
        let may_look = |network: &NoNetwork| network.looking && none_under_way;
        !self.token && self.network.as_ref().is_none_or(may_look)
    }

    pub(super) fn for_token(&self) -> bool {
        self.token
    }

    /// When the network is looked for next.
    pub(super) fn due(&self, none_under_way: bool) -> Option<UnixMillis> {
        let network = self.network.as_ref().filter(|_| !self.token)?;
        (none_under_way && !network.looking).then_some(network.until)
    }

    /// What the fetch waits for.
    pub(super) fn waits(&self) -> Option<(Option<UnixMillis>, WaitReason)> {
        if self.token {
            return Some((None, WaitReason::Token));
        }
        let until = |network: &NoNetwork| (Some(network.until), WaitReason::Network);
        self.network.as_ref().map(until)
    }
}

impl Fetch {
    /// Has a job wait until a moment.
    pub(super) fn delay(&mut self, mut job: Box<Job>, until: UnixMillis, why: WaitReason) {
        job.record.waits((Some(until), why));
        job.until = Some(until);
        self.lanes.of_mut(job.prepared.api).delayed.push(*job);
    }

    /// Puts what has waited long enough in front.
    pub(super) fn wake_due(&mut self) {
        let now = self.clock.now();
        if let Some(network) = self.pauses.network.as_mut().filter(|network| network.until <= now) {
            network.looking = true;
        }
        self.wake(|job| job.until.is_none_or(|until| until <= now));
    }

    /// Ends every pause of our own.
    pub(super) fn wake_all(&mut self) {
        if let Some(network) = &mut self.pauses.network {
            network.looking = true;
        }
        if self.pauses.token {
            self.pauses.token = false;
            self.resumed();
        }
        self.wake(|_| true);
    }

    fn wake(&mut self, is_due: impl Fn(&Job) -> bool) {
        for lane in self.lanes.all_mut() {
            let mut due: Vec<Job> = lane.delayed.extract_if(.., |job| is_due(job)).collect();
            due.sort_by_key(|job| job.record.id());
            for job in due.into_iter().rev() {
                lane.queue.push_front(Todo::Again(Box::new(job)));
            }
        }
    }

    /// The service takes the token no more: nothing is sent until there is another.
    pub(super) fn pause_for_token(
        &mut self,
        mut job: Box<Job>,
        token: Arc<XblToken>,
        failure: &Arc<Failure>,
    ) {
        job.tries = job.tries.saturating_sub(1);
        // A new one may have come while it was under way.
        let is_current = Arc::ptr_eq(&token, &self.tools.token);
        if is_current && !self.pauses.token {
            self.pauses.token = true;
            let _ = self.notes.send(Note::Rejected { token, failure: failure.clone() });
            self.outbox.send(Event::Paused { id: self.id, why: Pause::Token(failure.clone()) });
        }
        if self.pauses.token {
            job.record.waits((None, WaitReason::Token));
        }
        self.lanes.push_front(Todo::Again(job));
    }

    pub(super) fn use_token(&mut self, token: Arc<XblToken>) {
        self.tools.token = token;
        self.pauses.token = false;
        self.resumed();
    }

    /// No connection can be made: what waits waits on, and one request looks from time to time.
    pub(super) fn pause_for_network(&mut self, mut job: Box<Job>, failure: &Arc<Failure>) {
        let now = self.clock.now();
        let jitter = self.chance.next();
        match &mut self.pauses.network {
            // Sent before it was known: not another look.
            Some(network) if !network.looking => {}
            network => {
                let looks = network.as_ref().map_or(0, |network| network.looks);
                let wait = (FIRST_LOOK << looks.min(6)).min(LONGEST_LOOK / 2);
                let wait = wait + (jitter * wait as f64) as i64;
                let until = UnixMillis(now.0.saturating_add(wait));
                let is_new = network.is_none();
                *network = Some(NoNetwork { looks: looks + 1, until, looking: false });
                if is_new {
                    self.outbox.send(Event::Paused { id: self.id, why: Pause::Network(failure.clone()) });
                }
            }
        }
        let until = self.pauses.network.as_ref().map(|network| network.until);
        job.record.waits((until, WaitReason::Network));
        self.lanes.push_front(Todo::Again(job));
    }

    /// Something was answered, so there is a network.
    pub(super) fn network_is_there(&mut self) {
        if self.pauses.network.take().is_some() {
            self.resumed();
        }
    }

    fn resumed(&self) {
        self.outbox.send(Event::Resumed { id: self.id });
    }

    /// Tells the gate what stands behind those that wait there.
    pub(super) fn note_waiting(&self) {
        for api in Api::ALL {
            let lane = self.lanes.of(api);
            let delayed = || {
                let first = lane.delayed.iter().min_by_key(|job| job.until)?;
                lane.queue.is_empty().then_some((first.until, WaitReason::BackOff))
            };
            let wait = self.pauses.waits().or_else(delayed);
            self.tools.gate.note_behind(&self.tools.service, api, lane.waiting(), wait);
        }
    }

    /// Ends what is under way, and tells that nothing waits any more.
    pub(super) fn drop_requests(&mut self) {
        self.lanes.clear();
        // Not waited for: one may be in the middle of reading a large answer.
        self.tasks.abort_all();
        self.note_waiting_over();
    }

    fn note_waiting_over(&self) {
        for api in Api::ALL {
            self.tools.gate.note_behind(&self.tools.service, api, 0, None);
        }
    }
}
