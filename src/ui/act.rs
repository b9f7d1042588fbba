//! Does what the panels ask for: the one place where [`Action`]s change the window's state.

use std::path::{Path, PathBuf};

use egui::Context;

use super::{
    actions::{Action, LONG_LIST},
    app::App,
    document::{self, Changed, PutAway},
    explore::{ExploreAction, ExportFormat},
    file_jobs::{self, ExportRows},
    file_name::file_name,
    file_popup::{FilePopup, Purpose},
    folding::Folding,
    notices::{Notice, Subject, Tone},
    options::Theme,
    picture::PictureAction,
    player_groups, query_panel,
    screen::Screen,
    spot::Spot,
    theme,
};
use crate::{
    analysis::display::count,
    engine::Command,
    formats::player_list::{self, Split},
    model::{Chart, KnownTitle, PlayerRef, Query, ViewSettings},
};

/// Bytes of pasted text beyond which it is taken apart by a worker.
const LONG_TEXT: usize = 64 * 1024;

impl App {
    /// Does one thing.
    pub(super) fn act(&mut self, action: Action) {
        match action {
            Action::AddPlayers(text) => self.add_players(text),
            Action::SetPlayer(place, entry) => self.edit(|query| {
                if let Some(player) = query.players.get_mut(place) {
                    *player = entry;
                }
            }),
            Action::RemovePlayers(places) => self.remove_players(&places),
            Action::ClearPlayers => {
                let all: Vec<usize> = (0..self.document.query().players.len()).collect();
                self.remove_players(&all);
            }
            Action::ShowPlayer(line) => {
                if let Some(row) = self.roster.row(line) {
                    self.explore.select_player(row);
                }
            }
            Action::AddToGroup(name, places) => {
                let players = self.players_at(&places);
                self.edit(|query| player_groups::add_to_group(query, &name, players));
            }
            Action::TakeFromGroups(group, places) => {
                let players = self.players_at(&places);
                self.edit(|query| player_groups::take_from_groups(query, group, &players));
            }
            Action::CombineGroups(name, [first, second], how) => self.edit(|query| {
                if let (Some(first), Some(second)) = (query.groups.get(first), query.groups.get(second)) {
                    let players = player_groups::combined(first, how, second);
                    player_groups::add_to_group(query, &name, players);
                }
            }),
            Action::RenameGroup(place, name) => {
                self.edit(|query| player_groups::rename_group(query, place, name.trim()));
            }
            Action::SetGroupLook(place, look) => {
                self.edit(|query| player_groups::set_look(query, place, look));
            }
            Action::RemoveGroup(place) => self.edit(|query| player_groups::remove_group(query, place)),
            Action::AddTitle(title) => self.add_title(&title),
            Action::Tick(scid, stats, on) => {
                let known = self.known_title(&scid);
                self.edit(|query| document::tick(query, &known, &stats, on));
            }
            Action::RenameTitle(scid, name) => {
                let renamed = KnownTitle { name: name.clone(), stats: Vec::new(), ..self.known_title(&scid) };
                self.learn(renamed);
                self.edit(|query| {
                    if let Some(title) = query.titles.iter_mut().find(|title| title.scid == scid) {
                        title.name = name;
                    }
                });
            }
            Action::ForgetTitle(scid) => {
                self.catalogue.forget(&scid);
                self.catalogue_changed();
                self.edit(|query| document::remove_title(query, &scid));
            }
            Action::Fetch => self.fetch(None),
            Action::FetchSome(ask) => self.fetch(Some(ask)),
            Action::Cancel => self.stop_fetch(),
            Action::RetryNow => self.engine.send(Command::RetryNow),
            Action::SetSettings(settings) => self.set_settings(settings),
            Action::ShowScreen(screen) => {
                self.show_screen(screen);
                self.drafts.touch();
            }
            Action::FillQuery(text) => self.read_request(text),
            Action::SetView(view) => self.set_view(*view),
            Action::Undo => {
                let changed = self.document.undo();
                self.stepped(changed);
            }
            Action::Redo => {
                let changed = self.document.redo();
                self.stepped(changed);
            }
            Action::UndoTo(mark) => {
                let changed = self.document.undo_to(mark);
                self.stepped(changed);
            }
            Action::SetChart(chart) => self.edit(|query| set_chart(query, *chart)),
            Action::SetCompare(compare) => self.edit(|query| query.compare = *compare),
            Action::CompareSelected => self.compare_selected(),
            Action::Copy(text) => self.context.copy_text(text),
            Action::Picture(action) => self.act_on_picture(action),
            Action::DraftChanged => self.drafts.touch(),
            Action::SetTheme(theme) => {
                self.light = theme == Theme::Light;
                theme::set_light(&self.context, self.light);
                self.drafts.touch();
            }
            Action::FoldQuery => self.fold(|folding| folding.query = !folding.query),
            Action::FoldInspector => self.fold(|folding| folding.inspector = !folding.inspector),
            Action::PlaySession => self.play_session(),
            other => self.act_on_file(other),
        }
    }

