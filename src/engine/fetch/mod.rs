//! One fetch from start to end.
//!
//! Players whose XUID is known are asked for at once; the others as their names are resolved.
//! This task alone sends the fetch's events, so that they come in order and end with it.
//!
//! Start with [`run`] and [`Fetch::work`]. `players` says who is who, `requests` what is sent next,
//! `outcomes` what follows from an answer, `pauses` when something is sent again, and `cells` how
//! cells end.

mod cells;
mod outcomes;
mod pauses;
mod players;
mod requests;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use tokio::{
    sync::{Notify, mpsc::UnboundedSender, watch},
    task::{self, JoinSet},
};
use tokio_util::sync::CancellationToken;

use self::{
    pauses::Pauses,
    players::{Recall, Remembered},
    requests::{Brief, Lanes},
};
use super::{
    Event, FetchEnd, FetchId, Limits, Patience, Reuse,
    answers::Answers,
    chance::Chance,
    exchanges::Exchanges,
    gate::Gate,
    jobs::{Outcome, Tools},
    keep::{Keeper, RunKeeper},
    ledger::Ledger,
    live::unfinished,
    narrow::{ColumnSet, Narrow},
    plan::{Columns, Shape},
    reuse::Known,
    token::TokenSlot,
    wake::Outbox,
};
use crate::{
    clock::Clock,
    model::{ColumnKey, Failure, PlayerRef, StatDictionary, UnixMillis, Xuid},
    xbox::{XblToken, XboxClient},
};

/// What is to be fetched.
pub(super) struct Order {
    pub(super) id: FetchId,
    pub(super) players: Vec<PlayerRef>,
    pub(super) columns: Vec<ColumnKey>,
    pub(super) reuse: Option<Reuse>,
}

/// What a fetch works with.
pub(super) struct Context {
    pub(super) client: Result<Arc<XboxClient>, Arc<Failure>>,
    pub(super) token: watch::Receiver<TokenSlot>,
    pub(super) outbox: Outbox,
    pub(super) keeper: Keeper,
    pub(super) notes: UnboundedSender<Note>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) limits: Limits,
    pub(super) patience: Patience,
    pub(super) gate: Arc<Gate>,
    pub(super) exchanges: Exchanges,
    pub(super) answers: Answers,
    pub(super) chance: Chance,
    /// The key under which the service's memories are kept.
    pub(super) service: Arc<str>,
    pub(super) cancel: CancellationToken,
    /// The user wants what waits to be tried now.
    pub(super) retry_now: Arc<Notify>,
}

/// What a fetch tells the actor.
pub(super) enum Note {
    /// Stats that its answers held.
    Learnt(Vec<ColumnKey>),
    /// What its answers said of stats.
    Told(StatDictionary),
    /// The service refused the token.
    Rejected {
        /// The token.
        token: Arc<XblToken>,
        /// The refusal.
        failure: Arc<Failure>,
    },
}

/// Fetches, until all is read or `context.cancel` is cancelled.
pub(super) async fn run(order: Order, context: Context) {
    let id = order.id;
    let started = context.clock.now();
    context.outbox.send(Event::FetchStarted { id, at: started });
    let (outbox, clock) = (context.outbox.clone(), context.clock.clone());
    let end = |how| {
        let at = clock.now();
        outbox.send(Event::FetchEnded { id, at, how });
        at
    };
    let cancel = context.cancel.clone();
    let client = match &context.client {
        Ok(client) => client.clone(),
        Err(failure) => {
            end(FetchEnd::NoService(failure.clone()));
            return;
        }
    };
    let token = tokio::select! {
        biased;
        () = cancel.cancelled() => {
            end(FetchEnd::Cancelled);
            return;
        }
        token = settled(context.token.clone()) => token,
    };
    let token = match token {
        Ok(token) => token,
        Err(failure) => {
            end(FetchEnd::NoToken(failure));
            return;
        }
    };
    let mut fetch = Fetch::new(order, context, client, token, started);
    let how = tokio::select! {
        biased;
        () = cancel.cancelled() => FetchEnd::Cancelled,
        () = fetch.work() => FetchEnd::Done,
    };
    fetch.drop_requests();
    let at = end(how);
    fetch.close(at);
}

/// Waits until it is known whether there is a token.
async fn settled(mut slot: watch::Receiver<TokenSlot>) -> Result<Arc<XblToken>, Arc<Failure>> {
    loop {
        match &*slot.borrow_and_update() {
            TokenSlot::Ready(token) => return Ok(token.clone()),
            TokenSlot::Missing(failure) => return Err(failure.clone()),
            TokenSlot::Looking => {}
        }
        if slot.changed().await.is_err() {
            return Err(unfinished());
        }
    }
}

