//! A pasted request fills the query, and its token goes nowhere.

use egui::accesskit::Role;
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::ui::requests::RequestsAction;

use crate::{
    clicked, has,
    world::{SIZE, World, harness, picture},
};

const BODY: &str = r#"{"requestedusers":["2533274792693551","2533274792693552"],"requestedscids":[{"scid":"7492baca-c1b4-440d-a391-b7ef364a8d40","requestedstats":["Kills","Deaths","Wins"]}]}"#;

fn pasted(text: &str) -> Harness<'static, World> {
    let mut harness = harness(picture(), SIZE);
    clicked(&mut harness, Role::Button, "Paste a request");
    harness.run();
    harness.event(egui::Event::Paste(text.to_owned()));
    harness.run();
    harness
}

#[test]
fn a_body_says_what_it_asks_for_and_fills_the_query() {
    let mut harness = pasted(BODY);
    assert!(has(&harness, "2 players, 3 stats of 1 title."));
    clicked(&mut harness, Role::Button, "Fill the query");
    assert_eq!(harness.state().actions, [RequestsAction::FillQuery(BODY.to_owned())]);
    assert!(harness.query_by_label("Request to take over").is_none(), "the panel closes");
}

#[test]
fn what_is_no_request_is_said_and_stays() {
    let harness = pasted("hello there");
    assert!(has(&harness, "This is no request."));
    let fill = harness.get_by_role_and_label(Role::Button, "Fill the query");
    assert!(fill.accesskit_node().is_disabled());
    let field = harness.get_by_label("Request to take over");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("hello there"));
}

#[test]
fn a_token_in_a_command_is_never_shown_nor_handed_on() {
    let command = format!(
        "curl 'https://userstats.xboxlive.com/batch' -H 'Authorization: XBL3.0 x=1234567890;verysecret.token' \
         --data-raw '{BODY}'"
    );
    let mut harness = pasted(&command);
    let field = harness.get_by_label("Request to take over");
    let shown = field.accesskit_node().value().unwrap_or_default();
    assert!(shown.contains("$XBL_TOKEN") && !shown.contains("verysecret"), "{shown}");
    clicked(&mut harness, Role::Button, "Fill the query");
    let [RequestsAction::FillQuery(text)] = harness.state().actions.as_slice() else {
        panic!("{:?}", harness.state().actions)
    };
    assert!(!text.contains("verysecret"));
}
