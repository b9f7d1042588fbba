//! Quiet lines above the status bar: what happened, and a button where something can be done. They take
//! room from the work: what needs no answer is told in the status bar (`said.rs`).

use egui::{Align, Layout, Ui};

use super::{
    actions::Action,
    history::Mark,
    theme::{self, icon},
    widgets,
};

/// More than this many lines would push the work away: the oldest goes.
const MOST: usize = 4;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Good to know.
    Quiet,
    /// Something is not as the user may think.
    Warning,
    /// Something did not work.
    Error,
}

/// What a notice is about. A newer one on the same subject takes the place of the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// That the data is invented.
    Sample,
    /// A list of players that changed.
    Players,
    /// A query file.
    File,
    /// Who is compared.
    Compare,
    /// What an answer held that nobody asked for.
    Answer,
    /// The file of the stat dictionary.
    Dictionary,
    /// What the program keeps.
    Keeping,
    /// The service and the token.
    Service,
    /// A fetch that cannot go on.
    Pause,
    /// That the sample service answers wrongly on purpose.
    Faults,
}

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    subject: Subject,
    tone: Tone,
    text: String,
    buttons: Vec<(&'static str, Action)>,
    /// Whether it stays when a button of it is pressed, until what it is about is over.
    lasts: bool,
}

/// The lines that are shown.
#[derive(Debug, Default)]
pub(crate) struct Notices(Vec<Notice>);

impl Notice {
    pub(crate) fn new(subject: Subject, tone: Tone, text: impl Into<String>) -> Self {
        Self { subject, tone, text: text.into(), buttons: Vec::new(), lasts: false }
    }

    /// Adds a button that does something about it.
    pub(crate) fn with_button(mut self, label: &'static str, action: Action) -> Self {
        self.buttons.push((label, action));
        self
    }

    /// Adds the button that takes a change back. `None`: there is nothing to take back.
    pub(crate) fn with_undo(self, change: Option<Mark>) -> Self {
        match change {
            Some(change) => self.with_button("Undo", Action::UndoTo(change)),
            None => self,
        }
    }

    /// Has it stay when its buttons are pressed.
    pub(crate) fn lasting(mut self) -> Self {
        self.lasts = true;
        self
    }
}

impl Notices {
    /// Shows a line, in place of an older one on the same subject.
    pub(crate) fn push(&mut self, notice: Notice) {
        self.drop_subject(notice.subject);
        self.0.push(notice);
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// Takes the line on this subject away.
    pub(crate) fn drop_subject(&mut self, subject: Subject) {
        self.0.retain(|notice| notice.subject != subject);
    }

    /// Takes the lines away whose change cannot be taken back any more.
    pub(crate) fn drop_undone(&mut self, can_undo: impl Fn(Mark) -> bool) {
        let is_over =
            |(_, action): &(&str, Action)| matches!(action, Action::UndoTo(mark) if !can_undo(*mark));
        self.0.retain(|notice| !notice.buttons.iter().any(is_over));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines, one below the other. A pressed button takes its line away.
    pub(crate) fn notices_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let mut pressed = None;
        let mut gone = None;
        for (place, notice) in self.0.iter().enumerate() {
            ui.horizontal(|ui| {
                let (done, closed) = notice_ui(ui, notice);
                if closed || (done.is_some() && !notice.lasts) {
                    gone = Some(place);
                }
                pressed = pressed.take().or(done);
            });
        }
        if let Some(place) = gone {
            self.0.remove(place);
        }
        pressed
    }
}

/// Returns what a button of it does that was pressed, and whether it was dismissed.
fn notice_ui(ui: &mut Ui, notice: &Notice) -> (Option<Action>, bool) {
    let palette = theme::palette(ui);
    let (glyph, color) = match notice.tone {
        Tone::Quiet => (icon::INFO, palette.muted),
        Tone::Warning => (icon::WARNING, palette.warning),
        Tone::Error => (icon::WARNING_CIRCLE, palette.error),
    };
    ui.label(egui::RichText::new(glyph).color(color));
    let (mut done, mut closed) = (None, false);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        closed = widgets::icon_button(ui, icon::X, "Dismiss this line").clicked();
        for (label, action) in notice.buttons.iter().rev() {
            if ui.button(*label).clicked() {
                done = Some(action.clone());
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            widgets::elided_label(ui, &notice.text, ui.available_width());
        });
    });
    (done, closed)
}
