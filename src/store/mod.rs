//! What Statlens remembers: the last session, known titles, found players, and the last results.
//!
//! One `SQLite` database, owned by one thread; everybody else holds a [`Store`], through which
//! work is queued. A call returns as soon as its work is in the queue, and its future ends when
//! the work is done, so nobody waits for a disk who does not want to. Nothing secret is ever
//! written here, and nothing in here knows the service or the window. Start with [`Store`];
//! `database` opens the file, `schema` says what is in it, and `state`, `players`, `runs`,
//! `read_run` and `spent` each hold the statements of one subject.

mod database;
mod error;
mod players;
mod read_run;
mod runs;
mod schema;
mod spent;
mod state;

use std::{
    collections::HashMap,
    path::Path,
    pin::Pin,
    sync::{Arc, mpsc},
    task::{Context, Poll},
    thread::{self, JoinHandle},
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::model::{
    Api, Catalogue, CellBlock, ColumnKey, Gamertag, Player, PlayerRef, RowState, UnixMillis, Xuid,
};

use database::Database;
pub use error::StoreError;
pub use read_run::StoredRun;
pub use runs::RunId;
pub use spent::{Spending, Spent, SpentId};

type Job = Box<dyn FnOnce(&mut Database) + Send>;

/// A handle to the database and its thread. Clones share both.
///
/// Work is done in the order of the calls. A future that is dropped does not take its work out of
/// the queue. Dropping the last handle waits until the queue is done.
#[derive(Clone, Debug)]
pub struct Store {
    worker: Arc<Worker>,
    trouble: Option<Arc<str>>,
    /// Which spent requests of other processes were told already. Only ever locked on the thread
    /// of the database.
    told: Arc<spent::Told>,
}

#[derive(Debug)]
struct Worker {
    /// `None` only while dropping.
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        // The thread ends when the queue is closed and empty.
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that writes the history ended before its work was done");
        }
    }
}

