//! What is said of stats: the team's file, the panel, and the words of the service.

use std::path::Path;

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use serde_json::json;
use statlens::ui::StartService;

use crate::{
    desk::*,
    support::{Reply, Server},
};

const FILE: &str = "dictionary.toml";

fn text(home: &Path) -> String {
    std::fs::read_to_string(home.join(FILE)).unwrap_or_default()
}

/// Opens the panel with all stats.
fn open_panel(window: &mut Window) {
    click_first(window, "Ranked playtest, week 12");
    click(window, Role::Button, "Stat dictionary…");
    settle(window);
}

/// Opens the panel with one stat.
fn describe(window: &mut Window, stat: &str) {
    open_panel(window);
    paste_over(window, "Find a stat", stat);
    window.key_press(Key::Enter);
    window.run();
}

/// Puts a text into a field and leaves it.
fn say(window: &mut Window, field: &str, text: &str) {
    paste_over(window, field, text);
    window.key_press(Key::Tab);
    window.run();
    settle(window);
}

fn choose(window: &mut Window, chip: &str, choice: &str) {
    click_first(window, chip);
    click(window, Role::RadioButton, choice);
    settle(window);
}

#[test]
fn what_is_said_of_a_stat_is_shown_kept_and_undone() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    let mut window = open(home.path(), &store);
    describe(&mut window, "Kills");
    say(&mut window, "Name", "Opponents defeated");
    assert!(has(&window, "Opponents defeated, Iron Meridian"), "{}", everything_told(&window));
    choose(&mut window, "Format: ", "Duration");
    choose(&mut window, "The value counts: ", "minutes");
    assert!(has(&window, " is written "), "{}", everything_told(&window));
    let written = text(home.path());
    for part in ["name = \"Opponents defeated\"", "format = \"duration(minutes)\""] {
        assert!(written.contains(part), "{part} in {written}");
    }
    say(&mut window, "Greatest possible", "5 h");
    assert!(text(home.path()).contains("max = 300"), "{}", text(home.path()));
    say(&mut window, "Least possible", "many");
    assert!(has(&window, "ype a length of time"), "{}", everything_told(&window));
    assert!(!text(home.path()).contains("min ="));
    drop(window);
    let mut window = open(home.path(), &store);
    settle(&mut window);
    assert!(has(&window, "Opponents defeated, Iron Meridian"), "kept");
    describe(&mut window, "Opponents");
    say(&mut window, "Name", "Beaten");
    assert!(has(&window, "Beaten, Iron Meridian"));
    click(&mut window, Role::Button, "All stats");
    window.key_press(Key::Escape);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    settle(&mut window);
    assert!(has(&window, "Opponents defeated, Iron Meridian"), "{}", everything_told(&window));
    assert!(text(home.path()).contains("Opponents defeated"));
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.run();
    settle(&mut window);
    assert!(text(home.path()).contains("Beaten"));
}

#[test]
fn what_others_changed_in_the_file_is_taken_in_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    describe(&mut window, "Kills");
    say(&mut window, "Unit", "heads");
    let others = format!("# what we agreed on\n{}", text(home.path()).replace("heads", "foes"));
    std::fs::write(home.path().join(FILE), &others).unwrap();
    click(&mut window, Role::Button, "Read again");
    settle(&mut window);
    let unit = window.get_by_role_and_label(Role::TextInput, "Unit").accesskit_node().value();
    assert_eq!(unit.as_deref(), Some("foes"));
    say(&mut window, "Name", "Defeated");
    let written = text(home.path());
    for part in ["# what we agreed on", "foes", "Defeated"] {
        assert!(written.contains(part), "{part} in {written}");
    }
}

