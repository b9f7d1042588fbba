//! The figures that charts are drawn from, held against those of numpy and scipy on many random
//! tables. `tests/fixtures/charts/make.py` made both.

use serde::Deserialize;
use statlens::analysis::{
    Stop,
    chart::{Groups, box_plot, correlation, density, histogram, similarity, trend},
};

#[derive(Deserialize)]
struct Figures {
    tables: Vec<Table>,
    trees: Vec<Tree>,
    large: Large,
}

#[derive(Deserialize)]
struct Table {
    columns: Vec<Vec<Option<f64>>>,
    of_columns: Vec<Option<OfColumn>>,
    of_pairs: [OfPair; 3],
}

#[derive(Deserialize)]
struct OfColumn {
    count: usize,
    quartiles: [f64; 3],
    whiskers: [f64; 2],
    outliers: usize,
    freedman_diaconis: f64,
    edges: Vec<f64>,
    bins: Vec<u32>,
    density: Option<Density>,
}

#[derive(Deserialize)]
struct Density {
    bandwidth: f64,
    range: (f64, f64),
    heights: Vec<f64>,
}

#[derive(Deserialize)]
struct OfPair {
    pairs: usize,
    pearson: Option<f64>,
    spearman: Option<f64>,
    /// The slope, and the y where x is at its mean.
    line: Option<[f64; 2]>,
}

#[derive(Deserialize)]
struct Tree {
    columns: Vec<Vec<f64>>,
    distances: Vec<f64>,
    counts: Vec<u32>,
}

#[derive(Deserialize)]
struct Large {
    bandwidth: f64,
    range: (f64, f64),
    heights: Vec<f64>,
    quartiles: [f64; 3],
    pearson: f64,
    spearman: f64,
}

fn figures() -> Figures {
    serde_json::from_str(include_str!("fixtures/charts/figures.json")).unwrap()
}

impl Table {
    /// The columns as charts take them: NaN for none.
    fn numbers(&self) -> Vec<Vec<f64>> {
        let of = |column: &Vec<Option<f64>>| column.iter().map(|cell| cell.unwrap_or(f64::NAN)).collect();
        self.columns.iter().map(of).collect()
    }
}

