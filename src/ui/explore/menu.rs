//! The menus of the grid: of a heading, and of a cell.

mod players;

use egui::{Align, Button, Id, Layout, Popup, PopupAnchor, PopupCloseBehavior, SetOpenCommand, Ui};

pub(super) use players::new_group;

use super::{
    CopyKind, Explore, ExploreAction, ExploreInput, FormulaStart, Heading,
    controls::{Controls, changed, chooser::moved, fields::Holds},
};
use crate::{
    analysis::{
        View,
        view::{Shows, ViewColumn},
    },
    model::{
        Cell, Field, Filter, GroupBy, Grouping, Normalise, Number, RankOrder, Reference, Sort, SortBy, Test,
        ViewSettings,
    },
    ui::widgets::grid::{self, MenuRequest},
};

/// The ways to copy. Returns the first of them.
pub(super) fn copy_menu_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) -> Option<Id> {
    let mut first = None;
    for kind in CopyKind::ALL {
        let button = match kind.key() {
            "" => Button::new(kind.label()),
            key => Button::new(kind.label()).shortcut_text(key),
        };
        let response = ui.add(button).accessible_name(kind.label());
        first = first.or(Some(response.id));
        if response.clicked() {
            actions.extend(state.copy(ui.ctx(), input, kind));
            ui.close();
        }
    }
    ui.separator();
    let options = state.copy_options_mut();
    ui.checkbox(&mut options.as_shown, "Values as shown")
        .on_hover_text("Copy 1,903 or 5:07 instead of what was sent");
    ui.checkbox(&mut options.all, "All, not only the selection");
    first
}

/// A line of a menu that changes the view.
struct Entry<'a> {
    ui: &'a mut Ui,
    settings: &'a ViewSettings,
    actions: &'a mut Vec<ExploreAction>,
}

impl Entry<'_> {
    fn add(&mut self, label: &str, hint: &str, change: impl FnOnce(&mut ViewSettings)) {
        let button = self.ui.button(label);
        let button = if hint.is_empty() { button } else { button.on_hover_text(hint) };
        if button.clicked() {
            self.actions.extend(changed(self.settings, change));
            self.ui.close();
        }
    }

    fn ask(&mut self, label: &str, hint: &str, action: ExploreAction) {
        if self.ui.button(label).on_hover_text(hint).clicked() {
            self.actions.push(action);
            self.ui.close();
        }
    }

    fn separator(&mut self) {
        self.ui.separator();
    }
}

/// The menu of a heading. Shown in a popup that is open already; closes it by `ui.close()`.
pub(super) fn header_menu_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    heading: Heading,
    actions: &mut Vec<ExploreAction>,
) {
    ui.set_min_width(210.0);
    let view = state.view().cloned();
    match (heading, view) {
        (Heading::Player, _) => player_heading_ui(ui, &mut state.controls, input, actions),
        (Heading::Column(place), Some(view)) => {
            if let Some(column) = view.columns().get(place) {
                column_heading_ui(ui, &mut state.controls, input, &view, place, column, actions);
            }
        }
        (Heading::Column(_), None) => {}
    }
}

fn player_heading_ui(
    ui: &mut Ui,
    controls: &mut Controls,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let settings = &input.query.view;
    let has_groups = !input.query.groups.is_empty();
    let anchor = ui.min_rect();
    let mut entry = Entry { ui, settings, actions };
    sort_entries(&mut entry, &SortBy::Player, "Sort A to Z", "Sort Z to A");
    if has_groups {
        entry.add("Sort by group", "In the order of the groups", |view| {
            view.sort = vec![Sort { by: SortBy::Group, descending: false }];
        });
    }
    entry.separator();
    if entry.ui.button("Filter by name…").clicked() {
        controls.add_name_filter(anchor);
        entry.ui.close();
        entry.ui.request_repaint();
    }
    if has_groups {
        if entry.ui.button("Filter by group…").clicked() {
            controls.add_group_filter(anchor);
            entry.ui.close();
            entry.ui.request_repaint();
        }
        group_by_entry(&mut entry, GroupBy::PlayerGroup, "Group rows by player group");
    }
    entry.separator();
    let label = if settings.row_numbers { "Hide row numbers" } else { "Show row numbers" };
    entry.add(label, "", |view| view.row_numbers = !view.row_numbers);
    if settings.columns.frozen > 0 {
        entry.add("Freeze no column", "Let all columns scroll", |view| view.columns.frozen = 0);
    }
}

