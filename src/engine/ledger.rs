//! The books of a fetch: which row is which player, and which of its cells are still to end.

use std::collections::HashMap;

use super::narrow::ColumnSet;
use crate::model::Xuid;

/// What became of a row when its player was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// The first of its player: its stats are to be asked for.
    New,
    /// The row already stands for this player.
    Known,
    /// An earlier row shows the player.
    DuplicateOf(usize),
    /// A later row showed the player so far and gives way; rows in `repointed` were duplicates of
    /// it. `ask_again`: some of what was asked for it has ended, and has to be asked for this one.
    Replaces { later: usize, repointed: Vec<usize>, ask_again: bool },
}

#[derive(Debug)]
pub(super) struct Ledger {
    columns: usize,
    /// A bit for each cell that is still to end, row after row.
    pending: Vec<u64>,
    /// How many cells of each row were asked for, and how many of those are pending.
    rows: Vec<RowCount>,
    owners: HashMap<Xuid, usize>,
    duplicate_of: HashMap<usize, usize>,
    asked: usize,
    left: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct RowCount {
    asked: u32,
    left: u32,
}

impl Ledger {
    /// Of rows of which nothing is asked yet.
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        Self {
            columns,
            pending: vec![0; (rows * columns).div_ceil(64)],
            rows: vec![RowCount::default(); rows],
            owners: HashMap::new(),
            duplicate_of: HashMap::new(),
            asked: 0,
            left: 0,
        }
    }

    /// Notes that cells are asked for.
    pub(super) fn ask(&mut self, row: usize, columns: &[usize]) {
        for column in columns {
            if self.set(row, *column, true) {
                self.rows[row].asked += 1;
                self.asked += 1;
            }
        }
    }

    /// Notes that a cell that has ended is asked for once more.
    pub(super) fn reopen(&mut self, row: usize, column: usize) {
        if !self.duplicate_of.contains_key(&row) {
            self.set(row, column, true);
        }
    }

    /// Notes that a cell ended.
    pub(super) fn end(&mut self, row: usize, column: usize) {
        self.set(row, column, false);
    }

    fn set(&mut self, row: usize, column: usize, pending: bool) -> bool {
        let cell = row * self.columns + column;
        let (word, bit) = (cell / 64, 1 << (cell % 64));
        if (self.pending[word] & bit != 0) == pending {
            return false;
        }
        self.pending[word] ^= bit;
        let count = &mut self.rows[row].left;
        if pending {
            *count += 1;
            self.left += 1;
        } else {
            *count -= 1;
            self.left -= 1;
        }
        true
    }

    fn is_pending(&self, row: usize, column: usize) -> bool {
        let cell = row * self.columns + column;
        self.pending[cell / 64] & (1 << (cell % 64)) != 0
    }

    /// Notes that `row` is the player `xuid`. Of several rows for one player the earliest counts.
    pub(super) fn claim(&mut self, row: usize, xuid: Xuid) -> Claim {
        let Some(owner) = self.owners.get(&xuid).copied() else {
            self.owners.insert(xuid, row);
            return Claim::New;
        };
        if owner == row {
            return Claim::Known;
        }
        if owner < row {
            self.make_duplicate(row, owner);
            return Claim::DuplicateOf(owner);
        }
        let RowCount { asked, left } = self.rows[owner];
        let ask_again = left < asked || asked != self.rows[row].asked;
        let mut repointed: Vec<usize> =
            self.duplicate_of.iter().filter(|(_, of)| **of == owner).map(|(other, _)| *other).collect();
        repointed.sort_unstable();
        for other in &repointed {
            self.duplicate_of.insert(*other, row);
        }
        self.make_duplicate(owner, row);
        self.owners.insert(xuid, row);
        Claim::Replaces { later: owner, repointed, ask_again }
    }

    /// The row that shows this player.
    pub(super) fn row_of(&self, xuid: Xuid) -> Option<usize> {
        self.owners.get(&xuid).copied()
    }

    /// The cells of a row that are still to end.
    pub(super) fn pending_of(&self, row: usize) -> Vec<usize> {
        if self.rows[row].left == 0 {
            return Vec::new();
        }
        (0..self.columns).filter(|column| self.is_pending(row, *column)).collect()
    }

    /// All cells that are still to end, as rows that miss the same columns.
    pub(super) fn pending(&self) -> Vec<(Vec<usize>, ColumnSet)> {
        let mut places: HashMap<Vec<usize>, usize> = HashMap::new();
        let mut blocks: Vec<(Vec<usize>, ColumnSet)> = Vec::new();
        for row in (0..self.rows.len()).filter(|row| self.rows[*row].left > 0) {
            let columns = self.pending_of(row);
            let place = *places.entry(columns).or_insert_with_key(|columns| {
                blocks.push((Vec::new(), columns.as_slice().into()));
                blocks.len() - 1
            });
            blocks[place].0.push(row);
        }
        blocks
    }

    /// How many cells are asked for, and how many of those have ended.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.asked, self.asked - self.left)
    }

    fn make_duplicate(&mut self, row: usize, of: usize) {
        for column in self.pending_of(row) {
            self.set(row, column, false);
        }
        self.asked -= self.rows[row].asked as usize;
        self.rows[row] = RowCount::default();
        self.duplicate_of.insert(row, of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(rows: usize, columns: usize) -> Ledger {
        let mut ledger = Ledger::new(rows, columns);
        let all: Vec<usize> = (0..columns).collect();
        for row in 0..rows {
            ledger.ask(row, &all);
        }
        ledger
    }

    #[test]
    fn the_earliest_row_shows_a_player_whoever_is_found_first() {
        let mut ledger = ledger(4, 2);
        assert_eq!(ledger.claim(2, Xuid(7)), Claim::New);
        assert_eq!(ledger.claim(2, Xuid(7)), Claim::Known);
        assert_eq!(ledger.claim(3, Xuid(7)), Claim::DuplicateOf(2));
        ledger.end(2, 1);
        let replaced = Claim::Replaces { later: 2, repointed: vec![3], ask_again: true };
        assert_eq!(ledger.claim(0, Xuid(7)), replaced);
        assert_eq!(ledger.row_of(Xuid(7)), Some(0));
        assert_eq!(ledger.pending(), [(vec![0, 1], [0, 1].as_slice().into())]);
        assert_eq!(ledger.counts(), (4, 0));
    }

    #[test]
    fn a_cell_ends_once_and_may_be_asked_again() {
        let mut ledger = ledger(70, 3);
        ledger.end(69, 2);
        ledger.end(69, 2);
        assert_eq!(ledger.counts(), (210, 1));
        assert_eq!(ledger.pending_of(69), [0, 1]);
        ledger.reopen(69, 2);
        assert_eq!(ledger.counts(), (210, 0));
        assert_eq!(ledger.pending().len(), 1);
    }
}
