use std::sync::Arc;

use statlens::{
    analysis::{
        Stop,
        view::{Facet, Hit, named},
    },
    model::{Comparison, Filter, GroupTest, HeldBy, Normalise, Number, SortBy, Test, ViewSettings},
};

use crate::world::*;

#[test]
fn names_and_values_are_found_as_sent_and_as_shown() {
    let mut players = table(&[("Kills", "4531 14531 ?"), ("Mode", "Nova x y")]);
    rename(&mut players, &["Ada", "novaStar", "Bob"]);
    let view = view(players, sorted_by(&[descending(SortBy::Column(field("Kills")))]));
    assert_eq!(view.order(), [1, 0, 2]);
    let find = |text| view.find(text, &Stop::default()).unwrap();
    let hit = |place, column| Hit { place, column };
    let hits = find("NOVA");
    assert_eq!(hits.all(), [hit(0, None), hit(1, Some(1))]);
    assert_eq!(find("4531").all(), [hit(0, Some(0)), hit(1, Some(0))]);
    assert_eq!(find(" 14,5 ").all(), [hit(0, Some(0))]);
    assert!(find("").all().is_empty() && find("zzz").all().is_empty());
    assert!(hits.contains(hit(1, Some(1))) && !hits.contains(hit(1, Some(0))));
    assert_eq!(hits.next(None), Some((0, hit(0, None))));
    assert_eq!(hits.next(Some(hit(0, Some(0)))), Some((1, hit(1, Some(1)))));
    assert_eq!(hits.next(Some(hit(1, Some(1)))), Some((0, hit(0, None))), "round from the end");
    assert_eq!(hits.previous(Some(hit(0, None))), Some((1, hit(1, Some(1)))), "round from the start");
    assert_eq!(hits.previous(Some(hit(1, Some(1)))), Some((0, hit(0, None))));
    assert_eq!(find("zzz").next(None), None);
}

#[test]
fn what_is_shown_in_place_of_a_number_is_found() {
    let settings = ViewSettings { normalise: Normalise::ShareOfGreatest, ..ViewSettings::default() };
    let view = view(table(&[("Kills", "1 4")]), settings);
    assert_eq!(view.find("25", &Stop::default()).unwrap().all(), [Hit { place: 0, column: Some(0) }]);
}

#[test]
fn facets_pass_over_the_filters_of_their_own_column() {
    let two = table(&[("Mode", "a b a ? b a"), ("Kills", "1 1 1 1 0 0")]);
    let settings = filtered_by(&[
        Filter::Column(field("Mode"), Test::OneOf(vec!["a".into()])),
        Filter::Column(field("Kills"), Test::Compare(Comparison::Equal, Number::Int(1))),
    ]);
    let view = view(two, settings);
    assert_eq!(view.order(), [0, 2]);
    let facet = |text: Option<&str>, count| Facet { text: text.map(str::to_owned), count };
    let facets = view.facets(&field("Mode"), &Stop::default()).unwrap();
    assert_eq!(facets, [facet(Some("a"), 2), facet(None, 1), facet(Some("b"), 1)]);
    assert!(view.facets(&field("Gone"), &Stop::default()).unwrap().is_empty());
}

#[test]
fn groups_are_counted_whatever_groups_are_filtered_by() {
    let mut input = input(table(&[("Kills", "1 1 0 1")]), ViewSettings::default());
    input.groups = [group("Pros", &[0, 2]), group("Team", &[0, 1, 3])].into();
    input.settings = Arc::new(filtered_by(&[
        Filter::Groups(GroupTest { held_by: HeldBy::Any, groups: vec!["Pros".into()] }),
        Filter::Column(field("Kills"), Test::Compare(Comparison::Equal, Number::Int(1))),
    ]));
    let view = computed(input);
    assert_eq!(view.order(), [0]);
    assert_eq!(view.group_counts(&Stop::default()).unwrap(), [1, 3]);
}

#[test]
fn columns_are_found_by_name_the_best_first() {
    let names = ["HeadshotKills", "Kills", "Skilled in lists", "Deaths"];
    assert_eq!(named("kil", names), [1, 0, 2]);
    assert_eq!(named("hsk", names), [0]);
    assert_eq!(named(" ", names), [0, 1, 2, 3]);
}
