//! The comparison on the clipboard, for a chat.

use egui::{Event, accesskit::Role};
use statlens::model::Compare;

use crate::world::*;

const IRON: &str = "7492baca-c1b4-440d-a391-b7ef364a8d40";

#[test]
fn it_is_copied_as_a_table_with_the_best_in_bold() {
    let mut harness = harness(usual(), SIZE);
    click(&mut harness, Role::Button, "Copy as Markdown");
    let text = &harness.state().copied[0];
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "| Stat | TigerShark (reference) | Okapi#12 | QuietOrbit |");
    assert_eq!(lines[1], "| --- | ---: | ---: | ---: |");
    assert_eq!(lines[2], "| **Iron Meridian** |  |  |  |");
    assert_eq!(lines[3], "| Kills | 1,903 | 2,624 (+721) | **4,531** (+2,628) |");
    assert_eq!(lines[4], "| Deaths | **1,098** | 2,259 (+1,161) | no value |");
    assert!(
        text.contains("Best in bold. In brackets: difference from TigerShark. Better is up, except Deaths")
    );
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(harness.state().copied.len(), 2, "the keys do the same");
    assert_eq!(harness.state().copied[0], harness.state().copied[1]);
}

#[test]
fn hostile_names_stay_what_they_are() {
    let names = ["a|b", "*bold*", "_x_", "`code`", "<@4242>", "@everyone", "<b>", "[a](b)"];
    let numbers = ["1", "2", "3", "4", "5", "6", "7", "8"];
    let mut world = world(&names, vec![column(IRON, "Kills|*", &numbers)], &names);
    world.folded = true;
    let mut harness = harness(world, SIZE);
    harness.event(Event::Copy);
    harness.run();
    let text = &harness.state().copied[0];
    let head = text.lines().next().unwrap();
    assert_eq!(head.replace("\\|", "").matches('|').count(), 10, "{head}");
    for bare in [" *bold", " _x", " `code", " <", "@everyone", "@4242", " [a"] {
        assert!(!head.contains(bare), "{bare} in {head}");
    }
    assert!(text.contains("| Kills\\|\\* |"), "{text}");
    assert!(has(&harness, "@everyone, Kills|*: 6"), "on the screen they are as they are");
}

#[test]
fn nothing_is_copied_while_nobody_is_compared() {
    let mut world = usual();
    world.query.compare = Compare::default();
    let mut harness = harness(world, SIZE);
    harness.event(Event::Copy);
    harness.run();
    assert!(harness.state().copied.is_empty());
}
