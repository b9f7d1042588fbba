//! Query files, exports and dropped files.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::*;

#[test]
fn a_query_is_saved_changed_and_opened_again() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("mine.toml");
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(file.display().to_string()));
    window.run();
    click(&mut window, Role::Button, "Save file");
    settle(&mut window);
    assert!(has(&window, "Saved in "), "{}", everything_told(&window));
    assert!(window.query_by_label("Ranked playtest, week 12").is_some());
    paste_into(&mut window, "Players to add", "SomebodyNew, AnotherOne");
    assert!(window.query_by_label("Ranked playtest, week 12: ●").is_some(), "it is marked as unsaved");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run();
    assert!(has(&window, "The former one can be brought back."));
    std::fs::write(home.path().join("broken.toml"), "name = \"x\"\nplayers = [1\n").unwrap();
    for (name, told) in [("broken.toml", "line"), ("mine.toml", "24 players × 9 stats")] {
        window.key_press_modifiers(Modifiers::COMMAND, Key::O);
        window.run();
        window.event(egui::Event::Text(home.path().join(name).display().to_string()));
        window.run();
        click(&mut window, Role::Button, "Open file");
        settle(&mut window);
        assert!(has(&window, told), "{name}: {}", everything_told(&window));
    }
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn dropped_files_are_lists_or_queries() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    empty_list(&mut window);
    let list = home.path().join("list.csv");
    std::fs::write(&list, "gamertag,region\nTigerShark,EU\n\"Нова Звезда#4410\",EU\n").unwrap();
    window.input_mut().dropped_files = vec![std::sync::Arc::new(Dropped(list))];
    window.step();
    settle(&mut window);
    assert!(has(&window, "2 players × 9 stats"), "{}", everything_told(&window));
    let query = home.path().join("dropped.toml");
    std::fs::write(&query, "name = \"Dropped one\"\nplayers = [\"QuietOrbit\"]\n").unwrap();
    window.input_mut().dropped_files = vec![std::sync::Arc::new(Dropped(query))];
    window.step();
    settle(&mut window);
    assert!(window.query_by_label("Dropped one").is_some(), "{}", everything_told(&window));
    let missing = home.path().join("missing.csv");
    window.input_mut().dropped_files = vec![std::sync::Arc::new(Dropped(missing))];
    window.step();
    settle(&mut window);
    assert!(has(&window, "missing.csv could not be read"));
}

#[test]
fn each_format_is_exported_as_shown() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    for (label, name, held) in [
        ("CSV", "out.csv", "5424"),
        ("TSV", "out.tsv", "5424"),
        ("JSON", "out.json", "5424"),
        ("Markdown", "out.md", "| VantaLynx"),
    ] {
        let file = home.path().join(name);
        click(&mut window, Role::Button, "Export");
        let entry = window
            .query_all_by_role(Role::Button)
            .find(|node| node.accesskit_node().label().is_some_and(|told| told.contains(label)));
        entry.unwrap_or_else(|| panic!("no entry for {label}")).click();
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.event(egui::Event::Text(file.display().to_string()));
        window.run();
        click(&mut window, Role::Button, "Export file");
        settle(&mut window);
        assert!(has(&window, "24 players exported to"), "{label}: {}", everything_told(&window));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(held) && text.contains("VantaLynx"), "{label}: {text}");
    }
    click(&mut window, Role::Button, "Export");
    click_first(&mut window, "CSV");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(home.path().join("no/such/folder/x.csv").display().to_string()));
    window.run();
    click(&mut window, Role::Button, "Export file");
    settle(&mut window);
    assert!(has(&window, "could not be written"));
}
