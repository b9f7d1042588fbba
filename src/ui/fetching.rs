//! Fetches as the user steers them: all or a part, what they cost, what they wait for, how they end.

use std::time::Duration;

use egui::Context;

use super::{
    actions::{Action, LONG_LIST},
    app::{App, Start},
    file_jobs::{self, Prepared},
    forecasts::{Basis, Step},
    notices::{Notice, Subject, Tone},
    traffic::Settings,
};
use crate::{
    analysis::display::count,
    engine::{Ask, Command, FetchEnd, FetchId, Pause, Results, Reuse},
    formats::player_list,
    model::Remedy,
    sample::Faults,
};

/// A wait of more than this is longer than anybody, or a picture of the window, stands by.
const LONG_WAIT: Duration = Duration::from_secs(20);

impl App {
    /// Fetches all that the query asks for, or of it what the shown table lacks.
    pub(super) fn fetch(&mut self, ask: Option<Ask>) {
        let typed = std::mem::take(&mut self.panels.query.players.text);
        if !typed.trim().is_empty() {
            // Whoever stands in the box is meant to be fetched too.
            let split = player_list::split_new(&typed, &self.document.query().players);
            self.take_split(split);
        }
        if self.document.query().ready().is_err() || self.services.is_starting() {
            return;
        }
        self.last_fetch += 1;
        let id = FetchId(self.last_fetch);
        let reuse = self.reuse(ask);
        let query = self.document.shared();
        if query.players.len() > LONG_LIST {
            self.jobs.prepare(id, query.clone(), reuse);
        } else {
            let prepared = Prepared::of(id, query, reuse);
            self.begin_fetch(prepared);
        }
    }

    /// What of the shown table need not be asked for again.
    fn reuse(&self, ask: Option<Ask>) -> Option<Reuse> {
        let table = self.answer.table();
        let is_there = !table.columns().is_empty() && !table.rows().is_empty();
        ask.filter(|_| is_there).map(|ask| Reuse { table: table.clone(), ask })
    }

    /// Begins what was prepared, unless another fetch was asked for since.
    pub(super) fn begin_fetch(&mut self, prepared: Prepared) {
        let Prepared { live, players, columns, reuse } = prepared;
        let id = live.id();
        if id != FetchId(self.last_fetch) {
            return;
        }
        self.answer.begin(live);
        self.notices.drop_subject(Subject::Answer);
        self.notices.drop_subject(Subject::Pause);
        self.engine.send(Command::Fetch { id, players, columns, reuse });
    }

    /// Ends the fetch under way.
    pub(super) fn stop_fetch(&self) {
        if let Some(id) = self.answer.fetching() {
            self.engine.send(Command::Cancel(id));
        }
    }

    /// Says that the fetch under way cannot go on without help, or says so no more.
    pub(super) fn note_pause(&mut self) {
        self.notices.drop_subject(Subject::Pause);
        let notice = match self.answer.pause() {
            None => return,
            Some(Pause::Token(_)) if self.services.on_sample() => {
                let text = "The sample service takes its token no more: a fault is on. The fetch waits.";
                let notice = Notice::new(Subject::Pause, Tone::Warning, text);
                notice
                    .with_button("Turn faults off", Action::SetFaults(Faults::none()))
                    .with_button("Retry with a new token", Action::RetryNow)
            }
            Some(Pause::Token(failure)) => {
                let text = format!("{}. The fetch waits for a new token and then goes on.", failure.reason);
                let notice = Notice::new(Subject::Pause, Tone::Warning, text);
                notice.with_button("Give a new token", Action::OpenTokenPanel)
            }
            Some(Pause::Network(failure)) => {
                let text = format!("{}. The fetch waits and goes on by itself.", failure.reason);
                let notice = Notice::new(Subject::Pause, Tone::Warning, text);
                notice.with_button("Retry now", Action::RetryNow)
            }
        };
        self.notices.push(notice.with_button("Stop", Action::Cancel).lasting());
    }

