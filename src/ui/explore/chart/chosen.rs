//! Which columns a chart draws, and what they are called there.

use crate::{
    analysis::{
        View, series,
        view::{Origin, Shows},
    },
    model::{BarsChart, Cell, Field},
    ui::widgets::grid::Looks,
};

/// Rows that are looked at to learn whether a column without numbers holds texts.
const ROWS_TRIED: usize = 10_000;

/// The columns that a chart asks for, as places in [`View::all_columns`].
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen {
    /// Those that are drawn.
    pub(super) drawn: Vec<usize>,
    /// Those that hold texts: a text has no length.
    pub(super) refused: Vec<usize>,
}

impl Chosen {
    pub(super) fn of(view: &View, chart: &BarsChart) -> Self {
        let columns = series::columns(view, chart);
        let (refused, drawn) = columns.into_iter().partition(|column| holds_texts(view, *column));
        Self { drawn, refused }
    }

    pub(super) fn has(&self, column: usize) -> bool {
        self.drawn.contains(&column) || self.refused.contains(&column)
    }

    /// What the chart draws when this column is taken in, or left out where it is drawn: in the order
    /// of the grid. What the view does not have stays, last.
    pub(super) fn toggled(&self, view: &View, chart: &BarsChart, column: usize) -> Vec<Field> {
        let columns = view.all_columns();
        let mut stats = chart.stats.clone();
        if stats.is_empty() {
            stats = self.drawn.iter().map(|column| columns[*column].field.clone()).collect();
        }
        let field = &columns[column].field;
        if stats.contains(field) {
            stats.retain(|other| other != field);
        } else {
            stats.push(field.clone());
        }
        let place = |field: &Field| columns.iter().position(|column| column.field == *field);
        stats.sort_by_key(|field| place(field).unwrap_or(usize::MAX));
        stats
    }
}

/// Whether there may be numbers to draw.
pub(super) fn has_numbers(view: &View, column: usize) -> bool {
    match view.all_columns()[column].origin {
        Origin::Stat(at) => view.table().columns()[at].is_numeric(),
        Origin::Derived(_) => true,
    }
}

fn holds_texts(view: &View, column: usize) -> bool {
    let Origin::Stat(at) = view.all_columns()[column].origin else { return false };
    let cells = &view.table().columns()[at];
    let has_value = |row| matches!(cells.cell(row), Cell::Value(_));
    !cells.is_numeric() && (0..cells.len().min(ROWS_TRIED)).any(has_value)
}

/// What a column is called, with its title where another has the same name.
pub(super) fn name(view: &View, looks: &Looks, column: usize) -> String {
    let Some(look) = looks.column(column) else { return String::new() };
    let is_other = |place: usize| place != column && view.all_columns()[place].shows == Shows::Value;
    let has_name = |place: usize| looks.column(place).is_some_and(|other| other.name == look.name);
    let is_shared = (0..view.all_columns().len()).any(|place| is_other(place) && has_name(place));
    match (is_shared, look.title.as_str()) {
        (false, _) => look.name.clone(),
        (true, "") => format!("{} (formula)", look.name),
        (true, title) => format!("{} ({title})", look.name),
    }
}
