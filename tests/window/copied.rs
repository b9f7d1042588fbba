//! Requests copied in and out: cURL, HAR, and the way from a value to its request.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::*;

const BODY: &str = r#"{"requestedusers":["2535466120372514","2533274792693551"],
    "requestedscids":[{"scid":"7492baca-5d3e-4c1a-8f27-31d266a10343","requestedstats":["Kills","Suicides"]}]}"#;

fn command() -> String {
    format!(
        "curl 'https://userstats.xboxlive.com/batch?operation=read' -H 'Authorization: {TOKEN}' --data '{BODY}'"
    )
}

#[test]
fn a_copied_request_fills_the_query_and_can_be_undone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
    window.run();
    window.event(egui::Event::Paste(command()));
    window.run();
    settle(&mut window);
    assert!(has(&window, "1 player and 1 stat added to the query."), "{}", everything_told(&window));
    assert!(has(&window, "Left out: the token (give it to Statlens where it asks for one)."));
    assert!(has(&window, "25 players × 10 stats in 2 titles"), "TigerShark and Kills were there before");
    assert!(!everything_told(&window).contains("abcDEF"), "no part of the token");
    click(&mut window, Role::Button, "Undo");
    settle(&mut window);
    assert!(has(&window, "24 players × 9 stats in 2 titles"));
}

#[test]
fn what_is_no_request_says_so() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
    window.run();
    window.event(egui::Event::Paste("hello".to_owned()));
    window.run();
    settle(&mut window);
    assert!(has(&window, "This is no request."), "{}", everything_told(&window));
}

#[test]
fn the_requests_are_saved_as_har() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
    window.run();
    click(&mut window, Role::Button, "Save HAR");
    let file = home.path().join("mine");
    let proposed = window.get_by_role_and_label(Role::TextInput, "Path of the file").value();
    assert!(proposed.unwrap().ends_with("statlens-requests.har"));
    paste_over(&mut window, "Path of the file", &file.display().to_string());
    click(&mut window, Role::Button, "Save file");
    settle(&mut window);
    assert!(has(&window, " requests saved in "), "{}", everything_told(&window));
    let text = std::fs::read_to_string(home.path().join("mine.har")).unwrap();
    assert!(text.contains("requestedusers") && text.contains("TigerShark"));
    assert!(!text.contains("sample.service.token"), "no token");
}

#[test]
fn a_value_and_a_failure_lead_to_their_request() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    turn_on(&mut window, "403-title");
    empty_list(&mut window);
    paste_into(&mut window, "Players to add", "VantaLynx, NobodyKnowsMe,");
    fetch(&mut window);
    for (cell, told) in [
        ("VantaLynx, Kills: ", "as sent by the service"),
        ("VantaLynx, RacesWon: failed, 403", "Likely causes"),
        ("NobodyKnowsMe, Kills: failed", "404"),
    ] {
        click_first(&mut window, cell);
        until(&mut window, "the link", |window| {
            window.query_all_by_role(Role::Button).any(|button| {
                button.accesskit_node().label().is_some_and(|label| label.starts_with("Request "))
            })
        });
        assert!(has(&window, told), "{cell}: {}", everything_told(&window));
        let link = window
            .query_all_by_role(Role::Button)
            .find_map(|button| button.accesskit_node().label().filter(|label| label.starts_with("Request ")))
            .unwrap();
        click(&mut window, Role::Button, &link);
        let number = link.trim_start_matches("Request ").to_owned();
        assert!(has(&window, &format!("{number} · ")), "{cell}: {link}: {}", everything_told(&window));
        window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
        window.run();
    }
}
