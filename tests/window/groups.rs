//! Groups of players.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;

use crate::desk::*;

#[test]
fn a_group_is_made_of_the_selected_renamed_and_removed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click(&mut window, Role::Button, "Groups");
    assert!(has(&window, "New group: select players in the list first"));
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
