//! A table as it is looked at: rows filtered, ordered and put together, columns chosen, numbers
//! normalised and summed up. Start with [`View::compute`]; what it takes is [`ViewInput`], what is
//! worked out when is told at [`View::prepare`].

mod arrange;
mod columns;
mod context;
mod facets;
pub(super) mod filter;
mod find;
mod later;
mod lazies;
mod members;
mod places;
mod shade;
mod stand_ins;
mod standing;
mod totals;
mod values;

use std::sync::{Arc, OnceLock};

pub use arrange::RowGroup;
pub use columns::{Shows, ViewColumn};
pub use facets::Facet;
pub use filter::pattern_problem;
pub use find::{Hit, Hits, named};
pub use later::Later;
pub use places::{Line, Spot};
pub use shade::Shade;
pub use totals::{BINS, ColumnTotals, Histogram, Totals};
pub use values::Why;

use super::{Derived, Figure, Stop, Stopped, sort::NOWHERE};
use crate::model::{Cell, Group, HeatScope, Normalise, StatTable, ViewSettings};
use context::Context;
use lazies::Lazies;

/// What a view is made of. Two are equal when they give the same view; tables and formulas are
/// compared by their address alone.
#[derive(Clone, Debug)]
pub struct ViewInput {
    /// The answer.
    pub table: Arc<StatTable>,
    /// The answer to the fetch before, for changes.
    pub before: Option<Arc<StatTable>>,
    /// The groups of the query.
    pub groups: Arc<[Group]>,
    /// How to look at it.
    pub settings: Arc<ViewSettings>,
    /// What the formulas of [`ViewSettings::derived`] came to, each with a number for every row of
    /// the table. Those that cannot be worked out at all are left out.
    pub derived: Vec<Arc<Derived>>,
}

impl PartialEq for ViewInput {
    fn eq(&self, other: &Self) -> bool {
        let same_before = match (&self.before, &other.before) {
            (Some(left), Some(right)) => Arc::ptr_eq(left, right),
            (left, right) => left.is_none() && right.is_none(),
        };
        same_before
            && Arc::ptr_eq(&self.table, &other.table)
            && self.derived.len() == other.derived.len()
            && self.derived.iter().zip(&other.derived).all(|(left, right)| Arc::ptr_eq(left, right))
            && same_sets(&self.groups, &other.groups)
            && self.settings == other.settings
    }
}

/// Whether the groups hold the same players under the same names: how they look changes no view.
fn same_sets(left: &[Group], right: &[Group]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.is_same_set(right))
}

/// Where a column of numbers comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// This column of the table.
    Stat(usize),
    /// This one of [`ViewInput::derived`].
    Derived(usize),
}

/// What stands in a cell of the grid.
#[derive(Clone, Copy, Debug)]
pub enum Shown<'a> {
    /// The table's cell, as it is.
    Cell(Cell<'a>),
    /// A number that was worked out: normalised, from a formula, or a percentile.
    Number(f64),
    /// A rank.
    Rank(u32),
    /// Nothing, for this reason: one sentence without the final stop.
    Nothing(&'a str),
    /// Something that is still being worked out: see [`View::prepare`].
    Waiting,
}

/// A part of the settings that could not be applied, and was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which.
    pub part: Part,
    /// Why, in words for the user: one sentence without the final stop.
    pub words: String,
}

/// A part of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The filter at this place.
    Filter(usize),
    /// The sort key at this place.
    Sort(usize),
    /// How rows are put together.
    Grouping,
}

/// A table as it is looked at. Cheap to clone: clones are one, and share what is worked out later.
#[derive(Clone, Debug)]
pub struct View(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    context: Context,
    /// The rows that the filters leave, ascending.
    kept: Arc<Vec<u32>>,
    /// The same when they are in no other order.
    order: Arc<Vec<u32>>,
    /// For each row of the table its place in `order`.
    places: OnceLock<Vec<u32>>,
    groups: Vec<RowGroup>,
    /// Those that are shown, and behind them those that are hidden.
    columns: Vec<ViewColumn>,
    /// How many are shown.
    shown: usize,
    lazies: Arc<Lazies>,
    /// For each of `columns` that shows values: what it comes to under each header.
    subtotals: Vec<OnceLock<Vec<Totals>>>,
    problems: Vec<Problem>,
}

