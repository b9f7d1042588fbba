//! What people type to name a title: its name, its SCID, its stats.

use super::{lines::is_invisible, stat_list};
use crate::model::{IdError, KnownTitle, Scid, StatName};

/// A title that can be added, and what is odd about it all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleInput {
    /// The title.
    pub title: KnownTitle,
    /// What may be a mistake: a sentence each. No reason to refuse it.
    pub warnings: Vec<String>,
}

/// What is wrong, field by field, to be shown where it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitleInputError {
    /// What is wrong with the SCID: a sentence.
    pub scid: Option<String>,
    /// What is wrong with the stats: a sentence for each that is.
    pub stats: Vec<String>,
}

/// Reads the three fields. The SCID may be pasted with quotes, braces or `scid:` around it; its
/// case is kept. Without a name the title is called by its SCID.
///
/// # Errors
/// What is wrong with each field. Nothing is taken then.
pub fn read(name: &str, scid_text: &str, stats_text: &str) -> Result<TitleInput, TitleInputError> {
    let mut error = TitleInputError::default();
    let scid: Option<Scid> = match bare_scid(scid_text).parse() {
        Ok(scid) => Some(scid),
        Err(IdError::Empty) => {
            error.scid = Some("Enter the title's SCID, such as 7492baca-c1b4-440d-a391-b7ef364a8d40".into());
            None
        }
        Err(reason) => {
            error.scid = Some(format!("This is no SCID: {reason}"));
            None
        }
    };
    let mut stats: Vec<StatName> = Vec::new();
    for read in stat_list::split(stats_text) {
        match read {
            Ok(stat) => stats.push(stat),
            Err((text, reason)) => error.stats.push(format!("“{text}” is no stat's name: {reason}")),
        }
    }
    match scid {
        Some(scid) if error.stats.is_empty() => {
            let warnings = warnings(&scid, &stats);
            let name = match name.trim_matches(is_invisible) {
                "" => scid.short(),
                name => name.to_owned(),
            };
            Ok(TitleInput { title: KnownTitle { name, scid, title_id: None, stats }, warnings })
        }
        _ => Err(error),
    }
}

fn bare_scid(text: &str) -> &str {
    let is_wrapping =
        |c: char| is_invisible(c) || matches!(c, '"' | '\'' | '`' | '“' | '”' | '{' | '}' | ',');
    let bare = text.trim_matches(is_wrapping);
    match bare.get(..4) {
        Some(label) if label.eq_ignore_ascii_case("scid") => {
            bare[4..].trim_start_matches(|c| is_wrapping(c) || matches!(c, ':' | '='))
        }
        _ => bare,
    }
}

fn warnings(scid: &Scid, stats: &[StatName]) -> Vec<String> {
    let odd_scid = (!looks_like_guid(scid.as_str())).then(|| {
        "Most SCIDs look like 7492baca-c1b4-440d-a391-b7ef364a8d40. This one does not: check it".to_owned()
    });
    let odd_stats = stats.iter().filter(|stat| !stat.looks_usual()).map(|stat| {
        format!("“{stat}” is an unusual name for a stat: most have letters, digits, hyphens and dots only")
    });
    odd_scid.into_iter().chain(odd_stats).collect()
}

fn looks_like_guid(text: &str) -> bool {
    let mut parts = text.split('-');
    let fits = [8, 4, 4, 4, 12].into_iter().all(|length| {
        parts.next().is_some_and(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_hexdigit()))
    });
    fits && parts.next().is_none()
}
