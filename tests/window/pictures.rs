//! Pictures of the grid: to a file and to the clipboard.

use std::path::Path;

use egui::{
    ColorImage, Key, Modifiers, OutputCommand, Rect,
    accesskit::{Role, Toggled},
};
use egui_kittest::kittest::{NodeT, Queryable};
use image::RgbImage;
use serde_json::json;
use statlens::ui::StartService;

use crate::{
    desk::*,
    support::{self, Reply, Server},
};

/// Opens the panel from the menu of exports.
fn ask(window: &mut Window) {
    click(window, Role::Button, "Export");
    click(window, Role::Button, "Picture…");
}

/// Saves the picture that the panel is open for.
fn save(window: &mut Window, file: &Path) {
    click(window, Role::Button, "Save…");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(file.display().to_string()));
    window.run();
    click(window, Role::Button, "Save file");
    settle(window);
}

fn choose(window: &mut Window, choice: &str) {
    click(window, Role::RadioButton, choice);
}

fn pixels(file: &Path) -> RgbImage {
    image::open(file).unwrap().to_rgb8()
}

fn colors(image: &RgbImage) -> usize {
    image.pixels().collect::<std::collections::HashSet<_>>().len()
}

#[test]
fn the_grid_is_saved_in_other_sizes_and_on_other_backgrounds() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    let mut sizes = Vec::new();
    for (scale, background, name) in [("1×", "Screen", "one.png"), ("2×", "White", "without an ending")] {
        ask(&mut window);
        assert!(window.query_by_role_and_label(Role::RadioButton, "SVG").is_none(), "that is for charts");
        choose(&mut window, scale);
        choose(&mut window, background);
        save(&mut window, &home.path().join(name));
        assert!(has(&window, "Picture saved in"), "{}", everything_told(&window));
        let image = pixels(&home.path().join(name).with_extension("png"));
        let corner = image.get_pixel(0, 0).0;
        assert_eq!(corner == [255; 3], background == "White", "{name}: {corner:?}");
        assert!(colors(&image) > 100, "{name}: {} colours", colors(&image));
        sizes.push(image.dimensions());
    }
    let [one, two] = sizes[..] else { panic!("two pictures") };
    assert!(one.0 > 600 && one.1 > 24 * 27, "all columns and all 24 players: {one:?}");
    // How wide columns are follows from letters, which are a little wider at one size than at another.
    assert!(one.0.abs_diff(two.0 / 2) <= 16 && one.1.abs_diff(two.1 / 2) <= 4, "{one:?}, {two:?}");
    ask(&mut window);
    for choice in ["2×", "White"] {
        let radio = window.get_by_role_and_label(Role::RadioButton, choice);
        assert_eq!(radio.accesskit_node().toggled(), Some(Toggled::True), "{choice} stays chosen");
    }
}

/// The picture that was put on the clipboard.
fn copied(window: &mut Window) -> ColorImage {
    for _ in 0..10_000 {
        let commands = &window.output().platform_output.commands;
        let image = commands.iter().find_map(|command| match command {
            OutputCommand::CopyImage(image) => Some(image.clone()),
            _ => None,
        });
        if let Some(image) = image {
            return image;
        }
        std::thread::yield_now();
        window.step();
    }
    panic!("nothing was copied: {}", everything_told(window));
}

#[test]
fn the_grid_is_copied_with_keys_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.run();
    let grid = |window: &Window| window.get_by_role_and_label(Role::Grid, "Values").rect();
    let before = grid(&window);
    window.event(egui::Event::Copy);
    window.step();
    window.step();
    assert!(has(&window, "Drawing the picture") || has(&window, "Picture copied: "));
    assert_eq!(grid(&window), before, "nothing moves for what is said");
    let image = copied(&mut window);
    window.run();
    assert!(has(&window, "Picture copied: "), "{}", everything_told(&window));
    assert_eq!(grid(&window), before, "nothing moves for what is said");
    assert!(image.size[0] > 1_200 && image.size[1] > 1_000, "twice the size: {:?}", image.size);
    assert!(window.query_by_role_and_label(Role::Button, "Copy picture").is_none(), "the panel is gone");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert!(has(&window, "Save picture as PNG"), "{}", everything_told(&window));
    window.key_press(Key::Escape);
    window.run();
}

