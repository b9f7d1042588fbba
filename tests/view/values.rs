use std::sync::Arc;

use statlens::{
    analysis::{Stop, View},
    model::{Cohort, Normalise, Number, PlayerRef, Reference, ViewSettings, Xuid},
};

use crate::world::*;

fn normalised(normalise: Normalise, reference: Reference) -> ViewSettings {
    ViewSettings { normalise, reference, ..ViewSettings::default() }
}

fn shown(cells: &str, normalise: Normalise, reference: Reference) -> Vec<String> {
    let mut input = input(table(&[("Kills", cells)]), normalised(normalise, reference));
    input.groups = [group("Pros", &[0, 1]), group("Nobody", &[])].into();
    column_written(&computed(input), 0)
}

fn median() -> Reference {
    Reference::default()
}

#[test]
fn numbers_are_replaced_and_all_else_stays() {
    assert_eq!(shown("1 3 ? ! x", Normalise::Raw, median()), ["1", "3", "?", "!", "x"]);
    assert_eq!(shown("1 3 ? ! x", Normalise::Difference, median()), ["=-1", "=1", "?", "!", "x"]);
    assert_eq!(shown("1 3 . ~ x", Normalise::Ratio, median()), ["=0.5", "=1.5", ".", "~", "x"]);
    assert_eq!(shown("1 4 2", Normalise::ShareOfGreatest, median()), ["=25", "=100", "=50"]);
    assert_eq!(shown("1 2 3", Normalise::ZScore, median()), ["=-1", "=0", "=1"]);
    assert_eq!(shown("1 2 2 9", Normalise::Percentile, median()), ["=12.5", "=50", "=50", "=87.5"]);
}

#[test]
fn a_reference_is_a_player_or_stands_for_many() {
    let of = |reference| shown("2 4 9 ?", Normalise::Difference, reference)[2].clone();
    assert_eq!(of(Reference::Player(PlayerRef::Xuid(Xuid(1)))), "=5");
    assert_eq!(of(Reference::Mean(Cohort::All)), "=4");
    assert_eq!(of(Reference::Median(Cohort::Group("Pros".into()))), "=6");
    assert_eq!(of(Reference::Percentile(100, Cohort::All)), "=0");
    let none = "The reference has no number in this column";
    for reference in [
        Reference::Player(PlayerRef::Xuid(Xuid(3))),
        Reference::Player(PlayerRef::Xuid(Xuid(77))),
        Reference::Mean(Cohort::Group("Nobody".into())),
        Reference::Median(Cohort::Group("Gone".into())),
    ] {
        assert_eq!(of(reference), none);
    }
}

#[test]
fn what_cannot_be_worked_out_says_why_and_is_never_infinite() {
    let zero = Reference::Player(PlayerRef::Xuid(Xuid(0)));
    assert!(shown("0 5", Normalise::Ratio, zero)[1].contains("reference is 0"));
    assert!(shown("-3 0", Normalise::ShareOfGreatest, median())[0].contains("above 0"));
    assert!(shown("5 5", Normalise::ZScore, median())[0].contains("do not differ"));
    assert!(shown("5", Normalise::ZScore, median())[0].contains("do not differ"));
    let far = Reference::Player(PlayerRef::Xuid(Xuid(0)));
    assert!(shown("-1.5e308 1.5e308", Normalise::Difference, far)[1].contains("larger than any number"));
    let two = table(&[("Kills", "6 6 6 ?"), ("Minutes", "3 0 ? 3")]);
    let per = |stat| Normalise::Per(field(stat), Number::Int(60));
    let hourly = column_written(&view(two.clone(), normalised(per("Minutes"), median())), 0);
    assert_eq!((hourly[0].as_str(), hourly[3].as_str()), ("=120", "?"));
    assert!(
        hourly[1].contains("is 0 for this player") && hourly[2].contains("no number in the stat to divide")
    );
    assert!(column_written(&view(two, normalised(per("Gone"), median())), 0)[0].contains("not fetched"));
}

#[test]
fn differences_of_large_integers_are_exact() {
    let reference = Reference::Player(PlayerRef::Xuid(Xuid(1)));
    assert_eq!(
        shown("9223372036854775807 9223372036854775806", Normalise::Difference, reference),
        ["=1", "=0"]
    );
}

#[test]
fn a_formula_says_itself_why_it_has_none() {
    let mut input = input(table(&[("Kills", "1 2")]), ViewSettings::default());
    input.derived = vec![derived("K/D", &[2.0, f64::NAN])];
    assert_eq!(column_written(&computed(input), 1), ["=2", "Deaths is 0"]);
}

#[test]
fn what_does_not_change_is_taken_over_and_what_does_is_not() {
    let stop = Stop::default();
    let settings = normalised(Normalise::Difference, median());
    let mut input = input(table(&[("Kills", "1 3 8")]), settings.clone());
    let first = computed(input.clone());
    let sort = vec![descending(statlens::model::SortBy::Column(field("Kills")))];
    input.settings = Arc::new(ViewSettings { sort, ..settings.clone() });
    let sorted = View::compute(input.clone(), Some(&first), &stop).unwrap();
    assert!(sorted.is_prepared([0]), "another order has the same figures");
    assert_eq!(sorted.order(), [2, 1, 0]);
    let filters = vec![statlens::model::Filter::Column(field("Kills"), statlens::model::Test::Top(1))];
    input.settings = Arc::new(ViewSettings { filters, ..settings.clone() });
    let filtered = View::compute(input.clone(), Some(&sorted), &stop).unwrap();
    assert!(!filtered.is_prepared([0]));
    assert_eq!(written(&filtered, 2, 0), "=5", "a filter changes no value");
    filtered.prepare([0], &stop).unwrap();
    assert_eq!(filtered.totals(0).unwrap().totals.summary.numbers, 1);
    assert_eq!(sorted.totals(0).unwrap().totals.summary.numbers, 3);
    input.settings = Arc::new(normalised(Normalise::Ratio, median()));
    let ratios = View::compute(input, Some(&filtered), &stop).unwrap();
    assert_eq!(written(&ratios, 0, 0), "…", "until it is prepared");
    ratios.prepare([0], &stop).unwrap();
    assert_eq!(written(&ratios, 1, 0), "=1");
}
