//! What stands in the rows, and what they are put together by.

use egui::{ScrollArea, Ui};

use super::{Sight, fields::Holds, parts, words};
use crate::{
    analysis::View,
    model::{GroupBy, Grouping, Layout, Statistic},
    ui::{explore::ExploreAction, widgets},
};

/// How high the list of text stats is at most.
const LIST: f32 = 110.0;

/// The content of the popup.
pub(in crate::ui::explore) fn rows_ui(ui: &mut Ui, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) {
    let settings = sight.settings;
    parts::heading_ui(ui, "Layout");
    for (layout, label, hint) in [
        (Layout::Wide, "Players as rows", "A player a row, a stat a column (T turns it round)"),
        (Layout::Transposed, "Stats as rows", "A stat a row, a player a column (T turns it round)"),
        (Layout::Long, "One value a row", "Each value with its player and stat"),
    ] {
        if parts::choice_ui(ui, settings.layout == layout, label, hint) {
            sight.change(actions, |view| view.layout = layout);
        }
    }
    grouping_ui(ui, sight, actions);
    ui.separator();
    let hint = "A number in front of each row";
    if let Some(on) = parts::tick_ui(ui, settings.row_numbers, "Row numbers", hint) {
        sight.change(actions, |view| view.row_numbers = on);
    }
}

fn grouping_ui(ui: &mut Ui, sight: Sight<'_>, actions: &mut Vec<ExploreAction>) {
    let grouping = sight.settings.grouping.as_ref();
    let by = grouping.map(|grouping| &grouping.by);
    parts::heading_ui(ui, "Put together by");
    if parts::choice_ui(ui, by.is_none(), "Nothing", "") {
        sight.change(actions, |view| view.grouping = None);
    }
    ui.add_enabled_ui(!sight.input.query.groups.is_empty(), |ui| {
        let hint = "The first group that holds the player. Groups are made in the Groups menu";
        if parts::choice_ui(ui, by == Some(&GroupBy::PlayerGroup), "Player group", hint) {
            sight.change(actions, |view| view.grouping = Some(put_together(grouping, GroupBy::PlayerGroup)));
        }
    });
    let by_column = |field| Some(GroupBy::Column(field));
    let texts = sight
        .fields
        .all()
        .iter()
        .filter(|look| look.holds == Holds::Texts || by.cloned() == by_column(look.field.clone()));
    let list = ScrollArea::vertical().id_salt("text stats");
    list.max_height(LIST).min_scrolled_height(LIST).show(ui, |ui| {
        for look in texts {
            let is_chosen = by.cloned() == by_column(look.field.clone());
            if parts::choice_ui(ui, is_chosen, &look.name, "Players with the same text together") {
                let by = GroupBy::Column(look.field.clone());
                sight.change(actions, |view| view.grouping = Some(put_together(grouping, by)));
            }
        }
    });
    let Some(grouping) = grouping else { return };
    parts::heading_ui(ui, "In the headers");
    ui.horizontal_wrapped(|ui| {
        for statistic in Statistic::ALL {
            let is_chosen = grouping.subtotal == statistic;
            let chip = widgets::chip_toggle(ui, words::statistic(statistic), "", is_chosen);
            parts::named(ui, &chip, &format!("Headers show: {}", words::statistic(statistic)));
            if chip.clicked() {
                sight.change(actions, |view| {
                    view.grouping = Some(Grouping { subtotal: statistic, ..grouping.clone() });
                });
            }
        }
    });
    ui.horizontal(|ui| {
        if widgets::link_button(ui, "Collapse all").on_hover_text("Show the headers alone").clicked() {
            sight.change(actions, |view| view.grouping = Some(all_collapsed(sight, grouping)));
        }
        if widgets::link_button(ui, "Expand all").on_hover_text("Show the rows of all groups").clicked() {
            sight.change(actions, |view| {
                let all = Grouping { collapsed: Vec::new(), rest_collapsed: false, ..grouping.clone() };
                view.grouping = Some(all);
            });
        }
    });
}

/// Rows put together by something else keep what their headers show.
fn put_together(before: Option<&Grouping>, by: GroupBy) -> Grouping {
    let new = Grouping::new(by);
    Grouping { subtotal: before.map_or(new.subtotal, |before| before.subtotal), ..new }
}

fn all_collapsed(sight: Sight<'_>, grouping: &Grouping) -> Grouping {
    let groups = sight.view.map(View::groups).unwrap_or_default();
    let collapsed = groups.iter().filter_map(|group| group.label.clone()).collect();
    Grouping { collapsed, rest_collapsed: true, ..grouping.clone() }
}
