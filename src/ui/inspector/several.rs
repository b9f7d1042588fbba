use egui::{Align, Layout, RichText, Ui};

use crate::{
    analysis::display,
    model::Compare,
    ui::{
        explore::{Explore, ExploreAction, ExploreInput},
        theme::palette,
        widgets::{link_button, muted_label, section_header},
    },
};

/// What several cells come to.
pub(super) fn several_ui(
    ui: &mut Ui,
    state: &Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let (rows, columns) = (state.selected_players().len(), state.selected_columns().len());
    let count = |count: usize, one: &str, many: &str| {
        format!("{} {}", display::count(count), if count == 1 { one } else { many })
    };
    ui.add_space(8.0);
    let cells = rows * columns;
    let of = format!("{} × {}", count(rows, "player", "players"), count(columns, "stat", "stats"));
    section_header(ui, &count(cells, "cell", "cells"), &of);
    if (2..=Compare::MOST).contains(&rows) {
        ui.add_space(2.0);
        let compare = link_button(ui, &format!("Compare {}", count(rows, "player", "players")));
        if compare.on_hover_text("Side by side, on a screen of their own (Ctrl+M)").clicked() {
            actions.push(ExploreAction::CompareSelected);
        }
    }
    super::shown_as_ui(ui, state);
    let Some(selected) = state.selection_summary() else {
        muted_label(ui, "Summing up");
        return;
    };
    let summary = &selected.summary;
    let figures = [
        ("Sum", &selected.figures.sum),
        ("Mean", &selected.figures.mean),
        ("Least", &selected.figures.min),
        ("Greatest", &selected.figures.max),
    ];
    for (label, figure) in figures {
        if let Some(figure) = figure {
            line_ui(ui, label, figure);
        }
    }
    let counts = [
        ("Numbers", summary.numbers),
        ("Texts", summary.texts),
        ("No value", summary.no_value),
        ("Failed", summary.failed),
        ("Pending", summary.pending),
    ];
    for (label, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        line_ui(ui, label, &display::count(count));
    }
    if let [column] = state.selected_columns() {
        let key = input.table.columns()[*column].key();
        ui.add_space(4.0);
        muted_label(ui, &format!("{}, SCID {}", key.stat, key.scid.short()));
    }
}

fn line_ui(ui: &mut Ui, label: &str, figure: &str) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(label).color(palette(ui).muted));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(figure));
    });
}
