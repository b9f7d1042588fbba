//! The controls above the grid, by their accessible names.

use egui::{Event, Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::{
    Cohort, ColourSlot, Comparison, Field, Filter, GroupBy, HeatScope, Layout, Normalise, Number, RankOrder,
    Reference, SeriesSlot, Sort, SortBy, Statistic, Test, ValueFormat, ViewSettings,
};

use crate::{
    clicked, key_press,
    world::{DRIFT, IRON, World, column, harness, key, rows, wide, world},
};

/// Wide enough for every chip.
const ROOMY: Vec2 = Vec2::new(1700.0, 800.0);

pub(crate) fn players() -> World {
    let mut world = world(
        rows(&["Ada", "Bob", "Cid", "Dora", "Eve", "Fay"]),
        vec![
            column(IRON, "Kills", "Integer", &["100", "200", "300", "-", "!", "5000"]),
            column(IRON, "MinutesPlayed", "Integer", &["60", "90", "120", "30", "-", "600"]),
            column(IRON, "Rank", "String", &["Gold", "Silver", "Gold", "Bronze", "-", "Gold"]),
            column(DRIFT, "Accuracy", "Double", &["0.5", "0.45", "0.4", "0.6", "-", "!"]),
        ],
    );
    let mut dictionary = statlens::model::StatDictionary::default();
    dictionary.stat_mut(&key(IRON, "MinutesPlayed")).format =
        Some(ValueFormat::Duration(statlens::model::TimeUnit::Minutes));
    dictionary.stat_mut(&key(DRIFT, "Accuracy")).format = Some("share(0)".parse().unwrap());
    world.dictionary = std::sync::Arc::new(dictionary);
    world
}

pub(crate) fn open(world: World) -> Harness<'static, World> {
    harness(world, ROOMY)
}

pub(crate) fn view<'a>(harness: &'a Harness<'_, World>) -> &'a ViewSettings {
    &harness.state().query.view
}

pub(crate) fn kills() -> Field {
    key(IRON, "Kills").into()
}

