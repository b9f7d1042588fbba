use std::sync::{Arc, OnceLock};

use crate::{
    analysis::{
        Stopped, View,
        chart::{histogram::Bins, scale::Scale},
        view::{Origin, Shown, Shows},
    },
    model::{Cell, Field, Filter, Group, Number, Test},
    ui::widgets::grid::{Look, Looks},
};

/// Rows that are looked at to learn whether a column without numbers holds texts.
const ROWS_TRIED: usize = 10_000;

/// What charts read: the view on the screen, how its columns are called and written, and the groups.
/// Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) view: View,
    pub(crate) looks: Arc<Looks>,
    /// The groups that the markers of the looks refer to.
    pub(crate) groups: Arc<[Group]>,
    /// What stands in place of the values; empty for the values themselves.
    pub(crate) shown_as: Arc<str>,
    /// The rows that are drawn; `None` for all that the view shows.
    rows: Option<Arc<[u32]>>,
    /// For one of several, whose axes are to be the same: what they have in common.
    common: Option<Arc<Common>>,
}

/// What several charts of one view have in common, worked out by the first that asks for it.
#[derive(Debug)]
pub(super) struct Common {
    /// For each column the bins that the numbers of all rows are in.
    bins: Vec<OnceLock<Option<Bins>>>,
}

impl Scene {
    pub(crate) fn new(view: View, looks: Arc<Looks>, groups: Arc<[Group]>, shown_as: Arc<str>) -> Self {
        Self { view, looks, groups, shown_as, rows: None, common: None }
    }

    /// The same with these rows alone, in this order.
    pub(crate) fn of_rows(&self, rows: Arc<[u32]>) -> Self {
        Self { rows: Some(rows), ..self.clone() }
    }

