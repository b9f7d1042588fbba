//! What the next fetch costs, in plain words, and the button that starts it.

use egui::{RichText, Ui};

use super::QueryPanelInput;
use crate::{
    analysis::display::count,
    ui::{actions::Action, theme, widgets},
};

/// Players in one request to the service.
const PLAYERS_A_REQUEST: usize = 100;

/// Cost and button, from top to bottom.
pub(super) fn fetch_ui(ui: &mut Ui, input: &QueryPanelInput<'_>, actions: &mut Vec<Action>) {
    let muted = theme::palette(ui).muted;
    let small = |text: String| RichText::new(text).font(theme::small()).color(muted);
    if let Some(progress) = input.fetching {
        let words = format!(
            "{} of {} values · {} of {} requests",
            count(progress.cells_done),
            count(progress.cells_total),
            count(progress.requests_done),
            count(progress.requests_total),
        );
        let label = ui.label(small(words));
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_role(egui::Role::ProgressIndicator));
        if widgets::primary_button(ui, "Cancel", "Esc")
            .on_hover_text("Stop and keep what has arrived (Esc)")
            .clicked()
        {
            actions.push(Action::Cancel);
        }
        return;
    }
    let ready = input.query.ready();
    match ready {
        Ok(()) => {
            values_ui(ui, input, muted);
            ui.label(small(requests_words(input)));
        }
        Err(missing) => {
            ui.label(small(missing.to_string()));
        }
    }
    ui.add_space(4.0);
    ui.add_enabled_ui(ready.is_ok(), |ui| {
        let button = widgets::primary_button(ui, "Fetch", "Ctrl ↵");
        let button = button.on_hover_text("Read all values now (Ctrl+Enter or F5)");
        let why = ready.err().map(|missing| missing.to_string()).unwrap_or_default();
        if button.on_disabled_hover_text(why).clicked() {
            actions.push(Action::Fetch);
        }
    });
}

/// "24 players × 9 stats in 2 titles = 216 values", on two lines where one is too short.
fn values_ui(ui: &mut Ui, input: &QueryPanelInput<'_>, color: egui::Color32) {
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
}

fn requests_words(input: &QueryPanelInput<'_>) -> String {
    let requests = several(input.tally.players.div_ceil(PLAYERS_A_REQUEST), "request", "requests");
    match input.tally.names_to_find {
        0 => requests,
        1 => format!("{requests}, 1 name to look up"),
        many => format!("{requests}, up to {} names to look up", count(many)),
    }
}

fn chosen(input: &QueryPanelInput<'_>) -> (usize, usize) {
    let titles = input.query.titles.iter().filter(|title| !title.stats.is_empty());
    titles.fold((0, 0), |(stats, titles), title| (stats + title.stats.len(), titles + 1))
}

fn several(many: usize, one: &str, more: &str) -> String {
    format!("{} {}", count(many), if many == 1 { one } else { more })
}
