//! The window, driven by accessible names, with the real engine and the real sample service.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use keyring_core::CredentialStore;
use statlens::{
    engine::{Home, VaultSource},
    ui::{App, AppConfig, StartService, theme},
    vault::Vault,
};

const PATIENCE: Duration = Duration::from_mins(1);
const TOKEN: &str = "XBL3.0 x=1234567890;abcDEF.ghiJKL.mnoPQR.stuVWX.yz0123456789";

type Window = Harness<'static, Option<App>>;

fn open(home: &Path, store: &Arc<CredentialStore>) -> Window {
    open_with(home, store, StartService::Auto)
}

fn open_with(home: &Path, store: &Arc<CredentialStore>, service: StartService) -> Window {
    let home = Home::at(home).unwrap();
    let vault = VaultSource::Vault(Arc::new(Vault::with_store(store.clone(), None)));
    let mut config = Some(AppConfig { home: Some(home), vault, service, ..AppConfig::default() });
    let mut window = Harness::builder()
        .with_size([1600.0, 1000.0])
        .allow_missing_glyphs()
        .with_max_steps(60)
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let ctx = ui.ctx().clone();
                if let Some(app) = app {
                    app.logic(&ctx);
                    app.ui(ui);
                } else {
                    theme::install(&ctx);
                    *app = config.take().map(|config| App::new(&ctx, config).unwrap());
                }
            },
            None,
        );
    settle(&mut window);
    window
}

fn store() -> Arc<CredentialStore> {
    let store: Arc<CredentialStore> = keyring_core::mock::Store::new().unwrap();
    store
}

/// Steps until `reached`, or fails naming what was waited for.
fn until(window: &mut Window, what: &str, reached: impl Fn(&Window) -> bool) {
    let began = Instant::now();
    while !reached(window) {
        assert!(began.elapsed() < PATIENCE, "waited too long for {what}");
        window.step();
        std::thread::yield_now();
    }
}

fn settle(window: &mut Window) {
    until(window, "the window to settle", |window| window.state().as_ref().is_some_and(App::is_settled));
    window.run();
}

fn has(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

fn click(window: &mut Window, role: Role, label: &str) {
    window.get_by_role_and_label(role, label).click();
    window.run();
}

fn type_into(window: &mut Window, label: &str, text: &str) {
    window.get_by_role_and_label(field_role(window, label), label).focus();
    window.run();
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
}

fn field_role(window: &Window, label: &str) -> Role {
    [Role::TextInput, Role::MultilineTextInput, Role::PasswordInput]
        .into_iter()
        .find(|role| window.query_by_role_and_label(*role, label).is_some())
        .unwrap_or_else(|| panic!("there is no field {label:?}"))
}

fn paste_into(window: &mut Window, label: &str, text: &str) {
    window.get_by_role_and_label(field_role(window, label), label).focus();
    window.run();
    window.event(egui::Event::Paste(text.to_owned()));
    window.run();
}

/// Everything that a screen reader could say of the window.
fn everything_told(window: &Window) -> String {
    let mut told = String::new();
    let mut open = vec![window.root()];
    while let Some(node) = open.pop() {
        let access = node.accesskit_node();
        told.push_str(&access.label().unwrap_or_default());
        told.push_str(&access.value().unwrap_or_default());
        told.push('\n');
        open.extend(node.children());
    }
    told
}

fn empty_list(window: &mut Window) {
    click(window, Role::Button, "Clear list");
}

#[test]
fn the_first_start_shows_sample_values_and_then_rests() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    assert!(has(&window, "Sample data. Add a token to see real players."));
    assert!(has(&window, "VantaLynx, Kills: 10,656"), "values of the first query are there");
    assert!(has(&window, "24 players × 9 stats in 2 titles = 216 values"));
    window.run();
    assert!(!window.ctx.has_requested_repaint(), "an idle window asks for no frame");
}

#[test]
fn the_sample_can_be_forced() {
    let home = tempfile::tempdir().unwrap();
    let window = open_with(home.path(), &store(), StartService::Sample);
    assert!(has(&window, "VantaLynx, Kills: 10,656"));
}

