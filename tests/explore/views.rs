//! What the settings of a view make of the grid, and that the selection stays on its players.

use statlens::model::{
    Better, CellBlock, GroupBy, Grouping, Layout, StatDictionary, StatTable, Statistic, ValueFormat,
};

use super::*;
use egui::vec2;

fn selected(harness: &Harness<'_, World>) -> Vec<String> {
    let world = harness.state();
    let mut names: Vec<String> =
        world.state.selected_players().iter().map(|row| world.table.rows()[*row as usize].name()).collect();
    names.sort();
    names
}

fn heading(harness: &Harness<'_, World>, label: &str) -> egui::Rect {
    harness.get_by_role_and_label(Role::ColumnHeader, label).rect()
}

#[test]
fn two_keys_sort_and_say_their_order() {
    let kills = column(IRON, "Kills", "Integer", &["5", "7", "5", "7"]);
    let deaths = column(IRON, "Deaths", "Integer", &["1", "2", "3", "4"]);
    let mut harness = harness(world(rows(&["A", "B", "C", "D"]), vec![kills, deaths]), SIZE);
    clicked(&mut harness, Role::ColumnHeader, "Kills, Iron Meridian");
    harness
        .get_by_role_and_label(Role::ColumnHeader, "Deaths, Iron Meridian")
        .click_modifiers(Modifiers::SHIFT);
    harness.run();
    assert_eq!(names_shown(&harness), ["D", "B", "C", "A"]);
    harness.get_by_role_and_label(Role::ColumnHeader, "Kills, Iron Meridian, sorted descending, key 1");
    clicked(&mut harness, Role::ColumnHeader, "Deaths, Iron Meridian, sorted descending, key 2");
    assert_eq!(names_shown(&harness), ["D", "C", "B", "A"], "a plain click makes it the only key");
}

#[test]
fn a_group_is_collapsed_by_key_and_sums_up() {
    let mut world = wide();
    world.query.view.grouping = Some(Grouping::new(GroupBy::PlayerGroup));
    let mut harness = harness(world, SIZE);
    harness.get_by_role_and_label(Role::Cell, "A, Kills: mean 2,245");
    clicked(&mut harness, Role::RowHeader, "A, 5 players, expanded");
    assert_eq!(harness.state().state.selected_players().len(), 5, "its header stands for all under it");
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_role_and_label(Role::RowHeader, "A, 5 players, collapsed");
    assert!(!names_shown(&harness).contains(&"QuietOrbit".to_owned()));
    assert_eq!(harness.state().query.view.grouping.as_ref().unwrap().collapsed, ["A"]);
}

#[test]
fn turning_the_table_round_keeps_selection_and_keyboard_on_the_player() {
    let mut harness = harness(wide(), SIZE);
    clicked(&mut harness, Role::Cell, "HexaWren, Deaths: 1,296");
    for layout in [Layout::Transposed, Layout::Long, Layout::Wide] {
        harness.state_mut().query.view.layout = layout;
        harness.run();
        assert_eq!(selected(&harness), ["HexaWren"], "{layout:?}");
        harness.get_by_role_and_label(Role::Cell, "HexaWren, Deaths: 1,296");
    }
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(harness.state().copied, ["1296\n"]);
}

#[test]
fn what_is_copied_is_of_the_players_selected_whatever_came_in_between() {
    let mut harness = harness(wide(), SIZE);
    clicked(&mut harness, Role::RowHeader, "TigerShark");
    harness.get_by_role_and_label(Role::RowHeader, "HexaWren").click_modifiers(Modifiers::COMMAND);
    harness.run();
    clicked(&mut harness, Role::ColumnHeader, "Deaths, Iron Meridian");
    clicked(&mut harness, Role::ColumnHeader, "Player");
    let before = harness.state().query.view.clone();
    let view = &mut harness.state_mut().query.view;
    view.filters = vec![statlens::model::Filter::Player(statlens::model::TextTest::Contains("tiger".into()))];
    harness.run();
    assert_eq!(selected(&harness), ["TigerShark"], "the other is filtered out");
    harness.state_mut().query.view = before;
    harness.run();
    assert_eq!(selected(&harness), ["HexaWren", "TigerShark"], "and is selected again");
    clicked(&mut harness, Role::Cell, "TigerShark, Kills: 1,903");
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(harness.state().copied, ["1903\n"]);
}