impl View {
    /// Looks at a table. Meant for a worker: filters and sorts all rows. What `before` has in
    /// common with the new view is taken over from it.
    ///
    /// # Errors
    /// When `stop` says so.
    pub fn compute(input: ViewInput, before: Option<&Self>, stop: &Stop) -> Result<Self, Stopped> {
        stop.check()?;
        let before = before.map(|before| &*before.0);
        let context = Context::new(input, before.map(|before| &before.context));
        let before = before.filter(|before| before.context.has_values_of(&context));
        let same_filters = before.filter(|before| {
            before.context.input.settings.filters == context.input.settings.filters
                && !before.problems.iter().any(|problem| matches!(problem.part, Part::Filter(_)))
        });
        let mut problems = Vec::new();
        let (kept, lazies) = match (same_filters, before) {
            (Some(before), _) => (before.kept.clone(), before.lazies.clone()),
            (None, before) => {
                let kept = filter::keep(&context, &context.shown, |_| false, &mut problems, stop)?;
                let lazies =
                    before.map_or_else(|| Lazies::new(&context), |before| before.lazies.over_other_rows());
                (Arc::new(kept), Arc::new(lazies))
            }
        };
        let (mut order, mut groups) = (kept.clone(), Vec::new());
        let settings = &context.input.settings;
        if !settings.sort.is_empty() || settings.grouping.is_some() {
            let rows = arrange::order(&context, &lazies, kept.to_vec(), &mut problems, stop)?;
            stop.check()?;
            let (rows, headers) = arrange::group(&context, rows, &mut problems);
            (order, groups) = (Arc::new(rows), headers);
        }
        Ok(Self::put_together(context, kept, order, groups, lazies, problems))
    }

    fn put_together(
        context: Context,
        kept: Arc<Vec<u32>>,
        order: Arc<Vec<u32>>,
        groups: Vec<RowGroup>,
        lazies: Arc<Lazies>,
        problems: Vec<Problem>,
    ) -> Self {
        let (mut columns, mut hidden) = columns::of(&context);
        let shown = columns.len();
        columns.append(&mut hidden);
        let subtotals = columns.iter().map(|_| OnceLock::new()).collect();
        let places = OnceLock::new();
        Self(Arc::new(Inner {
            context,
            kept,
            order,
            places,
            groups,
            columns,
            shown,
            lazies,
            subtotals,
            problems,
        }))
    }

    /// Works out what `columns`, places in [`all_columns`](Self::all_columns), show beyond the table's own cells: normalised numbers, ranks,
    /// totals, distributions, subtotals. Meant for a worker; all clones of the view have the result
    /// at once. Until then [`cell`](Self::cell) says [`Shown::Waiting`] and totals are `None`.
    ///
    /// # Errors
    /// When `stop` says so; what was done until then stays.
    pub fn prepare(&self, columns: impl IntoIterator<Item = usize>, stop: &Stop) -> Result<(), Stopped> {
        let settings = &self.input().settings;
        let asked: Vec<usize> = if settings.heat_map && settings.heat_scope != HeatScope::Column {
            let all = columns.into_iter().chain(0..self.0.shown);
            all.filter(|column| *column < self.0.columns.len()).collect()
        } else {
            columns.into_iter().filter(|column| *column < self.0.columns.len()).collect()
        };
        let (context, lazies) = (&self.0.context, &self.0.lazies);
        self.places();
        for column in asked {
            stop.check()?;
            let ViewColumn { origin, shows, .. } = self.0.columns[column];
            match shows {
                Shows::Value => {
                    lazies.work_out_totals(context, origin, &self.0.kept);
                    if !self.groups().is_empty() {
                        self.0.subtotals[column].get_or_init(|| self.work_out_subtotals(origin));
                    }
                }
                Shows::Rank(order) => lazies.work_out_ranks(context, origin, order),
                Shows::Percentile => lazies.work_out_percentiles(context, origin),
            }
        }
        Ok(())
    }

