//! Filters: made, changed and dropped, by their accessible names.

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::{Comparison, Field, Filter, GroupTest, HeldBy, Number, Test, TextTest};

use crate::{
    clicked,
    controls::{choose, has, kills, open, players, shown, type_into, view},
    key_press,
    world::{IRON, World, key},
};

/// Opens the editor of a new filter on a column.
fn new_filter(harness: &mut Harness<'_, World>, column: &str) {
    clicked(harness, Role::Button, "Add filter");
    choose(harness, column);
}

#[test]
fn a_filter_is_typed_in_the_form_of_its_column_and_changed_from_its_chip() {
    let mut harness = open(players());
    new_filter(&mut harness, "MinutesPlayed");
    type_into(&mut harness, "Value", "1 h 30 m");
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    let at_least = |number| {
        Filter::Column(key(IRON, "MinutesPlayed").into(), Test::Compare(Comparison::AtLeast, number))
    };
    assert_eq!(view(&harness).filters, [at_least(Number::Int(90))]);
    assert_eq!(shown(&harness), [1, 2, 5]);
    assert!(has(&harness, "3 of 6 players"));
    clicked(&mut harness, Role::Button, "Filter: MinutesPlayed ≥ 1 h 30 m");
    type_into(&mut harness, "Value", "2 h");
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(view(&harness).filters, [at_least(Number::Int(120))]);
    clicked(&mut harness, Role::Button, "Drop filter MinutesPlayed ≥ 2 h 00 m");
    assert!(view(&harness).filters.is_empty());
    assert_eq!(shown(&harness).len(), 6);
    assert!(!has(&harness, "of 6 players"));
}

#[test]
fn a_percentage_is_typed_as_one() {
    let mut harness = open(players());
    new_filter(&mut harness, "Accuracy");
    type_into(&mut harness, "Value", "45 %");
    clicked(&mut harness, Role::Button, "Apply filter");
    assert_eq!(shown(&harness), [0, 1, 3]);
    assert!(has(&harness, "Filter: Accuracy ≥ 45 %"));
}

#[test]
fn bad_input_says_what_is_wrong_and_changes_nothing() {
    let mut harness = open(players());
    new_filter(&mut harness, "Kills");
    clicked(&mut harness, Role::Button, "Apply filter");
    assert!(has(&harness, "Type a number, such as 1500 or 0.25."));
    type_into(&mut harness, "Value", "1,5");
    assert!(has(&harness, "Write a point before decimals"));
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has(&harness, "Write a point before decimals"), "the popup stays");
    assert!(view(&harness).filters.is_empty());
    clicked(
        &mut harness,
        Role::CheckBox,
        "top: Among the so many greatest of the rows that other filters leave",
    );
    type_into(&mut harness, "How many", "0");
    assert!(has(&harness, "Type how many, such as 10."));
    type_into(&mut harness, "How many", "2");
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(shown(&harness), [2, 5]);
    new_filter(&mut harness, "Rank");
    clicked(&mut harness, Role::CheckBox, "matches: A regular expression is found in it");
    type_into(&mut harness, "Regular expression", "(");
    assert!(has(&harness, "The regular expression cannot be read"));
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(view(&harness).filters.len(), 1);
}

#[test]
fn conditions_without_a_value_are_one_click() {
    for (kind, test, left) in [
        ("no value: The service answered without a value", Test::Missing, vec![3]),
        ("failed: The value could not be read", Test::Failed, vec![4]),
        ("has a value: There is a value", Test::HasValue, vec![0, 1, 2, 5]),
        ("outliers: Far from the middle half: 1.5 times its width or more outside", Test::Outlier, vec![5]),
    ] {
        let mut harness = open(players());
        new_filter(&mut harness, "Kills");
        clicked(&mut harness, Role::CheckBox, kind);
        clicked(&mut harness, Role::Button, "Apply filter");
        assert_eq!(view(&harness).filters, [Filter::Column(kills(), test)]);
        assert_eq!(shown(&harness), left);
    }
}

