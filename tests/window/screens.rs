//! The screens, their tabs, and the chip that tells of the rate limits.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use statlens::ui::{Screen, StartService};

use crate::desk::*;

const EXPLORE: &str = "Explore";

fn shown(window: &Window) -> &'static str {
    let explore = window.get_by_role_and_label(Role::Tab, EXPLORE).accesskit_node().is_selected();
    if explore == Some(true) { EXPLORE } else { "Requests" }
}

#[test]
fn tabs_and_keys_show_the_screens() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    assert_eq!(shown(&window), EXPLORE);
    assert!(window.query_by_role(Role::TabList).is_some());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
    window.run();
    assert_eq!(shown(&window), "Requests");
    assert!(window.query_by_label("Players to add").is_none(), "the requests take the query's place");
    assert!(window.query_by_role_and_label(Role::Button, "Hide query panel").is_none());
    assert!(has(&window, "kept: last 5,000 requests, 64 MB"));
    click(&mut window, Role::Tab, EXPLORE);
    assert!(window.query_by_label("Players to add").is_some());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run();
    assert_eq!(shown(&window), EXPLORE);
}

#[test]
fn the_requests_are_counted_in_their_tab_and_listed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    let tab = window
        .query_all_by_role(Role::Tab)
        .find_map(|tab| tab.accesskit_node().label().filter(|told| told.starts_with("Requests ")))
        .expect("the tab counts");
    let count: usize = tab.trim_start_matches("Requests ").parse().unwrap();
    assert!(count >= 25, "24 look-ups and a request for stats: {tab}");
    click(&mut window, Role::Tab, &tab);
    assert!(has(&window, &format!("{count} requests, ")));
    assert!(has(&window, "GET gt(TigerShark)"));
}

#[test]
fn the_screen_comes_back_after_a_restart_unless_another_is_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let store = store();
    let mut window = open(home.path(), &store);
    click_first(&mut window, "Requests ");
    drop(window);
    assert_eq!(shown(&open(home.path(), &store)), "Requests");
    let window = open_as(home.path(), &store, |config| config.screen = Some(Screen::Explore));
    assert_eq!(shown(&window), EXPLORE);
}

#[test]
fn the_budget_chip_shows_the_fullest_limit_and_leads_to_the_requests() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    let chip = window
        .query_all_by_role(Role::Button)
        .find_map(|button| button.accesskit_node().label().filter(|told| told.starts_with("Budget: ")))
        .expect("there is a chip");
    assert!(chip.starts_with("Budget: profile ") && chip.ends_with("00 requests in 15 seconds"), "{chip}");
    click(&mut window, Role::Button, &chip);
    assert_eq!(shown(&window), "Requests");
    window.run();
    assert!(!window.ctx.has_requested_repaint(), "a quiet chip costs nothing");
}

#[test]
fn before_the_first_request_there_is_no_chip() {
    let home = tempfile::tempdir().unwrap();
    let service = StartService::At("http://127.0.0.1:9".into());
    let window = open_with(home.path(), &store(), service);
    assert!(!has(&window, "Budget: "));
    assert!(window.query_by_role_and_label(Role::Tab, "Requests").is_some(), "nothing is counted yet");
}

#[test]
fn a_small_window_at_a_high_zoom_keeps_tabs_and_profile_apart() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open_at(home.path(), &store(), StartService::Auto, [1280.0, 720.0]);
    window.ctx.set_zoom_factor(1.5);
    window.run();
    for screen in ["Requests ", EXPLORE] {
        click_first(&mut window, screen);
        window.run();
        let area = window.ctx.content_rect();
        let tabs: Vec<egui::Rect> = window.query_all_by_role(Role::Tab).map(|tab| tab.rect()).collect();
        let profile = window.get_by_label_contains("Sample service: ").rect();
        assert!(area.contains_rect(profile), "{profile:?} in {area:?}");
        assert!(tabs.iter().all(|tab| tab.right() <= profile.left()), "{tabs:?}, {profile:?}");
    }
}