#[test]
fn frozen_columns_stand_still() {
    let mut world = wide();
    world.query.view.columns.frozen = 1;
    let mut harness = harness(world, Vec2::new(820.0, 700.0));
    let before = (
        heading(&harness, "Kills, Iron Meridian, sorted descending"),
        heading(&harness, "Deaths, Iron Meridian"),
    );
    clicked(&mut harness, Role::Cell, "QuietOrbit, Deaths: 2,894");
    key_press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(heading(&harness, "Kills, Iron Meridian, sorted descending"), before.0);
    let deaths =
        harness.query_by_role_and_label(Role::ColumnHeader, "Deaths, Iron Meridian").map(|node| node.rect());
    assert!(deaths.is_none_or(|rect| rect.left() < before.1.left() || rect.width() < before.1.width()));
    harness.get_by_role_and_label(Role::Cell, "QuietOrbit, BestLap.Track.04: 1:29.250");
}

#[test]
fn a_heading_is_dragged_elsewhere_and_back_by_undo() {
    let mut harness = harness(wide(), SIZE);
    let from = heading(&harness, "Headshots, Iron Meridian");
    let to = heading(&harness, "Kills, Iron Meridian, sorted descending");
    harness.drag_at(from.center());
    harness.step();
    for share in [0.3, 0.7, 1.0] {
        harness.hover_at(from.center() + (to.left_center() + vec2(4.0, 0.0) - from.center()) * share);
        harness.step();
    }
    harness.drop_at(to.left_center() + vec2(4.0, 0.0));
    harness.run();
    assert!(
        heading(&harness, "Headshots, Iron Meridian").left()
            < heading(&harness, "Kills, Iron Meridian, sorted descending").left()
    );
    let world = harness.state_mut();
    world.query.view = world.undo.pop().unwrap();
    harness.run();
    assert_eq!(heading(&harness, "Headshots, Iron Meridian"), from);
}

#[test]
fn a_column_is_made_to_fit_and_that_is_kept_with_the_query() {
    let mut harness = crate::world::brisk(wide(), Vec2::new(1500.0, 700.0));
    let before = heading(&harness, "MatchesWon, Iron Meridian");
    let handle = before.right_center() - vec2(3.0, 0.0);
    for _ in 0..2 {
        harness.hover_at(handle);
        harness.step();
        harness.drag_at(handle);
        harness.step();
        harness.drop_at(handle);
        harness.step();
    }
    harness.run();
    let after = heading(&harness, "MatchesWon, Iron Meridian");
    assert!(after.width() < before.width(), "{before} {after}");
    assert_eq!(harness.state().query.view.columns.settings.len(), 1);
}

#[test]
fn the_last_of_a_million_is_reached_and_drawn_in_place() {
    let mut harness = harness(large(1_000_000, 1), SIZE);
    until(&mut harness, |harness| !harness.state().state.shown_rows().is_empty());
    harness.run();
    clicked(&mut harness, Role::Cell, "5, Stat0: 39,595");
    key_press(&mut harness, Modifiers::COMMAND, Key::End);
    let last = harness.get_by_role_and_label(Role::RowHeader, "999999").rect();
    assert!((last.height() - 27.0).abs() < 0.01, "{last}");
    let above = harness.get_by_role_and_label(Role::RowHeader, "999998").rect();
    assert!((last.top() - above.top() - 27.0).abs() < 0.01);
    assert_eq!(harness.state().state.selected_players(), [999_999]);
}