struct Fetch {
    id: FetchId,
    players: Vec<PlayerRef>,
    columns: Arc<Columns>,
    /// What is known from before and kept.
    known: Known,
    tools: Tools,
    token: watch::Receiver<TokenSlot>,
    outbox: Outbox,
    keeper: Keeper,
    run: RunKeeper,
    notes: UnboundedSender<Note>,
    clock: Arc<dyn Clock>,
    limits: Limits,
    patience: Patience,
    exchanges: Exchanges,
    chance: Chance,
    retry_now: Arc<Notify>,
    ledger: Ledger,
    /// What is remembered of the players, until it is known.
    recall: Option<Recall>,
    /// Rows whose player is still to be found.
    unresolved: BTreeSet<usize>,
    /// Players found whose stats are in no request yet, by what is asked of them.
    ready: BTreeMap<usize, Vec<Xuid>>,
    /// How requests for these columns are cut, by what is asked.
    shapes: HashMap<usize, Shape>,
    /// The columns of requests, ready for reading their answers.
    parts: HashMap<ColumnSet, Arc<Columns>>,
    lanes: Lanes,
    stats: Narrow,
    names: Narrow,
    pauses: Pauses,
    tasks: JoinSet<Outcome>,
    under_way: HashMap<task::Id, Brief>,
    requests_done: usize,
    /// Why names could not be read, each with how many players' and one of those.
    nameless: BTreeMap<String, (usize, Xuid)>,
    /// Set when nothing more is to be asked, with the reason.
    stopped: Option<Arc<Failure>>,
    taught: HashSet<ColumnKey>,
    /// What was told last of what answers say of stats.
    told: StatDictionary,
}

impl Fetch {
    fn new(
        order: Order,
        context: Context,
        client: Arc<XboxClient>,
        token: Arc<XblToken>,
        started: UnixMillis,
    ) -> Self {
        let Order { id, players, columns, reuse } = order;
        let mut limits = context.limits;
        limits.users_per_request = limits.users_per_request.max(1);
        let run = context.keeper.run(&context.service, &players, &columns, started);
        let known = Known::new(&players, &columns, reuse.as_ref());
        let mut ledger = Ledger::new(players.len(), columns.len());
        for row in 0..players.len() {
            if let Some(set) = known.needs(row) {
                ledger.ask(row, known.set(set));
            }
        }
        let columns = Arc::new(Columns::new(columns));
        let tools = Tools {
            client,
            token,
            gate: context.gate,
            answers: context.answers,
            clock: context.clock.clone(),
            limits,
            service: context.service,
        };
        Self {
            id,
            ledger,
            players,
            known,
            stats: Narrow::new(columns.titles()),
            names: Narrow::new(vec![0]),
            columns,
            tools,
            token: context.token,
            outbox: context.outbox,
            keeper: context.keeper,
            run,
            notes: context.notes,
            clock: context.clock,
            limits,
            patience: context.patience,
            exchanges: context.exchanges,
            chance: context.chance,
            retry_now: context.retry_now,
            recall: None,
            unresolved: BTreeSet::new(),
            ready: BTreeMap::new(),
            shapes: HashMap::new(),
            parts: HashMap::new(),
            lanes: Lanes::default(),
            pauses: Pauses::default(),
            tasks: JoinSet::new(),
            under_way: HashMap::new(),
            requests_done: 0,
            nameless: BTreeMap::new(),
            stopped: None,
            taught: HashSet::new(),
            told: StatDictionary::default(),
        }
    }

    /// Reads everything. May be dropped at any await: what was sent stands.
    async fn work(&mut self) {
        let mut busy = self.clock.busy();
        self.keep_known();
        let (xuids, gamertags) = self.place_players();
        self.plan_stats(gamertags.is_empty());
        self.fill();
        self.report_progress();
        self.recall = Some(self.recall(xuids, gamertags));
        loop {
            self.plan_stats(self.is_worth_planning_all());
            self.fill();
            self.report_progress();
            self.note_waiting();
            if self.stopped.is_some() || self.is_over() {
                break;
            }
            drop(busy);
            busy = self.next().await;
        }
        self.lanes.clear();
        self.remark_nameless();
        let failure = self.stopped.clone().unwrap_or_else(unfinished);
        self.fail_rest(&failure);
        self.report_progress();
    }

    /// Waits for whatever comes next, and takes it.
    async fn next(&mut self) -> crate::clock::Busy {
        let due = self.due();
        let clock = self.clock.clone();
        tokio::select! {
            Some(ended) = self.tasks.join_next_with_id() => self.take(ended),
            remembered = recalled(&mut self.recall) => self.place_remembered(remembered),
            () = clock.wait_until(due.unwrap_or_default()), if due.is_some() => {
                let busy = clock.busy();
                self.wake_due();
                busy
            }
            () = self.retry_now.notified() => {
                let busy = clock.busy();
                self.wake_all();
                busy
            }
            token = new_token(&mut self.token, &self.tools.token), if self.pauses.for_token() => {
                let busy = clock.busy();
                self.use_token(token);
                busy
            }
        }
    }
}

/// Waits for what is remembered of players, where that is still asked.
async fn recalled(recall: &mut Option<Recall>) -> Remembered {
    match recall {
        Some(recall) => recall.await,
        None => std::future::pending().await,
    }
}

/// Waits for another token than the one that was refused.
async fn new_token(slot: &mut watch::Receiver<TokenSlot>, refused: &Arc<XblToken>) -> Arc<XblToken> {
    loop {
        if let TokenSlot::Ready(token) = &*slot.borrow_and_update()
            && !Arc::ptr_eq(token, refused)
        {
            return token.clone();
        }
        if slot.changed().await.is_err() {
            // The engine ends, and cancels the fetch.
            std::future::pending::<()>().await;
        }
    }
}