impl Store {
    /// Opens the database `history.db` in `folder`, and makes both where they are missing.
    ///
    /// A damaged database is set aside, and an empty one begun: [`trouble`](Self::trouble) tells.
    ///
    /// # Errors
    /// When the folder or file cannot be used, or a newer Statlens wrote the file.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let (database, trouble) = Database::open(folder)?;
        Self::start(database, trouble)
    }

    /// A database that is gone with its last handle.
    ///
    /// # Errors
    /// When memory or threads run out.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::start(Database::in_memory()?, None)
    }

    fn start(mut database: Database, trouble: Option<String>) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let work = move || {
            for job in queue {
                job(&mut database);
            }
        };
        let thread = thread::Builder::new()
            .name("statlens-store".to_owned())
            .spawn(work)
            .map_err(|error| StoreError::Sqlite(Box::new(error)))?;
        let worker = Worker { jobs: Some(jobs), thread: Some(thread) };
        Ok(Self { worker: Arc::new(worker), trouble: trouble.map(Arc::from), told: Arc::default() })
    }

    /// What was wrong with the database when it was opened, in words for the user.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Remembers a JSON text under a key, in place of an earlier one.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn put_state(&self, key: &str, json: String) -> Answer<()> {
        let key = key.to_owned();
        self.queue(move |connection| state::put(connection, &key, &json))
    }

    /// The JSON text under a key.
    ///
    /// # Errors
    /// When it could not be read.
    pub fn state(&self, key: &str) -> Answer<Option<String>> {
        let key = key.to_owned();
        self.queue(move |connection| state::get(connection, &key))
    }

    /// Remembers the known titles of a service, in place of those before.
    ///
    /// # Errors
    /// When they could not be written.
    pub fn save_catalogue(&self, service: &str, catalogue: Catalogue) -> Answer<()> {
        let service = service.to_owned();
        self.queue(move |connection| state::save_catalogue(connection, &service, &catalogue))
    }

    /// The known titles of a service.
    ///
    /// # Errors
    /// When they could not be read.
    pub fn catalogue(&self, service: &str) -> Answer<Catalogue> {
        let service = service.to_owned();
        self.queue(move |connection| state::catalogue(connection, &service))
    }

    /// Remembers players that a service found at a time, each with the name that was asked for.
    /// They are found again by that name and by those that the service gave.
    ///
    /// # Errors
    /// When they could not be written; then none of them is.
    pub fn remember_players(
        &self,
        service: &str,
        found: Vec<(Gamertag, Player)>,
        at: UnixMillis,
    ) -> Answer<()> {
        let service = service.to_owned();
        self.queue(move |connection| players::remember(connection, &service, &found, at))
    }

    /// Players found earlier under these names, by [folded](Gamertag::folded) name, with the time.
    ///
    /// # Errors
    /// When they could not be read.
    pub fn players_by_gamertag(
        &self,
        service: &str,
        gamertags: Vec<Gamertag>,
    ) -> Answer<HashMap<String, (Player, UnixMillis)>> {
        let service = service.to_owned();
        self.queue(move |connection| players::by_gamertag(connection, &service, &gamertags))
    }

    /// Players found earlier that have these XUIDs, with the time.
    ///
    /// # Errors
    /// When they could not be read.
    pub fn players_by_xuid(
        &self,
        service: &str,
        xuids: Vec<Xuid>,
    ) -> Answer<HashMap<Xuid, (Player, UnixMillis)>> {
        let service = service.to_owned();
        self.queue(move |connection| players::by_xuid(connection, &service, &xuids))
    }

    /// Begins a run: these players (rows) and stats (columns), asked for at a time. The service's
    /// run before it is kept until this one has cells.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn begin_run(
        &self,
        service: &str,
        players: Vec<PlayerRef>,
        columns: Vec<ColumnKey>,
        at: UnixMillis,
    ) -> Answer<RunId> {
        let service = service.to_owned();
        self.queue(move |connection| runs::begin(connection, &service, &players, &columns, at))
    }

    /// Notes what became of the players of some rows. Does nothing once a later run has replaced
    /// this one.
    ///
    /// # Errors
    /// When it could not be written; then none of them is.
    pub fn save_rows(&self, run: RunId, rows: Vec<(usize, RowState)>) -> Answer<()> {
        self.queue(move |connection| runs::save_rows(connection, run, &rows))
    }

    /// Notes cells; those that are pending are left out. With its first cells the run replaces the
    /// service's earlier ones. Does nothing once a later run has replaced this one.
    ///
    /// # Errors
    /// When they could not be written; then none of them is.
    pub fn save_cells(&self, run: RunId, block: Arc<CellBlock>) -> Answer<()> {
        self.queue(move |connection| runs::save_cells(connection, run, &block))
    }

    /// Notes that a run ended. Does nothing once a later run has replaced this one.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn end_run(&self, run: RunId, at: UnixMillis) -> Answer<()> {
        self.queue(move |connection| runs::end(connection, run, at))
    }

    /// The service's latest run of which anything was read. No cell of it is pending: what was
    /// still to come when the program ended has failed.
    ///
    /// # Errors
    /// When it could not be read.
    pub fn last_run(&self, service: &str) -> Answer<Option<StoredRun>> {
        let service = service.to_owned();
        self.queue(move |connection| read_run::last(connection, &service))
    }

    /// Notes, before it is sent, that a request to a service will count towards its rate limit. Also
    /// tells the requests of other processes that were noted before it and were not told yet: when
    /// those leave no room for it, it must not be sent, and [`withdraw_spent`](Self::withdraw_spent)
    /// takes it back. Of processes that spend at once, the one that is noted first has the room.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn spend(&self, service: &str, api: Api, at: UnixMillis) -> Answer<Spending> {
        let (service, told) = (service.to_owned(), self.told.clone());
        self.queue(move |connection| spent::spend(connection, &told, &service, api, at))
    }

    /// Notes that a spent request was answered, or that nobody waits for its answer any more.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn settle_spent(&self, id: SpentId, at: UnixMillis) -> Answer<()> {
        self.queue(move |connection| spent::settle(connection, id, at))
    }

    /// Takes back a spent request that was never sent.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn withdraw_spent(&self, id: SpentId) -> Answer<()> {
        self.queue(move |connection| spent::withdraw(connection, id))
    }

    /// All requests to a service that were taken or answered since a moment, by whichever process.
    /// To be asked before the first [`spend`](Self::spend), which then tells only of those after.
    ///
    /// # Errors
    /// When they could not be read.
    pub fn spent(&self, service: &str, api: Api, since: UnixMillis) -> Answer<Vec<Spent>> {
        let (service, told) = (service.to_owned(), self.told.clone());
        self.queue(move |connection| spent::since(connection, &told, &service, api, since))
    }

    fn queue<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Answer<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |database| {
            // Nobody waits any more when the future was dropped; the work was still to be done.
            let _ = answer.send(database.run(work));
        });
        if let Some(jobs) = &self.worker.jobs {
            // Fails only when the thread is gone, and then `answer` is dropped with the job.
            let _ = jobs.send(job);
        }
        Answer(answered)
    }
}

/// What comes of work in the queue. Ends when the work is done; dropping it leaves the work queued.
#[derive(Debug)]
#[must_use = "whether the work succeeded is known only here"]
pub struct Answer<T>(oneshot::Receiver<Result<T, StoreError>>);

impl<T> Future for Answer<T> {
    type Output = Result<T, StoreError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|answer| answer.unwrap_or(Err(StoreError::Stopped)))
    }
}
