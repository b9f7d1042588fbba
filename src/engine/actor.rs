//! The one place where commands are applied.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{
        Notify,
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use super::{
    Command, EngineConfig, Event, FetchEnd, FetchId, Limits, Patience, Remember, Restored, Results, Service,
    VaultSource,
    answers::Answers,
    chance::Chance,
    client,
    exchanges::Exchanges,
    fetch::{self, Context, Note, Order},
    forecast::{self, Question},
    gate::Gate,
    keep::{self, Keeper, Opened},
    token::{Report, TokenDesk},
    wake::Outbox,
};
use crate::{
    clock::Clock,
    model::{Catalogue, ColumnKey, Failure, KnownTitle, Rates, StatDictionary},
    xbox::{XblToken, XboxClient},
};

/// How long writing may hold up the program's end, or a change of service.
const LAST_WRITES: Duration = Duration::from_secs(20);

/// An engine that is about to run.
pub(super) struct Actor {
    config: EngineConfig,
    outbox: Outbox,
    commands: UnboundedReceiver<Command>,
}

impl Actor {
    pub(super) fn new(config: EngineConfig, outbox: Outbox, commands: UnboundedReceiver<Command>) -> Self {
        Self { config, outbox, commands }
    }

    /// Restores the last session, then applies commands until nobody can send any more.
    pub(super) async fn run(self) {
        let Self { config, outbox, mut commands } = self;
        let (reports, mut reported) = unbounded_channel();
        let mut running = Running::restore(config, outbox, reports).await;
        loop {
            tokio::select! {
                command = commands.recv() => match command {
                    Some(command) => {
                        // What a command is about may have been told before it.
                        running.take_notes();
                        running.apply(command).await;
                    }
                    None => break,
                },
                Some(note) = running.to_note.recv() => running.take_note(note),
                Some(report) = reported.recv() => running.desk.take(report),
            }
        }
        running.close().await;
    }
}

struct Running {
    outbox: Outbox,
    keeper: Keeper,
    desk: TokenDesk,
    notes: UnboundedSender<Note>,
    to_note: UnboundedReceiver<Note>,
    clock: Arc<dyn Clock>,
    gate: Arc<Gate>,
    exchanges: Exchanges,
    answers: Answers,
    chance: Chance,
    patience: Patience,
    limits: Limits,
    /// The rate limits to keep to, whatever is known of the service.
    rates: Option<Rates>,
    service: Service,
    service_version: Option<u32>,
    client: Result<Arc<XboxClient>, Arc<Failure>>,
    catalogue: Catalogue,
    /// What the service has said of stats.
    told: StatDictionary,
    fetch: Option<FetchUnderWay>,
    /// The token that was refused last.
    refused: Option<Arc<XblToken>>,
    forecast: Option<JoinHandle<()>>,
}

struct FetchUnderWay {
    id: FetchId,
    cancel: CancellationToken,
    retry_now: Arc<Notify>,
    task: JoinHandle<()>,
}

/// Waits until what was to be kept is kept, so that it can be read back.
async fn write_all(keeper: &Keeper) {
    if timeout(LAST_WRITES, keeper.flush()).await.is_err() {
        tracing::warn!("the last writes took too long and were given up");
    }
}

impl Running {
    async fn restore(config: EngineConfig, outbox: Outbox, reports: UnboundedSender<Report>) -> Self {
        let (notes, to_note) = unbounded_channel();
        let EngineConfig {
            folder,
            remember,
            service,
            vault,
            service_version,
            limits,
            rates,
            patience,
            seed,
            clock,
        } = config;
        let Opened { store, spent, trouble } = keep::open(folder.clone()).await;
        let keeper = Keeper::start(store, remember, outbox.clone());
        let mut troubles: Vec<String> = trouble.into_iter().collect();
        let (catalogue, results) = read_service(&keeper, &client::store_key(&service), &mut troubles).await;
        let told = note_trouble(keeper.told(&client::store_key(&service)).await, &mut troubles);
        let told = told.unwrap_or_default();
        let draft = note_trouble(keeper.draft().await, &mut troubles).flatten();
        let trouble = (!troubles.is_empty()).then(|| troubles.join(". "));
        outbox.send(Event::Restored(Box::new(Restored {
            draft,
            catalogue: catalogue.clone(),
            results,
            trouble,
        })));
        outbox.send(Event::Told(Arc::new(told.clone())));
        let desk = start_desk(&vault, limits, &outbox, reports, &service);
        // Nobody looks into the requests of a program without a window.
        let bodies = folder.as_deref().filter(|_| remember == Remember::Session);
        let gate = Gate::start(clock.clone(), spent, limits.requests_at_once, outbox.clone());
        gate.serve(&client::store_key(&service), rates.unwrap_or_else(|| client::rates(&service))).await;
        Self {
            client: client::connect(&service, service_version, limits),
            exchanges: Exchanges::new(outbox.clone(), bodies),
            answers: Answers::default(),
            chance: Chance::new(seed),
            patience,
            gate,
            outbox,
            keeper,
            desk,
            notes,
            to_note,
            clock,
            limits,
            rates,
            service,
            service_version,
            catalogue,
            told,
            fetch: None,
            refused: None,
            forecast: None,
        }
    }

