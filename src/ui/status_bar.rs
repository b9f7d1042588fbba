//! The bar at the bottom: what came back, when, and figures of the selection.

use egui::{Align, Color32, Layout, RichText, Ui};

use super::{
    actions::Action,
    answer::Answer,
    clock::{self, LocalTime},
    explore::SelectionSummary,
    theme, widgets,
};
use crate::analysis::display;

/// What the bar shows.
pub(crate) struct StatusInput<'a> {
    pub(crate) answer: &'a Answer,
    pub(crate) clock: &'a LocalTime,
    pub(crate) selection: Option<SelectionSummary>,
    /// Whether the query can be fetched.
    pub(crate) ready: bool,
    /// Whether it asks for other players or stats than those that are shown.
    pub(crate) is_changed: bool,
}

/// The bar.
pub(crate) fn status_bar_ui(ui: &mut Ui, input: &StatusInput<'_>, actions: &mut Vec<Action>) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        answer_ui(ui, input, actions);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            zoom_ui(ui);
            if let Some(selection) = &input.selection {
                selection_ui(ui, selection);
            }
        });
    });
}

fn answer_ui(ui: &mut Ui, input: &StatusInput<'_>, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let counts = input.answer.counts();
    if input.answer.table().columns().is_empty() {
        small(ui, "Nothing fetched yet", palette.muted);
        return;
    }
    figure_ui(ui, counts.values, "values", palette.accent, palette.muted);
    figure_ui(ui, counts.no_value, "no value", palette.faint, palette.muted);
    if counts.failed > 0 {
        figure_ui(ui, counts.failed, "failed", palette.error, palette.error);
    }
    if input.answer.fetching().is_some() {
        let progress = input.answer.progress();
        let words =
            format!("{} of {} values so far", number(progress.cells_done), number(progress.cells_total));
        small(ui, &words, palette.muted);
        if link_ui(ui, "Cancel fetch").on_hover_text("Stop and keep what has arrived (Esc)").clicked() {
            actions.push(Action::Cancel);
        }
        return;
    }
    if input.is_changed {
        changed_ui(ui, input.ready, actions);
    } else if counts.failed > 0
        && input.ready
        && link_ui(ui, "Fetch again").on_hover_text("Reads all values anew (F5)").clicked()
    {
        actions.push(Action::Fetch);
    }
    if let Some((started, ended)) = input.answer.times() {
        let words = match ended {
            Some(ended) => {
                format!("fetched {} in {}", input.clock.time(ended), clock::duration(ended.since(started)))
            }
            None => format!("fetch of {} was cut off", input.clock.time(started)),
        };
        small(ui, &words, palette.muted);
    }
    if let Some(first) = input.answer.remarks().first() {
        let many = input.answer.remarks().len();
        let words = if many == 1 { "1 remark".to_owned() } else { format!("{many} remarks") };
        let all = input.answer.remarks().iter().take(12).map(String::as_str).collect::<Vec<_>>().join("\n");
        small(ui, &words, palette.warning).on_hover_text(if many == 1 { first.clone() } else { all });
    }
}

/// Says that what is shown is not what the query panel asks for.
fn changed_ui(ui: &mut Ui, ready: bool, actions: &mut Vec<Action>) {
    let why = "Other players or stats are asked for in the query panel than those that are shown";
    small(ui, "The query changed since this fetch", theme::palette(ui).warning).on_hover_text(why);
    if ready && link_ui(ui, "Fetch now").on_hover_text("Reads all values anew (Ctrl+Enter)").clicked() {
        actions.push(Action::Fetch);
    }
}

fn figure_ui(ui: &mut Ui, many: usize, what: &str, dot: Color32, words: Color32) {
    let palette = theme::palette(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let (rect, _) = ui.allocate_exact_size(egui::vec2(8.0, 8.0), egui::Sense::hover());
        ui.painter().circle_filled(rect.center(), 3.5, dot);
        let mut job = egui::text::LayoutJob::default();
        let part = |color| egui::TextFormat::simple(theme::small(), color);
        job.append(&number(many), 0.0, part(if words == palette.error { words } else { palette.text }));
        job.append(&format!(" {what}"), 0.0, part(words));
        ui.label(job);
    });
}

fn selection_ui(ui: &mut Ui, selection: &SelectionSummary) {
    let summary = &selection.summary;
    let figures = [
        ("Max", summary.max.map(display::figure)),
        ("Min", summary.min.map(display::figure)),
        ("Mean", summary.mean.map(display::number)),
        ("Sum", summary.sum.map(display::figure)),
    ];
    for (name, figure) in figures {
        if let Some(figure) = figure {
            pair_ui(ui, name, &figure);
        }
    }
    pair_ui(ui, "Selected", &format!("{} × {}", selection.rows, selection.columns));
}

fn zoom_ui(ui: &mut Ui) {
    let percent = (ui.ctx().zoom_factor() * 100.0).round() as u32;
    if percent != 100 {
        let words = format!("Zoom {percent} %");
        let hint = "Back to 100 % (Ctrl+0). Ctrl+Plus and Ctrl+Minus change it";
        if link_ui(ui, &words).on_hover_text(hint).clicked() {
            ui.ctx().set_zoom_factor(1.0);
        }
    }
}

fn pair_ui(ui: &mut Ui, name: &str, value: &str) {
    let palette = theme::palette(ui);
    let mut job = egui::text::LayoutJob::default();
    job.append(name, 0.0, egui::TextFormat::simple(theme::small(), palette.muted));
    job.append(&format!(" {value}"), 0.0, egui::TextFormat::simple(theme::small(), palette.text));
    ui.label(job);
}

fn small(ui: &mut Ui, text: &str, color: Color32) -> egui::Response {
    ui.label(RichText::new(text).font(theme::small()).color(color))
}

fn link_ui(ui: &mut Ui, label: &str) -> egui::Response {
    widgets::link_button(ui, label)
}

fn number(many: usize) -> String {
    display::count(many)
}
