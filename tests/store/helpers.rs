//! Tables to store, and how to compare what comes back.

use std::sync::Arc;

use statlens::model::{
    Cell, CellBlock, Column, ColumnKey, Failure, Gamertag, Player, PlayerRef, Remedy, Scid, StatName,
    StatTable, UnixMillis, WireForm, WireValue, Xuid,
};

pub(crate) const XBOX: &str = "xbox";

pub(crate) fn key(scid: &str, stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) }
}

pub(crate) fn xuid(number: u64) -> PlayerRef {
    PlayerRef::Xuid(Xuid(number))
}

pub(crate) fn gamertag(text: &str) -> Gamertag {
    Gamertag::from_wire(text)
}

pub(crate) fn player(number: u64, name: &str) -> Player {
    Player { gamertag: Some(gamertag(name)), gamerscore: Some(7), ..Player::nameless(Xuid(number)) }
}

pub(crate) fn at(moment: i64) -> UnixMillis {
    UnixMillis(moment)
}

pub(crate) fn integer(text: &str) -> WireValue<'_> {
    WireValue { text, form: WireForm::Number, stat_type: "Integer" }
}

pub(crate) fn failure(reason: &str) -> Arc<Failure> {
    Arc::new(Failure {
        status: Some(403),
        reason: reason.to_owned(),
        causes: vec!["The player is private".to_owned(), "Другая песочница".to_owned()],
        advice: "Ask them".to_owned(),
        detail: Some("{\"code\": 28} – 詳細".to_owned()),
        remedy: Remedy::EditPlayers,
    })
}

/// A block with one value in each of the first `columns` columns of a row.
pub(crate) fn row_of_values(row: usize, columns: usize, text: &str) -> Arc<CellBlock> {
    let cells = |column| {
        let mut cells = Column::new(key("scid", &format!("Stat{column}")), 1);
        cells.set_value(0, integer(text));
        (column, cells)
    };
    Arc::new(CellBlock { rows: vec![row], columns: (0..columns).map(cells).collect(), exchange: None })
}

/// All that a table says, so that two can be compared.
pub(crate) fn told(table: &StatTable) -> Vec<String> {
    let rows = table.rows().iter().map(|row| format!("{row:?}"));
    let cells = table.columns().iter().flat_map(|column| {
        let cells = (0..column.len()).map(|row| match column.cell(row) {
            Cell::Value(value) => format!("{value:?}"),
            other => format!("{other:?}"),
        });
        std::iter::once(format!("{:?}", column.key())).chain(cells)
    });
    rows.chain(cells).collect()
}