fn column_heading_ui(
    ui: &mut Ui,
    controls: &mut Controls,
    input: &ExploreInput<'_>,
    view: &View,
    place: usize,
    column: &ViewColumn,
    actions: &mut Vec<ExploreAction>,
) {
    let settings = &input.query.view;
    let field = &column.field;
    let anchor = ui.min_rect();
    let holds = controls.fields.get(field).map_or(Holds::Nothing, |look| look.holds);
    let name = controls.fields.name(field).to_owned();
    let mut entry = Entry { ui, settings, actions };
    column_sort_entries(&mut entry, field, holds);
    entry.separator();
    if entry.ui.button("Filter…").on_hover_text("Show only players whose value meets a condition").clicked()
    {
        controls.add_filter(field, anchor);
        entry.ui.close();
        entry.ui.request_repaint();
    }
    if holds == Holds::Texts {
        group_by_entry(&mut entry, GroupBy::Column(field.clone()), "Group rows by this");
    } else {
        entry.add(&format!("Values per {name}"), "Divide all numbers of a player by this one", |view| {
            view.normalise = Normalise::Per(field.clone(), Number::Int(1));
        });
    }
    entry.separator();
    let of_column = settings.columns.of(field);
    let rank = of_column.and_then(|of| of.rank);
    let label = if rank.is_some() { "Hide ranks" } else { "Show ranks" };
    entry.add(label, "A column of ranks beside it, the greatest first", |view| {
        let rank = if rank.is_some() { None } else { Some(RankOrder::GreatestFirst) };
        view.columns.change(field, |of| of.rank = rank);
    });
    let percentile = of_column.is_some_and(|of| of.percentile);
    let label = if percentile { "Hide percentiles" } else { "Show percentiles" };
    entry.add(label, "A column beside it: how many in a hundred are below", |view| {
        view.columns.change(field, |of| of.percentile = !percentile);
    });
    entry.separator();
    about_entries(&mut entry, column);
    entry.separator();
    place_entries(&mut entry, controls, view, place, column);
}

/// What the column is: what is said of the stat, or the formula.
fn about_entries(entry: &mut Entry<'_>, column: &ViewColumn) {
    if let Some(key) = column.field.stat() {
        let hint = "Its name, unit, format and bounds";
        entry.ask("What this stat is…", hint, ExploreAction::DescribeStat(key.clone()));
    } else {
        let start = FormulaStart::Change(column.field.name().to_owned());
        entry.ask("Change formula…", "See what it is worked out by", ExploreAction::EditFormula(start));
    }
    let start = FormulaStart::New(Some(column.field.clone()));
    entry.ask("New column from this…", "Work a column out by a formula", ExploreAction::EditFormula(start));
}

/// Where the column stands, how wide it is, whether it is there.
fn place_entries(entry: &mut Entry<'_>, controls: &Controls, view: &View, place: usize, column: &ViewColumn) {
    let (field, settings) = (&column.field, entry.settings);
    let frozen = place + 1;
    if usize::from(settings.columns.frozen) == frozen {
        entry.add("Freeze no column", "Let all columns scroll", |view| view.columns.frozen = 0);
    } else {
        entry.add("Freeze up to here", "Columns up to this one stand still while the rest scrolls", |view| {
            view.columns.frozen = u16::try_from(frozen).unwrap_or(u16::MAX);
        });
    }
    entry.add("Fit to content", "As wide as its values ask for (double-click its edge)", |view| {
        view.columns.change(field, |of| of.width = None);
    });
    let is_value = |other: &&ViewColumn| other.shows == Shows::Value && other.field != *field;
    let before = view.columns()[..place].iter().rev().find(is_value);
    let after = view.columns()[place..].iter().find(is_value);
    for (label, other) in [("Move left", before), ("Move right", after)] {
        let Some(other) = other else { continue };
        let looks = controls.fields.in_order(&settings.columns);
        let at = |field: &Field| looks.iter().position(|look| look.field == *field);
        if let (Some(from), Some(to)) = (at(field), at(&other.field)) {
            entry.add(label, "", |view| view.columns.order = moved(&looks, from, to));
        }
    }
    match column.shows {
        Shows::Value => entry.add("Hide column", "Columns brings it back", |view| {
            view.columns.change(field, |of| of.hidden = true);
        }),
        Shows::Rank(_) | Shows::Percentile => {}
    }
}

/// Sorting by a column, alone or behind the keys that there are.
fn column_sort_entries(entry: &mut Entry<'_>, field: &Field, holds: Holds) {
    let by = SortBy::Column(field.clone());
    if holds == Holds::Texts {
        sort_entries(entry, &by, "Sort A to Z", "Sort Z to A");
        return;
    }
    sort_entries(entry, &by, "Sort least first", "Sort greatest first");
    let absolute = SortBy::Absolute(field.clone());
    entry.add("Sort by absolute value", "The farthest from zero first, whatever the sign", |view| {
        view.sort = vec![Sort { by: absolute, descending: true }];
    });
    if field.stat().is_some() {
        let change = SortBy::Change(field.clone());
        entry.add("Sort by change", "What grew most since the fetch before first", |view| {
            view.sort = vec![Sort { by: change, descending: true }];
        });
    }
}

