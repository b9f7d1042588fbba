use proptest::prelude::*;

use super::*;
use crate::analysis::{
    Stop, Stopped,
    chart::{Groups, NO_GROUP},
};

fn cloud(x: &[f64], y: &[f64]) -> Cloud {
    Cloud::new(x, y, Groups::ALL, &Stop::default()).unwrap()
}

fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

fn window(x: (f64, f64), y: (f64, f64)) -> Window {
    Window { area: Area::between(point(x.0, y.0), point(x.1, y.1)), width: 800.0, height: 500.0 }
}

fn seen(cloud: &Cloud, window: &Window, singles: usize) -> Marks {
    let mut marks = Marks::default();
    cloud.look(window, 4.0, singles, &mut marks);
    marks
}

/// Numbers from 0 to 1 that follow no order.
fn scattered(count: u64, start: u64) -> Vec<f64> {
    let mut state = start;
    let mut next = || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn few_points_are_all_single() {
    let found = cloud(&[1.0, 2.0, f64::NAN, 2.0, 9.0], &[1.0, 2.0, 5.0, 2.0, f64::INFINITY]);
    assert_eq!((found.count(), found.missing()), (3, 2));
    let marks = seen(&found, &window((0.0, 10.0), (0.0, 10.0)), 100);
    assert_eq!((marks.singles.len(), marks.cells.len()), (3, 0));
}

#[test]
fn many_points_are_no_more_marks_than_the_screen_has_room_for() {
    let (x, y) = (scattered(60_000, 5), scattered(60_000, 77));
    let found = cloud(&x, &y);
    let whole = Window { area: found.area().unwrap(), width: 200.0, height: 100.0 };
    let marks = seen(&found, &whole, 1000);
    assert_eq!(marks.points(), 60_000);
    assert!(marks.singles.len() + marks.cells.len() < 6 * (50 * 25), "{}", marks.cells.len());
    for cell in &marks.cells {
        let area = cell.area;
        assert!(
            (area.greatest.x - area.least.x) * 200.0 <= 4.01
                && (area.greatest.y - area.least.y) * 100.0 <= 4.01
        );
        assert!(area.holds(cell.middle()) && cell.of_group == cell.count && cell.group == 0);
    }
    // Zoomed in, they come apart.
    let near = window((0.5, 0.51), (0.5, 0.51));
    let marks = seen(&found, &near, 1000);
    let inside = (0..x.len()).filter(|row| near.area.holds(point(x[*row], y[*row]))).count();
    assert_eq!((marks.singles.len(), marks.cells.len()), (inside, 0));
    assert_eq!(found.count_in(&near.area), inside);
}

#[test]
fn cells_stay_while_the_window_moves() {
    let found = cloud(&scattered(20_000, 3), &scattered(20_000, 9));
    let cells = |shift: f64| {
        let marks = seen(&found, &window((0.1 + shift, 0.6 + shift), (0.1, 0.6)), 10);
        let inner = Area::between(point(0.3, 0.2), point(0.5, 0.5));
        let mut cells: Vec<String> = marks
            .cells
            .iter()
            .filter(|cell| inner.holds(cell.area.least) && inner.holds(cell.area.greatest))
            .map(|cell| format!("{cell:?}"))
            .collect();
        cells.sort();
        cells
    };
    assert!(cells(0.0).len() > 100);
    assert_eq!(cells(0.0), cells(0.0625));
}

#[test]
fn an_outlier_does_not_glue_the_others_together() {
    let (mut x, y) = (scattered(5000, 11), scattered(5000, 13));
    x[17] = 1e18;
    let found = cloud(&x, &y);
    let whole = Window { area: found.area().unwrap(), width: 800.0, height: 500.0 };
    let marks = seen(&found, &whole, 10);
    assert_eq!(marks.points(), 5000);
    assert!(marks.singles.iter().any(|single| single.row == 17));
    let marks = seen(&found, &window((0.4, 0.402), (0.0, 1.0)), 100);
    assert!(!marks.singles.is_empty() && marks.cells.is_empty());
    let at = marks.singles[0];
    let near = found.nearest(at.at, &window((0.4, 0.402), (0.0, 1.0)), 5.0).unwrap();
    assert_eq!((near.row, near.distance), (at.row, 0.0));
}

#[test]
fn cells_tell_the_commonest_group() {
    let x = vec![1.0; 100];
    let of_rows: Vec<u32> = (0..100).map(|row| if row < 60 { row % 3 } else { 41 }).collect();
    let found = Cloud::new(&x, &x, Groups::new(&of_rows, 42), &Stop::default()).unwrap();
    let marks = seen(&found, &window((0.0, 2.0), (0.0, 2.0)), 10);
    assert_eq!(marks.cells.len(), 1);
    assert_eq!((marks.cells[0].count, marks.cells[0].group, marks.cells[0].of_group), (100, 41, 40));
    // Those of no group are drawn, too; of equally many, the first group counts.
    let of_rows = [NO_GROUP, NO_GROUP, 1, 1, 0, 0];
    let found =
        Cloud::new(&[0.0; 6], &[0.0, -0.0, 0.0, 0.0, 0.0, 0.0], Groups::new(&of_rows, 2), &Stop::default());
    let marks = seen(&found.unwrap(), &window((-1.0, 1.0), (-1.0, 1.0)), 1);
    assert_eq!((marks.cells[0].count, marks.cells[0].group, marks.cells[0].of_group), (6, 0, 2));
    assert_eq!(marks.cells[0].of_none, 2);
}

#[test]
fn those_of_no_group_do_not_hide_a_group() {
    let common = |of_rows: &[u32]| {
        let x = vec![1.0; of_rows.len()];
        let found = Cloud::new(&x, &x, Groups::new(of_rows, 2), &Stop::default()).unwrap();
        let cell = seen(&found, &window((0.0, 2.0), (0.0, 2.0)), 1).cells[0];
        (cell.group, cell.of_group, cell.of_none)
    };
    let mut of_rows = [NO_GROUP; 50];
    assert_eq!(common(&of_rows), (NO_GROUP, 0, 50));
    of_rows[31] = 1;
    assert_eq!(common(&of_rows), (1, 1, 49));
}

#[test]
fn of_a_stack_the_first_row_is_picked() {
    let found = cloud(&vec![3.0; 5000], &vec![4.0; 5000]);
    let near = found.nearest(point(3.001, 4.0), &window((0.0, 10.0), (0.0, 10.0)), 5.0).unwrap();
    assert_eq!((near.row, near.at), (0, point(3.0, 4.0)));
    assert_eq!(found.nearest(point(5.0, 4.0), &window((0.0, 10.0), (0.0, 10.0)), 5.0), None);
    assert_eq!(found.in_area(&Area::between(point(4.0, 4.0), point(2.0, 4.0))).len(), 5000);
}

#[test]
fn nothing_and_extremes_are_looked_at_without_harm() {
    let empty = cloud(&[], &[]);
    let whole = window((0.0, 1.0), (0.0, 1.0));
    assert_eq!((empty.area(), seen(&empty, &whole, 10)), (None, Marks::default()));
    assert_eq!(empty.nearest(point(0.0, 0.0), &whole, 10.0), None);
    assert!(empty.in_area(&whole.area).is_empty() && empty.in_lasso(&[point(0.0, 0.0)]).is_empty());
    let ends = [f64::MAX, -f64::MAX, 0.0, 5e-324, 1e18, -1e18];
    let found = cloud(&ends, &ends);
    let whole = Window { area: found.area().unwrap(), width: 800.0, height: 500.0 };
    for singles in [0, 10] {
        assert_eq!(seen(&found, &whole, singles).points(), 6);
    }
    assert_eq!(found.nearest(point(f64::MAX, f64::MAX), &whole, 3.0).map(|near| near.row), Some(0));
    assert_eq!(found.in_area(&whole.area).len(), 6);
    // A window without width, and a pointer that is nowhere.
    let flat = window((1e18, 1e18), (1e18, 1e18));
    assert_eq!(seen(&found, &flat, 10).points(), 1);
    assert_eq!(found.nearest(point(f64::NAN, 0.0), &whole, 10.0), None);
    let around = [
        point(-f64::MAX, -f64::MAX),
        point(f64::MAX, -f64::MAX),
        point(f64::MAX, f64::MAX),
        point(-f64::MAX, f64::MAX),
    ];
    assert_eq!(found.in_lasso(&around), [2, 3, 4, 5]);
}

#[test]
fn work_that_is_not_wanted_ends() {
    let stop = Stop::default();
    stop.stop();
    assert_eq!(Cloud::new(&[1.0], &[1.0], Groups::ALL, &stop).err(), Some(Stopped));
}

/// Whether a place is inside a closed line, by how often the line goes round it to the right.
fn is_inside(at: Point, corners: &[Point]) -> bool {
    let mut inside = false;
    let mut before = corners.len() - 1;
    for (place, corner) in corners.iter().enumerate() {
        let other = corners[before];
        if (corner.y > at.y) != (other.y > at.y) {
            let crossing = corner.x + (at.y - corner.y) / (other.y - corner.y) * (other.x - corner.x);
            inside ^= at.x < crossing;
        }
        before = place;
    }
    inside
}

fn places() -> impl Strategy<Value = Vec<(f64, f64)>> {
    // Close integers, so that many share a place, and fractions.
    let number = prop_oneof![(-8i32..8).prop_map(f64::from), -10.0..10.0f64, Just(f64::NAN)];
    prop::collection::vec((number.clone(), number), 0..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_found_is_what_a_search_of_all_finds(
        places in places(),
        corners in prop::collection::vec((-11.0..11.0f64, -11.0..11.0f64), 3..12),
        pointer in (-10.0..10.0f64, -10.0..10.0f64),
        reach in 1.0..300.0f64,
    ) {
        let (x, y): (Vec<f64>, Vec<f64>) = places.into_iter().unzip();
        let found = cloud(&x, &y);
        let rows = || (0..x.len() as u32).filter(|row| (x[*row as usize] + y[*row as usize]).is_finite());
        let at = |row: u32| point(x[row as usize], y[row as usize]);
        let corners: Vec<Point> = corners.into_iter().map(|(x, y)| point(x, y)).collect();

        let area = Area::between(corners[0], corners[1]);
        let expected: Vec<u32> = rows().filter(|row| area.holds(at(*row))).collect();
        prop_assert_eq!(found.count_in(&area), expected.len());
        prop_assert_eq!(found.in_area(&area), expected);

        let expected: Vec<u32> = rows().filter(|row| is_inside(at(*row), &corners)).collect();
        prop_assert_eq!(found.in_lasso(&corners), expected);

        let view = window((-7.0, 7.0), (-9.0, 6.0));
        let pixels = |row: u32| {
            let (dx, dy) = (at(row).x - pointer.0, at(row).y - pointer.1);
            (dx * 800.0 / 14.0).hypot(dy * 500.0 / 15.0)
        };
        let nearest = rows().filter(|row| view.area.holds(at(*row))).map(pixels).fold(f64::INFINITY, f64::min);
        match found.nearest(point(pointer.0, pointer.1), &view, reach) {
            Some(near) => prop_assert!((pixels(near.row) - nearest).abs() < 1e-9 && near.distance <= reach),
            None => prop_assert!(nearest > reach - 1e-9),
        }

        let part = Window { area, width: 60.0, height: 40.0 };
        let marks = seen(&found, &part, 1000);
        let mut singles: Vec<u32> = marks.singles.iter().map(|single| single.row).collect();
        singles.sort_unstable();
        prop_assert_eq!(&singles, &found.in_area(&area));
        let marks = seen(&found, &part, 0);
        prop_assert!(marks.points() >= found.count_in(&area));
        prop_assert!(marks.singles.iter().all(|single| area.holds(single.at)));

        let whole = window((-10.0, 10.0), (-10.0, 10.0));
        for singles in [0, 20, 1000] {
            prop_assert_eq!(seen(&found, &whole, singles).points(), found.count());
        }
    }
}