    fn work_out_subtotals(&self, origin: Origin) -> Vec<Totals> {
        let context = &self.0.context;
        let values = self.0.lazies.values(context, origin);
        let rows = |group: &RowGroup| &self.order()[group.rows.clone()];
        self.groups().iter().map(|group| Totals::of(context, origin, values, rows(group))).collect()
    }

    /// Whether all of `columns` were [prepared](Self::prepare).
    #[must_use]
    pub fn is_prepared(&self, columns: impl IntoIterator<Item = usize>) -> bool {
        let lazies = &self.0.lazies;
        columns.into_iter().filter_map(|column| Some((column, self.0.columns.get(column)?))).all(
            |(column, ViewColumn { origin, shows, .. })| match shows {
                Shows::Value => {
                    let has_subtotals = self.groups().is_empty() || self.0.subtotals[column].get().is_some();
                    has_subtotals && lazies.known_totals(*origin).is_some()
                }
                Shows::Rank(order) => lazies.known_ranks(*origin, *order).is_some(),
                Shows::Percentile => lazies.known_percentiles(*origin).is_some(),
            },
        )
    }

    /// What it is a view of.
    #[must_use]
    pub fn input(&self) -> &ViewInput {
        &self.0.context.input
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> &Arc<StatTable> {
        &self.input().table
    }

    /// The rows of the table that the filters leave, in the order in which they stand, those hidden
    /// under a header among them.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.0.order
    }

    /// The place of a row of the table in [`order`](Self::order); `None` when it is filtered out.
    #[must_use]
    pub fn place(&self, row: u32) -> Option<usize> {
        self.places().get(row as usize).filter(|place| **place != NOWHERE).map(|place| *place as usize)
    }

    fn places(&self) -> &[u32] {
        self.0.places.get_or_init(|| {
            let mut places = vec![NOWHERE; self.table().rows().len()];
            for (place, row) in (0..).zip(self.order()) {
                places[*row as usize] = place;
            }
            places
        })
    }

    /// The headers that rows stand under; empty when they are not put together.
    #[must_use]
    pub fn groups(&self) -> &[RowGroup] {
        &self.0.groups
    }

    /// The columns that are shown, in order.
    #[must_use]
    pub fn columns(&self) -> &[ViewColumn] {
        &self.0.columns[..self.0.shown]
    }

    /// The same columns in the same places, and behind them the values of those that are hidden: what
    /// charts may draw.
    #[must_use]
    pub fn all_columns(&self) -> &[ViewColumn] {
        &self.0.columns
    }

