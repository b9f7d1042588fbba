//! One fetch from start to end.
//!
//! Players whose XUID is known are asked for at once; the others as their names are resolved.
//! This task alone sends the fetch's events, so that they come in order and end with it.

mod outcomes;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};

use tokio::{
    sync::{mpsc::UnboundedSender, watch},
    task::{self, JoinSet},
};
use tokio_util::sync::CancellationToken;

use super::{
    Event, FetchEnd, FetchId, Limits, Progress,
    jobs::{Job, Outcome, Tools, Users},
    join,
    keep::{Keeper, RunKeeper},
    ledger::{Claim, Ledger},
    live::{cancelled, unfinished},
    narrow::Narrowing,
    plan::{self, Columns},
    resolve::bears,
    token::TokenSlot,
    wake::Outbox,
};
use crate::{
    clock::Clock,
    model::{CellBlock, Column, ColumnKey, Failure, Gamertag, Player, PlayerRef, RowState, UnixMillis, Xuid},
    xbox::{XblToken, XboxClient},
};

/// What is to be fetched.
pub(super) struct Order {
    pub(super) id: FetchId,
    pub(super) players: Vec<PlayerRef>,
    pub(super) columns: Vec<ColumnKey>,
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
    /// The key under which the service's memories are kept.
    pub(super) service: String,
    pub(super) cancel: CancellationToken,
}

/// What a fetch tells the actor.
pub(super) enum Note {
    /// Stats that its answers held.
    Learnt(Vec<ColumnKey>),
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
    fetch.tasks.abort_all();
    let at = end(how.clone());
    fetch.close(&how, at);
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
    tools: Tools,
    outbox: Outbox,
    keeper: Keeper,
    run: RunKeeper,
    notes: UnboundedSender<Note>,
    clock: Arc<dyn Clock>,
    limits: Limits,
    service: String,
    ledger: Ledger,
    /// Rows whose player is still to be found.
    unresolved: BTreeSet<usize>,
    /// Players found whose stats are in no request yet.
    ready: Vec<Xuid>,
    /// Jobs that wait for the profile service, and for the stats service. The two go side by side.
    profile_jobs: VecDeque<Job>,
    stats_jobs: VecDeque<Job>,
    narrowings: Vec<Narrowing>,
    tasks: JoinSet<Outcome>,
    under_way: HashMap<task::Id, Job>,
    requests_done: usize,
    /// Why names could not be read, each with how many players' and one of those.
    nameless: BTreeMap<String, (usize, Xuid)>,
    /// Set when the service refused the token: nothing more is asked.
    rejected: Option<Arc<Failure>>,
    taught: HashSet<ColumnKey>,
}

impl Fetch {
    fn new(
        order: Order,
        context: Context,
        client: Arc<XboxClient>,
        token: Arc<XblToken>,
        started: UnixMillis,
    ) -> Self {
        let Order { id, players, columns } = order;
        let Context { outbox, keeper, notes, clock, mut limits, service, .. } = context;
        limits.users_per_request = limits.users_per_request.max(1);
        let run = keeper.run(&service, &players, &columns, started);
        Self {
            id,
            ledger: Ledger::new(players.len()),
            players,
            tools: Tools { client, token, columns: Arc::new(Columns::new(columns)) },
            outbox,
            keeper,
            run,
            notes,
            clock,
            limits,
            service,
            unresolved: BTreeSet::new(),
            ready: Vec::new(),
            profile_jobs: VecDeque::new(),
            stats_jobs: VecDeque::new(),
            narrowings: Vec::new(),
            tasks: JoinSet::new(),
            under_way: HashMap::new(),
            requests_done: 0,
            nameless: BTreeMap::new(),
            rejected: None,
            taught: HashSet::new(),
        }
    }

    /// Reads everything. May be dropped at any await: what was sent stands.
    async fn work(&mut self) {
        let (xuids, gamertags) = self.place_xuids();
        self.plan_stats(gamertags.is_empty());
        self.fill();
        self.report_progress();
        self.place_remembered(xuids, gamertags).await;
        self.plan_stats(true);
        self.report_progress();
        loop {
            self.fill();
            let Some(ended) = self.tasks.join_next_with_id().await else { break };
            self.take(ended);
            if self.rejected.is_some() {
                self.tasks.abort_all();
                break;
            }
            self.plan_stats(self.unresolved.is_empty());
            self.report_progress();
        }
        self.remark_nameless();
        let failure = self.rejected.clone().unwrap_or_else(unfinished);
        self.fail_rest(&failure);
        self.report_progress();
    }

