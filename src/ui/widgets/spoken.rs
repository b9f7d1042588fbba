use egui::{
    Response,
    accesskit::{Action, Node, Rect},
};

use crate::model::Group;

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

/// Tells screen readers of a player what the marker beside the name tells the eye: "In Pros, blue circle".
pub(crate) fn describe_member(response: &Response, groups: &[Group], place: usize) {
    describe(response, || {
        let group = groups.get(place)?;
        Some(format!("In {}, {}", group.name, group.mark(place)))
    });
}

/// The same of what stands for groups by their names: "blue circle".
pub(crate) fn describe_groups(response: &Response, groups: &[Group], places: &[usize]) {
    describe(response, || {
        let marks = places.iter().filter_map(|place| Some(groups.get(*place)?.mark(*place).to_string()));
        let marks: Vec<String> = marks.collect();
        (!marks.is_empty()).then(|| marks.join(", "))
    });
}

fn describe(response: &Response, words: impl FnOnce() -> Option<String>) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        if let Some(words) = words() {
            node.set_description(words);
        }
    });
}