/// Both directions of an order, and the same behind the keys that there are.
fn sort_entries(entry: &mut Entry<'_>, by: &SortBy, ascending: &str, descending: &str) {
    let sort = &entry.settings.sort;
    let is_key = sort.iter().any(|key| key.by == *by);
    let is_alone = sort.is_empty() || (is_key && sort.len() == 1);
    for (label, descending) in [(ascending, false), (descending, true)] {
        entry.add(label, "", |view| view.sort = vec![Sort { by: by.clone(), descending }]);
    }
    if !is_alone {
        for (label, descending) in [("Then least first", false), ("Then greatest first", true)] {
            let hint = "Orders the players whom the keys so far leave equal (Shift+click)";
            entry.add(label, hint, |view| {
                view.sort.retain(|key| key.by != *by);
                view.sort.push(Sort { by: by.clone(), descending });
            });
        }
    }
    if is_key {
        entry.add("Drop from the order", "", |view| view.sort.retain(|key| key.by != *by));
    }
}

fn group_by_entry(entry: &mut Entry<'_>, by: GroupBy, label: &str) {
    let is_on = entry.settings.grouping.as_ref().is_some_and(|grouping| grouping.by == by);
    if is_on {
        entry.add("Group rows no more", "", |view| view.grouping = None);
    } else {
        entry.add(label, "Under a header each, with subtotals", |view| {
            view.grouping = Some(Grouping::new(by));
        });
    }
}

/// The menu of a cell: of the right mouse button, or of the Menu key.
pub(super) fn cell_menu_ui(
    ui: &Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    asked: Option<MenuRequest>,
    actions: &mut Vec<ExploreAction>,
) {
    state.menu = asked.or(state.menu);
    let Some(request) = state.menu else { return };
    let id = ui.scope_id().with("cell-menu");
    let shown = Popup::new(id, ui.ctx().clone(), PopupAnchor::Position(request.at), ui.layer_id())
        .kind(egui::PopupKind::Menu)
        .accessible_name("Cell menu")
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .layout(Layout::top_down_justified(Align::Min))
        .style(egui::containers::menu::menu_style)
        .open_memory(asked.map(|_| SetOpenCommand::Bool(true)))
        .show(|ui| {
            ui.set_min_width(210.0);
            let first = copy_menu_ui(ui, state, input, actions);
            if asked.is_some_and(|asked| asked.by_key)
                && let Some(first) = first
            {
                ui.memory_mut(|memory| memory.request_focus(first));
            }
            if let (Some((row, column)), Some(view)) = (state.cursor(), state.view().cloned()) {
                ui.separator();
                cell_ui(ui, state, input, &view, (row, column), actions);
            }
        });
    if shown.is_none() {
        state.menu = None;
        if request.by_key {
            ui.memory_mut(|memory| memory.request_focus(grid::id(ui)));
        }
    }
}

/// What can be done with the cell, or with the player, that has the keyboard.
fn cell_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    view: &View,
    (row, column): (u32, Option<usize>),
    actions: &mut Vec<ExploreAction>,
) {
    let settings = &input.query.view;
    let column = column.and_then(|column| view.columns().get(column));
    let mut entry = Entry { ui, settings, actions };
    match column {
        None => sort_entries(&mut entry, &SortBy::Player, "Sort players A to Z", "Sort players Z to A"),
        Some(column) => {
            let look = state.controls.fields.get(&column.field);
            column_sort_entries(&mut entry, &column.field, look.map_or(Holds::Nothing, |look| look.holds));
        }
    }
    if !settings.sort.is_empty() {
        entry.add("Order of the list", "Drop all keys of the order", |view| view.sort.clear());
    }
    entry.separator();
    if let Some(column) = column
        && let Some(filter) = filter_to(view, row, column)
    {
        entry.add("Show only this value", "Adds a filter", |view| view.filters.push(filter));
    }
    let Some(player) = view.table().rows().get(row as usize).map(|row| row.asked.clone()) else { return };
    entry.add("Use player as reference", "Hold all others against this player", |view| {
        view.reference = Reference::Player(player);
    });
    players::compare_ui(ui, state, actions);
    players::groups_ui(ui, state, input, view, actions);
}

/// The filter that leaves the players with the same value as this one.
fn filter_to(view: &View, row: u32, column: &ViewColumn) -> Option<Filter> {
    let index = view.table().column_index(column.field.stat()?)?;
    let test = match view.table().cell(row as usize, index) {
        Cell::Value(value) => Test::OneOf(vec![value.text.to_owned()]),
        Cell::NoValue => Test::Missing,
        Cell::Failed(_) => Test::Failed,
        Cell::NotAsked | Cell::Pending => return None,
    };
    Some(Filter::Column(column.field.clone(), test))
}
