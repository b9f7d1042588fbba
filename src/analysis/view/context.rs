use std::sync::{Arc, OnceLock};

use super::{Origin, ViewInput, members::Members, same_sets};
use crate::{
    analysis::{Figure, moments, order::shown_rows, quantile, sort::Cells},
    model::{Cell, Cohort, Field, Reference},
};

/// What a view looks at, and what is found out about it once.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) input: ViewInput,
    /// The rows of the table but those that repeat a player, ascending.
    pub(super) shown: Arc<[u32]>,
    members: Arc<OnceLock<Members>>,
}

impl Context {
    /// Takes over from the context before what is the same.
    pub(super) fn new(input: ViewInput, before: Option<&Self>) -> Self {
        let before = before.filter(|before| Arc::ptr_eq(&before.input.table, &input.table));
        let shown = before.map_or_else(|| shown_rows(&input.table).into(), |before| before.shown.clone());
        let before = before.filter(|before| same_sets(&before.input.groups, &input.groups));
        let members = before.map(|before| before.members.clone()).unwrap_or_default();
        Self { input, shown, members }
    }

    /// Whether every cell shows the same in both.
    pub(super) fn has_values_of(&self, other: &Self) -> bool {
        let (mine, theirs) = (&self.input, &other.input);
        Arc::ptr_eq(&mine.table, &theirs.table)
            && same_sets(&mine.groups, &theirs.groups)
            && mine.settings.normalise == theirs.settings.normalise
            && mine.settings.reference == theirs.settings.reference
            && mine.derived.len() == theirs.derived.len()
            && mine.derived.iter().zip(&theirs.derived).all(|(left, right)| Arc::ptr_eq(left, right))
    }

    pub(super) fn members(&self) -> &Members {
        self.members.get_or_init(|| Members::of(&self.input.table, &self.shown, &self.input.groups))
    }

    /// Where a column comes from; `None` when neither table nor formulas have it.
    pub(super) fn origin(&self, field: &Field) -> Option<Origin> {
        match field {
            Field::Stat(key) => self.input.table.column_index(key).map(Origin::Stat),
            Field::Derived { derived } => {
                self.input.derived.iter().position(|column| column.name == *derived).map(Origin::Derived)
            }
        }
    }

    /// The numbers and texts as sent, or as a formula gave them.
    pub(super) fn cells(&self, origin: Origin) -> Cells<'_> {
        match origin {
            Origin::Stat(index) => Cells::of(&self.input.table.columns()[index]),
            Origin::Derived(index) => Cells::of_numbers(&self.input.derived[index].numbers),
        }
    }

    /// The cell as the table has it; for a formula only whether there is a number.
    pub(super) fn cell(&self, origin: Origin, row: u32) -> Cell<'_> {
        match origin {
            Origin::Stat(column) => self.input.table.cell(row as usize, column),
            Origin::Derived(_) => Cell::NoValue,
        }
    }

    /// What a row holds in a column: exact where it was sent.
    pub(super) fn figure(&self, origin: Origin, row: u32) -> Option<Figure> {
        match (origin, self.cell(origin, row)) {
            (Origin::Stat(_), Cell::Value(value)) => Figure::of(&value),
            (Origin::Stat(_), _) => None,
            (Origin::Derived(index), _) => {
                let number = self.input.derived[index].numbers[row as usize];
                (!number.is_nan()).then_some(Figure::Real(number))
            }
        }
    }

    /// The number of the reference in a column of these `numbers`: exact where it is a player's,
    /// which `figure` gives.
    pub(super) fn reference(
        &self,
        numbers: &[f64],
        figure: impl Fn(u32) -> Option<Figure>,
    ) -> Option<Figure> {
        self.figure_of(&self.input.settings.reference, numbers, figure)
    }

    /// The same for any player, or what stands for many.
    pub(super) fn figure_of(
        &self,
        who: &Reference,
        numbers: &[f64],
        figure: impl Fn(u32) -> Option<Figure>,
    ) -> Option<Figure> {
        let quantile = |share, cohort| {
            quantile::quantiles(numbers, self.cohort(cohort)?, [share]).map(|[found]| Figure::from_f64(found))
        };
        match who {
            Reference::Player(player) => {
                let rows = self.input.table.rows();
                figure(self.shown.iter().copied().find(|row| rows[*row as usize].asked == *player)?)
            }
            Reference::Median(cohort) => quantile(0.5, cohort),
            Reference::Percentile(percent, cohort) => quantile(f64::from(*percent) / 100.0, cohort),
            Reference::Mean(cohort) => {
                let moments = moments::of(numbers, self.cohort(cohort)?);
                let mean = moments.sum() / moments.count as f64;
                mean.is_finite().then(|| Figure::from_f64(mean))
            }
        }
    }

    /// `None` when there is no such group.
    pub(super) fn cohort(&self, cohort: &Cohort) -> Option<&[u32]> {
        match cohort {
            Cohort::All => Some(&self.shown),
            Cohort::Group(name) => {
                let place = self.input.groups.iter().position(|group| group.name == *name)?;
                Some(self.members().rows(place))
            }
        }
    }
}
