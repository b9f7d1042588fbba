//! Adding somebody: a search over the players of the table, the groups, and figures of all.

use egui::{Key, ScrollArea, TextEdit, Ui};

use super::{CompareAction, choices::stand_ins, words};
use crate::{
    analysis::View,
    model::{Query, Reference},
    ui::{explore::ExploreInput, player_search::PlayerSearch, widgets::muted_label},
};

const WIDTH: f32 = 270.0;
/// How high the list is at most.
const LIST: f32 = 300.0;

/// What is typed, and who was found.
#[derive(Debug, Default)]
pub(super) struct AddMenu {
    search: String,
    players: PlayerSearch,
}

/// The content of the popup. `just_opened` puts the keyboard into the field.
pub(super) fn add_ui(
    ui: &mut Ui,
    state: &mut AddMenu,
    input: &ExploreInput<'_>,
    view: &View,
    just_opened: bool,
    actions: &mut Vec<CompareAction>,
) {
    ui.set_width(WIDTH);
    let hint = "Find a player, a group, a figure";
    let field = ui.add(TextEdit::singleline(&mut state.search).hint_text(hint).desired_width(f32::INFINITY));
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Who to add"));
    if just_opened {
        field.request_focus();
    }
    state.players.find(ui.ctx(), view.table(), input.revision, &state.search);
    let found = found(state, input.query, view);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if found.is_empty() {
        let words = if state.players.is_busy() { "Searching…" } else { "Nobody has such a name" };
        muted_label(ui, words);
    }
    let mut chosen = found.first().map(|(who, _)| who.clone()).filter(|_| entered);
    ScrollArea::vertical().id_salt("who to add").max_height(LIST).min_scrolled_height(LIST).show(ui, |ui| {
        ui.with_layout(egui::Layout::top_down_justified(egui::Align::Min), |ui| {
            for (who, name) in &found {
                let is_there = input.query.compare.contestants.iter().any(|other| other.who == *who);
                let button = egui::Button::new(name).truncate().frame_when_inactive(false);
                let button = ui.add_enabled(!is_there, button);
                if button.on_disabled_hover_text("Already compared").clicked() {
                    chosen = Some(who.clone());
                }
            }
            if state.players.found().len() > PlayerSearch::MOST_LISTED {
                muted_label(ui, "There are more. Type some of the name to find them");
            }
        });
    });
    if let Some(who) = chosen {
        actions.push(added(input.query, who));
        state.search.clear();
        // The keyboard stays where the next one can be typed.
        field.request_focus();
    }
}

/// The comparison with one more, or why not.
pub(super) fn added(query: &Query, who: Reference) -> CompareAction {
    let mut compare = query.compare.clone();
    match compare.add(who) {
        Ok(()) => CompareAction::set(compare),
        Err(error) => CompareAction::Refused(format!("{error}.")),
    }
}

/// All that fits what is typed: players first, then groups and figures of all.
fn found(state: &AddMenu, query: &Query, view: &View) -> Vec<(Reference, String)> {
    let rows = view.table().rows();
    let found = state.players.found().iter().take(PlayerSearch::MOST_LISTED);
    let players = found
        .filter_map(|row| rows.get(*row as usize))
        .map(|row| (Reference::Player(row.asked.clone()), row.name()));
    let wanted = state.search.trim().to_lowercase();
    let others = stand_ins(query).filter_map(|who| {
        let name = words::name(view, &who);
        name.to_lowercase().contains(&wanted).then_some((who, name))
    });
    // While nothing is typed, the few others would never be seen below all players.
    if wanted.is_empty() { others.chain(players).collect() } else { players.chain(others).collect() }
}
