//! What screen readers are told: the grid, and of what is in sight rows, names and cells.

use egui::{Event, Rect, Response, Role, Sense, accesskit::Action};

use super::{Place, Scene, Selection, body::cell_rect, heads, place::At, words};
use crate::{
    analysis::{
        View,
        view::{Line, Spot},
    },
    model::{Layout, RowState},
    ui::{
        theme::ROW_HEIGHT,
        widgets::{describe_groups, describe_member, spoken},
    },
};

/// The grid as a whole.
pub(super) fn grid(response: &Response, view: &View, selection: &Selection) {
    spoken(response, |node| {
        node.set_role(Role::Grid);
        node.set_label("Values");
        node.set_row_count(view.height());
        node.set_column_count(view.width() + 1);
        node.set_multiselectable();
        if let Some(At { y, x }) = selection.cursor().and_then(|cursor| cursor.at(view)) {
            node.set_row_index(y);
            node.set_column_index(x.map_or(0, |x| x + 1));
        }
    });
}

/// Rows, names and cells in sight, as far as anybody listens: they are painted, not widgets. Returns
/// the one that a reader clicked.
pub(super) fn cells(scene: &Scene<'_>) -> Option<Place> {
    scene.ui.ctx().accesskit_node_builder(scene.id, |_| ())?;
    let cursor = scene.selection.cursor().and_then(|cursor| cursor.at(scene.input.view));
    let is_click = |event: &Event| matches!(event, Event::AccessKitActionRequest(request) if request.action == Action::Click);
    let any_clicked = scene.ui.input(|input| input.events.iter().any(is_click));
    let mut clicked = None;
    let mut tell = |response: &Response, at: At| {
        if cursor == Some(at) {
            // The one that has the keyboard is what a reader says.
            scene.ui.ctx().accesskit_node_builder(scene.id, |node| {
                node.set_active_descendant(response.id.accesskit_id());
            });
        }
        if any_clicked
            && scene.ui.input(|input| input.has_accesskit_action_request(response.id, Action::Click))
        {
            clicked = Place::of(scene.input.view, at);
        }
    };
    for y in scene.rows_in_sight() {
        row(scene, y, &mut tell);
    }
    clicked
}

fn row(scene: &Scene<'_>, y: usize, tell: &mut impl FnMut(&Response, At)) {
    let Scene { ui, input, selection, lanes, areas, id, .. } = scene;
    let body = areas.body;
    let top = scene.top(y);
    let whole = Rect::from_x_y_ranges(body.x_range(), top..=top + ROW_HEIGHT).intersect(body);
    let at = At { y, x: None };
    let place = Place::of(input.view, at);
    let response = ui.interact(whole, id.with(("row", y)), Sense::hover());
    spoken(&response, |node| {
        node.set_role(Role::Row);
        node.set_row_index(y);
    });
    let head = whole.with_max_x(areas.heads_right);
    let name = ui.interact(head, id.with(("name", y)), Sense::hover());
    spoken(&name, |node| {
        node.set_role(Role::RowHeader);
        node.set_label(row_name(scene, y, place));
        node.set_selected(place.and_then(Place::row).is_some_and(|row| selection.has_row(row)));
        node.set_row_index(y);
        node.set_column_index(0);
        node.add_action(Action::Click);
    });
    describe_marker(scene, &name, place);
    tell(&name, at);
    for x in (0..lanes.frozen).chain(scene.lanes_in_sight()) {
        let clip = if x < lanes.frozen { scene.standing(body) } else { scene.scrolling(body) };
        let rect = cell_rect(scene, y, x).intersect(clip);
        let Some(spot) = input.view.spot(y, x).filter(|_| rect.is_positive()) else { continue };
        let salt = match spot {
            Spot::Cell { row, column } => ("cell", row as usize, column),
            Spot::Subtotal { group, column } => ("subtotal", group, column),
        };
        let cell = ui.interact(rect, id.with(salt), Sense::hover());
        spoken(&cell, |node| {
            node.set_role(Role::Cell);
            node.set_row_index(y);
            node.set_column_index(x + 1);
            node.add_action(Action::Click);
            node.set_label(said(scene, spot));
            if let Spot::Cell { row, column } = spot {
                node.set_selected(selection.has(row, column));
            }
        });
        tell(&cell, At { y, x: Some(x) });
    }
}

/// Says what the marker before the name of a row shows.
fn describe_marker(scene: &Scene<'_>, name: &Response, place: Option<Place>) {
    let Scene { input, lanes, .. } = scene;
    if lanes.layout == Layout::Transposed {
        return;
    }
    match place.and_then(|place| place.line) {
        Some(Line::Player(row)) => {
            if let Some(group) = input.looks.group_of(row) {
                describe_member(name, input.groups, group);
            }
        }
        Some(Line::Group(group)) => {
            if let Some(group) = input.view.groups()[group].group {
                describe_groups(name, input.groups, &[group]);
            }
        }
        None => {}
    }
}

/// What the name at the left of a row says.
fn row_name(scene: &Scene<'_>, y: usize, place: Option<Place>) -> String {
    let view = scene.input.view;
    if scene.lanes.layout == Layout::Transposed {
        let look = scene.input.looks.column(y);
        return look.map_or(String::new(), |look| format!("{}, {}", look.name, look.title));
    }
    match place.and_then(|place| place.line) {
        Some(Line::Player(row)) => {
            let player = &view.table().rows()[row as usize];
            match &player.state {
                RowState::Failed(_) => format!("{}, not found", player.name()),
                RowState::LookingUp => format!("{}, looking up", player.name()),
                _ => player.name(),
            }
        }
        Some(Line::Group(group)) => {
            let found = &view.groups()[group];
            let state = if found.collapsed { "collapsed" } else { "expanded" };
            format!("{}, {} players, {state}", heads::group_name(scene, group), found.rows.len())
        }
        None => String::new(),
    }
}

/// What a cell says: the player, the column and the value.
fn said(scene: &Scene<'_>, spot: Spot) -> String {
    let Scene { input, .. } = scene;
    match spot {
        Spot::Cell { row, column } => {
            let player = input.view.table().rows()[row as usize].shown_name();
            let Some(look) = input.looks.column(column) else { return player.into_owned() };
            let words = words::said(look, input.view.cell(row, column));
            format!("{player}, {}: {words}", look.name)
        }
        Spot::Subtotal { group, column } => {
            let group_name = heads::group_name(scene, group);
            let Some(look) = input.looks.column(column) else { return group_name };
            let statistic = input.view.input().settings.grouping.as_ref().map(|grouping| grouping.subtotal);
            let figure = statistic.zip(input.view.subtotals(group, column));
            let text = figure.and_then(|(statistic, totals)| {
                let figure = totals.statistic(statistic)?;
                Some(format!("{} {}", super::totals::name(statistic), look.total(statistic, figure)))
            });
            format!("{group_name}, {}: {}", look.name, text.unwrap_or_else(|| words::NO_VALUE.to_owned()))
        }
    }
}
