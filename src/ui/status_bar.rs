//! The bar at the bottom: what came back, when, and figures of the selection.

use egui::{Align, Color32, Layout, RichText, Ui, text::LayoutJob};

use super::{
    actions::Action,
    answer::Answer,
    clock::{self, LocalTime},
    explore::SelectionSummary,
    requests::Requests,
    screen::Screen,
    theme,
    waits::Waiting,
    widgets,
};
use crate::{
    analysis::display,
    engine::{Ask, Pause},
};

/// What the bar shows.
pub(crate) struct StatusInput<'a> {
    pub(crate) answer: &'a Answer,
    pub(crate) clock: &'a LocalTime,
    pub(crate) selection: Option<&'a SelectionSummary>,
    /// Whether the query can be fetched.
    pub(crate) ready: bool,
    /// Whether it asks for other players or stats than those that are shown.
    pub(crate) is_changed: bool,
    pub(crate) screen: Screen,
    pub(crate) requests: &'a Requests,
    /// Who is compared, and which direction is good.
    pub(crate) compared: Option<(&'a str, &'a str)>,
    /// What a fetch waits for.
    pub(crate) waiting: Option<&'a Waiting>,
    /// How many values "Fetch missing" would ask for, where that is known.
    pub(crate) missing: Option<usize>,
    /// What was done just now.
    pub(crate) said: Option<&'a str>,
}

