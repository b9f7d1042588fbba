//! Pictures of charts and of comparisons: as PNG and as SVG, holding nothing secret.

use std::path::Path;

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::*;

/// Saves what the panel is open for.
fn save(window: &mut Window, file: &Path) {
    click(window, Role::Button, "Save…");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(file.display().to_string()));
    window.run();
    click(window, Role::Button, "Save file");
    settle(window);
    assert!(has(window, "Picture saved in"), "{}", everything_told(window));
}

fn ask_chart(window: &mut Window) {
    click(window, Role::Button, "More of the chart");
    click(window, Role::Button, "Picture of the chart…");
}

/// Draws another kind of chart, whether its tab has room or not.
fn draw(window: &mut Window, kind: &str) {
    if window.query_by_role_and_label(Role::CheckBox, kind).is_some() {
        return click(window, Role::CheckBox, kind);
    }
    let folded = ["More kinds", "Scatter", "Correlation", "Parallel", "Over time"];
    let chip = folded.into_iter().find(|name| window.query_by_role_and_label(Role::Button, name).is_some());
    click(window, Role::Button, chip.expect("the chip of the other kinds"));
    click_first(window, kind);
}

#[test]
fn every_kind_of_chart_is_saved_as_svg_that_is_well_formed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    let kinds = ["Scatter", "Bars", "Distribution", "Box", "Radar", "Heat map", "Correlation", "Parallel"];
    for kind in kinds {
        if kind != "Scatter" {
            draw(&mut window, kind);
        }
        ask_chart(&mut window);
        click(&mut window, Role::RadioButton, "SVG");
        let file = home.path().join(format!("{kind}.svg"));
        save(&mut window, &file);
        let text = std::fs::read_to_string(&file).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let words: String = document.descendants().filter_map(|node| node.text()).collect();
        assert!(words.contains("sample service"), "{kind} says where it comes from: {words}");
        assert!(words.contains("Ranked playtest, week 12"), "{kind} names the query");
        let marks = document.descendants().filter(roxmltree::Node::is_element).count();
        assert!(marks > 40, "{kind} has {marks} elements");
        assert!(!text.contains(&home.path().display().to_string()), "no path is told");
        assert!(!text.contains("XBL3.0"), "no token is told");
    }
}

#[test]
fn a_chart_and_a_comparison_are_saved_as_pixels() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    ask_chart(&mut window);
    click(&mut window, Role::RadioButton, "PNG");
    click(&mut window, Role::RadioButton, "1×");
    let chart = home.path().join("chart.png");
    save(&mut window, &chart);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run();
    click(&mut window, Role::Button, "Export");
    click(&mut window, Role::Button, "Picture…");
    let compared = home.path().join("compared.png");
    save(&mut window, &compared);
    for (file, least) in [(chart, [900, 420]), (compared, [1_000, 500])] {
        let image = image::open(&file).unwrap().to_rgb8();
        let (width, height) = image.dimensions();
        assert!(width >= least[0] && height >= least[1], "{file:?}: {width} × {height}");
        let colors: std::collections::HashSet<_> = image.pixels().collect();
        assert!(colors.len() > 50, "{file:?} has {} colours", colors.len());
    }
}

#[test]
fn the_size_is_not_asked_of_svg_and_the_file_names_the_kind() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    ask_chart(&mut window);
    let is_disabled = |window: &Window| {
        window.get_by_role_and_label(Role::RadioButton, "4×").accesskit_node().is_disabled()
    };
    assert!(!is_disabled(&window));
    click(&mut window, Role::RadioButton, "SVG");
    window.run();
    assert!(is_disabled(&window));
    click(&mut window, Role::Button, "Save…");
    let field = window.get_by_role_and_label(Role::TextInput, "Path of the file");
    let path = field.accesskit_node().value().unwrap();
    assert!(path.ends_with("Ranked playtest, week 12 – scatter.svg"), "{path}");
}
