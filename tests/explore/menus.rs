//! The menus of stats above the chart: found by typing where they are many.

use egui::{Event, Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::{Chart, ChartKind, ColourBy, Field};

use crate::{
    clicked,
    controls::has,
    key_press,
    world::{IRON, World, column, harness, key, rows, world},
};

const ROOMY: Vec2 = Vec2::new(1700.0, 900.0);

/// A chart of so many stats of numbers, and a last one of texts.
fn charted(kind: ChartKind, many: usize) -> Harness<'static, World> {
    let number = |stat: usize| column(IRON, &format!("Weapon{stat}.Kills"), "Integer", &["1", "5", "3"]);
    let mut columns: Vec<_> = (1..=many).map(number).collect();
    columns.push(column(IRON, "Weapon.Rank", "String", &["Gold", "Silver", "Gold"]));
    let mut world = world(rows(&["Ada", "Bob", "Cid"]), columns);
    world.query.charts = vec![Chart { kind: Some(kind), ..Chart::default() }];
    harness(world, ROOMY)
}

fn chart<'a>(harness: &'a Harness<'_, World>) -> &'a Chart {
    &harness.state().query.charts[0]
}

fn stat(number: usize) -> Field {
    key(IRON, &format!("Weapon{number}.Kills")).into()
}

/// Opens the menu of an option, whatever is chosen there.
fn open(harness: &mut Harness<'_, World>, option: &str) {
    let starts = |name: &str| name.starts_with(&format!("{option}: "));
    let chips = harness.query_all_by_role(Role::Button);
    let chip = chips.into_iter().find(|node| node.accesskit_node().label().is_some_and(|name| starts(&name)));
    chip.unwrap_or_else(|| panic!("there is no option {option:?}")).click();
    harness.run();
}

/// Whether a menu has a line for a stat.
fn lists(harness: &Harness<'_, World>, stat: &str) -> bool {
    harness.query_by_role_and_label(Role::Button, stat).is_some()
}

fn type_text(harness: &mut Harness<'_, World>, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

#[test]
fn typing_finds_a_stat_and_enter_takes_the_first() {
    let mut harness = charted(ChartKind::Scatter, 62);
    for (option, number) in [("X", 37), ("Y", 41), ("Size", 59), ("Colour", 60)] {
        open(&mut harness, option);
        type_text(&mut harness, &format!("weapon{number}"));
        assert!(!lists(&harness, "Weapon2.Kills"), "{option}");
        key_press(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(!has(&harness, "Find a stat"), "{option} is closed");
    }
    let chart = chart(&harness);
    assert_eq!([&chart.x, &chart.y, &chart.size], [&Some(stat(37)), &Some(stat(41)), &Some(stat(59))]);
    assert_eq!(chart.colour, ColourBy::Field(stat(60)));
}

#[test]
fn what_holds_no_numbers_is_grey_and_not_taken() {
    let mut harness = charted(ChartKind::Scatter, 20);
    open(&mut harness, "X");
    let before = chart(&harness).x.clone();
    type_text(&mut harness, "rank");
    let line = harness.get_by_role_and_label(Role::Button, "Weapon.Rank");
    assert!(line.accesskit_node().is_disabled());
    line.hover();
    harness.run();
    assert!(has(&harness, "It holds no numbers"));
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(chart(&harness).x, before);
    type_text(&mut harness, "nothing of the kind");
    assert!(has(&harness, "No stat has such a name"));
}

#[test]
fn several_stats_are_ticked_one_after_the_other() {
    let mut harness = charted(ChartKind::Bars, 20);
    let drawn = |harness: &Harness<'_, World>| chart(harness).stats.clone();
    open(&mut harness, "Stats");
    for number in [17, 18] {
        type_text(&mut harness, &format!("weapon{number}"));
        key_press(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(drawn(&harness).contains(&stat(number)), "{:?}", drawn(&harness));
    }
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(drawn(&harness).contains(&stat(18)), "Enter takes nothing while nothing is typed");
}

#[test]
fn a_search_begins_anew_and_a_few_stats_have_none() {
    let mut harness = charted(ChartKind::Scatter, 20);
    open(&mut harness, "X");
    type_text(&mut harness, "weapon20");
    key_press(&mut harness, Modifiers::NONE, Key::Escape);
    open(&mut harness, "X");
    assert!(lists(&harness, "Weapon2.Kills"));
    let mut few = charted(ChartKind::Scatter, 4);
    open(&mut few, "X");
    assert!(lists(&few, "Weapon2.Kills"));
    assert!(few.query_by_role_and_label(Role::TextInput, "Find a stat").is_none());
}

#[test]
fn the_search_has_the_keyboard_where_options_are_folded_away() {
    let mut harness = charted(ChartKind::Scatter, 20);
    harness.set_size(Vec2::new(760.0, 700.0));
    harness.run();
    clicked(&mut harness, Role::Button, "More of the chart");
    open(&mut harness, "Size");
    assert!(has(&harness, "Find a stat"));
    type_text(&mut harness, "weapon19");
    assert!(!lists(&harness, "Weapon2.Kills"));
    key_press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(chart(&harness).size, Some(stat(19)));
}
