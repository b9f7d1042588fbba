//! The screen in the whole window, over the requests that the engine sends to the sample service.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::{click, everything_told, has, open, store, until};

#[test]
fn the_first_fetch_stands_in_the_requests() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &store());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
    window.run();
    until(&mut window, "the requests", |window| has(window, "POST /batch"));
    let row = window
        .query_all_by_role(Role::Row)
        .find(|row| row.accesskit_node().label().is_some_and(|label| label.contains("POST /batch")))
        .unwrap();
    let label = row.accesskit_node().label().unwrap_or_default();
    assert!(label.contains("stats, 200") && label.contains("values"), "{label}");
    row.click();
    window.run();
    until(&mut window, "the answer", |window| has(window, "\"users\": ["));
    assert!(has(&window, "Answered in "));
    click(&mut window, Role::Tab, "Headers");
    assert!(has(&window, "Authorization: hidden"));
    click(&mut window, Role::Tab, "Attempts");
    assert!(has(&window, "Attempt 1"));
    let told = everything_told(&window);
    assert!(!told.contains("XBL3.0"), "no token is told");
}
