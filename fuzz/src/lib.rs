//! What the targets share. Each target feeds one reader of Statlens with whatever libFuzzer makes up,
//! and holds it to a rule that means something beside never panicking. `scripts/fuzz` runs them.

use std::fmt::Debug;

use statlens::model::StatName;

/// A token that is worth nothing, and so long that Statlens tells it from a name.
pub const TOKEN: &str = "XBL3.0 x=4711;\
    Sec1retSec1retSec1retSec1retSec1retSec1retSec1retSec1ret.Sec1retSec1retSec1retSec1retSec1retSec1ret.\
    Sec1retSec1retSec1retSec1retSec1retSec1retSec1retSec1ret.Sec1retSec1retSec1retSec1retSec1retSec1ret.\
    Sec1retSec1ret";

/// A part of it that stands in no input by chance.
const SECRET: &str = "Sec1ret";

/// The input as text, with the token in place of its first characters 1. `None` when the input holds
/// the secret itself, be it with control characters in between, which headers are sent without.
#[must_use]
pub fn text_with_token(input: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(input);
    let printed: String = text.chars().filter(|c| !c.is_control()).collect();
    (!printed.contains(SECRET)).then(|| text.replacen('\u{1}', TOKEN, 3))
}

/// Fails when what a reader gave repeats any of the token.
///
/// # Panics
/// Then.
pub fn assert_hides_token(given: &impl Debug) {
    let given = format!("{given:?}");
    assert!(!given.contains(SECRET), "the token is told: {given}");
}

/// Whether a text that came out of JSON can be looked for in it: nothing of it was escaped.
#[must_use]
pub fn has_no_escapes(json: &[u8]) -> bool {
    !json.contains(&b'\\')
}

/// Whether `part` stands in `whole`.
#[must_use]
pub fn contains(whole: &[u8], part: &str) -> bool {
    part.is_empty() || whole.windows(part.len()).any(|window| window == part.as_bytes())
}

/// Names of stats as a list that is read back as the same, quotes around what could be taken apart.
/// `None` when one holds a quote itself.
#[must_use]
pub fn as_list(names: &[StatName]) -> Option<String> {
    let can_be_quoted = names.iter().all(|name| !name.as_str().contains('"'));
    can_be_quoted.then(|| names.iter().map(|name| format!("\"{name}\"\n")).collect())
}
