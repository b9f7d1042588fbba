use std::collections::BTreeSet;

use egui::{Response, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::series::Entry;
use crate::ui::theme::{self, paint_marker, palette};

const HEIGHT: f32 = 22.0;
const LEFT: f32 = 12.0;

/// The series that are not drawn, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hidden(BTreeSet<String>);

impl Hidden {
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn toggle(&mut self, name: &str) {
        if !self.0.remove(name) {
            self.0.insert(name.to_owned());
        }
    }

    /// Hides all others; shows all where that is so already.
    fn solo(&mut self, entries: &[Entry], name: &str) {
        let others: BTreeSet<String> =
            entries.iter().map(|entry| &entry.name).filter(|other| *other != name).cloned().collect();
        self.0 = if self.0 == others { BTreeSet::new() } else { others };
    }
}

/// The series of a chart in one line. A click hides or shows one; a double click, or one with Alt, shows
/// it alone, or all again.
pub(crate) fn legend_ui(ui: &mut Ui, entries: &[Entry], shown_as: &str, hidden: &mut Hidden) {
    let width = ui.available_width();
    ui.allocate_ui(vec2(width, HEIGHT), |ui| {
        ScrollArea::horizontal().id_salt("legend").auto_shrink([false, true]).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.add_space(LEFT);
                for (place, entry) in entries.iter().enumerate() {
                    let response = entry_ui(ui, place, entry, hidden.has(&entry.name));
                    let alone = ui.input(|input| input.modifiers.alt);
                    if response.double_clicked() && !alone {
                        // The first of the two clicks is taken back: whether it stood alone is told by
                        // what was before.
                        hidden.toggle(&entry.name);
                        hidden.solo(entries, &entry.name);
                    } else if response.clicked() && alone {
                        hidden.solo(entries, &entry.name);
                    } else if response.clicked() {
                        hidden.toggle(&entry.name);
                    }
                }
                if !shown_as.is_empty() {
                    ui.label(RichText::new(shown_as).font(theme::small()).color(palette(ui).muted));
                }
            });
        });
    });
}

fn entry_ui(ui: &mut Ui, place: usize, entry: &Entry, is_hidden: bool) -> Response {
    let colors = palette(ui);
    let galley = ui.painter().layout_no_wrap(entry.name.clone(), theme::small(), colors.muted);
    let size = vec2(galley.size().x + 24.0, HEIGHT - 2.0);
    let (_, rect) = ui.allocate_space(size);
    // By its place, not by what was drawn before it: a note that comes or goes between two clicks takes
    // away neither the second of them nor the focus.
    let response = ui.interact(rect, ui.scope_id().with(("entry", place)), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::CheckBox, true, !is_hidden, format!("Show {}", entry.name))
    });
    let mut look = entry.look(!ui.visuals().dark_mode);
    if is_hidden {
        look.color = colors.faint;
    }
    let color = if response.hovered() || response.has_focus() { colors.text } else { colors.muted };
    let color = if is_hidden { colors.faint } else { color };
    paint_marker(ui.painter(), rect.left_center() + vec2(6.0, 0.0), 8.0, look);
    let at = rect.left_center() + vec2(16.0, -galley.size().y / 2.0);
    if is_hidden {
        ui.painter().hline(at.x..=at.x + galley.size().x, rect.center().y, (1.0, colors.faint));
    }
    ui.painter().galley_with_override_text_color(at, galley, color);
    response.on_hover_text("Click: hide or show. Double click or Alt+Enter: show it alone, or all again")
}
