//! Holds the rooms to what `ARCHITECTURE.md` says of them, by reading the source.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each room, and the rooms that it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("clock", &["model"]),
    ("analysis", &["model"]),
    ("formats", &["model", "analysis"]),
    ("xbox", &["model"]),
    ("store", &["model"]),
    ("vault", &[]),
    ("engine", &["xbox", "store", "vault", "clock", "model"]),
    ("sample", &["clock", "model"]),
    ("ui", &["engine", "analysis", "formats", "clock", "model", "sample"]),
    ("cli", &["engine", "analysis", "formats", "clock", "model", "sample", "ui"]),
];

/// Crates that only some rooms may use: what a room hides from the others.
const CRATES: &[(&str, &[&str])] = &[
    ("axum", &["sample"]),
    ("clap", &["cli"]),
    ("eframe", &["ui"]),
    ("egui", &["ui"]),
    ("egui_extras", &["ui"]),
    ("egui_plot", &["ui"]),
    ("egui_system_font_provider", &["ui"]),
    ("egui_table", &["ui"]),
    ("keyring", &["vault"]),
    ("keyring_core", &["vault"]),
    ("reqwest", &["xbox"]),
    ("rfd", &["ui"]),
    ("rusqlite", &["store"]),
    ("tokio", &["clock", "engine", "xbox", "store", "sample", "cli"]),
    ("toml_edit", &["formats"]),
];

/// The longest a source file may be, in lines.
const MAX_LINES: usize = 600;

#[test]
fn rooms_use_only_the_rooms_that_their_row_names() {
    let mut wrong = Vec::new();
    for (room, allowed) in ROOMS {
        for (file, code) in sources(&Path::new("src").join(room)) {
            for used in names_after(&code, "crate::") {
                let is_room = ROOMS.iter().any(|(name, _)| *name == used);
                if is_room && used != *room && !allowed.contains(&used.as_str()) {
                    wrong.push(format!("{} uses {used}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for (room, _) in ROOMS {
        for (file, code) in sources(&Path::new("src").join(room)) {
            for (name, allowed) in CRATES {
                if !allowed.contains(room) && uses_crate(&code, name) {
                    wrong.push(format!("{} uses the crate {name}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_folder_is_a_room_and_opens_with_what_lives_there() {
    let folders: BTreeSet<String> = fs::read_dir("src")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let rooms: BTreeSet<String> = ROOMS.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(folders, rooms);
    for room in rooms {
        let opening = fs::read_to_string(format!("src/{room}/mod.rs")).unwrap();
        let lines = opening.lines().take_while(|line| line.starts_with("//!")).count();
        assert!(lines >= 3, "src/{room}/mod.rs opens without saying what lives there");
    }
}

#[test]
fn no_file_grows_a_second_subject() {
    let long: Vec<String> = sources(Path::new("src"))
        .into_iter()
        .map(|(file, code)| (file, code.lines().count()))
        .filter(|(_, lines)| *lines > MAX_LINES)
        .map(|(file, lines)| format!("{} has {lines} lines", file.display()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn raw_colours_live_in_the_theme() {
    let raw = ["from_rgb(", "from_rgba_", "from_gray(", "hex_color!"];
    let wrong: Vec<String> = sources(Path::new("src/ui"))
        .into_iter()
        .filter(|(file, _)| !file.starts_with("src/ui/theme"))
        .filter(|(_, code)| raw.iter().any(|maker| code.contains(maker)))
        .map(|(file, _)| file.display().to_string())
        .collect();
    assert!(wrong.is_empty(), "colours outside src/ui/theme: {wrong:#?}");
}

/// All Rust files below `folder`, without their comments.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let code = fs::read_to_string(&path).unwrap();
            let code: Vec<&str> = code.lines().map(|line| line.split("//").next().unwrap()).collect();
            found.push((path, code.join("\n")));
        }
    }
    found
}

/// The names that follow `prefix` anywhere in the code, those of a braced list included.
fn names_after(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (start, _) in code.match_indices(prefix) {
        let rest = &code[start + prefix.len()..];
        if let Some(list) = rest.strip_prefix('{') {
            names.extend(top_level_names(list));
        } else {
            names.insert(identifier(rest));
        }
    }
    names
}

/// The first names of the entries of a `use` list, up to its closing brace.
fn top_level_names(list: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut at_entry = true;
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_entry = true,
            _ if at_entry && !character.is_whitespace() => {
                names.push(identifier(&list[at..]));
                at_entry = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(code: &str) -> String {
    code.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether `name::` stands in the code as a path's first part, or `use name;` does.
fn uses_crate(code: &str, name: &str) -> bool {
    let starts_path = |at: usize| {
        let before = &code[..at];
        !before.ends_with("::") && !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    };
    [format!("{name}::"), format!("use {name};")]
        .iter()
        .any(|needle| code.match_indices(needle.as_str()).any(|(at, _)| starts_path(at)))
}

#[test]
fn the_reader_of_uses_sees_lists_and_paths() {
    let code = "use crate::{model::{Xuid, Scid}, engine};\nlet x = crate::vault::open();";
    let names: Vec<String> = names_after(code, "crate::").into_iter().collect();
    assert_eq!(names, ["engine", "model", "vault"]);
    assert!(uses_crate("use egui::Ui;", "egui"));
    assert!(!uses_crate("use self::egui::Ui; my_egui::x()", "egui"));
}