#[test]
fn names_units_and_formats_come_from_the_dictionary() {
    let time = column(IRON, "TimePlayed", "Integer", &["307", "5400", "-", "!"]);
    let mut world = world(rows(&["A", "B", "C", "D"]), vec![time]);
    let mut dictionary = StatDictionary::default();
    let entry = dictionary.stat_mut(&key(IRON, "TimePlayed"));
    entry.name = Some("Time played".into());
    entry.format = Some("duration(seconds)".parse::<ValueFormat>().unwrap());
    entry.better = Some(Better::Lower);
    world.dictionary = Arc::new(dictionary);
    world.query.view.summary = vec![Statistic::Max];
    let mut harness = harness(world, SIZE);
    harness.get_by_role_and_label(Role::Cell, "A, Time played: 5:07");
    clicked(&mut harness, Role::ColumnHeader, "Time played, Iron Meridian");
    assert_eq!(names_shown(&harness)[0], "B");
}

#[test]
fn whole_columns_are_selected_by_key_and_by_heading() {
    let mut harness = harness(small(), SIZE);
    clicked(&mut harness, Role::Cell, "TigerShark, Deaths: 10");
    key_press(&mut harness, Modifiers::COMMAND, Key::Space);
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(harness.state().copied, ["10\n-3\n\"\"\n\"\"\n"], "what is empty holds its place");
    key_press(&mut harness, Modifiers::SHIFT, Key::Space);
    assert_eq!(harness.state().state.selection_summary().unwrap().columns, 2);
    harness
        .get_by_role_and_label(Role::ColumnHeader, "Kills, Iron Meridian")
        .click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert!(harness.state().query.view.sort.is_empty(), "that sorts nothing");
}

#[test]
fn a_frame_in_which_nothing_changed_lays_out_no_text() {
    let mut harness = harness(wide(), SIZE);
    clicked(&mut harness, Role::Cell, "HexaWren, Deaths: 1,296");
    harness.run();
    let before = harness.state().state.texts_laid_out();
    assert!(before > 100, "{before}");
    for _ in 0..5 {
        harness.step();
    }
    assert_eq!(harness.state().state.texts_laid_out(), before);
    key_press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(harness.state().state.texts_laid_out(), before, "nor does moving the keyboard");
}

#[test]
fn the_focused_cell_says_player_column_and_value() {
    let mut harness = harness(small(), SIZE);
    clicked(&mut harness, Role::Cell, "HexaWren, Deaths: −3");
    let cell = harness.get_by_role_and_label(Role::Cell, "HexaWren, Deaths: −3");
    assert!(cell.is_focused(), "it is what a reader hears");
}

#[test]
fn rows_are_put_in_order_on_demand_while_values_come() {
    let mut world = small();
    world.query.view.sort = vec![Sort { by: SortBy::Column(key(IRON, "Deaths").into()), descending: true }];
    world.fetching = true;
    let mut harness = harness(world, SIZE);
    let world = harness.state_mut();
    let cells = column(IRON, "Deaths", "Integer", &["99"]);
    Arc::make_mut(&mut world.table).apply(&CellBlock {
        rows: vec![2],
        columns: vec![(1, cells)],
        exchange: None,
    });
    world.revision += 1;
    harness.run();
    assert_eq!(names_shown(&harness)[0], "TigerShark");
    clicked(&mut harness, Role::Button, "Sort now");
    assert_eq!(names_shown(&harness)[0], "Okapi#12");
}

