//! Draws the window: bars and panels around the screen.

use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Key, Margin, Modifiers, Panel, Popup, Ui};

use super::{
    actions::Action,
    answer::Answer,
    app::App,
    compare::{CompareAction, compare_ui},
    dictionary::{DictionaryInput, dictionary_panel_ui},
    document::Document,
    explore::{ExploreAction, ExploreInput, explore_ui},
    faults_panel::{FaultsInput, faults_panel_ui},
    file_popup::file_popup_ui,
    inspector, keys,
    origin::Sought,
    picture::picture_panel_ui,
    query_panel,
    query_panel::{QueryPanelInput, query_panel_ui},
    requests::{RequestsAction, RequestsInput, request_inspector_ui, requests_ui},
    roster::Made,
    screen::Screen,
    status_bar::{StatusInput, status_bar_ui},
    theme,
    token_panel::{TokenPanelInput, token_panel_ui},
    top_bar::{Anchors, TopBarInput, top_bar_ui},
};
use crate::{
    engine::Ask,
    model::{Catalogue, StatDictionary},
};

/// Width from which there is room for the inspector beside the grid, in points.
const LEAST_GRID_AND_INSPECTOR: f32 = 640.0;

/// How much of the window's width a request takes that is looked at, at first.
const REQUEST_INSPECTOR_SHARE: f32 = 0.35;
/// How much of it a request may take, and its least width in points.
const MOST_OF_WIDTH: f32 = 0.5;
const LEAST_REQUEST_INSPECTOR: f32 = 240.0;

