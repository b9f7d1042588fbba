//! The grid by keyboard and mouse, its widths and its decimals.

use egui::{Event, Key, Modifiers, PointerButton, Vec2, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::ui::explore::ExploreAction;

use crate::{
    clicked, key_press, names_shown,
    world::{DRIFT, IRON, SIZE, World, column, harness, large, rows, small, until, wide, world},
};

fn focused_role(harness: &Harness<'_, World>) -> Option<Role> {
    let mut open = vec![harness.root()];
    while let Some(node) = open.pop() {
        if node.is_focused() && node.accesskit_node().role() != Role::Window {
            return Some(node.accesskit_node().role());
        }
        open.extend(node.children());
    }
    None
}

#[test]
fn the_grid_is_one_stop_of_the_tab_key() {
    let mut harness = harness(small(), SIZE);
    let is_inside = |role| matches!(role, Some(Role::ColumnHeader | Role::Cell | Role::RowHeader));
    for _ in 0..30 {
        key_press(&mut harness, Modifiers::NONE, Key::Tab);
        assert!(!is_inside(focused_role(&harness)));
        if focused_role(&harness) == Some(Role::Grid) {
            break;
        }
    }
    key_press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(harness.state().state.selected_players(), [0]);
    assert!(is_inside(focused_role(&harness)), "a screen reader is told of the cell");
    for modifiers in [Modifiers::NONE, Modifiers::SHIFT, Modifiers::SHIFT] {
        key_press(&mut harness, modifiers, Key::Tab);
    }
    assert!(!is_inside(focused_role(&harness)), "one stop before it and one behind it");
}

#[test]
fn the_menu_opens_by_key_and_gives_the_keyboard_back() {
    for (modifiers, key) in [(Modifiers::NONE, Key::Menu), (Modifiers::SHIFT, Key::F10)] {
        let mut harness = harness(small(), SIZE);
        clicked(&mut harness, Role::Cell, "TigerShark, Deaths: 10");
        key_press(&mut harness, modifiers, key);
        assert!(harness.get_by_role_and_label(Role::Button, "Copy with headers").rect().height() > 0.0);
        key_press(&mut harness, Modifiers::NONE, Key::Enter);
        assert_eq!(harness.state().copied, ["10\n"]);
        harness.run();
        assert!(harness.query_by_role_and_label(Role::Button, "Copy with headers").is_none());
        key_press(&mut harness, Modifiers::NONE, Key::ArrowDown);
        assert_eq!(harness.state().state.selected_players(), [1], "the grid has the keyboard again");
    }
}

#[test]
fn enter_selects_where_the_keyboard_is() {
    let mut harness = harness(small(), SIZE);
    clicked(&mut harness, Role::Cell, "HexaWren, Deaths: −3");
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().state.selected_players().is_empty());
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().state.selected_players(), [1]);
}

#[test]
fn a_drag_past_the_edge_scrolls_and_selects_on() {
    let mut harness = harness(wide(), Vec2::new(1100.0, 420.0));
    let from = harness.get_by_label("Łukasz Bór#991, Deaths: 2,627").rect().center();
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + vec2(0.0, 30.0));
    harness.step();
    harness.hover_at(from + vec2(0.0, 2_000.0));
    for _ in 0..60 {
        harness.step();
    }
    harness.drop_at(from + vec2(0.0, 2_000.0));
    harness.run();
    assert_eq!(harness.state().state.selected_players().len(), 13, "down to the last row");
    assert_eq!(names_shown(&harness).last().map(String::as_str), Some("WarriorSaint"), "and it is in sight");
    assert_eq!(harness.state().state.selection_summary().unwrap().columns, 1);
    assert!(!harness.ctx.has_requested_repaint());
}

#[test]
fn a_range_of_values_stays_one_over_the_names() {
    let mut harness = harness(small(), SIZE);
    let from = harness.get_by_label("TigerShark, Deaths: 10").rect().center();
    let to = harness.get_by_role_and_label(Role::RowHeader, "Okapi#12").rect().center();
    harness.drag_at(from);
    harness.step();
    for share in [0.5, 1.0, 1.0, 1.0] {
        harness.hover_at(from + (to - from) * share);
        harness.step();
    }
    harness.drop_at(to);
    harness.run();
    let summary = harness.state().state.selection_summary().unwrap();
    assert_eq!((summary.rows, summary.columns), (3, 2), "to the first stat, not whole rows");
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(harness.state().copied[0].lines().next(), Some("1903\t10"), "values without names");
}

