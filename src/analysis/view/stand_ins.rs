//! What a player, or what stands for many, has in a column.

use super::{Shows, View, ViewColumn};
use crate::{
    analysis::Figure,
    model::{Cohort, PlayerRef, Reference, RowState},
};

impl View {
    /// The row of the table of a player: asked for as written here, or the same as far as names and
    /// XUIDs tell. `None` when the table lacks the player.
    #[must_use]
    pub fn row_of(&self, player: &PlayerRef) -> Option<u32> {
        let rows = self.table().rows();
        let is_exact = |row: &&u32| rows[**row as usize].asked == *player;
        let shown = &self.0.context.shown;
        if let Some(row) = shown.iter().find(is_exact) {
            return Some(*row);
        }
        let is_known = |row: &&u32| match (&rows[**row as usize].state, player) {
            (RowState::Known(known), PlayerRef::Xuid(xuid)) => known.xuid == *xuid,
            (RowState::Known(known), PlayerRef::Gamertag(name)) => {
                known.gamertag.as_ref().is_some_and(|gamertag| gamertag.matches(name))
            }
            _ => false,
        };
        shown.iter().find(is_known).copied()
    }

    /// How many players a cohort has; `None` when there is no such group.
    #[must_use]
    pub fn count(&self, cohort: &Cohort) -> Option<usize> {
        self.0.context.cohort(cohort).map(<[u32]>::len)
    }

    /// The number that a column of values shows for a row, exact where it is as it was sent. `None`
    /// where there is none, for other columns, and until [`prepare`](Self::prepare) was called.
    ///
    /// # Panics
    /// When the table has no such row.
    #[must_use]
    pub fn figure(&self, row: u32, column: usize) -> Option<Figure> {
        let ViewColumn { origin, shows: Shows::Value, .. } = self.all_columns().get(column)? else {
            return None;
        };
        let context = &self.0.context;
        self.0.lazies.known_values(*origin)?.figure(context, *origin, row)
    }

    /// The same for a player, or for what stands for many, over the numbers that the column shows.
    #[must_use]
    pub fn figure_of(&self, who: &Reference, column: usize) -> Option<Figure> {
        if let Reference::Player(player) = who {
            return self.figure(self.row_of(player)?, column);
        }
        let ViewColumn { origin, shows: Shows::Value, .. } = self.all_columns().get(column)? else {
            return None;
        };
        let context = &self.0.context;
        let cells = self.0.lazies.known_values(*origin)?.cells(context.cells(*origin));
        context.figure_of(who, cells.numbers, |_| None)
    }
}
