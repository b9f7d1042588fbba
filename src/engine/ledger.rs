//! The books of a fetch: which row is which player, and whose cells have ended.
//!
//! Each request asks all columns for its users, so cells end row by row.

use std::collections::HashMap;

use crate::model::Xuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowStage {
    Pending,
    Ended,
    /// The same player as another row: nothing is asked for it.
    Duplicate {
        of: usize,
    },
}

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
    /// it. Its cells must be asked for again if they have ended already.
    Replaces { later: usize, repointed: Vec<usize>, ask_again: bool },
}

#[derive(Debug)]
pub(super) struct Ledger {
    stages: Vec<RowStage>,
    owners: HashMap<Xuid, usize>,
    duplicates: usize,
    ended: usize,
}

impl Ledger {
    pub(super) fn new(rows: usize) -> Self {
        Self { stages: vec![RowStage::Pending; rows], owners: HashMap::new(), duplicates: 0, ended: 0 }
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
        let ask_again = self.stages[owner] == RowStage::Ended;
        let mut repointed = Vec::new();
        for (other, stage) in self.stages.iter_mut().enumerate() {
            if *stage == (RowStage::Duplicate { of: owner }) {
                *stage = RowStage::Duplicate { of: row };
                repointed.push(other);
            }
        }
        self.make_duplicate(owner, row);
        self.owners.insert(xuid, row);
        Claim::Replaces { later: owner, repointed, ask_again }
    }

    /// The row that shows this player.
    pub(super) fn row_of(&self, xuid: Xuid) -> Option<usize> {
        self.owners.get(&xuid).copied()
    }

    /// Notes that all cells of `row` ended.
    pub(super) fn end(&mut self, row: usize) {
        if self.stages[row] == RowStage::Pending {
            self.stages[row] = RowStage::Ended;
            self.ended += 1;
        }
    }

    /// Rows whose cells have not ended.
    pub(super) fn pending(&self) -> Vec<usize> {
        (0..self.stages.len()).filter(|row| self.stages[*row] == RowStage::Pending).collect()
    }

    /// How many rows have cells, and of how many they have ended.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.stages.len() - self.duplicates, self.ended)
    }

    fn make_duplicate(&mut self, row: usize, of: usize) {
        if self.stages[row] == RowStage::Ended {
            self.ended -= 1;
        }
        self.stages[row] = RowStage::Duplicate { of };
        self.duplicates += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_row_shows_a_player_whoever_is_found_first() {
        let mut ledger = Ledger::new(4);
        assert_eq!(ledger.claim(2, Xuid(7)), Claim::New);
        assert_eq!(ledger.claim(2, Xuid(7)), Claim::Known);
        assert_eq!(ledger.claim(3, Xuid(7)), Claim::DuplicateOf(2));
        ledger.end(2);
        let replaced = Claim::Replaces { later: 2, repointed: vec![3], ask_again: true };
        assert_eq!(ledger.claim(0, Xuid(7)), replaced);
        assert_eq!(ledger.row_of(Xuid(7)), Some(0));
        assert_eq!(ledger.pending(), [0, 1]);
        assert_eq!(ledger.counts(), (2, 0));
    }

    #[test]
    fn a_row_ends_once() {
        let mut ledger = Ledger::new(2);
        ledger.claim(0, Xuid(1));
        ledger.end(0);
        ledger.end(0);
        assert_eq!(ledger.counts(), (2, 1));
        assert_eq!(ledger.pending(), [1]);
    }
}
