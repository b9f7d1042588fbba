//! A searchable list of columns, to choose one.

use egui::{RichText, ScrollArea, Ui};

use super::{fields::FieldLook, parts};
pub(super) use crate::ui::widgets::Search;
use crate::ui::{theme::palette, widgets};

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
    let names: Vec<&str> = looks.iter().map(|look| look.name.as_str()).collect();
    let found = widgets::search_ui(ui, search, "Find a column", "No column has such a name", &names);
    let mut picked = found.places.first().copied().filter(|_| found.entered);
    ScrollArea::vertical().id_salt("columns to choose").max_height(height).min_scrolled_height(height).show(
        ui,
        |ui| {
            for place in found.places {
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
    let names: Vec<&str> = looks.iter().map(|look| look.name.as_str()).collect();
    widgets::found(search, &names)
}