pub(crate) fn has(harness: &Harness<'_, World>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

/// Clicks the chip whose name starts so.
fn chip(harness: &mut Harness<'_, World>, label: &str) {
    let chips = harness.query_all_by_role(Role::Button);
    let is_it = |name: &str| name == label || name.starts_with(&format!("{label}: "));
    let found = chips.into_iter().find(|node| node.accesskit_node().label().is_some_and(|name| is_it(&name)));
    found.unwrap_or_else(|| panic!("there is no chip {label:?}")).click();
    harness.run();
}

pub(crate) fn choose(harness: &mut Harness<'_, World>, label: &str) {
    clicked(harness, Role::RadioButton, label);
}

pub(crate) fn type_into(harness: &mut Harness<'_, World>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

pub(crate) fn shown(harness: &Harness<'_, World>) -> Vec<usize> {
    harness.state().state.shown_rows().iter().map(|row| *row as usize).collect()
}

#[test]
fn rows_are_turned_round_put_together_and_numbered() {
    let mut harness = open(players());
    chip(&mut harness, "Rows");
    choose(&mut harness, "Stats as rows");
    assert_eq!(view(&harness).layout, Layout::Transposed);
    choose(&mut harness, "One value a row");
    choose(&mut harness, "Players as rows");
    choose(&mut harness, "Player group");
    assert_eq!(view(&harness).grouping.as_ref().unwrap().by, GroupBy::PlayerGroup);
    clicked(&mut harness, Role::CheckBox, "Headers show: Sum");
    choose(&mut harness, "Rank");
    let grouping = view(&harness).grouping.clone().unwrap();
    assert_eq!((grouping.by, grouping.subtotal), (GroupBy::Column(key(IRON, "Rank").into()), Statistic::Sum));
    clicked(&mut harness, Role::Button, "Collapse all");
    let grouping = view(&harness).grouping.clone().unwrap();
    assert_eq!((grouping.collapsed.len(), grouping.rest_collapsed), (3, true));
    clicked(&mut harness, Role::Button, "Expand all");
    clicked(&mut harness, Role::CheckBox, "Row numbers");
    assert!(view(&harness).row_numbers);
    assert!(harness.query_by_role_and_label(Role::RadioButton, "Kills").is_none(), "numbers are no headers");
}

#[test]
fn one_key_turns_rows_and_columns_round_but_not_while_one_types() {
    let mut harness = open(players());
    key_press(&mut harness, Modifiers::NONE, Key::T);
    assert_eq!(view(&harness).layout, Layout::Transposed);
    key_press(&mut harness, Modifiers::NONE, Key::T);
    assert_eq!(view(&harness).layout, Layout::Wide);
    key_press(&mut harness, Modifiers::NONE, Key::H);
    assert!(view(&harness).heat_map);
    key_press(&mut harness, Modifiers::COMMAND, Key::F);
    key_press(&mut harness, Modifiers::NONE, Key::T);
    key_press(&mut harness, Modifiers::NONE, Key::H);
    assert_eq!((view(&harness).layout, view(&harness).heat_map), (Layout::Wide, true));
}

#[test]
fn values_are_switched_and_divided_by_another_stat() {
    let mut harness = open(players());
    chip(&mut harness, "Values");
    choose(&mut harness, "Z-score");
    assert_eq!(view(&harness).normalise, Normalise::ZScore);
    choose(&mut harness, "Per hour of MinutesPlayed");
    let minutes: Field = key(IRON, "MinutesPlayed").into();
    assert_eq!(view(&harness).normalise, Normalise::Per(minutes, Number::Int(60)));
    type_into(&mut harness, "Times", "many");
    assert!(has(&harness, "Not a number: write digits"));
    type_into(&mut harness, "Times", "10");
    choose(&mut harness, "Kills");
    assert_eq!(view(&harness).normalise, Normalise::Per(kills(), Number::Int(10)));
    assert!(has(&harness, "Values: × 10 per Kills"));
}

#[test]
fn the_reference_is_a_player_or_stands_for_many() {
    let mut harness = open(players());
    chip(&mut harness, "Reference");
    choose(&mut harness, "Percentile");
    type_into(&mut harness, "Which percentile", "101");
    assert!(has(&harness, "Type a whole number from 0 to 100"));
    type_into(&mut harness, "Which percentile", "75");
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    choose(&mut harness, "B");
    assert_eq!(view(&harness).reference, Reference::Percentile(75, Cohort::Group("B".into())));
    choose(&mut harness, "Mean");
    assert!(has(&harness, "Reference: mean of B"));
    type_into(&mut harness, "Find a player", "do");
    choose(&mut harness, "Dora");
    let dora = harness.state().table.rows()[3].asked.clone();
    assert_eq!(view(&harness).reference, Reference::Player(dora));
    assert!(has(&harness, "Reference: Dora"));
    type_into(&mut harness, "Find a player", "nobody");
    assert!(has(&harness, "No player has such a name"));
}

#[test]
fn cells_are_shaded_barred_and_coloured_by_rules() {
    let mut harness = open(players());
    chip(&mut harness, "Heat map");
    choose(&mut harness, "Per row");
    clicked(&mut harness, Role::CheckBox, "Around the reference");
    clicked(&mut harness, Role::CheckBox, "Bars in cells");
    let settings = view(&harness);
    assert!(settings.heat_map && settings.diverging && settings.bars);
    assert_eq!(settings.heat_scope, HeatScope::Row);
    clicked(&mut harness, Role::Button, "Add rule");
    chip(&mut harness, "Column");
    choose(&mut harness, "MinutesPlayed");
    type_into(&mut harness, "Value", "soon");
    assert!(has(&harness, "Type a length of time"));
    clicked(&mut harness, Role::Button, "Apply rule");
    assert!(view(&harness).rules.is_empty());
    type_into(&mut harness, "Value", "1 h 30 m");
    clicked(&mut harness, Role::RadioButton, "Colour warning");
    clicked(&mut harness, Role::Button, "Apply rule");
    let rule = &view(&harness).rules[0];
    assert_eq!(rule.test, Test::Compare(Comparison::AtLeast, Number::Int(90)));
    assert_eq!(rule.colour, ColourSlot::Warning);
    assert!(has(&harness, "MinutesPlayed ≥ 1 h 30 m"));
    clicked(&mut harness, Role::Button, "Change rule MinutesPlayed ≥ 1 h 30 m");
    clicked(&mut harness, Role::RadioButton, "Colour series 3");
    clicked(&mut harness, Role::Button, "Change rule");
    assert_eq!(view(&harness).rules[0].colour, ColourSlot::Series(SeriesSlot::from_index(2)));
    clicked(&mut harness, Role::Button, "Drop rule MinutesPlayed ≥ 1 h 30 m");
    assert!(view(&harness).rules.is_empty());
    choose(&mut harness, "Off");
    assert!(!view(&harness).heat_map);
}

#[test]
fn summary_rows_stand_in_their_order() {
    let mut harness = open(players());
    chip(&mut harness, "Summary");
    clicked(&mut harness, Role::CheckBox, "Median");
    clicked(&mut harness, Role::CheckBox, "Count");
    assert_eq!(view(&harness).summary, [Statistic::Count, Statistic::Median]);
    clicked(&mut harness, Role::CheckBox, "Count");
    assert_eq!(view(&harness).summary, [Statistic::Median]);
    assert!(has(&harness, "Summary: median"));
}

#[test]
fn finding_goes_round_and_hides_nothing() {
    let mut harness = open(players());
    key_press(&mut harness, Modifiers::COMMAND, Key::F);
    harness.event(Event::Text("gold".to_owned()));
    harness.run();
    assert!(has(&harness, "Found: 1 of 3"));
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has(&harness, "Found: 2 of 3"));
    assert_eq!(harness.state().state.selected_players(), [2]);
    key_press(&mut harness, Modifiers::SHIFT, Key::Enter);
    key_press(&mut harness, Modifiers::SHIFT, Key::F3);
    assert!(has(&harness, "Found: 3 of 3"), "it goes round");
    key_press(&mut harness, Modifiers::NONE, Key::F3);
    assert!(has(&harness, "Found: 1 of 3"));
    assert_eq!(shown(&harness).len(), 6);
    harness.event(Event::Text("x".to_owned()));
    harness.run();
    assert!(has(&harness, "Found: none"));
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!has(&harness, "Found"));
}

