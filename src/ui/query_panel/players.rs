//! The players box and the list below it.

use std::collections::BTreeSet;

use egui::{Event, Id, Key, KeyboardShortcut, Modifiers, ScrollArea, TextEdit, Ui, style::ScrollAnimation};

use super::{QueryPanelInput, groups, line};
use crate::{
    analysis::display::count,
    model::{PlayerEntry, UnixMillis},
    ui::{
        actions::Action,
        roster::{Fate, Tally},
        theme::{self, icon},
        widgets,
    },
};

/// Height of a line of the list.
const LINE_HEIGHT: f32 = 26.0;
/// The box grows with what is typed up to this height.
const BOX_MAX_HEIGHT: f32 = 120.0;

/// What is typed, selected and edited in the list.
#[derive(Default)]
pub(crate) struct PlayersPanel {
    /// The text in the box, not added yet.
    pub(crate) text: String,
    /// What was typed after an Enter in the same frame: it belongs to what comes next in the box.
    held: Vec<Event>,
    /// Places of the selected lines.
    selected: BTreeSet<usize>,
    /// Where a selection with Shift starts.
    anchor: usize,
    /// The line being edited, and its text so far.
    editing: Option<(usize, String)>,
    /// Whether the end of the list, where players are added, is to be shown.
    show_end: bool,
    groups: groups::GroupsMenu,
}

impl PlayersPanel {
    /// Places of the selected lines, ascending, as far as there are so many.
    pub(crate) fn selected(&self, lines: usize) -> Vec<usize> {
        self.selected.iter().copied().filter(|place| *place < lines).collect()
    }

    /// Shows the end of the list: players were added there.
    pub(crate) fn show_end(&mut self) {
        self.show_end = true;
    }

    /// Forgets which lines are selected or edited: the list became another.
    pub(crate) fn list_changed(&mut self) {
        self.selected.clear();
        self.editing = None;
    }
}

/// The id of the players box, to give it the keyboard.
pub(crate) fn box_id() -> Id {
    Id::unique("players box")
}

pub(super) fn players_ui(
    ui: &mut Ui,
    state: &mut PlayersPanel,
    input: &QueryPanelInput<'_>,
    actions: &mut Vec<Action>,
) {
    header_ui(ui, state, input, actions);
    box_ui(ui, state, actions);
    let summary = summary(&input.tally);
    let below = if summary.is_empty() { 0.0 } else { 20.0 };
    let height = (ui.available_height() - below).max(LINE_HEIGHT);
    list_ui(ui, state, input, height, actions);
    if !summary.is_empty() {
        ui.label(egui::RichText::new(summary).font(theme::small()).color(theme::palette(ui).muted));
    }
}

fn header_ui(ui: &mut Ui, state: &mut PlayersPanel, input: &QueryPanelInput<'_>, actions: &mut Vec<Action>) {
    let players = input.query.players.len();
    let selected = state.selected(players);
    let groups = &mut state.groups;
    let (left, right): (&mut Vec<Action>, Vec<Action>) = (actions, Vec::new());
    let mut right = right;
    widgets::row_ui(
        ui,
        |ui| {
            widgets::section_header(ui, "Players", &count(input.tally.players));
        },
        |ui| {
            groups::groups_ui(ui, groups, input, &selected, &mut right);
            if players > 0 {
                let clear = widgets::icon_button(ui, icon::TRASH, "Clear list");
                if clear.on_hover_text("Remove all players from the list").clicked() {
                    right.push(Action::ClearPlayers);
                }
            }
        },
    );
    left.append(&mut right);
}

/// The box that takes anything. Enter adds; a list that is pasted is added at once.
fn box_ui(ui: &mut Ui, state: &mut PlayersPanel, actions: &mut Vec<Action>) {
    let id = box_id();
    let held = std::mem::take(&mut state.held);
    if !held.is_empty() {
        ui.input_mut(|input| input.events.splice(0..0, held).for_each(drop));
    }
    let focused = ui.memory(|memory| memory.has_focus(id));
    let text = &mut state.text;
    if focused && let Some(list) = pasted_list(ui) {
        let typed = std::mem::take(text);
        actions.push(Action::AddPlayers(format!("{typed}\n{list}")));
    }
    let after_enter = if focused { taken_enter(ui) } else { None };
    let response = ScrollArea::vertical()
        .id_salt("players box scroll")
        .max_height(BOX_MAX_HEIGHT)
        .show(ui, |ui| {
            let field = TextEdit::multiline(text)
                .id(id)
                .hint_text("Gamertags or XUIDs, or a list")
                .desired_rows(1)
                .desired_width(f32::INFINITY)
                .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter));
            ui.add(field)
        })
        .inner;
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Players to add"));
    if response.changed() {
        actions.push(Action::DraftChanged);
    }
    if let Some(held) = after_enter {
        // Only now has the field taken in what was typed before the key.
        if !state.text.trim().is_empty() {
            actions.push(Action::AddPlayers(std::mem::take(&mut state.text)));
        }
        state.held = held;
        ui.request_repaint();
    }
    response.on_hover_text(
        "Gamertags, Name#1234 or XUIDs, one or many: separated by commas or lines, or pasted from a table. \
         Enter adds them, Shift+Enter starts a new line",
    );
}

