//! How a group is told from others: its marker, and the colours and shapes to choose from.

use egui::{CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::{
    model::{Group, GroupLook, GroupMark, MarkerShape, SeriesSlot},
    ui::{
        theme::{self, palette},
        widgets,
    },
};

/// How wide and high a colour or a shape to choose is, in points.
const CHOICE: f32 = 24.0;
/// How wide the choice is that leaves it to the group's place.
const BY_PLACE: f32 = 38.0;
/// Room for what stands before the choices.
const LABEL: f32 = 48.0;

/// The marker of a group, a button that opens the choices and closes them.
pub(super) fn marker_ui(ui: &mut Ui, groups: &[Group], place: usize, is_open: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(CHOICE, CHOICE), Sense::click());
    let words = groups
        .get(place)
        .map(|group| format!("Look of {}: {}", group.name, group.mark(place)))
        .unwrap_or_default();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &words));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(is_open));
    paint_frame(ui, &response, is_open);
    let series = theme::group_series(groups, place, !ui.visuals().dark_mode);
    theme::paint_marker(ui.painter(), rect.center(), 10.0, series);
    response.on_hover_text("Choose its colour and its shape")
}

/// The choices for the group at `place`. Returns the look that was chosen.
pub(super) fn choices_ui(ui: &mut Ui, group: &Group, place: usize) -> Option<GroupLook> {
    let (name, look, mark) = (&group.name, group.look, group.mark(place));
    let usual = GroupMark::of_place(place);
    let light = !ui.visuals().dark_mode;
    let mut chosen = None;
    line_ui(ui, "Colour", |ui| {
        let words = format!("Colour of {name}: by its place");
        if by_place_ui(ui, &words, look.colour.is_none(), &usual.colour.to_string()) {
            chosen = Some(GroupLook { colour: None, ..look });
        }
        for colour in SeriesSlot::all() {
            let words = format!("Colour of {name}: {colour}");
            let is_chosen = look.colour == Some(colour);
            let (rect, is_clicked) = choice_ui(ui, CHOICE, &words, is_chosen, &colour.to_string());
            let color = theme::mark_series(GroupMark { colour, ..mark }, light).color;
            ui.painter().rect_filled(rect.shrink(4.0), CornerRadius::same(4), color);
            if is_clicked {
                chosen = Some(GroupLook { colour: Some(colour), ..look });
            }
        }
    });
    line_ui(ui, "Shape", |ui| {
        let words = format!("Shape of {name}: by its place");
        if by_place_ui(ui, &words, look.shape.is_none(), &usual.shape.to_string()) {
            chosen = Some(GroupLook { shape: None, ..look });
        }
        for shape in MarkerShape::ALL {
            let words = format!("Shape of {name}: {shape}");
            let is_chosen = look.shape == Some(shape);
            let (rect, is_clicked) = choice_ui(ui, CHOICE, &words, is_chosen, &shape.to_string());
            let series = theme::mark_series(GroupMark { shape, ..mark }, light);
            theme::paint_marker(ui.painter(), rect.center(), 10.0, series);
            if is_clicked {
                chosen = Some(GroupLook { shape: Some(shape), ..look });
            }
        }
    });
    chosen
}

fn line_ui(ui: &mut Ui, label: &str, choices: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let left = ui.cursor().left();
        widgets::muted_label(ui, label);
        ui.add_space((left + LABEL - ui.cursor().left()).max(0.0));
        choices(ui);
    });
}

/// The choice of what follows from the group's place, which is `usual`.
fn by_place_ui(ui: &mut Ui, words: &str, is_chosen: bool, usual: &str) -> bool {
    let hint = format!("What follows from its place among the groups: {usual}");
    let (rect, is_clicked) = choice_ui(ui, BY_PLACE, words, is_chosen, &hint);
    let color = palette(ui).muted;
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, "auto", theme::small(), color);
    is_clicked
}

/// Room for one of several choices. Returns where it is, and whether it was made.
fn choice_ui(ui: &mut Ui, width: f32, words: &str, is_chosen: bool, hint: &str) -> (Rect, bool) {
    let (rect, response) = ui.allocate_exact_size(vec2(width, CHOICE), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_chosen, words));
    paint_frame(ui, &response, is_chosen);
    (rect, response.on_hover_text(hint).clicked() && !is_chosen)
}

fn paint_frame(ui: &Ui, response: &Response, is_on: bool) {
    let colors = palette(ui);
    let color = if is_on {
        colors.text
    } else if response.has_focus() {
        colors.accent
    } else if response.hovered() {
        colors.muted
    } else {
        return;
    };
    let corners = CornerRadius::same(5);
    ui.painter().rect_stroke(response.rect, corners, Stroke::new(1.5, color), StrokeKind::Inside);
    if is_on && response.has_focus() {
        let around = response.rect.expand(2.0);
        ui.painter().rect_stroke(around, corners, Stroke::new(1.5, colors.accent), StrokeKind::Inside);
    }
}
