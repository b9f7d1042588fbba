//! What is better looks the same everywhere, also where less is better.

use statlens::model::{Better, Chart, ChartKind, StatDictionary};

use super::*;

/// Two players, the second of whom has more of everything.
fn charted(kind: ChartKind) -> World {
    let columns = ["Kills", "Deaths"].map(|stat| column(IRON, stat, "Integer", &["1", "9"]));
    let mut world = world(rows(&["A", "B"]), columns.to_vec());
    let mut dictionary = StatDictionary::default();
    dictionary.stat_mut(&key(IRON, "Kills")).better = Some(Better::Higher);
    dictionary.stat_mut(&key(IRON, "Deaths")).better = Some(Better::Lower);
    world.dictionary = Arc::new(dictionary);
    world.query.groups.clear();
    world.query.charts = vec![Chart { kind: Some(kind), ..Chart::default() }];
    world
}

#[test]
fn a_heat_map_shades_what_is_better() {
    let mut harness = harness(charted(ChartKind::HeatMap), SIZE);
    harness.get_by_label_contains("Turned round, as less is better: Deaths");
    let picture = harness.render().expect("a picture");
    let shade = |cell: &str| {
        let rect = harness.get_by_role_and_label(Role::GraphicsObject, cell).rect();
        let at = rect.left_top() + egui::vec2(3.0, 3.0);
        picture.get_pixel(at.x as u32, at.y as u32).0
    };
    assert_eq!(shade("B: Kills 9"), shade("A: Deaths 1"));
    assert_eq!(shade("A: Kills 1"), shade("B: Deaths 9"));
    assert_ne!(shade("A: Kills 1"), shade("B: Kills 9"));
}

#[test]
fn what_shades_mean_is_said_first_and_who_has_no_value_last() {
    let said = |stats: usize| {
        let names: Vec<String> = (0..stats).map(|stat| format!("S{stat}")).collect();
        // Two or four players have no value; every second stat failed for one.
        let cells = [["1", "9", "4", "-", "-", "!"], ["2", "-", "-", "-", "-", "7"]];
        let columns = (0..stats).map(|stat| column(IRON, &names[stat], "Integer", &cells[stat % 2]));
        let mut world = world(rows(&["A", "B", "C", "D", "E", "F"]), columns.collect());
        let mut dictionary = StatDictionary::default();
        dictionary.stat_mut(&key(IRON, "S0")).better = Some(Better::Lower);
        world.dictionary = Arc::new(dictionary);
        world.query.charts = vec![Chart { kind: Some(ChartKind::HeatMap), ..Chart::default() }];
        let harness = harness(world, Vec2::new(1900.0, 900.0));
        let first = "The stronger the shade, the greater the number within its stat. Turned round, as less is better: S0";
        let label = harness.get_by_label_contains(first);
        let said = label.accesskit_node().value().unwrap_or_default();
        said.strip_prefix(first).expect("it stands first").to_owned()
    };
    assert_eq!(said(2), " · 2 players have no S0, 1 failed · 4 players have no S1");
    assert_eq!(said(12), " · 2 to 4 players have no value, up to 1 failed, by stat");
}

#[test]
fn the_inspector_says_which_difference_is_better() {
    let mut harness = harness(charted(ChartKind::Bars), SIZE);
    clicked(&mut harness, Role::Cell, "B, Kills: 9");
    harness.get_by_role_and_label(Role::ListItem, "Kills, +4 against the median of all, better");
    harness.get_by_role_and_label(Role::ListItem, "Deaths, +4 against the median of all, worse");
}
