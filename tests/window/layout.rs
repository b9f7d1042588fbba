//! Panels, zoom and long lists.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use statlens::ui::StartService;

use crate::desk::*;

const FIELD: &str = "Players to add";
/// What the inspector says while nothing is selected.
const INSPECTOR: &str = "Click a value or a player";

#[test]
fn side_panels_fold_by_button_and_key() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click(&mut window, Role::Button, "Hide query panel");
    assert!(window.query_by_label(FIELD).is_none());
    click(&mut window, Role::Button, "Hide inspector");
    assert!(window.query_by_label_contains(INSPECTOR).is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::B);
    window.run();
    assert!(window.query_by_label(FIELD).is_some());
    window.key_press_modifiers(Modifiers::COMMAND, Key::I);
    window.run();
    assert!(window.query_by_label_contains(INSPECTOR).is_some());
}

#[test]
fn a_small_window_at_a_high_zoom_keeps_fetch_and_status() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open_at(home.path(), &store(), StartService::Auto, [1280.0, 720.0]);
    window.ctx.set_zoom_factor(1.5);
    window.run();
    window.run();
    let screen = window.ctx.content_rect();
    assert!(screen.width() < 860.0, "{screen:?}");
    for label in ["Fetch", "Add a token"] {
        let rect = window.get_by_role_and_label(Role::Button, label).rect();
        assert!(screen.contains_rect(rect), "{label}: {rect:?} in {screen:?}");
    }
    click_first(&mut window, "HexaWren, Kills");
    let selected = window.query_all_by_label_contains("Selected 1 × 1").next().unwrap().rect();
    let status = window.query_all_by_label_contains("fetched ").next().unwrap().rect();
    assert!(screen.contains_rect(status) && status.right() < selected.left(), "{status:?}, {selected:?}");
}

#[test]
fn a_long_list_is_taken_apart_and_joined() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    let names: Vec<String> = (0..20_000).map(|number| format!("Somebody {number}")).collect();
    paste_into(&mut window, FIELD, &names.join("\n"));
    settle(&mut window);
    assert!(has(&window, "20,024 players × 9 stats in 2 titles = 180,216 values"));
    assert!(has(&window, "Somebody 19999, new"), "{}", everything_told(&window));
    click(&mut window, Role::Button, "Clear list");
    settle(&mut window);
    assert!(has(&window, "No players yet."));
    click(&mut window, Role::Button, "Undo");
    settle(&mut window);
    assert!(has(&window, "20,024 players"));
}

#[test]
fn nothing_moves_for_what_is_told_of_the_list() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    let grid = |window: &Window| window.get_by_role_and_label(Role::Grid, "Values").rect();
    let before = grid(&window);
    paste_into(&mut window, FIELD, "HexaWren, TigerShark");
    let told = "2 players were in the list already and were left out";
    assert!(has(&window, told), "{}", everything_told(&window));
    assert_eq!(grid(&window), before);
}
