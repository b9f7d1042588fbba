//! `statlens sample-service`.

use std::{
    io::{Write, stdout},
    sync::mpsc::channel,
};

use super::{CommandError, Exit, args::ServeArgs, say, signals};
use crate::sample::{Fault, FaultGroup, FaultKind, SampleOptions, SampleService};

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
    let options = SampleOptions {
        addr: args.addr,
        seed: args.seed,
        faults: args.faults.clone(),
        limits: args.limits,
        ..SampleOptions::default()
    };
    let service =
        SampleService::start_with(options).map_err(|error| CommandError::trouble(error.to_string()))?;
    say::say(format!(
        "Rate limits: {}. {}. Change them with --limits documented, generous or off",
        args.limits,
        args.limits.description()
    ));
    if !args.faults.is_none() {
        say::say(format!("Faults: {}", args.faults));
    }
    let mut out = stdout().lock();
    // Whoever started this may not care for the address.
    let _ = writeln!(out, "{}", service.url()).and_then(|()| out.flush());
    drop(out);
    let _ = stopped.recv();
    Ok(Exit::Done)
}

/// What stands below the options: examples, and every fault.
pub(super) fn help() -> String {
    let mut help = HELP.to_owned();
    for group in FaultGroup::ALL {
        help.push_str(&format!("\n\n{group}:"));
        for kind in FaultKind::ALL.iter().filter(|kind| kind.group() == group) {
            let example = format!("{kind}:{}", Fault::usual(*kind).parameter());
            help.push_str(&format!("\n  {example:<28}{}", kind.description()));
        }
    }
    help
}

const HELP: &str = "\
Prints the address that it took. Any well-formed token is accepted.

Examples:
  statlens sample-service --addr 127.0.0.1:8642 &
  STATLENS_TOKEN=\"XBL3.0 x=-;any-token-of-some-length\" \\
    statlens fetch --service-url http://127.0.0.1:8642 --query playtest.toml
  statlens sample-service --faults \"500:10%, stall:first 1, doubles\" --limits documented

While it runs:
  GET  /sample/faults        which faults are on, and which there are
  POST /sample/faults        changes them: 500:10%, slow
  POST /sample/clock         moves the time of the rate limits: {\"forward_seconds\":300}
  POST /sample/play-session  lets players play: {\"matches\":3}

Faults are written with commas between. Behind the colon stands how often or whom they strike:
a share of the requests (10%), the first tries of each request (first 3), a number, or XUIDs or
SCIDs with spaces between. Without a colon it is what stands here:";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_fault_as_it_is_written() {
        let help = help();
        for kind in FaultKind::ALL {
            let line = help.lines().find(|line| line.ends_with(kind.description()));
            let line = line.unwrap_or_else(|| panic!("{kind} is not there")).trim();
            let spec = line.strip_suffix(kind.description()).unwrap_or_default();
            let fault = Fault::usual(*kind);
            assert_eq!(spec.parse(), Ok(std::iter::once(fault).collect::<crate::sample::Faults>()), "{spec}");
        }
    }
}
