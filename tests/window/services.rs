//! Services that refuse, are not there, or answer something else.

use std::path::Path;

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use statlens::ui::StartService;

use crate::{
    desk::*,
    support::{Reply, Server},
};

/// A window on this address with a token, one player and one stat.
fn ready(home: &Path, url: &str) -> Window {
    let mut window = open_with(home, &store(), StartService::At(url.to_owned()));
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
    type_into(&mut window, "SCID", "7492baca-c1b4-440d-a391-b7ef364a8d40");
    type_into(&mut window, "Stat names, separated by commas or lines", "Kills");
    click(&mut window, Role::Button, "Add title");
    window
}

fn fetched(home: &Path, url: &str) -> Window {
    let mut window = ready(home, url);
    fetch(&mut window);
    window
}

#[test]
fn escape_ends_a_fetch_even_from_the_players_box() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(|_| Reply::Silence);
    let mut window = ready(home.path(), &server.url());
    window.get_by_role_and_label(Role::MultilineTextInput, "Players to add").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the fetch to begin", |window| has(window, "0 of 1 values so far"));
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(has(&window, "The fetch was stopped. What had arrived is kept."));
    assert!(has(&window, "1 player × 1 stat = 1 value"), "the query stays");
}

#[test]
fn a_host_that_answers_html_fails_the_cells_with_words() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(|_| Reply::Body(200, "<html><body>Welcome</body></html>".into()));
    let mut window = ready(home.path(), &server.url());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(2);
    // It may pass, so it is tried again before it is given up.
    for _ in 0..40 {
        until(&mut window, "a wait or the end", |window| has(window, "Retry now") || has(window, "1 failed"));
        let Some(retry) = window.query_all_by_role_and_label(Role::Button, "Retry now").next() else { break };
        retry.click();
        window.run_steps(5);
    }
    assert!(has(&window, "1 failed"), "{}", everything_told(&window));
    click_first(&mut window, "Kills: failed");
    let told = everything_told(&window);
    assert!(told.to_lowercase().contains("html") || told.contains("JSON"), "{told}");
}

#[test]
fn a_service_that_refuses_the_token_asks_for_another() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(|_| Reply::Body(401, String::new()));
    let window = fetched(home.path(), &server.url());
    assert!(has(&window, "The fetch waits for a new token and then goes on."));
    assert!(has(&window, "Token: refused by the service"), "{}", everything_told(&window));
}

#[test]
fn a_host_that_is_not_there_is_waited_for() {
    let home = tempfile::tempdir().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let window = fetched(home.path(), &url);
    assert!(has(&window, "Nothing answers at 127.0.0.1:"), "{}", everything_told(&window));
    assert!(window.query_all_by_role_and_label(Role::Button, "Retry now").next().is_some());
}

#[test]
fn an_address_that_a_token_must_not_go_to_is_refused_while_typing() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run();
    click_first(&mut window, "Advanced");
    type_into(&mut window, "Service address", "https://example.com");
    assert!(has(&window, "A token may go to this computer"));
    let button = window.get_by_role_and_label(Role::Button, "Use address");
    assert!(button.accesskit_node().is_disabled());
}
