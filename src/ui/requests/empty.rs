//! What the screen says before there is any request.

use egui::{RichText, Ui};

use crate::ui::theme::{self, icon, palette};

/// Says what will be here and how to get it.
pub(super) fn empty_ui(ui: &mut Ui) {
    let colors = palette(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.32).max(8.0));
        ui.label(RichText::new(icon::LIST).size(28.0).color(colors.faint));
        ui.add_space(4.0);
        ui.label(RichText::new("No requests yet").font(theme::heading()));
        ui.label(
            RichText::new("Fetch (Ctrl+Enter) and each request stands here: what was sent, what came back, how long it took.")
                .color(colors.muted),
        );
        ui.label(RichText::new("The token is never shown or kept.").color(colors.muted));
    });
}
