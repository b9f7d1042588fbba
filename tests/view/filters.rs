use std::sync::Arc;

use statlens::{
    analysis::view::Part,
    model::{Comparison, Filter, GroupTest, HeldBy, Number, SortBy, Test, TextTest, ViewSettings},
};

use crate::world::*;

fn on(stat: &str, test: Test) -> Filter {
    Filter::Column(field(stat), test)
}

fn kept(columns: &[(&str, &str)], filters: &[Filter]) -> Vec<u32> {
    view(table(columns), filtered_by(filters)).order().to_vec()
}

#[test]
fn comparisons_take_numbers_only() {
    let kills = [("Kills", "5 -1 ? ! . ~ text 5.0 12 0")];
    for (comparison, bound, expected) in [
        (Comparison::Equal, Number::Int(5), vec![0, 7]),
        (Comparison::NotEqual, Number::Int(5), vec![1, 8, 9]),
        (Comparison::Less, Number::Int(5), vec![1, 9]),
        (Comparison::AtMost, Number::Real(5.0), vec![0, 1, 7, 9]),
        (Comparison::Greater, Number::Real(4.99), vec![0, 7, 8]),
        (Comparison::AtLeast, Number::Int(12), vec![8]),
    ] {
        assert_eq!(
            kept(&kills, &[on("Kills", Test::Compare(comparison, bound))]),
            expected,
            "{comparison:?}"
        );
    }
    assert_eq!(kept(&kills, &[on("Kills", Test::Between(Number::Int(0), Number::Int(5)))]), [0, 7, 9]);
}

#[test]
fn integers_are_compared_to_their_last_digit() {
    let large = [("Xp", "9223372036854775807 9223372036854775806 18446744073709551615 1e300")];
    let at_least = |bound| on("Xp", Test::Compare(Comparison::AtLeast, Number::Int(bound)));
    assert_eq!(kept(&large, &[at_least(9_223_372_036_854_775_807)]), [0, 2, 3]);
    assert_eq!(kept(&large, &[at_least(9_223_372_036_854_775_808)]), [2, 3]);
    let equal = |bound| on("Xp", Test::Compare(Comparison::Equal, bound));
    assert_eq!(kept(&large, &[equal(Number::Int(9_223_372_036_854_775_806))]), [1]);
    assert_eq!(kept(&large, &[equal(Number::Real(1e300))]), [3]);
}

#[test]
fn texts_are_tested_as_sent_whatever_their_case() {
    let mode = [("Mode", "Ranked ranked-2 Casual 42 ? ÄRGER")];
    let text = |test| on("Mode", Test::Text(test));
    assert_eq!(kept(&mode, &[text(TextTest::Contains("RANK".into()))]), [0, 1]);
    assert_eq!(kept(&mode, &[text(TextTest::Equals("ranked".into()))]), [0]);
    assert_eq!(kept(&mode, &[text(TextTest::StartsWith("är".into()))]), [5]);
    assert_eq!(kept(&mode, &[text(TextTest::Contains("4".into()))]), [3], "numbers have a text too");
    assert_eq!(kept(&mode, &[text(TextTest::Matches("^[a-z].*[0-9]$".into()))]), [1]);
    assert_eq!(kept(&mode, &[on("Mode", Test::OneOf(vec!["Casual".into(), "42".into()]))]), [2, 3]);
}

#[test]
fn the_kinds_of_nothing_are_told_apart() {
    let kills = [("Kills", "5 ? ! . ~ x")];
    assert_eq!(kept(&kills, &[on("Kills", Test::Missing)]), [1]);
    assert_eq!(kept(&kills, &[on("Kills", Test::Failed)]), [2]);
    assert_eq!(kept(&kills, &[on("Kills", Test::HasValue)]), [0, 5]);
}