#[test]
fn a_broken_file_is_told_with_its_place_and_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let broken = "format = 1\n[titles.\"x\".stats.Kills]\nname = Kills\n";
    std::fs::write(home.path().join(FILE), broken).unwrap();
    let mut window = open(home.path(), &store());
    settle(&mut window);
    assert!(has(&window, "line 3, character "), "{}", everything_told(&window));
    assert!(has(&window, "Open folder"));
    describe(&mut window, "Kills");
    let field = window.get_by_role_and_label(Role::TextInput, "Name");
    assert!(field.accesskit_node().is_disabled(), "nothing can be said while the file is not known");
    assert_eq!(text(home.path()), broken);
    let mended = broken.replace("= Kills", "= \"Defeated\"");
    std::fs::write(home.path().join(FILE), &mended).unwrap();
    window.query_all_by_role_and_label(Role::Button, "Read again").last().unwrap().click();
    window.run();
    settle(&mut window);
    assert!(!has(&window, "line 3, character "), "{}", everything_told(&window));
    say(&mut window, "Unit", "foes");
    assert!(text(home.path()).contains("Defeated") && text(home.path()).contains("foes"));
}

#[test]
fn a_file_in_a_checkout_is_used_and_remembered() {
    let home = tempfile::tempdir().unwrap();
    let checkout = tempfile::tempdir().unwrap();
    let shared = checkout.path().join("stats.toml");
    let store = store();
    let mut window = open(home.path(), &store);
    open_panel(&mut window);
    click(&mut window, Role::Button, "Use a file…");
    paste_over(&mut window, "Path of the file", &shared.display().to_string());
    click(&mut window, Role::Button, "Use file");
    settle(&mut window);
    describe(&mut window, "Kills");
    say(&mut window, "Name", "Defeated");
    assert!(std::fs::read_to_string(&shared).unwrap().contains("Defeated"));
    assert_eq!(text(home.path()), "", "the own file is left alone");
    drop(window);
    let window = open(home.path(), &store);
    assert!(has(&window, "Defeated, Iron Meridian"), "{}", everything_told(&window));
}

#[test]
fn what_the_service_says_fills_what_the_team_does_not() {
    const SCID: &str = "7492baca-c1b4-440d-a391-b7ef364a8d40";
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(|request| {
        if !request.is_batch() {
            return Reply::names(request);
        }
        let stats: Vec<_> = request
            .users()
            .iter()
            .map(|xuid| {
                json!({
                    "xuid": xuid.to_string(), "scid": SCID, "name": "Kills", "type": "Integer", "value": "7",
                    "groupproperties": {"DisplayName": "Enemies defeated", "Ordinal": "1", "SortOrder": "Descending",
                        "DisplayFormat": "Percentage", "DisplaySemantic": "Cumulative"},
                })
            })
            .collect();
        Reply::json(&json!({"groups": [{"name": "Hero", "statlistscollection": [{"stats": stats}]}]}))
    });
    let store = store();
    let mut window = open_with(home.path(), &store, StartService::At(server.url()));
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run();
    window.event(egui::Event::Paste(TOKEN.to_owned()));
    window.run();
    window.key_press(Key::Enter);
    until(&mut window, "the token to be kept", |window| has(window, "kept in the keyring"));
    window.key_press(Key::Escape);
    window.run();
    paste_into(&mut window, "Players to add", "2533274792693551,");
    click(&mut window, Role::Button, "Add a title");
    type_into(&mut window, "Title name", "My game");
    type_into(&mut window, "SCID", SCID);
    type_into(&mut window, "Stat names, separated by commas or lines", "Kills");
    click(&mut window, Role::Button, "Add title");
    fetch(&mut window);
    until(&mut window, "the name", |window| has(window, "Enemies defeated, My game"));
    assert!(has(&window, "Enemies defeated: 7.0 %"), "{}", everything_told(&window));
    drop(window);
    let window = open_with(home.path(), &store, StartService::At(server.url()));
    assert!(has(&window, "Enemies defeated, My game"), "kept: {}", everything_told(&window));
}

#[test]
fn the_search_has_the_keyboard_when_the_panel_opens() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    open_panel(&mut window);
    window.event(egui::Event::Text("Deaths".into()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert!(
        window.query_by_role_and_label(Role::TextInput, "Name").is_some(),
        "{}",
        everything_told(&window)
    );
    click(&mut window, Role::Button, "All stats");
    let search = window.get_by_role_and_label(Role::TextInput, "Find a stat");
    assert!(search.is_focused());
}
