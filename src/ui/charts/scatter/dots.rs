use super::super::RowSet;
use crate::analysis::chart::scatter::Point;

/// Who has a mark and where: found by row of the table, or one after the other along either axis.
#[derive(Debug, Default)]
pub(super) struct Dots {
    /// By row.
    by_row: Vec<Dot>,
    /// Places in `by_row`, from left to right and upwards.
    orders: [Vec<u32>; 2],
}

/// A mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dot {
    /// The row of the table, and its place among those of the scene.
    pub(super) row: u32,
    pub(super) index: u32,
    pub(super) at: Point,
}

/// Where to go from a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Right,
    Left,
    Up,
    Down,
    First,
    Last,
}

impl Dots {
    /// Those of `rows` that have both places.
    pub(super) fn of(rows: &[u32], xs: &[f64], ys: &[f64]) -> Self {
        let places = xs.iter().zip(ys).map(|(x, y)| Point { x: *x, y: *y });
        let mut by_row: Vec<Dot> = (0..)
            .zip(rows)
            .zip(places)
            .map(|((index, row), at)| Dot { row: *row, index, at })
            .filter(|dot| dot.at.x.is_finite() && dot.at.y.is_finite())
            .collect();
        by_row.sort_unstable_by_key(|dot| dot.row);
        let orders = [along_x as fn(Point) -> f64, along_y].map(|along| {
            let mut order: Vec<u32> = (0..by_row.len() as u32).collect();
            order.sort_by(|one, other| {
                along(by_row[*one as usize].at).total_cmp(&along(by_row[*other as usize].at))
            });
            order
        });
        Self { by_row, orders }
    }

    /// The mark of a row of the table, if it has one.
    pub(super) fn dot(&self, row: u32) -> Option<Dot> {
        self.place(row).map(|place| self.by_row[place])
    }

    /// Where a row of the table is; `None` when it has no mark.
    pub(super) fn at(&self, row: u32) -> Option<Point> {
        self.dot(row).map(|dot| dot.at)
    }

    /// The marks of some rows.
    pub(super) fn of_rows(&self, rows: &RowSet) -> impl Iterator<Item = Dot> {
        rows.rows().filter_map(|row| self.dot(row))
    }

    /// The row that is next to `from` in a direction; the first without one. At the end it stays.
    pub(super) fn step(&self, from: Option<u32>, step: Step) -> Option<u32> {
        let order = &self.orders[usize::from(matches!(step, Step::Up | Step::Down))];
        let last = order.len().checked_sub(1)?;
        let now = from
            .and_then(|row| self.place(row))
            .and_then(|place| order.iter().position(|other| *other as usize == place));
        let next = match (step, now) {
            (Step::Last, _) => last,
            (Step::First, _) | (_, None) => 0,
            (Step::Right | Step::Up, Some(now)) => (now + 1).min(last),
            (Step::Left | Step::Down, Some(now)) => now.saturating_sub(1),
        };
        Some(self.by_row[order[next] as usize].row)
    }

    fn place(&self, row: u32) -> Option<usize> {
        self.by_row.binary_search_by_key(&row, |dot| dot.row).ok()
    }
}

fn along_x(place: Point) -> f64 {
    place.x
}

fn along_y(place: Point) -> f64 {
    place.y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_by_row_and_walked_along_either_axis() {
        let dots = Dots::of(&[7, 3, 5, 9], &[2.0, 1.0, 3.0, f64::NAN], &[1.0, 5.0, -1.0, 0.0]);
        assert_eq!(dots.at(3), Some(Point { x: 1.0, y: 5.0 }));
        assert_eq!((dots.at(9), dots.at(4)), (None, None));
        let chosen: Vec<u32> = dots.of_rows(&RowSet::of(&[9, 7, 5])).map(|dot| dot.index).collect();
        assert_eq!(chosen, [2, 0], "by row");
        let walked = |from, steps: &[Step]| {
            let mut row = from;
            steps
                .iter()
                .map(|step| {
                    row = dots.step(row, *step);
                    row
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            walked(None, &[Step::Right, Step::Right, Step::Right, Step::Right]),
            [Some(3), Some(7), Some(5), Some(5)]
        );
        assert_eq!(
            walked(Some(5), &[Step::Up, Step::Up, Step::Down, Step::Left]),
            [Some(7), Some(3), Some(7), Some(3)]
        );
        assert_eq!(walked(Some(9), &[Step::Last, Step::First]), [Some(5), Some(3)]);
        assert_eq!(Dots::default().step(None, Step::Right), None);
    }
}
