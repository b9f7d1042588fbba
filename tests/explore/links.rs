//! The line above the chart: kinds that stay in their places, links to what is done with who is selected
//! and with the part in sight, and the menu.

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::{
    model::{Chart, ChartKind, ColourBy, Normalise, PlayerRef},
    ui::explore::ExploreAction,
};

use crate::{
    clicked, key_press,
    kinds::{charted, figure, of},
    world::{IRON, SIZE, World, column, harness, key, rows, wide, world},
};

/// The kinds in the line above the chart with their places, and that of the chip of the others.
fn tabs(harness: &Harness<'_, World>) -> Vec<(String, egui::Rect)> {
    let kinds = ["Scatter", "Bars", "Distribution", "Box", "Radar", "Heat map", "Correlation", "Parallel"];
    let tabs = kinds.into_iter().filter_map(|kind| {
        let tab = harness.query_by_role_and_label(Role::CheckBox, kind)?;
        Some((kind.to_owned(), tab.rect()))
    });
    let chips = ["More kinds", "Scatter"].into_iter().filter_map(|chip| {
        let more = harness.query_by_role_and_label(Role::Button, chip)?;
        Some((chip.to_owned(), more.rect()))
    });
    tabs.chain(chips).collect()
}

#[test]
fn kinds_stay_where_they_are_whatever_is_selected_or_zoomed() {
    for width in [760.0, 900.0, 1100.0, 1330.0, 1700.0] {
        let chart = Chart { kind: Some(ChartKind::Scatter), ..Chart::default() };
        let mut harness = harness(charted(wide(), chart), Vec2::new(width, 700.0));
        let before = tabs(&harness);
        assert!(!before.is_empty(), "{width}");
        clicked(&mut harness, Role::RowHeader, "TigerShark");
        assert_eq!(tabs(&harness), before, "selected at {width}");
        harness.get_by_role(Role::Figure).focus();
        harness.run();
        for _ in 0..6 {
            key_press(&mut harness, Modifiers::NONE, Key::Plus);
        }
        harness.get_by_label("1 selected");
        assert_eq!(tabs(&harness), before, "selected and zoomed at {width}");
        for link in ["Deselect", "Filter to those in sight", "Zoom out", "More of the chart"] {
            let rect = harness.get_by_role_and_label(Role::Button, link).rect();
            assert!(rect.right() < width - 270.0, "{link} is cut off at {width}: {rect}");
            let overlaps = before.iter().find(|(_, tab)| tab.intersects(rect));
            assert!(overlaps.is_none(), "{link} is on {overlaps:?} at {width}");
        }
        clicked(&mut harness, Role::Button, "Zoom out");
        harness.get_by_label("1 selected");
        clicked(&mut harness, Role::Button, "Deselect");
        assert!(harness.state().state.selected_players().is_empty());
        assert_eq!(tabs(&harness), before);
    }
}

#[test]
fn only_charts_of_the_selected_say_of_how_many() {
    let mut harness = harness(charted(wide(), of(ChartKind::Scatter, &[])), SIZE);
    clicked(&mut harness, Role::RowHeader, "TigerShark");
    harness.get_by_label("1 selected");
    harness.state_mut().query.charts = vec![of(ChartKind::Bars, &["Kills"])];
    harness.run();
    harness.get_by_label("1 of 14 players");
}

/// Selects the players with these names in the grid.
fn select(harness: &mut Harness<'_, World>, names: &[&str]) {
    for name in names {
        harness.get_by_role_and_label(Role::RowHeader, name).click_modifiers(Modifiers::COMMAND);
        harness.run();
    }
}

fn asked(harness: &Harness<'_, World>, row: usize) -> PlayerRef {
    harness.state().table.rows()[row].asked.clone()
}

#[test]
fn the_selected_become_a_group_with_a_name_of_its_own_or_a_comparison() {
    let mut world = charted(wide(), of(ChartKind::Scatter, &[]));
    world.query.groups[1].name = "Group 1".into();
    let mut harness = harness(world, Vec2::new(1700.0, 700.0));
    select(&mut harness, &["TigerShark"]);
    assert!(harness.query_by_role_and_label(Role::Button, "Compare").is_none(), "one alone is not compared");
    select(&mut harness, &["OkapiPrime"]);
    clicked(&mut harness, Role::Button, "Group");
    let players = vec![asked(&harness, 2), asked(&harness, 6)];
    let group = ExploreAction::AddToGroup("Group 2".into(), players);
    assert_eq!(harness.state().actions.last(), Some(&group));
    clicked(&mut harness, Role::Button, "Compare");
    assert_eq!(harness.state().actions.last(), Some(&ExploreAction::CompareSelected));
}