    /// Does what concerns the query's file.
    fn act_on_file(&mut self, action: Action) {
        match action {
            Action::NewQuery => {
                let former = self.put_query(Query::default());
                self.offer_back(&former, "A new query.");
                self.context.memory_mut(|memory| memory.request_focus(query_panel::box_id()));
            }
            Action::Duplicate => {
                let former = self.document.duplicate();
                self.drafts.touch();
                self.offer_back(&former, "This is a copy now.");
            }
            Action::RenameQuery(name) => self.edit(|query| query.name = name),
            Action::AskOpen => self.ask_file(Purpose::Open, Path::new("")),
            Action::AskSaveAs => {
                let proposed = self.proposed("toml");
                self.ask_file(Purpose::SaveAs, &proposed);
            }
            Action::AskExport(format) => {
                let proposed = self.proposed(file_jobs::extension(format));
                self.ask_file(Purpose::Export(format), &proposed);
            }
            Action::Browse => self.browse(),
            Action::Open(file) => self.jobs.open(file),
            Action::Save => match self.document.file().map(ToOwned::to_owned) {
                Some(file) => self.save(file),
                None => self.act(Action::AskSaveAs),
            },
            Action::SaveAs(file) => {
                let file = if file.extension().is_none() { file.with_extension("toml") } else { file };
                self.save(file);
            }
            Action::Export(format, file) => self.export(format, file),
            Action::OpenDictionary(stat) => self.open_dictionary(stat),
            Action::Describe(key, entry) => self.describe(key, *entry),
            Action::AskDictionary => self.ask_file(Purpose::Dictionary, Path::new("")),
            Action::UseDictionary(file) => self.use_dictionary(file),
            Action::ReadDictionary => self.read_dictionary(),
            Action::OpenDictionaryFolder => self.open_dictionary_folder(),
            Action::SaveHar(exchanges, file) => self.save_har(exchanges, file),
            other => self.act_on_service(other),
        }
    }

    /// Does what concerns service and token.
    fn act_on_service(&mut self, action: Action) {
        match action {
            Action::ToggleTokenPanel if self.panels.token.open => self.panels.token.open = false,
            Action::OpenTokenPanel | Action::ToggleTokenPanel => self.panels.token.show(),
            Action::UseToken(pasted, keep) => self.engine.send(Command::UseToken { pasted, keep }),
            Action::ForgetToken => self.engine.send(Command::ForgetToken),
            Action::ReloadToken => self.engine.send(Command::ReloadToken),
            Action::SetServiceVersion(version) => {
                self.service_version = version;
                self.engine.send(Command::SetServiceVersion(version));
            }
            Action::UseService(choice) => self.use_service(choice),
            Action::ToggleFaults => {
                self.panels.faults.open = !self.panels.faults.open && self.services.on_sample();
                self.panels.token.open = false;
            }
            Action::SetFaults(faults) => self.set_faults(faults),
            Action::SetSampleLimits(limits) => self.set_sample_limits(limits),
            Action::FastForward => self.fast_forward(),
            // What is left was done by `act` and `act_on_file`.
            _ => {}
        }
    }

