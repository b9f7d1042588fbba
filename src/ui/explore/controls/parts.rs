//! Small parts that the popups of the controls are made of.

use egui::{Response, RichText, TextEdit, Ui};

use crate::ui::theme::{self, palette};

/// What is above some choices.
pub(super) fn heading_ui(ui: &mut Ui, text: &str) {
    ui.add_space(2.0);
    ui.label(RichText::new(text).font(theme::small()).color(palette(ui).muted));
}

/// One of several choices. Returns whether it was made.
pub(super) fn choice_ui(ui: &mut Ui, is_chosen: bool, label: &str, hint: &str) -> bool {
    let response = ui.radio(is_chosen, label);
    let response = if hint.is_empty() { response } else { response.on_hover_text(hint) };
    response.clicked() && !is_chosen
}

/// A choice that is on or off. Returns what it was turned to.
pub(super) fn tick_ui(ui: &mut Ui, is_on: bool, label: &str, hint: &str) -> Option<bool> {
    let mut on = is_on;
    let response = ui.checkbox(&mut on, label);
    let response = if hint.is_empty() { response } else { response.on_hover_text(hint) };
    response.changed().then_some(on)
}

/// A field of one line with a name for screen readers.
pub(super) fn field_ui(ui: &mut Ui, text: &mut String, name: &str, hint: &str, width: f32) -> Response {
    let response = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(width));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
    response
}

/// Whether Enter was pressed in a field.
pub(super) fn entered(ui: &Ui, field: &Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// What is wrong with what was typed, below its field.
pub(super) fn wrong_ui(ui: &mut Ui, words: &str) {
    ui.add(egui::Label::new(RichText::new(words).color(palette(ui).warning)).wrap());
}

/// Gives what was drawn a name for screen readers.
pub(super) fn named(ui: &Ui, response: &Response, name: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
}
