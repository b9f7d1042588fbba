//! What some cells come to: how many there are of each kind, and sum, mean, least and greatest.

use std::cmp::Ordering;

use super::Figure;
use crate::model::Cell;

/// What some cells come to. Only numbers enter the figures; everything else is counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Cells that hold a number.
    pub numbers: usize,
    /// Cells that hold a value that is no number.
    pub texts: usize,
    /// Cells that were answered without a value.
    pub no_value: usize,
    /// Cells that could not be read.
    pub failed: usize,
    /// Cells whose answer is still to come.
    pub pending: usize,
    /// The sum of the numbers: exact when all are integers. `None` without numbers, or when it is
    /// more than a double holds.
    pub sum: Option<Figure>,
    /// The mean of the numbers. `None` without numbers, or when their sum is more than a double holds.
    pub mean: Option<f64>,
    /// The least number.
    pub min: Option<Figure>,
    /// The greatest number.
    pub max: Option<Figure>,
}

impl Summary {
    /// Cells with a value of any kind.
    #[must_use]
    pub fn values(&self) -> usize {
        self.numbers + self.texts
    }
}

/// Sums up any cells. Those not asked for are passed over.
pub fn of<'a>(cells: impl IntoIterator<Item = Cell<'a>>) -> Summary {
    let mut summary = Summary::default();
    let mut total = Total::default();
    for cell in cells {
        match cell {
            Cell::NotAsked => {}
            Cell::Pending => summary.pending += 1,
            Cell::NoValue => summary.no_value += 1,
            Cell::Failed(_) => summary.failed += 1,
            Cell::Value(value) => match Figure::of(&value) {
                None => summary.texts += 1,
                Some(figure) => {
                    summary.numbers += 1;
                    total.add(figure);
                    summary.min = Some(pick(summary.min, figure, Ordering::Less));
                    summary.max = Some(pick(summary.max, figure, Ordering::Greater));
                }
            },
        }
    }
    if summary.numbers > 0 {
        summary.sum = total.figure();
        summary.mean = summary.sum.map(|sum| sum.as_f64() / summary.numbers as f64);
    }
    summary
}

fn pick(best: Option<Figure>, figure: Figure, wanted: Ordering) -> Figure {
    match best {
        Some(best) if figure.compare(best) != wanted => best,
        _ => figure,
    }
}

/// A sum kept twice: exactly, for as long as only integers come and it fits, and as a double that
/// carries along what each addition rounded away (Neumaier), so that a small number among large
/// ones is not lost.
struct Total {
    exact: Option<i128>,
    sum: f64,
    rounded_away: f64,
}

impl Default for Total {
    fn default() -> Self {
        Self { exact: Some(0), sum: 0.0, rounded_away: 0.0 }
    }
}

impl Total {
    fn add(&mut self, figure: Figure) {
        self.exact = match (self.exact, figure) {
            (Some(sum), Figure::Int(int)) => sum.checked_add(int),
            _ => None,
        };
        let number = figure.as_f64();
        let sum = self.sum + number;
        self.rounded_away += if self.sum.abs() >= number.abs() {
            (self.sum - sum) + number
        } else {
            (number - sum) + self.sum
        };
        self.sum = sum;
    }

    fn figure(&self) -> Option<Figure> {
        match self.exact {
            Some(exact) => Some(Figure::Int(exact)),
            None => Some(self.sum + self.rounded_away).filter(|sum| sum.is_finite()).map(Figure::Real),
        }
    }
}
