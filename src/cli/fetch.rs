//! `statlens fetch`: asks the engine, waits, and prints what came.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError},
    },
    time::Duration,
};

use secrecy::SecretString;

use super::{
    CommandError, Exit,
    args::{FetchArgs, Format},
    output::Output,
    progress::ProgressLine,
    question::{self, TitleOption},
    say::say,
    signals,
};
use crate::{
    engine::{
        Command, Engine, EngineConfig, Event, FetchEnd, FetchId, Home, Limits, LiveTable, Patience, Remember,
        Service,
        VaultSource,
    },
    model::{Cell, CellBlock, Failure, Gamertag, PlayerRef, PlayerRow, Query, Remedy, RowState, StatTable},
    sample::{self, SampleService},
};

/// How often a request is sent before it has failed: nobody is there to try again.
const TRIES: u32 = 5;
/// How often a countdown is drawn anew.
const COUNTDOWN: Duration = Duration::from_secs(1);
/// Different reasons that are told one by one.
const TOLD_REASONS: usize = 10;
/// Remarks on answers that are told.
const TOLD_REMARKS: usize = 10;
const HOW_TO_GIVE_A_TOKEN: &str = "Set STATLENS_TOKEN to a token (XBL3.0 x=…;…), keep one with the window, \
    or add --sample for sample data";

/// Reads what the options ask for and prints it.
pub(super) fn run(
    args: &FetchArgs,
    titles: &[TitleOption],
    home: Option<&Home>,
) -> Result<Exit, CommandError> {
    if args.wide && args.format == Format::Json {
        return Err(CommandError::usage("--wide goes with csv and tsv; JSON is always one value an object"));
    }
    let query = question::query(args, titles)?;
    let output = Output::open(args.out.as_deref())?;
    tell_bad_lines(&query);
    let (players, columns) = (query.player_refs(), query.columns());
    let live = LiveTable::new(FetchId(1), players, columns);
    let live = if live.table().rows().is_empty() { live } else { ask(args, home, live)? };
    let exit = match live.end() {
        Some((_, FetchEnd::NoToken(failure))) => return Err(no_token(failure)),
        Some((_, FetchEnd::NoService(failure))) => {
            return Err(CommandError::usage(format!("{}. {}", failure.reason, failure.advice)));
        }
        Some((_, FetchEnd::Cancelled)) => Some(Exit::Cancelled),
        Some((_, FetchEnd::Done)) | None => None,
    };
    let table = with_bad_lines(&query, live.table());
    tell_remarks(&live);
    let rejected = tell_failures(&table);
    output.write(&table, &query.titles, args.format, args.wide)?;
    Ok(exit.unwrap_or_else(|| match table.counts().failed {
        0 => Exit::Done,
        _ if rejected => Exit::NoToken,
        _ => Exit::SomeFailed,
    }))
}

/// Has the engine fetch the table; returns when it has ended.
fn ask(args: &FetchArgs, home: Option<&Home>, mut live: LiveTable) -> Result<LiveTable, CommandError> {
    // Held until the fetch is over: dropping it stops the sample service.
    let sample = args.sample.then(start_sample).transpose()?;
    let config = EngineConfig {
        remember: Remember::LookUps,
        vault: vault(std::env::var_os("STATLENS_TOKEN"))?,
        service_version: args.service_version,
        limits: limits(args),
        patience: Patience::Tries(TRIES),
        ..EngineConfig::new(home.map(|home| home.root().to_owned()), service(args, sample.as_ref()))
    };
    let (engine, events) =
        Engine::start(config, Arc::new(|| {})).map_err(|error| CommandError::trouble(error.to_string()))?;
    let engine = Arc::new(engine);
    let id = live.id();
    let to_cancel = Arc::downgrade(&engine);
    let listening = signals::on_stop(move || {
        if let Some(engine) = to_cancel.upgrade() {
            engine.send(Command::Cancel(id));
        }
    });
    if let Err(error) = listening {
        say(format_args!("Ctrl+C will end this at once, without printing what arrived: {error}"));
    }
    let players = live.table().rows().iter().map(|row| row.asked.clone()).collect();
    let columns = live.table().columns().iter().map(|column| column.key().clone()).collect();
    engine.send(Command::Fetch { id, players, columns, reuse: None });
    follow(&mut live, &events)?;
    Ok(live)
}

fn limits(args: &FetchArgs) -> Limits {
    Limits {
        users_per_request: args.users_per_request as usize,
        requests_at_once: args.requests_at_once as usize,
        ..Limits::default()
    }
}

