//! Groups of players.

use egui::{
    Key, Modifiers,
    accesskit::{Role, Toggled},
};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::*;

#[test]
fn a_group_is_made_of_the_selected_renamed_and_removed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click(&mut window, Role::Button, "Groups");
    assert!(has(&window, "New group: select players in the list or in the grid first"));
    window.key_press(Key::Escape);
    window.run();
    click_first(&mut window, "WarriorSaint, 2");
    click(&mut window, Role::Button, "Groups");
    assert!(has(&window, "New group of the selected player"));
    type_into(&mut window, "Name of the new group", "Mine");
    click(&mut window, Role::Button, "Make group");
    assert!(has(&window, "Mine"));
    click(&mut window, Role::Button, "Rename group Mine");
    window.get_by_role_and_label(Role::TextInput, "Name of the group").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("Ours".to_owned()));
    window.key_press(Key::Enter);
    window.run();
    assert!(has(&window, "Remove group Ours"), "{}", everything_told(&window));
    click(&mut window, Role::Button, "Remove group Ours");
    assert!(!has(&window, "Remove group Ours"));
    assert!(has(&window, "24 players × 9 stats"), "its players stay");
}

/// What a screen reader says of the first thing of this role whose name begins so, beside its name.
fn described(window: &Window, role: Role, name: &str) -> String {
    let found = window.query_all_by_role(role).find(|node| {
        let label = node.accesskit_node().label();
        label.is_some_and(|label| label.starts_with(name))
    });
    let found = found.unwrap_or_else(|| panic!("there is no {name:?} in {}", everything_told(window)));
    found.accesskit_node().description().unwrap_or_default()
}

fn is_chosen(window: &Window, choice: &str) -> bool {
    let node = window.get_by_role_and_label(Role::RadioButton, choice);
    node.accesskit_node().toggled() == Some(Toggled::True)
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
    settle(window);
}

#[test]
fn a_group_looks_as_chosen_wherever_its_marker_stands_and_can_be_undone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    let in_list = |window: &Window| described(window, Role::ListBoxOption, "Łukasz Bór");
    let in_grid = |window: &Window| described(window, Role::RowHeader, "Łukasz Bór");
    assert_eq!(in_list(&window), "In Regular, orange triangle");
    assert_eq!(in_grid(&window), "In Regular, orange triangle");
    click(&mut window, Role::Button, "Groups");
    click(&mut window, Role::Button, "Look of Regular: orange triangle");
    assert!(is_chosen(&window, "Colour of Regular: by its place"));
    assert!(is_chosen(&window, "Shape of Regular: by its place"));
    click(&mut window, Role::RadioButton, "Colour of Regular: blue");
    assert!(is_chosen(&window, "Colour of Regular: blue"));
    assert!(!is_chosen(&window, "Colour of Regular: by its place"));
    assert_eq!(in_list(&window), "In Regular, blue triangle");
    assert_eq!(in_grid(&window), "In Regular, blue triangle");
    click(&mut window, Role::RadioButton, "Shape of Regular: circle");
    assert!(has(&window, "Look of Regular: blue circle"));
    assert!(has(&window, "Look of Casual: blue circle"), "two may look the same");
    click(&mut window, Role::CheckBox, "Group rows by player group");
    settle(&mut window);
    assert_eq!(described(&window, Role::RowHeader, "Regular, "), "blue circle");
    window.key_press(Key::Escape);
    window.run();
    for expected in ["blue circle", "blue triangle", "orange triangle"] {
        press(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(in_list(&window), format!("In Regular, {expected}"));
        assert_eq!(in_grid(&window), format!("In Regular, {expected}"));
    }
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(in_list(&window), "In Regular, blue triangle");
}

#[test]
fn filters_show_the_looks_of_their_groups() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click(&mut window, Role::Button, "Groups");
    click(&mut window, Role::Button, "Look of Competitive: pink square");
    click(&mut window, Role::RadioButton, "Shape of Competitive: cross");
    click(&mut window, Role::CheckBox, "Use group Competitive");
    click(&mut window, Role::CheckBox, "Show who is in any");
    window.key_press(Key::Escape);
    window.run();
    settle(&mut window);
    assert_eq!(described(&window, Role::Button, "Filter: In Competitive"), "pink cross");
    click(&mut window, Role::Button, "Filter: In Competitive");
    settle(&mut window);
    assert_eq!(described(&window, Role::CheckBox, "Competitive, "), "pink cross");
    assert_eq!(described(&window, Role::CheckBox, "Casual, "), "blue circle");
}

