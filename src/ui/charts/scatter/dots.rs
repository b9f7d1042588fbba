use crate::analysis::chart::scatter::Point;

/// Who has a mark and where: found by row of the table, or one after the other along either axis.
#[derive(Debug, Default)]
pub(super) struct Dots {
    /// By row.
    by_row: Vec<(u32, Point)>,
    /// Places in `by_row`, from left to right and upwards.
    orders: [Vec<u32>; 2],
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
        let mut by_row: Vec<(u32, Point)> = rows
            .iter()
            .copied()
            .zip(places)
            .filter(|(_, place)| place.x.is_finite() && place.y.is_finite())
            .collect();
        by_row.sort_unstable_by_key(|(row, _)| *row);
        let orders = [along_x as fn(Point) -> f64, along_y].map(|along| {
            let mut order: Vec<u32> = (0..by_row.len() as u32).collect();
            order.sort_by(|one, other| {
                along(by_row[*one as usize].1).total_cmp(&along(by_row[*other as usize].1))
            });
            order
        });
        Self { by_row, orders }
    }

    /// Where a row of the table is; `None` when it has no mark.
    pub(super) fn at(&self, row: u32) -> Option<Point> {
        self.place(row).map(|place| self.by_row[place].1)
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
        Some(self.by_row[order[next] as usize].0)
    }

    fn place(&self, row: u32) -> Option<usize> {
        self.by_row.binary_search_by_key(&row, |(row, _)| *row).ok()
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
