//! The command line: the window's options, and the commands that need no window.
//!
//! Commands use the same engine as the window and keep the same manners: data on standard output,
//! words on standard error, an exit code that says how it went. Nothing in here talks to a service
//! or draws by itself. Start with `args`, then `fetch`.

mod args;
mod fetch;
mod log;
mod output;
mod progress;
mod question;
mod say;
mod serve;
mod signals;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use self::args::{Args, Task};
use crate::{
    engine::Home,
    ui::{self, Screenshot, WindowOptions},
};

/// How a command ended, as its exit code says it. `args` tells users the same list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Everything was done.
    Done,
    /// Something of this computer was in the way, such as a disk that is full.
    Trouble,
    /// The options cannot be used as they are.
    Usage,
    /// Some cells failed; the others were printed.
    SomeFailed,
    /// There is no usable token.
    NoToken,
    /// Cancelled; what had arrived was printed.
    Cancelled,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Trouble => 1,
            Exit::Usage => 2,
            Exit::SomeFailed => 3,
            Exit::NoToken => 4,
            Exit::Cancelled => signals::CANCELLED,
        })
    }
}

/// Why a command could not be carried out: words for standard error, and the exit code.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
struct CommandError {
    words: String,
    exit: Exit,
}

impl CommandError {
    fn usage(words: impl Into<String>) -> Self {
        Self { words: words.into(), exit: Exit::Usage }
    }

    fn trouble(words: impl Into<String>) -> Self {
        Self { words: words.into(), exit: Exit::Trouble }
    }
}

/// Runs the program with the arguments that it was started with.
pub fn main() -> ExitCode {
    let matches = Args::command().get_matches();
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => error.exit(),
    };
    let home = Home::find().map_err(say::say).ok();
    log::start(home.as_ref());
    let ended = match args.task {
        None => open_window(args),
        Some(Task::Fetch(fetch)) => {
            let pairs = matches.subcommand_matches("fetch").map(question::title_options).unwrap_or_default();
            fetch::run(&fetch, &pairs, home.as_ref())
        }
        Some(Task::SampleService(options)) => serve::run(&options),
    };
    match ended {
        Ok(exit) => exit.into(),
        Err(error) => {
            say::say(&error);
            error.exit.into()
        }
    }
}

fn open_window(args: Args) -> Result<Exit, CommandError> {
    let screenshot = args.screenshot.map(|file| Screenshot {
        file,
        size: args.size.map(|size| (size.width, size.height)),
        theme: args.theme.map(Into::into),
        screen: args.screen.map(Into::into),
    });
    let options = WindowOptions { sample: args.sample, service_url: args.service_url, screenshot };
    ui::run(options).map_err(|error| CommandError::trouble(error.to_string()))?;
    Ok(Exit::Done)
}
