//! Where rows and columns stand, exactly whatever their number: positions are doubles, and only
//! distances from the edge of what is in sight become the 32-bit points that are drawn.

use std::ops::Range;

/// Things beside each other: rows, or columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Axis {
    /// All of one size.
    Even { count: usize, size: f32 },
    /// Each of its own: where each ends.
    Each(Vec<f64>),
}

impl Axis {
    pub(super) fn each(sizes: impl IntoIterator<Item = f32>) -> Self {
        let mut end = 0.0;
        let ends = sizes.into_iter().map(|size| {
            end += f64::from(size);
            end
        });
        Self::Each(ends.collect())
    }

    pub(super) fn count(&self) -> usize {
        match self {
            Self::Even { count, .. } => *count,
            Self::Each(ends) => ends.len(),
        }
    }

    /// Where a thing begins; behind the last, where that ends.
    pub(super) fn start(&self, at: usize) -> f64 {
        match self {
            Self::Even { count, size } => at.min(*count) as f64 * f64::from(*size),
            Self::Each(ends) => at.min(ends.len()).checked_sub(1).map_or(0.0, |before| ends[before]),
        }
    }

    pub(super) fn size(&self, at: usize) -> f32 {
        (self.start(at + 1) - self.start(at)) as f32
    }

    pub(super) fn end(&self) -> f64 {
        self.start(self.count())
    }

    /// What stands at a position; the last behind all of them.
    pub(super) fn at(&self, position: f64) -> usize {
        let place = match self {
            Self::Even { size, .. } => (position.max(0.0) / f64::from(*size)) as usize,
            Self::Each(ends) => ends.partition_point(|end| *end <= position),
        };
        place.min(self.count().saturating_sub(1))
    }

    /// What is in sight between two positions.
    pub(super) fn between(&self, from: f64, to: f64) -> Range<usize> {
        if self.count() == 0 || to <= from {
            return 0..0;
        }
        let first = self.at(from);
        let last = self.at(to);
        first..(last + usize::from(self.start(last) < to)).max(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_millions_stands_exactly_where_it_should() {
        let axis = Axis::Even { count: 50_000_000, size: 27.0 };
        let last = 49_999_999;
        assert_eq!(axis.start(last), 49_999_999.0 * 27.0);
        assert_eq!(axis.at(axis.start(last)), last);
        assert_eq!(axis.at(axis.start(last) - 0.01), last - 1);
        assert_eq!(axis.between(axis.end() - 54.0, axis.end()), last - 1..last + 1);
        assert_eq!(axis.size(last), 27.0);
    }

    #[test]
    fn what_is_in_sight_is_found() {
        let axis = Axis::each([10.0, 20.0, 30.0]);
        assert_eq!((axis.start(0), axis.start(1), axis.start(3), axis.end()), (0.0, 10.0, 60.0, 60.0));
        assert_eq!(axis.between(0.0, 10.0), 0..1);
        assert_eq!(axis.between(5.0, 31.0), 0..3);
        assert_eq!(axis.between(10.0, 30.0), 1..2);
        assert_eq!(axis.between(0.0, 1000.0), 0..3);
        assert_eq!(Axis::each([]).between(0.0, 100.0), 0..0);
        assert_eq!(axis.at(1e12), 2);
    }
}
