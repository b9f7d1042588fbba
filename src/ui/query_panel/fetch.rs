//! What the next fetch costs, in plain words, and the buttons that start and stop it.

use egui::{Align, Color32, Layout, Popup, Response, RichText, TextWrapMode, Ui, vec2};

use super::{
    QueryPanelInput,
    plan::{self, several},
};
use crate::{
    analysis::display::count,
    engine::{Ask, Pause},
    ui::{actions::Action, theme, theme::icon, waits::Waiting, widgets},
};

/// Players in one request to the service, where no plan is there yet.
const PLAYERS_A_REQUEST: usize = 100;
const MENU_WIDTH: f32 = 310.0;

/// Cost and buttons, from top to bottom.
pub(super) fn fetch_ui(ui: &mut Ui, input: &QueryPanelInput<'_>, actions: &mut Vec<Action>) {
    if input.fetching.is_some() {
        under_way_ui(ui, input, actions);
        return;
    }
    let ready = input.query.ready();
    match ready {
        Ok(()) => cost_ui(ui, input),
        Err(missing) => small_ui(ui, &missing.to_string(), theme::palette(ui).muted),
    }
    ui.add_space(4.0);
    let why = ready.err().map(|missing| missing.to_string()).unwrap_or_default();
    ui.add_enabled_ui(ready.is_ok(), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let width = ui.available_width() - 34.0 - 4.0;
            let button = ui
                .allocate_ui_with_layout(vec2(width, 34.0), Layout::left_to_right(Align::Center), |ui| {
                    widgets::primary_button(ui, "Fetch", "Ctrl ↵")
                })
                .inner
                .on_hover_text("Read all values now (Ctrl+Enter or F5)");
            if button.on_disabled_hover_text(&why).clicked() {
                actions.push(Action::Fetch);
            }
            let menu = widgets::square_button(ui, icon::CARET_DOWN, "More ways to fetch");
            let menu =
                menu.on_hover_text("Fetch only what is missing or failed").on_disabled_hover_text(&why);
            menu_ui(&menu, input, actions);
        });
    });
}

/// How far the fetch is, what it waits for, and the button that ends it.
fn under_way_ui(ui: &mut Ui, input: &QueryPanelInput<'_>, actions: &mut Vec<Action>) {
    let Some(progress) = input.fetching else { return };
    let palette = theme::palette(ui);
    let words = format!(
        "{} of {} values · {} of {} requests",
        count(progress.cells_done),
        count(progress.cells_total),
        count(progress.requests_done),
        count(progress.requests_total),
    );
    let label = ui.label(RichText::new(words).font(theme::small()).color(palette.muted));
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_role(egui::Role::ProgressIndicator));
    let waiting = input.waiting.filter(|_| !matches!(input.pause, Some(Pause::Token(_))));
    if let Some(waiting) = waiting {
        let words = RichText::new(sentence(&waiting.words(input.now))).font(theme::small());
        ui.label(words.color(palette.warning)).on_hover_text(format!("{}.", waiting.reason()));
    } else if let Some(pause) = input.pause {
        let words = match pause {
            Pause::Token(_) => "Waiting for a new token",
            Pause::Network(_) => "No connection",
        };
        small_ui(ui, words, palette.warning);
    }
    if matches!(input.pause, Some(Pause::Token(_))) {
        let hint = "Open the token panel (Ctrl+T)";
        if widgets::link_button(ui, "Give a new token").on_hover_text(hint).clicked() {
            actions.push(Action::OpenTokenPanel);
        }
    } else if waiting.is_some_and(Waiting::can_retry)
        && widgets::link_button(ui, "Retry now")
            .on_hover_text("Try again without waiting any longer")
            .clicked()
    {
        actions.push(Action::RetryNow);
    }
    ui.add_space(4.0);
    let stop = widgets::primary_button(ui, "Stop", "Esc");
    if stop.on_hover_text("Stop and keep what has arrived (Esc)").clicked() {
        actions.push(Action::Cancel);
    }
}

