//! Switching between services, and the sample service: its start, its faults, its limits, its time.

use std::time::Duration;

use super::{
    actions::{Action, ServiceChoice},
    app::{App, Start},
    notices::{Notice, Subject, Tone},
};
use crate::{
    engine::{Command, Pause, Service},
    model::{Query, Rates},
    sample::{self, Faults, PlaySession, SampleLimits},
};

/// How many matches a simulated session has.
const MATCHES: u32 = 3;
/// How far the time of the sample service is put forward: as long as its longest limit lasts.
const FORWARD: Duration = Duration::from_mins(5);

impl App {
    /// Talks to another service.
    pub(super) fn use_service(&mut self, choice: ServiceChoice) {
        if choice == ServiceChoice::Sample {
            self.go_to_sample(false);
            return;
        }
        if self.services.on_sample() && *self.document.query() == sample::first_query() {
            let former = self.put_query(Query::default());
            self.offer_back(&former, "The sample query was put away: its players are invented.");
        }
        // What was put forward was the time of invented players.
        self.shift.reset();
        self.notices.drop_subject(Subject::Faults);
        self.panels.faults.open = false;
        self.answer.show(None);
        self.start = Start::ToService;
        if let Some(service) = self.services.choose(choice, &self.context) {
            self.engine.send(Command::UseService(service));
        }
    }

    /// Lets sample players play, and fetches again.
    pub(super) fn play_session(&mut self) {
        let places = self.panels.query.players.selected(self.document.query().players.len());
        let lines: Vec<usize> =
            if places.is_empty() { (0..self.document.query().players.len()).collect() } else { places };
        let rows = self.answer.table().rows();
        let players = lines
            .into_iter()
            .filter_map(|line| rows.get(self.roster.row(line)?)?.player().map(|player| player.xuid))
            .collect();
        if self.services.play(PlaySession { players, scid: None, matches: MATCHES }) {
            self.act(Action::Fetch);
        }
    }

    /// Switches to the sample service, which may have to start first.
    pub(super) fn go_to_sample(&mut self, first: bool) {
        self.answer.show(None);
        self.start = Start::ToSample { first };
        if let Some(service) = self.services.choose(ServiceChoice::Sample, &self.context) {
            self.engine.send(Command::UseService(service));
        }
    }

    /// The sample service is up, or is not.
    pub(super) fn sample_started(&mut self, started: Result<Service, String>) {
        match started {
            Ok(service) => self.engine.send(Command::UseService(service)),
            Err(reason) => {
                let text = format!("The sample service could not start: {reason}");
                let retry = Action::UseService(ServiceChoice::Sample);
                self.notices
                    .push(Notice::new(Subject::Service, Tone::Error, text).with_button("Try again", retry));
                self.start = Start::Done;
            }
        }
    }

    /// What holds of a service once it is talked to: its notices and, of the sample service, its limits.
    pub(super) fn note_service(&mut self) {
        self.notices.drop_subject(Subject::Service);
        self.notices.drop_subject(Subject::Sample);
        if self.services.on_sample() {
            let limits = self.services.limits();
            let with = match limits {
                SampleLimits::Off => " Without rate limits here.",
                SampleLimits::Generous => " The rate limits here are ten times as generous.",
                SampleLimits::Documented => "",
            };
            let text = format!("Sample data. Add a token to see real players.{with}");
            self.notices.push(
                Notice::new(Subject::Sample, Tone::Quiet, text)
                    .with_button("Add a token", Action::OpenTokenPanel),
            );
            self.note_faults();
        }
    }

    /// The line that says that the sample service answers wrongly on purpose.
    pub(super) fn note_faults(&mut self) {
        self.notices.drop_subject(Subject::Faults);
        let many = self.services.faults().iter().count();
        let on = match many {
            0 => return,
            1 => "1 fault is on".to_owned(),
            _ => format!("{many} faults are on"),
        };
        let text = format!("The sample service answers wrongly on purpose: {on}.");
        let notice = Notice::new(Subject::Faults, Tone::Warning, text);
        self.notices.push(notice.with_button("Turn off", Action::SetFaults(Faults::none())).lasting());
    }

    /// Has other things go wrong at the sample service.
    pub(super) fn set_faults(&mut self, faults: Faults) {
        self.services.set_faults(faults);
        self.note_faults();
        if matches!(self.answer.pause(), Some(Pause::Token(_))) {
            // The sample's token is always the same: it may be taken again now.
            self.engine.send(Command::RetryNow);
        }
    }

    /// Tells the engine the rate limits of the service that it talks to now: those that were set for
    /// the sample service must not hold for another.
    pub(super) fn tell_rates(&self) {
        let on_sample = self.services.on_sample();
        let rates = if on_sample { self.services.limits().rates() } else { Rates::documented() };
        self.engine.send(Command::SetRates(rates));
    }

    /// Has the sample service take other numbers of requests.
    pub(super) fn set_sample_limits(&mut self, limits: SampleLimits) {
        self.services.set_limits(limits);
        self.tell_rates();
        self.traffic.terms_changed();
        self.note_service();
    }

    /// Puts the time of the sample service forward, so that its limits are free again.
    pub(super) fn fast_forward(&mut self) {
        if self.services.on_sample() {
            self.shift.forward(FORWARD);
            self.traffic.terms_changed();
        }
    }
}