/// The bar.
pub(crate) fn status_bar_ui(ui: &mut Ui, input: &StatusInput<'_>, actions: &mut Vec<Action>) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        match input.screen {
            Screen::Explore => answer_ui(ui, input, actions),
            Screen::Compare => compared_ui(ui, input, actions),
            Screen::Requests => requests_ui(ui, input, actions),
        }
        if let Some(words) = input.said {
            let words = RichText::new(words).font(theme::small()).color(theme::palette(ui).accent);
            let label = ui.add(egui::Label::new(words).truncate());
            widgets::spoken(&label, |node| node.set_live(egui::accesskit::Live::Polite));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            zoom_ui(ui);
            match (input.screen, input.selection) {
                (Screen::Explore, Some(selection)) => selection_ui(ui, selection),
                (Screen::Explore, None) => {}
                (Screen::Compare, _) => directions_ui(ui, input),
                (Screen::Requests, _) => kept_ui(ui),
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
        under_way_ui(ui, input, actions);
        return;
    }
    let failed_hint = "Reads what failed once more. What is known stays (Shift+F5)";
    if counts.failed > 0 && input.ready && link_ui(ui, "Retry failed").on_hover_text(failed_hint).clicked() {
        actions.push(Action::FetchSome(Ask::Failed));
    }
    if input.is_changed {
        changed_ui(ui, input, actions);
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

/// Who and what is compared, and what is waited for.
fn compared_ui(ui: &mut Ui, input: &StatusInput<'_>, actions: &mut Vec<Action>) {
    let Some((what, _)) = input.compared else { return answer_ui(ui, input, actions) };
    small(ui, what, theme::palette(ui).muted);
    if input.answer.fetching().is_some() {
        under_way_ui(ui, input, actions);
    } else if input.is_changed {
        changed_ui(ui, input, actions);
    }
}

/// Which direction is good.
fn directions_ui(ui: &mut Ui, input: &StatusInput<'_>) {
    if let Some((_, better)) = input.compared {
        let words = RichText::new(better).font(theme::small()).color(theme::palette(ui).muted);
        ui.add(egui::Label::new(words).truncate());
    }
}

/// What went over the wire, and what is waited for.
fn requests_ui(ui: &mut Ui, input: &StatusInput<'_>, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let words =
        if input.requests.is_empty() { "No requests yet".to_owned() } else { input.requests.status_line() };
    small(ui, &words, palette.muted);
    if input.answer.fetching().is_some() {
        under_way_ui(ui, input, actions);
    }
}

fn kept_ui(ui: &mut Ui) {
    let hint = "Older requests are forgotten first, and large answers before that";
    small(ui, &Requests::room(), theme::palette(ui).muted).on_hover_text(hint);
}

/// What the fetch under way waits for, and how to end the wait or the fetch.
fn under_way_ui(ui: &mut Ui, input: &StatusInput<'_>, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    // In front of what changes its width: it must not slip away from under the pointer.
    if link_ui(ui, "Stop").on_hover_text("Stop and keep what has arrived (Esc)").clicked() {
        actions.push(Action::Cancel);
    }
    let waiting = input.waiting.filter(|_| !matches!(input.answer.pause(), Some(Pause::Token(_))));
    if let Some(waiting) = waiting {
        let words = waiting.words(input.clock.now());
        small(ui, &words, palette.warning).on_hover_text(format!("{}.", waiting.reason()));
        let hint = "Try again without waiting any longer";
        if waiting.can_retry() && link_ui(ui, "Retry now").on_hover_text(hint).clicked() {
            actions.push(Action::RetryNow);
        }
    } else if let Some(pause) = input.answer.pause() {
        let words = match pause {
            Pause::Token(_) => "waiting for a new token",
            Pause::Network(_) => "no connection",
        };
        small(ui, words, palette.warning);
    }
}

/// Says that what is shown is not what the query panel asks for.
fn changed_ui(ui: &mut Ui, input: &StatusInput<'_>, actions: &mut Vec<Action>) {
    let why = "Other players or stats are asked for in the query panel than those that are shown";
    small(ui, "The query changed since this fetch", theme::palette(ui).warning).on_hover_text(why);
    let asks = match input.missing {
        Some(0) => "Asks for nothing: all of it is known".to_owned(),
        Some(1) => "Asks for 1 value; what is known stays".to_owned(),
        Some(many) => format!("Asks for {} values; what is known stays", number(many)),
        None => "Asks for what is not known yet; what is known stays".to_owned(),
    };
    let hint = format!("{asks} (Ctrl+Shift+Enter)");
    if input.ready && link_ui(ui, "Fetch missing").on_hover_text(hint).clicked() {
        actions.push(Action::FetchSome(Ask::Missing));
    }
}

fn figure_ui(ui: &mut Ui, many: usize, what: &str, dot: Color32, words: Color32) {
    let palette = theme::palette(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let (rect, _) = ui.allocate_exact_size(egui::vec2(8.0, 8.0), egui::Sense::hover());
        ui.painter().circle_filled(rect.center(), 3.5, dot);
        let mut job = LayoutJob::default();
        let part = |color| egui::TextFormat::simple(theme::small(), color);
        job.append(&number(many), 0.0, part(if words == palette.error { words } else { palette.text }));
        job.append(&format!(" {what}"), 0.0, part(words));
        ui.label(job);
    });
}

/// The figures of the selection, as many as there is room for: the first matter most.
fn selection_ui(ui: &mut Ui, selection: &SelectionSummary) {
    let selected = format!("{} × {}", number(selection.rows), number(selection.columns));
    let figures = &selection.figures;
    let figures = [
        ("Selected", Some(&selected)),
        ("Sum", figures.sum.as_ref()),
        ("Mean", figures.mean.as_ref()),
        ("Min", figures.min.as_ref()),
        ("Max", figures.max.as_ref()),
    ];
    let mut room = ui.available_width();
    let mut shown = Vec::new();
    for (name, figure) in figures.into_iter().filter_map(|(name, figure)| Some((name, figure?))) {
        let job = pair(ui, name, figure);
        room -= ui.painter().layout_job(job.clone()).size().x + ui.spacing().item_spacing.x;
        if room < 0.0 {
            break;
        }
        shown.push(job);
    }
    for job in shown.into_iter().rev() {
        ui.label(job);
    }
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

fn pair(ui: &Ui, name: &str, value: &str) -> LayoutJob {
    let palette = theme::palette(ui);
    let mut job = LayoutJob::default();
    job.append(name, 0.0, egui::TextFormat::simple(theme::small(), palette.muted));
    job.append(&format!(" {value}"), 0.0, egui::TextFormat::simple(theme::small(), palette.text));
    job
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