/// Looks at each column of all tables that holds a number.
fn each_column(look: impl Fn(&[f64], &OfColumn)) {
    let mut looked_at = 0;
    for table in figures().tables {
        for (numbers, expected) in table.numbers().iter().zip(&table.of_columns) {
            if let Some(expected) = expected {
                look(numbers, expected);
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} columns");
}

#[track_caller]
fn same(found: f64, expected: f64, error: f64) {
    let distance = (found - expected).abs();
    assert!(distance <= error * expected.abs().max(1e-300), "{found} is not {expected}");
}

/// Correlations of nearly nothing are told by their distance.
#[track_caller]
fn same_r(found: Option<f64>, expected: Option<f64>) {
    match (found, expected) {
        (Some(found), Some(expected)) => {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
        (found, expected) => assert_eq!(found, expected),
    }
}

#[test]
fn boxes() {
    each_column(|numbers, expected| {
        let found = box_plot::boxes(numbers, Groups::ALL, &Stop::default()).unwrap().remove(0);
        assert_eq!((found.numbers, found.missing), (expected.count, numbers.len() - expected.count));
        let plot = found.plot.unwrap();
        for (found, expected) in [plot.lower, plot.median, plot.upper].into_iter().zip(expected.quartiles) {
            same(found, expected, 1e-13);
        }
        same(plot.lower_whisker, expected.whiskers[0], 1e-13);
        same(plot.upper_whisker, expected.whiskers[1], 1e-13);
        assert_eq!(plot.outliers.len(), expected.outliers);
    });
}

#[test]
fn histograms() {
    each_column(|numbers, expected| {
        let found = histogram::freedman_diaconis(numbers).unwrap_or(0.0);
        same(found, expected.freedman_diaconis, 1e-9);
        let bins = histogram::Bins::new(expected.edges.clone()).unwrap();
        let found = histogram::histogram(numbers, Groups::ALL, bins, &Stop::default()).unwrap();
        let counts = &found.groups[0];
        assert_eq!((&counts.bins, counts.below, counts.above), (&expected.bins, 0, 0));
        assert_eq!(counts.missing, numbers.len() - expected.count);
    });
}

fn check_density(numbers: &[f64], expected: &Density, error: f64) {
    same(density::bandwidth(numbers).unwrap(), expected.bandwidth, 1e-9);
    let points = expected.heights.len();
    let found = density::densities(numbers, Groups::ALL, expected.range, points, &Stop::default());
    let found = found.unwrap().remove(0).density.unwrap();
    same(found.bandwidth, expected.bandwidth, 1e-9);
    let greatest = expected.heights.iter().copied().fold(0.0, f64::max);
    for (found, expected) in found.heights.iter().zip(&expected.heights) {
        assert!((found - expected).abs() <= error * greatest, "{found} is not {expected}");
    }
}

#[test]
fn densities() {
    each_column(|numbers, expected| match &expected.density {
        Some(expected) => check_density(numbers, expected, 1e-9),
        None => assert_eq!(density::bandwidth(numbers), None),
    });
}

#[test]
fn correlations_and_lines() {
    let mut with_r = 0;
    for table in figures().tables {
        let columns = table.numbers();
        let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let matrix = |method| correlation::matrix(&slices, method, &Stop::default()).unwrap();
        let (pearson, spearman) =
            (matrix(correlation::Method::Pearson), matrix(correlation::Method::Spearman));
        for ((one, other), expected) in [(0, 1), (0, 2), (1, 2)].into_iter().zip(&table.of_pairs) {
            let found = pearson.at(one, other);
            assert_eq!((found.pairs, found.missing), (expected.pairs, columns[0].len() - expected.pairs));
            same_r(found.r, expected.pearson);
            same_r(spearman.at(other, one).r, expected.spearman);
            with_r += usize::from(expected.pearson.is_some());
            let line = trend::trend_line(slices[one], slices[other]);
            let Some([slope, middle]) = expected.line else {
                assert_eq!(line, None);
                continue;
            };
            let line = line.unwrap();
            same(line.at(line.centre.0), middle, 1e-12);
            // A slope of nearly nothing is told by what it comes to over the width of the points.
            let (sizes, heights) = (width(slices[one]), width(slices[other]));
            assert!((line.slope - slope).abs() * sizes <= heights * 1e-9, "{} is not {slope}", line.slope);
            same_r(line.r, expected.pearson);
            assert_eq!(line.pairs, expected.pairs);
        }
    }
    assert!(with_r > 100, "only {with_r} correlations");
}

fn width(numbers: &[f64]) -> f64 {
    let present = || numbers.iter().copied().filter(|number| !number.is_nan());
    present().fold(f64::NEG_INFINITY, f64::max) - present().fold(f64::INFINITY, f64::min)
}

#[test]
fn clusters() {
    for tree in figures().trees {
        let slices: Vec<&[f64]> = tree.columns.iter().map(Vec::as_slice).collect();
        let found = similarity::clusters(&slices, &Stop::default()).unwrap();
        assert_eq!(found.len(), tree.distances.len());
        for (merge, expected) in found.iter().zip(&tree.distances) {
            same(f64::from(merge.distance), *expected, 1e-5);
        }
        let counts: Vec<u32> = found.iter().map(|merge| merge.count).collect();
        assert_eq!(counts, tree.counts);
    }
}

/// The column of `large` in `make.py`.
fn large_column() -> Vec<f64> {
    let mut state = 1u64;
    let mut next = || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0
    };
    let mut value = || {
        let total = [next(), next(), next()].iter().fold(0.0, |total, share| total + share);
        total * total * 100.0
    };
    (0..100_000).map(|_| value()).collect()
}

#[test]
fn many_numbers() {
    let numbers = large_column();
    let Large { bandwidth, range, heights, quartiles, pearson, spearman } = figures().large;
    check_density(&numbers, &Density { bandwidth, range, heights }, 1e-3);
    let found = box_plot::boxes(&numbers, Groups::ALL, &Stop::default()).unwrap().remove(0).plot.unwrap();
    for (found, expected) in [found.lower, found.median, found.upper].into_iter().zip(quartiles) {
        same(found, expected, 1e-13);
    }
    let other: Vec<f64> =
        numbers.iter().rev().enumerate().map(|(row, value)| value + row as f64 / 1000.0).collect();
    let r = |method| correlation::correlation(&numbers, &other, method, &Stop::default()).unwrap().r;
    same_r(r(correlation::Method::Pearson), Some(pearson));
    same_r(r(correlation::Method::Spearman), Some(spearman));
}