    /// Notes the players whose XUID is given. Returns those XUIDs, and the rows that have names.
    fn place_xuids(&mut self) -> (Vec<Xuid>, Vec<(usize, Gamertag)>) {
        let asked: Vec<(usize, PlayerRef)> = self.players.iter().cloned().enumerate().collect();
        let (mut xuids, mut gamertags) = (Vec::new(), Vec::new());
        for (row, player) in asked {
            match player {
                PlayerRef::Xuid(xuid) => {
                    self.found(row, Player::nameless(xuid));
                    xuids.push(xuid);
                }
                PlayerRef::Gamertag(gamertag) => {
                    self.unresolved.insert(row);
                    gamertags.push((row, gamertag));
                }
            }
        }
        (xuids, gamertags)
    }

    /// Notes what is remembered of players, and queues look-ups for the rest.
    async fn place_remembered(&mut self, mut xuids: Vec<Xuid>, gamertags: Vec<(usize, Gamertag)>) {
        let now = self.clock.now();
        let names = gamertags.iter().map(|(_, gamertag)| gamertag.clone()).collect();
        let known = self.keeper.players_by_gamertag(&self.service, names, now).await;
        for (row, gamertag) in gamertags {
            // Who was found under the name may have another by now, as a later answer told.
            match known.get(&gamertag.folded()).filter(|player| bears(player, &gamertag)) {
                Some(player) => self.found(row, player.clone()),
                None => self.profile_jobs.push_back(Job::LookUp { row, gamertag }),
            }
        }
        let known = self.keeper.players_by_xuid(&self.service, xuids.clone(), now).await;
        for player in known.values() {
            self.named(player.clone());
        }
        xuids.retain(|xuid| !known.contains_key(xuid));
        for users in self.batches(&xuids) {
            self.profile_jobs.push_back(Job::Names(users));
        }
    }

    fn batches(&mut self, xuids: &[Xuid]) -> Vec<Users> {
        let mut batches = Vec::new();
        for xuids in plan::batches(xuids, self.limits.users_per_request) {
            self.narrowings.push(Narrowing::new());
            batches.push(Users { xuids: xuids.to_vec(), narrowing: self.narrowings.len() - 1 });
        }
        batches
    }

    /// Queues requests for players who are ready: full ones, and with `flush` the last one too.
    fn plan_stats(&mut self, flush: bool) {
        let full = self.ready.len() / self.limits.users_per_request * self.limits.users_per_request;
        let count = if flush { self.ready.len() } else { full };
        let users: Vec<Xuid> = self.ready.drain(..count).collect();
        for users in self.batches(&users) {
            self.stats_jobs.push_back(Job::Stats(users));
        }
    }

    /// Starts as many jobs as may be under way at once.
    fn fill(&mut self) {
        let stats = self.under_way.values().filter(|job| matches!(job, Job::Stats(_))).count();
        let profiles = self.under_way.len() - stats;
        let jobs = |queue: &mut VecDeque<Job>, room: usize| {
            let count = room.min(queue.len());
            queue.drain(..count).collect::<Vec<_>>()
        };
        let mut starting = jobs(&mut self.stats_jobs, self.limits.requests_at_once.saturating_sub(stats));
        starting.extend(jobs(&mut self.profile_jobs, self.limits.look_ups_at_once.saturating_sub(profiles)));
        for job in starting {
            let task = self.tasks.spawn(job.clone().run(self.tools.clone()));
            self.under_way.insert(task.id(), job);
        }
    }

    /// Notes who the player of a row is.
    fn found(&mut self, row: usize, player: Player) {
        self.unresolved.remove(&row);
        let xuid = player.xuid;
        match self.ledger.claim(row, xuid) {
            Claim::New => {
                self.ready.push(xuid);
                self.announce(row, player);
            }
            Claim::Known => self.announce(row, player),
            Claim::DuplicateOf(of) => self.duplicate(row, of),
            Claim::Replaces { later, repointed, ask_again } => {
                self.announce(row, player);
                for other in std::iter::once(later).chain(repointed) {
                    self.duplicate(other, row);
                }
                if ask_again {
                    self.ready.push(xuid);
                }
            }
        }
    }

