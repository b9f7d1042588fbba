use std::collections::HashMap;

use serde::Serialize;

use crate::model::{Cell, ColumnKey, PlayerRef, PlayerRow, QueryTitle, StatTable, Xuid};

/// What is written out: some rows and columns of a table, in order.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    table: &'a StatTable,
    rows: &'a [u32],
    columns: Vec<usize>,
    titles: &'a [QueryTitle],
}

/// One value, or the lack of one, with everything that is known about it.
#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    /// As text, because many JSON readers lose the last digits of such numbers.
    pub(super) xuid: Option<String>,
    pub(super) gamertag: Option<&'a str>,
    pub(super) scid: &'a str,
    pub(super) stat: &'a str,
    #[serde(rename = "type")]
    pub(super) stat_type: Option<&'a str>,
    /// Exactly as sent.
    pub(super) value: Option<&'a str>,
    pub(super) state: &'static str,
    pub(super) status: Option<u16>,
    pub(super) reason: Option<&'a str>,
    /// Whether the value is a number to us.
    #[serde(skip)]
    pub(super) is_number: bool,
}

impl<'a> Sheet<'a> {
    /// All columns of these rows of a table. `titles` gives the names that tell stats of the same
    /// name apart.
    ///
    /// Whatever is written from it panics when a row or column is not in the table.
    #[must_use]
    pub fn new(table: &'a StatTable, rows: &'a [u32], titles: &'a [QueryTitle]) -> Self {
        Self { table, rows, columns: (0..table.columns().len()).collect(), titles }
    }

    /// The players of the rows, with the rows' places in the table.
    pub(super) fn players(&self) -> impl Iterator<Item = (usize, &'a PlayerRow)> {
        let players = self.table.rows();
        self.rows.iter().map(move |row| (*row as usize, &players[*row as usize]))
    }

    /// The cells of one of the table's rows, in the order of the columns.
    pub(super) fn cells(&self, row: usize) -> impl Iterator<Item = Cell<'a>> {
        let table = self.table;
        self.columns.iter().map(move |column| table.cell(row, *column))
    }

    /// Whether each column holds any number.
    pub(super) fn numeric(&self) -> Vec<bool> {
        self.columns.iter().map(|column| self.table.columns()[*column].is_numeric()).collect()
    }

    /// The columns' headings, none twice: the stat's name, with the title's in front where
    /// several titles have a stat of that name.
    pub(super) fn headings(&self) -> Vec<String> {
        let keys: Vec<&ColumnKey> =
            self.columns.iter().map(|column| self.table.columns()[*column].key()).collect();
        let plain = keys.iter().map(|key| key.stat.to_string()).collect();
        let titled = told_apart(plain, |place| format!("{}: {}", self.title(keys[place]), keys[place].stat));
        told_apart(titled, |place| format!("{}: {}", keys[place].scid, keys[place].stat))
    }

    fn title(&self, key: &ColumnKey) -> String {
        let named = self.titles.iter().find(|title| title.scid == key.scid && !title.name.is_empty());
        named.map_or_else(|| key.scid.short(), |title| title.name.clone())
    }

    /// A record for each cell that was asked for, row by row.
    pub(super) fn records(&self) -> impl Iterator<Item = Record<'a>> {
        self.players().flat_map(move |(row, player)| {
            self.columns.iter().filter_map(move |column| {
                record(player, self.table.columns()[*column].key(), self.table.cell(row, *column))
            })
        })
    }
}

/// Replaces each heading that stands there more than once.
fn told_apart(headings: Vec<String>, longer: impl Fn(usize) -> String) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for heading in &headings {
        *counts.entry(heading.clone()).or_default() += 1;
    }
    let is_repeated = |heading: &String| counts.get(heading).is_some_and(|count| *count > 1);
    headings
        .into_iter()
        .enumerate()
        .map(|(place, heading)| if is_repeated(&heading) { longer(place) } else { heading })
        .collect()
}

/// The XUID, once it is known.
pub(super) fn xuid(row: &PlayerRow) -> Option<Xuid> {
    match (row.player(), &row.asked) {
        (Some(player), _) => Some(player.xuid),
        (None, PlayerRef::Xuid(xuid)) => Some(*xuid),
        (None, PlayerRef::Gamertag(_)) => None,
    }
}

/// The gamertag that the service returned, else the one that was asked for.
pub(super) fn gamertag(row: &PlayerRow) -> Option<&str> {
    match (row.player().and_then(|player| player.gamertag.as_ref()), &row.asked) {
        (Some(gamertag), _) | (None, PlayerRef::Gamertag(gamertag)) => Some(gamertag.as_str()),
        (None, PlayerRef::Xuid(_)) => None,
    }
}

fn record<'a>(player: &'a PlayerRow, key: &'a ColumnKey, cell: Cell<'a>) -> Option<Record<'a>> {
    let blank = Record {
        xuid: xuid(player).map(|xuid| xuid.to_string()),
        gamertag: gamertag(player),
        scid: key.scid.as_str(),
        stat: key.stat.as_str(),
        stat_type: None,
        value: None,
        state: "pending",
        status: None,
        reason: None,
        is_number: false,
    };
    match cell {
        Cell::NotAsked => None,
        Cell::Pending => Some(blank),
        Cell::NoValue => Some(Record { state: "no_value", ..blank }),
        Cell::Failed(failure) => {
            Some(Record { state: "failed", status: failure.status, reason: Some(&failure.reason), ..blank })
        }
        Cell::Value(value) => Some(Record {
            state: "value",
            stat_type: Some(value.stat_type.as_str()),
            value: Some(value.text),
            is_number: value.number.is_some(),
            ..blank
        }),
    }
}