    async fn apply(&mut self, command: Command) {
        match command {
            Command::Fetch { id, players, columns, reuse } => {
                self.end_fetch().await;
                self.fetch = Some(self.start_fetch(Order { id, players, columns, reuse }));
            }
            Command::Forecast { number, players, columns, reuse } => {
                self.forecast(Question { number, players, columns, reuse });
            }
            Command::RetryNow => {
                self.gate.release();
                let renewed = self.desk.renew_sample(&self.service, self.refused.take().as_ref());
                if let Some(fetch) = self.fetch.as_ref().filter(|_| !renewed) {
                    fetch.retry_now.notify_one();
                }
            }
            Command::SetRates(rates) => self.gate.set_rates(rates),
            Command::SetLimits(limits) => {
                self.limits = limits;
                self.gate.set_at_once(limits.requests_at_once);
                self.client = client::connect(&self.service, self.service_version, limits);
            }
            Command::Cancel(id) => {
                if let Some(fetch) = self.fetch.as_ref().filter(|fetch| fetch.id == id) {
                    fetch.cancel.cancel();
                }
            }
            Command::UseService(service) => self.use_service(service).await,
            Command::UseToken { pasted, keep } => {
                // Another user may see other values.
                self.answers = Answers::default();
                self.desk.use_token(&pasted, keep);
            }
            Command::ForgetToken => self.desk.forget(),
            Command::ReloadToken => self.desk.reload(),
            Command::SetServiceVersion(version) => {
                self.service_version = version;
                self.answers = Answers::default();
                self.client = client::connect(&self.service, version, self.limits);
            }
            Command::SaveDraft(draft) => self.keeper.save_draft(draft),
            Command::SaveCatalogue(catalogue) => {
                self.catalogue = Catalogue::clone(&catalogue);
                self.save_catalogue();
            }
        }
    }

    fn take_note(&mut self, note: Note) {
        match note {
            Note::Learnt(keys) => self.learn(keys),
            Note::Told(told) => self.take_told(&told),
            Note::Rejected { token, failure } => {
                self.desk.reject(&token, &failure);
                self.refused = Some(token);
            }
        }
    }

    /// Takes what an ended fetch has told so far, before anything changes that it was about.
    fn take_notes(&mut self) {
        while let Ok(note) = self.to_note.try_recv() {
            self.take_note(note);
        }
    }

    fn start_fetch(&self, order: Order) -> FetchUnderWay {
        let id = order.id;
        let cancel = CancellationToken::new();
        let retry_now = Arc::new(Notify::new());
        let context = Context {
            client: self.client.clone(),
            token: self.desk.slot(),
            outbox: self.outbox.clone(),
            keeper: self.keeper.clone(),
            notes: self.notes.clone(),
            clock: self.clock.clone(),
            limits: self.limits,
            patience: self.patience,
            gate: self.gate.clone(),
            exchanges: self.exchanges.clone(),
            answers: self.answers.clone(),
            chance: self.chance.clone(),
            service: client::store_key(&self.service).into(),
            cancel: cancel.clone(),
            retry_now: retry_now.clone(),
        };
        let (outbox, clock) = (self.outbox.clone(), self.clock.clone());
        let fetch = tokio::spawn(fetch::run(order, context));
        let task = tokio::spawn(async move {
            // A listener waits for the end, whatever becomes of the fetch.
            if fetch.await.is_err() {
                tracing::error!("a fetch ended by a panic");
                outbox.send(Event::FetchEnded { id, at: clock.now(), how: FetchEnd::Done });
            }
        });
        FetchUnderWay { id, cancel, retry_now, task }
    }