#[test]
fn columns_are_found_hidden_moved_and_ranked() {
    let mut harness = open(players());
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    harness.run();
    harness.run();
    harness.event(Event::Text("min".to_owned()));
    harness.run();
    assert!(harness.query_by_role_and_label(Role::CheckBox, "Kills, Iron Meridian").is_none());
    clicked(&mut harness, Role::CheckBox, "Rank column of MinutesPlayed");
    clicked(&mut harness, Role::CheckBox, "Percentile column of MinutesPlayed");
    let minutes: Field = key(IRON, "MinutesPlayed").into();
    let of = view(&harness).columns.of(&minutes).unwrap().clone();
    assert_eq!((of.rank, of.percentile), (Some(RankOrder::GreatestFirst), true));
    type_into(&mut harness, "Find a column", "zzz");
    assert!(has(&harness, "No column has such a name"));
    type_into(&mut harness, "Find a column", " ");
    clicked(&mut harness, Role::CheckBox, "Kills, Iron Meridian");
    assert!(view(&harness).columns.of(&kills()).unwrap().hidden);
    assert!(has(&harness, "Columns: 3 of 4"));
    harness.get_by_role_and_label(Role::CheckBox, "MinutesPlayed, Iron Meridian").focus();
    harness.run();
    key_press(&mut harness, Modifiers::ALT, Key::ArrowDown);
    key_press(&mut harness, Modifiers::ALT, Key::ArrowDown);
    let order: Vec<&str> = view(&harness).columns.order.iter().map(Field::name).collect();
    assert_eq!(order, ["Kills", "Rank", "Accuracy", "MinutesPlayed"]);
    key_press(&mut harness, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(view(&harness).columns.order[2], minutes);
    clicked(&mut harness, Role::Button, "Freeze one more");
    assert_eq!(view(&harness).columns.frozen, 1);
    clicked(&mut harness, Role::Button, "Show all");
    clicked(&mut harness, Role::Button, "Order of the query");
    let columns = &view(&harness).columns;
    assert!(columns.order.is_empty() && columns.of(&kills()).is_none());
}

#[test]
fn the_search_for_columns_has_the_keyboard_however_it_is_opened() {
    for size in [ROOMY, Vec2::new(850.0, 420.0)] {
        let mut harness = harness(players(), size);
        if size != ROOMY {
            clicked(&mut harness, Role::Button, "More");
        }
        chip(&mut harness, "Columns");
        harness.event(Event::Text("min".to_owned()));
        harness.run();
        assert!(has(&harness, "Rank column of MinutesPlayed"), "{size}");
        assert!(!has(&harness, "Rank column of Kills"), "{size}");
    }
}

#[test]
fn a_column_is_dragged_to_another_place() {
    let mut harness = open(players());
    chip(&mut harness, "Columns");
    let from = harness.get_by_label("Move Kills").rect().center();
    let to = harness.get_by_label("Move Rank").rect().center();
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + (to - from) / 2.0);
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    harness.run();
    let order: Vec<&str> = view(&harness).columns.order.iter().map(Field::name).collect();
    assert_eq!(order, ["MinutesPlayed", "Rank", "Kills", "Accuracy"]);
}

