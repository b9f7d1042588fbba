//! When the players of the list were looked up.

use std::{sync::Arc, time::Duration};

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use statlens::clock::{Clock, ShiftedClock, SystemClock};

use crate::desk::*;

const DAY: Duration = Duration::from_hours(24);

/// A window that is opened so many days later, with the pointer on a player of the list.
fn opened_after(home: &std::path::Path, days: u32, player: &str) -> Window {
    let clock = ShiftedClock::new(Arc::new(SystemClock));
    clock.forward(DAY * days);
    let clock: Arc<dyn Clock> = Arc::new(clock);
    let mut window = open_as(home, &store(), |config| config.clock = clock);
    let lines = window.query_all_by_role(Role::ListBoxOption);
    let is_it = |name: Option<String>| name.is_some_and(|name| name.starts_with(player));
    lines.into_iter().find(|line| is_it(line.accesskit_node().label())).unwrap().hover();
    window.run();
    window
}

#[test]
fn a_player_of_the_list_tells_when_they_were_looked_up() {
    let home = tempfile::tempdir().unwrap();
    drop(open(home.path(), &store()));
    let window = opened_after(home.path(), 0, "TigerShark");
    assert!(has(&window, "Looked up just now"), "{}", everything_told(&window));
    drop(window);
    let window = opened_after(home.path(), 3, "TigerShark");
    assert!(has(&window, "Looked up 3 days ago"), "{}", everything_told(&window));
}

#[test]
fn who_would_be_looked_up_anew_tells_nothing() {
    let home = tempfile::tempdir().unwrap();
    drop(open(home.path(), &store()));
    let window = opened_after(home.path(), 8, "TigerShark");
    assert!(has(&window, "XUID 2"), "{}", everything_told(&window));
    assert!(!has(&window, "Looked up"), "a week is over");
}
