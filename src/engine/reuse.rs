//! What is known from before and need not be asked again.

use std::collections::{HashMap, HashSet};

use super::{Ask, Reuse, narrow::ColumnSet, plan::Columns};
use crate::model::{Cell, CellBlock, Column, ColumnKey, Player, PlayerRef, RowState, StatTable, Xuid};

/// What is kept of a table for new rows and columns, and what is left to be asked.
pub(super) struct Known {
    reuse: Option<Reuse>,
    /// For each row its place in the table.
    rows: Vec<Option<usize>>,
    /// For each column its place in the table.
    columns: Vec<Option<usize>>,
    /// What is asked of a row: a place in `sets`.
    needs: Vec<Option<u32>>,
    sets: Vec<ColumnSet>,
}

impl Known {
    pub(super) fn new(players: &[PlayerRef], columns: &[ColumnKey], reuse: Option<&Reuse>) -> Self {
        let Some(reuse) = reuse.cloned() else {
            let all: ColumnSet = (0..columns.len()).collect();
            let sets = if all.is_empty() { Vec::new() } else { vec![all] };
            let need = (!sets.is_empty()).then_some(0);
            return Self {
                reuse: None,
                rows: vec![None; players.len()],
                columns: vec![None; columns.len()],
                needs: vec![need; players.len()],
                sets,
            };
        };
        let table = reuse.table.clone();
        let rows = places(players, &table);
        let known_columns: HashMap<&ColumnKey, usize> =
            table.columns().iter().enumerate().map(|(place, column)| (column.key(), place)).collect();
        let columns = columns.iter().map(|key| known_columns.get(key).copied()).collect();
        let mut known = Self { reuse: Some(reuse), rows, columns, needs: Vec::new(), sets: Vec::new() };
        let mut sets: HashMap<ColumnSet, u32> = HashMap::new();
        for row in 0..players.len() {
            let set: ColumnSet = (0..known.columns.len()).filter(|column| known.is_asked(row, *column)).collect();
            let need = (!set.is_empty()).then(|| {
                *sets.entry(set.clone()).or_insert_with(|| {
                    known.sets.push(set);
                    known.sets.len() as u32 - 1
                })
            });
            known.needs.push(need);
        }
        known
    }

    /// What is asked of a row, as a number for [`set`](Self::set).
    pub(super) fn needs(&self, row: usize) -> Option<usize> {
        self.needs[row].map(|set| set as usize)
    }

    pub(super) fn set(&self, number: usize) -> &ColumnSet {
        &self.sets[number]
    }

    /// Who the player of a row was found to be.
    pub(super) fn player(&self, row: usize) -> Option<&Player> {
        self.row(row)?.player()
    }

    /// Whether nothing is asked of a row, not even who it is.
    pub(super) fn is_left_out(&self, row: usize) -> bool {
        self.reuse.is_some() && self.needs[row].is_none()
    }

    fn row(&self, row: usize) -> Option<&crate::model::PlayerRow> {
        let reuse = self.reuse.as_ref()?;
        Some(&reuse.table.rows()[self.rows[row]?])
    }

    fn cell(&self, row: usize, column: usize) -> Option<Cell<'_>> {
        let reuse = self.reuse.as_ref()?;
        let cell = reuse.table.cell(self.rows[row]?, self.columns[column]?);
        Some(cell)
    }

    fn is_asked(&self, row: usize, column: usize) -> bool {
        let ask = self.reuse.as_ref().map(|reuse| reuse.ask);
        match (self.cell(row, column), ask) {
            (Some(Cell::Value(_) | Cell::NoValue), _) => false,
            (Some(Cell::Failed(_)), _) => true,
            (Some(Cell::NotAsked | Cell::Pending) | None, ask) => ask != Some(Ask::Failed),
        }
    }

    /// The table to begin with: what is kept is there, the rest pending or not asked for.
    pub(super) fn table(&self, players: Vec<PlayerRef>, keys: Vec<ColumnKey>) -> StatTable {
        let columns = Columns::new(keys.clone());
        let mut table = StatTable::pending(players, keys);
        if self.reuse.is_none() {
            return table;
        }
        if let Some(block) = self.kept(&columns) {
            table.apply(&block);
        }
        for row in 0..self.rows.len() {
            if let Some(player) = self.player(row) {
                table.set_player(row, player.clone());
            }
        }
        table
    }

    /// The cells that are kept, with those that are asked for still pending.
    pub(super) fn kept(&self, columns: &Columns) -> Option<CellBlock> {
        let reuse = self.reuse.as_ref()?;
        let mut taken = HashSet::new();
        // A second row of one player turns out to be that, and shows nothing.
        let is_second: Vec<bool> =
            self.rows.iter().map(|place| place.is_some_and(|place| !taken.insert(place))).collect();
        let cells = |column: usize| {
            let mut cells = Column::new(columns.keys()[column].clone(), self.rows.len());
            for (row, is_second) in is_second.iter().enumerate() {
                if *is_second || self.is_asked(row, column) {
                    cells.set_pending(row);
                } else if let (Some(from), Some(place)) = (self.rows[row], self.columns[column]) {
                    cells.copy_cell(row, &reuse.table.columns()[place], from);
                }
            }
            (column, cells)
        };
        Some(CellBlock {
            rows: (0..self.rows.len()).collect(),
            columns: (0..columns.len()).map(cells).collect(),
            exchange: None,
        })
    }
}