#[test]
fn the_greatest_and_least_are_taken_of_what_other_filters_leave() {
    let two = [("Kills", "9 8 7 7 6 ? 5"), ("Wins", "0 1 1 1 1 1 1")];
    let winners = on("Wins", Test::Compare(Comparison::Equal, Number::Int(1)));
    let top = |count| on("Kills", Test::Top(count));
    assert_eq!(kept(&two, &[top(2), winners.clone()]), [1, 2, 3], "who ties with the last is in");
    assert_eq!(kept(&two, &[winners.clone(), top(2)]), [1, 2, 3], "in whatever order");
    assert_eq!(kept(&two, &[on("Kills", Test::Bottom(1))]), [6]);
    assert_eq!(kept(&two, &[top(0)]), [0; 0]);
    assert_eq!(kept(&two, &[top(100)]), [0, 1, 2, 3, 4, 6]);
    let exact = [("Xp", "9007199254740993 9007199254740992")];
    assert_eq!(kept(&exact, &[on("Xp", Test::Top(1))]), [0]);
}

#[test]
fn outliers_are_beyond_the_fences() {
    let kills = [("Kills", "10 11 12 13 14 15 16 100 -50 ? x")];
    assert_eq!(kept(&kills, &[on("Kills", Test::Outlier)]), [7, 8]);
    assert_eq!(kept(&[("Kills", "? ?")], &[on("Kills", Test::Outlier)]), [0; 0]);
}

#[test]
fn players_are_filtered_by_name_and_by_group() {
    let mut players = table(&[("Kills", "1 2 3 4 5")]);
    rename(&mut players, &["TigerShark", "Tigress", "Dragon#1652", "shark", "Nova"]);
    let mut input = input(players, ViewSettings::default());
    input.groups = [group("Pros", &[0, 2]), group("Team", &[2, 3])].into();
    let mut kept = |filter: Filter| {
        input.settings = Arc::new(filtered_by(&[filter]));
        computed(input.clone()).order().to_vec()
    };
    assert_eq!(kept(Filter::Player(TextTest::Contains("shark".into()))), [0, 3]);
    assert_eq!(kept(Filter::Player(TextTest::Matches("#[0-9]+$".into()))), [2]);
    let groups = |held_by| Filter::Groups(GroupTest { held_by, groups: vec!["Pros".into(), "Team".into()] });
    assert_eq!(kept(groups(HeldBy::Any)), [0, 2, 3]);
    assert_eq!(kept(groups(HeldBy::All)), [2]);
    assert_eq!(kept(groups(HeldBy::One)), [0, 3]);
    assert_eq!(kept(groups(HeldBy::None)), [1, 4]);
}

#[test]
fn formulas_are_filtered_like_stats() {
    let mut input = input(table(&[("Kills", "1 2 3")]), ViewSettings::default());
    input.derived = vec![derived("K/D", &[2.0, f64::NAN, 1.5])];
    let mut kept = |test| {
        let field = statlens::model::Field::derived("K/D");
        input.settings = Arc::new(filtered_by(&[Filter::Column(field, test)]));
        computed(input.clone()).order().to_vec()
    };
    assert_eq!(kept(Test::Compare(Comparison::Less, Number::Int(2))), [2]);
    assert_eq!(kept(Test::Missing), [1]);
    assert_eq!(kept(Test::HasValue), [0, 2]);
    assert_eq!(kept(Test::Top(1)), [0]);
}

#[test]
fn a_filter_that_cannot_be_applied_hides_nothing_and_says_why() {
    let broken = [
        on("Kills", Test::Text(TextTest::Matches("(".into()))),
        on("Gone", Test::HasValue),
        on("Gone", Test::Outlier),
        on("Kills", Test::Text(TextTest::Matches("a{1000}{1000}".into()))),
    ];
    let view = view(table(&[("Kills", "1 2")]), filtered_by(&broken));
    assert_eq!(view.order(), [0, 1]);
    let mut problems = view.problems().to_vec();
    problems.sort_by_key(|problem| problem.words.clone());
    let words: Vec<&str> = problems.iter().map(|problem| problem.words.as_str()).collect();
    assert_eq!(words[..2], ["The answer has no column Gone"; 2]);
    assert!(words[2].contains("unclosed group") && words[3].contains("too large"), "{words:?}");
    assert_eq!(problems[2].part, Part::Filter(0));
}

#[test]
fn a_view_that_was_stopped_is_none() {
    let stop = statlens::analysis::Stop::default();
    stop.stop();
    let settings = sorted_by(&[ascending(SortBy::Player)]);
    assert!(statlens::analysis::View::compute(input(table(&[("A", "1")]), settings), None, &stop).is_err());
}
