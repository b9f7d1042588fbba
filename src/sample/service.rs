//! Starting and stopping the server.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::{Arc, atomic::AtomicU64},
    thread::{self, JoinHandle},
};

use axum::{Router, serve::ListenerExt as _};
use tokio::sync::{mpsc, oneshot};

use super::{
    routes::{self, Job, Played, Service},
    session::PlaySession,
    world::World,
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

/// A running sample service. Dropping it stops it.
#[derive(Debug)]
pub struct SampleService {
    addr: SocketAddr,
    jobs: mpsc::UnboundedSender<Job>,
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
        if !addr.ip().is_loopback() {
            return Err(SampleError::NotLoopback(addr));
        }
        let listener = TcpListener::bind(addr).map_err(|source| SampleError::Listen { addr, source })?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (jobs, waiting) = mpsc::unbounded_channel();
        let (stop, stopped) = oneshot::channel();
        let own_jobs = jobs.clone();
        let thread = thread::Builder::new().name("sample-service".into()).spawn(move || {
            let service = Service { world: World::of(seed), jobs: own_jobs, answers: AtomicU64::new(0) };
            if let Err(error) = runtime.block_on(run(listener, Arc::new(service), waiting, stopped)) {
                tracing::error!(%error, "the sample service ended");
            }
        })?;
        Ok(Self { addr, jobs, stop: Some(stop), thread: Some(thread) })
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
    let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|connection| {
        // Without it small answers wait for each other; where it cannot be set they are only slower.
        drop(connection.set_nodelay(true));
    });
    let router = Router::new().fallback(routes::answer).with_state(service.clone());
    tokio::select! {
        served = axum::serve(listener, router) => served,
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