/// Takes Enter out of the frame's input, with whatever was typed after it: a quick hand, or a slow
/// frame, can bring several lines at once.
fn taken_enter(ui: &Ui) -> Option<Vec<Event>> {
    ui.input_mut(|input| {
        let is_enter = |event: &Event| {
            matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if modifiers.is_none())
        };
        let place = input.events.iter().position(is_enter)?;
        let after = input.events.split_off(place).into_iter().skip(1);
        let (typed, other): (Vec<Event>, Vec<Event>) = after.partition(|event| {
            matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_) | Event::Ime(_))
        });
        input.events.extend(other);
        Some(typed)
    })
}

/// Takes a pasted text that lists several players out of the frame's input.
fn pasted_list(ui: &Ui) -> Option<String> {
    ui.input_mut(|input| {
        let is_list = |event: &Event| match event {
            Event::Paste(text) => text.trim().contains(['\n', '\t', ',', ';']),
            _ => false,
        };
        let place = input.events.iter().position(is_list)?;
        match input.events.remove(place) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    })
}

fn list_ui(
    ui: &mut Ui,
    state: &mut PlayersPanel,
    input: &QueryPanelInput<'_>,
    height: f32,
    actions: &mut Vec<Action>,
) {
    let players = &input.query.players;
    if players.is_empty() {
        ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
            widgets::muted_label(ui, "No players yet. Type or paste them above.");
        });
        return;
    }
    let before = ui.spacing().item_spacing;
    ui.spacing_mut().item_spacing.y = 0.0;
    let list = ScrollArea::vertical().id_salt("players list");
    let show_end = std::mem::take(&mut state.show_end);
    list.max_height(height).min_scrolled_height(0.0).auto_shrink([false, false]).show_rows(
        ui,
        LINE_HEIGHT,
        players.len(),
        |ui, shown| {
            if show_end {
                // An offset would be taken for one beyond the end that the list had so far.
                let mut end = ui.max_rect();
                end.min.y += (players.len() - 1 - shown.start) as f32 * LINE_HEIGHT;
                end.max.y = end.min.y + LINE_HEIGHT;
                ui.scroll_to_rect_animation(end, Some(egui::Align::BOTTOM), ScrollAnimation::none());
            }
            for place in shown {
                line_ui(ui, state, input, place, &players[place], actions);
            }
        },
    );
    ui.spacing_mut().item_spacing = before;
}

fn line_ui(
    ui: &mut Ui,
    state: &mut PlayersPanel,
    input: &QueryPanelInput<'_>,
    place: usize,
    entry: &PlayerEntry,
    actions: &mut Vec<Action>,
) {
    if let Some((edited, text)) = &mut state.editing
        && *edited == place
    {
        match line::edit_ui(ui, text, LINE_HEIGHT) {
            line::Edit::GoesOn => {}
            line::Edit::Dropped => state.editing = None,
            line::Edit::Done => {
                if text.trim() != entry.text() {
                    actions.push(Action::SetPlayer(place, PlayerEntry::new(text)));
                }
                state.editing = None;
            }
        }
        return;
    }
    let fate = input.roster.fate(place, entry, input.table);
    let shown = line::Line {
        place,
        entry,
        looked_up: looked_up(input, &fate),
        fate,
        groups: &input.query.groups,
        group: entry.read().ok().and_then(|player| input.query.group_of(player)),
        selected: state.selected.contains(&place),
        fetching: input.fetching.is_some(),
    };
    let response = line::line_ui(ui, &shown, LINE_HEIGHT, actions);
    if response.clicked() {
        response.request_focus();
        select(ui, state, place);
        actions.push(Action::ShowPlayer(place));
    }
    if response.secondary_clicked() && !state.selected.contains(&place) {
        state.selected = BTreeSet::from([place]);
        state.anchor = place;
    }
    let (edit, remove) = if response.has_focus() { pressed(ui) } else { (false, false) };
    if edit || response.double_clicked() {
        state.editing = Some((place, entry.text().to_owned()));
    }
    if remove {
        let selected = if state.selected.contains(&place) {
            state.selected(input.query.players.len())
        } else {
            vec![place]
        };
        actions.push(Action::RemovePlayers(selected));
    }
    response.context_menu(|ui| menu_ui(ui, state, input, &shown, actions));
}