impl App {
    /// Draws one frame and does what was asked for in it.
    pub fn ui(&mut self, ui: &mut Ui) {
        let state = self.key_state();
        let esc_is_free = keys::esc_is_free(ui.ctx(), state);
        if self.is_popup_open() || Popup::is_any_open(ui.ctx()) {
            self.explore.note_popup();
        }
        let mut actions = keys::pressed(ui.ctx(), state);
        actions.extend(keys::stray_paste(ui.ctx(), self.screen));
        self.take_dropped(ui.ctx());
        self.join_list(ui.ctx());
        self.bars_ui(ui, &mut actions);
        let (mut of_values, mut of_compare, mut of_requests) = (Vec::new(), Vec::new(), Vec::new());
        match self.screen {
            Screen::Explore => {
                if !self.panels.folding.query {
                    self.query_ui(ui, &mut actions);
                }
                of_values = self.explore_ui(ui);
                // Grid and chart take it where it has more to leave.
                if esc_is_free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
                    self.explore.clear_selection();
                    ui.ctx().request_repaint();
                }
            }
            Screen::Compare => of_compare = self.compare_ui(ui),
            Screen::Requests => of_requests = self.requests_ui(ui),
        }
        for action in actions {
            self.act(action);
        }
        for action in of_values {
            self.act_on_explore(action);
        }
        for action in of_compare {
            self.act_on_compare(action);
        }
        for action in of_requests {
            self.act_on_requests(action);
        }
    }

    fn key_state(&self) -> keys::KeyState {
        keys::KeyState {
            fetching: self.answer.fetching().is_some(),
            can_fetch: self.document.query().ready().is_ok() || !self.panels.query.players.text.is_empty(),
            light: self.light,
            popup_open: self.is_popup_open() || self.panels.dictionary.is_open(),
            box_filled: !self.panels.query.players.text.is_empty(),
        }
    }

    /// Whether a popup of the window is open that a click beside it closes.
    fn is_popup_open(&self) -> bool {
        self.panels.token.open
            || self.panels.faults.open
            || self.panels.file.is_some()
            || self.panels.picture.is_open()
    }

    /// Joins the list with the table, before anything shows what came of it.
    fn join_list(&mut self, ctx: &Context) {
        let made = Made {
            list: self.document.revision(),
            rows: self.answer.rows_revision(),
            answer: self.answer.revision(),
        };
        let fetching = self.answer.fetching().is_some();
        self.roster.update(ctx, self.document.shared(), self.answer.table(), made, fetching);
    }

    fn bars_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let panel = theme::palette(ui).panel;
        let bar = Frame::new().fill(panel).inner_margin(Margin::symmetric(12, 0));
        let anchors = Panel::top("top bar")
            .exact_size(theme::TOP_BAR_HEIGHT)
            .frame(bar)
            .show(ui, |ui| self.top_bar_ui(ui, actions))
            .inner;
        self.popups_ui(ui, &anchors, actions);
        Panel::bottom("status bar").exact_size(theme::STATUS_HEIGHT).frame(bar).show(ui, |ui| {
            let waiting = self.traffic.waiting();
            let said = self.said.now(ui.ctx());
            let input = StatusInput {
                answer: &self.answer,
                clock: &self.clock,
                selection: self.explore.selection_summary(),
                ready: self.document.query().ready().is_ok(),
                is_changed: self.roster.tally().is_changed,
                screen: self.screen,
                requests: &self.requests,
                compared: self.compare.status(),
                waiting: waiting.as_ref(),
                missing: self.traffic.forecasts.of(Some(Ask::Missing)).map(|forecast| forecast.values),
                said,
            };
            status_bar_ui(ui, &input, actions);
        });
        if !self.notices.is_empty() {
            let frame = bar.inner_margin(Margin::symmetric(12, 4));
            Panel::bottom("notices").frame(frame).show(ui, |ui| actions.extend(self.notices.notices_ui(ui)));
        }
    }

    fn top_bar_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) -> Anchors {
        let waiting = self.traffic.waiting();
        let input = TopBarInput {
            document: &self.document,
            token: &self.token,
            service: self.services.choice(),
            clock: &self.clock,
            light: self.light,
            folding: self.panels.folding,
            screen: self.screen,
            requests: self.requests.len(),
            budgets: self.traffic.budgets(),
            waiting: waiting.as_ref(),
        };
        top_bar_ui(ui, &mut self.panels.query_menu, &input, actions)
    }

    fn popups_ui(&mut self, ui: &Ui, anchors: &Anchors, actions: &mut Vec<Action>) {
        let was_open = self.panels.token.open;
        let input = TokenPanelInput {
            token: &self.token,
            service: self.services.choice(),
            service_version: self.service_version,
            clock: &self.clock,
            settings: self.traffic.settings,
            selected_players: self.panels.query.players.selected(self.document.query().players.len()).len(),
        };
        token_panel_ui(&anchors.profile, &mut self.panels.token, &input, actions);
        if was_open && anchors.profile.clicked() {
            // The click outside the panel has closed it already; the button would open it again.
            actions.retain(|action| !matches!(action, Action::ToggleTokenPanel));
        }
        let input = FaultsInput { faults: self.services.faults(), limits: self.services.limits() };
        faults_panel_ui(&anchors.profile, &mut self.panels.faults, &input, actions);
        file_popup_ui(&anchors.query, &mut self.panels.file, actions);
        picture_panel_ui(ui.ctx(), &mut self.panels.picture, actions);
        let input = DictionaryInput {
            dictionary: &self.dictionary,
            team: self.document.team(),
            query: self.document.query(),
            catalogue: &self.catalogue,
            table: self.answer.table(),
        };
        dictionary_panel_ui(ui.ctx(), &mut self.panels.dictionary, &input, actions);
    }

    fn query_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let query = self.document.query();
        let table = self.answer.table();
        let fetching = self.answer.fetching().map(|_| self.answer.progress());
        let waiting = self.traffic.waiting();
        let input = QueryPanelInput {
            query,
            query_revision: self.document.revision(),
            catalogue: &self.catalogue,
            catalogue_revision: self.catalogue_revision,
            dictionary: self.dictionary.shown(),
            table,
            roster: &self.roster,
            tally: self.roster.tally(),
            fetching,
            pause: self.answer.pause(),
            waiting: waiting.as_ref(),
            now: self.clock.now(),
            traffic: &self.traffic,
            failed: self.answer.counts().failed,
            selected_rows: self.explore.selected_players(),
        };
        let panel = theme::palette(ui).panel;
        Panel::left(query_panel::PANEL)
            .resizable(true)
            .default_size(270.0)
            .size_range(220.0..=480.0)
            .frame(Frame::new().fill(panel))
            .show(ui, |ui| query_panel_ui(ui, &mut self.panels.query, &input, actions));
    }

    /// The one selected value, where its request is not known and has to be looked for: a name that was
    /// not found, a value that an earlier fetch brought.
    fn sought(&self) -> Option<Sought> {
        let table = self.answer.table();
        let (row, column) = self.explore.selected_cell()?;
        // While requests come and go, the search would begin anew with each.
        if self.answer.fetching().is_some() || self.answer.exchange_of(row, column).is_some() {
            return None;
        }
        let (row, column) = (table.rows().get(row)?, table.columns().get(column)?);
        Some(match row.player() {
            Some(player) => Sought::Stats(player.xuid, column.key().scid.clone()),
            None => Sought::LookUp(row.asked.to_string()),
        })
    }

    fn explore_ui(&mut self, ui: &mut Ui) -> Vec<ExploreAction> {
        self.origin.seek(ui.ctx(), self.sought(), self.requests.revision(), self.requests.all());
        let from_fetch =
            self.explore.selected_cell().and_then(|(row, column)| self.answer.exchange_of(row, column));
        let input = ExploreInput {
            request: from_fetch.or_else(|| self.origin.request()),
            ..values(&self.answer, &self.document, self.dictionary.shown(), &self.catalogue)
        };
        let palette = theme::palette(ui);
        let mut asked = Vec::new();
        // In a window too narrow for both, the grid is what matters.
        let is_wide = ui.available_width() >= LEAST_GRID_AND_INSPECTOR;
        if is_wide && !self.panels.folding.inspector {
            asked = Panel::right("inspector")
                .resizable(true)
                .default_size(270.0)
                .size_range(200.0..=480.0)
                .frame(Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(12, 10)))
                .show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    inspector::inspector_ui(ui, &self.explore, &input)
                })
                .inner;
        }
        let screen = CentralPanel::default()
            .frame(Frame::new().fill(palette.window))
            .show(ui, |ui| explore_ui(ui, &mut self.explore, &input))
            .inner;
        asked.extend(screen);
        asked
    }

    fn compare_ui(&mut self, ui: &mut Ui) -> Vec<CompareAction> {
        let input = values(&self.answer, &self.document, self.dictionary.shown(), &self.catalogue);
        let folded = self.panels.folding.inspector;
        compare_ui(ui, &mut self.compare, &mut self.explore, &input, folded)
    }

    fn requests_ui(&mut self, ui: &mut Ui) -> Vec<RequestsAction> {
        let input = RequestsInput {
            budgets: self.traffic.budgets(),
            clock: &self.clock,
            has_choice: self.services.on_sample(),
        };
        let palette = theme::palette(ui);
        let mut asked = Vec::new();
        let room = ui.available_width();
        if room >= LEAST_GRID_AND_INSPECTOR && !self.panels.folding.inspector {
            asked = Panel::right("request inspector")
                .resizable(true)
                .default_size((room * REQUEST_INSPECTOR_SHARE).round())
                .size_range(LEAST_REQUEST_INSPECTOR..=room * MOST_OF_WIDTH)
                .frame(Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(12, 10)))
                .show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    request_inspector_ui(ui, &mut self.requests, &input)
                })
                .inner;
        }
        let screen = CentralPanel::default()
            .frame(Frame::new().fill(palette.window))
            .show(ui, |ui| requests_ui(ui, &mut self.requests, &input))
            .inner;
        asked.extend(screen);
        asked
    }
}

/// The values, as the screens that show them take them.
fn values<'a>(
    answer: &'a Answer,
    document: &'a Document,
    dictionary: &'a Arc<StatDictionary>,
    catalogue: &'a Catalogue,
) -> ExploreInput<'a> {
    ExploreInput {
        table: answer.table(),
        revision: answer.revision(),
        query: document.query(),
        query_revision: document.revision(),
        before: answer.before(),
        dictionary,
        catalogue,
        fetched_at: answer.fetched_at(),
        fetching: answer.fetching().is_some(),
        request: None,
    }
}