#[test]
fn the_main_job_from_typing_to_the_chart() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    empty_list(&mut window);
    assert!(has(&window, "24 players removed."));
    assert!(has(&window, "Add at least one player"));
    type_into(&mut window, "Players to add", "TigerShark");
    window.key_press(Key::Enter);
    window.run();
    paste_into(&mut window, "Players to add", "QuietOrbit\nOkapiPrime\nno<name\nNobodyKnowsMe\nQuietOrbit");
    assert!(has(&window, "no<name, to correct"));
    assert!(has(&window, "1 player was in the list already"));
    click(&mut window, Role::CheckBox, "Deaths, Iron Meridian");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(2);
    settle(&mut window);
    assert!(has(&window, "TigerShark, Kills: "));
    assert!(has(&window, "NobodyKnowsMe, not found"));
    assert!(window.query_by_role_and_label(Role::ColumnHeader, "Deaths, Iron Meridian").is_none());
    assert!(has(&window, "1 not found · 1 to correct"));
    // Clicking a player in the list selects them in the grid, and the chart follows.
    window.query_all_by_label_contains("TigerShark, 2").next().unwrap().click();
    window.run();
    assert!(has(&window, "1 player"), "the chart draws the selected player");
}

#[test]
fn bad_input_is_answered_where_it_was_typed_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    paste_into(&mut window, "Players to add", "99999999999999999999999, 12345");
    assert!(has(&window, "99999999999999999999999, to correct"));
    click(&mut window, Role::Button, "Take as a XUID: 12345");
    assert!(has(&window, "xuid:12345"));
    click(&mut window, Role::Button, "Add title or stats");
    type_into(&mut window, "Title name", "My game");
    type_into(&mut window, "SCID", "7492baca c1b4");
    type_into(&mut window, "Stat names, separated by commas or lines", "Kills");
    click(&mut window, Role::Button, "Add title");
    assert!(has(&window, "This is no SCID: it has a space inside"));
    assert_eq!(
        window.get_by_role_and_label(Role::TextInput, "SCID").value().as_deref(),
        Some("7492baca c1b4"),
        "nothing typed is lost"
    );
}

#[test]
fn a_token_is_refused_accepted_and_forgotten_and_never_told() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    click(&mut window, Role::Button, "Add a token");
    paste_into(&mut window, "Token", "XBL3.0 x=12345;abc\ndef ghi SECRETPART");
    click(&mut window, Role::Button, "Use token");
    until(&mut window, "a refusal", |window| {
        window
            .query_by_role_and_label(Role::PasswordInput, "Token")
            .is_some_and(|field| field.value().is_some_and(|value| !value.is_empty()))
    });
    assert!(!everything_told(&window).contains("SECRETPART"));
    paste_into(&mut window, "Token", TOKEN);
    let told = everything_told(&window);
    assert!(!told.contains("abcDEF") && told.contains("••••"), "{told}");
    click(&mut window, Role::Button, "Use token");
    until(&mut window, "the token to be kept", |window| has(window, "kept in the keyring"));
    settle(&mut window);
    assert!(!everything_told(&window).contains("abcDEF"));
    assert!(has(&window, "Token: ready"));
    click(&mut window, Role::Button, "Forget token");
    until(&mut window, "the token to be gone", |window| has(window, "There is none yet."));
}

#[test]
fn a_token_in_the_players_box_is_not_taken_for_a_player() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    paste_into(&mut window, "Players to add", &format!("{TOKEN}\n"));
    window.key_press(Key::Enter);
    window.run();
    assert!(has(&window, "That looks like a token"));
    assert!(!everything_told(&window).contains("abcDEF"));
}

#[test]
fn a_restart_brings_back_query_text_and_results() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    let mut window = open(home.path(), &store);
    empty_list(&mut window);
    paste_into(&mut window, "Players to add", "TigerShark, QuietOrbit");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(2);
    settle(&mut window);
    type_into(&mut window, "Players to add", "Half typ");
    drop(window);
    let window = open(home.path(), &store);
    assert!(has(&window, "TigerShark, Kills: "), "the last results are there");
    assert!(!has(&window, "OkapiPrime"));
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "Players to add");
    assert_eq!(field.value().as_deref(), Some("Half typ"));
    assert!(has(&window, "2 players × 9 stats"));
}

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
