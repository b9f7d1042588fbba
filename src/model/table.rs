//! The answer to a query: a row for each player, a column for each stat.

use std::{borrow::Cow, sync::Arc};

use super::{Cell, Column, ColumnKey, ExchangeId, Failure, Player, PlayerRef};

/// What became of a player that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowState {
    /// Their XUID is being looked up.
    LookingUp,
    /// Found.
    Known(Player),
    /// Not found, or the look-up failed: all their cells carry the same failure.
    Failed(Arc<Failure>),
    /// The same player as in the given earlier row, written differently: not shown, not asked.
    DuplicateOf(usize),
}

/// A player that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayerRow {
    /// As asked.
    pub asked: PlayerRef,
    /// What became of it.
    pub state: RowState,
}

impl PlayerRow {
    /// The player, once found.
    #[must_use]
    pub fn player(&self) -> Option<&Player> {
        match &self.state {
            RowState::Known(player) => Some(player),
            _ => None,
        }
    }

    /// The name to show: the gamertag that the service returned, else what was asked for.
    #[must_use]
    pub fn name(&self) -> String {
        self.shown_name().into_owned()
    }

    /// The same, borrowed where it is a gamertag.
    #[must_use]
    pub fn shown_name(&self) -> Cow<'_, str> {
        match (self.player().and_then(|player| player.gamertag.as_ref()), &self.asked) {
            (Some(gamertag), _) | (None, PlayerRef::Gamertag(gamertag)) => gamertag.as_str().into(),
            (None, PlayerRef::Xuid(xuid)) => xuid.to_string().into(),
        }
    }
}

/// How many cells are in which state. Cells not asked for are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cells with a value.
    pub values: usize,
    /// Cells that were answered without one.
    pub no_value: usize,
    /// Cells that could not be read.
    pub failed: usize,
    /// Cells whose answer is still to come.
    pub pending: usize,
}

/// Players × stats, each cell accounted for. What grid, charts and exports all read.
#[derive(Clone, Debug, Default)]
pub struct StatTable {
    rows: Vec<PlayerRow>,
    columns: Vec<Column>,
}

/// Cells for some rows of some columns, on their way into a [`StatTable`].
#[derive(Clone, Debug)]
pub struct CellBlock {
    /// The table's rows that it fills.
    pub rows: Vec<usize>,
    /// The table's columns that it fills, each with as many cells as `rows` has entries.
    pub columns: Vec<(usize, Column)>,
    /// The request whose answer held them, where they come from one.
    pub exchange: Option<ExchangeId>,
}

impl StatTable {
    /// A table in which every cell is pending.
    #[must_use]
    pub fn pending(players: Vec<PlayerRef>, columns: Vec<ColumnKey>) -> Self {
        let rows: Vec<PlayerRow> =
            players.into_iter().map(|asked| PlayerRow { asked, state: RowState::LookingUp }).collect();
        let mut table =
            Self { columns: columns.into_iter().map(|key| Column::new(key, rows.len())).collect(), rows };
        for column in &mut table.columns {
            for row in 0..column.len() {
                column.set_pending(row);
            }
        }
        table
    }

    /// A table from rows and columns read back from a file.
    ///
    /// `None` when a column has not as many cells as there are rows.
    #[must_use]
    pub fn from_parts(rows: Vec<PlayerRow>, columns: Vec<Column>) -> Option<Self> {
        columns.iter().all(|column| column.len() == rows.len()).then_some(Self { rows, columns })
    }

    /// The players, in the order in which they were asked for.
    #[must_use]
    pub fn rows(&self) -> &[PlayerRow] {
        &self.rows
    }

    /// The stats, in the order in which they were asked for.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The place of the column with this key.
    #[must_use]
    pub fn column_index(&self, key: &ColumnKey) -> Option<usize> {
        self.columns.iter().position(|column| column.key() == key)
    }

