//! The Explore screen: the grid above, the chart below, linked with each other and the inspector.
//!
//! It shows the table of the last fetch in the order that the query asks for. It changes neither
//! table nor query and fetches nothing: what the user did comes back as [`ExploreAction`]s. What
//! is selected and where things are scrolled is kept in [`Explore`]. Start with [`explore_ui`].

mod actions;
mod chart;
mod controls;
mod copy;
mod cover;
mod digest;
mod empty;
mod find;
mod marks;
mod menu;
mod picture;
mod state;
mod toolbar;

use std::sync::Arc;

use egui::{
    Align, CentralPanel, Frame, Layout, Panel, Popup, PopupAnchor, PopupCloseBehavior, SetOpenCommand, Ui,
};

pub(crate) use actions::Heading;
pub use actions::{ExploreAction, ExportFormat, FormulaStart, SelectionFigures, SelectionSummary};
pub(crate) use controls::{ordinal, reference, reference_with, values_chip_ui};
pub(crate) use copy::CopyKind;
pub(crate) use empty::remedy_ui;
pub(crate) use marks::About;
pub use state::Explore;
pub(crate) use state::Standing;

pub use super::inspector::inspector_ui;
use super::{
    formula::{EditorInput, formula_editor_ui},
    theme::{BAR_HEIGHT, palette},
    widgets::{
        grid::{self, GridInput, MenuRequest},
        link_button, muted_label,
    },
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
const CHART_PANEL: &str = "explore-chart";
const LEAST_GRID: f32 = 140.0;
const LEAST_CHART: f32 = 130.0;

/// Shows grid, chart and their toolbar in all the room that there is.
pub fn explore_ui(ui: &mut Ui, state: &mut Explore, input: &ExploreInput<'_>) -> Vec<ExploreAction> {
    let mut actions = Vec::new();
    state.cover.begin(ui.ctx());
    state.refresh(ui.ctx(), input);
    // While the view of a new table is being worked out, all that is on screen is of the old one.
    let table = state.view().map_or_else(|| input.table.clone(), |view| view.table().clone());
    let input = &ExploreInput { table: &table, ..*input };
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
    if state.is_chart_alone {
        let shown = CentralPanel::default().frame(frame).show(ui, |ui| {
            empty::trouble_ui(ui, input, &mut actions);
            chart::chart_ui(ui, state, input, &mut actions)
        });
        hovered = shown.inner;
    } else if room >= CHART_FROM_HEIGHT {
        state.chart_share.before(ui, CHART_PANEL, room);
        let response = Panel::bottom(CHART_PANEL)
            .resizable(true)
            .default_size(room * 0.4)
            .size_range(LEAST_CHART..=room - LEAST_GRID)
            .frame(frame)
            .show(ui, |ui| chart::chart_ui(ui, state, input, &mut actions));
        state.chart_share.after(room, response.response.rect.height());
        hovered = response.inner;
    } else {
        let no_chart = Panel::bottom("explore-no-chart").exact_size(BAR_HEIGHT).resizable(false);
        state.is_chart_alone = no_chart.frame(bar).show(ui, no_chart_ui).inner;
    }
    if !state.is_chart_alone {
        CentralPanel::default().frame(frame).show(ui, |ui| {
            empty::trouble_ui(ui, input, &mut actions);
            grid_part_ui(ui, state, input, &mut hovered, &mut actions);
        });
    }
    if state.hovered != hovered {
        state.hovered = hovered;
        ui.ctx().request_repaint();
    }
    state.refresh_selected(ui.ctx());
    formula_ui(ui, state, input, &mut actions);
    actions
}

/// What stands in place of a chart that there is no room for. Returns whether it is to have it all.
fn no_chart_ui(ui: &mut Ui) -> bool {
    let line = ui.horizontal_centered(|ui| {
        muted_label(ui, "There is no room for grid and chart.");
        link_button(ui, "Show the chart alone (M)").clicked()
    });
    line.inner
}

/// Shows the grid alone in all the room that there is.
pub fn values_ui(ui: &mut Ui, state: &mut Explore, input: &ExploreInput<'_>) -> Vec<ExploreAction> {
    let (mut actions, mut hovered) = (Vec::new(), None);
    state.refresh(ui.ctx(), input);
    grid_part_ui(ui, state, input, &mut hovered, &mut actions);
    state.hovered = hovered;
    actions
}

/// Shows the chart alone in all the room that there is.
pub fn chart_ui(ui: &mut Ui, state: &mut Explore, input: &ExploreInput<'_>) -> Vec<ExploreAction> {
    let mut actions = Vec::new();
    state.refresh(ui.ctx(), input);
    state.hovered = chart::chart_ui(ui, state, input, &mut actions);
    actions
}

/// The editor of formulas, opened by what the other parts asked for.
fn formula_ui(ui: &Ui, state: &mut Explore, input: &ExploreInput<'_>, actions: &mut Vec<ExploreAction>) {
    actions.retain(|action| match action {
        ExploreAction::EditFormula(start) => {
            state.formulas.open(start.clone());
            false
        }
        _ => true,
    });
    let mut editor = std::mem::take(&mut state.formulas);
    let shown = EditorInput {
        query: input.query,
        query_revision: input.query_revision,
        dictionary: input.dictionary,
        table: input.table,
        order: state.shown_rows(),
    };
    let changed = formula_editor_ui(ui.ctx(), &mut editor, &shown);
    state.formulas = editor;
    actions.extend(changed.map(|view| ExploreAction::SetView(Box::new(view))));
}

fn grid_part_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    hovered: &mut Option<u32>,
    actions: &mut Vec<ExploreAction>,
) {
    let Some(shown) = state.views.shown().cloned() else { return };
    let Explore { grid, views, finder, marks, cover, .. } = state;
    let output = {
        let mark = |row: u32, column: usize| marks.of(&shown.view, row, column);
        let explain = |row: u32, column: usize| marks.words(&shown.view, row, column);
        let shown = GridInput {
            view: &shown.view,
            version: views.version(),
            looks: &shown.looks,
            groups: state::groups_of(&shown.view, &input.query.groups),
            hovered: *hovered,
            hits: finder.hits(),
            hit: finder.current(),
            mark: &mark,
            explain: &explain,
            widening: grid.widening(),
        };
        cover.below(&ui.ctx().clone(), || grid::grid_ui(ui, grid, &shown))
    };
    *hovered = hovered.or(output.hovered);
    actions.extend(output.settings.map(ExploreAction::SetView));
    if output.inspect {
        actions.push(ExploreAction::Inspect);
    }
    if output.find {
        state.finder.open();
    }
    if let Some(headings) = output.copy {
        state.refresh_selected(ui.ctx());
        let kind = if headings { CopyKind::WithHeadings } else { CopyKind::Values };
        actions.extend(state.copy(ui.ctx(), input, kind));
    }
    let heading = output
        .heading_menu
        .map(|(column, request)| (column.map_or(Heading::Player, Heading::Column), request));
    heading_popup_ui(ui, state, input, heading, actions);
    menu::cell_menu_ui(ui, state, input, output.menu, actions);
}

/// The menu of a heading, where one is open.
fn heading_popup_ui(
    ui: &Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    asked: Option<(Heading, MenuRequest)>,
    actions: &mut Vec<ExploreAction>,
) {
    state.heading_menu = asked.or(state.heading_menu);
    let Some((heading, request)) = state.heading_menu else { return };
    let id = ui.scope_id().with("heading-menu");
    let shown = Popup::new(id, ui.ctx().clone(), PopupAnchor::Position(request.at), ui.layer_id())
        .kind(egui::PopupKind::Menu)
        .accessible_name("Column menu")
        .layout(Layout::top_down_justified(Align::Min))
        .style(egui::containers::menu::menu_style)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .open_memory(asked.map(|_| SetOpenCommand::Bool(true)))
        .show(|ui| {
            ui.set_min_width(220.0);
            menu::header_menu_ui(ui, state, input, heading, actions);
        });
    if shown.is_none() {
        state.heading_menu = None;
        if request.by_key {
            ui.memory_mut(|memory| memory.request_focus(grid::id(ui)));
        }
    }
}
