//! The whole table in figures.

use egui::{Align, Label, Layout, RichText, Role, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use super::section_line;
use crate::{
    analysis::display,
    model::Statistic,
    ui::{
        explore::{Explore, ExploreInput},
        theme::{self, palette},
        widgets::{muted_label, section_header, spoken},
    },
};

const LINE_HEIGHT: f32 = 22.0;
/// Room for a median of nine digits, and for a count of six.
const MEDIAN_WIDTH: f32 = 84.0;
const COUNT_WIDTH: f32 = 52.0;

/// A line of the overview.
enum Line {
    Title(String),
    Stat { name: String, median: String, values: String },
}

/// The whole table, while nothing in it is selected: by stat the median, and how many have one.
pub(super) fn overview_ui(ui: &mut Ui, state: &Explore, input: &ExploreInput<'_>) {
    ui.add_space(8.0);
    let columns = input.table.columns();
    if columns.is_empty() || input.table.rows().is_empty() {
        section_header(ui, "Inspector", "");
        muted_label(ui, "What is known of a player or a value shows here.");
        return;
    }
    let players = state.shown_rows().len();
    section_header(ui, &counted(players, "player", "players"), &counted(columns.len(), "stat", "stats"));
    super::shown_as_ui(ui, state);
    ui.add_space(2.0);
    table_ui(ui, &lines(state));
    section_line(ui);
    muted_label(
        ui,
        "Click a value or a player to see all that is known of it. Shift and arrows select several.",
    );
}

fn lines(state: &Explore) -> Vec<Line> {
    let mut lines = Vec::new();
    let (Some(view), Some(looks)) = (state.view(), state.looks()) else { return lines };
    for run in looks.titles() {
        lines.push(Line::Title(run.name.clone()));
        for place in run.columns.clone() {
            let (Some(look), Some(totals)) = (looks.column(place), view.totals(place)) else { continue };
            let summary = &totals.totals.summary;
            let median = match totals.totals.statistic(Statistic::Median) {
                Some(median) => look.total(Statistic::Median, median),
                None if summary.texts > 0 => "text".to_owned(),
                None => "none".to_owned(),
            };
            let values = display::count(summary.values());
            lines.push(Line::Stat { name: look.name.clone(), median, values });
        }
    }
    lines
}

fn table_ui(ui: &mut Ui, lines: &[Line]) {
    let colors = palette(ui);
    ui.spacing_mut().item_spacing.x = 4.0;
    TableBuilder::new(ui)
        .vscroll(false)
        .cell_layout(Layout::right_to_left(Align::Center))
        .column(Column::remainder().clip(true))
        .column(Column::exact(MEDIAN_WIDTH).clip(true))
        .column(Column::exact(COUNT_WIDTH).clip(true))
        .header(LINE_HEIGHT, |mut row| {
            let cells = ["Stat", "Median", "Values"].map(|text| RichText::new(text).color(colors.faint));
            cells_ui(&mut row, cells);
        })
        .body(|body| {
            body.rows(LINE_HEIGHT, lines.len(), |mut row| match &lines[row.index()] {
                Line::Title(name) => {
                    let name = RichText::new(name).font(theme::semibold());
                    cells_ui(&mut row, [name, RichText::default(), RichText::default()]);
                }
                Line::Stat { name, median, values } => {
                    let cells = [
                        RichText::new(name).color(colors.muted),
                        RichText::new(median).color(colors.text),
                        RichText::new(values).color(colors.muted),
                    ];
                    cells_ui(&mut row, cells);
                    spoken(&row.response(), |node| {
                        node.set_role(Role::ListItem);
                        node.set_label(format!("{name}, median {median}, {values} with a value"));
                    });
                }
            });
        });
}

/// The first at the left, the others at the right; what has no room ends in "…".
fn cells_ui(row: &mut TableRow<'_, '_>, [first, second, third]: [RichText; 3]) {
    row.col(|ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(first).truncate()));
    });
    for text in [second, third] {
        row.col(|ui| {
            ui.add(Label::new(text).truncate());
        });
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", display::count(count), if count == 1 { one } else { many })
}