/// Where each player stands in a table: under the same XUID, or the same name.
fn places(players: &[PlayerRef], table: &StatTable) -> Vec<Option<usize>> {
    let mut by_xuid: HashMap<Xuid, usize> = HashMap::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (place, row) in table.rows().iter().enumerate() {
        let shown = match row.state {
            RowState::DuplicateOf(of) => of,
            _ => place,
        };
        if let Some(player) = row.player() {
            by_xuid.entry(player.xuid).or_insert(place);
        }
        match &row.asked {
            PlayerRef::Xuid(xuid) => by_xuid.entry(*xuid).or_insert(shown),
            PlayerRef::Gamertag(gamertag) => by_name.entry(gamertag.folded()).or_insert(shown),
        };
    }
    players
        .iter()
        .map(|player| match player {
            PlayerRef::Xuid(xuid) => by_xuid.get(xuid).copied(),
            PlayerRef::Gamertag(gamertag) => by_name.get(&gamertag.folded()).copied(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        engine::live::unfinished,
        model::{Gamertag, Scid, StatName, WireForm, WireValue},
    };

    fn key(stat: &str) -> ColumnKey {
        ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(stat) }
    }

    fn xuid(xuid: u64) -> PlayerRef {
        PlayerRef::Xuid(Xuid(xuid))
    }

    /// One row with a value and no value, one that failed in part, one never answered.
    fn before() -> Arc<StatTable> {
        let mut table =
            StatTable::pending(vec![xuid(1), xuid(2), xuid(3)], vec![key("Kills"), key("Wins")]);
        let mut cells = Column::new(key("Kills"), 2);
        cells.set_value(0, WireValue { text: "7", form: WireForm::Number, stat_type: "Integer" });
        cells.set_failed(1, &unfinished());
        let mut wins = Column::new(key("Wins"), 2);
        wins.set_no_value(0);
        wins.set_no_value(1);
        table.apply(&CellBlock { rows: vec![0, 1], columns: vec![(0, cells), (1, wins)], exchange: None });
        let gamertag = Some(Gamertag::from_wire("TigerShark"));
        table.set_player(0, Player { gamertag, ..Player::nameless(Xuid(1)) });
        Arc::new(table)
    }

    fn known(players: &[PlayerRef], columns: &[ColumnKey], ask: Ask) -> Known {
        Known::new(players, columns, Some(&Reuse { table: before(), ask }))
    }

    fn asked(known: &Known, row: usize) -> Vec<usize> {
        known.needs(row).map_or_else(Vec::new, |set| known.set(set).to_vec())
    }

    #[test]
    fn what_failed_and_what_is_missing_is_asked_as_told() {
        let players = [xuid(4), xuid(3), xuid(2), xuid(1)];
        let columns = [key("New"), key("Wins"), key("Kills")];
        let missing = known(&players, &columns, Ask::Missing);
        let all: Vec<Vec<usize>> = (0..4).map(|row| asked(&missing, row)).collect();
        assert_eq!(all, [vec![0, 1, 2], vec![0, 1, 2], vec![0, 2], vec![0]]);
        let failed = known(&players, &columns, Ask::Failed);
        let all: Vec<Vec<usize>> = (0..4).map(|row| asked(&failed, row)).collect();
        assert_eq!(all, [vec![], vec![], vec![2], vec![]]);
        assert!(failed.is_left_out(0) && !failed.is_left_out(2));
    }

    #[test]
    fn what_is_kept_is_there_from_the_beginning() {
        let (players, columns) = ([xuid(2), xuid(1)], [key("Wins"), key("Kills")]);
        let known = known(&players, &columns, Ask::Missing);
        let table = known.table(players.to_vec(), columns.to_vec());
        assert!(matches!(table.cell(1, 1), Cell::Value(value) if value.text == "7"));
        assert!(matches!(table.cell(0, 0), Cell::NoValue));
        assert!(matches!(table.cell(0, 1), Cell::Pending));
        assert_eq!(table.rows()[1].name(), "TigerShark");
    }

    #[test]
    fn without_anything_known_everything_is_asked() {
        let known = Known::new(&[xuid(1), xuid(2)], &[key("Kills")], None);
        assert_eq!((asked(&known, 0), asked(&known, 1)), (vec![0], vec![0]));
        let nothing = Known::new(&[xuid(1)], &[], None);
        assert_eq!(nothing.needs(0), None);
    }
}
