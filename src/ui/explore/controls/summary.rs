//! Which rows of figures stand below the grid.

use egui::Ui;

use super::{Sight, parts, words};
use crate::{model::Statistic, ui::explore::ExploreAction};

/// The content of the popup.
pub(in crate::ui::explore) fn summary_ui(ui: &mut Ui, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) {
    parts::heading_ui(ui, "Rows below the grid");
    for statistic in Statistic::ALL {
        let is_on = sight.settings.summary.contains(&statistic);
        if let Some(on) = parts::tick_ui(ui, is_on, words::statistic(statistic), "") {
            sight.change(actions, |view| {
                let is_shown = |other: &Statistic| {
                    if *other == statistic { on } else { view.summary.contains(other) }
                };
                view.summary = Statistic::ALL.into_iter().filter(is_shown).collect();
            });
        }
    }
}
