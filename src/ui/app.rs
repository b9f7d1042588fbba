//! The state of the window, and the one place where the engine's events are applied to it.

use std::{
    sync::{Arc, mpsc::Receiver},
    time::Duration,
};

use egui::Context;

use super::{
    actions::{Action, ServiceChoice},
    answer::Answer,
    clock::LocalTime,
    compare::CompareScreen,
    dictionary::{Dictionary, DictionaryPanel},
    document::Document,
    drafts::Drafts,
    explore::Explore,
    faults_panel::FaultsPanel,
    file_jobs::FileJobs,
    file_popup::FilePopup,
    folding::Folding,
    notices::{Notice, Notices, Subject, Tone},
    options::{Theme, WindowError},
    origin::Origin,
    picture::PicturePanel,
    query_menu::QueryMenu,
    query_panel::QueryPanel,
    requests::Requests,
    roster::Roster,
    said::Said,
    screen::Screen,
    services::Services,
    theme,
    token_panel::TokenPanel,
    traffic::Traffic,
};
use crate::{
    clock::{Clock, ShiftedClock, SystemClock},
    engine::{Engine, EngineConfig, Event, Home, Restored, Results, Service, TokenState, VaultSource},
    model::{Catalogue, Query, StatDictionary},
    sample,
};

/// Which service the window starts with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StartService {
    /// The one of the last session; the sample service when there is neither session nor token.
    #[default]
    Auto,
    /// The sample service.
    Sample,
    /// This base URL.
    At(String),
}

/// What an [`App`] starts with.
pub struct AppConfig {
    /// The folder of the session; `None` keeps nothing.
    pub home: Option<Home>,
    /// Why there is no folder, where that was not meant.
    pub trouble: Option<String>,
    /// Who answers.
    pub service: StartService,
    /// Where the token comes from.
    pub vault: VaultSource,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Dark or light, whatever the session says.
    pub theme: Option<Theme>,
    /// Which screen, whatever the session says.
    pub screen: Option<Screen>,
}

impl Default for AppConfig {
    fn default() -> Self {
        Self {
            home: None,
            trouble: None,
            service: StartService::Auto,
            vault: VaultSource::Keyring,
            clock: Arc::new(SystemClock),
            theme: None,
            screen: None,
        }
    }
}

/// The window's state. Independent of eframe, so that tests can drive it.
pub struct App {
    pub(super) context: Context,
    pub(super) engine: Engine,
    events: Receiver<Event>,
    pub(super) home: Option<Home>,
    pub(super) clock: LocalTime,
    /// The same clock, to be put forward while invented players are shown.
    pub(super) shift: Arc<ShiftedClock>,
    pub(super) start: Start,
    pub(super) document: Document,
    pub(super) catalogue: Catalogue,
    pub(super) catalogue_revision: u64,
    pub(super) answer: Answer,
    pub(super) roster: Roster,
    pub(super) token: TokenState,
    pub(super) services: Services,
    pub(super) service_version: Option<u32>,
    pub(super) light: bool,
    /// Dark or light, whatever the session says.
    pub(super) forced_theme: Option<Theme>,
    pub(super) screen: Screen,
    /// The screen, whatever the session says.
    pub(super) forced_screen: Option<Screen>,
    pub(super) requests: Requests,
    pub(super) origin: Origin,
    pub(super) traffic: Traffic,
    pub(super) last_fetch: u64,
    pub(super) jobs: FileJobs,
    pub(super) drafts: Drafts,
    pub(super) notices: Notices,
    pub(super) said: Said,
    pub(super) panels: Panels,
    pub(super) explore: Explore,
    pub(super) compare: CompareScreen,
    /// What stats are called and how they are written.
    pub(super) dictionary: Dictionary,
}

/// What is open, typed or selected in the parts of the window.
#[derive(Default)]
pub(super) struct Panels {
    pub(super) query: QueryPanel,
    pub(super) query_menu: QueryMenu,
    pub(super) token: TokenPanel,
    pub(super) faults: FaultsPanel,
    pub(super) file: Option<FilePopup>,
    pub(super) dictionary: DictionaryPanel,
    pub(super) picture: PicturePanel,
    pub(super) folding: Folding,
}

/// How far the start is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Nothing has come back from the engine.
    Restoring,
    /// The first start: whether there is a token decides which service is shown.
    AwaitingToken,
    /// The sample service starts, or is being switched to; with the first query when `first`.
    ToSample { first: bool },
    /// Another service is being switched to.
    ToService,
    /// It is done.
    Done,
}

