use egui::{
    Align, Color32, Galley, Layout, Response, RichText, Role, Sense, TextFormat, Ui, WidgetInfo,
    text::{LayoutJob, TextWrapping},
};
use std::sync::Arc;

use crate::ui::theme::{self, palette};

/// Tells when texts that were laid out and kept must be laid out anew.
#[derive(Debug, Default)]
pub(crate) struct FontsSeen {
    /// A text that egui keeps too: another one when it forgot all, because fonts changed.
    probe: Option<Arc<Galley>>,
}

impl FontsSeen {
    /// Whether fonts or scale may have changed since this was asked last. To be asked in each frame.
    pub(crate) fn changed(&mut self, ui: &Ui) -> bool {
        let probe = ui.painter().layout_no_wrap("0".to_owned(), theme::body(), Color32::PLACEHOLDER);
        let is_same = self.probe.as_ref().is_some_and(|known| Arc::ptr_eq(known, &probe));
        self.probe = Some(probe);
        !is_same
    }
}

/// The heading of a section, with a muted detail behind it: "Players  24".
pub(crate) fn section_header(ui: &mut Ui, title: &str, detail: &str) -> Response {
    ui.horizontal(|ui| {
        ui.label(RichText::new(title).font(theme::semibold()));
        if !detail.is_empty() {
            muted_label(ui, detail);
        }
    })
    .response
}

/// Words that explain. They wrap where the layout wraps.
pub(crate) fn muted_label(ui: &mut Ui, text: &str) -> Response {
    ui.label(RichText::new(text).color(palette(ui).muted))
}

/// A label of at most `width` points: what does not fit ends in "…" and shows whole on hover.
pub(crate) fn elided_label(ui: &mut Ui, text: &str, width: f32) -> Response {
    let colors = palette(ui);
    let mut job = LayoutJob::default();
    job.append(text, 0.0, TextFormat::simple(theme::body(), colors.text));
    let galley = elided(ui, job, width);
    let cut = galley.elided;
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    ui.painter().galley(rect.min, galley, colors.text);
    if cut { response.on_hover_text(text) } else { response }
}

/// One line of at most `width` points that ends in "…" where it is cut.
pub(crate) fn elided(ui: &Ui, mut job: LayoutJob, width: f32) -> Arc<Galley> {
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    job.halign = Align::LEFT;
    ui.painter().layout_job(job)
}

/// A player's name with its `#suffix` muted.
pub(crate) fn player_name_job(ui: &Ui, name: &str, font: &egui::FontId) -> LayoutJob {
    let colors = palette(ui);
    let cut = name.rfind('#').unwrap_or(name.len());
    let (base, suffix) = name.split_at(cut);
    let mut job = LayoutJob::default();
    job.append(base, 0.0, TextFormat::simple(font.clone(), colors.text));
    if !suffix.is_empty() {
        job.append(suffix, 0.0, TextFormat::simple(font.clone(), colors.muted));
    }
    job
}

/// A row with words at the left and something at the right end.
pub(crate) fn row_ui(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        left(ui);
        ui.with_layout(Layout::right_to_left(Align::Center), right);
    });
}
