//! A cell that was worked out by a formula.

use egui::{Label, RichText, Ui};

use super::{section_line, shown};
use crate::{
    analysis::{
        View,
        view::{Origin, Shown, Shows},
    },
    ui::{
        explore::{Explore, ExploreAction, FormulaStart},
        theme::{self, palette},
        widgets::{link_button, muted_label, section_header},
    },
};

/// The place in the view of the derived column that the keyboard is in.
fn place(state: &Explore, view: &View) -> Option<usize> {
    let (_, place) = state.cursor()?;
    let column = view.columns().get(place?)?;
    let is_derived = matches!(column.origin, Origin::Derived(_)) && column.shows == Shows::Value;
    is_derived.then_some(place?)
}

/// Whether the one cell that is selected is of a derived column.
pub(super) fn is_selected(state: &Explore) -> bool {
    state.view().is_some_and(|view| place(state, view).is_some()) && !state.selection().is_of_rows()
}

/// What a formula came to for a player, or why it came to nothing.
pub(super) fn derived_ui(ui: &mut Ui, state: &Explore, row: u32, actions: &mut Vec<ExploreAction>) {
    let Some(view) = state.view() else { return };
    let Some(place) = place(state, view) else { return };
    let name = view.columns()[place].field.name();
    let formula = view.input().settings.derived.iter().find(|column| column.name == name);
    section_line(ui);
    section_header(ui, &format!("ƒ {name}"), "Formula");
    let number = view.own_numbers(place)[row as usize];
    match view.cell(row, place) {
        Shown::Nothing(why) if number.is_nan() => {
            ui.label(RichText::new("No value").color(palette(ui).text));
            muted_label(ui, &format!("{why}."));
        }
        _ => {
            let look = state.looks().and_then(|looks| looks.column(place));
            let written = look.map(|look| look.own_number(number)).unwrap_or_default();
            ui.label(RichText::new(written).font(theme::heading()));
            muted_label(ui, &format!("{number}, worked out from other values"));
            shown::cell_ui(ui, state, row, place);
        }
    }
    let Some(formula) = formula else { return };
    ui.add(Label::new(RichText::new(&formula.formula).monospace()).selectable(true).wrap());
    if link_button(ui, "Change formula…").on_hover_text("See and change what it is worked out by").clicked()
    {
        actions.push(ExploreAction::EditFormula(FormulaStart::Change(name.to_owned())));
    }
}