    /// Answers a question about costs; an earlier one that is not answered yet is dropped.
    fn forecast(&mut self, question: Question) {
        let desk = forecast::Desk {
            keeper: self.keeper.clone(),
            gate: self.gate.clone(),
            clock: self.clock.clone(),
            limits: self.limits,
            service: client::store_key(&self.service).into(),
        };
        let outbox = self.outbox.clone();
        let task = tokio::spawn(async move {
            let number = question.number;
            let forecast = forecast::answer(question, desk).await;
            outbox.send(Event::Forecast { number, forecast });
        });
        if let Some(earlier) = self.forecast.replace(task) {
            earlier.abort();
        }
    }

    /// Cancels the fetch under way and waits for all that it has to tell.
    async fn end_fetch(&mut self) {
        if let Some(fetch) = self.fetch.take() {
            fetch.cancel.cancel();
            // Its panic, should there be one, has been reported by then.
            let _ = fetch.task.await;
        }
        self.take_notes();
    }

    async fn use_service(&mut self, service: Service) {
        self.end_fetch().await;
        write_all(&self.keeper).await;
        self.client = client::connect(&service, self.service_version, self.limits);
        let mut troubles = Vec::new();
        let (catalogue, results) =
            read_service(&self.keeper, &client::store_key(&service), &mut troubles).await;
        let rates = self.rates.unwrap_or_else(|| client::rates(&service));
        self.gate.serve(&client::store_key(&service), rates).await;
        self.service = service;
        self.catalogue = catalogue.clone();
        let told = note_trouble(self.keeper.told(&client::store_key(&self.service)).await, &mut troubles);
        self.told = told.unwrap_or_default();
        self.outbox.send(Event::ServiceChanged { catalogue, results: results.map(Box::new) });
        self.outbox.send(Event::Told(Arc::new(self.told.clone())));
        for trouble in troubles {
            self.outbox.send(Event::StoreFailed(trouble));
        }
        self.desk.serve(&self.service);
    }

    fn learn(&mut self, keys: Vec<ColumnKey>) {
        let mut new: Vec<KnownTitle> = Vec::new();
        for ColumnKey { scid, stat } in keys {
            let title = KnownTitle { name: String::new(), scid, title_id: None, stats: vec![stat] };
            if self.catalogue.learn(title.clone()) {
                match new.iter_mut().find(|known| known.scid == title.scid) {
                    Some(known) => known.stats.extend(title.stats),
                    None => new.push(title),
                }
            }
        }
        if !new.is_empty() {
            self.save_catalogue();
            self.outbox.send(Event::Learnt(new));
        }
    }

    /// Takes what the service says of stats now over what it said before.
    fn take_told(&mut self, told: &StatDictionary) {
        let filled = told.filled_from(&self.told);
        if filled != self.told {
            self.told = filled;
            self.keeper.save_told(&client::store_key(&self.service), &self.told);
            self.outbox.send(Event::Told(Arc::new(self.told.clone())));
        }
    }

    fn save_catalogue(&self) {
        self.keeper.save_catalogue(&client::store_key(&self.service), self.catalogue.clone());
    }

    async fn close(mut self) {
        self.end_fetch().await;
        self.desk.close().await;
        write_all(&self.keeper).await;
    }
}

fn start_desk(
    vault: &VaultSource,
    limits: Limits,
    outbox: &Outbox,
    reports: UnboundedSender<Report>,
    service: &Service,
) -> TokenDesk {
    let mut desk = TokenDesk::new(vault, limits.keyring_time, outbox.clone(), reports);
    desk.serve(service);
    desk
}

/// What is kept of a service; what cannot be read back is told and left out.
async fn read_service(
    keeper: &Keeper,
    service: &str,
    troubles: &mut Vec<String>,
) -> (Catalogue, Option<Results>) {
    let catalogue = note_trouble(keeper.catalogue(service).await, troubles).unwrap_or_default();
    let results = note_trouble(keeper.results(service).await, troubles).flatten();
    (catalogue, results)
}

fn note_trouble<T>(read: Result<T, String>, troubles: &mut Vec<String>) -> Option<T> {
    read.map_err(|trouble| troubles.push(trouble)).ok()
}
