//! What must survive: results, known titles, looked-up names and what the user has in front of
//! them. Reads go straight to the store; writes go through one task, in order, so that nothing
//! ever waits for the disk.

use std::{collections::HashMap, path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
        oneshot,
    },
    time::{Instant, sleep_until},
};

use super::{Draft, Event, Remember, Results, wake::Outbox};
use crate::{
    model::{
        Catalogue, CellBlock, ColumnKey, Gamertag, Player, PlayerRef, RowState, StatDictionary, UnixMillis,
        Xuid, holds_token,
    },
    store::{RunId, Store, StoreError},
};

const DRAFT_KEY: &str = "draft";
/// Where a draft goes that this version cannot read, so that it is not overwritten.
const UNREAD_DRAFT_KEY: &str = "draft.unread";
/// Writes that are taken from the queue together: what stands in a row of them goes into the
/// store as one, which many small ones would keep busy for long.
const TAKEN_TOGETHER: usize = 1024;
/// Fast typing writes the draft so often at most.
const DRAFT_PAUSE: Duration = Duration::from_millis(250);
/// A looked-up name counts for a week: players rename, rarely.
const LOOK_UP_KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Players by what they were looked up by, and when that was.
pub(super) type LookedUp<K> = HashMap<K, (Player, UnixMillis)>;

/// What was opened.
#[derive(Default)]
pub(super) struct Opened {
    pub(super) store: Option<Store>,
    /// A second way in, for what is spent: it must not wait for results to be written.
    pub(super) spent: Option<Store>,
    pub(super) trouble: Option<String>,
}

/// Opens the store. Where there is no folder, or it cannot be used, the session is kept in memory
/// and the trouble told.
pub(super) async fn open(folder: Option<PathBuf>) -> Opened {
    let in_memory = |trouble| Opened { store: Store::in_memory().ok(), spent: None, trouble };
    let opening = tokio::task::spawn_blocking(move || match folder {
        None => in_memory(None),
        Some(folder) => match Store::open(&folder) {
            Ok(store) => {
                let trouble = store.trouble().map(str::to_owned);
                let spent = Store::open(&folder).ok();
                Opened { store: Some(store), spent, trouble }
            }
            Err(error) => in_memory(Some(error.to_string())),
        },
    });
    let trouble = Some("The history could not be opened".into());
    opening.await.unwrap_or(Opened { trouble, ..Opened::default() })
}

/// The engine's way to what is kept. Cheap to clone.
#[derive(Clone)]
pub(super) struct Keeper {
    store: Option<Store>,
    remember: Remember,
    writes: UnboundedSender<Write>,
}

enum Write {
    Draft(Arc<Draft>),
    Catalogue {
        service: String,
        catalogue: Catalogue,
    },
    /// What a service said of stats, as JSON.
    Told {
        service: String,
        json: String,
    },
    Players {
        service: String,
        found: Vec<(Gamertag, Player)>,
        at: UnixMillis,
    },
    /// A run began; it becomes one in the store with its first answer.
    Run(Box<OpenRun>),
    Row {
        row: usize,
        state: RowState,
    },
    Cells {
        block: Arc<CellBlock>,
        answered: bool,
    },
    EndRun {
        at: UnixMillis,
    },
    /// Write everything that waits, then say so.
    Flush(oneshot::Sender<()>),
}

struct OpenRun {
    service: String,
    players: Vec<PlayerRef>,
    columns: Vec<ColumnKey>,
    started: UnixMillis,
    stored: Option<RunId>,
    /// Whether the service has answered anything: only then is there something to store.
    answered: bool,
    /// Rows and cells that are not in the store yet.
    waiting: Vec<Record>,
}

enum Record {
    Row { row: usize, state: RowState },
    Cells(Arc<CellBlock>),
}

/// The key of what a service said of stats.
fn told_key(service: &str) -> String {
    format!("told {service}")
}

impl Keeper {
    /// Starts the writing task.
    pub(super) fn start(store: Option<Store>, remember: Remember, outbox: Outbox) -> Self {
        let (writes, to_write) = unbounded_channel();
        if let Some(store) = store.clone() {
            let task = Writer { store, outbox, draft: None, run: None, last_trouble: None };
            tokio::spawn(task.work(to_write));
        }
        Self { store, remember, writes }
    }

    /// The draft, or why it could not be read back.
    pub(super) async fn draft(&self) -> Result<Option<Draft>, String> {
        let Some(store) = &self.store else { return Ok(None) };
        let Some(json) = store.state(DRAFT_KEY).await.map_err(|error| error.to_string())? else {
            return Ok(None);
        };
        if let Ok(draft) = serde_json::from_str(&json) {
            return Ok(Some(draft));
        }
        let _ = store.put_state(UNREAD_DRAFT_KEY, json).await;
        Err("What was typed last time could not be read back. It is still in history.db".into())
    }

