use proptest::prelude::*;

use super::*;
use crate::analysis::chart::NO_GROUP;

fn default_bins(values: &[f64]) -> Bins {
    bins(values, &Stop::default()).unwrap().unwrap()
}

fn counted(values: &[f64], groups: Groups<'_>) -> Histogram {
    histogram(values, groups, default_bins(values), &Stop::default()).unwrap()
}

#[test]
fn nothing_has_no_bins() {
    for values in [&[][..], &[f64::NAN, f64::INFINITY]] {
        assert_eq!(bins(values, &Stop::default()), Ok(None));
        assert_eq!(freedman_diaconis(values), None);
    }
}

#[test]
fn equal_numbers_share_one_bin() {
    for value in [0.0, 7.0, -0.3, 1e18, 1e-320, -f64::MAX / 1e10] {
        let found = default_bins(&[value; 3]);
        assert_eq!(found.count(), 1, "{value}");
        assert_eq!(found.bin_of(value), Some(0), "{value}: {found:?}");
    }
    assert_eq!(default_bins(&[7.0]).edges(), [6.5, 7.5]);
}

#[test]
fn few_integers_each_have_a_bin() {
    let found = default_bins(&[3.0, 5.0, 5.0, 9.0]);
    assert_eq!(found.edges(), [2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]);
    assert!(found.are_of_integers());
    // Though more than half are equal, and the quartiles tell nothing.
    let mostly: Vec<f64> = (0..1000).map(|row| if row % 5 == 0 { f64::from(row % 4) } else { 0.0 }).collect();
    assert!(default_bins(&mostly).are_of_integers());
}

#[test]
fn bins_of_many_integers_hold_equally_many_of_them() {
    let values: Vec<f64> = (0..5000).map(|n| f64::from(n * n % 4999)).collect();
    let found = default_bins(&values);
    assert!(found.are_of_integers() && (8..180).contains(&found.count()), "{}", found.count());
    let widths: Vec<f64> = found.edges().windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(widths.iter().all(|width| width.fract() == 0.0 && *width == widths[0]), "{widths:?}");
    assert_eq!(found.edges()[0].fract().abs(), 0.5);
}

#[test]
fn one_outlier_stands_beyond_the_bins() {
    let mut values: Vec<f64> = (0..999).map(|n| f64::from(n % 100) + 0.25).collect();
    values.push(1e18);
    let found = counted(&values, Groups::ALL);
    let counts = &found.groups[0];
    assert_eq!((counts.below, counts.above), (0, 1));
    assert!(found.bins.count() > 5 && found.bins.edges()[found.bins.count()] < 300.0, "{:?}", found.bins);
    assert_eq!(core_range(&values, &Stop::default()), Ok(Some((0.25, 99.25))));
    // And among equal ones.
    let mut values = vec![5.0; 99];
    values.push(1e15);
    let found = counted(&values, Groups::ALL);
    assert_eq!((found.groups[0].bins.as_slice(), found.groups[0].above), (&[99][..], 1));
}

#[test]
fn a_long_tail_is_not_cut_off() {
    let values: Vec<f64> = (1..=10_000).map(|n| (-(f64::from(n) / 10_001.0).ln()).powi(3)).collect();
    let found = counted(&values, Groups::ALL);
    let counts = &found.groups[0];
    assert!(counts.above + counts.below <= 100, "{} beyond", counts.above);
}

#[test]
fn groups_and_the_missing_are_counted_apart() {
    let values = [1.0, 2.0, f64::NAN, 2.0, 3.0, f64::NEG_INFINITY, 3.0];
    let of_rows = [0, 1, 1, 0, 1, 0, NO_GROUP];
    let found = counted(&values, Groups::new(&of_rows, 3));
    let told: Vec<_> = found.groups.iter().map(|group| (group.bins.clone(), group.missing)).collect();
    assert_eq!(told, [(vec![1, 1, 0], 1), (vec![0, 1, 1], 1), (vec![0, 0, 0], 0)]);
    assert_eq!(found.groups[1].cumulative(), [0, 1, 2]);
}

#[test]
fn given_edges_must_be_edges() {
    for edges in
        [vec![], vec![1.0], vec![1.0, 1.0], vec![2.0, 1.0], vec![0.0, f64::NAN], vec![0.0, f64::INFINITY]]
    {
        assert_eq!(Bins::new(edges.clone()), None, "{edges:?}");
    }
    let found = Bins::new(vec![0.0, 1.0, 10.0]).unwrap();
    let places = [-0.1, 0.0, 0.9, 1.0, 10.0, 10.1, f64::NAN].map(|value| found.bin_of(value));
    assert_eq!(places, [None, Some(0), Some(0), Some(1), Some(1), None, None]);
}

#[test]
fn work_that_is_not_wanted_ends() {
    let stop = Stop::default();
    stop.stop();
    assert_eq!(bins(&[1.0], &stop), Err(Stopped));
    assert_eq!(histogram(&[1.0], Groups::ALL, default_bins(&[1.0]), &stop), Err(Stopped));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_number_is_counted_once_and_few_stand_beyond(
        values in prop::collection::vec(prop_oneof![any::<f64>(), (-50i32..50).prop_map(f64::from), Just(1e18), Just(f64::NAN)], 0..200),
    ) {
        let Some(found) = bins(&values, &Stop::default()).unwrap() else {
            prop_assert!(finite(&values).next().is_none());
            return Ok(());
        };
        prop_assert!(found.edges().windows(2).all(|pair| pair[0] < pair[1]), "{:?}", found.edges());
        prop_assert!(found.count() <= 192, "{}", found.count());
        let counts = histogram(&values, Groups::ALL, found, &Stop::default()).unwrap().groups.remove(0);
        prop_assert_eq!(counts.numbers() as usize + counts.missing, values.len());
        let placed = finite(&values).filter(|value| value.abs() <= FARTHEST).count();
        let beyond = (counts.below + counts.above) as usize - (finite(&values).count() - placed);
        prop_assert!(beyond <= 2 + values.len() / 50, "{} beyond", beyond);
    }
}