impl App {
    /// Starts the engine and asks for the last session. Returns at once.
    ///
    /// # Errors
    /// When the engine cannot start.
    pub fn new(context: &Context, config: AppConfig) -> Result<Self, WindowError> {
        let (service, choice) = match &config.service {
            StartService::Auto => (Service::Xbox, ServiceChoice::Xbox),
            StartService::Sample => (Service::Xbox, ServiceChoice::Sample),
            StartService::At(url) => (Service::At(url.clone()), ServiceChoice::At(url.clone())),
        };
        let folder = config.home.as_ref().map(|home| home.root().to_owned());
        let dictionary = Dictionary::in_home(folder.as_deref());
        let mut settings = EngineConfig::new(folder, service);
        settings.vault = config.vault;
        let shift = Arc::new(ShiftedClock::new(config.clock));
        settings.clock = shift.clone();
        let waker = context.clone();
        let wake = Arc::new(move || waker.request_repaint());
        let (engine, events) =
            Engine::start(settings, wake).map_err(|error| WindowError::Engine(error.to_string()))?;
        let mut services = Services::new(choice, shift.clone());
        if config.service == StartService::Sample {
            // Started before the session is read: it is needed in any case.
            services.choose(ServiceChoice::Sample, context);
        }
        let light = config.theme == Some(Theme::Light);
        theme::set_light(context, light);
        let mut notices = Notices::default();
        if let Some(trouble) = config.trouble {
            notices.push(Notice::new(Subject::Keeping, Tone::Warning, trouble));
        }
        Ok(Self {
            context: context.clone(),
            engine,
            events,
            home: config.home,
            clock: LocalTime::new(shift.clone()),
            shift,
            start: Start::Restoring,
            document: Document::untouched(Query::default()),
            catalogue: Catalogue::default(),
            catalogue_revision: 0,
            answer: Answer::default(),
            roster: Roster::default(),
            token: TokenState::Unknown,
            services,
            service_version: None,
            light,
            forced_theme: config.theme,
            screen: config.screen.unwrap_or_default(),
            forced_screen: config.screen,
            requests: Requests::default(),
            origin: Origin::default(),
            traffic: Traffic::default(),
            last_fetch: 0,
            jobs: FileJobs::new(context.clone()),
            drafts: Drafts::default(),
            notices,
            said: Said::default(),
            panels: Panels { folding: Folding::restored(context), ..Panels::default() },
            explore: Explore::default(),
            compare: CompareScreen::default(),
            dictionary,
        })
    }

    /// Takes in what happened outside since the last frame. Never waits.
    pub fn logic(&mut self, ctx: &Context) {
        let events: Vec<Event> = self.events.try_iter().collect();
        for event in &events {
            self.apply(event);
        }
        // Switching before the last session was read would be done over again by it.
        if self.start != Start::Restoring
            && let Some(started) = self.services.started()
        {
            self.sample_started(started);
        }
        for done in self.jobs.finished() {
            self.apply_file(done);
        }
        self.keep_draft(ctx);
        self.ask_forecasts(ctx);
        self.watch_waits(ctx);
        if let TokenState::Ready(info) = &self.token
            && !self.services.on_sample()
            && let Some(wait) = info.expires.and_then(|at| self.clock.next_change(at))
        {
            ctx.request_repaint_after(Duration::from_millis(wait));
        }
    }

    /// Whether nothing is under way that will end by itself and soon: no start, no file, and no
    /// fetch but one that waits for the user or for longer than anybody would watch.
    pub fn is_settled(&self) -> bool {
        self.start == Start::Done
            && (self.answer.fetching().is_none() || self.is_held_up())
            && !self.jobs.is_busy()
            && !self.traffic.forecasts.is_busy()
            && !self.roster.is_busy()
            && self.token != TokenState::Unknown
    }

