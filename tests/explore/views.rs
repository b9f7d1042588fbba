//! What the settings of a view make of the grid.

use super::*;

#[test]
#[ignore = "looks"]
fn pictures() {
    let mut harness = harness(wide(), Vec2::new(1600.0, 1000.0));
    harness.snapshot("zz_wide");
    harness.state_mut().light = true;
    harness.run();
    harness.snapshot("zz_light");
}
