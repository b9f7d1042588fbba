use std::sync::{Arc, OnceLock};

use super::{Origin, context::Context, standing, totals::ColumnTotals, values::Values};
use crate::model::RankOrder;

/// What is worked out for a column when it is first asked for, and kept for as long as any view
/// that shows the same of it. Each part is shared by the views that agree on it.
#[derive(Debug)]
pub(super) struct Lazies {
    /// How many columns of the table there are; those of formulas follow.
    stats: usize,
    slots: Vec<Slot>,
}

#[derive(Debug, Default)]
struct Slot {
    values: Arc<OnceLock<Values>>,
    greatest_first: Arc<OnceLock<Vec<u32>>>,
    least_first: Arc<OnceLock<Vec<u32>>>,
    percentiles: Arc<OnceLock<Vec<f64>>>,
    totals: Arc<OnceLock<ColumnTotals>>,
}

impl Slot {
    fn ranks(&self, order: RankOrder) -> &OnceLock<Vec<u32>> {
        match order {
            RankOrder::GreatestFirst => &self.greatest_first,
            RankOrder::LeastFirst => &self.least_first,
        }
    }

    fn same_values(&self) -> Self {
        Self {
            values: self.values.clone(),
            greatest_first: self.greatest_first.clone(),
            least_first: self.least_first.clone(),
            percentiles: self.percentiles.clone(),
            totals: Arc::default(),
        }
    }
}

impl Lazies {
    pub(super) fn new(context: &Context) -> Self {
        let stats = context.input.table.columns().len();
        let slots = (0..stats + context.input.derived.len()).map(|_| Slot::default()).collect();
        Self { stats, slots }
    }

    /// The same values over other rows.
    pub(super) fn over_other_rows(&self) -> Self {
        Self { stats: self.stats, slots: self.slots.iter().map(Slot::same_values).collect() }
    }

    fn slot(&self, origin: Origin) -> &Slot {
        match origin {
            Origin::Stat(column) => &self.slots[column],
            Origin::Derived(column) => &self.slots[self.stats + column],
        }
    }

    /// Works them out unless they are known.
    pub(super) fn values(&self, context: &Context, origin: Origin) -> &Values {
        self.slot(origin).values.get_or_init(|| Values::of(context, origin))
    }

    pub(super) fn known_values(&self, origin: Origin) -> Option<&Values> {
        self.slot(origin).values.get()
    }

    pub(super) fn known_totals(&self, origin: Origin) -> Option<&ColumnTotals> {
        self.slot(origin).totals.get()
    }

    /// By row of the table; 0 for none.
    pub(super) fn known_ranks(&self, origin: Origin, order: RankOrder) -> Option<&[u32]> {
        self.slot(origin).ranks(order).get().map(Vec::as_slice)
    }

    /// By row of the table; NaN for none.
    pub(super) fn known_percentiles(&self, origin: Origin) -> Option<&[f64]> {
        self.slot(origin).percentiles.get().map(Vec::as_slice)
    }

    pub(super) fn work_out_totals(&self, context: &Context, origin: Origin, rows: &[u32]) {
        let values = self.values(context, origin);
        self.slot(origin).totals.get_or_init(|| ColumnTotals::of(context, origin, values, rows));
    }

    pub(super) fn work_out_ranks(&self, context: &Context, origin: Origin, order: RankOrder) {
        let cells = self.values(context, origin).cells(context.cells(origin));
        self.slot(origin).ranks(order).get_or_init(|| standing::ranks(&cells, &context.shown, order));
    }

    pub(super) fn work_out_percentiles(&self, context: &Context, origin: Origin) {
        let cells = self.values(context, origin).cells(context.cells(origin));
        self.slot(origin).percentiles.get_or_init(|| standing::percentiles(&cells, &context.shown));
    }
}
