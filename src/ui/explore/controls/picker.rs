//! A searchable list of columns, to choose one.

use egui::{RichText, ScrollArea, Ui};

use super::{fields::FieldLook, parts};
use crate::{
    analysis::view,
    ui::{theme::palette, widgets},
};

/// A list of so many can be taken in at a glance.
const SHORT: usize = 8;

/// What is typed to find a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    text: String,
    /// Whether the field is to have the keyboard when it is shown next. It is there then, however short
    /// the list is: one can type at once.
    wants_focus: bool,
    is_shown: bool,
}

impl Search {
    /// A search that has the keyboard from the beginning.
    pub(super) fn begun() -> Self {
        Self { wants_focus: true, is_shown: true, ..Self::default() }
    }
}

/// The list below a search field. Returns the place of the column that was chosen.
pub(super) fn picker_ui(
    ui: &mut Ui,
    search: &mut Search,
    looks: &[&FieldLook],
    chosen: Option<usize>,
    height: f32,
) -> Option<usize> {
    if looks.is_empty() {
        widgets::muted_label(ui, "There is no column");
        return None;
    }
    let mut picked = None;
    if looks.len() > SHORT || search.is_shown {
        let field = parts::field_ui(ui, &mut search.text, "Find a column", "Find a column", f32::INFINITY);
        if std::mem::take(&mut search.wants_focus) {
            field.request_focus();
        }
        let names = looks.iter().map(|look| look.name.as_str());
        if parts::entered(ui, &field) {
            picked = view::named(&search.text, names).first().copied();
        }
    } else {
        search.text.clear();
    }
    let found = found(&search.text, looks);
    if found.is_empty() {
        widgets::muted_label(ui, "No column has such a name");
    }
    ScrollArea::vertical().id_salt("columns to choose").max_height(height).min_scrolled_height(height).show(
        ui,
        |ui| {
            for place in found {
                let look = looks[place];
                let mut words = egui::text::LayoutJob::default();
                let colors = palette(ui);
                RichText::new(&look.name).color(colors.text).append_to(
                    &mut words,
                    ui.style(),
                    egui::FontSelection::Default,
                    egui::Align::Center,
                );
                let behind = if look.is_derived() { "  ƒ".to_owned() } else { format!("  {}", look.title) };
                RichText::new(behind).color(colors.muted).append_to(
                    &mut words,
                    ui.style(),
                    egui::FontSelection::Default,
                    egui::Align::Center,
                );
                let line = ui.radio(chosen == Some(place), words);
                parts::named(ui, &line, &look.name);
                if line.clicked() {
                    picked = Some(place);
                }
            }
        },
    );
    picked
}

/// The places of the columns that a search finds; all in their order when nothing is searched.
pub(super) fn found(search: &str, looks: &[&FieldLook]) -> Vec<usize> {
    if search.trim().is_empty() {
        return (0..looks.len()).collect();
    }
    view::named(search, looks.iter().map(|look| look.name.as_str()))
}