#[test]
fn a_fetch_that_begins_moves_no_row() {
    let mut world = small();
    world.query.view.sort = vec![Sort { by: SortBy::Column(key(IRON, "Deaths").into()), descending: false }];
    let mut harness = harness(world, SIZE);
    let sorted = ["HexaWren", "TigerShark", "Okapi#12", "Silent"];
    assert_eq!(names_shown(&harness), sorted);

    let world = harness.state_mut();
    world.before = Some(world.table.clone());
    let players = rows(&["TigerShark", "HexaWren", "Okapi#12", "Silent", "QuietOrbit"]);
    let columns = world.table.columns().iter().map(|column| column.key().clone()).collect();
    let mut table = StatTable::pending(players.iter().map(|row| row.asked.clone()).collect(), columns);
    for (place, row) in players.iter().enumerate() {
        table.set_player(place, row.player().expect("all are known").clone());
    }
    world.table = Arc::new(table);
    world.fetching = true;
    world.revision += 1;
    harness.run();
    assert_eq!(names_shown(&harness), [&sorted[..], &["QuietOrbit"]].concat());

    let world = harness.state_mut();
    let cells = column(IRON, "Deaths", "Integer", &["3", "1", "4", "2", "5"]);
    Arc::make_mut(&mut world.table).apply(&CellBlock {
        rows: (0..5).collect(),
        columns: vec![(1, cells)],
        exchange: None,
    });
    world.revision += 1;
    harness.run();
    assert_eq!(names_shown(&harness), [&sorted[..], &["QuietOrbit"]].concat(), "until the fetch is over");
    harness.state_mut().fetching = false;
    harness.run();
    assert_eq!(names_shown(&harness), ["HexaWren", "Silent", "TigerShark", "Okapi#12", "QuietOrbit"]);
}

#[test]
fn the_chart_takes_all_the_room_and_gives_it_back() {
    let mut harness = harness(wide(), SIZE);
    let height = |harness: &Harness<'_, World>| harness.get_by_role(Role::Figure).rect().height();
    let shared = height(&harness);
    key_press(&mut harness, Modifiers::NONE, Key::M);
    assert!(height(&harness) > shared + 200.0, "{shared} {}", height(&harness));
    assert!(harness.query_by_role_and_label(Role::ColumnHeader, "Deaths, Iron Meridian").is_none());
    // Where rows are looked for they are shown.
    key_press(&mut harness, Modifiers::COMMAND, Key::F);
    assert_eq!(height(&harness), shared);
    clicked(&mut harness, Role::Button, "Give the chart all the room");
    clicked(&mut harness, Role::Button, "Show the grid too");
    assert_eq!(height(&harness), shared);
    harness.get_by_role_and_label(Role::ColumnHeader, "Deaths, Iron Meridian");
}

#[test]
fn where_there_is_no_room_for_grid_and_chart_the_chart_is_a_click_away() {
    let mut harness = harness(wide(), Vec2::new(620.0, 320.0));
    assert!(harness.query_by_role(Role::Figure).is_none());
    clicked(&mut harness, Role::Button, "Show the chart alone (M)");
    assert!(harness.get_by_role(Role::Figure).rect().height() > 100.0);
    clicked(&mut harness, Role::Button, "Show the grid too");
    harness.get_by_role_and_label(Role::ColumnHeader, "Deaths, Iron Meridian");
    harness.get_by_role_and_label(Role::Button, "Show the chart alone (M)");
}

/// Wide, by group and diverging, turned round, as a list, and differences of a player and of all.
#[test]
#[ignore = "pictures to look at"]
fn pictures() {
    let mut world = wide();
    world.query.view.summary = vec![Statistic::Median];
    let mut harness = harness(world, Vec2::new(1330.0, 900.0));
    let _ = harness.try_snapshot("zz_wide");
    harness.state_mut().light = true;
    harness.run();
    let _ = harness.try_snapshot("zz_light");
    harness.state_mut().light = false;
    let view = &mut harness.state_mut().query.view;
    view.grouping = Some(Grouping::new(GroupBy::PlayerGroup));
    view.diverging = true;
    view.row_numbers = true;
    view.columns.frozen = 2;
    harness.run();
    let _ = harness.try_snapshot("zz_groups");
    harness.state_mut().query.view.layout = Layout::Long;
    harness.run();
    let _ = harness.try_snapshot("zz_long");
    let view = &mut harness.state_mut().query.view;
    (view.layout, view.grouping) = (Layout::Wide, None);
    view.normalise = statlens::model::Normalise::Difference;
    harness.run();
    clicked(&mut harness, Role::RowHeader, "HexaWren");
    clicked(&mut harness, Role::Button, "Deselect");
    clicked(&mut harness, Role::RowHeader, "HexaWren");
    let _ = harness.try_snapshot("zz_player");
    clicked(&mut harness, Role::Button, "Deselect");
    let _ = harness.try_snapshot("zz_difference");
}