fn follow(live: &mut LiveTable, events: &Receiver<Event>) -> Result<(), CommandError> {
    let mut progress = ProgressLine::on_terminal();
    while live.end().is_none() {
        let event = match events.recv_timeout(COUNTDOWN) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => {
                progress.count_down();
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(CommandError::trouble("Statlens met an error of its own. See the logs folder"));
            }
        };
        live.apply(&event);
        match event {
            Event::Progress { progress: news, .. } => progress.show(news),
            Event::Budgets(budgets) => progress.waits(&budgets),
            Event::StoreFailed(trouble) => progress.say(&trouble),
            Event::Restored(restored) => {
                if let Some(trouble) = restored.trouble {
                    progress.say(&trouble);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn start_sample() -> Result<SampleService, CommandError> {
    SampleService::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), sample::SEED)
        .map_err(|error| CommandError::trouble(error.to_string()))
}

fn service(args: &FetchArgs, sample: Option<&SampleService>) -> Service {
    match (sample, &args.service_url) {
        (Some(sample), _) => Service::Sample { url: sample.url(), token: sample::TOKEN },
        (None, Some(url)) => Service::At(url.clone()),
        (None, None) => Service::Xbox,
    }
}

fn vault(token: Option<OsString>) -> Result<VaultSource, CommandError> {
    match token.filter(|token| !token.is_empty()).map(OsString::into_string) {
        None => Ok(VaultSource::Keyring),
        Some(Ok(token)) => Ok(VaultSource::Given(SecretString::from(token))),
        Some(Err(_)) => Err(CommandError {
            words: "STATLENS_TOKEN holds bytes that no token has. Set it again".into(),
            exit: Exit::NoToken,
        }),
    }
}

fn no_token(failure: &Failure) -> CommandError {
    CommandError { words: format!("{}. {HOW_TO_GIVE_A_TOKEN}", failure.reason), exit: Exit::NoToken }
}

fn tell_bad_lines(query: &Query) {
    for entry in &query.players {
        if let Err(error) = entry.read() {
            say(format_args!("{:?} is no player: {error}", entry.text()));
        }
    }
}

fn tell_remarks(live: &LiveTable) {
    for remark in live.remarks().iter().take(TOLD_REMARKS) {
        say(remark);
    }
    if live.remarks().len() > TOLD_REMARKS {
        say(format_args!("{} more remarks like these", live.remarks().len() - TOLD_REMARKS));
    }
}

/// Tells each reason once, with how many cells it took. Returns whether the token was refused.
fn tell_failures(table: &StatTable) -> bool {
    let mut reasons: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for column in table.columns() {
        for row in 0..column.len() {
            if let Cell::Failed(failure) = column.cell(row) {
                let words = words(failure);
                let (count, _) = reasons.entry(words).or_insert((0, is_rejected(failure)));
                *count += 1;
            }
        }
    }
    for (words, (count, _)) in reasons.iter().take(TOLD_REASONS) {
        let values = if *count == 1 { "value" } else { "values" };
        say(format_args!("{count} {values} failed: {words}"));
    }
    if reasons.len() > TOLD_REASONS {
        say(format_args!("{} more reasons are in the output", reasons.len() - TOLD_REASONS));
    }
    reasons.values().any(|(_, rejected)| *rejected)
}

/// What happened, why that may be, and what to do.
fn words(failure: &Failure) -> String {
    match failure.causes.split_first() {
        None => format!("{failure}. {}", failure.advice),
        Some((first, _)) => format!("{failure}. Most likely: {first}. {}", failure.advice),
    }
}

fn is_rejected(failure: &Failure) -> bool {
    failure.status == Some(401) && failure.remedy == Remedy::NewToken
}

/// The table with a failed row for each line that names no player, in the order of the query.
fn with_bad_lines(query: &Query, fetched: &Arc<StatTable>) -> Arc<StatTable> {
    if query.players.iter().all(|entry| entry.read().is_ok()) {
        return fetched.clone();
    }
    let mut seen = std::collections::HashSet::new();
    let mut players = Vec::new();
    let mut rows = Vec::new();
    let mut bad = Vec::new();
    for entry in &query.players {
        match entry.read() {
            // The fetched rows are the entries in order, without those that name a player again.
            Ok(player) => {
                if fetched.rows().get(rows.len()).is_some_and(|row| row.asked == *player) {
                    rows.push(players.len());
                    players.push(player.clone());
                }
            }
            Err(error) => {
                if seen.insert(entry.text()) {
                    bad.push((players.len(), bad_line(&error.to_string())));
                    players.push(PlayerRef::Gamertag(Gamertag::from_wire(entry.text())));
                }
            }
        }
    }
    let keys = fetched.columns().iter().map(|column| column.key().clone()).collect();
    let mut table = StatTable::pending(players, keys);
    let columns = fetched.columns().iter().cloned().enumerate().collect();
    table.apply(&CellBlock { rows: rows.clone(), columns, exchange: None });
    for (from, to) in rows.iter().enumerate() {
        set_state(&mut table, *to, &fetched.rows()[from], &rows);
    }
    for (row, failure) in bad {
        table.fail_player(row, &failure);
    }
    Arc::new(table)
}

fn set_state(table: &mut StatTable, row: usize, from: &PlayerRow, rows: &[usize]) {
    match &from.state {
        RowState::Known(player) => table.set_player(row, player.clone()),
        RowState::Failed(failure) => table.fail_player(row, failure),
        RowState::DuplicateOf(of) => table.set_duplicate(row, rows[*of]),
        RowState::LookingUp => {}
    }
}

fn bad_line(reason: &str) -> Arc<Failure> {
    Arc::new(Failure {
        status: None,
        reason: reason.to_owned(),
        causes: Vec::new(),
        advice: "Write a gamertag or a XUID".into(),
        detail: None,
        remedy: Remedy::EditPlayers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnKey, PlayerEntry, Scid, StatName};

    #[test]
    fn bad_lines_stand_among_the_players_where_they_were_typed() {
        let query = Query {
            players: ["b<d", "One", "one", "wor#se", "Two", "b<d"].map(PlayerEntry::new).to_vec(),
            ..Query::default()
        };
        let key = ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire("Kills") };
        let mut fetched = StatTable::pending(query.player_refs(), vec![key]);
        fetched.set_duplicate(1, 0);
        let table = with_bad_lines(&query, &Arc::new(fetched));
        let names: Vec<String> = table.rows().iter().map(PlayerRow::name).collect();
        assert_eq!(names, ["b<d", "One", "wor#se", "Two"]);
        assert_eq!(table.rows()[3].state, RowState::DuplicateOf(1));
        assert!(matches!(table.cell(2, 0), Cell::Failed(_)));
        assert_eq!(table.counts().failed, 2);
    }
}
