//! From the options of `statlens fetch` to the query that they ask.

use std::{fs, io::Read, path::Path};

use clap::ArgMatches;

use super::{CommandError, args::FetchArgs, say::say};
use crate::{
    formats::{player_list, query_file, stat_list},
    model::{PlayerEntry, Query, QueryTitle, Scid, StatName},
};

/// A `--scid` or `--stats`, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TitleOption {
    Scid(String),
    Stats(String),
}

/// The `--scid` and `--stats` in the order in which they were typed: each list of stats belongs to
/// the SCID before it.
pub(super) fn title_options(matches: &ArgMatches) -> Vec<TitleOption> {
    let typed = |name: &str, option: fn(String) -> TitleOption| {
        let places = matches.indices_of(name).into_iter().flatten();
        let texts = matches.get_many::<String>(name).into_iter().flatten().cloned();
        places.zip(texts.map(option)).collect::<Vec<_>>()
    };
    let mut options = typed("scid", TitleOption::Scid);
    options.extend(typed("stats", TitleOption::Stats));
    options.sort_by_key(|(place, _)| *place);
    options.into_iter().map(|(_, option)| option).collect()
}

/// The query that the options ask: the file's, and what the options add to it.
pub(super) fn query(args: &FetchArgs, titles: &[TitleOption]) -> Result<Query, CommandError> {
    let mut query = match &args.query {
        Some(file) => read_query(file)?,
        None => Query::default(),
    };
    for text in &args.players {
        query.players.extend(player_entries(text)?);
    }
    for file in &args.players_file {
        query.players.extend(player_entries(&read_players(file)?)?);
    }
    add_titles(&mut query, titles)?;
    check(&query)?;
    Ok(query)
}

fn check(query: &Query) -> Result<(), CommandError> {
    if query.players.is_empty() {
        return Err(CommandError::usage(
            "No players. Add --players A,B or --players-file FILE, or a --query FILE that has some",
        ));
    }
    if query.columns().is_empty() {
        return Err(CommandError::usage(
            "No stats. Add --scid S --stats X,Y, or a --query FILE that has titles with stats",
        ));
    }
    Ok(())
}

fn player_entries(text: &str) -> Result<Vec<PlayerEntry>, CommandError> {
    let split = player_list::split(text);
    if split.holds_token {
        return Err(CommandError::usage(
            "The list of players holds a token. Take it out, and set STATLENS_TOKEN instead",
        ));
    }
    Ok(split.entries)
}

fn read_query(file: &Path) -> Result<Query, CommandError> {
    let loaded = query_file::load(file).map_err(|error| CommandError::usage(error.to_string()))?;
    for warning in loaded.file.warnings {
        say(format_args!("{}: {warning}", file.display()));
    }
    Ok(loaded.file.query)
}

fn read_players(file: &Path) -> Result<String, CommandError> {
    let explain = |error: std::io::Error| {
        CommandError::usage(format!(
            "The players in {} could not be read: {error}. Give a text file in UTF-8, or - for standard input",
            file.display()
        ))
    };
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(explain)?;
        return Ok(text);
    }
    fs::read_to_string(file).map_err(explain)
}

fn add_titles(query: &mut Query, options: &[TitleOption]) -> Result<(), CommandError> {
    let mut current: Option<(Scid, usize)> = None;
    for option in options {
        match option {
            TitleOption::Scid(text) => {
                finish_title(current.as_ref())?;
                let scid = text
                    .parse()
                    .map_err(|error| CommandError::usage(format!("--scid {text:?} is no SCID: {error}")))?;
                current = Some((scid, 0));
            }
            TitleOption::Stats(text) => {
                let Some((scid, count)) = &mut current else {
                    return Err(CommandError::usage("--stats comes after the --scid that it belongs to"));
                };
                let stats = stats(text)?;
                *count += stats.len();
                add_stats(query, scid, stats);
            }
        }
    }
    finish_title(current.as_ref())
}

fn finish_title(title: Option<&(Scid, usize)>) -> Result<(), CommandError> {
    match title {
        Some((scid, 0)) => Err(CommandError::usage(format!("--scid {scid} has no --stats after it"))),
        _ => Ok(()),
    }
}

fn stats(text: &str) -> Result<Vec<StatName>, CommandError> {
    let read = stat_list::split(text).into_iter().map(|stat| {
        stat.map_err(|(text, error)| {
            CommandError::usage(format!("--stats {text:?} is no stat name: {error}"))
        })
    });
    read.collect()
}

fn add_stats(query: &mut Query, scid: &Scid, stats: Vec<StatName>) {
    if let Some(title) = query.titles.iter_mut().find(|title| title.scid == *scid) {
        let new: Vec<StatName> = stats.into_iter().filter(|stat| !title.stats.contains(stat)).collect();
        title.stats.extend(new);
    } else {
        query.titles.push(QueryTitle { name: scid.short(), scid: scid.clone(), title_id: None, stats });
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Args;

    fn titles(arguments: &[&str]) -> Result<Query, String> {
        let arguments = ["statlens", "fetch"].iter().chain(arguments);
        let matches = Args::command().try_get_matches_from(arguments).map_err(|error| error.to_string())?;
        let options = title_options(matches.subcommand_matches("fetch").unwrap());
        let mut query = Query::default();
        add_titles(&mut query, &options).map_err(|error| error.to_string())?;
        Ok(query)
    }

    #[test]
    fn stats_belong_to_the_scid_before_them() {
        let typed = ["--scid", "a", "--stats", "X,Y", "--scid", "b", "--stats", "Z", "--stats", "W"];
        let query = titles(&typed).unwrap();
        let read: Vec<_> = query.columns().iter().map(|key| format!("{}/{}", key.scid, key.stat)).collect();
        assert_eq!(read, ["a/X", "a/Y", "b/Z", "b/W"]);
    }

    #[test]
    fn what_cannot_be_paired_is_refused_with_the_reason() {
        assert!(titles(&["--stats", "X"]).unwrap_err().contains("after the --scid"));
        assert!(titles(&["--scid", "a", "--scid", "b", "--stats", "X"]).unwrap_err().contains("--scid a"));
        assert!(titles(&["--scid", "a b", "--stats", "X"]).unwrap_err().contains("space"));
    }
}
