//! Fetches that cannot go on without help: a token that is taken no more, a network that is gone.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use statlens::{
    model::Api,
    sample::{Fault, FaultKind, Faults, SampleOptions, SampleService},
    ui::StartService,
};

use crate::{
    desk::*,
    support::{Reply, Server},
};

const OTHER_TOKEN: &str = "XBL3.0 x=9876543210;zyxWVU.tsrQPO.nmlKJI.hgfEDC.ba9876543210zyx";

fn has_button(window: &Window, label: &str) -> bool {
    window.query_all_by_role_and_label(Role::Button, label).next().is_some()
}

/// A window on this service with a token and 60 players of whom two stats are asked.
fn ready(home: &std::path::Path, url: &str) -> Window {
    let mut window = open_with(home, &store(), StartService::At(url.to_owned()));
    give_token(&mut window, TOKEN);
    paste_into(&mut window, "Players to add", "TigerShark, QuietOrbit, OkapiPrime, WarriorSaint,");
    click(&mut window, Role::Button, "Add a title");
    type_into(&mut window, "Title name", "Iron Meridian");
    type_into(&mut window, "SCID", "7492baca-c1b4-440d-a391-b7ef364a8d40");
    type_into(&mut window, "Stat names, separated by commas or lines", "Kills, Deaths");
    click(&mut window, Role::Button, "Add title");
    settle(&mut window);
    window
}

fn give_token(window: &mut Window, token: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    window.run();
    paste_into(window, "Token", token);
    window.key_press(Key::Enter);
    until(window, "the token to be kept", |window| has(window, "kept in the keyring"));
    window.key_press(Key::Escape);
    window.run();
}

#[test]
fn a_fetch_waits_for_a_new_token_and_goes_on_with_it() {
    let home = tempfile::tempdir().unwrap();
    let faults: Faults = [Fault::read(FaultKind::Token, "3").unwrap()].into_iter().collect();
    let service = SampleService::start_with(SampleOptions { faults, ..SampleOptions::default() }).unwrap();
    let mut window = ready(home.path(), &service.url());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the pause", |window| {
        has(window, "The fetch waits for a new token and then goes on.")
    });
    settle(&mut window);
    assert!(!has(&window, "failed"), "a paused fetch is no failed fetch: {}", everything_told(&window));
    assert!(has(&window, "waiting for a new token"), "{}", everything_told(&window));
    assert!(has(&window, "Token: refused by the service"));
    assert!(has_button(&window, "Stop"));
    window.query_all_by_role_and_label(Role::Button, "Give a new token").next().unwrap().click();
    window.run();
    paste_into(&mut window, "Token", OTHER_TOKEN);
    window.key_press(Key::Enter);
    until(&mut window, "the end", |window| has(window, "fetched "));
    settle(&mut window);
    assert!(has(&window, "8 values"), "{}", everything_told(&window));
    assert!(!has(&window, "waits for a new token"), "what is over is told no more");
    let asked = service.counts().of(Api::Profile).requests;
    assert_eq!(asked, 4, "nobody is looked up twice");
}

#[test]
fn a_paused_fetch_can_be_stopped_and_gone_on_with() {
    let home = tempfile::tempdir().unwrap();
    let faults: Faults = [Fault::read(FaultKind::Token, "2").unwrap()].into_iter().collect();
    let service = SampleService::start_with(SampleOptions { faults, ..SampleOptions::default() }).unwrap();
    let mut window = ready(home.path(), &service.url());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the pause", |window| has_button(window, "Give a new token"));
    window.key_press(Key::Escape);
    until(&mut window, "the end", |window| has(window, "The fetch was stopped."));
    settle(&mut window);
    assert!(!has(&window, "waits for a new token"));
    service.set_faults(Faults::none());
    give_token(&mut window, OTHER_TOKEN);
    settle(&mut window);
    click(&mut window, Role::Button, "Go on");
    window.run_steps(2);
    settle(&mut window);
    assert!(has(&window, "8 values"), "{}", everything_told(&window));
}

#[test]
fn the_token_of_the_sample_service_is_taken_again_once_the_fault_is_off() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    turn_on_with(&mut window, "401", "1");
    for _ in 0..3 {
        if has_button(&window, "Turn faults off") {
            break;
        }
        fetch(&mut window);
    }
    assert!(has(&window, "The sample service takes its token no more: a fault is on."));
    assert!(has_button(&window, "Retry with a new token"), "the fault may stay on");
    click(&mut window, Role::Button, "Turn faults off");
    until(&mut window, "the end", |window| has(window, "fetched "));
    settle(&mut window);
    assert!(has(&window, "210 values"), "{}", everything_told(&window));
}

#[test]
fn a_lost_network_is_waited_for_retried_and_stopped() {
    let home = tempfile::tempdir().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut window = ready(home.path(), &format!("http://{address}"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the pause", |window| has(window, "The fetch waits and goes on by itself."));
    settle(&mut window);
    assert!(!has(&window, "failed"), "{}", everything_told(&window));
    // What waits is told a moment after the pause.
    until(&mut window, "the countdown", |window| has(window, "o connection, next try in 0:"));
    let service =
        SampleService::start_with(SampleOptions { addr: address, ..SampleOptions::default() }).unwrap();
    window.query_all_by_role_and_label(Role::Button, "Retry now").next().unwrap().click();
    until(&mut window, "the end", |window| has(window, "fetched "));
    settle(&mut window);
    assert!(has(&window, "8 values"), "{}", everything_told(&window));
    drop(service);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the pause", |window| has(window, "The fetch waits and goes on by itself."));
    window.query_all_by_role_and_label(Role::Button, "Stop").next().unwrap().click_accesskit();
    until(&mut window, "the end", |window| has(window, "The fetch was stopped."));
}

#[test]
fn a_failure_that_may_pass_is_counted_down_to_and_tried_again_at_once() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(|_| Reply::Body(503, String::new()));
    let mut window = ready(home.path(), &server.url());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the wait", |window| has(window, "rying profile again in 0:0"));
    let before = server.heads().len();
    window.query_all_by_role_and_label(Role::Button, "Retry now").next().unwrap().click();
    until(&mut window, "another try", |_| server.heads().len() > before);
    window.query_all_by_role_and_label(Role::Button, "Stop").next().unwrap().click_accesskit();
    until(&mut window, "the end", |window| has(window, "The fetch was stopped."));
}