    /// The titles known of a service, or why they could not be read back.
    pub(super) async fn catalogue(&self, service: &str) -> Result<Catalogue, String> {
        match &self.store {
            Some(store) => store.catalogue(service).await.map_err(|error| error.to_string()),
            None => Ok(Catalogue::default()),
        }
    }

    /// What a service said of stats, or why it could not be read back.
    pub(super) async fn told(&self, service: &str) -> Result<StatDictionary, String> {
        let Some(store) = &self.store else { return Ok(StatDictionary::default()) };
        let json = store.state(&told_key(service)).await.map_err(|error| error.to_string())?;
        // It is said again with the next answers: what cannot be read is no loss.
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    /// The last results of a service, or why they could not be read back.
    pub(super) async fn results(&self, service: &str) -> Result<Option<Results>, String> {
        let Some(store) = &self.store else { return Ok(None) };
        let run = store.last_run(service).await.map_err(|error| error.to_string())?;
        Ok(run.map(|run| Results {
            table: run.table,
            started: run.started,
            ended: run.ended,
            unanswered: run.unanswered,
        }))
    }

    /// Players looked up lately, by the folded form of the gamertag asked for.
    pub(super) async fn players_by_gamertag(
        &self,
        service: &str,
        gamertags: Vec<Gamertag>,
        now: UnixMillis,
    ) -> LookedUp<String> {
        let Some(store) = &self.store else { return HashMap::new() };
        // A look-up that cannot be read back is made again.
        recent(store.players_by_gamertag(service, gamertags).await.unwrap_or_default(), now)
    }

    /// Players looked up lately, by XUID.
    pub(super) async fn players_by_xuid(
        &self,
        service: &str,
        xuids: Vec<Xuid>,
        now: UnixMillis,
    ) -> LookedUp<Xuid> {
        let Some(store) = &self.store else { return HashMap::new() };
        recent(store.players_by_xuid(service, xuids).await.unwrap_or_default(), now)
    }

    pub(super) fn remember_players(&self, service: &str, found: Vec<(Gamertag, Player)>, at: UnixMillis) {
        if !found.is_empty() {
            self.write(Write::Players { service: service.to_owned(), found, at });
        }
    }

    pub(super) fn save_draft(&self, draft: Arc<Draft>) {
        if self.remember == Remember::Session {
            self.write(Write::Draft(draft));
        }
    }

    pub(super) fn save_catalogue(&self, service: &str, catalogue: Catalogue) {
        if self.remember == Remember::Session {
            self.write(Write::Catalogue { service: service.to_owned(), catalogue });
        }
    }

    pub(super) fn save_told(&self, service: &str, told: &StatDictionary) {
        if self.remember == Remember::Session
            && let Ok(json) = serde_json::to_string(told)
        {
            self.write(Write::Told { service: service.to_owned(), json });
        }
    }

    /// A place for the rows and cells of a fetch that begins.
    pub(super) fn run(
        &self,
        service: &str,
        players: &[PlayerRef],
        columns: &[ColumnKey],
        started: UnixMillis,
    ) -> RunKeeper {
        let keeper = (self.remember == Remember::Session).then(|| self.clone());
        let run = RunKeeper { keeper };
        run.write(|| {
            Write::Run(Box::new(OpenRun {
                service: service.to_owned(),
                players: players.to_vec(),
                columns: columns.to_vec(),
                started,
                stored: None,
                answered: false,
                waiting: Vec::new(),
            }))
        });
        run
    }

    /// Waits until everything queued so far is written.
    pub(super) async fn flush(&self) {
        let (done, written) = oneshot::channel();
        self.write(Write::Flush(done));
        // An error means that there is no writer: then nothing waits either.
        let _ = written.await;
    }

    fn write(&self, write: Write) {
        // Without a writer there is no store, which has been told already.
        let _ = self.writes.send(write);
    }
}

/// The draft without any text that somebody put a token into by mistake.
fn without_tokens(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    draft.query.players.retain(|entry| !holds_token(entry.text()));
    draft.saved_text = draft.saved_text.filter(|text| !holds_token(text));
    if holds_token(&draft.players_box) {
        draft.players_box.clear();
    }
    draft
}

fn recent<K>(mut found: LookedUp<K>, now: UnixMillis) -> LookedUp<K> {
    found.retain(|_, (_, at)| now.since(*at) < LOOK_UP_KEPT_MS);
    found
}

/// Where a fetch puts what it gets. A run without a single answer is never stored, so that a lost
/// network or an expired token does not take the place of good results.
pub(super) struct RunKeeper {
    /// `None` when results are not kept.
    keeper: Option<Keeper>,
}

impl RunKeeper {
    pub(super) fn row(&self, row: usize, state: RowState) {
        self.write(|| Write::Row { row, state });
    }

