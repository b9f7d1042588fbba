//! What stands beside the table: the profile, and where those compared differ most. Each can be folded.

use egui::{Align, Frame, Id, Label, Layout, Margin, RichText, Role, ScrollArea, Sense, Ui, vec2};

use super::{CompareAction, CompareScreen, differ, fill::Made, profile, shows_more};
use crate::{
    model::Compare,
    ui::{
        theme::{self, HAIRLINE, icon, palette},
        widgets::{muted_label, spoken},
    },
};

/// The height of a section's heading.
const HEADING: f32 = 34.0;
const MARGIN: f32 = 12.0;

/// Both sections, scrolled where they have no room.
pub(super) fn side_ui(
    ui: &mut Ui,
    state: &mut CompareScreen,
    compare: &Compare,
    made: &Made,
    actions: &mut Vec<CompareAction>,
) {
    let sheet = &made.sheet;
    // What others are measured by is no series that the others could give way to.
    let is_series = |place: &usize| sheet.heads.get(*place).is_some_and(|head| head.colour.is_some());
    let hovered = state.table.hovered.or(state.pointed).filter(is_series);
    let mut pointed = None;
    shows_more(ui);
    ScrollArea::vertical().id_salt("beside the comparison").auto_shrink(false).show(ui, |ui| {
        let among = &sheet.says.among;
        ui.spacing_mut().item_spacing.y = 0.0;
        if section_ui(ui, "Profile", &format!("percentile among {among}"), |ui| {
            profile::stats_ui(ui, compare, made, actions);
        }) {
            let output = profile::profile_ui(ui, sheet, hovered);
            pointed = output.hovered;
            if output.clicked.is_some() {
                (state.table.cursor, state.table.reveal) = (output.clicked, true);
            }
            ui.add_space(8.0);
        }
        rule(ui);
        if section_ui(ui, "Where they differ most", &format!("z-score among {among}"), |_| ()) {
            pointed = differ::differ_ui(ui, sheet, hovered, usize::MAX).or(pointed);
        }
        rule(ui);
    });
    if state.pointed != pointed {
        state.pointed = pointed;
        ui.request_repaint();
    }
}

/// The heading of a section. Returns whether its content is shown.
fn section_ui(ui: &mut Ui, title: &str, detail: &str, right: impl FnOnce(&mut Ui)) -> bool {
    let id = Id::unique(("folded section of the comparison", title));
    let was_folded: bool = ui.data_mut(|data| data.get_persisted(id)).unwrap_or_default();
    let mut is_folded = was_folded;
    let height = HEADING;
    ui.horizontal(|ui| {
        ui.set_min_height(height);
        ui.add_space(MARGIN);
        if fold_ui(ui, title, is_folded).clicked() {
            is_folded = !is_folded;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(MARGIN);
            if !was_folded {
                right(ui);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(detail).color(palette(ui).muted)).truncate());
            });
        });
    });
    if is_folded != was_folded {
        ui.data_mut(|data| data.insert_persisted(id, is_folded));
        ui.request_repaint();
    }
    !was_folded
}

/// The title of a section, which folds it away or shows it.
fn fold_ui(ui: &mut Ui, title: &str, is_folded: bool) -> egui::Response {
    let colors = palette(ui);
    let glyph = if is_folded { icon::CARET_RIGHT } else { icon::CARET_DOWN };
    let caret = ui.painter().layout_no_wrap(glyph.to_owned(), theme::body(), colors.muted);
    let words = ui.painter().layout_no_wrap(title.to_owned(), theme::semibold(), colors.text);
    let size = vec2(caret.size().x + 6.0 + words.size().x, 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let middle = rect.left_center();
    let left = middle + vec2(caret.size().x + 6.0, -words.size().y / 2.0);
    ui.painter().galley(middle - vec2(0.0, caret.size().y / 2.0), caret, colors.muted);
    ui.painter().galley(left, words, colors.text);
    if response.has_focus() {
        super::paint::focus(ui, ui.painter(), rect.expand(3.0));
    }
    spoken(&response, |node| {
        node.set_role(Role::Button);
        node.set_label(title.to_owned());
        node.set_expanded(!is_folded);
    });
    response.on_hover_text(if is_folded { "Show" } else { "Fold away" })
}

/// Why a section has nothing to show.
pub(super) fn nothing_ui(ui: &mut Ui, words: &str) {
    let margin = Margin { left: 12, right: 12, top: 0, bottom: 12 };
    Frame::new().inner_margin(margin).show(ui, |ui| muted_label(ui, words));
}

/// A hairline between two sections.
fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, (HAIRLINE, palette(ui).line));
}
