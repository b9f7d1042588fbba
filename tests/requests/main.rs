//! The Requests screen and its inspector, by their accessible names.

mod world;

use world::{SIZE, harness, picture};

#[test]
fn look() {
    for (name, light, size) in [
        ("dark", false, SIZE),
        ("light", true, SIZE),
        ("small", false, egui::Vec2::new(1280.0, 648.0)),
        ("tiny", false, egui::Vec2::new(853.0, 408.0)),
    ] {
        let mut world = picture();
        world.light = light;
        world.state.select(statlens::model::ExchangeId(9));
        let mut harness = harness(world, size);
        for _ in 0..20 {
            harness.step();
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        harness.render().unwrap().save(format!("/tmp/u1_{name}.png")).unwrap();
    }
}
