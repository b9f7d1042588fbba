//! No part of a token reaches a file.

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
};

use egui::{Key, Modifiers, accesskit::Role};
use statlens::ui::StartService;

use crate::{
    desk::*,
    support::{Reply, Server},
};

const SECRET: &str = "Qx7vJ2mK9pLw4sTz.R8nB5cHf1dYg3.eAuVoXiM6kWqZ0tNyPbC2";

/// So many characters in a row of a token in any file are too many.
const PART: usize = 12;

#[test]
fn no_file_holds_any_part_of_the_token() {
    let home = tempfile::tempdir().unwrap();
    let log = std::fs::File::create(home.path().join("everything.log")).unwrap();
    // For all tests of this program: what they log at the same time is searched as well.
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(Mutex::new(log)).init();
    let server = Server::start(|_| Reply::Body(401, format!("refused: {SECRET}")));
    let mut window = open_with(home.path(), &store(), StartService::At(server.url()));
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run();
    for pasted in [format!("XBL3.0 x=12;{SECRET}\n{SECRET}"), format!("XBL3.0 x=1234567890;{SECRET}")] {
        paste_into(&mut window, "Token", &pasted);
        window.key_press(Key::Enter);
        window.run();
    }
    until(&mut window, "the token to be kept", |window| has(window, "kept in the keyring"));
    window.key_press(Key::Escape);
    window.run();
    paste_into(&mut window, "Players to add", "TigerShark, 2533274792693551");
    paste_into(&mut window, "Players to add", &format!("Authorization: XBL3.0 x=1234567890;{SECRET}\n"));
    window.key_press(Key::Enter);
    window.run();
    click(&mut window, Role::Button, "Add a title");
    type_into(&mut window, "SCID", "7492baca-c1b4-440d-a391-b7ef364a8d40");
    type_into(&mut window, "Stat names, separated by commas or lines", "Kills");
    click(&mut window, Role::Button, "Add title");
    fetch(&mut window);
    assert!(has(&window, "waiting for a new token"), "{}", everything_told(&window));
    assert!(server.heads().iter().any(|head| head.contains(SECRET)), "the service was sent the token");
    drop(window);
    let mut searched = 0;
    for file in files(home.path()) {
        // The database takes its own journal away when it closes.
        let Ok(bytes) = std::fs::read(&file) else { continue };
        for part in SECRET.as_bytes().windows(PART) {
            let found = bytes.windows(PART).any(|window| window == part);
            assert!(!found, "{} holds {}", file.display(), String::from_utf8_lossy(part));
        }
        searched += bytes.len();
    }
    assert!(searched > 10_000, "there was something to search: {searched} bytes");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
