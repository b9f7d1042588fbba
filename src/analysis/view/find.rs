//! Finding text in the grid, which hides nothing.

use super::{Shown, Shows, View};
use crate::{
    analysis::{Stop, Stopped, display},
    model::Cell,
};

/// More hits than these are not kept.
const MOST_HITS: usize = 1_000_000;
/// Rows that are searched between two looks at whether to stop.
const STRETCH: usize = 4096;

/// Something that was found. Ordered as one reads: player by player, the name before the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The place of the player in [`View::order`].
    pub place: u32,
    /// The column; `None` for the name.
    pub column: Option<u32>,
}

/// All that was found, in the order of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    hits: Vec<Hit>,
    /// Whether there are more than are kept.
    pub more: bool,
}

impl Hits {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Hit] {
        &self.hits
    }

    /// Whether something was found in exactly this place.
    #[must_use]
    pub fn contains(&self, hit: Hit) -> bool {
        self.hits.binary_search(&hit).is_ok()
    }

    /// The first behind a place, or the first of all behind the last: its number from 0, and it.
    #[must_use]
    pub fn next(&self, after: Option<Hit>) -> Option<(usize, Hit)> {
        let at = after.map_or(0, |after| self.hits.partition_point(|hit| *hit <= after));
        let at = if at < self.hits.len() { at } else { 0 };
        Some((at, *self.hits.get(at)?))
    }

    /// The last before a place, or the last of all before the first: its number from 0, and it.
    #[must_use]
    pub fn previous(&self, before: Option<Hit>) -> Option<(usize, Hit)> {
        let at = before.map_or(0, |before| self.hits.partition_point(|hit| *hit < before));
        let at = at.checked_sub(1).or(self.hits.len().checked_sub(1))?;
        Some((at, *self.hits.get(at)?))
    }
}

impl View {
    /// Finds a text in names and values, whatever its case: in values as they were sent and as they
    /// are shown, so that `4531` and `4,531` both find the one that is shown as the latter.
    ///
    /// # Errors
    /// When `stop` says so.
    pub fn find(&self, text: &str, stop: &Stop) -> Result<Hits, Stopped> {
        let wanted = text.trim().to_lowercase();
        let mut hits = Hits::default();
        if wanted.is_empty() {
            return Ok(hits);
        }
        let columns: Vec<usize> =
            (0..self.columns().len()).filter(|at| self.columns()[*at].shows == Shows::Value).collect();
        for (place, row) in (0u32..).zip(self.order()) {
            if (place as usize).is_multiple_of(STRETCH) {
                stop.check()?;
            }
            if hits.hits.len() >= MOST_HITS {
                hits.more = true;
                break;
            }
            if holds(&self.table().rows()[*row as usize].shown_name(), &wanted) {
                hits.hits.push(Hit { place, column: None });
            }
            for column in &columns {
                if self.cell_holds(*row, *column, &wanted) {
                    hits.hits.push(Hit { place, column: Some(*column as u32) });
                }
            }
        }
        Ok(hits)
    }

    fn cell_holds(&self, row: u32, column: usize, wanted: &str) -> bool {
        match self.cell(row, column) {
            Shown::Cell(Cell::Value(value)) => {
                // Writing a number for the eye takes longer than looking at what was sent.
                holds(value.text, wanted) || (!is_plain(wanted) && holds(&display::value(&value), wanted))
            }
            Shown::Number(number) => holds(&display::number(number), wanted),
            _ => false,
        }
    }
}

/// Whether a text can only be in the value as sent: letters and digits are the same there and as it
/// is shown, but for numbers rounded to fewer digits.
fn is_plain(wanted: &str) -> bool {
    wanted.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn holds(text: &str, wanted: &str) -> bool {
    if text.is_ascii() && wanted.is_ascii() {
        let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
        return text.windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted));
    }
    text.to_lowercase().contains(wanted)
}

/// Which of some names of columns a text finds, the best first: those that start with it, those
/// that hold it, those that hold its letters in order.
#[must_use]
pub fn named<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<usize> {
    let wanted = text.trim().to_lowercase();
    let mut found: Vec<(u8, usize)> = names
        .into_iter()
        .enumerate()
        .filter_map(|(place, name)| Some((fit(&name.to_lowercase(), &wanted)?, place)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, place)| place).collect()
}

fn fit(name: &str, wanted: &str) -> Option<u8> {
    if name.starts_with(wanted) {
        return Some(0);
    }
    if name.contains(wanted) {
        return Some(1);
    }
    let mut letters = name.chars();
    wanted.chars().filter(|c| !c.is_whitespace()).all(|c| letters.any(|letter| letter == c)).then_some(2)
}
