//! What the grid shows in place of a value.

use egui::{Align, Label, Layout, RichText, Role, Ui};

use super::section_line;
use crate::{
    analysis::{
        View,
        view::{Origin, Shown, Shows},
    },
    model::Cell,
    ui::{
        explore::Explore,
        theme::{self, palette},
        widgets::{
            elided,
            grid::{Look, words::NO_VALUE},
            muted_label, section_header, spoken,
        },
    },
};

const NAME_WIDTH: f32 = 104.0;
const LINE_HEIGHT: f32 = 22.0;
/// Room for a difference of seven digits.
const SHOWN_WIDTH: f32 = 72.0;

/// The place in the view of the values of a column of the table.
pub(super) fn place_of(view: &View, column: usize) -> Option<usize> {
    let is_it = |shows, origin| shows == Shows::Value && origin == Origin::Stat(column);
    view.columns().iter().position(|column| is_it(column.shows, column.origin))
}

/// The number that the grid shows in place of the one that a cell holds; nothing where it shows that
/// one itself.
pub(super) fn cell_ui(ui: &mut Ui, state: &Explore, row: u32, place: usize) {
    let (Some(view), Some(looks), Some(shown_as)) = (state.view(), state.looks(), state.shown_as()) else {
        return;
    };
    let Some(look) = looks.column(place) else { return };
    let shown = view.cell(row, place);
    if matches!(shown, Shown::Cell(_)) {
        return;
    }
    ui.add_space(4.0);
    muted_label(ui, &format!("In the grid: {shown_as}"));
    match shown {
        Shown::Nothing(why) => {
            ui.label(RichText::new("No value").color(palette(ui).text));
            muted_label(ui, &format!("{why}."));
        }
        Shown::Waiting => {
            muted_label(ui, "Being worked out");
        }
        shown => {
            let words = RichText::new(look.measured(shown)).font(theme::heading());
            ui.add(Label::new(words).selectable(true).wrap());
        }
    }
}

/// For each number of a player, what the grid shows in its place; nothing where it shows them
/// themselves.
pub(super) fn list_ui(ui: &mut Ui, state: &Explore, row: u32) {
    let (Some(view), Some(looks), Some(shown_as)) = (state.view(), state.looks(), state.shown_as()) else {
        return;
    };
    if row as usize >= view.table().rows().len() {
        return;
    }
    let lines: Vec<(&Look, Line)> = looks
        .columns()
        .iter()
        .enumerate()
        .filter_map(|(place, look)| Some((look, line(view, look, row, place)?)))
        .collect();
    if lines.is_empty() {
        return;
    }
    section_line(ui);
    section_header(ui, "In the grid", &shown_as);
    ui.add_space(2.0);
    for (look, line) in lines {
        line_ui(ui, &look.name, line);
    }
}

/// A number of a player.
struct Line {
    /// As sent, or as a formula gave it.
    own: String,
    is_derived: bool,
    /// As the grid shows it.
    shown: String,
    /// Why the grid shows none.
    why: Option<String>,
}

/// `None` for a cell that holds no number.
fn line(view: &View, look: &Look, row: u32, place: usize) -> Option<Line> {
    let column = &view.columns()[place];
    let number = view.own_numbers(place)[row as usize];
    if column.shows != Shows::Value || number.is_nan() {
        return None;
    }
    let own = match column.origin {
        Origin::Stat(at) => match view.table().cell(row as usize, at) {
            cell @ Cell::Value(_) => look.measured(Shown::Cell(cell)).into_owned(),
            _ => return None,
        },
        Origin::Derived(_) => look.own_number(number),
    };
    let (shown, why) = match view.cell(row, place) {
        Shown::Nothing(why) => (NO_VALUE.to_owned(), Some(format!("{why}."))),
        Shown::Waiting => ("…".to_owned(), Some("Being worked out.".to_owned())),
        shown => (look.measured(shown).into_owned(), None),
    };
    Some(Line { own, is_derived: look.is_derived, shown, why })
}

fn line_ui(ui: &mut Ui, name: &str, line: Line) {
    let colors = palette(ui);
    let response = ui
        .horizontal(|ui| {
            ui.set_min_height(LINE_HEIGHT);
            let job = egui::text::LayoutJob::simple_singleline(name.to_owned(), theme::body(), colors.muted);
            ui.label(elided(ui, job, NAME_WIDTH));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let shown = RichText::new(&line.shown);
                let shown = if line.why.is_some() { shown.color(colors.faint) } else { shown };
                let room = egui::vec2(SHOWN_WIDTH, LINE_HEIGHT);
                ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
                    ui.set_min_width(SHOWN_WIDTH);
                    ui.add(Label::new(shown).truncate());
                });
                ui.add(Label::new(RichText::new(&line.own).color(colors.muted)).truncate());
            });
        })
        .response;
    spoken(&response, |node| {
        node.set_role(Role::ListItem);
        let own = if line.is_derived { "as worked out" } else { "as sent" };
        node.set_label(format!("{name}, {} {own}, {} in the grid", line.own, line.shown));
    });
    if let Some(why) = line.why {
        response.on_hover_text(why);
    }
}
