//! Players and their stats.

use statlens::model::{
    Column, ColumnKey, Player, PlayerRef, PlayerRow, RowState, Scid, StatName, StatTable, WireForm,
    WireValue, Xuid,
};

/// Numbers as they come: most in the middle, and the second stat going with the first.
pub(crate) fn number(row: usize, stat: usize) -> f64 {
    let share = |seed: usize| {
        let mixed = (row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(seed as u64);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 32)) % 1_000_000) as f64 / 1_000_000.0
    };
    let spread = |first: usize| (0..4).map(|part| share(first + part)).sum::<f64>() / 4.0;
    let own = spread(stat * 10 + 10);
    let number = if stat == 1 { 0.6 * spread(10) + 0.4 * spread(90) } else { own };
    (number * 1_000_000.0).round()
}

pub(crate) fn key(stat: usize) -> ColumnKey {
    let scid = Scid::from_wire("7492baca-c1b4-440d-a391-b7ef364a8d40");
    ColumnKey { scid, stat: StatName::from_wire(&format!("Stat{stat}")) }
}

pub(crate) fn table(players: usize, stats: usize) -> StatTable {
    let row = |row| PlayerRow {
        asked: PlayerRef::Xuid(xuid(row)),
        state: RowState::Known(Player::nameless(xuid(row))),
    };
    let columns = (0..stats).map(|stat| {
        let mut cells = Column::new(key(stat), players);
        for row in 0..players {
            let text = number(row, stat).to_string();
            cells.set_value(row, WireValue { text: &text, form: WireForm::Number, stat_type: "Integer" });
        }
        cells
    });
    StatTable::from_parts((0..players).map(row).collect(), columns.collect())
        .expect("all columns are as long")
}

fn xuid(row: usize) -> Xuid {
    Xuid(2_535_000_000_000_000 + row as u64)
}