    /// What of the settings could not be applied.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.0.problems
    }

    /// What stands in a cell: a row of the table, and a place in [`all_columns`](Self::all_columns).
    ///
    /// # Panics
    /// When the table has no such row, or the view no such column.
    #[must_use]
    pub fn cell(&self, row: u32, column: usize) -> Shown<'_> {
        let ViewColumn { origin, shows, .. } = self.0.columns[column];
        let lazies = &self.0.lazies;
        match shows {
            Shows::Value => self.value(row, origin),
            Shows::Rank(order) => match lazies.known_ranks(origin, order).map(|ranks| ranks[row as usize]) {
                None => Shown::Waiting,
                Some(0) => Shown::Cell(Cell::NotAsked),
                Some(rank) => Shown::Rank(rank),
            },
            Shows::Percentile => match lazies.known_percentiles(origin).map(|shares| shares[row as usize]) {
                None => Shown::Waiting,
                Some(share) if share.is_nan() => Shown::Cell(Cell::NotAsked),
                Some(share) => Shown::Number(share),
            },
        }
    }

    fn value(&self, row: u32, origin: Origin) -> Shown<'_> {
        let context = &self.0.context;
        let own = context.cells(origin).numbers[row as usize];
        let is_raw = context.input.settings.normalise == Normalise::Raw;
        match origin {
            Origin::Stat(_) if is_raw || own.is_nan() => return Shown::Cell(context.cell(origin, row)),
            Origin::Derived(column) if own.is_nan() => {
                return Shown::Nothing(context.input.derived[column].reason(row as usize));
            }
            Origin::Derived(_) if is_raw => return Shown::Number(own),
            _ => {}
        }
        let Some(values) = self.0.lazies.known_values(origin) else { return Shown::Waiting };
        let number = values.cells(context.cells(origin)).numbers[row as usize];
        if number.is_nan() {
            return Shown::Nothing(values::why(context, values, row).words());
        }
        Shown::Number(number)
    }

    /// The number that a column of values shows for a row. `None` for everything else, and while it
    /// is [`Shown::Waiting`].
    ///
    /// # Panics
    /// When the table has no such row, or the view no such column.
    #[must_use]
    pub fn number(&self, row: u32, column: usize) -> Option<f64> {
        Some(self.numbers(column)?[row as usize]).filter(|number| !number.is_nan())
    }

    /// The numbers that a column of values shows, by row of the table, NaN for none: what charts
    /// draw. `None` for other columns, and while they are still being worked out.
    ///
    /// # Panics
    /// When the view has no such column.
    #[must_use]
    pub fn numbers(&self, column: usize) -> Option<&[f64]> {
        let ViewColumn { origin, shows, .. } = self.0.columns[column];
        let own = self.0.context.cells(origin);
        match (&self.input().settings.normalise, shows) {
            (_, Shows::Rank(_) | Shows::Percentile) => None,
            (Normalise::Raw, Shows::Value) => Some(own.numbers),
            (_, Shows::Value) => Some(self.0.lazies.known_values(origin)?.cells(own).numbers),
        }
    }

    /// The numbers of a column before anything was put in their place: as sent, or as the formula
    /// gave them. By row of the table, NaN for none.
    ///
    /// # Panics
    /// When the view has no such column.
    #[must_use]
    pub fn own_numbers(&self, column: usize) -> &[f64] {
        self.0.context.cells(self.0.columns[column].origin).numbers
    }

    /// What a column of values comes to over all rows of the view. `None` for other columns, and
    /// until [`prepare`](Self::prepare) was called for it.
    #[must_use]
    pub fn totals(&self, column: usize) -> Option<&ColumnTotals> {
        let ViewColumn { origin, shows, .. } = self.0.columns.get(column)?;
        (*shows == Shows::Value).then(|| self.0.lazies.known_totals(*origin)).flatten()
    }

    /// What a column of values comes to under a header. `None` for other columns, and until
    /// [`prepare`](Self::prepare) was called for it.
    #[must_use]
    pub fn subtotals(&self, group: usize, column: usize) -> Option<&Totals> {
        self.0.subtotals.get(column)?.get()?.get(group)
    }

    /// By how much the number sent for a row of the table grew since the fetch before; `None`
    /// where either has none.
    #[must_use]
    pub fn change(&self, row: u32, column: usize) -> Option<Figure> {
        let Origin::Stat(at) = self.columns().get(column)?.origin else { return None };
        let before = self.input().before.as_ref()?;
        let (asked, key) = (&self.table().rows()[row as usize].asked, self.table().columns()[at].key());
        // Fetched again, a player stands in the same row most of the time.
        let same_row = before.rows().get(row as usize).is_some_and(|row| row.asked == *asked);
        let row_before =
            if same_row { row as usize } else { before.rows().iter().position(|row| row.asked == *asked)? };
        let Cell::Value(then) = before.cell(row_before, before.column_index(key)?) else { return None };
        let Cell::Value(now) = self.table().cell(row as usize, at) else { return None };
        Some(Figure::of(&now)?.minus(Figure::of(&then)?))
    }
}