#[test]
fn a_look_is_chosen_with_the_keyboard_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.get_by_role_and_label(Role::Button, "Groups").focus();
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.get_by_role_and_label(Role::Button, "Look of Regular: orange triangle").focus();
    press(&mut window, Modifiers::NONE, Key::Enter);
    let choice = "Colour of Regular: pink";
    for _ in 0..40 {
        if window.get_by_role_and_label(Role::RadioButton, choice).accesskit_node().is_focused() {
            break;
        }
        press(&mut window, Modifiers::NONE, Key::Tab);
    }
    press(&mut window, Modifiers::NONE, Key::Space);
    assert!(is_chosen(&window, choice), "{}", everything_told(&window));
    assert!(has(&window, "Look of Regular: pink triangle"));
}

#[test]
fn a_chosen_look_is_saved_with_the_query_and_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("looks.toml");
    let store = store();
    let mut window = open(home.path(), &store);
    click(&mut window, Role::Button, "Groups");
    click(&mut window, Role::Button, "Look of Casual: blue circle");
    click(&mut window, Role::RadioButton, "Colour of Casual: second blue");
    click(&mut window, Role::RadioButton, "Shape of Casual: hollow diamond");
    window.key_press(Key::Escape);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run();
    paste_over(&mut window, "Path of the file", &file.display().to_string());
    click(&mut window, Role::Button, "Save file");
    settle(&mut window);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("name = \"Casual\"\ncolour = \"second blue\"\nshape = \"hollow diamond\"\n"),
        "{text}"
    );
    assert_eq!(text.matches("\ncolour = ").count(), 1, "only what was chosen is written");
    drop(window);
    let mut window = open(home.path(), &store);
    let told = described(&window, Role::ListBoxOption, "TigerShark");
    assert_eq!(told, "In Casual, second blue hollow diamond", "the draft keeps it");
    click(&mut window, Role::Button, "Groups");
    click(&mut window, Role::Button, "Look of Casual: second blue hollow diamond");
    click(&mut window, Role::RadioButton, "Colour of Casual: by its place");
    assert!(has(&window, "Look of Casual: blue hollow diamond"));
}

#[test]
fn a_group_is_made_of_who_is_selected_in_the_grid() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    for (player, modifiers) in [("HexaWren", Modifiers::NONE), ("Major Fennec", Modifiers::COMMAND)] {
        let cell = format!("{player}, Deaths");
        window.query_all_by_label_contains(&cell).next().expect("a cell").click_modifiers(modifiers);
        window.run();
    }
    click(&mut window, Role::Button, "Groups");
    assert!(has(&window, "New group of the 2 selected players"), "{}", everything_told(&window));
    type_into(&mut window, "Name of the new group", "Mine");
    click(&mut window, Role::Button, "Make group");
    window.get_by_role_and_label(Role::CheckBox, "Use group Mine");
    assert!(has(&window, "Add selected to Mine"));
    window.key_press(Key::Escape);
    window.run();
    // The legend of the chart tells who has which group.
    window.get_by_role_and_label(Role::CheckBox, "Show Mine");
}

#[test]
fn a_group_made_at_the_chart_is_told_with_those_who_keep_their_colour() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    for (player, modifiers) in [("HexaWren", Modifiers::NONE), ("Major Fennec", Modifiers::COMMAND)] {
        let cell = format!("{player}, Deaths");
        window.query_all_by_label_contains(&cell).next().expect("a cell").click_modifiers(modifiers);
        window.run();
    }
    let grid = |window: &Window| window.get_by_role_and_label(Role::Grid, "Values").rect();
    let before = grid(&window);
    click(&mut window, Role::Button, "More of the chart");
    click(&mut window, Role::Button, "Group the 2 selected");
    let told = "Group 1 made of 2 players; all of them keep the colour of an earlier group. \
                Rename it in the Groups menu";
    assert!(has(&window, told), "{}", everything_told(&window));
    assert_eq!(grid(&window), before, "nothing moves for it");
}
