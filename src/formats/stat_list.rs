//! Stat names, typed or pasted.

use super::lines::{cells, is_invisible, lines, separates_entries};
use crate::model::{IdError, StatName};

/// What stands around names that were copied out of JSON, Markdown or prose.
const WRAPPING: [char; 9] = ['"', '\'', '`', '“', '”', '[', ']', '‘', '’'];

/// Takes a text apart into stat names: separated by commas, line ends, tabs, semicolons or spaces,
/// with quotes and brackets around them dropped, none twice. What stands between double quotes is
/// one name. What cannot be a stat's name comes with the reason.
#[must_use]
pub fn split(text: &str) -> Vec<Result<StatName, (String, IdError)>> {
    let mut seen = std::collections::HashSet::new();
    let mut names = Vec::new();
    for line in lines(text) {
        for cell in cells(line, |c| separates_entries(c) || is_invisible(c)) {
            let name = cell.trim_matches(|c| WRAPPING.contains(&c) || is_invisible(c));
            if name.is_empty() || matches!(name, "-" | "*" | "•") || !seen.insert(name.to_owned()) {
                continue;
            }
            names.push(name.parse().map_err(|error| (name.to_owned(), error)));
        }
    }
    names
}
