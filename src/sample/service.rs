//! Starting and stopping the server.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::{Arc, LazyLock, atomic::AtomicU64, mpsc::Sender},
    thread::{self, JoinHandle},
};

use axum::Router;
use tokio::sync::{mpsc, oneshot};

use super::{
    SEED,
    connection::{Door, Scissors},
    desk::{Desk, Order},
    faults::Faults,
    limits::{SampleCounts, SampleLimits},
    players::COUNT,
    routes::{self, Job, LazyWorld, Played, Service},
    session::PlaySession,
    truth::Truth,
    world::World,
};
use crate::{
    clock::{Clock, SystemClock},
    model::{Scid, StatName, Xuid},
};

/// Why the sample service could not start.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// It is for this machine alone.
    #[error(
        "The sample service only listens on this machine: use an address such as 127.0.0.1:0 instead of {0}"
    )]
    NotLoopback(SocketAddr),
    /// Another program has the port, or the address does not exist here.
    #[error("The sample service cannot listen at {addr}: {source}. Use port 0 to take any free port")]
    Listen {
        /// Where it was to listen.
        addr: SocketAddr,
        /// What the operating system says.
        source: io::Error,
    },
    /// The operating system gave no thread or event queue.
    #[error("The sample service cannot run: {0}. Close other programs and try again")]
    Run(#[from] io::Error),
}

/// How a sample service starts.
#[derive(Clone)]
pub struct SampleOptions {
    /// The loopback address to listen at, port 0 for any free one.
    pub addr: SocketAddr,
    /// Chooses the world, and with it whom and when faults strike.
    pub seed: u64,
    /// How many players there are.
    pub players: usize,
    /// What goes wrong.
    pub faults: Faults,
    /// The rate limits.
    pub limits: SampleLimits,
    /// What tells the time to the rate limits and to faults that take time.
    pub clock: Arc<dyn Clock>,
}

impl Default for SampleOptions {
    /// Any free port, the usual world, no faults, generous limits, the clock of the computer.
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: SEED,
            players: COUNT,
            faults: Faults::none(),
            limits: SampleLimits::default(),
            clock: Arc::new(SystemClock),
        }
    }
}

/// A running sample service. Dropping it stops it.
pub struct SampleService {
    addr: SocketAddr,
    jobs: mpsc::UnboundedSender<Job>,
    orders: Sender<Order>,
    desk: Arc<Desk>,
    clock: Arc<dyn Clock>,
    world: Arc<LazyWorld>,
    /// Both are there until the drop.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl SampleService {
    /// Starts the service at a loopback address, port 0 for any free one. It takes connections from
    /// the moment that this returns; its world is drawn on its own thread meanwhile.
    ///
    /// # Errors
    /// When the address is not a loopback address, or cannot be listened at.
    pub fn start(addr: SocketAddr, seed: u64) -> Result<Self, SampleError> {
        Self::start_with(SampleOptions { addr, seed, ..SampleOptions::default() })
    }

    /// Starts the service as [`SampleService::start`] does, with faults, limits and a clock.
    ///
    /// # Errors
    /// When the address is not a loopback address, or cannot be listened at.
    pub fn start_with(options: SampleOptions) -> Result<Self, SampleError> {
        let SampleOptions { addr, seed, players, faults, limits, clock } = options;
        if !addr.ip().is_loopback() {
            return Err(SampleError::NotLoopback(addr));
        }
        let listener = TcpListener::bind(addr).map_err(|source| SampleError::Listen { addr, source })?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (jobs, waiting) = mpsc::unbounded_channel();
        let (stop, stopped) = oneshot::channel();
        let (desk, orders) = Desk::new(seed, clock.clone(), faults, limits);
        let desk = Arc::new(desk);
        let draw: Box<dyn FnOnce() -> World + Send> = Box::new(move || World::of(seed, players));
        let world: Arc<LazyWorld> = Arc::new(LazyLock::new(draw));
        let service = Arc::new(Service {
            world: world.clone(),
            desk: desk.clone(),
            clock: clock.clone(),
            jobs: jobs.clone(),
            answers: AtomicU64::new(0),
        });
        let thread = thread::Builder::new().name("sample-service".into()).spawn(move || {
            LazyLock::force(&service.world);
            if let Err(error) = runtime.block_on(run(listener, service, waiting, stopped)) {
                tracing::error!(%error, "the sample service ended");
            }
        })?;
        Ok(Self { addr, jobs, orders, desk, clock, world, stop: Some(stop), thread: Some(thread) })
    }

    /// Its base URL, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Lets players play. Returns at once; sessions are played one after the other, in the order of
    /// the calls, so that the same seed and sessions always lead to the same values.
    pub fn play_session(&self, session: PlaySession) {
        // The receiver lives as long as the server, which ends only in our drop or with its listener.
        drop(self.jobs.send(Job { session, done: None }));
    }

    /// Changes what goes wrong. Returns at once; every request that is sent from now on meets the
    /// new faults, and none of it was tried before.
    pub fn set_faults(&self, faults: Faults) {
        // The receiver lives as long as our desk.
        drop(self.orders.send(Order::Faults(faults)));
    }

    /// Changes the rate limits. Returns at once; requests are counted anew from now on.
    pub fn set_limits(&self, limits: SampleLimits) {
        drop(self.orders.send(Order::Limits(limits, self.clock.now())));
    }

    /// What was counted since the limits were set. For tests: it may wait for the service's thread,
    /// if only for a moment.
    #[must_use]
    pub fn counts(&self) -> SampleCounts {
        self.desk.counts()
    }

    /// What the service holds of a stat of a player, whatever faults are on. For tests: it may wait
    /// for the service's thread, and works out what it is asked.
    #[must_use]
    pub fn truth(&self, xuid: Xuid, scid: &Scid, stat: &StatName) -> Truth {
        self.world.truth(xuid, scid, stat)
    }

    /// The players whose stats are for everybody to see.
    #[must_use]
    pub fn public_players(&self) -> Vec<Xuid> {
        let all = self.world.players().all().iter();
        all.filter(|person| !person.private).map(|person| person.xuid).collect()
    }
}

impl fmt::Debug for SampleService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SampleService").field("addr", &self.addr).finish_non_exhaustive()
    }
}

impl Drop for SampleService {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic over there has been reported over there.
            drop(thread.join());
        }
    }
}

async fn run(
    listener: TcpListener,
    service: Arc<Service>,
    waiting: mpsc::UnboundedReceiver<Job>,
    stopped: oneshot::Receiver<()>,
) -> io::Result<()> {
    let door = Door(tokio::net::TcpListener::from_std(listener)?);
    let router = Router::new().fallback(routes::answer).with_state(service.clone());
    tokio::select! {
        served = axum::serve(door, router.into_make_service_with_connect_info::<Scissors>()) => served,
        () = play(&service.world, waiting) => Ok(()),
        _ = stopped => Ok(()),
    }
}

/// Plays the waiting sessions one after the other.
async fn play(world: &World, mut waiting: mpsc::UnboundedReceiver<Job>) {
    while let Some(Job { session, done }) = waiting.recv().await {
        let moved = world.play(&session);
        if let Some(done) = done {
            // Who asked may have hung up.
            drop(done.send(Played { moved, now: world.now() }));
        }
    }
}
