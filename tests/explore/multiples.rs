//! Several small charts beside each other: what they have in common, and what is done in one of them.

use egui::{Event, Key, Modifiers, MouseWheelUnit, Rect, TouchPhase, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::model::{BoxesForm, ChartKind, Filter, SplitBy, Test};

use crate::{
    clicked, key_press,
    kinds::{charted, crowd, of},
    world::{SIZE, World, harness, wide},
};

fn split(world: World, kind: ChartKind, by: SplitBy, stats: &[&str]) -> World {
    let mut chart = of(kind, stats);
    chart.split = by;
    charted(world, chart)
}

fn figures(harness: &Harness<'_, World>) -> Vec<Rect> {
    harness.query_all_by_role(Role::Figure).map(|node| node.rect()).collect()
}

/// Zooms into the small chart at a place.
fn zoomed(harness: &mut Harness<'_, World>, place: usize, times: usize) {
    harness.query_all_by_role(Role::Figure).nth(place).unwrap().focus();
    harness.run();
    for _ in 0..times {
        key_press(harness, Modifiers::NONE, Key::Plus);
    }
}

fn ranges(harness: &Harness<'_, World>) -> Vec<(String, f64, f64)> {
    let ends = |filter: &Filter| match filter {
        Filter::Column(field, Test::Between(from, to)) => (format!("{field:?}"), from.as_f64(), to.as_f64()),
        other => panic!("{other:?}"),
    };
    harness.state().query.view.filters.iter().map(ends).collect()
}

#[test]
fn groups_stand_in_the_same_bins() {
    let world = split(crowd(600, &["Kills"]), ChartKind::Distribution, SplitBy::Group, &["Kills"]);
    let harness = harness(world, Vec2::new(1300.0, 900.0));
    assert_eq!(figures(&harness).len(), 3);
    let marks = harness.query_all_by_role(Role::GraphicsObject);
    let width = |label: String| {
        let (from, to) = label.strip_prefix("Kills ")?.split_once(':')?.0.split_once(" to ")?;
        let number = |text: &str| text.replace(',', "").parse::<f64>().ok();
        Some(number(to)? - number(from)?)
    };
    let widths: Vec<f64> = marks.filter_map(|node| width(node.accesskit_node().label()?)).collect();
    assert!(widths.len() > 20 && widths.iter().all(|width| *width == widths[0]), "{widths:?}");
}

#[test]
fn ranges_of_one_stat_in_several_groups_become_one() {
    let world = split(wide(), ChartKind::Distribution, SplitBy::Group, &["Kills"]);
    let mut harness = harness(world, SIZE);
    zoomed(&mut harness, 0, 6);
    clicked(&mut harness, Role::Button, "Filter to those in sight");
    let [(_, from, to)] = ranges(&harness)[..] else { panic!("one range") };
    harness.state_mut().query.view.filters.clear();
    harness.run();
    zoomed(&mut harness, 0, 6);
    zoomed(&mut harness, 1, 3);
    clicked(&mut harness, Role::Button, "Filter to those in sight");
    let [(_, wider_from, wider_to)] = ranges(&harness)[..] else { panic!("one range") };
    assert!(wider_from < from && wider_to > to, "{wider_from} to {wider_to} holds {from} to {to}");
}

#[test]
fn each_stat_has_its_own_range() {
    let world = split(wide(), ChartKind::Distribution, SplitBy::Stat, &["Kills", "Deaths"]);
    let mut harness = harness(world, SIZE);
    zoomed(&mut harness, 0, 4);
    zoomed(&mut harness, 1, 4);
    clicked(&mut harness, Role::Button, "Filter to those in sight");
    let fields: Vec<String> = ranges(&harness).into_iter().map(|(field, ..)| field).collect();
    assert_eq!(fields.len(), 2);
    assert!(fields[0].contains("Kills") && fields[1].contains("Deaths"), "{fields:?}");
}

#[test]
fn one_small_chart_is_shown_whole_again_or_all_of_them() {
    let world = split(wide(), ChartKind::Scatter, SplitBy::Stat, &[]);
    let mut harness = harness(world, SIZE);
    zoomed(&mut harness, 0, 4);
    zoomed(&mut harness, 1, 4);
    let backs =
        |harness: &Harness<'_, World>| harness.query_all_by_label_contains("Show the whole of ").count();
    assert_eq!(backs(&harness), 2);
    harness.query_all_by_label_contains("Show the whole of ").next().unwrap().click();
    harness.run();
    assert_eq!(backs(&harness), 1);
    clicked(&mut harness, Role::Button, "Zoom out");
    assert_eq!(backs(&harness), 0);
    assert!(harness.query_by_label("Filter to those in sight").is_none());
}

#[test]
fn where_more_is_below_the_wheel_scrolls_to_it() {
    let world = split(wide(), ChartKind::Scatter, SplitBy::Stat, &[]);
    let mut harness = harness(world, SIZE);
    let before = figures(&harness);
    let lowest = before.iter().fold(0.0_f32, |lowest, rect| lowest.max(rect.top()));
    assert!(lowest > before[0].top(), "a part of the second line is in sight");
    harness.hover_at(before[0].center());
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        source: egui::MouseWheelSource::Wheel,
        delta: Vec2::new(0.0, -60.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    harness.run();
    assert!(figures(&harness).iter().any(|rect| rect.bottom() < before[0].bottom()), "it scrolled");
    assert!(harness.query_by_label_contains("Show the whole of ").is_none(), "and zoomed nothing");
}

#[test]
fn all_boxes_of_a_small_chart_are_in_it() {
    let mut world = split(wide(), ChartKind::Box, SplitBy::Stat, &["Kills", "Deaths", "Headshots"]);
    world.query.charts[0].boxes = BoxesForm::BoxPerGroup;
    world.query.groups[2].players.truncate(2);
    let harness = harness(world, SIZE);
    assert!(harness.query_by_label_contains("by group take one stat").is_none());
    let figures = figures(&harness);
    let boxes = harness.query_all_by_label_contains(": median ");
    let boxes: Vec<Rect> = boxes.map(|node| node.rect()).collect();
    assert_eq!(boxes.len(), 12, "three groups and those in none, for each of three stats");
    assert!(boxes.iter().all(|found| figures.iter().any(|figure| figure.contains_rect(*found))));
}
