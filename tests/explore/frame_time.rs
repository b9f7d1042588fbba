//! How long a frame takes. Run by hand: `cargo test --test explore frame_time -- --ignored --nocapture`.

use std::time::Instant;

use egui::{Event, Key, Modifiers, Vec2, accesskit::Role, vec2};
use egui_kittest::{Harness, kittest::Queryable};

use crate::world::{World, harness, large, until};

const FRAMES: u32 = 60;

/// Milliseconds a frame, while `act` does something before each.
fn measured(harness: &mut Harness<'_, World>, act: impl Fn(&mut Harness<'_, World>, u32)) -> f64 {
    let began = Instant::now();
    for frame in 0..FRAMES {
        act(harness, frame);
        harness.step();
    }
    began.elapsed().as_secs_f64() * 1000.0 / f64::from(FRAMES)
}

#[test]
#[ignore = "measures, and fails nothing"]
fn frame_time() {
    for (rows, columns) in [(24, 9), (500, 40), (100_000, 20)] {
        let mut world = large(rows, columns);
        world.query.groups.clear();
        let mut harness = harness(world, Vec2::new(1330.0, 900.0));
        until(&mut harness, |harness| {
            harness
                .query_by_label_contains("Stat0, median")
                .is_some_and(|_| !harness.ctx.has_requested_repaint())
        });
        let rest = measured(&mut harness, |_, _| {});
        let header = harness.get_by_role_and_label(Role::Grid, "Values").rect();
        let over = measured(&mut harness, |harness, frame| {
            harness.hover_at(header.left_top() + vec2(200.0 + frame as f32, 80.0 + frame as f32));
        });
        let scrolled = measured(&mut harness, |harness, _| {
            harness.event(Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                source: egui::MouseWheelSource::Wheel,
                delta: vec2(0.0, -27.0),
                phase: egui::TouchPhase::Move,
                modifiers: Modifiers::NONE,
            });
        });
        harness.get_by_role_and_label(Role::Grid, "Values").focus();
        harness.step();
        let stepped = measured(&mut harness, |harness, _| harness.key_press(Key::ArrowDown));
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        let began = Instant::now();
        harness.step();
        let all = began.elapsed().as_secs_f64() * 1000.0;
        println!(
            "{rows} × {columns}: at rest {rest:.1} ms, hovering {over:.1}, scrolling {scrolled:.1}, arrows \
             {stepped:.1}, selecting all {all:.1}"
        );
    }
}
