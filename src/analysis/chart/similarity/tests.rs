use super::*;

fn rows(columns: &[Vec<f64>]) -> Order {
    let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    order_rows(&slices, &Stop::default()).unwrap()
}

/// How often neighbours in an order are of different kinds.
fn changes(places: &[u32], kind: impl Fn(u32) -> u32) -> usize {
    places.windows(2).filter(|pair| kind(pair[0]) != kind(pair[1])).count()
}

fn noise(row: u32, column: u32) -> f64 {
    let state = (u64::from(row) * 2_654_435_761 + u64::from(column) * 40_503 + 12_345) % 2_147_483_647;
    (state * 48_271 % 2_147_483_647) as f64 / 2_147_483_647.0
}

/// Rows of four kinds, mixed; each kind is high in one column.
fn mixed(count: u32) -> Vec<Vec<f64>> {
    let cell = |row: u32, column: u32| {
        let value = if row % 4 == column { 1000.0 } else { 0.0 } + noise(row, column) * 100.0;
        // Of one size each, to which the others must not matter; and with gaps.
        if (row + column) % 11 == 5 { f64::NAN } else { value * 10_000f64.powf(f64::from(column)) }
    };
    (0..4).map(|column| (0..count).map(|row| cell(row, column)).collect()).collect()
}

#[test]
fn rows_alike_are_neighbours() {
    let found = rows(&mixed(240));
    assert_eq!((found.by, found.empty), (By::Clusters, 0));
    let mut all = found.places.clone();
    all.sort_unstable();
    assert_eq!(all, (0..240).collect::<Vec<_>>());
    // With a gap where it is high, a row is of no kind.
    assert!(changes(&found.places, |row| row % 4) < 45, "{:?}", found.places);
}

#[test]
fn rows_on_a_line_stand_in_its_order_with_the_greatest_first() {
    let level = |row: u32| f64::from(row * 37 % 101);
    let columns: Vec<Vec<f64>> =
        (1..4).map(|column| (0..101).map(|row| level(row) * f64::from(column)).collect()).collect();
    let found = rows(&columns);
    assert!(level(found.places[0]) > level(found.places[100]));
    let steps: f64 = found.places.windows(2).map(|pair| (level(pair[0]) - level(pair[1])).abs()).sum();
    assert!(steps < 250.0, "{steps}");
}

#[test]
fn too_many_rows_stand_by_their_spread() {
    let count = MOST_CLUSTERED as u32 + 500;
    let level = |row: u32| f64::from(row * 7919 % count);
    let columns: Vec<Vec<f64>> =
        (1..4).map(|column| (0..count).map(|row| level(row) * f64::from(column)).collect()).collect();
    let found = rows(&columns);
    assert_eq!(found.by, By::Spread);
    assert!(found.places.windows(2).all(|pair| level(pair[0]) > level(pair[1])));
}

#[test]
fn rows_without_numbers_stand_last() {
    let column = vec![f64::NAN, 3.0, f64::INFINITY, 1.0, f64::NAN];
    let found = rows(&[column.clone(), column]);
    assert_eq!((found.places.as_slice(), found.empty), (&[1, 3, 0, 2, 4][..], 3));
    assert!(rows(&[]).places.is_empty());
    assert!(rows(&[vec![]]).places.is_empty());
    assert_eq!(rows(&[vec![f64::NAN; 2]]).places, [0, 1]);
    assert_eq!(rows(&[vec![4.0]]).places, [0]);
}

#[test]
fn equal_rows_and_extremes_are_ordered_too() {
    let found = rows(&[vec![5.0; 300], vec![-1.0; 300]]);
    assert_eq!(found.places.len(), 300);
    let wide: Vec<f64> = (0..60).map(|row| if row % 2 == 0 { f64::MAX } else { -f64::MAX }).collect();
    let found = rows(&[wide, (0..60).map(f64::from).collect()]);
    assert_eq!(changes(&found.places, |row| row % 2), 1, "{:?}", found.places);
}

#[test]
fn columns_that_go_together_are_neighbours() {
    let base = |kind: u32, row: u32| noise(row, 50 + kind);
    // Two kinds, mixed, one of each kind turned round, and one that is empty.
    let mut columns: Vec<Vec<f64>> = (0..6)
        .map(|column| {
            let sign = if column > 3 { -1.0 } else { 1.0 };
            (0..200).map(|row| sign * (base(column % 2, row) + noise(row, column) * 0.1)).collect()
        })
        .collect();
    columns.insert(2, vec![f64::NAN; 200]);
    let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let found = order_columns(&slices, &Stop::default()).unwrap();
    assert_eq!((found.empty, found.places[6]), (1, 2));
    let kind = |place: u32| (place - u32::from(place > 2)) % 2;
    assert_eq!(changes(&found.places[..6], kind), 1, "{:?}", found.places);
    assert!(order_columns(&[], &Stop::default()).unwrap().places.is_empty());
}

#[test]
fn work_that_is_not_wanted_ends() {
    let stop = Stop::default();
    stop.stop();
    let columns = mixed(20);
    let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    assert_eq!(order_rows(&slices, &stop), Err(Stopped));
    assert_eq!(order_columns(&slices, &stop), Err(Stopped));
    assert_eq!(clusters(&slices, &stop), Err(Stopped));
}
