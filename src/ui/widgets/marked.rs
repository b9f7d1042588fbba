//! Words about a group with its marker in front of them.

use egui::{Atom, Button, RadioButton, Response, Ui, Vec2};

use super::describe_groups;
use crate::{model::Group, ui::theme};

/// How wide and high the room of a marker is, in points.
const ROOM: f32 = 12.0;
const SIZE: f32 = 9.0;

/// A button about the group at `place`.
pub(crate) fn group_button(ui: &mut Ui, groups: &[Group], place: usize, label: &str) -> Response {
    let button = Button::new((marker(ui, groups, place), label));
    let response = ui.add(button);
    describe_groups(&response, groups, &[place]);
    response
}

/// One of several choices, which stands for the group at `place`.
pub(crate) fn group_radio(ui: &mut Ui, is_chosen: bool, groups: &[Group], place: usize) -> Response {
    let name = groups.get(place).map_or("", |group| group.name.as_str());
    let choice = RadioButton::new(is_chosen, (marker(ui, groups, place), name));
    let response = ui.add(choice);
    describe_groups(&response, groups, &[place]);
    response
}

fn marker<'a>(ui: &Ui, groups: &[Group], place: usize) -> Atom<'a> {
    let series = theme::group_series(groups, place, !ui.visuals().dark_mode);
    Atom::paint(Vec2::splat(ROOM), move |ui, args| {
        theme::paint_marker(ui.painter(), args.rect.center(), SIZE, series);
    })
}