    /// Names a player whose row is known.
    fn named(&mut self, player: Player) {
        if let Some(row) = self.ledger.row_of(player.xuid) {
            self.announce(row, player);
        }
    }

    fn announce(&mut self, row: usize, player: Player) {
        self.run.row(row, RowState::Known(player.clone()));
        self.outbox.send(Event::PlayerFound { id: self.id, row, player });
    }

    fn duplicate(&mut self, row: usize, of: usize) {
        self.run.row(row, RowState::DuplicateOf(of));
        self.outbox.send(Event::PlayerDuplicate { id: self.id, row, of });
    }

    fn fail_player(&mut self, row: usize, failure: &Arc<Failure>) {
        self.unresolved.remove(&row);
        self.ledger.end(row);
        self.run.row(row, RowState::Failed(failure.clone()));
        self.run.cells(self.failed_block(vec![row], failure), false);
        self.outbox.send(Event::PlayerFailed { id: self.id, row, failure: failure.clone() });
    }

    fn fail_users(&mut self, users: &Users, failure: &Arc<Failure>) {
        let columns = join::failed(users.xuids.len(), &self.tools.columns, failure);
        self.end_cells(users, columns, false);
    }

    /// Sends the cells of some users: all their columns, ended one way or another.
    fn end_cells(&mut self, users: &Users, columns: Vec<(usize, Column)>, answered: bool) {
        // Every user of a request has a row: it was planned from the rows' owners.
        let rows: Vec<usize> = users.xuids.iter().filter_map(|xuid| self.ledger.row_of(*xuid)).collect();
        for row in &rows {
            self.ledger.end(*row);
        }
        let block = Arc::new(CellBlock { rows, columns });
        self.run.cells(block.clone(), answered);
        self.outbox.send(Event::Cells { id: self.id, block });
    }

    /// Ends every cell that is still pending.
    fn fail_rest(&mut self, failure: &Arc<Failure>) {
        for row in std::mem::take(&mut self.unresolved) {
            self.fail_player(row, failure);
        }
        let rows = self.ledger.pending();
        if rows.is_empty() {
            return;
        }
        for row in &rows {
            self.ledger.end(*row);
        }
        let block = self.failed_block(rows, failure);
        self.run.cells(block.clone(), false);
        self.outbox.send(Event::Cells { id: self.id, block });
    }

    fn failed_block(&self, rows: Vec<usize>, failure: &Arc<Failure>) -> Arc<CellBlock> {
        let columns = join::failed(rows.len(), &self.tools.columns, failure);
        Arc::new(CellBlock { rows, columns })
    }

    /// Keeps what a fetch that was cut short leaves behind: its listener ends the pending cells by
    /// itself, so only what is stored is completed here.
    fn close(self, how: &FetchEnd, at: UnixMillis) {
        if *how == FetchEnd::Cancelled {
            let failure = cancelled();
            for row in &self.unresolved {
                self.run.row(*row, RowState::Failed(failure.clone()));
            }
            let block = self.failed_block(self.ledger.pending(), &failure);
            self.run.cells(block, false);
        }
        self.run.end(at);
    }

    /// Tells whose names could not be read, once for each reason.
    fn remark_nameless(&mut self) {
        for (reason, (count, example)) in std::mem::take(&mut self.nameless) {
            self.remark(match count {
                1 => format!("The name of player {example} could not be read: {reason}"),
                _ => format!("The names of {count} players, such as {example}, could not be read: {reason}"),
            });
        }
    }

    fn remark(&self, text: String) {
        self.outbox.send(Event::Remark { id: self.id, text });
    }

    fn report_progress(&self) {
        let waiting = self.ready.len() + self.unresolved.len();
        let to_do = self.profile_jobs.len()
            + self.stats_jobs.len()
            + self.under_way.len()
            + plan::requests(waiting, self.limits.users_per_request);
        let (rows, rows_ended) = self.ledger.counts();
        let progress = Progress {
            requests_done: self.requests_done,
            requests_total: self.requests_done + to_do,
            cells_done: rows_ended * self.tools.columns.len(),
            cells_total: rows * self.tools.columns.len(),
        };
        self.outbox.send(Event::Progress { id: self.id, progress });
    }
}
