//! Who stands out among the marks of a scatter, pixel by pixel.

use egui::{Modifiers, PointerButton, Pos2, accesskit::Role, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use statlens::model::{Group, ScatterParts};

use crate::world::{SIZE, World, harness, until, wide};

use super::{at, hands::dragged, marks, points, scatter, scattered, selected};

/// How many pixels of the figure are as told.
fn pixels(harness: &mut Harness<'_, World>, is_so: impl Fn([u8; 3]) -> bool) -> usize {
    let figure = harness.get_by_role(Role::Figure).rect();
    let picture = harness.render().unwrap();
    let (columns, rows) =
        (figure.left() as u32..figure.right() as u32, figure.top() as u32..figure.bottom() as u32);
    let all = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
    all.filter(|(x, y)| {
        let [red, green, blue, _] = picture.get_pixel(*x, *y).0;
        is_so([red, green, blue])
    })
    .count()
}

/// Rings, and names that stand out, are of this colour.
fn is_bright(pixel: [u8; 3]) -> bool {
    pixel.iter().all(|part| *part > 200)
}

/// The colour of the first group.
fn is_blue([red, _, blue]: [u8; 3]) -> bool {
    blue > red.saturating_add(60)
}

/// So many players, two of them at the ends and all others at one place, the first in a group.
fn crowd(count: usize) -> World {
    let numbers: Vec<&str> = (0..count)
        .map(|at| match at {
            1 => "0",
            2 => "20",
            _ => "10",
        })
        .collect();
    let mut world = points(&numbers, &numbers);
    world.query.groups = vec![Group {
        name: "A".into(),
        players: vec![world.table.rows()[0].asked.clone()],
        ..Group::default()
    }];
    world.query.charts[0].scatter = ScatterParts { trend: false, labels: false, ..ScatterParts::default() };
    world
}

#[test]
fn players_of_no_group_never_hide_a_group() {
    for count in [12, 4_000] {
        let mut harness = harness(crowd(count), SIZE);
        until(&mut harness, |harness| harness.query_by_role(Role::Figure).is_some());
        harness.run();
        assert!(pixels(&mut harness, is_blue) > 8, "{count}");
    }
}

#[test]
fn others_recede_behind_many_that_are_selected() {
    let numbers: Vec<String> = (0..60).map(|at| at.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let mut world = points(&numbers, &numbers);
    world.query.groups.clear();
    world.query.charts[0].scatter = ScatterParts { trend: false, labels: false, ..ScatterParts::default() };
    let mut harness = harness(world, SIZE);
    let [first, tenth, last, far] =
        ["P0: X 0, Y 0", "P9: X 9, Y 9", "P44: X 44, Y 44", "P50: X 50, Y 50"].map(|mark| at(&harness, mark));
    let all = pixels(&mut harness, is_blue);
    let select = |harness: &mut Harness<'_, World>, to: Pos2| {
        let (from, to) = (first + vec2(-3.0, 3.0), to + vec2(3.0, -3.0));
        dragged(harness, PointerButton::Primary, &[from, from.lerp(to, 0.5), to], Modifiers::NONE);
        harness.remove_cursor();
        harness.run();
    };
    select(&mut harness, tenth);
    assert_eq!(selected(&harness).len(), 10);
    assert!(pixels(&mut harness, is_bright) > 100, "a ring around each");
    assert!(pixels(&mut harness, is_blue) * 2 > all, "the others are seen as before");
    select(&mut harness, last);
    assert_eq!(selected(&harness).len(), 45);
    assert_eq!(pixels(&mut harness, is_bright), 0, "no rings");
    let seen = pixels(&mut harness, is_blue);
    assert!((all * 70 / 100..all * 80 / 100).contains(&seen), "{seen} of {all}");
    let picture = harness.render().unwrap();
    let pixel = |at: Pos2| picture.get_pixel(at.x as u32, at.y as u32).0[2];
    assert!(pixel(first) > 200 && (40..120).contains(&pixel(far)), "{} {}", pixel(first), pixel(far));
    assert_eq!(marks(&harness).len(), 60, "all can still be pointed at");
}

#[test]
fn the_selected_are_named_where_there_is_no_room_for_all_names() {
    let numbers: Vec<String> = (0..520).map(|at| (at * 7919 % 521).to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let mut up = numbers.clone();
    up.reverse();
    let named = |labels: bool| {
        let mut world = points(&numbers, &up);
        world.query.groups.clear();
        world.query.charts[0].scatter = ScatterParts { trend: false, labels, ..ScatterParts::default() };
        let mut harness = harness(world, SIZE);
        assert_eq!(pixels(&mut harness, is_bright), 0);
        harness.get_by_role_and_label(Role::RowHeader, "P3").click();
        harness.run();
        assert_eq!(selected(&harness), [3]);
        harness.remove_cursor();
        harness.run();
        pixels(&mut harness, is_bright)
    };
    let (ring, both) = (named(false), named(true));
    assert!(ring > 8 && both > ring + 8, "{ring} {both}");
}

#[test]
fn the_ring_of_a_mark_at_the_edge_is_whole() {
    let mut harness = harness(scattered(wide(), scatter("Kills", "Deaths")), SIZE);
    let name = "QuietOrbit: Kills 4,531, Deaths 2,894";
    let mark = at(&harness, name);
    // The plane ends 14 points before the figure does.
    let end = harness.get_by_role(Role::Figure).rect().right();
    let moved = vec2(end - 16.0 - mark.x, 40.0);
    dragged(&mut harness, PointerButton::Secondary, &[mark, mark + moved], Modifiers::NONE);
    let mark = at(&harness, name);
    assert!((mark.x - end + 16.0).abs() < 1.0, "{mark:?}");
    harness.remove_cursor();
    harness.run();
    let at_rest = harness.render().unwrap();
    harness.hover_at(mark - vec2(2.0, 0.0));
    harness.step();
    let lit = harness.render().unwrap();
    let differs = |x: u32| {
        let rows = mark.y as u32 - 8..mark.y as u32 + 8;
        rows.clone().any(|y| at_rest.get_pixel(x, y) != lit.get_pixel(x, y))
    };
    assert!(differs(end as u32 - 7), "the ring reaches beyond the plane");
}
