//! The Explore screen and the inspector, by their accessible names.

mod boxes;
mod chart;
mod controls;
mod direction;
mod distribution;
mod filters;
mod formulas;
mod frame_time;
mod grid;
mod inspector;
mod kinds;
mod links;
mod marks;
mod menus;
mod multiples;
mod parallel;
mod scatter;
mod views;
mod world;

use std::sync::Arc;

use egui::{Event, Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::{
    model::{Chart, ChartKind, Query, Remedy, RowState, Sort, SortBy, StatTable},
    ui::explore::ExploreAction,
};

use world::{IRON, SIZE, World, column, failure, harness, key, large, rows, small, until, wide, world};

pub(crate) fn clicked(harness: &mut Harness<'_, World>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run();
}

pub(crate) fn key_press(harness: &mut Harness<'_, World>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

/// The names in the player column from top to bottom.
pub(crate) fn names_shown(harness: &Harness<'_, World>) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = harness
        .query_all_by_role(Role::RowHeader)
        .map(|node| (node.rect().top(), node.accesskit_node().label().unwrap_or_default()))
        .collect();
    rows.sort_by(|left, right| left.0.total_cmp(&right.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn the_four_kinds_of_nothing_have_names_of_their_own() {
    let harness = harness(small(), SIZE);
    for name in [
        "TigerShark, Kills: 1,903",
        "HexaWren, Kills: 9,223,372,036,854,775,807",
        "HexaWren, Deaths: −3",
        "Okapi#12, Kills: no value",
        "Okapi#12, Deaths: pending",
        "Silent, Kills: failed, 403",
        "Silent, Deaths: not asked",
    ] {
        harness.get_by_role_and_label(Role::Cell, name);
    }
    harness.get_by_role_and_label(Role::Grid, "Values");
}

#[test]
fn a_header_sorts_greatest_first_then_least_then_as_listed() {
    let mut harness = harness(small(), SIZE);
    clicked(&mut harness, Role::ColumnHeader, "Kills, Iron Meridian");
    assert_eq!(names_shown(&harness), ["HexaWren", "TigerShark", "Okapi#12", "Silent"]);
    clicked(&mut harness, Role::ColumnHeader, "Kills, Iron Meridian, sorted descending");
    assert_eq!(names_shown(&harness), ["TigerShark", "HexaWren", "Okapi#12", "Silent"]);
    clicked(&mut harness, Role::ColumnHeader, "Kills, Iron Meridian, sorted ascending");
    assert_eq!(harness.state().query.view.sort, []);
    clicked(&mut harness, Role::ColumnHeader, "Player");
    assert_eq!(names_shown(&harness), ["HexaWren", "Okapi#12", "Silent", "TigerShark"]);
    harness.get_by_role_and_label(Role::ColumnHeader, "Player, sorted ascending");
}

#[test]
fn what_a_screen_reader_clicks_is_clicked() {
    let mut harness = harness(small(), SIZE);
    harness.get_by_role_and_label(Role::Cell, "Okapi#12, Kills: no value").click_accesskit();
    harness.run();
    assert_eq!(harness.state().state.selected_players(), [2]);
    harness.get_by_role_and_label(Role::ColumnHeader, "Deaths, Iron Meridian").click_accesskit();
    harness.run();
    assert_eq!(harness.state().query.view.sort.len(), 1);
}

#[test]
fn a_range_by_mouse_is_summed_and_copied_as_sent() {
    let mut harness = harness(small(), SIZE);
    harness.get_by_label("TigerShark, Kills: 1,903").click();
    harness.run();
    harness.get_by_label("HexaWren, Deaths: −3").click_modifiers(Modifiers::SHIFT);
    harness.run();
    let summary = harness.state().state.selection_summary().unwrap();
    assert_eq!((summary.rows, summary.columns, summary.summary.numbers), (2, 2, 4));
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(harness.state().copied, ["1903\t10\n=\"9223372036854775807\"\t-3\n"]);
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().state.selection_summary().is_none());
}

#[test]
fn headings_are_copied_on_demand() {
    let mut harness = harness(small(), SIZE);
    harness.get_by_label("HexaWren, Kills: 9,223,372,036,854,775,807").click();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    harness.run();
    assert_eq!(harness.state().copied, ["Player\tKills\nHexaWren\t=\"9223372036854775807\"\n"]);
}

#[test]
fn the_keyboard_goes_everywhere_and_extends() {
    let mut harness = harness(small(), SIZE);
    harness.get_by_label("TigerShark, Kills: 1,903").click();
    harness.run();
    key_press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(harness.state().state.selected_players(), [1]);
    key_press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    key_press(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    let summary = harness.state().state.selection_summary().unwrap();
    assert_eq!((summary.rows, summary.columns), (2, 2));
    key_press(&mut harness, Modifiers::COMMAND, Key::End);
    assert_eq!(harness.state().state.selected_players(), [3]);
    key_press(&mut harness, Modifiers::NONE, Key::Home);
    key_press(&mut harness, Modifiers::COMMAND, Key::A);
    let summary = harness.state().state.selection_summary().unwrap();
    assert_eq!((summary.rows, summary.columns), (4, 2));
}

#[test]
fn a_player_clicked_is_a_whole_row_and_control_adds_another() {
    let mut harness = harness(small(), SIZE);
    clicked(&mut harness, Role::RowHeader, "TigerShark");
    harness.get_by_role_and_label(Role::RowHeader, "Silent").click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert_eq!(harness.state().state.selected_players(), [0, 3]);
    assert_eq!(harness.state().state.selection_summary().unwrap().columns, 2);
}

#[test]
fn a_drag_selects_a_range() {
    let mut harness = harness(small(), SIZE);
    let from = harness.get_by_label("TigerShark, Kills: 1,903").rect().center();
    let to = harness.get_by_label("Okapi#12, Deaths: pending").rect().center();
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + (to - from) / 2.0);
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    harness.run();
    let summary = harness.state().state.selection_summary().unwrap();
    assert_eq!((summary.rows, summary.columns), (3, 2));
}

#[test]
fn the_selection_stays_on_its_players() {
    let mut harness = harness(small(), SIZE);
    clicked(&mut harness, Role::RowHeader, "Okapi#12");
    clicked(&mut harness, Role::ColumnHeader, "Player");
    assert_eq!(harness.state().state.selected_players(), [2]);
    // Another fetch, with other players before them and one stat less.
    let world = harness.state_mut();
    let table = StatTable::from_parts(
        rows(&["New", "Okapi#12"]),
        vec![column(IRON, "Deaths", "Integer", &["1", "2"])],
    );
    world.table = Arc::new(table.unwrap());
    world.revision += 1;
    harness.run();
    assert_eq!(harness.state().state.selected_players(), [1]);
    harness.get_by_label_contains("2535 4661 2077 1001");
}

#[test]
fn rows_keep_their_places_while_values_come() {
    let mut world = small();
    world.query.view.sort = vec![Sort { by: SortBy::Column(key(IRON, "Deaths").into()), descending: true }];
    world.fetching = true;
    let mut harness = harness(world, SIZE);
    let before = names_shown(&harness);
    assert_eq!(before, ["TigerShark", "HexaWren", "Okapi#12", "Silent"]);
    let world = harness.state_mut();
    let cells = column(IRON, "Deaths", "Integer", &["99"]);
    Arc::make_mut(&mut world.table).apply(&statlens::model::CellBlock {
        rows: vec![2],
        columns: vec![(1, cells)],
        exchange: None,
    });
    world.revision += 1;
    harness.run();
    harness.get_by_label("Okapi#12, Deaths: 99");
    assert_eq!(names_shown(&harness), before);
    harness.state_mut().fetching = false;
    harness.run();
    assert_eq!(names_shown(&harness)[0], "Okapi#12");
}

#[test]
fn the_chart_follows_the_selection_and_leads_it() {
    let mut world = small();
    let stats = vec![key(IRON, "Kills").into(), key(IRON, "Deaths").into()];
    world.query.charts = vec![Chart { kind: Some(ChartKind::Bars), stats, ..Chart::default() }];
    let mut harness = harness(world, SIZE);
    harness.get_by_role_and_label(Role::Figure, "Bars of Kills, Deaths for 4 players");
    harness.get_by_label("1 player has no Kills, 1 failed · 1 player has no Deaths, 1 pending");
    harness.get_by_label("HexaWren: Kills 9,223,372,036,854,775,807, Deaths −3").click();
    harness.run();
    assert_eq!(harness.state().state.selected_players(), [1]);
    harness.get_by_role_and_label(Role::Figure, "Bars of Kills, Deaths for 1 player");
    clicked(&mut harness, Role::Button, "Deselect");
    harness.get_by_role_and_label(Role::Figure, "Bars of Kills, Deaths for 4 players");
    clicked(&mut harness, Role::Button, "Stats: 2");
    clicked(&mut harness, Role::CheckBox, "Kills");
    assert_eq!(harness.state().query.charts[0].stats, [key(IRON, "Deaths").into()]);
}

#[test]
fn the_inspector_shows_the_value_exactly_as_sent() {
    let mut harness = harness(small(), SIZE);
    harness.get_by_label("HexaWren, Kills: 9,223,372,036,854,775,807").click();
    harness.run();
    harness.get_by_label("9223372036854775807");
    harness.get_by_label("Integer, JSON string, as sent by the service");
    harness.get_by_label_contains("Fetched 20");
    clicked(&mut harness, Role::Button, "Copy SCID");
    assert!(harness.state().actions.iter().any(|action| matches!(action, ExploreAction::Copied { .. })));
}

#[test]
fn the_inspector_says_why_there_is_no_value_and_what_to_do() {
    let mut harness = harness(small(), SIZE);
    harness.get_by_label("Okapi#12, Kills: no value").click();
    harness.run();
    harness.get_by_label_contains("It returns only statistics that have a value");
    harness.get_by_label("Silent, Kills: failed, 403").click();
    harness.run();
    harness.get_by_label("403: The service does not show this to you.");
    harness.get_by_label("The player may be private: ask them, or leave them out.");
    clicked(&mut harness, Role::Button, "Retry failed");
    assert_eq!(harness.state().actions.last(), Some(&ExploreAction::Remedy(Remedy::Retry)));
}

#[test]
fn the_menu_of_the_right_button_copies_and_sorts() {
    let mut harness = harness(small(), SIZE);
    harness.get_by_label("TigerShark, Kills: 1,903").click_secondary();
    harness.run();
    harness.get_by_label("Sort least first").click();
    harness.run();
    assert_eq!(names_shown(&harness)[0], "TigerShark");
    harness.get_by_role_and_label(Role::RowHeader, "HexaWren").click_secondary();
    harness.run();
    harness.get_by_label("Copy XUIDs").click();
    harness.step();
    harness.step();
    assert_eq!(harness.state().actions.last(), Some(&ExploreAction::Copied { what: "Copied 1 XUID".into() }));
    assert_eq!(harness.state().copied, ["2535466120771001"]);
    harness.get_by_role_and_label(Role::RowHeader, "HexaWren").click_secondary();
    harness.run();
    harness.get_by_label("Copy XUIDs for a spreadsheet").click();
    harness.run();
    assert_eq!(harness.state().copied[1], "=\"2535466120771001\"\n", "all 16 digits are kept there");
}

#[test]
fn nothing_to_show_is_said_in_words() {
    let mut world = small();
    world.table = Arc::default();
    let mut harness = harness(world, SIZE);
    harness.get_by_label("The query asks for 8 values.");
    clicked(&mut harness, Role::Button, "Fetch them");
    assert_eq!(harness.state().actions, [ExploreAction::Fetch]);
    harness.state_mut().query = Query::default();
    harness.run();
    harness.get_by_label("Nothing to show yet");
}

#[test]
fn players_who_were_not_found_say_so() {
    let mut rows = rows(&["Nobody"]);
    rows[0].state = RowState::Failed(failure());
    let world = world(rows, vec![column(IRON, "Kills", "Integer", &["!"])]);
    let harness = harness(world, SIZE);
    harness.get_by_role_and_label(Role::RowHeader, "Nobody, not found");
    harness.get_by_label_contains("No player could be read. 403");
}

#[test]
fn an_idle_screen_draws_no_frame() {
    let mut harness = harness(wide(), SIZE);
    harness.run();
    assert!(!harness.ctx.has_requested_repaint());
}

#[test]
fn it_fits_a_small_window_at_a_large_zoom() {
    let mut harness = harness(wide(), Vec2::new(850.0, 420.0));
    harness.get_by_label("QuietOrbit, Kills: 4,531");
    harness.set_size(Vec2::new(640.0, 260.0));
    harness.run();
    harness.get_by_role_and_label(Role::Grid, "Values");
}

#[test]
fn a_large_table_is_sorted_beside_the_window() {
    let mut harness = harness(large(30_000, 8), SIZE);
    until(&mut harness, |harness| !harness.state().state.shown_rows().is_empty());
    let top = |harness: &Harness<'_, World>| harness.state().state.shown_rows()[0];
    assert_eq!(top(&harness), 0);
    harness.get_by_role_and_label(Role::ColumnHeader, "Stat0, Iron Meridian").click();
    until(&mut harness, |harness| {
        let numbers = harness.state().table.columns()[0].numbers();
        numbers[top(harness) as usize] == 29_999.0
    });
}

/// A small picture with every state of a cell.
fn picture(light: bool) -> Harness<'static, World> {
    let mut world = small();
    world.light = light;
    // Words about time depend on the time zone of the machine.
    world.fetched_at = None;
    world.query.view.heat_map = true;
    let mut harness = harness(world, Vec2::new(760.0, 470.0));
    harness.get_by_label("TigerShark, Deaths: 10").click();
    harness.run();
    harness.remove_cursor();
    harness.run();
    harness
}

#[test]
fn the_dark_picture_stays() {
    picture(false).snapshot("explore_dark");
}

#[test]
fn the_light_picture_stays() {
    picture(true).snapshot("explore_light");
}