    /// Several charts: these rows each, on axes that all rows have a place on.
    pub(super) fn parts(&self, rows: Vec<Vec<u32>>) -> impl Iterator<Item = Self> + '_ {
        let bins = self.view.all_columns().iter().map(|_| OnceLock::new()).collect();
        let common = Arc::new(Common { bins });
        rows.into_iter().map(move |rows| Self { common: Some(common.clone()), ..self.of_rows(rows.into()) })
    }

    /// All rows that the view shows.
    pub(super) fn whole(&self) -> Self {
        Self { rows: None, common: None, ..self.clone() }
    }

    pub(super) fn is_whole(&self) -> bool {
        self.rows.is_none()
    }

    /// The numbers that an axis of the column has a place for, where these are more than its own.
    pub(super) fn numbers_of_all(&self, column: usize) -> Option<Vec<f64>> {
        self.common.is_some().then(|| self.whole().numbers(column))
    }

    /// The bins that `make` gives for the numbers of a column; of several charts for those of all rows,
    /// so that all have the same.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) fn bins_of_all(
        &self,
        column: usize,
        make: impl FnOnce(&[f64]) -> Result<Option<Bins>, Stopped>,
    ) -> Result<Option<Bins>, Stopped> {
        let Some(common) = &self.common else { return make(&self.numbers(column)) };
        let known = &common.bins[column];
        if let Some(bins) = known.get() {
            return Ok(bins.clone());
        }
        let bins = make(&self.whole().numbers(column))?;
        Ok(known.get_or_init(|| bins).clone())
    }

    /// The rows of all of several charts; its own where it is alone.
    pub(super) fn rows_of_all(&self) -> &[u32] {
        if self.common.is_some() { self.view.order() } else { self.rows() }
    }

    /// The rows of the table that are drawn, in the order in which they stand.
    pub(crate) fn rows(&self) -> &[u32] {
        self.rows.as_deref().unwrap_or_else(|| self.view.order())
    }

    /// The numbers that a column shows, one for each of [`Self::rows`], NaN for none. None at all
    /// while they are being worked out.
    pub(crate) fn numbers(&self, column: usize) -> Vec<f64> {
        let Some(numbers) = self.view.numbers(column) else { return vec![f64::NAN; self.rows().len()] };
        self.rows().iter().map(|row| numbers[*row as usize]).collect()
    }

    /// How a column is written.
    pub(crate) fn look(&self, column: usize) -> Option<&Look> {
        self.looks.column(column)
    }

    /// What a column is called, with its title where another has the same name.
    pub(crate) fn name(&self, column: usize) -> String {
        let Some(look) = self.look(column) else { return String::new() };
        let is_other = |place: usize| place != column && self.view.all_columns()[place].shows == Shows::Value;
        let has_name = |place: usize| self.looks.column(place).is_some_and(|other| other.name == look.name);
        let is_shared = (0..self.view.all_columns().len()).any(|place| is_other(place) && has_name(place));
        match (is_shared, look.title.as_str()) {
            (false, _) => look.name.clone(),
            (true, "") => format!("{} (formula)", look.name),
            (true, title) => format!("{} ({title})", look.name),
        }
    }

    /// A column that writes its numbers as all of these do; `None` when they do not write them alike.
    pub(crate) fn common_column(&self, columns: &[usize]) -> Option<usize> {
        let column = *columns.first()?;
        let first = self.look(column)?;
        let is_like = |column: &usize| self.look(*column).is_some_and(|look| look.ticks_like(first));
        columns.iter().all(is_like).then_some(column)
    }

    /// A number that a column shows, with its unit.
    pub(crate) fn written(&self, row: u32, column: usize) -> String {
        let look = self.look(column);
        look.map(|look| look.measured(self.view.cell(row, column)).into_owned()).unwrap_or_default()
    }

    /// The place in [`Self::rows`] of a row of the table.
    pub(crate) fn index(&self, row: u32) -> Option<usize> {
        match &self.rows {
            Some(rows) => rows.iter().position(|other| *other == row),
            None => self.view.place(row),
        }
    }

    /// What a screen reader is told of a player: "Ploy: Kills 1,903, Deaths 10".
    pub(crate) fn in_words(&self, row: u32, columns: &[usize]) -> String {
        let told = |column: &usize| match self.view.number(row, *column) {
            Some(_) => format!("{} {}", self.name(*column), self.written(row, *column)),
            None => format!("{} no value", self.name(*column)),
        };
        let told: Vec<String> = columns.iter().map(told).collect();
        format!("{}: {}", self.player(row), told.join(", "))
    }

    /// Players and what they show in some columns, to be copied: a line of headings, then a line each.
    pub(crate) fn data(&self, rows: &[u32], columns: &[usize]) -> Vec<Vec<String>> {
        let headings = columns.iter().map(|column| self.name(*column));
        let headings = std::iter::once("player".to_owned()).chain(headings).collect();
        let line = |row: &u32| {
            let values = columns.iter().map(|column| self.datum(*row, *column));
            std::iter::once(self.player(*row)).chain(values).collect()
        };
        std::iter::once(headings).chain(rows.iter().map(line)).collect()
    }

    /// The number that a column shows, or the text of one that holds texts; nothing without either.
    fn datum(&self, row: u32, column: usize) -> String {
        match (self.view.number(row, column), self.view.cell(row, column)) {
            (Some(number), _) => number.to_string(),
            (None, Shown::Cell(Cell::Value(value))) if value.number.is_none() => value.text.to_owned(),
            _ => String::new(),
        }
    }

    /// The XUID of a player; empty while it is not known.
    pub(super) fn xuid(&self, row: u32) -> String {
        let player = self.view.table().rows()[row as usize].player();
        player.map(|player| player.xuid.to_string()).unwrap_or_default()
    }

    /// A player's name.
    pub(crate) fn player(&self, row: u32) -> String {
        self.view.table().rows()[row as usize].name()
    }

    /// The place in [`View::all_columns`] of the values of a field.
    pub(crate) fn place(&self, field: &Field) -> Option<usize> {
        let columns = self.view.all_columns();
        columns.iter().position(|column| column.field == *field && column.shows == Shows::Value)
    }

    /// The field whose values a column shows.
    pub(crate) fn field(&self, column: usize) -> Field {
        self.view.all_columns()[column].field.clone()
    }

    /// The condition that a column's number stands between two places of an axis.
    pub(super) fn between(&self, column: usize, scale: Scale, (from, to): (f64, f64)) -> Filter {
        let number = |place: f64| Number::Real(scale.inverse(place));
        Filter::Column(self.field(column), Test::Between(number(from), number(to)))
    }

    /// The places of all columns of values.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        let columns = self.view.all_columns().iter().enumerate();
        columns.filter(|(_, column)| column.shows == Shows::Value).map(|(place, _)| place)
    }

    /// Whether a column may hold numbers.
    pub(crate) fn has_numbers(&self, column: usize) -> bool {
        match self.view.all_columns()[column].origin {
            Origin::Stat(at) => self.view.table().columns()[at].is_numeric(),
            Origin::Derived(_) => true,
        }
    }

    /// Whether a column holds texts that are no numbers.
    pub(crate) fn holds_texts(&self, column: usize) -> bool {
        let Origin::Stat(at) = self.view.all_columns()[column].origin else { return false };
        let cells = &self.view.table().columns()[at];
        let has_value = |row| matches!(cells.cell(row), Cell::Value(_));
        !cells.is_numeric() && (0..cells.len().min(ROWS_TRIED)).any(has_value)
    }
}

/// Some rows of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RowSet {
    bits: Vec<u64>,
    count: usize,
}

impl RowSet {
    /// `rows` are all different.
    pub(crate) fn of(rows: &[u32]) -> Self {
        let end = rows.iter().max().map_or(0, |row| *row as usize + 1);
        let mut bits = vec![0_u64; end.div_ceil(64)];
        for row in rows {
            bits[*row as usize / 64] |= 1 << (row % 64);
        }
        Self { bits, count: rows.len() }
    }

    pub(crate) fn has(&self, row: u32) -> bool {
        self.bits.get(row as usize / 64).is_some_and(|bits| bits & (1 << (row % 64)) != 0)
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        let words = (0..).zip(&self.bits);
        words.flat_map(|(word, bits): (u32, &u64)| {
            (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| word * 64 + bit)
        })
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }
}
