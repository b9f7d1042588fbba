//! What is sent next.

use std::{collections::VecDeque, sync::Arc};

use super::Fetch;
use crate::{
    engine::{
        Patience,
        jobs::{Job, What},
        narrow::{Part, Step},
        plan::{self, Columns, Shape, Size},
    },
    model::{Api, UnixMillis, Xuid},
    xbox::userstats::BatchRequest,
};

/// Whoever was found does not wait so long, in milliseconds, for others to be found.
const LONG_WAIT: i64 = 20_000;

/// Something to be asked.
pub(super) enum Todo {
    /// For the first time.
    Fresh(What),
    /// Once more.
    Again(Box<Job>),
}

impl Todo {
    fn api(&self) -> Api {
        match self {
            Self::Again(job) => job.prepared.api,
            Self::Fresh(What::Stats { .. }) => Api::Stats,
            Self::Fresh(What::LookUp { look_up, .. }) if !look_up.asks_profile() => Api::People,
            Self::Fresh(What::LookUp { .. } | What::Names(_)) => Api::Profile,
        }
    }
}

/// What is left of a job when it panics.
pub(super) struct Brief {
    pub(super) what: What,
    pub(super) api: Api,
}

/// What is to be asked of each service. Those of different services go side by side.
#[derive(Default)]
pub(super) struct Lanes {
    stats: Lane,
    profile: Lane,
    people: Lane,
}

#[derive(Default)]
pub(super) struct Lane {
    /// In the order in which they go.
    pub(super) queue: VecDeque<Todo>,
    /// Those that wait for a moment of their own.
    pub(super) delayed: Vec<Job>,
    pub(super) under_way: usize,
    /// How many were answered.
    pub(super) successes: u64,
    /// Whether a request was cut in two without knowing that its content is the reason; once is enough.
    pub(super) split_blindly: bool,
    /// One user of a request that was answered: asked again, it says whether the service answers.
    pub(super) answered: Option<Part>,
}

impl Lanes {
    pub(super) fn of(&self, api: Api) -> &Lane {
        match api {
            Api::Stats => &self.stats,
            Api::Profile => &self.profile,
            Api::People => &self.people,
        }
    }

    pub(super) fn of_mut(&mut self, api: Api) -> &mut Lane {
        match api {
            Api::Stats => &mut self.stats,
            Api::Profile => &mut self.profile,
            Api::People => &mut self.people,
        }
    }

    pub(super) fn all_mut(&mut self) -> [&mut Lane; 3] {
        [&mut self.stats, &mut self.profile, &mut self.people]
    }

    pub(super) fn all(&self) -> [&Lane; 3] {
        [&self.stats, &self.profile, &self.people]
    }

    pub(super) fn push(&mut self, todo: Todo) {
        self.of_mut(todo.api()).queue.push_back(todo);
    }

    /// Puts something in front, so that what was begun is ended first.
    pub(super) fn push_front(&mut self, todo: Todo) {
        self.of_mut(todo.api()).queue.push_front(todo);
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.all().into_iter().map(Lane::waiting).sum()
    }

    pub(super) fn clear(&mut self) {
        for lane in self.all_mut() {
            lane.queue.clear();
            lane.delayed.clear();
        }
    }
}

impl Lane {
    pub(super) fn waiting(&self) -> usize {
        self.queue.len() + self.delayed.len()
    }
}

impl Fetch {
    /// Queues requests for players who are ready: full ones, and with `flush` the last ones too.
    pub(super) fn plan_stats(&mut self, flush: bool) {
        for (set, mut users) in std::mem::take(&mut self.ready) {
            let at_once = self.limits.users_per_request;
            let count = if flush { users.len() } else { users.len() / at_once * at_once };
            let later = users.split_off(count);
            if !users.is_empty() {
                self.plan(set, &users);
            }
            if !later.is_empty() {
                self.ready.insert(set, later);
            }
        }
    }

    fn plan(&mut self, set: usize, users: &[Xuid]) {
        let Shape { blocks, users: at_once } = self.shape(set, users.len());
        for users in plan::batches(users, at_once) {
            for columns in &blocks {
                let part = Part::new(users.to_vec(), columns.clone());
                self.lanes.push(Todo::Fresh(What::Stats { part, rereads: 0 }));
            }
        }
    }

    /// How requests for some columns are cut.
    fn shape(&mut self, set: usize, users: usize) -> Shape {
        let size = Size { users: self.limits.users_per_request, bytes: self.limits.request_bytes };
        let columns = self.known.set(set);
        if users < self.limits.users_per_request {
            return plan::shape(&self.columns, columns, size, users);
        }
        self.shapes.entry(set).or_insert_with(|| plan::shape(&self.columns, columns, size, users)).clone()
    }

    /// About how many requests there will be for players who are in none yet.
    pub(super) fn unplanned_requests(&self) -> usize {
        let waiting = self.unresolved.len() + self.ready.values().map(Vec::len).sum::<usize>();
        waiting.div_ceil(self.limits.users_per_request)
    }

    /// Whether requests are made that are not full: when nobody more will be found, or not soon.
    pub(super) fn is_worth_planning_all(&self) -> bool {
        if self.unresolved.is_empty() || self.ready.is_empty() {
            return true;
        }
        let stats = self.lanes.of(Api::Stats);
        let now = self.clock.now();
        let is_long = |until: UnixMillis| until.since(now) > LONG_WAIT;
        stats.waiting() + stats.under_way == 0
            && self.tools.gate.held_until(&self.tools.service, Api::Profile).is_some_and(is_long)
    }