#[test]
fn decimals_are_aligned_in_the_grid_and_copied_as_sent() {
    let ratio = column(IRON, "Ratio", "Double", &["1.5", "2", "0.25", "-"]);
    let world = world(rows(&["A", "B", "C", "D"]), vec![ratio]);
    let mut harness = harness(world, SIZE);
    clicked(&mut harness, Role::RowHeader, "B");
    harness.get_by_role_and_label(Role::RowHeader, "A").click_modifiers(Modifiers::SHIFT);
    harness.run();
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(harness.state().copied, ["A\t1.5\nB\t2\n"]);
}

#[test]
fn nine_columns_fit_beside_the_panels() {
    // What a window of 1600 × 1000 leaves to the screen and the inspector.
    let harness = harness(nine(), Vec2::new(1330.0, 900.0));
    let grid = harness.get_by_role_and_label(Role::Grid, "Values").rect();
    for stat in NINE {
        let title =
            if stat == "RacesWon" || stat == "BestLap.Track.04" { "Halcyon Drift" } else { "Iron Meridian" };
        let header = harness.get_by_role_and_label(Role::ColumnHeader, &format!("{stat}, {title}")).rect();
        assert!(
            header.right() <= grid.right() + 0.5,
            "{stat} ends at {} of {}",
            header.right(),
            grid.right()
        );
    }
}

const NINE: [&str; 9] = [
    "Kills",
    "Deaths",
    "KillsPerHour",
    "KDRatio",
    "Headshots",
    "MatchesWon",
    "MinutesPlayed",
    "RacesWon",
    "BestLap.Track.04",
];

fn nine() -> World {
    let values = ["17998", "11033", "28.1", "1.63", "5553", "1774", "38433", "673", "70.962"];
    let columns = NINE.iter().zip(values).enumerate().map(|(at, (stat, value))| {
        let scid = if at < 7 { IRON } else { DRIFT };
        column(scid, stat, "Double", &[value, "-"])
    });
    world(rows(&["Ήσυχος Λύκος#205", "Нова Звезда#4410"]), columns.collect())
}

#[test]
fn a_column_is_made_wider_by_hand_and_fitted_again() {
    let mut harness = harness(nine(), SIZE);
    let header = |harness: &Harness<'_, World>| {
        harness.get_by_role_and_label(Role::ColumnHeader, "Kills, Iron Meridian").rect()
    };
    // A hand takes the line from either side.
    for (beside, by) in [(-2.0, 60.0), (3.0, -25.0)] {
        let before = header(&harness);
        let handle = before.right_center() + vec2(beside, 0.0);
        harness.drag_at(handle);
        harness.step();
        for part in [0.1, 0.5, 1.0] {
            harness.hover_at(handle + vec2(by * part, 0.0));
            harness.step();
        }
        harness.drop_at(handle + vec2(by, 0.0));
        harness.run();
        assert!((header(&harness).width() - before.width() - by).abs() < 1.0, "{:?}", header(&harness));
    }
    assert_eq!(harness.state().query.view.sort, [], "that was no click on the heading");
}

#[test]
fn a_large_copy_does_not_hold_the_window_up() {
    let mut harness = harness(large(20_000, 5), SIZE);
    until(&mut harness, |harness| !harness.state().state.shown_rows().is_empty());
    harness.run();
    clicked(&mut harness, Role::RowHeader, "5");
    key_press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(Event::Copy);
    harness.step();
    until(&mut harness, |harness| {
        let what = "Copied 100,000 cells of 20,000 players".to_owned();
        harness.state().actions.contains(&ExploreAction::Copied { what })
    });
    assert_eq!(harness.state().copied.last().map(|text| text.lines().count()), Some(20_000));
    until(&mut harness, |harness| harness.state().state.selection_summary().is_some());
    assert_eq!(harness.state().state.selection_summary().unwrap().summary.numbers, 100_000);
}

#[test]
fn nothing_selected_shows_the_whole_table_in_figures() {
    let mut harness = harness(wide(), SIZE);
    harness.get_by_label("14 players");
    harness.get_by_role_and_label(Role::ListItem, "Kills, median 1,752.5, 14 with a value");
    harness.get_by_role_and_label(Role::ListItem, "RacesWon, median 163.5, 12 with a value");
    harness.get_by_role_and_label(Role::ListItem, "BestLap.Track.04, median text, 11 with a value");
    clicked(&mut harness, Role::Cell, "QuietOrbit, Kills: 4,531");
    assert!(harness.query_by_label_contains("Kills, median").is_none());
}

#[test]
fn a_click_that_ends_in_the_frame_in_which_it_began_selects() {
    let mut harness = harness(small(), SIZE);
    let pos = harness.get_by_role_and_label(Role::Cell, "TigerShark, Deaths: 10").rect().center();
    harness.hover_at(pos);
    harness.run();
    let button = |pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.input_mut().events.extend([button(true), button(false)]);
    harness.run();
    assert_eq!(harness.state().state.selected_players(), [0]);
}