    /// The one place where the engine's events are applied.
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Restored(restored) => self.restore(restored),
            Event::Token(state) => self.token_changed(state),
            Event::ServiceChanged { catalogue, results } => {
                self.service_changed(catalogue, results.as_deref());
            }
            Event::Learnt(titles) => {
                for title in titles {
                    self.catalogue.learn(title.clone());
                }
                self.catalogue_revision += 1;
            }
            Event::Told(told) => self.told(told),
            Event::Exchange(exchange) => {
                self.requests.apply(event);
                self.traffic.note(exchange);
            }
            Event::Budgets(budgets) => {
                self.traffic.set_budgets(budgets.clone());
                self.answer.apply(event);
            }
            Event::Forecast { number, forecast } => {
                self.traffic.forecasts.answer(*number, forecast, self.clock.now());
            }
            Event::StoreFailed(reason) => {
                self.notices.push(Notice::new(Subject::Keeping, Tone::Warning, reason));
            }
            Event::FetchStarted { .. }
            | Event::PlayerFound { .. }
            | Event::PlayerFailed { .. }
            | Event::PlayerDuplicate { .. }
            | Event::Cells { .. }
            | Event::Remark { .. }
            | Event::Progress { .. }
            | Event::FetchEnded { .. } => {
                if let Some(end) = self.answer.apply(event) {
                    self.fetch_ended(&end);
                }
            }
            Event::Paused { .. } | Event::Resumed { .. } => {
                self.answer.apply(event);
                self.note_pause();
            }
        }
    }

    fn restore(&mut self, restored: &Restored) {
        if let Some(trouble) = &restored.trouble {
            self.notices.push(Notice::new(Subject::Keeping, Tone::Warning, trouble));
        }
        if let Some(draft) = &restored.draft {
            self.restore_draft(draft);
        }
        self.restore_dictionary(restored.draft.as_ref());
        self.set_catalogue(restored.catalogue.clone());
        let on_sample = restored.draft.as_ref().is_some_and(|draft| draft.on_sample);
        let forced = self.services.on_sample();
        if forced || on_sample {
            self.go_to_sample(restored.draft.is_none());
        } else if *self.services.choice() == ServiceChoice::Xbox && restored.draft.is_none() {
            self.start = Start::AwaitingToken;
            self.decide_first_service();
        } else {
            self.show_results(restored.results.clone());
            self.start = Start::Done;
        }
    }

    /// At the first start a token that is there means real players; else the sample is shown.
    fn decide_first_service(&mut self) {
        if self.start != Start::AwaitingToken {
            return;
        }
        match &self.token {
            TokenState::Unknown => {}
            TokenState::Ready(_) | TokenState::KeyringFailed { session: Some(_), .. } => {
                self.answer.show(None);
                self.start = Start::Done;
            }
            _ => self.go_to_sample(true),
        }
    }

    /// Takes what a service says of stats. The sample service's titles say more than it does.
    fn told(&mut self, told: &Arc<StatDictionary>) {
        let service = if self.services.on_sample() {
            Arc::new(told.filled_from(&sample::dictionary()))
        } else {
            told.clone()
        };
        self.dictionary.set_service(service, self.document.team());
    }

    fn service_changed(&mut self, catalogue: &Catalogue, results: Option<&Results>) {
        let start = std::mem::replace(&mut self.start, Start::Done);
        self.traffic.service_changed();
        self.tell_rates();
        let mut known = catalogue.clone();
        if self.services.on_sample() {
            for title in sample::catalogue().titles() {
                known.learn(title.clone());
            }
        }
        self.set_catalogue(known);
        self.show_results(results.cloned());
        self.note_service();
        self.drafts.touch();
        let blank = *self.document.query() == Query::default();
        if start == (Start::ToSample { first: true }) || (self.services.on_sample() && blank) {
            self.put_query(sample::first_query());
            if results.is_none() {
                self.act(Action::Fetch);
            }
        }
    }

    fn token_changed(&mut self, state: &TokenState) {
        let accepted =
            matches!(state, TokenState::Ready(_) | TokenState::KeyringFailed { session: Some(_), .. });
        self.token = state.clone();
        if accepted && self.panels.token.accept() && self.services.on_sample() {
            self.act(Action::UseService(ServiceChoice::Xbox));
        }
        if matches!(state, TokenState::Refused { .. }) {
            self.panels.token.refuse();
        }
        self.decide_first_service();
    }

    pub(super) fn set_catalogue(&mut self, catalogue: Catalogue) {
        self.catalogue = catalogue;
        self.catalogue_revision += 1;
    }

    /// Puts a query in place that counts as saved, whatever was there.
    pub(super) fn put_query(&mut self, query: Query) -> super::document::PutAway {
        self.panels.query.players.list_changed();
        self.drafts.touch();
        self.document.replace(query, None)
    }
}
