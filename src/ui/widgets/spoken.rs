use egui::{
    Response,
    accesskit::{Action, Node, Rect},
};

/// Tells screen readers what was drawn at `response`: where it is, that it can be clicked, and
/// whatever `describe` adds. For what egui gives no words of its own.
pub(crate) fn spoken(response: &Response, describe: impl FnOnce(&mut Node)) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        let rect = response.interact_rect;
        node.set_bounds(Rect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
        if response.sense.senses_click() {
            node.add_action(Action::Click);
        }
        describe(node);
    });
}
