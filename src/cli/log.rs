//! The log and the reports of panics. Both are files in the home folder, for the user's eyes; no
//! token is ever in them.

use std::{
    backtrace::Backtrace,
    fs::{self, File, OpenOptions},
    io,
    panic::{self, PanicHookInfo},
    path::{Path, PathBuf},
    sync::Mutex,
    time::{SystemTime, UNIX_EPOCH},
};

use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use super::say::say;
use crate::engine::Home;

const LOG_FILE: &str = "statlens.log";
const OLD_LOG_FILE: &str = "statlens.old.log";
/// From this size on a log is set aside and a new one begun.
const LOG_BYTES: u64 = 4 << 20;
/// A longer word of a panic's message might hold something secret.
const LONGEST_WORD: usize = 60;

/// Starts logging and reporting. Without a home folder, or where its logs cannot be written,
/// nothing is logged and the program goes on.
pub(super) fn start(home: Option<&Home>) {
    let Some(logs) = home.and_then(|home| home.logs().ok()) else { return };
    if let Ok(file) = open_log(&logs) {
        let level = std::env::var("STATLENS_LOG").ok().and_then(|level| level.parse().ok());
        let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(file));
        // It fails only when another log was set up first, which then is the one.
        let _ = tracing_subscriber::registry()
            .with(lines)
            .with(filter(level.unwrap_or(LevelFilter::INFO)))
            .try_init();
    }
    report_panics(logs);
}

/// What is logged. Libraries only ever warn: at their most talkative they could write down what
/// passes through them, and a token does.
fn filter(level: LevelFilter) -> Targets {
    Targets::new().with_default(level.min(LevelFilter::WARN)).with_target("statlens", level)
}

fn open_log(logs: &Path) -> io::Result<File> {
    let path = logs.join(LOG_FILE);
    if fs::metadata(&path).is_ok_and(|log| log.len() > LOG_BYTES) {
        fs::rename(&path, logs.join(OLD_LOG_FILE))?;
    }
    private_file().append(true).open(path)
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn report_panics(logs: PathBuf) {
    panic::set_hook(Box::new(move |info| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let path = logs.join(format!("panic-{now}.txt"));
        let report = report(info, &Backtrace::force_capture());
        let written = private_file()
            .write(true)
            .truncate(true)
            .open(&path)
            .and_then(|mut file| io::Write::write_all(&mut file, report.as_bytes()));
        match written {
            Ok(()) => say(format_args!("an error of its own; the report is in {}", path.display())),
            Err(_) => say(report),
        }
    }));
}

fn report(info: &PanicHookInfo<'_>, backtrace: &Backtrace) -> String {
    let thread = std::thread::current();
    let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    format!(
        "Statlens {} panicked in thread {:?} at {place}:\n{}\n\n{backtrace}\n",
        env!("CARGO_PKG_VERSION"),
        thread.name().unwrap_or("without a name"),
        without_secrets(info.payload_as_str().unwrap_or("no message")),
    )
}

/// Leaves out words that are too long to be words.
fn without_secrets(message: &str) -> String {
    let words = message.split_whitespace().map(|word| {
        let is_suspect = word.len() > LONGEST_WORD || word.contains(';') || word.contains("XBL3.0");
        if is_suspect { "[left out]" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_like_a_token_is_reported() {
        let token = format!("XBL3.0 x=123;{}", "eyJhbGciOi".repeat(20));
        let report = without_secrets(&format!("assertion failed: {token} in {token:?}"));
        assert!(report.starts_with("assertion failed:"));
        assert!(!report.contains("eyJ") && !report.contains("123"), "{report}");
    }

    #[test]
    fn libraries_never_talk() {
        let filter = filter(LevelFilter::TRACE);
        assert!(filter.would_enable("statlens::xbox::http", &tracing::Level::TRACE));
        for library in ["hyper", "zbus::connection", "rustls"] {
            assert!(!filter.would_enable(library, &tracing::Level::INFO), "{library}");
        }
    }

    #[test]
    fn a_large_log_is_set_aside() {
        let logs = tempfile::tempdir().unwrap();
        let path = logs.path().join(LOG_FILE);
        File::create(&path).unwrap().set_len(LOG_BYTES + 1).unwrap();
        open_log(logs.path()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), 0);
        assert!(logs.path().join(OLD_LOG_FILE).exists());
    }
}