    /// Keeps cells; `answered` says that the service gave them, whatever they hold.
    pub(super) fn cells(&self, block: Arc<CellBlock>, answered: bool) {
        self.write(|| Write::Cells { block, answered });
    }

    pub(super) fn end(&self, at: UnixMillis) {
        self.write(|| Write::EndRun { at });
    }

    fn write(&self, write: impl FnOnce() -> Write) {
        if let Some(keeper) = &self.keeper {
            keeper.write(write());
        }
    }
}

/// The task that writes.
struct Writer {
    store: Store,
    outbox: Outbox,
    /// A draft that waits, and until when.
    draft: Option<(Arc<Draft>, Instant)>,
    run: Option<OpenRun>,
    /// The trouble told last: told once, not for each write.
    last_trouble: Option<String>,
}

impl Writer {
    async fn work(mut self, mut to_write: UnboundedReceiver<Write>) {
        let mut writes = Vec::new();
        loop {
            let due = self.draft.as_ref().map(|(_, due)| *due);
            let count = tokio::select! {
                biased;
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {
                    self.write_draft().await;
                    continue;
                }
                count = to_write.recv_many(&mut writes, TAKEN_TOGETHER) => count,
            };
            for write in writes.drain(..) {
                self.apply(write).await;
            }
            self.store_waiting().await;
            if count == 0 {
                return self.write_draft().await;
            }
        }
    }

    async fn apply(&mut self, write: Write) {
        match write {
            Write::Draft(draft) => {
                let due = self.draft.take().map_or_else(|| Instant::now() + DRAFT_PAUSE, |(_, due)| due);
                self.draft = Some((draft, due));
            }
            Write::Catalogue { service, catalogue } => {
                let result = self.store.save_catalogue(&service, catalogue).await;
                self.check(result);
            }
            Write::Told { service, json } => {
                let result = self.store.put_state(&told_key(&service), json).await;
                self.check(result);
            }
            Write::Players { service, found, at } => {
                let result = self.store.remember_players(&service, found, at).await;
                self.check(result);
            }
            Write::Run(run) => {
                self.store_waiting().await;
                self.run = Some(*run);
            }
            Write::Row { row, state } => self.record(Record::Row { row, state }, false),
            Write::Cells { block, answered } => self.record(Record::Cells(block), answered),
            Write::EndRun { at } => self.end_run(at).await,
            Write::Flush(done) => {
                self.store_waiting().await;
                self.write_draft().await;
                // Who asked may be gone.
                let _ = done.send(());
            }
        }
    }

    async fn write_draft(&mut self) {
        let Some((draft, _)) = self.draft.take() else { return };
        // A draft is plain data with string keys, which JSON can always hold.
        let Ok(json) = serde_json::to_string(&without_tokens(&draft)) else { return };
        let result = self.store.put_state(DRAFT_KEY, json).await;
        self.check(result);
    }

    fn record(&mut self, record: Record, answered: bool) {
        if let Some(run) = &mut self.run {
            run.waiting.push(record);
            run.answered |= answered;
        }
    }

    /// Stores the rows and cells that wait, if the run is worth it yet.
    async fn store_waiting(&mut self) {
        let Some(mut run) = self.run.take() else { return };
        if run.stored.is_none() && run.answered {
            let begun =
                self.store.begin_run(&run.service, run.players.clone(), run.columns.clone(), run.started);
            match begun.await {
                Ok(id) => run.stored = Some(id),
                Err(error) => self.check(Err(error)),
            }
        }
        if let Some(id) = run.stored {
            let mut rows = Vec::new();
            for record in std::mem::take(&mut run.waiting) {
                match record {
                    Record::Row { row, state } => rows.push((row, state)),
                    Record::Cells(block) => {
                        self.store_rows(id, &mut rows).await;
                        let result = self.store.save_cells(id, block).await;
                        self.check(result);
                    }
                }
            }
            self.store_rows(id, &mut rows).await;
        }
        self.run = Some(run);
    }

    async fn store_rows(&mut self, run: RunId, rows: &mut Vec<(usize, RowState)>) {
        if !rows.is_empty() {
            let result = self.store.save_rows(run, std::mem::take(rows)).await;
            self.check(result);
        }
    }

    async fn end_run(&mut self, at: UnixMillis) {
        self.store_waiting().await;
        let Some(id) = self.run.take().and_then(|run| run.stored) else { return };
        let result = self.store.end_run(id, at).await;
        self.check(result);
    }

    fn check(&mut self, result: Result<(), StoreError>) {
        match result {
            Ok(()) => self.last_trouble = None,
            Err(error) => {
                let trouble = error.to_string();
                if self.last_trouble.as_ref() != Some(&trouble) {
                    tracing::warn!("{trouble}");
                    self.outbox.send(Event::StoreFailed(trouble.clone()));
                    self.last_trouble = Some(trouble);
                }
            }
        }
    }
}
