//! Texts that are laid out once and kept while they are in sight.

use std::{collections::HashMap, sync::Arc};

use egui::{Color32, FontId, Galley, Ui, text::LayoutJob};

use crate::ui::{
    theme,
    widgets::{FontsSeen, elided},
};

/// More texts than these are never in sight at once: those that are not are forgotten.
const MOST_KEPT: usize = 4_096;

/// What a text is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Cell(u32, usize),
    Player(u32),
    Number(usize),
    Stat(usize),
    Raw(usize),
    Title(usize),
    Scid(usize),
    Total(usize, usize),
    Subtotal(usize, usize),
    Group(usize),
    GroupCount(usize),
    Place(usize),
    Word(&'static str),
}

/// What all texts depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Of {
    pub(super) version: usize,
    pub(super) is_dark: bool,
}

#[derive(Debug)]
struct Kept {
    whole: Arc<Galley>,
    /// The same, cut to fit so much room.
    cut: Option<(f32, Arc<Galley>)>,
    seen: u64,
}

#[derive(Debug, Default)]
pub(super) struct Galleys {
    kept: HashMap<Key, Kept>,
    of: Option<Of>,
    fonts: FontsSeen,
    semibold: Option<FontId>,
    pass: u64,
    laid_out: u64,
}

impl Galleys {
    /// Begins a frame. What was kept is forgotten when it does not hold any more.
    pub(super) fn begin(&mut self, ui: &Ui, of: Of) {
        if self.fonts.changed(ui) || self.of != Some(of) {
            self.kept.clear();
        }
        self.of = Some(of);
        self.pass += 1;
        if self.kept.len() > MOST_KEPT {
            let last = self.pass - 1;
            self.kept.retain(|_, kept| kept.seen >= last);
        }
    }

    /// How many texts were ever laid out.
    pub(super) fn laid_out(&self) -> u64 {
        self.laid_out
    }

    /// One line in the color that it is drawn in, of at most `room` points.
    pub(super) fn text(
        &mut self,
        ui: &Ui,
        key: Key,
        font: impl FnOnce() -> FontId,
        room: f32,
        text: impl FnOnce() -> String,
    ) -> Arc<Galley> {
        let job = || LayoutJob::simple_singleline(text(), font(), Color32::PLACEHOLDER);
        self.job(ui, key, room, job)
    }

    /// The same of texts that bring their colors.
    pub(super) fn job(
        &mut self,
        ui: &Ui,
        key: Key,
        room: f32,
        job: impl FnOnce() -> LayoutJob,
    ) -> Arc<Galley> {
        let Self { kept, pass, laid_out, .. } = self;
        let kept = kept.entry(key).or_insert_with(|| {
            *laid_out += 1;
            Kept { whole: ui.painter().layout_job(job()), cut: None, seen: 0 }
        });
        kept.seen = *pass;
        if kept.whole.size().x <= room {
            return kept.whole.clone();
        }
        match &kept.cut {
            Some((of, cut)) if *of == room => cut.clone(),
            _ => {
                *laid_out += 1;
                let cut = elided(ui, (*kept.whole.job).clone(), room);
                kept.cut = Some((room, cut.clone()));
                cut
            }
        }
    }

    pub(super) fn semibold(&mut self) -> FontId {
        self.semibold.get_or_insert_with(theme::semibold).clone()
    }
}
