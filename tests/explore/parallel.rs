//! Parallel axes that run by ratios.

use egui::{Pos2, accesskit::Role, pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use statlens::model::{AxisScale, ChartKind, Filter, Test};

use crate::{
    clicked,
    kinds::{charted, of},
    world::{IRON, SIZE, World, column, harness, rows, world},
};

/// Three players, one of them far beyond the others, one with none.
fn far() -> Harness<'static, World> {
    let columns = vec![
        column(IRON, "Kills", "Integer", &["0", "7", "20", "70000000"]),
        column(IRON, "Deaths", "Integer", &["3", "5", "9", "4"]),
    ];
    let world = charted(
        world(rows(&["None", "Seven", "Twenty", "Far"]), columns),
        of(ChartKind::Parallel, &["Kills", "Deaths"]),
    );
    harness(world, SIZE)
}

/// Marks out a part of the first axis, which stands 60 points from the left, and filters to it.
fn filtered(harness: &mut Harness<'_, World>, from: Pos2, to: Pos2) -> Vec<u32> {
    harness.drag_at(from);
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    harness.run();
    let mut selected = harness.state().state.selected_players().to_vec();
    selected.sort_unstable();
    clicked(harness, Role::Button, "Filter to these ranges");
    let filters = &harness.state().query.view.filters;
    assert!(matches!(filters[..], [Filter::Column(_, Test::Between(..))]), "{filters:?}");
    let mut shown = harness.state().state.shown_rows().to_vec();
    shown.sort_unstable();
    assert_eq!(shown, selected, "the filter keeps those who were marked out");
    selected
}

#[test]
fn by_ratios_one_far_away_leaves_the_others_apart() {
    for scale in [AxisScale::Linear, AxisScale::Symlog] {
        let mut harness = far();
        harness.state_mut().query.charts[0].y_scale = scale;
        harness.run();
        let rect = harness.get_by_role(Role::Figure).rect();
        let top = rect.left_top() + vec2(60.0, 20.0);
        assert_eq!(filtered(&mut harness, pos2(top.x, rect.center().y), top), [3]);
    }
    let mut harness = far();
    harness.state_mut().query.charts[0].y_scale = AxisScale::Log;
    harness.run();
    harness.get_by_label_contains("1 player has no place on the log axis: Kills is 0 or less");
    let rect = harness.get_by_role(Role::Figure).rect();
    let [low, middle] = [rect.bottom(), rect.bottom() - 0.25 * rect.height()];
    let ends = [low, middle].map(|y| pos2(rect.left() + 60.0, y));
    assert_eq!(filtered(&mut harness, ends[1], ends[0]), [1, 2], "those at the very end are among them");
}

#[test]
fn how_the_axes_run_is_chosen_in_the_line_of_the_chart() {
    let mut harness = far();
    harness.get_by_label_contains("Y axis").click();
    harness.run();
    clicked(&mut harness, Role::Button, "Log");
    assert_eq!(harness.state().query.charts[0].y_scale, AxisScale::Log);
}
