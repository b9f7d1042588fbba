//! The Requests screen and its inspector, by their accessible names.

#[path = "../window/desk.rs"]
#[expect(dead_code, reason = "other tests do more with the window")]
mod desk;
mod inspector;
mod live;
mod paste;
mod table;
mod world;

use egui::accesskit::Role;
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use world::{World, harness, picture};

pub(crate) fn clicked(harness: &mut Harness<'_, World>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run();
}

pub(crate) fn has(harness: &Harness<'_, World>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

/// The numbers of the requests in sight, from top to bottom.
pub(crate) fn numbers(harness: &Harness<'_, World>) -> Vec<u64> {
    let mut rows: Vec<(f32, u64)> = harness
        .query_all_by_role(Role::Row)
        .filter_map(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            Some((node.rect().top(), label.split(',').next()?.parse().ok()?))
        })
        .collect();
    rows.sort_by(|left, right| left.0.total_cmp(&right.0));
    rows.into_iter().map(|(_, number)| number).collect()
}

#[test]
fn the_screen_looks_as_drawn() {
    let mut world = picture();
    world.state.select(statlens::model::ExchangeId(9));
    let mut harness = harness(world, egui::Vec2::new(1280.0, 648.0));
    world::until(&mut harness, |harness| has(harness, "\"users\": ["));
    harness.snapshot("requests_dark");
}