#[test]
fn the_menu_has_what_the_line_has_no_room_for() {
    let mut harness = harness(charted(wide(), of(ChartKind::Scatter, &[])), Vec2::new(760.0, 640.0));
    let is_disabled =
        |harness: &Harness<'_, World>, label| harness.get_by_label(label).accesskit_node().is_disabled();
    clicked(&mut harness, Role::Button, "More of the chart");
    assert!(is_disabled(&harness, "Group the selected"));
    assert!(is_disabled(&harness, "Compare the selected"));
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    select(&mut harness, &["TigerShark", "OkapiPrime"]);
    clicked(&mut harness, Role::Button, "More of the chart");
    clicked(&mut harness, Role::Button, "Group the 2 selected");
    assert!(matches!(harness.state().actions.last(), Some(ExploreAction::AddToGroup(name, players))
        if name == "Group 1" && players.len() == 2));
    clicked(&mut harness, Role::Button, "More of the chart");
    clicked(&mut harness, Role::Button, "Compare the 2 selected");
    assert_eq!(harness.state().actions.last(), Some(&ExploreAction::CompareSelected));
}

#[test]
fn the_menu_leaves_the_kind_to_the_selection() {
    let mut harness = harness(charted(wide(), of(ChartKind::Radar, &[])), SIZE);
    clicked(&mut harness, Role::Button, "More of the chart");
    clicked(&mut harness, Role::Button, "What suits the selection");
    assert_eq!(harness.state().query.charts[0].kind, None);
    assert!(figure(&harness).starts_with("Bars of"));
}