    /// Does what the Explore screen asks for.
    pub(super) fn act_on_explore(&mut self, action: ExploreAction) {
        match action {
            ExploreAction::SetView(view) => self.act(Action::SetView(view)),
            ExploreAction::AddToGroup(name, players) => {
                if let Some(words) = player_groups::made(&self.document.query().groups, &name, &players) {
                    self.said.say(words);
                }
                self.edit(|query| player_groups::add_to_group(query, &name, players));
            }
            ExploreAction::TakeFromGroup(place, players) => {
                self.edit(|query| player_groups::take_from_groups(query, Some(place), &players));
            }
            ExploreAction::DescribeStat(key) => self.act(Action::OpenDictionary(Some(key))),
            ExploreAction::EditFormula(start) => self.explore.edit_formula(start),
            ExploreAction::Inspect => {
                if self.panels.folding.inspector {
                    self.act(Action::FoldInspector);
                }
            }
            ExploreAction::SetChart(chart) => self.act(Action::SetChart(chart)),
            ExploreAction::CompareSelected => self.act(Action::CompareSelected),
            ExploreAction::Export(format) => self.act(Action::AskExport(format)),
            ExploreAction::ChartPicture => self.act(Action::Picture(PictureAction::AskChart)),
            ExploreAction::Picture => self.act(Action::Picture(PictureAction::AskScreen)),
            ExploreAction::Fetch => self.act(Action::Fetch),
            ExploreAction::Remedy(remedy) => self.mend(remedy),
            ExploreAction::ShowRequest(id) => {
                self.requests.select(id);
                self.act(Action::ShowScreen(Screen::Requests));
            }
            ExploreAction::Copied { what } => {
                self.said.say(what);
            }
        }
    }

    /// Shows a screen. What is open about another one is closed.
    pub(super) fn show_screen(&mut self, screen: Screen) {
        if self.screen == screen {
            return;
        }
        self.screen = screen;
        self.panels.picture.close();
        self.panels.file.take_if(|popup| popup.purpose().is_of_screen());
    }

    /// Puts the keyboard into the players box, wherever it may be hidden.
    pub(super) fn go_to_players(&mut self) {
        self.show_screen(Screen::Explore);
        if self.panels.folding.query {
            self.act(Action::FoldQuery);
        }
        self.context.memory_mut(|memory| memory.request_focus(query_panel::box_id()));
    }

    fn fold(&mut self, change: impl FnOnce(&mut Folding)) {
        change(&mut self.panels.folding);
        self.panels.folding.keep(&self.context);
    }

    pub(super) fn edit(&mut self, change: impl FnOnce(&mut Query)) {
        self.document.edit(change);
        self.drafts.touch();
    }

    /// Looks at the answer in another way. What changes while a button of the pointer is held, such
    /// as a width, is one change.
    fn set_view(&mut self, view: ViewSettings) {
        let press = self.context.input(|input| {
            let start = input.pointer.any_down().then(|| input.pointer.press_start_time())?;
            start.map(f64::to_bits)
        });
        self.document.set_view(view, press);
        self.drafts.touch();
    }

    /// Follows a step back or forth.
    fn stepped(&mut self, changed: Option<Changed>) {
        let Some(changed) = changed else { return };
        if changed == Changed::Query {
            self.panels.query.players.list_changed();
        }
        let document = &self.document;
        self.notices.drop_undone(|mark| document.can_undo(mark));
        self.keep_described();
        self.drafts.touch();
    }

    /// A long text, or one for a long list, is taken apart outside the frame.
    fn add_players(&mut self, text: String) {
        let query = self.document.shared();
        if text.len() > LONG_TEXT || query.players.len() > LONG_LIST {
            self.jobs.split(text, query.clone());
        } else {
            let split = player_list::split_new(&text, &query.players);
            self.take_split(split);
        }
    }

    /// Adds what a text was taken apart to.
    pub(super) fn take_split(&mut self, split: Split) {
        self.drafts.touch();
        if split.holds_token {
            let text =
                "That looks like a token, so it was not added to the players. Paste it into the token panel.";
            self.notices.push(
                Notice::new(Subject::Players, Tone::Warning, text)
                    .with_button("Open token panel", Action::OpenTokenPanel),
            );
            return;
        }
        if split.duplicates > 0 {
            let text = match split.duplicates {
                1 => "1 player was in the list already and was left out".to_owned(),
                many => format!("{} players were in the list already and were left out", count(many)),
            };
            self.said.say(text);
        }
        self.edit(|query| document::add_players(query, split.entries));
        self.panels.query.players.show_end();
    }

    fn remove_players(&mut self, places: &[usize]) {
        if places.is_empty() {
            return;
        }
        self.edit(|query| document::remove_players(query, places));
        self.panels.query.players.list_changed();
        let text = match places.len() {
            1 => "1 player removed.".to_owned(),
            many => format!("{} players removed.", count(many)),
        };
        self.notices.push(Notice::new(Subject::Players, Tone::Quiet, text).with_undo(self.document.mark()));
    }

    fn players_at(&self, places: &[usize]) -> Vec<PlayerRef> {
        let players = &self.document.query().players;
        places.iter().filter_map(|place| players.get(*place)?.read().ok().cloned()).collect()
    }

