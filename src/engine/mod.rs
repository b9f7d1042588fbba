//! The engine: owns the tokio runtime, takes [`Command`]s and sends [`Event`]s.
//!
//! It plans a fetch, resolves names, reads values, joins them onto what was asked for, keeps the
//! token and writes what must survive. It never draws and never blocks its caller. Nothing in
//! here knows of a window: whoever listens is told through [`Wake`].
//!
//! Start with `messages`, then `actor` (one place that applies each command) and `fetch` (one
//! fetch from start to end, with `plan`, `resolve`, `join`, `reuse` and `narrow` around it). Every
//! request goes through the `gate`, which knows the rate limits, and is told as an exchange.
//! `forecast` says beforehand what a fetch would cost. `token` and `keep` are the engine's two
//! other long-lived tasks. [`LiveTable`] is the listener's half.

mod actor;
mod answers;
mod bodies;
mod chance;
mod client;
mod exchanges;
mod fetch;
mod forecast;
mod gate;
mod home;
mod jobs;
mod join;
mod keep;
mod ledger;
mod live;
mod messages;
mod narrow;
mod plan;
mod resolve;
mod reuse;
mod token;
mod wake;

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
    thread,
    time::Duration,
};

use secrecy::SecretString;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use self::{actor::Actor, wake::Outbox};
use crate::{
    clock::{Clock, SystemClock},
    model::Rates,
    vault::Vault,
};

pub use home::{Home, HomeError};
pub use live::LiveTable;
pub use messages::{
    Ask, Budget, Budgets, Command, Draft, Event, FetchEnd, FetchId, Forecast, KeepToken, Pause, Progress,
    Restored, Results, Reuse, Service, TokenInfo, TokenState,
};
pub use wake::Wake;

/// How many threads do the engine's work: half of the processor's, since the window and what it
/// computes need the others, and more than a few have nothing to do. What takes long leaves its
/// thread to the others.
fn workers() -> usize {
    const MOST: usize = 4;
    thread::available_parallelism().map_or(1, |cores| cores.get() / 2).clamp(1, MOST)
}

/// What an engine is started with.
#[derive(Clone)]
pub struct EngineConfig {
    /// The folder of `history.db`; `None` keeps nothing beyond the program's end.
    pub folder: Option<PathBuf>,
    /// What of the session is kept there.
    pub remember: Remember,
    /// Who answers at first.
    pub service: Service,
    /// Where the token comes from.
    pub vault: VaultSource,
    /// The value of `X-RequestedServiceVersion`; `None` sends no such header.
    pub service_version: Option<u32>,
    /// What is done at once.
    pub limits: Limits,
    /// The rate limits of the service; `None` takes those that the service is known to have.
    pub rates: Option<Rates>,
    /// How long failures that may pass are tried again.
    pub patience: Patience,
    /// Spreads pauses, so that programs that failed together do not come back together.
    pub seed: u64,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl EngineConfig {
    /// A configuration with the usual limits, the computer's clock and the OS keyring.
    #[must_use]
    pub fn new(folder: Option<PathBuf>, service: Service) -> Self {
        Self {
            folder,
            remember: Remember::Session,
            service,
            vault: VaultSource::Keyring,
            service_version: None,
            limits: Limits::default(),
            rates: None,
            patience: Patience::UntilStopped,
            seed: u64::from(std::process::id()),
            clock: Arc::new(SystemClock),
        }
    }
}

/// How long failures that may pass are tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Until they pass or the user has enough: somebody watches the countdown, can stop it and can
    /// give a new token.
    UntilStopped,
    /// A request is sent so often at most, and a token that is refused ends the fetch: nobody watches.
    Tries(u32),
}

/// What an engine keeps in its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remember {
    /// Everything that a window wants back: results, known titles, names that were looked up.
    Session,
    /// Names that were looked up, and nothing else: a command beside the window must not take the
    /// place of what the window shows.
    LookUps,
}

/// Where the token comes from and where it is kept.
#[derive(Clone)]
pub enum VaultSource {
    /// The keyring of the operating system.
    Keyring,
    /// This vault.
    Vault(Arc<Vault>),
    /// This text, for the session; the OS keyring is asked for nothing unless told to keep one.
    Given(SecretString),
}

/// How much goes out at once (`XBOX-API.md`, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Players in one request for stats or names.
    pub users_per_request: usize,
    /// How large the body of a request may be, in bytes.
    pub request_bytes: usize,
    /// Requests under way at once, whatever they ask.
    pub requests_at_once: usize,
    /// Look-ups of gamertags under way at once, among those.
    pub look_ups_at_once: usize,
    /// How long one request may take.
    pub request_time: Duration,
    /// How large an answer may be, in bytes.
    pub answer_bytes: usize,
    /// How long the keyring may take before the user is told that it does not answer.
    pub keyring_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            users_per_request: 100,
            request_bytes: 128 << 10,
            requests_at_once: 6,
            look_ups_at_once: 4,
            request_time: Duration::from_secs(30),
            answer_bytes: 64 << 20,
            keyring_time: Duration::from_secs(5),
        }
    }
}

/// Why an engine cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The system gave no threads.
    #[error("Statlens could not start its background threads: {0}. Close other programs and start it again")]
    Threads(#[from] io::Error),
}

/// A running engine. Dropping it ends a fetch under way and writes what must be kept.
#[derive(Debug)]
pub struct Engine {
    /// `None` only while it is dropped.
    commands: Option<UnboundedSender<Command>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Engine {
    /// Starts the engine and returns at once. What the last session left arrives as the first
    /// event, [`Event::Restored`].
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn start(config: EngineConfig, wake: Arc<dyn Wake>) -> Result<(Self, Receiver<Event>), EngineError> {
        let (events, received) = channel();
        let (commands, to_do) = unbounded_channel();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(workers())
            .thread_name("statlens-worker")
            .enable_all()
            .build()?;
        let outbox = Outbox::new(events, wake);
        let thread = thread::Builder::new().name("statlens-engine".into()).spawn(move || {
            runtime.block_on(Actor::new(config, outbox, to_do).run());
            // Not waited for: a keyring's prompt may block one of its threads for ever.
            runtime.shutdown_background();
        })?;
        Ok((Self { commands: Some(commands), thread: Some(thread) }, received))
    }

    /// Queues a command. Returns at once.
    pub fn send(&self, command: Command) {
        if let Some(commands) = &self.commands {
            // It fails only when the engine's thread is gone, and with it all that could be done.
            let _ = commands.send(command);
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.commands = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
