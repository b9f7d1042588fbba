//! Changes of the query and of the view, taken back, done again, saved and read.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::*;

const UNDO: Modifiers = Modifiers::COMMAND;
const REDO: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
    settle(window);
}

/// The chip whose name starts so.
fn chip(window: &mut Window, label: &str) {
    let found = window.query_all_by_role(Role::Button).find(|node| {
        let name = node.accesskit_node().label().unwrap_or_default();
        name == label || name.starts_with(&format!("{label}: "))
    });
    found.unwrap_or_else(|| panic!("there is no chip {label:?}")).click();
    window.run();
}

/// Chooses in the popup of a control, and closes it.
fn choose(window: &mut Window, control: &str, choice: &str) {
    chip(window, control);
    click(window, Role::RadioButton, choice);
    window.key_press(Key::Escape);
    window.run();
}

#[test]
fn changes_of_the_view_are_taken_back_and_done_again_one_by_one() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    choose(&mut window, "Values", "Z-score");
    choose(&mut window, "Values", "Percentile");
    choose(&mut window, "Reference", "Mean");
    assert!(has(&window, "Values: percentile") && has(&window, "Reference: mean of all"));
    press(&mut window, UNDO, Key::Z);
    assert!(has(&window, "Reference: median of all"));
    press(&mut window, UNDO, Key::Z);
    assert!(has(&window, "Values: z-score"));
    press(&mut window, UNDO, Key::Z);
    assert!(has(&window, "Values: raw"));
    press(&mut window, UNDO, Key::Z);
    assert!(has(&window, "24 players × 9 stats"), "what the program put there is no change of the user's");
    press(&mut window, REDO, Key::Z);
    press(&mut window, UNDO, Key::Y);
    assert!(has(&window, "Values: percentile"));
    press(&mut window, REDO, Key::Z);
    assert!(has(&window, "Reference: mean of all"));
}

#[test]
fn the_undo_of_a_notice_is_that_of_the_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    empty_list(&mut window);
    assert!(has(&window, "24 players removed."));
    choose(&mut window, "Values", "Z-score");
    click(&mut window, Role::Button, "Undo");
    settle(&mut window);
    assert!(has(&window, "24 players × 9 stats"));
    assert!(has(&window, "Values: raw"), "what came after it is taken back too");
    press(&mut window, REDO, Key::Z);
    press(&mut window, REDO, Key::Z);
    assert!(has(&window, "Values: z-score"));
    press(&mut window, UNDO, Key::Z);
    press(&mut window, UNDO, Key::Z);
    empty_list(&mut window);
    assert!(has(&window, "24 players removed."));
    press(&mut window, UNDO, Key::Z);
    assert!(!has(&window, "players removed."), "there is nothing left to undo by its button");
}

#[test]
fn a_field_keeps_its_own_undo() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    choose(&mut window, "Values", "Z-score");
    type_into(&mut window, "Find in grid", "tiger");
    press(&mut window, UNDO, Key::Z);
    assert!(has(&window, "Values: z-score"));
}

#[test]
fn the_view_is_saved_with_the_query_and_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("looked-at.toml");
    let store = store();
    let mut window = open(home.path(), &store);
    choose(&mut window, "Values", "Per hour of MinutesPlayed");
    choose(&mut window, "Reference", "Mean");
    click(&mut window, Role::Button, "Add filter");
    click(&mut window, Role::RadioButton, "Kills");
    type_into(&mut window, "Value", "1,000");
    window.key_press(Key::Enter);
    window.run();
    settle(&mut window);
    assert!(has(&window, "Filter: Kills ≥ 1,000"));
    window.key_press_modifiers(REDO, Key::S);
    window.run();
    paste_over(&mut window, "Path of the file", &file.display().to_string());
    click(&mut window, Role::Button, "Save file");
    settle(&mut window);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("filter") && text.contains("Kills"), "{text}");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run();
    assert!(!has(&window, "Filter: Kills"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run();
    settle(&mut window);
    paste_over(&mut window, "Path of the file", &file.display().to_string());
    click(&mut window, Role::Button, "Open file");
    settle(&mut window);
    assert!(has(&window, "Filter: Kills ≥ 1,000"));
    assert!(has(&window, "Values: × 60 per MinutesPlayed"));
    click(&mut window, Role::Button, "More");
    assert!(has(&window, "Reference: mean of all"));
}

#[test]
fn a_file_of_an_older_program_is_opened_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("old.toml");
    let old = "format = 1\nname = \"Old\"\nplayers = [\"TigerShark\"]\n\n[[title]]\nname = \"Iron Meridian\"\n\
               scid = \"7492baca-c1b4-440d-a391-b7ef364a8d40\"\nstats = [\"Kills\"]\n\n[view]\nheat_map = true\n\
               sort = { by = \"player\", descending = true }\n";
    std::fs::write(&file, old).unwrap();
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run();
    settle(&mut window);
    paste_over(&mut window, "Path of the file", &file.display().to_string());
    click(&mut window, Role::Button, "Open file");
    settle(&mut window);
    assert!(has(&window, "Heat map: per column"));
    press(&mut window, UNDO, Key::Z);
    assert!(has(&window, "24 players × 9 stats"), "the query before comes back, whole");
}

#[test]
fn groups_filter_hold_against_and_combine() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click_first(&mut window, "WarriorSaint, 2");
    for name in ["Mine", "Ours"] {
        click(&mut window, Role::Button, "Groups");
        type_into(&mut window, "Name of the new group", name);
        click(&mut window, Role::Button, "Make group");
        window.key_press(Key::Escape);
        window.run();
    }
    click_first(&mut window, "TigerShark, 2");
    click(&mut window, Role::Button, "Groups");
    click(&mut window, Role::Button, "Add selected to Ours");
    click(&mut window, Role::CheckBox, "Use group Ours");
    click(&mut window, Role::CheckBox, "Show who is in any");
    settle(&mut window);
    assert!(has(&window, "Filter: In Ours"));
    assert!(has(&window, "2 of 24 players"));
    click(&mut window, Role::CheckBox, "Reference: median of Ours");
    click(&mut window, Role::CheckBox, "Use group Mine");
    click(&mut window, Role::CheckBox, "Show who is in only one");
    settle(&mut window);
    assert!(has(&window, "1 of 24 players"));
    click(&mut window, Role::Button, "New group of who is in both");
    assert!(has(&window, "Remove group Ours and Mine"), "{}", everything_told(&window));
    click(&mut window, Role::Button, "Take selected out of Ours");
    window.key_press(Key::Escape);
    window.run();
    settle(&mut window);
    assert!(has(&window, "0 of 24 players"));
    click(&mut window, Role::Button, "More");
    assert!(has(&window, "Reference: median of Ours"));
}
