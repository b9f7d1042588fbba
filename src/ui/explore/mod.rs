//! The Explore screen: the grid above, the chart below, linked with each other and the inspector.
//!
//! It shows the table of the last fetch in the order that the query asks for. It changes neither
//! table nor query and fetches nothing: what the user did comes back as [`ExploreAction`]s. What
//! is selected and where things are scrolled is kept in [`Explore`]. Start with [`explore_ui`].

mod actions;
mod chart;
mod copy;
mod digest;
mod empty;
mod find;
mod marks;
mod menu;
mod state;
mod toolbar;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Panel, Ui};

pub use actions::{ExploreAction, ExportFormat, FormulaStart, SelectionSummary};
pub(crate) use copy::CopyKind;
pub(crate) use digest::Reference;
pub(crate) use empty::remedy_ui;
pub use state::Explore;

pub use super::inspector::inspector_ui;
use super::{
    theme::{BAR_HEIGHT, palette},
    widgets::grid::{self, GridInput},
};
use crate::model::{Catalogue, ExchangeId, Query, StatDictionary, StatTable, UnixMillis};

/// What the screen shows.
#[derive(Clone, Copy, Debug)]
pub struct ExploreInput<'a> {
    /// The values.
    pub table: &'a Arc<StatTable>,
    /// Another number whenever anything in the table changed.
    pub revision: u64,
    /// What was asked for, and how to show it.
    pub query: &'a Query,
    /// Another number whenever anything in the query changed.
    pub query_revision: u64,
    /// The answer to the fetch before, for changes.
    pub before: Option<&'a Arc<StatTable>>,
    /// What stats are called and how they are written: the team's word, filled from the service's.
    pub dictionary: &'a Arc<StatDictionary>,
    /// Names of titles that the query does not name.
    pub catalogue: &'a Catalogue,
    /// When the fetch of the table began.
    pub fetched_at: Option<UnixMillis>,
    /// Whether values are still coming.
    pub fetching: bool,
    /// The request that the selected value came with, as far as it is known.
    pub request: Option<ExchangeId>,
}

/// The height of the screen from which there is room for a chart, in points.
const CHART_FROM_HEIGHT: f32 = 340.0;
const LEAST_GRID: f32 = 140.0;
const LEAST_CHART: f32 = 130.0;

/// Shows grid, chart and their toolbar in all the room that there is.
pub fn explore_ui(ui: &mut Ui, state: &mut Explore, input: &ExploreInput<'_>) -> Vec<ExploreAction> {
    let mut actions = Vec::new();
    state.refresh(ui.ctx(), input);
    actions.extend(state.copied(ui.ctx()));
    let colors = palette(ui);
    let frame = Frame::new().fill(colors.window);
    let bar = Frame::new().fill(colors.window).inner_margin(egui::Margin::symmetric(10, 0));
    Panel::top("explore-toolbar")
        .exact_size(BAR_HEIGHT)
        .resizable(false)
        .frame(bar)
        .show(ui, |ui| toolbar::toolbar_ui(ui, state, input, &mut actions));
    if let Some(nothing) = empty::reason(input) {
        CentralPanel::default().frame(frame).show(ui, |ui| empty::empty_ui(ui, &nothing, &mut actions));
        return actions;
    }
    let room = ui.available_height();
    let mut hovered = None;
    if room >= CHART_FROM_HEIGHT {
        let response = Panel::bottom("explore-chart")
            .resizable(true)
            .default_size(room * 0.4)
            .size_range(LEAST_CHART..=room - LEAST_GRID)
            .frame(frame)
            .show(ui, |ui| chart::chart_ui(ui, state, input, &mut actions));
        hovered = response.inner;
    }
    CentralPanel::default().frame(frame).show(ui, |ui| {
        empty::trouble_ui(ui, input, &mut actions);
        grid_part_ui(ui, state, input, &mut hovered, &mut actions);
    });
    if state.hovered != hovered {
        state.hovered = hovered;
        ui.ctx().request_repaint();
    }
    state.refresh_selected(ui.ctx(), input);
    actions
}

fn grid_part_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    hovered: &mut Option<u32>,
    actions: &mut Vec<ExploreAction>,
) {
    let view = &input.query.view;
    let digest = state.rows.digest();
    let shown = GridInput {
        table: input.table,
        order: &digest.order,
        query: input.query,
        catalogue: input.catalogue,
        sort: view.sort.first(),
        extents: if view.heat_map { &digest.extents } else { &[] },
        measures: &digest.measures,
        groups: &state.groups.1,
        hovered: *hovered,
    };
    let output = grid::grid_ui(ui, &mut state.grid, &shown);
    *hovered = hovered.or(output.hovered);
    actions.extend(output.sort.map(|request| ExploreAction::SetSort(request.0)));
    if let Some(headings) = output.copy {
        state.refresh_selected(ui.ctx(), input);
        let kind = if headings { CopyKind::WithHeadings } else { CopyKind::Values };
        actions.extend(state.copy(ui.ctx(), input, kind));
    }
    menu::cell_menu_ui(ui, state, input, output.menu, actions);
}