#[test]
fn the_grid_scrolls_to_the_first_of_those_who_were_marked_out() {
    let numbers: Vec<String> = (0..60).map(|number| number.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let names: Vec<String> = numbers.iter().map(|number| format!("P{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let columns = vec![column(IRON, "X", "Integer", &numbers), column(IRON, "Y", "Integer", &numbers)];
    let chart = of(ChartKind::Scatter, &["X", "Y"]);
    let mut harness = harness(charted(world(rows(&names), columns), chart), SIZE);
    assert!(harness.query_by_role_and_label(Role::RowHeader, "P45").is_none(), "far below");
    let figure = harness.get_by_role(Role::Figure).rect();
    let (from, to) = (figure.center(), figure.right_top() + Vec2::new(-20.0, 40.0));
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(from + (to - from) / 2.0);
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run();
    let selected = harness.state().state.selected_players().to_vec();
    assert!(selected.len() > 3 && selected[0] > 20, "{selected:?}");
    harness.get_by_role_and_label(Role::RowHeader, &format!("P{}", selected[0]));
    assert!(!harness.get_by_role_and_label(Role::Grid, "Values").is_focused(), "the keyboard stays");
}

/// What "Copy data" writes, line by line and cell by cell.
fn copied_data(harness: &mut Harness<'_, World>) -> Vec<Vec<String>> {
    clicked(harness, Role::Button, "More of the chart");
    clicked(harness, Role::Button, "Copy data");
    let text = harness.state_mut().copied.pop().expect("something is copied");
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn negative_numbers_are_copied_as_numbers_and_names_stay_guarded() {
    let columns = || {
        let up = ["1", "2", "3", "4"];
        let down = ["-4", "-2.5", "-9", "-30"];
        vec![column(IRON, "Up", "Integer", &up), column(IRON, "Down", "Double", &down)]
    };
    let names = ["Ada", "-1+2", "=Ploy", "@Zoe"];
    let world_of = |kind| charted(world(rows(&names), columns()), of(kind, &["Up", "Down"]));
    let mut harness = harness(world_of(ChartKind::Correlation), SIZE);
    let correlation = copied_data(&mut harness);
    let r: f64 = correlation[1][2].parse().expect("a number as programs write one");
    assert!(r < -0.5, "{correlation:?}");
    harness.state_mut().query.charts = vec![of(ChartKind::HeatMap, &["Up", "Down"])];
    harness.state_mut().query.view.normalise = Normalise::ZScore;
    harness.run();
    let scores = copied_data(&mut harness);
    for line in &scores[1..] {
        let numbers: Vec<f64> = line[1..].iter().map(|cell| cell.parse().expect("a number")).collect();
        assert_eq!(numbers.len(), 2);
    }
    assert!(scores[1..].iter().any(|line| line[1].starts_with('-')));
    let mut names: Vec<&str> = scores[1..].iter().map(|line| line[0].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["'-1+2", "'=Ploy", "'@Zoe", "Ada"]);
}

#[test]
fn texts_that_would_become_formulas_are_guarded_in_copied_data() {
    let columns = vec![
        column(IRON, "X", "Integer", &["-1", "2"]),
        column(IRON, "Y", "Integer", &["3", "-4"]),
        column(IRON, "Rank", "String", &["-1+2", "=1"]),
    ];
    let field = |stat| Some(key(IRON, stat).into());
    let chart = Chart { x: field("X"), y: field("Y"), ..of(ChartKind::Scatter, &[]) };
    let mut world = charted(world(rows(&["Ada", "Zoe"]), columns), chart);
    world.query.charts[0].colour = ColourBy::Field(key(IRON, "Rank").into());
    let mut harness = harness(world, SIZE);
    let data = copied_data(&mut harness);
    assert_eq!(data[1][2..], ["-1", "3", "'-1+2"]);
    assert_eq!(data[2][2..], ["2", "-4", "'=1"]);
}

fn press_at(harness: &mut Harness<'_, World>, at: egui::Pos2) {
    harness.hover_at(at);
    harness.run();
    harness.drag_at(at);
    harness.run_steps(2);
    harness.drop_at(at);
    harness.run();
}

fn open_menu(harness: &mut Harness<'_, World>) {
    clicked(harness, Role::Button, "More of the chart");
    assert!(has_menu(harness), "the menu is open");
}

fn has_menu(harness: &Harness<'_, World>) -> bool {
    harness.query_by_role_and_label(Role::Button, "Copy data").is_some()
}

/// Where something is.
type Spot = fn(&Harness<'_, World>) -> egui::Pos2;

/// A point of the chart without marks: few have many deaths and few kills.
fn beside_marks(harness: &Harness<'_, World>) -> egui::Pos2 {
    let figure = harness.get_by_role(Role::Figure).rect();
    figure.left_top() + figure.size() * Vec2::new(0.25, 0.35)
}

fn selected(harness: &Harness<'_, World>) -> Vec<u32> {
    harness.state().state.selected_players().to_vec()
}

#[test]
fn a_click_that_closes_the_menu_changes_nothing_in_chart_or_grid() {
    let mut harness = harness(charted(wide(), of(ChartKind::Scatter, &["Kills", "Deaths"])), SIZE);
    select(&mut harness, &["TigerShark", "OkapiPrime"]);
    let chosen = selected(&harness);
    assert_eq!(chosen.len(), 2);
    let grid = |harness: &Harness<'_, World>| {
        harness.get_by_role_and_label(Role::RowHeader, "HexaWren").rect().center()
    };
    let mark = |harness: &Harness<'_, World>| {
        harness.query_all_by_label_contains("HexaWren: ").next().expect("its mark").rect().center()
    };
    let spots: [Spot; 3] = [beside_marks, grid, mark];
    for (place, spot) in spots.into_iter().enumerate() {
        open_menu(&mut harness);
        let at = spot(&harness);
        press_at(&mut harness, at);
        assert!(!has_menu(&harness), "the click closes it: {place}");
        assert_eq!(selected(&harness), chosen, "and does nothing else: {place}");
    }
    let at = grid(&harness);
    press_at(&mut harness, at);
    assert_eq!(selected(&harness).len(), 1, "the next click acts");
    let at = beside_marks(&harness);
    press_at(&mut harness, at);
    assert!(selected(&harness).is_empty());
}

#[test]
fn a_click_that_closes_a_menu_of_the_grid_leaves_the_chart_alone() {
    let mut harness = harness(charted(wide(), of(ChartKind::Box, &["Kills"])), SIZE);
    select(&mut harness, &["TigerShark"]);
    let chosen = selected(&harness);
    harness.get_by_role_and_label(Role::RowHeader, "TigerShark").click_secondary();
    harness.run();
    let has_menu = |harness: &Harness<'_, World>| harness.query_by_label("Groups").is_some();
    assert!(has_menu(&harness), "the menu of the grid is open");
    let the_box = harness.query_all_by_role(Role::GraphicsObject).next().expect("a box").rect();
    press_at(&mut harness, the_box.center());
    assert!(!has_menu(&harness));
    assert_eq!(selected(&harness), chosen);
    press_at(&mut harness, the_box.center());
    assert_ne!(selected(&harness), chosen, "the next click selects who is in the box");
}

#[test]
fn what_lies_below_an_open_menu_is_still_seen_and_marked_out() {
    let mut harness = harness(charted(wide(), of(ChartKind::Scatter, &["Kills", "Deaths"])), SIZE);
    open_menu(&mut harness);
    let figure = harness.get_by_role(Role::Figure).rect();
    let from = beside_marks(&harness);
    let to = figure.left_top() + figure.size() * Vec2::new(0.6, 0.8);
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(from + (to - from) / 2.0);
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run();
    assert!(!selected(&harness).is_empty(), "a drag is no click for the menu: it marks out");
}