    pub(super) fn known_title(&self, scid: &crate::model::Scid) -> KnownTitle {
        if let Some(known) = self.catalogue.title(scid) {
            return known.clone();
        }
        let title = self.document.query().title(scid);
        KnownTitle {
            name: title.map(|title| title.name.clone()).unwrap_or_default(),
            scid: scid.clone(),
            title_id: title.and_then(|title| title.title_id),
            stats: title.map(|title| title.stats.clone()).unwrap_or_default(),
        }
    }

    fn add_title(&mut self, title: &KnownTitle) {
        self.learn(title.clone());
        let known = self.known_title(&title.scid);
        let stats = title.stats.clone();
        self.edit(|query| {
            document::tick(query, &known, &stats, true);
            if let Some(chosen) = query.titles.iter_mut().find(|chosen| chosen.scid == known.scid) {
                chosen.name.clone_from(&known.name);
            }
        });
    }

    pub(super) fn learn(&mut self, title: KnownTitle) {
        if self.catalogue.learn(title) {
            self.catalogue_changed();
        }
    }

    fn catalogue_changed(&mut self) {
        self.catalogue_revision += 1;
        self.engine.send(Command::SaveCatalogue(std::sync::Arc::new(self.catalogue.clone())));
    }

    /// Says that another query is there now, and offers the former one where it held anything unsaved.
    pub(super) fn offer_back(&mut self, former: &PutAway, text: &str) {
        if !former.is_worth_keeping() {
            return;
        }
        let text = format!("{text} The former one can be brought back.");
        self.notices.push(Notice::new(Subject::File, Tone::Quiet, text).with_undo(self.document.mark()));
    }

    /// A query that was read from a file takes the place of the one in the window.
    pub(super) fn put_opened(&mut self, file: PathBuf, text: String, query: Query) {
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        self.panels.query.players.list_changed();
        self.drafts.touch();
        let former = self.document.replace(query, Some((file, text)));
        self.notices.drop_subject(Subject::File);
        self.offer_back(&former, &format!("{name} is open."));
    }

    pub(super) fn proposed(&self, extension: &str) -> PathBuf {
        let name = file_name(self.document.name(), extension);
        self.queries_folder().map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name))
    }

    /// The folder of query files, where something is kept. Its name alone: a frame makes no folders.
    fn queries_folder(&self) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.root().join("queries"))
    }

    pub(super) fn ask_file(&mut self, purpose: Purpose, proposed: &Path) {
        let lists_queries = purpose.is_of_queries();
        // A picture's file is asked for where the picture was.
        let spot = match &purpose {
            Purpose::Picture(_) => self.panels.picture.spot(),
            _ => Spot::of_frame(&self.context),
        };
        self.panels.file = Some(FilePopup::new(purpose, spot, proposed));
        if let Some(folder) = self.queries_folder().filter(|_| lists_queries) {
            self.jobs.list(folder);
        }
    }

    fn browse(&mut self) {
        let Some(popup) = &self.panels.file else { return };
        let path = popup.path();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.map(ToOwned::to_owned).or_else(|| self.queries_folder());
        let name = (!matches!(popup.purpose(), Purpose::Open | Purpose::Dictionary))
            .then(|| path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        self.jobs.browse(folder, name);
    }

    fn save(&mut self, file: PathBuf) {
        let query = self.document.shared().clone();
        // Another file's comments are not this one's.
        let own = self.document.file().is_none_or(|known| known == file);
        let previous = self.document.saved_text().filter(|_| own).map(ToOwned::to_owned);
        self.jobs.save(file, query, previous);
    }

    fn export(&mut self, format: ExportFormat, file: PathBuf) {
        // What is on screen: filtered, and in its order.
        let (table, rows) = match self.explore.view() {
            Some(view) => (view.table().clone(), view.order().to_vec()),
            None => (self.answer.table().clone(), Vec::new()),
        };
        let titles = self.document.query().titles.clone();
        self.jobs.export(file, format, ExportRows { table, rows, titles });
    }
}

fn set_chart(query: &mut Query, chart: Chart) {
    match query.charts.first_mut() {
        Some(first) => *first = chart,
        None => query.charts.push(chart),
    }
}

/// Whether a file that was dropped on the window is a query.
fn is_query(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

impl App {
    /// Takes files that were dropped on the window: a query is opened, a list adds players.
    pub(super) fn take_dropped(&mut self, ctx: &Context) {
        let files: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        for file in files {
            if is_query(&file) {
                self.jobs.open(file);
            } else {
                self.jobs.read_players(file);
            }
        }
    }
}
