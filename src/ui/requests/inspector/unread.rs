use egui::{Label, RichText, ScrollArea, Ui};

use super::line_ui;
use crate::{
    analysis::display::count,
    model::Exchange,
    ui::{
        requests::words,
        theme::palette,
        widgets::{muted_label, section_header},
    },
};

/// More sentences than anyone reads.
const MOST: usize = 100;

/// What of the answer could not be read or used, a sentence each.
pub(super) fn unread_ui(ui: &mut Ui, exchange: &Exchange) {
    let colors = palette(ui);
    line_ui(ui);
    let unread = exchange.unread.len();
    let detail = match exchange.entries {
        0 => words::many(unread, "remark", "remarks"),
        entries => format!("{} of {}", count(unread), words::many(entries, "entry", "entries")),
    };
    section_header(ui, "Not understood", &detail);
    ScrollArea::vertical().id_salt("not understood").auto_shrink([false, true]).show(ui, |ui| {
        for sentence in exchange.unread.iter().take(MOST) {
            let words = RichText::new(sentence).color(colors.warning);
            ui.add(Label::new(words).selectable(true).wrap());
        }
        if unread > MOST {
            muted_label(ui, &format!("and {} more", count(unread - MOST)));
        }
    });
}
