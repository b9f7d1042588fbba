//! `statlens sample-service`.

use std::{
    io::{Write, stdout},
    sync::mpsc::channel,
};

use super::{CommandError, Exit, args::ServeArgs, signals};
use crate::sample::SampleService;

/// Serves until it is told to stop.
pub(super) fn run(args: &ServeArgs) -> Result<Exit, CommandError> {
    if !args.addr.ip().is_loopback() {
        return Err(CommandError::usage(format!(
            "--addr {} can be reached from other computers. The sample service serves at loopback \
             addresses only, such as 127.0.0.1:0",
            args.addr
        )));
    }
    let (stop, stopped) = channel();
    signals::on_stop(move || {
        // It fails when the wait below is over, and then nothing is left to stop.
        let _ = stop.send(());
    })
    .map_err(|error| CommandError::trouble(format!("Ctrl+C cannot be heard: {error}")))?;
    let service = SampleService::start(args.addr, args.seed)
        .map_err(|error| CommandError::trouble(error.to_string()))?;
    let mut out = stdout().lock();
    // Whoever started this may not care for the address.
    let _ = writeln!(out, "{}", service.url()).and_then(|()| out.flush());
    drop(out);
    let _ = stopped.recv();
    Ok(Exit::Done)
}