    pub(super) fn fetch_ended(&mut self, end: &FetchEnd) {
        self.notices.drop_subject(Subject::Answer);
        self.notices.drop_subject(Subject::Pause);
        self.traffic.terms_changed();
        let notice = match end {
            FetchEnd::NoToken(failure) => {
                let text = format!("{}. {}.", failure.reason, failure.advice);
                Notice::new(Subject::Answer, Tone::Warning, text)
                    .with_button("Add a token", Action::OpenTokenPanel)
            }
            FetchEnd::NoService(failure) => {
                let text = format!("{}. {}.", failure.reason, failure.advice);
                Notice::new(Subject::Answer, Tone::Error, text)
                    .with_button("Open settings", Action::OpenTokenPanel)
            }
            FetchEnd::Cancelled => {
                let text = "The fetch was stopped. What had arrived is kept.";
                let notice = Notice::new(Subject::Answer, Tone::Quiet, text);
                notice.with_button("Go on", Action::FetchSome(Ask::Missing))
            }
            FetchEnd::Done => return,
        };
        self.notices.push(notice);
    }

    /// Shows what an earlier session left, and offers to go on where it was cut short.
    pub(super) fn show_results(&mut self, results: Option<Results>) {
        let cut_short = results.as_ref().filter(|results| results.unanswered > 0);
        let cut_short = cut_short.map(|results| (results.started, results.unanswered));
        self.answer.show(results);
        self.notices.drop_subject(Subject::Answer);
        let Some((started, unanswered)) = cut_short else { return };
        let counts = self.answer.counts();
        let all = counts.values + counts.no_value + counts.failed + counts.pending;
        let here = all.saturating_sub(unanswered);
        let text = format!(
            "The fetch of {} was cut short: {} of {} values are here.",
            self.clock.time(started),
            count(here),
            count(all)
        );
        let notice = Notice::new(Subject::Answer, Tone::Warning, text);
        self.notices.push(notice.with_button("Go on", Action::FetchSome(Ask::Missing)).lasting());
    }

    /// Does what mends a failure.
    pub(super) fn mend(&mut self, remedy: Remedy) {
        match remedy {
            Remedy::Retry => self.fetch(Some(Ask::Failed)),
            Remedy::NewToken => self.act(Action::OpenTokenPanel),
            Remedy::EditPlayers | Remedy::EditStats => self.go_to_players(),
            Remedy::None => {}
        }
    }

    /// Takes how much may go out at once.
    pub(super) fn set_settings(&mut self, settings: Settings) {
        if self.traffic.settings == settings {
            return;
        }
        self.traffic.settings = settings;
        self.traffic.terms_changed();
        self.engine.send(Command::SetLimits(settings.limits()));
        self.drafts.touch();
    }

    /// Whether the fetch under way waits for the user, or for longer than anybody stands by.
    pub(super) fn is_held_up(&self) -> bool {
        let is_long = |waiting: super::waits::Waiting| waiting.is_beyond(LONG_WAIT, self.clock.now());
        self.answer.pause().is_some() || self.traffic.waiting().is_some_and(is_long)
    }

    /// Has what is shown of waits drawn anew when it changes by itself.
    pub(super) fn watch_waits(&self, ctx: &Context) {
        let now = self.clock.now();
        if let Some(change) = self.traffic.waiting().and_then(|waiting| waiting.next_change(now)) {
            ctx.request_repaint_after(change);
        }
    }

    /// Asks what the next fetch would cost, once what it depends on has come to rest.
    pub(super) fn ask_forecasts(&mut self, ctx: &Context) {
        if self.answer.fetching().is_some() {
            return;
        }
        let is_there = self.start == Start::Done && !self.services.is_starting();
        if !is_there || self.document.query().ready().is_err() {
            self.traffic.forecasts.clear();
            return;
        }
        let basis = Basis {
            query: self.document.revision(),
            table: self.answer.revision(),
            terms: self.traffic.terms(),
        };
        let time = ctx.input(|input| input.time);
        match self.traffic.forecasts.step(basis, time, self.clock.now()) {
            Step::Rest => {}
            Step::Wait(seconds) => ctx.request_repaint_after(Duration::from_secs_f64(seconds)),
            Step::Ask => {
                let table = self.answer.table();
                let with_table = !table.columns().is_empty() && !table.rows().is_empty();
                self.traffic.forecasts.begin(with_table);
            }
        }
        self.ask_next();
    }

    fn ask_next(&mut self) {
        let Some((number, ask)) = self.traffic.forecasts.question() else { return };
        let reuse = self.reuse(ask);
        let query = self.document.shared();
        if query.players.len() > LONG_LIST {
            self.jobs.forecast(number, query.clone(), reuse);
        } else {
            self.engine.send(file_jobs::question(number, query, reuse));
        }
    }
}