    /// One cell.
    ///
    /// # Panics
    /// When `row` or `column` is not in the table.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        self.columns[column].cell(row)
    }

    /// Notes who the player in `row` is.
    pub fn set_player(&mut self, row: usize, player: Player) {
        self.rows[row].state = RowState::Known(player);
    }

    /// Notes that the player in `row` could not be found: all their cells fail.
    pub fn fail_player(&mut self, row: usize, failure: &Arc<Failure>) {
        self.rows[row].state = RowState::Failed(failure.clone());
        for column in &mut self.columns {
            column.set_failed(row, failure);
        }
    }

    /// Notes that `row` is the same player as `of`: it is shown and counted no more.
    pub fn set_duplicate(&mut self, row: usize, of: usize) {
        self.rows[row].state = RowState::DuplicateOf(of);
        for column in &mut self.columns {
            let blank = Column::new(column.key().clone(), 1);
            column.copy_cell(row, &blank, 0);
        }
    }

    /// Puts a block of cells in place.
    pub fn apply(&mut self, block: &CellBlock) {
        for (index, cells) in &block.columns {
            self.columns[*index].copy_cells(&block.rows, cells);
        }
    }

    /// Ends every cell that is still pending, and every look-up, with `failure`.
    pub fn fail_pending(&mut self, failure: &Arc<Failure>) {
        for row in &mut self.rows {
            if row.state == RowState::LookingUp {
                row.state = RowState::Failed(failure.clone());
            }
        }
        for column in &mut self.columns {
            for row in 0..column.len() {
                if column.is_pending(row) {
                    column.set_failed(row, failure);
                }
            }
        }
    }

    /// Counts all cells by state. Takes time in proportion to their number.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for column in &self.columns {
            for row in 0..column.len() {
                match column.cell(row) {
                    Cell::NotAsked => {}
                    Cell::Pending => counts.pending += 1,
                    Cell::Value(_) => counts.values += 1,
                    Cell::NoValue => counts.no_value += 1,
                    Cell::Failed(_) => counts.failed += 1,
                }
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Gamertag, Remedy, Scid, StatName, WireForm, WireValue, Xuid};

    fn key(stat: &str) -> ColumnKey {
        ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(stat) }
    }

    fn table() -> StatTable {
        let players = [1, 2, 3].map(|xuid| PlayerRef::Xuid(Xuid(xuid)));
        StatTable::pending(players.to_vec(), vec![key("Kills"), key("Deaths")])
    }

    fn failure() -> Arc<Failure> {
        Arc::new(Failure {
            status: None,
            reason: "Cancelled".into(),
            causes: Vec::new(),
            advice: "Fetch again".into(),
            detail: None,
            remedy: Remedy::Retry,
        })
    }

    #[test]
    fn every_cell_is_accounted_for() {
        let mut table = table();
        assert_eq!(table.counts(), Counts { pending: 6, ..Counts::default() });
        let mut cells = Column::new(key("Deaths"), 2);
        cells.set_value(0, WireValue { text: "7", form: WireForm::Number, stat_type: "Integer" });
        cells.set_no_value(1);
        table.apply(&CellBlock { rows: vec![2, 0], columns: vec![(1, cells)], exchange: None });
        table.set_duplicate(1, 0);
        table.fail_pending(&failure());
        assert_eq!(table.counts(), Counts { values: 1, no_value: 1, failed: 2, pending: 0 });
        assert!(matches!(table.cell(2, 1), Cell::Value(value) if value.text == "7"));
        assert!(matches!(table.cell(1, 1), Cell::NotAsked));
    }

    #[test]
    fn a_row_is_named_by_what_the_service_returned() {
        let mut table = table();
        assert_eq!(table.rows()[0].name(), "1");
        let gamertag = Some(Gamertag::from_wire("TigerShark"));
        table.set_player(0, Player { gamertag, ..Player::nameless(Xuid(1)) });
        assert_eq!(table.rows()[0].name(), "TigerShark");
        table.fail_player(1, &failure());
        assert!(matches!(table.cell(1, 0), Cell::Failed(_)));
    }
}
