//! What is marked in cells: values that changed, and values that cannot be.

use std::sync::Arc;

use egui::{Vec2, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable};
use statlens::model::{Number, StatDictionary, StatTable};

use crate::world::{IRON, World, column, harness, key, rows, world};

const ROOMY: Vec2 = Vec2::new(1700.0, 900.0);

fn table(names: &[&str], kills: &[&str]) -> Arc<StatTable> {
    Arc::new(StatTable::from_parts(rows(names), vec![column(IRON, "Kills", "Integer", kills)]).unwrap())
}

fn fetched_again() -> World {
    let names = ["Ada", "Bob", "Cid", "Dora"];
    let mut world =
        world(rows(&names), vec![column(IRON, "Kills", "Integer", &["1250", "900", "300", "90000"])]);
    // The players stood in another order then, and one was not among them.
    world.before = Some(table(&["Cid", "Bob", "Ada"], &["300", "1000", "1000"]));
    let mut dictionary = StatDictionary::default();
    let kills = dictionary.stat_mut(&key(IRON, "Kills"));
    kills.only_grows = Some(true);
    kills.max = Some(Number::Int(50_000));
    world.dictionary = Arc::new(dictionary);
    world
}

fn has(harness: &Harness<'_, World>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

fn inspect(harness: &mut Harness<'_, World>, cell: &str) {
    harness.query_all_by_label_contains(cell).next().unwrap_or_else(|| panic!("no cell {cell}")).click();
    harness.run();
}

#[test]
fn changes_and_what_cannot_be_are_told() {
    let mut harness = harness(fetched_again(), ROOMY);
    inspect(&mut harness, "Ada, Kills: 1,250");
    assert!(has(&harness, "+250 since the fetch before, when it was 1,000."));
    assert!(!has(&harness, "only grow"));
    inspect(&mut harness, "Bob, Kills: 900");
    assert!(has(&harness, "It fell from 1,000 to 900 (−100), and it can only grow."));
    inspect(&mut harness, "Dora, Kills: 90,000");
    assert!(has(&harness, "90,000 is above the greatest that is possible, 50,000."));
    assert!(!has(&harness, "since the fetch before"), "Dora was not there");
    inspect(&mut harness, "Cid, Kills: 300");
    assert!(!has(&harness, "since the fetch before") && !has(&harness, "possible"));
}

#[test]
fn rows_are_ordered_by_change() {
    use statlens::model::{Sort, SortBy};
    let mut world = fetched_again();
    world.query.view.sort = vec![Sort { by: SortBy::Change(key(IRON, "Kills").into()), descending: true }];
    let harness = harness(world, ROOMY);
    assert_eq!(crate::names_shown(&harness), ["Ada", "Cid", "Bob", "Dora"]);
    harness.get_by_role_and_label(Role::Grid, "Values");
}
