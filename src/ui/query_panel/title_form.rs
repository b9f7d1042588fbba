//! The form in which a title and its stats are typed or pasted.

use egui::{Frame, Margin, TextEdit, Ui};

use crate::{
    formats::title_input,
    model::{Catalogue, KnownTitle, Scid},
    ui::theme::{self, CORNER_RADIUS},
};

/// What was typed so far. Nothing is lost by an error.
#[derive(Default)]
pub(super) struct TitleForm {
    name: String,
    scid: String,
    stats: String,
    /// Errors are shown from the first try on, not while typing the first letters.
    tried: bool,
}

/// What came of the form.
pub(super) enum Outcome {
    GoesOn,
    Closed,
    Done(KnownTitle),
}

impl TitleForm {
    /// The form to add stats to a title that is known.
    pub(super) fn for_title(title: &KnownTitle) -> Self {
        Self { name: title.name.clone(), scid: title.scid.to_string(), ..Self::default() }
    }

    pub(super) fn form_ui(&mut self, ui: &mut Ui, catalogue: &Catalogue) -> Outcome {
        let palette = theme::palette(ui);
        let frame = Frame::new()
            .stroke(egui::Stroke::new(theme::HAIRLINE, palette.line))
            .corner_radius(CORNER_RADIUS)
            .inner_margin(Margin::same(8));
        frame.show(ui, |ui| self.fields_ui(ui, catalogue)).inner
    }

    fn fields_ui(&mut self, ui: &mut Ui, catalogue: &Catalogue) -> Outcome {
        let read = title_input::read(&self.name, &self.scid, &self.stats);
        let none = title_input::TitleInputError::default();
        let errors = match &read {
            Err(errors) if self.tried => errors,
            _ => &none,
        };
        field_ui(ui, &mut self.name, "Title name", 1);
        field_ui(ui, &mut self.scid, "SCID", 1);
        error_ui(ui, errors.scid.as_deref());
        if errors.scid.is_none() {
            self.twin_ui(ui, catalogue);
        }
        field_ui(ui, &mut self.stats, "Stat names, separated by commas or lines", 2);
        for error in &errors.stats {
            error_ui(ui, Some(error));
        }
        if let Ok(input) = &read {
            for warning in &input.warnings {
                ui.colored_label(theme::palette(ui).warning, warning);
            }
        }
        let mut outcome = Outcome::GoesOn;
        ui.horizontal(|ui| {
            if ui.button("Add title").on_hover_text("Make it known and tick its stats").clicked() {
                self.tried = true;
                if let Ok(input) = read {
                    outcome = Outcome::Done(input.title);
                }
            }
            if ui.button("Close form").clicked() {
                outcome = Outcome::Closed;
            }
        });
        outcome
    }

    /// Warns of a SCID that differs from a known one by case alone.
    fn twin_ui(&self, ui: &mut Ui, catalogue: &Catalogue) {
        let Ok(scid) = self.scid.trim().parse::<Scid>() else { return };
        if let Some(twin) = catalogue.case_twin(&scid) {
            let text = format!(
                "{} has the same SCID but for upper and lower case. The service takes them for different",
                if twin.name.is_empty() { "A known title" } else { &twin.name }
            );
            ui.colored_label(theme::palette(ui).warning, text);
        }
    }
}

fn field_ui(ui: &mut Ui, text: &mut String, label: &'static str, rows: usize) {
    let field = if rows == 1 { TextEdit::singleline(text) } else { TextEdit::multiline(text) };
    let response = ui.add(field.hint_text(label).desired_rows(rows).desired_width(f32::INFINITY));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
}

fn error_ui(ui: &mut Ui, error: Option<&str>) {
    if let Some(error) = error {
        ui.colored_label(theme::palette(ui).error, error);
    }
}