#[test]
fn ranges_and_typed_conditions_are_taken() {
    let mut harness = open(players());
    new_filter(&mut harness, "Kills");
    clicked(&mut harness, Role::CheckBox, "between: From one number to another, both included");
    type_into(&mut harness, "From", "300");
    type_into(&mut harness, "To", "x");
    assert!(has(&harness, "Type a number"));
    type_into(&mut harness, "To", "200");
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(shown(&harness), [1, 2]);
    clicked(&mut harness, Role::Button, "Filter: Kills 200 to 300");
    clicked(&mut harness, Role::CheckBox, "<: Less than a number");
    type_into(&mut harness, "Value", "> 250");
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(shown(&harness), [2, 5]);
}

#[test]
fn values_are_ticked_with_their_counts() {
    let mut harness = open(players());
    new_filter(&mut harness, "Rank");
    assert!(has(&harness, "1 without a value"));
    clicked(&mut harness, Role::Button, "Apply filter");
    assert!(has(&harness, "Tick at least one value."));
    clicked(&mut harness, Role::CheckBox, "Gold, 3");
    clicked(&mut harness, Role::CheckBox, "Bronze, 1");
    clicked(&mut harness, Role::Button, "Apply filter");
    assert_eq!(shown(&harness), [0, 2, 3, 5]);
    clicked(&mut harness, Role::Button, "Filter: Rank is Gold or Bronze");
    clicked(&mut harness, Role::CheckBox, "Gold, 3");
    clicked(&mut harness, Role::Button, "Change filter");
    assert_eq!(shown(&harness), [3]);
}

#[test]
fn players_are_filtered_by_name_and_by_groups() {
    let mut world = players();
    let first = world.query.players[0].read().unwrap().clone();
    world.query.groups[1].players.push(first);
    let mut harness = open(world);
    clicked(&mut harness, Role::Button, "Add filter");
    choose(&mut harness, "Groups");
    clicked(&mut harness, Role::CheckBox, "A, 2");
    clicked(&mut harness, Role::CheckBox, "B, 3");
    clicked(&mut harness, Role::CheckBox, "In only one");
    clicked(&mut harness, Role::Button, "Apply filter");
    let test = GroupTest { held_by: HeldBy::One, groups: vec!["A".into(), "B".into()] };
    assert_eq!(view(&harness).filters, [Filter::Groups(test)]);
    assert_eq!(shown(&harness), [1, 3, 4]);
    clicked(&mut harness, Role::Button, "Add filter");
    choose(&mut harness, "Player name");
    type_into(&mut harness, "Text", "O");
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(view(&harness).filters[1], Filter::Player(TextTest::Contains("O".into())));
    assert_eq!(shown(&harness), [1, 3]);
    harness.state_mut().query.groups.remove(0);
    harness.run();
    assert!(has(&harness, "There is no group A any more"));
}

#[test]
fn a_filter_whose_column_is_gone_says_so() {
    let mut world = players();
    let gone: Field = key(IRON, "Gone").into();
    world.query.view.filters = vec![Filter::Column(gone, Test::HasValue)];
    let mut harness = open(world);
    assert!(has(&harness, "Filter: Gone has a value. The answer has no column Gone"));
    assert_eq!(shown(&harness).len(), 6, "it is passed over");
    clicked(&mut harness, Role::Button, "Drop filter Gone has a value");
    assert!(view(&harness).filters.is_empty());
}

/// Presses the keys that add a filter, and types at once.
fn search(harness: &mut Harness<'_, World>, text: &str) {
    key_press(harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

#[test]
fn a_filter_is_made_by_keys_alone() {
    let mut harness = open(players());
    search(&mut harness, "kil");
    let choices = harness.query_all_by_role(Role::RadioButton);
    let names: Vec<String> = choices.filter_map(|choice| choice.accesskit_node().label()).collect();
    assert_eq!(names, ["Player name", "Groups", "Kills"]);
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.event(Event::Text("250".to_owned()));
    harness.run();
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    let at_least = Test::Compare(Comparison::AtLeast, Number::Int(250));
    assert_eq!(view(&harness).filters, [Filter::Column(kills(), at_least)]);
}

#[test]
fn what_is_typed_at_once_is_no_key_of_the_grid() {
    let mut harness = open(players());
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    harness.key_press(Key::H);
    harness.run();
    assert!(!view(&harness).heat_map, "H is for the search");
    harness.event(Event::Text("zzz".to_owned()));
    harness.run();
    assert!(has(&harness, "No column has such a name"));
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has(&harness, "No column has such a name"), "nothing is chosen");
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!has(&harness, "Filter by"));
    assert!(view(&harness).filters.is_empty());
}
