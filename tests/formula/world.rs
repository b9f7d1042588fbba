//! Small tables, and queries that name their stats.

use std::sync::Arc;

use statlens::{
    analysis::{
        Figure, Stop,
        formula::{DerivedColumns, DerivedValue, Names, Nothing},
    },
    model::{
        Column, ColumnKey, DerivedColumn, Failure, PlayerRef, PlayerRow, Query, QueryTitle, Remedy, RowState,
        Scid, StatDictionary, StatName, StatTable, WireForm, WireValue, Xuid,
    },
};

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    NotAsked,
    Pending,
    NoValue,
    Failed,
    Number(String),
    Text(String),
}

pub(crate) fn number(number: i64) -> Given {
    Given::Number(number.to_string())
}

pub(crate) fn digits(text: &str) -> Given {
    Given::Number(text.to_owned())
}

pub(crate) fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

/// The stats of a title, in the order of the query: title and stat.
pub(crate) fn key(title: &str, stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire(&format!("scid-of-{title}")), stat: StatName::from_wire(stat) }
}

pub(crate) fn title(name: &str, stats: &[&str]) -> QueryTitle {
    QueryTitle {
        name: name.into(),
        scid: key(name, "").scid,
        title_id: None,
        stats: stats.iter().map(|stat| StatName::from_wire(stat)).collect(),
    }
}

/// A table, the query that asked for it, and its derived columns.
pub(crate) struct World {
    pub(crate) query: Query,
    pub(crate) table: StatTable,
    pub(crate) dictionary: StatDictionary,
}

impl World {
    /// A world of one title, Meridian, with these stats and cells.
    pub(crate) fn new(stats: &[(&str, Vec<Given>)]) -> Self {
        let names: Vec<&str> = stats.iter().map(|(name, _)| *name).collect();
        let query = Query { titles: vec![title("Meridian", &names)], ..Query::default() };
        let rows = stats.first().map_or(0, |(_, cells)| cells.len());
        let columns = stats.iter().map(|(stat, cells)| column(key("Meridian", stat), cells)).collect();
        Self { query, table: table(rows, columns), dictionary: StatDictionary::default() }
    }

    pub(crate) fn names(&self) -> Names {
        Names::new(&self.query, &self.dictionary)
    }

    /// Adds a derived column.
    pub(crate) fn with(mut self, name: &str, formula: &str) -> Self {
        self.query.view.derived.push(DerivedColumn { name: name.into(), formula: formula.into() });
        self
    }

    /// Works out all derived columns, all rows shown.
    pub(crate) fn derived(&self) -> DerivedColumns {
        let all: Vec<u32> = (0..self.table.rows().len() as u32).collect();
        self.derived_among(&all)
    }

    pub(crate) fn derived_among(&self, shown: &[u32]) -> DerivedColumns {
        DerivedColumns::new(&self.query.view.derived, &self.names(), &self.table, shown, &Stop::default())
            .expect("not stopped")
    }

    /// What a formula comes to in each row, in words: the number, the text, or why there is none.
    pub(crate) fn outcomes(mut self, formula: &str) -> Vec<String> {
        self.query.view.derived.clear();
        let world = self.with("it", formula);
        let derived = world.derived();
        assert_eq!(derived.error(0), None, "{formula}");
        (0..world.table.rows().len()).map(|row| outcome(&derived, &world.table, 0, row)).collect()
    }

    /// What is wrong with a formula.
    pub(crate) fn error(&self, formula: &str) -> String {
        statlens::analysis::formula::check(formula, &self.names()).expect_err(formula).to_string()
    }
}

pub(crate) fn outcome(derived: &DerivedColumns, table: &StatTable, place: usize, row: usize) -> String {
    match derived.get(place).and_then(|column| column.value(row)) {
        Some(DerivedValue::Figure(Figure::Int(int))) => int.to_string(),
        Some(DerivedValue::Figure(Figure::Real(real))) => real.to_string(),
        Some(DerivedValue::Text(text)) => format!("\"{text}\""),
        None => {
            let Nothing { reason, .. } = derived.why(place, row, table).expect("a reason");
            reason
        }
    }
}

pub(crate) fn table(rows: usize, columns: Vec<Column>) -> StatTable {
    let row =
        |place: usize| PlayerRow { asked: PlayerRef::Xuid(Xuid(place as u64)), state: RowState::LookingUp };
    StatTable::from_parts((0..rows).map(row).collect(), columns).expect("as many cells as rows")
}

pub(crate) fn column(key: ColumnKey, cells: &[Given]) -> Column {
    let mut column = Column::new(key, cells.len());
    for (row, cell) in cells.iter().enumerate() {
        let value = |text, stat_type| WireValue { text, form: WireForm::String, stat_type };
        match cell {
            Given::NotAsked => {}
            Given::Pending => column.set_pending(row),
            Given::NoValue => column.set_no_value(row),
            Given::Failed => column.set_failed(row, &failure()),
            Given::Number(text) => column.set_value(row, value(text, "Double")),
            Given::Text(text) => column.set_value(row, value(text, "String")),
        }
    }
    column
}

fn failure() -> Arc<Failure> {
    Arc::new(Failure {
        status: Some(403),
        reason: "Not allowed".into(),
        causes: Vec::new(),
        advice: String::new(),
        detail: None,
        remedy: Remedy::None,
    })
}
