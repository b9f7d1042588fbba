use std::{
    io,
    sync::mpsc::{Sender, channel},
    thread,
};

/// The exit code of a command that was cancelled.
pub(super) const CANCELLED: u8 = 130;

/// Calls `stop` at the first Ctrl+C or request to terminate; the second ends the program at once.
/// When this returns, signals are heard.
pub(super) fn on_stop(stop: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let (ready, is_ready) = channel();
    thread::Builder::new().name("statlens-signals".into()).spawn(move || {
        let runtime = match tokio::runtime::Builder::new_current_thread().enable_io().build() {
            Ok(runtime) => runtime,
            Err(error) => {
                let _ = ready.send(Err(error));
                return;
            }
        };
        runtime.block_on(listen(&ready, stop));
    })?;
    is_ready.recv().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
}

#[cfg(unix)]
async fn listen(ready: &Sender<io::Result<()>>, stop: impl FnOnce()) {
    use tokio::signal::unix::{SignalKind, signal};
    let streams = signal(SignalKind::interrupt()).and_then(|one| Ok((one, signal(SignalKind::terminate())?)));
    let (mut interrupt, mut terminate) = match streams {
        Ok(streams) => streams,
        Err(error) => {
            let _ = ready.send(Err(error));
            return;
        }
    };
    let _ = ready.send(Ok(()));
    let mut heard = async || {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    heard().await;
    stop();
    heard().await;
    std::process::exit(i32::from(CANCELLED));
}

#[cfg(windows)]
async fn listen(ready: &Sender<io::Result<()>>, stop: impl FnOnce()) {
    let mut presses = match tokio::signal::windows::ctrl_c() {
        Ok(presses) => presses,
        Err(error) => {
            let _ = ready.send(Err(error));
            return;
        }
    };
    let _ = ready.send(Ok(()));
    presses.recv().await;
    stop();
    presses.recv().await;
    std::process::exit(i32::from(CANCELLED));
}