/// "24 players × 9 stats in 2 titles = 216 values", and below it what that takes.
fn cost_ui(ui: &mut Ui, input: &QueryPanelInput<'_>) {
    let color = theme::palette(ui).muted;
    let players = input.tally.players;
    let (stats, titles) = chosen(input);
    let asked = format!(
        "{} × {}{}",
        several(players, "player", "players"),
        several(stats, "stat", "stats"),
        if titles > 1 { format!(" in {} titles", count(titles)) } else { String::new() },
    );
    let values = format!("= {}", several(players.saturating_mul(stats), "value", "values"));
    let words = format!("{asked} {values}");
    let galley = ui.painter().layout_no_wrap(words.clone(), theme::small(), color);
    let is_short = galley.size().x <= ui.available_width();
    let shown = if is_short { words.clone() } else { format!("{asked}\n{values}") };
    let label = ui.label(RichText::new(shown).font(theme::small()).color(color));
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_value(words));
    for line in plan_lines(input) {
        small_ui(ui, &line, color);
    }
}

/// The plan; until it is there, what can be told without it.
fn plan_lines(input: &QueryPanelInput<'_>) -> Vec<String> {
    let traffic = input.traffic;
    if let Some(forecast) = traffic.forecasts.of(None) {
        return plan::lines(forecast, traffic.pace(), traffic.settings.requests_at_once);
    }
    let mut lines = vec![several(input.tally.players.div_ceil(PLAYERS_A_REQUEST), "request", "requests")];
    match input.tally.names_to_find {
        0 => {}
        1 => lines.push("1 name to look up".to_owned()),
        many => lines.push(format!("Up to {} names to look up", count(many))),
    }
    lines
}

/// The kinds of fetch, each with how many values it asks for.
fn menu_ui(button: &Response, input: &QueryPanelInput<'_>, actions: &mut Vec<Action>) {
    Popup::menu(button).align(egui::RectAlign::TOP_END).width(MENU_WIDTH).show(|ui| {
        ui.set_min_width(MENU_WIDTH);
        let kinds = [
            (None, "Fetch all", "Ctrl+Enter", "Reads all values anew", Action::Fetch),
            (
                Some(Ask::Missing),
                "Fetch missing",
                "Ctrl+Shift+Enter",
                "New players, new stats, and what failed or never came. What is known stays",
                Action::FetchSome(Ask::Missing),
            ),
            (
                Some(Ask::Failed),
                "Retry failed",
                "Shift+F5",
                "Reads what failed once more. What is known stays",
                Action::FetchSome(Ask::Failed),
            ),
        ];
        for (kind, label, key, hint, action) in kinds {
            if kind_ui(ui, label, key, hint, values(input, kind)) {
                actions.push(action);
                ui.close();
            }
        }
    });
}

/// How many values a fetch of this kind asks for, where that is known.
fn values(input: &QueryPanelInput<'_>, kind: Option<Ask>) -> Option<usize> {
    let forecast = input.traffic.forecasts.of(kind).map(|forecast| forecast.values);
    match kind {
        None => forecast.or_else(|| Some(input.tally.players.saturating_mul(chosen(input).0))),
        Some(Ask::Missing) => forecast,
        Some(Ask::Failed) => forecast.or(Some(input.failed)),
    }
}

fn kind_ui(ui: &mut Ui, label: &str, key: &str, hint: &str, values: Option<usize>) -> bool {
    let asked = match values {
        None => "",
        Some(0) => "nothing",
        Some(many) => &several(many, "value", "values"),
    };
    let words = RichText::new(asked).color(theme::palette(ui).muted);
    let button = egui::Button::new((label, words)).wrap_mode(TextWrapMode::Extend).shortcut_text(key);
    let response = ui.add_enabled(values != Some(0), button.min_size(vec2(ui.available_width(), 0.0)));
    let told = if asked.is_empty() { label.to_owned() } else { format!("{label}: {asked}") };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, values != Some(0), &told));
    response.on_hover_text(hint).clicked()
}

fn chosen(input: &QueryPanelInput<'_>) -> (usize, usize) {
    let titles = input.query.titles.iter().filter(|title| !title.stats.is_empty());
    titles.fold((0, 0), |(stats, titles), title| (stats + title.stats.len(), titles + 1))
}

fn small_ui(ui: &mut Ui, text: &str, color: Color32) {
    ui.label(RichText::new(text).font(theme::small()).color(color));
}

/// With a capital at its start.
fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
