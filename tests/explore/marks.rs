//! What is marked in cells: values that changed, and values that cannot be.

use std::sync::Arc;

use egui::{Color32, Rect, Shape, Vec2, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable};
use statlens::model::{CellBlock, Number, StatDictionary, StatTable};

use crate::world::{IRON, World, brisk, column, harness, key, rows, world};

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

fn shapes<'a>(harness: &'a Harness<'_, World>) -> impl Iterator<Item = &'a Shape> {
    harness.output().shapes.iter().map(|clipped| &clipped.shape)
}

/// What the cell itself is drawn in; `None` where that is the row.
fn fill_of(harness: &Harness<'_, World>, cell: Rect) -> Option<Color32> {
    let is_cell = |rect: Rect| (rect.min - cell.min).length() < 1.0 && (rect.max - cell.max).length() < 1.0;
    shapes(harness).find_map(|shape| match shape {
        Shape::Rect(shape) if is_cell(shape.rect) => Some(shape.fill),
        _ => None,
    })
}

/// Whether the corner of the cell has the mark of a change.
fn is_marked(harness: &Harness<'_, World>, cell: Rect) -> bool {
    shapes(harness).any(|shape| match shape {
        Shape::Path(path) => {
            path.closed && path.points.iter().all(|point| (*point - cell.right_top()).length() < 8.0)
        }
        _ => false,
    })
}

#[test]
fn a_change_is_marked_at_once_and_flashes_once() {
    let mut start = fetched_again();
    start.table = table(&["Ada", "Bob"], &["1000", "1000"]);
    start.fetching = true;
    let mut harness = brisk(start, ROOMY);
    let ada = harness.get_by_role_and_label(Role::Cell, "Ada, Kills: 1,000").rect();
    let bob = harness.get_by_role_and_label(Role::Cell, "Bob, Kills: 1,000").rect();
    assert!(!is_marked(&harness, ada) && fill_of(&harness, ada).is_none());

    let world = harness.state_mut();
    let columns = vec![(0, column(IRON, "Kills", "Integer", &["1250"]))];
    Arc::make_mut(&mut world.table).apply(&CellBlock { rows: vec![0], columns, exchange: None });
    world.revision += 1;
    harness.run();
    harness.get_by_role_and_label(Role::Cell, "Ada, Kills: 1,250");
    assert!(is_marked(&harness, ada) && !is_marked(&harness, bob), "as soon as the value is there");
    assert_eq!(fill_of(&harness, ada), None, "not before the fetch is over");

    harness.state_mut().fetching = false;
    harness.step();
    let brightest = fill_of(&harness, ada).expect("it flashes");
    assert_eq!(fill_of(&harness, bob), None, "what did not change does not");
    let mut before = brightest;
    let mut frames = 0;
    while let Some(now) = fill_of(&harness, ada) {
        assert!(now.b() <= before.b(), "it only fades: {before:?}, {now:?}");
        before = now;
        frames += 1;
        assert!(frames <= 60, "it ends within a second");
        harness.step();
    }
    assert!(frames > 30 && before != brightest, "{frames} frames, from {brightest:?} to {before:?}");
    assert!(is_marked(&harness, ada), "the mark stays");
    for _ in 0..120 {
        harness.step();
        assert_eq!(fill_of(&harness, ada), None, "once");
    }
    assert!(!harness.ctx.has_requested_repaint(), "and nothing is drawn for it any more");
}
