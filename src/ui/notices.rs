//! Quiet lines above the status bar: what happened, and a button where something can be done.

use egui::{Align, Layout, Ui};

use super::{
    actions::Action,
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
    /// An export or a copy.
    Export,
    /// What an answer held that nobody asked for.
    Answer,
    /// What the program keeps.
    Keeping,
    /// The service and the token.
    Service,
}

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    subject: Subject,
    tone: Tone,
    text: String,
    button: Option<(String, Action)>,
}

/// The lines that are shown.
#[derive(Debug, Default)]
pub(crate) struct Notices(Vec<Notice>);

impl Notice {
    pub(crate) fn new(subject: Subject, tone: Tone, text: impl Into<String>) -> Self {
        Self { subject, tone, text: text.into(), button: None }
    }

    /// Adds the button that does something about it.
    pub(crate) fn with_button(mut self, label: impl Into<String>, action: Action) -> Self {
        self.button = Some((label.into(), action));
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
                if done {
                    pressed = notice.button.as_ref().map(|(_, action)| action.clone());
                }
                if done || closed {
                    gone = Some(place);
                }
            });
        }
        if let Some(place) = gone {
            self.0.remove(place);
        }
        pressed
    }
}

/// Returns whether its button was pressed, and whether it was dismissed.
fn notice_ui(ui: &mut Ui, notice: &Notice) -> (bool, bool) {
    let palette = theme::palette(ui);
    let (glyph, color) = match notice.tone {
        Tone::Quiet => (icon::INFO, palette.muted),
        Tone::Warning => (icon::WARNING, palette.warning),
        Tone::Error => (icon::WARNING_CIRCLE, palette.error),
    };
    ui.label(egui::RichText::new(glyph).color(color));
    let (mut done, mut closed) = (false, false);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        closed = widgets::icon_button(ui, icon::X, "Dismiss this line").clicked();
        if let Some((label, _)) = &notice.button {
            done = ui.button(label).clicked();
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            widgets::elided_label(ui, &notice.text, ui.available_width());
        });
    });
    (done, closed)
}