#[test]
fn no_picture_holds_a_token_or_where_things_are() {
    const SCID: &str = "7492baca-c1b4-440d-a391-b7ef364a8d40";
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(|request| {
        let users =
            request.users().into_iter().map(|xuid| support::user(xuid, SCID, &[("Kills", json!(12))]));
        Reply::json(&json!({ "users": users.collect::<Vec<_>>() }))
    });
    let mut window = open_with(home.path(), &store(), StartService::At(server.url()));
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run();
    paste_into(&mut window, "Token", TOKEN);
    window.key_press(Key::Enter);
    window.run();
    until(&mut window, "the token to be kept", |window| has(window, "kept in the keyring"));
    window.key_press(Key::Escape);
    window.run();
    paste_into(&mut window, "Players to add", "2533274792693551,");
    click(&mut window, Role::Button, "Add a title");
    type_into(&mut window, "SCID", SCID);
    type_into(&mut window, "Stat names, separated by commas or lines", "Kills");
    click(&mut window, Role::Button, "Add title");
    fetch(&mut window);
    assert!(server.heads().iter().any(|head| head.contains(TOKEN)), "the service was sent the token");
    ask(&mut window);
    let file = home.path().join("secret.png");
    save(&mut window, &file);
    let bytes = std::fs::read(&file).unwrap();
    let folder = home.path().display().to_string();
    for secret in [TOKEN, "XBL3.0", &folder, &server.url()] {
        let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(!found, "{secret}");
    }
    // What could be read in it are its pixels alone: nothing but them is in the file.
    let chunks: Vec<&[u8]> = chunks(&bytes).into_iter().filter(|name| *name != b"IDAT").collect();
    assert_eq!(chunks, [b"IHDR", b"IEND"]);
}

/// The names of the parts of a PNG file.
fn chunks(file: &[u8]) -> Vec<&[u8]> {
    let (mut names, mut rest) = (Vec::new(), &file[8..]);
    while rest.len() >= 12 {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        names.push(&rest[4..8]);
        rest = &rest[length + 12..];
    }
    names
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    ask(&mut window);
    save(&mut window, &home.path().join("no/such/folder/x.png"));
    assert!(has(&window, "could not be written"), "{}", everything_told(&window));
    assert!(!has(&window, "Drawing the picture"), "{}", everything_told(&window));
}

#[test]
fn the_folder_that_is_proposed_is_made_for_the_first_file() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    ask(&mut window);
    let file = home.path().join("queries/x.png");
    assert!(!file.parent().unwrap().exists());
    save(&mut window, &file);
    assert!(file.exists(), "{}", everything_told(&window));
}

/// Where a button of an open panel stands.
fn place(window: &Window, button: &str) -> Option<Rect> {
    window.query_by_role_and_label(Role::Button, button).map(|button| button.rect())
}

#[test]
fn the_panel_opens_where_it_was_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click(&mut window, Role::Button, "Export");
    let entry = place(&window, "Picture…").unwrap().center();
    click(&mut window, Role::Button, "Picture…");
    let save = place(&window, "Save…").unwrap();
    assert!(save.distance_to_pos(entry) < 320.0, "{save:?} is near {entry:?}");
    click(&mut window, Role::Button, "Save…");
    let save = place(&window, "Save file").unwrap();
    assert!(save.distance_to_pos(entry) < 440.0, "{save:?} is near {entry:?}");
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(place(&window, "Save file"), None);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.run();
    let save = place(&window, "Save…").unwrap();
    assert!((save.center().x - 800.0).abs() < 160.0 && save.top() < 350.0, "in the middle: {save:?}");
}

#[test]
fn the_panel_goes_with_its_screen_with_esc_and_with_a_click_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    let ask_by_key = |window: &mut Window| {
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
        window.run();
        assert!(place(window, "Save…").is_some());
    };
    ask_by_key(&mut window);
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(place(&window, "Save…"), None);
    ask_by_key(&mut window);
    click_first(&mut window, ", Kills: ");
    assert_eq!(place(&window, "Save…"), None);
    ask_by_key(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run();
    assert_eq!(place(&window, "Save…"), None);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run();
    assert_eq!(place(&window, "Save…"), None, "it does not come back");
    ask_by_key(&mut window);
    window.key_press(Key::Enter);
    window.run();
    assert!(place(&window, "Save file").is_some());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run();
    assert_eq!(place(&window, "Save file"), None);
}

#[test]
fn the_file_that_is_proposed_is_called_as_the_query_and_what_it_shows() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click_first(&mut window, "Ranked playtest");
    click(&mut window, Role::Button, "Rename");
    paste_over(&mut window, "Name of the query", "Kills, deaths: 50 % (v2)?");
    click(&mut window, Role::Button, "Rename query");
    ask(&mut window);
    click(&mut window, Role::Button, "Save…");
    let field = window.get_by_role_and_label(Role::TextInput, "Path of the file");
    let path = field.accesskit_node().value().unwrap();
    assert!(path.ends_with("Kills, deaths- 50 % (v2)- – grid.png"), "{path}");
}
