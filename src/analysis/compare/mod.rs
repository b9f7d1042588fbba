//! Some players, and what stands for many, held against each other stat by stat.
//!
//! It reads a [`View`], so that filter, normalisation and groups are those of the grid, and says of
//! each number how far it is from the reference, where it stands among the players shown, and whether
//! it is the best. Nothing is drawn or written here. What has no number is never the best, is held
//! against nothing and enters nothing. Start with [`compare`], meant for a worker where the table is
//! large; `line.rs` has what is said of one stat.

mod line;
#[cfg(test)]
mod tests;

use super::{Figure, Stop, Stopped, View, view::Shows};
use crate::model::{Better, Compare, Reference};

pub use line::{Entry, Line, Verdict};

/// What a comparison comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// For each of those compared its row in the table; `None` for what stands for many, and for a
    /// player whom the table lacks.
    pub rows: Vec<Option<u32>>,
    /// The place among them of what the others are held against; `None` when it is none of them.
    pub reference: Option<usize>,
    /// A line for each column of values that is shown.
    pub lines: Vec<Line>,
    /// For each of those compared in how many of the lines it is the best.
    pub wins: Vec<usize>,
    /// In how many lines there is a best to be: of a stat with a direction, with two numbers to choose
    /// from.
    pub judged: usize,
    /// The places of the lines in which two numbers can be told apart, those where they are farthest
    /// apart first.
    pub apart: Vec<usize>,
    /// How many players z-scores and percentiles are among.
    pub among: usize,
}

/// Compares. `better` tells for each of [`View::columns`] which direction is good.
///
/// # Errors
/// When `stop` says so.
pub fn compare(view: &View, asked: &Compare, better: &[Better], stop: &Stop) -> Result<Compared, Stopped> {
    let columns: Vec<usize> =
        (0..view.columns().len()).filter(|column| view.columns()[*column].shows == Shows::Value).collect();
    view.prepare(columns.iter().copied(), stop)?;
    let seats: Vec<Seat<'_>> =
        asked.contestants.iter().map(|contestant| Seat::of(view, &contestant.who)).collect();
    let held = asked.reference.as_ref().unwrap_or(&view.input().settings.reference);
    let held = Seat::of(view, held);
    let reference = seats.iter().position(|seat| seat.is_same(&held));
    let mut lines = Vec::with_capacity(columns.len());
    for column in columns {
        stop.check()?;
        let better = better.get(column).copied().unwrap_or_default();
        let figures: Vec<Option<Figure>> = seats.iter().map(|seat| seat.figure(view, column)).collect();
        let contends: Vec<bool> = seats.iter().map(|seat| !seat.who.is_yardstick()).collect();
        let against = line::Against { held: held.figure(view, column), place: reference };
        let numbers = view.numbers(column).unwrap_or_default();
        let among = line::Among::of(numbers, view.order());
        lines.push(Line::of(column, better, &figures, &contends, &against, &among));
    }
    let wins = (0..seats.len()).map(|place| lines.iter().filter(|line| line.entries[place].is_best).count());
    Ok(Compared {
        wins: wins.collect(),
        judged: lines.iter().filter(|line| line.is_judged).count(),
        apart: apart(&lines),
        rows: seats.iter().map(|seat| seat.row).collect(),
        among: view.order().len(),
        reference,
        lines,
    })
}

impl Compared {
    /// How far out the corners of one of those compared are on a radar of these lines: from 0 to 1 by
    /// percentile, 1 the best. `None` without a number.
    #[must_use]
    pub fn corners(&self, place: usize, lines: &[usize]) -> Vec<Option<f64>> {
        let corner = |line: &Line| {
            let share = line.entries.get(place)?.percentile? / 100.0;
            Some(if line.better == Better::Lower { 1.0 - share } else { share })
        };
        lines.iter().map(|line| self.lines.get(*line).and_then(corner)).collect()
    }
}

/// The lines by how far apart their numbers are, the farthest first; of those equally far, in order.
fn apart(lines: &[Line]) -> Vec<usize> {
    let spread = |line: &usize| lines[*line].spread.unwrap_or_default();
    let mut places: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].spread.is_some()).collect();
    places.sort_by(|left, right| spread(right).total_cmp(&spread(left)));
    places
}

/// One of those compared, found in the table.
struct Seat<'a> {
    who: &'a Reference,
    row: Option<u32>,
}

impl<'a> Seat<'a> {
    fn of(view: &View, who: &'a Reference) -> Self {
        let row = match who {
            Reference::Player(player) => view.row_of(player),
            _ => None,
        };
        Self { who, row }
    }

    fn figure(&self, view: &View, column: usize) -> Option<Figure> {
        match self.who {
            Reference::Player(_) => view.figure(self.row?, column),
            who => view.figure_of(who, column),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.who == other.who || (self.row.is_some() && self.row == other.row)
    }
}
