//! What must survive a restart or a crash: sent to be kept when it changes, and taken up again.

use std::{sync::Arc, time::Duration};

use egui::Context;

use super::{
    app::{App, Start},
    options::Theme,
    screen::Screen,
    theme,
    traffic::Settings,
};
use crate::{
    engine::{Command, Draft},
    model::Query,
    sample,
};

/// A draft of more players than this is not sent with each key press.
const SMALL_DRAFT: usize = 5_000;
/// How often a large draft is sent at most.
const DRAFT_PAUSE: f64 = 1.0;

/// Whether the session changed since it was last sent to be kept.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    due: bool,
    last_sent: f64,
    /// How many were sent off, to be kept or to be put together first.
    count: u64,
}

impl Drafts {
    pub(super) fn touch(&mut self) {
        self.due = true;
    }
}

impl App {
    /// Takes up what the last session had in front of the user.
    pub(super) fn restore_draft(&mut self, draft: &Draft) {
        self.document = self.document.restored(draft);
        self.panels.query.players.text.clone_from(&draft.players_box);
        if let Some(text) = &draft.saved_text {
            self.jobs.read_baseline(text.clone());
        } else if draft.query == sample::first_query() {
            self.document.set_baseline(draft.query.clone());
        }
        self.light = self.forced_theme.map_or(draft.light, |theme| theme == Theme::Light);
        theme::set_light(&self.context, self.light);
        self.screen = self.forced_screen.or_else(|| Screen::named(&draft.screen)).unwrap_or_default();
        self.set_settings(Settings::of(draft));
    }

    /// Sends the session to be kept, when it changed. Nothing is sent before the last one was read.
    pub(super) fn keep_draft(&mut self, ctx: &Context) {
        if !self.drafts.due || matches!(self.start, Start::Restoring | Start::AwaitingToken) {
            return;
        }
        let now = ctx.input(|input| input.time);
        let wait = self.drafts.last_sent + DRAFT_PAUSE - now;
        if self.document.query().players.len() > SMALL_DRAFT && wait > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(wait));
            return;
        }
        self.drafts.last_sent = now;
        self.drafts.due = false;
        self.drafts.count += 1;
        let (draft, query) = (self.draft(), self.document.shared().clone());
        if query.players.len() > SMALL_DRAFT {
            self.jobs.draft(self.drafts.count, draft, query);
        } else {
            self.send_draft(draft, &query);
        }
    }

    /// Sends what a worker put together, unless there is a newer one.
    pub(super) fn take_draft(&self, number: u64, draft: Draft) {
        if number == self.drafts.count {
            self.engine.send(Command::SaveDraft(Arc::new(draft)));
        }
    }

    fn send_draft(&self, draft: Draft, query: &Query) {
        let draft = Draft { query: query.clone(), ..draft };
        self.engine.send(Command::SaveDraft(Arc::new(draft)));
    }

    /// What must survive a restart, but for the query.
    fn draft(&self) -> Draft {
        let mut draft = Draft {
            players_box: self.panels.query.players.text.clone(),
            on_sample: self.services.on_sample(),
            light: self.light,
            screen: self.screen.name().to_owned(),
            ..Draft::default()
        };
        draft.dictionary = self.dictionary.chosen().cloned();
        self.traffic.settings.fill(&mut draft);
        self.document.fill(&mut draft);
        draft
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.dictionary.write_rest();
        if self.drafts.due && !matches!(self.start, Start::Restoring | Start::AwaitingToken) {
            self.send_draft(self.draft(), self.document.query());
        }
    }
}
