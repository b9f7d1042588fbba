use statlens::{
    analysis::Figure,
    model::{Normalise, Statistic, ViewSettings},
};

use crate::world::*;

#[test]
fn every_statistic_is_of_those_that_have_a_number() {
    let view = view(table(&[("Kills", "1 2 3 4 ? ! ~ . x")]), ViewSettings::default());
    let totals = view.totals(0).unwrap().totals;
    let of = |statistic| totals.statistic(statistic).map(Figure::as_f64);
    for (statistic, expected) in [
        (Statistic::Count, 5.0),
        (Statistic::Missing, 3.0),
        (Statistic::Sum, 10.0),
        (Statistic::Mean, 2.5),
        (Statistic::Median, 2.5),
        (Statistic::P10, 1.3),
        (Statistic::P90, 3.7),
        (Statistic::Min, 1.0),
        (Statistic::Max, 4.0),
        (Statistic::Deviation, (5.0f64 / 3.0).sqrt()),
    ] {
        assert!((of(statistic).unwrap() - expected).abs() < 1e-12, "{statistic:?}: {:?}", of(statistic));
    }
    assert_eq!(view.totals(0).unwrap().reference, Some(Figure::Real(2.5)));
}

#[test]
fn without_numbers_there_are_counts_only() {
    let view = view(table(&[("Mode", "a b ?")]), ViewSettings::default());
    let column = view.totals(0).unwrap();
    assert_eq!(column.totals.statistic(Statistic::Count), Some(Figure::Int(2)));
    let others = [Statistic::Sum, Statistic::Mean, Statistic::Median, Statistic::Min, Statistic::Deviation];
    assert!(others.iter().all(|statistic| column.totals.statistic(*statistic).is_none()));
    assert_eq!((column.histogram, column.reference), (None, None));
}

#[test]
fn totals_are_of_what_is_shown() {
    let settings = ViewSettings { normalise: Normalise::ShareOfGreatest, ..ViewSettings::default() };
    let view = view(table(&[("Kills", "1 4 ? x")]), settings);
    let column = view.totals(0).unwrap();
    assert_eq!(column.totals.summary.sum, Some(Figure::Int(125)));
    assert_eq!((column.totals.summary.texts, column.totals.summary.no_value), (1, 1));
    assert_eq!(column.reference, Some(Figure::Real(62.5)));
}

#[test]
fn a_distribution_counts_all_and_is_not_flattened_by_one() {
    let cells =
        (0..240).map(|n| (n % 24).to_string()).chain(["1e18".to_owned()]).collect::<Vec<_>>().join(" ");
    let view = view(table(&[("Kills", &cells), ("Same", &"7 ".repeat(241))]), ViewSettings::default());
    let spread = view.totals(0).unwrap().histogram.unwrap();
    assert_eq!(spread.bins.iter().sum::<u32>(), 241);
    assert!(spread.bins.iter().filter(|bin| **bin > 0).count() > 6, "{spread:?}");
    let same = view.totals(1).unwrap().histogram.unwrap();
    assert_eq!((same.bins[0], same.least, same.greatest), (241, 7.0, 7.0));
}

#[test]
fn numbers_at_the_ends_of_what_a_double_holds_are_no_trouble() {
    let view = view(table(&[("Kills", "-1.7e308 1.7e308 0")]), ViewSettings::default());
    let column = view.totals(0).unwrap();
    assert_eq!(column.histogram.unwrap().bins.iter().sum::<u32>(), 3);
    assert_eq!(column.totals.statistic(Statistic::Median), Some(Figure::Int(0)));
    assert_eq!(column.totals.statistic(Statistic::Deviation), None, "more than a double holds");
}