    /// Starts as many requests as may be at the gate at once.
    pub(super) fn fill(&mut self) {
        for api in Api::ALL {
            let most = match api {
                Api::Stats => self.limits.requests_at_once,
                Api::Profile | Api::People => self.limits.look_ups_at_once.min(self.limits.requests_at_once),
            };
            while self.stopped.is_none()
                && self.pauses.may_send(self.under_way.is_empty())
                && self.lanes.of(api).under_way < most.max(1)
                && let Some(todo) = self.lanes.of_mut(api).queue.pop_front()
            {
                self.start(todo);
            }
        }
    }

    fn start(&mut self, todo: Todo) {
        let job = match todo {
            Todo::Again(job) => job,
            Todo::Fresh(What::LookUp { row, look_up }) => {
                let prepared = look_up.prepare(&self.tools.client);
                self.job(What::LookUp { row, look_up }, prepared, self.columns.clone())
            }
            Todo::Fresh(What::Names(part)) => {
                let (part, steps) = self.names.trim(part);
                self.take_name_steps(steps);
                let Some(part) = part else { return };
                let prepared = self.tools.client.prepare_profiles_by_xuid(&part.users);
                self.job(What::Names(part), prepared, self.columns.clone())
            }
            Todo::Fresh(What::Stats { part, rereads }) => {
                let (part, steps) = self.stats.trim(part);
                self.take_stat_steps(steps, None);
                let Some(part) = part else { return };
                let columns = self.columns_of(&part);
                let request = BatchRequest { users: part.users.clone(), scids: columns.by_scid().to_vec() };
                let prepared = self.tools.client.prepare_batch(&request);
                self.job(What::Stats { part, rereads }, prepared, columns)
            }
        };
        let brief = Brief { what: job.what.clone(), api: job.prepared.api };
        self.lanes.of_mut(brief.api).under_way += 1;
        let task = self.tasks.spawn(job.run(self.tools.clone(), self.clock.busy()));
        self.under_way.insert(task.id(), brief);
    }

    fn job(&self, what: What, prepared: crate::xbox::Prepared, columns: Arc<Columns>) -> Box<Job> {
        let record = self.exchanges.begin(&prepared, self.clock.now());
        Box::new(Job { what, prepared, record, tries: 0, successes: None, columns, until: None })
    }

    fn columns_of(&mut self, part: &Part) -> Arc<Columns> {
        if part.columns.len() == self.columns.len() {
            return self.columns.clone();
        }
        let columns = &self.columns;
        self.parts
            .entry(part.columns.clone())
            .or_insert_with(|| Arc::new(columns.some(&part.columns)))
            .clone()
    }

    /// Takes what follows from narrowing a request for names.
    pub(super) fn take_name_steps(&mut self, steps: Vec<Step>) {
        for step in steps.into_iter().rev() {
            match step {
                Step::Ask(part) => self.lanes.push_front(Todo::Fresh(What::Names(part))),
                Step::Fail { users, failure, .. } => self.note_nameless(&users, &failure),
            }
        }
    }

    /// Takes what follows from narrowing a request for stats, which failed as `exchange`.
    pub(super) fn take_stat_steps(&mut self, steps: Vec<Step>, exchange: Option<crate::model::ExchangeId>) {
        for step in steps.into_iter().rev() {
            match step {
                // In front: a culprit is found before the next request is begun.
                Step::Ask(part) => {
                    self.reopen(&part.users, &part.columns);
                    self.lanes.push_front(Todo::Fresh(What::Stats { part, rereads: 0 }));
                }
                Step::Fail { users, columns, failure } => {
                    self.fail_cells(&users, &columns, &failure, exchange);
                }
            }
        }
    }

    pub(super) fn note_nameless(&mut self, users: &[Xuid], failure: &Arc<crate::model::Failure>) {
        let Some(example) = users.first() else { return };
        self.nameless.entry(failure.to_string()).or_insert((0, *example)).0 += users.len();
    }

    /// Whether nothing is left to be done.
    pub(super) fn is_over(&mut self) -> bool {
        if matches!(self.patience, Patience::Tries(_)) {
            self.give_up_names();
        }
        self.recall.is_none()
            && self.under_way.is_empty()
            && self.lanes.waiting() == 0
            && self.ready.is_empty()
    }

    /// Where nobody watches, names that failed are not waited for once all values are there.
    fn give_up_names(&mut self) {
        let (asked, ended) = self.ledger.counts();
        let lanes = self.lanes.all();
        let only_names =
            lanes.iter().flat_map(|lane| &lane.delayed).all(|job| matches!(job.what, What::Names(_)));
        let is_idle = self.under_way.is_empty() && lanes.iter().all(|lane| lane.queue.is_empty());
        if asked > ended || !only_names || !is_idle {
            return;
        }
        for job in std::mem::take(&mut self.lanes.of_mut(Api::Profile).delayed) {
            if let (What::Names(part), Some(failure)) = (&job.what, job.record.failure()) {
                self.note_nameless(&part.users, &failure);
            }
        }
    }

    /// The earliest moment at which something that waits by itself is to go on.
    pub(super) fn due(&self) -> Option<UnixMillis> {
        let delayed = self.lanes.all().into_iter().flat_map(|lane| &lane.delayed);
        let pause = self.pauses.due(self.under_way.is_empty());
        delayed.filter_map(|job| job.until).chain(pause).min()
    }
}
