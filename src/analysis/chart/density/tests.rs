use super::*;

fn of(values: &[f64], range: (f64, f64), points: usize) -> GroupDensity {
    densities(values, Groups::ALL, range, points, &Stop::default()).unwrap().remove(0)
}

fn area(density: &Density) -> f64 {
    density.heights.iter().sum::<f64>() * density.step
}

/// Numbers between 0 and 1, heaped up in the middle.
fn heap(count: u64) -> Vec<f64> {
    let mut state = 1u64;
    let mut next = || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0
    };
    (0..count).map(|_| (next() + next() + next()) / 3.0).collect()
}

#[test]
fn the_area_below_is_one_wherever_the_numbers_are() {
    for (size, shift) in [(1.0, 0.0), (1e18, 0.0), (1e6, 1e18), (1e-300, 0.0), (1e290, 0.0)] {
        let values: Vec<f64> = heap(300).iter().map(|value| value * size + shift).collect();
        let range = support(&values, Groups::ALL).unwrap();
        let found = of(&values, range, 400).density.unwrap();
        assert!((area(&found) - 1.0).abs() < 0.01, "{size}, {shift}: {}", area(&found));
    }
}

#[test]
fn many_numbers_in_cells_give_what_they_give_one_by_one() {
    let values = heap(20_000);
    let grid = Grid { from: -0.1, step: 1.2 / 63.0, points: 64 };
    let stop = Stop::default();
    for bandwidth in [0.001, 0.03, 0.4] {
        let exact = one_by_one(&values, 1.0, grid, bandwidth, &stop).unwrap();
        let celled = by_cells(&values, 1.0, grid, bandwidth, &stop).unwrap();
        let greatest = exact.iter().copied().fold(0.0, f64::max);
        for (exact, celled) in exact.iter().zip(&celled) {
            assert!((exact - celled).abs() < greatest * 1e-3, "{bandwidth}: {exact} and {celled}");
        }
    }
}

#[test]
fn what_does_not_spread_has_no_density() {
    for values in [&[][..], &[7.0], &[7.0; 9], &[f64::NAN, 1.0, 1.0]] {
        let found = of(values, (0.0, 10.0), 50);
        assert_eq!(found.density, None, "{values:?}");
        assert_eq!(found.numbers + found.missing, values.len());
        assert_eq!(support(values, Groups::ALL), None);
    }
    for (range, points) in [((1.0, 1.0), 9), ((2.0, 1.0), 9), ((f64::NAN, 1.0), 9), ((0.0, 1.0), 1)] {
        assert_eq!(of(&[1.0, 2.0, 3.0], range, points).density, None);
    }
}

#[test]
fn extremes_neither_fail_nor_come_out_as_no_number() {
    let mut values = heap(5000);
    values.extend([1e18, -1e18, f64::MAX, f64::NAN, 0.0, 5e-324]);
    let found = of(&values, (-1e18, 1e18), 512);
    assert_eq!((found.numbers, found.missing), (5005, 1));
    assert!(found.density.unwrap().heights.iter().all(|height| height.is_finite()));
    let found = of(&values, (-1.0, 2.0), 512).density.unwrap();
    assert!(found.heights.iter().all(|height| height.is_finite()));
}

#[test]
fn each_of_many_groups_has_its_own() {
    let values = heap(4000);
    let of_rows: Vec<u32> = (0..4000).map(|row| row % 40).collect();
    let groups = Groups::new(&of_rows, 40);
    let range = support(&values, groups).unwrap();
    let found = densities(&values, groups, range, 100, &Stop::default()).unwrap();
    assert_eq!(found.len(), 40);
    assert!(found.iter().all(|group| (area(group.density.as_ref().unwrap()) - 1.0).abs() < 0.02));
    let stop = Stop::default();
    stop.stop();
    assert_eq!(densities(&values, groups, range, 100, &stop), Err(Stopped));
}

#[test]
fn shares_are_told_within_a_round_width_that_holds_no_more_than_all() {
    for (width, greatest, told) in [
        (500.0, 0.0, 500.0),
        (500.0, 0.002, 500.0),
        (500.0, 0.0031, 200.0),
        (500.0, 3.0, 0.2),
        (1.0, 1e300, 1e-300),
        (0.3 - 0.2, 1.0, 0.1),
    ] {
        assert_eq!(share_width(width, greatest), told, "{width} {greatest}");
    }
}
