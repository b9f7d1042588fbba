//! What a column comes to over some rows.

use super::{Origin, context::Context, values::Values};
use crate::{
    analysis::{Figure, Summary, quantile, summary},
    model::{Normalise, Statistic},
};

/// How many bars the distribution of a column has.
pub const BINS: usize = 24;
/// How many widths of the middle eighty percent the bars reach beyond it, so that a single outlier
/// does not press all others into one bar.
const REACH: f64 = 2.0;

/// The figures of a column over some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// Counts, sum, mean, deviation, least and greatest.
    pub summary: Summary,
    /// The 10th percentile. Quantiles between two numbers are interpolated, as spreadsheets do.
    pub p10: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// The 90th percentile.
    pub p90: Option<f64>,
}

impl Totals {
    /// One of the figures; `None` when there are too few numbers for it.
    #[must_use]
    pub fn statistic(&self, statistic: Statistic) -> Option<Figure> {
        let summary = &self.summary;
        match statistic {
            Statistic::Count => Some(Figure::Int(summary.values() as i128)),
            Statistic::Missing => Some(Figure::Int(summary.missing() as i128)),
            Statistic::Sum => summary.sum,
            Statistic::Min => summary.min,
            Statistic::Max => summary.max,
            Statistic::Mean => summary.mean.map(Figure::from_f64),
            Statistic::Deviation => summary.deviation.map(Figure::from_f64),
            Statistic::Median => self.median.map(Figure::from_f64),
            Statistic::P10 => self.p10.map(Figure::from_f64),
            Statistic::P90 => self.p90.map(Figure::from_f64),
        }
    }

    pub(super) fn of(context: &Context, origin: Origin, values: &Values, rows: &[u32]) -> Self {
        let cells = values.cells(context.cells(origin));
        let summary = match (origin, &context.input.settings.normalise) {
            (Origin::Stat(column), Normalise::Raw) => {
                summary::of_column(&context.input.table.columns()[column], rows)
            }
            _ => summary::of_numbers(cells.numbers, rows, |row| context.cell(origin, row)),
        };
        let quantiles = quantile::quantiles(cells.numbers, rows, [0.1, 0.5, 0.9]);
        let [p10, median, p90] = quantiles.map_or([None; 3], |found| found.map(Some));
        Self { summary, p10, median, p90 }
    }
}

/// How the numbers of a column are spread: bars of equal width between two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Histogram {
    /// Where the first bar begins.
    pub least: f64,
    /// Where the last bar ends.
    pub greatest: f64,
    /// How many numbers each bar stands for. Those farther out are in the first and the last.
    pub bins: [u32; BINS],
}

impl Histogram {
    /// `None` without numbers.
    pub(super) fn of(numbers: &[f64], rows: &[u32], totals: &Totals) -> Option<Self> {
        let (min, max) = (totals.summary.min?.as_f64(), totals.summary.max?.as_f64());
        let (p10, p90) = (totals.p10?, totals.p90?);
        let reach = (p90 - p10) * REACH;
        let (mut least, mut greatest) = (min.max(p10 - reach), max.min(p90 + reach));
        if reach <= 0.0 || !reach.is_finite() {
            (least, greatest) = (min, max);
        }
        let mut bins = [0; BINS];
        // Halved, because the distance of two doubles may be more than a double holds.
        let scale = BINS as f64 / (greatest / 2.0 - least / 2.0);
        for row in rows {
            let number = numbers[*row as usize];
            if !number.is_nan() {
                let place = (number / 2.0 - least / 2.0) * scale;
                bins[if place.is_finite() { (place as usize).min(BINS - 1) } else { 0 }] += 1;
            }
        }
        Some(Self { least, greatest, bins })
    }
}

/// What a column comes to over the shown rows, and what is drawn from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnTotals {
    /// The figures.
    pub totals: Totals,
    /// The distribution; `None` without numbers.
    pub histogram: Option<Histogram>,
    /// The number of the reference, on the scale that is shown.
    pub reference: Option<Figure>,
}

impl ColumnTotals {
    pub(super) fn of(context: &Context, origin: Origin, values: &Values, rows: &[u32]) -> Self {
        let totals = Totals::of(context, origin, values, rows);
        let cells = values.cells(context.cells(origin));
        Self {
            totals,
            histogram: Histogram::of(cells.numbers, rows, &totals),
            reference: context.reference(cells.numbers, |row| values.figure(context, origin, row)),
        }
    }

    /// How far the farthest number is from the reference, to either side.
    pub(super) fn reach(&self) -> Option<f64> {
        let (min, max) = (self.totals.summary.min?.as_f64(), self.totals.summary.max?.as_f64());
        let reference = self.reference?.as_f64();
        Some((max - reference).abs().max((min - reference).abs()))
    }
}