/// When a player was looked up, as far as the program remembers it, and when it is now.
fn looked_up(input: &QueryPanelInput<'_>, fate: &Fate<'_>) -> Option<(UnixMillis, UnixMillis)> {
    let Fate::Found(player) = fate else { return None };
    let at = input.traffic.forecasts.of(None)?.looked_up.get(&player.xuid)?;
    Some((*at, input.now))
}

fn menu_ui(
    ui: &mut Ui,
    state: &mut PlayersPanel,
    input: &QueryPanelInput<'_>,
    shown: &line::Line<'_>,
    actions: &mut Vec<Action>,
) {
    let selected = if state.selected.contains(&shown.place) {
        state.selected(input.query.players.len())
    } else {
        vec![shown.place]
    };
    if ui.button("Edit").on_hover_text("F2").clicked() {
        state.editing = Some((shown.place, shown.entry.text().to_owned()));
    }
    let remove = match selected.len() {
        1 => "Remove".to_owned(),
        several => format!("Remove {several} players"),
    };
    if ui.button(remove).on_hover_text("Delete").clicked() {
        actions.push(Action::RemovePlayers(selected.clone()));
    }
    if let Some(other) = line::other_reading(shown.entry)
        && ui.button(line::other_reading_label(shown.entry)).clicked()
    {
        actions.push(Action::SetPlayer(shown.place, other));
    }
    if let Some(xuid) = shown.xuid()
        && ui.button("Copy XUID").clicked()
    {
        actions.push(Action::Copy(xuid.to_string()));
    }
    ui.separator();
    let groups = &input.query.groups;
    for (place, group) in groups.iter().enumerate() {
        if widgets::group_button(ui, groups, place, &format!("Add to {}", group.name)).clicked() {
            actions.push(Action::AddToGroup(group.name.clone(), selected.clone()));
        }
    }
    if shown.group.is_some() && ui.button("Take out of all groups").clicked() {
        actions.push(Action::TakeFromGroups(None, selected));
    }
    if input.query.groups.is_empty() {
        widgets::muted_label(ui, "Groups are made in the Groups menu");
    }
}

/// Whether F2 or Delete was pressed.
fn pressed(ui: &Ui) -> (bool, bool) {
    ui.input_mut(|input| {
        let edit = input.consume_key(Modifiers::NONE, Key::F2);
        let remove = input.consume_key(Modifiers::NONE, Key::Delete)
            || input.consume_key(Modifiers::NONE, Key::Backspace);
        (edit, remove)
    })
}

fn select(ui: &Ui, state: &mut PlayersPanel, place: usize) {
    let modifiers = ui.input(|input| input.modifiers);
    if modifiers.shift {
        let (from, to) = (state.anchor.min(place), state.anchor.max(place));
        state.selected = (from..=to).collect();
        return;
    }
    state.anchor = place;
    if modifiers.command {
        if !state.selected.remove(&place) {
            state.selected.insert(place);
        }
    } else {
        state.selected = BTreeSet::from([place]);
    }
}

/// What needs a look in the list, in one line: empty when all is well.
fn summary(tally: &Tally) -> String {
    let parts = [
        (tally.not_found, "not found"),
        (tally.failed, "could not be looked up"),
        (tally.unreadable, "to correct"),
    ];
    let mut words: Vec<String> = parts
        .iter()
        .filter(|(many, _)| *many > 0)
        .map(|(many, what)| format!("{} {what}", count(*many)))
        .collect();
    match tally.duplicates {
        0 => {}
        1 => words.push("1 duplicate left out".into()),
        many => words.push(format!("{} duplicates left out", count(many))),
    }
    words.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_only_what_needs_a_look() {
        assert_eq!(summary(&Tally { players: 5, ..Tally::default() }), "");
        let tally = Tally { not_found: 1, duplicates: 2, unreadable: 3, ..Tally::default() };
        assert_eq!(summary(&tally), "1 not found · 3 to correct · 2 duplicates left out");
    }
}