#[test]
fn the_keys_of_the_order_are_turned_moved_and_dropped() {
    let mut world = players();
    world.query.view.sort = vec![
        Sort { by: SortBy::Column(kills()), descending: true },
        Sort { by: SortBy::Player, descending: false },
    ];
    let mut harness = open(world);
    chip(&mut harness, "Order");
    clicked(&mut harness, Role::Button, "Weightier: player, A to Z");
    assert_eq!(view(&harness).sort[0].by, SortBy::Player);
    clicked(&mut harness, Role::Button, "Turn round order by player, A to Z");
    assert!(view(&harness).sort[0].descending);
    clicked(&mut harness, Role::Button, "Drop order by player, Z to A");
    assert_eq!(view(&harness).sort.len(), 1);
}

#[test]
fn what_has_no_room_is_folded_away_and_can_be_reached() {
    for size in [Vec2::new(1010.0, 640.0), Vec2::new(850.0, 420.0), Vec2::new(640.0, 420.0)] {
        let mut world = wide();
        world.query.view.filters = vec![Filter::Column(kills(), Test::HasValue); 3];
        let mut harness = harness(world, size);
        let right = size.x - 270.0;
        let all = harness.query_all_by_role(Role::Button);
        for node in all {
            let rect = node.rect();
            if rect.top() < 40.0 && rect.left() < right {
                let name = node.accesskit_node().label().unwrap_or_default();
                assert!(rect.right() <= right && rect.left() >= 0.0, "{name} is cut off at {size}");
            }
        }
        harness.get_by_role_and_label(Role::TextInput, "Find in grid");
        harness.get_by_role_and_label(Role::Button, "Export");
        clicked(&mut harness, Role::Button, "More");
        chip(&mut harness, "Summary");
        clicked(&mut harness, Role::CheckBox, "Mean");
        assert!(view(&harness).summary.contains(&Statistic::Mean));
        clicked(&mut harness, Role::Button, "Back");
        assert!(has(&harness, "Summary: "));
    }
}

#[test]
fn an_idle_toolbar_draws_no_frame() {
    let mut world = players();
    world.query.view.filters = vec![Filter::Column(kills(), Test::HasValue)];
    let harness = open(world);
    assert!(!harness.ctx.has_requested_repaint());
}

/// Chooses in the menu of a heading.
fn menu(harness: &mut Harness<'_, World>, heading: &str, entry: &str) {
    let is_it = |name: &str| name == heading || name.starts_with(&format!("{heading},"));
    harness
        .query_all_by_role(Role::ColumnHeader)
        .find(|node| node.accesskit_node().label().is_some_and(|name| is_it(&name)))
        .unwrap_or_else(|| panic!("there is no heading {heading:?}"))
        .click_secondary();
    harness.run();
    clicked(harness, Role::Button, entry);
}

#[test]
fn the_menu_of_a_heading_does_what_the_controls_do() {
    let mut harness = open(players());
    menu(&mut harness, "Kills", "Sort by absolute value");
    menu(&mut harness, "MinutesPlayed", "Then least first");
    assert_eq!(view(&harness).sort.len(), 2);
    menu(&mut harness, "Kills", "Move right");
    assert_eq!(view(&harness).columns.order[1], kills());
    menu(&mut harness, "Kills", "Freeze up to here");
    assert_eq!(view(&harness).columns.frozen, 2);
    menu(&mut harness, "Kills", "Show ranks");
    menu(&mut harness, "Rank", "Group rows by this");
    assert_eq!(view(&harness).grouping.as_ref().unwrap().by, GroupBy::Column(key(IRON, "Rank").into()));
    menu(&mut harness, "Kills", "Filter…");
    type_into(&mut harness, "Value", "200");
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(view(&harness).filters.len(), 1);
    menu(&mut harness, "Kills", "Hide column");
    assert!(view(&harness).columns.of(&kills()).unwrap().hidden);
}
