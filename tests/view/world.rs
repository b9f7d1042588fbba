//! Tables, groups and views to look at.

use std::sync::Arc;

use statlens::{
    analysis::{Derived, Stop, View, ViewInput, view::Shown},
    model::{
        Cell, Column, ColumnKey, Failure, Field, Filter, Gamertag, Group, Player, PlayerRef, PlayerRow,
        Remedy, RowState, Scid, Sort, SortBy, StatName, StatTable, ViewSettings, WireForm, WireValue, Xuid,
    },
};

/// A cell of a test table: a number, a text, or one of the kinds of nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    NotAsked,
    Pending,
    NoValue,
    Failed,
    Number(String),
    Text(String),
}

pub(crate) fn key(stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(stat) }
}

pub(crate) fn field(stat: &str) -> Field {
    key(stat).into()
}

/// `?` is no value, `!` a failure, `.` not asked, `~` pending; digits are numbers, all else text.
pub(crate) fn given(text: &str) -> Given {
    match text {
        "?" => Given::NoValue,
        "!" => Given::Failed,
        "." => Given::NotAsked,
        "~" => Given::Pending,
        other if other.parse::<f64>().is_ok() => Given::Number(other.to_owned()),
        other => Given::Text(other.to_owned()),
    }
}

pub(crate) fn column(stat: &str, cells: &[Given]) -> Column {
    let mut column = Column::new(key(stat), cells.len());
    let failure = Arc::new(Failure {
        status: Some(403),
        reason: "Not allowed".into(),
        advice: String::new(),
        detail: None,
        causes: Vec::new(),
        remedy: Remedy::None,
    });
    for (row, cell) in cells.iter().enumerate() {
        let value = |text, stat_type| WireValue { text, form: WireForm::String, stat_type };
        match cell {
            Given::NotAsked => {}
            Given::Pending => column.set_pending(row),
            Given::NoValue => column.set_no_value(row),
            Given::Failed => column.set_failed(row, &failure),
            Given::Number(text) => column.set_value(row, value(text, "Double")),
            Given::Text(text) => column.set_value(row, value(text, "String")),
        }
    }
    column
}

/// A table of players with XUIDs from 0.
pub(crate) fn table_of(columns: &[(&str, Vec<Given>)]) -> StatTable {
    let rows = columns.first().map_or(0, |(_, cells)| cells.len());
    let rows = (0..rows).map(|row| {
        let player = Player::nameless(Xuid(row as u64));
        PlayerRow { asked: PlayerRef::Xuid(player.xuid), state: RowState::Known(player) }
    });
    let columns = columns.iter().map(|(stat, cells)| column(stat, cells)).collect();
    StatTable::from_parts(rows.collect(), columns).expect("columns of one length")
}

/// The same, from words.
pub(crate) fn table(columns: &[(&str, &str)]) -> StatTable {
    let columns: Vec<(&str, Vec<Given>)> =
        columns.iter().map(|(stat, cells)| (*stat, cells.split_whitespace().map(given).collect())).collect();
    table_of(&columns)
}

pub(crate) fn rename(table: &mut StatTable, names: &[&str]) {
    for (row, name) in names.iter().enumerate() {
        let gamertag = Some(Gamertag::from_wire(name));
        table.set_player(row, Player { gamertag, ..Player::nameless(Xuid(row as u64)) });
    }
}

pub(crate) fn group(name: &str, xuids: &[u64]) -> Group {
    let players = xuids.iter().map(|xuid| PlayerRef::Xuid(Xuid(*xuid))).collect();
    Group { name: name.into(), players, ..Group::default() }
}

pub(crate) fn input(table: StatTable, settings: ViewSettings) -> ViewInput {
    ViewInput {
        table: Arc::new(table),
        before: None,
        groups: Arc::new([]),
        settings: Arc::new(settings),
        derived: Vec::new(),
    }
}

pub(crate) fn computed(input: ViewInput) -> View {
    let stop = Stop::default();
    let view = View::compute(input, None, &stop).expect("nobody stops it");
    let columns = 0..view.columns().len();
    view.prepare(columns.clone(), &stop).expect("nobody stops it");
    assert!(view.is_prepared(columns));
    view
}

pub(crate) fn view(table: StatTable, settings: ViewSettings) -> View {
    computed(input(table, settings))
}

pub(crate) fn ascending(by: SortBy) -> Sort {
    Sort { by, descending: false }
}

pub(crate) fn descending(by: SortBy) -> Sort {
    Sort { by, descending: true }
}

pub(crate) fn sorted_by(keys: &[Sort]) -> ViewSettings {
    ViewSettings { sort: keys.to_vec(), ..ViewSettings::default() }
}

pub(crate) fn filtered_by(filters: &[Filter]) -> ViewSettings {
    ViewSettings { filters: filters.to_vec(), ..ViewSettings::default() }
}

pub(crate) fn derived(name: &str, numbers: &[f64]) -> Arc<Derived> {
    Arc::new(Derived {
        name: name.into(),
        numbers: numbers.to_vec(),
        why: vec![0; numbers.len()],
        reasons: vec!["Deaths is 0".into()],
    })
}

/// What a cell shows, in a word: a number, a text, or why not.
pub(crate) fn written(view: &View, row: u32, column: usize) -> String {
    match view.cell(row, column) {
        Shown::Cell(Cell::Value(value)) => value.text.to_owned(),
        Shown::Cell(Cell::NoValue) => "?".into(),
        Shown::Cell(Cell::Failed(_)) => "!".into(),
        Shown::Cell(Cell::NotAsked) => ".".into(),
        Shown::Cell(Cell::Pending) => "~".into(),
        Shown::Number(number) => format!("={number}"),
        Shown::Rank(rank) => format!("#{rank}"),
        Shown::Nothing(words) => words.to_owned(),
        Shown::Waiting => "…".into(),
    }
}

/// A column of a view from the first row of the table to the last.
pub(crate) fn column_written(view: &View, column: usize) -> Vec<String> {
    (0..view.table().rows().len() as u32).map(|row| written(view, row, column)).collect()
}
