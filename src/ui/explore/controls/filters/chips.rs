//! Filters in words, each with a cross that takes it away.

use egui::{
    CornerRadius, Galley, Id, Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    text::LayoutJob, vec2,
};
use std::sync::Arc;

use super::{Draft, Filters};
use crate::{
    analysis::view::Part,
    model::{Filter, ViewSettings},
    ui::{
        explore::{
            ExploreAction,
            controls::{Sight, parts},
        },
        theme::{self, CORNER_RADIUS, icon, palette},
        widgets::{self, elided},
    },
};

const HEIGHT: f32 = 26.0;
const PADDING: f32 = 10.0;
/// How wide the words of a chip may be, in points.
const MOST_WORDS: f32 = 190.0;
/// How wide the cross is with what is around it.
const CROSS: f32 = 24.0;
/// How wide a marker is, with what is around it.
const MARKER: f32 = 14.0;
const MOST_MARKERS: usize = 3;
/// How wide the chip is that adds a filter.
pub(in crate::ui::explore) const ADD_WIDTH: f32 = 30.0;

/// A chip as it was laid out last.
#[derive(Debug)]
pub(in crate::ui::explore) struct FilterChip {
    /// What the filter says.
    words: String,
    galley: Arc<Galley>,
    hint: Arc<RichText>,
    drop_name: String,
    /// Why it is passed over, or names a group that is gone.
    trouble: Option<String>,
    /// The places of the groups that it names, as far as their markers are shown.
    groups: Vec<usize>,
}

impl FilterChip {
    /// The chip of the filter at `place`, which `words` say.
    pub(in crate::ui::explore) fn new(ui: &Ui, sight: Sight<'_>, place: usize, words: String) -> Self {
        let trouble = trouble(sight, place);
        let colors = palette(ui);
        let color = if trouble.is_some() { colors.warning } else { colors.text };
        let job = LayoutJob::simple_singleline(words.clone(), theme::body(), color);
        let hint = match &trouble {
            Some(trouble) => format!("{words}\n{trouble}. It is passed over. Click to change it"),
            None => format!("{words}\nClick to change it"),
        };
        Self {
            galley: elided(ui, job, MOST_WORDS),
            hint: Arc::new(hint.into()),
            drop_name: format!("Drop filter {words}"),
            trouble,
            groups: groups(sight, place),
            words,
        }
    }

    /// How wide it is, in points.
    pub(in crate::ui::explore) fn width(&self) -> f32 {
        self.words_at() + self.galley.size().x + CROSS
    }

    fn words_at(&self) -> f32 {
        let markers = self.groups.len() as f32 * MARKER;
        PADDING + if markers > 0.0 { markers + 2.0 } else { 0.0 }
    }

    fn name(&self) -> String {
        match &self.trouble {
            Some(trouble) => format!("Filter: {}. {trouble}", self.words),
            None => format!("Filter: {}", self.words),
        }
    }
}

/// The places of the groups that the filter at `place` names, as far as a chip shows their markers.
fn groups(sight: Sight<'_>, place: usize) -> Vec<usize> {
    let Some(Filter::Groups(test)) = sight.settings.filters.get(place) else { return Vec::new() };
    let groups = &sight.input.query.groups;
    let named = test.groups.iter().filter_map(|name| groups.iter().position(|group| group.name == *name));
    named.take(MOST_MARKERS).collect()
}

/// The chip of the filter at `place`. A click opens it, the cross drops it.
pub(in crate::ui::explore) fn chip_ui(
    ui: &mut Ui,
    filters: &mut Filters,
    sight: Sight<'_>,
    place: usize,
    chip: &FilterChip,
    actions: &mut Vec<ExploreAction>,
) {
    let (rect, response) = ui.allocate_exact_size(vec2(chip.width(), HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), chip.name()));
    widgets::describe_groups(&response, &sight.input.query.groups, &chip.groups);
    let cross = rect.with_min_x(rect.right() - CROSS);
    let drop = cross_ui(ui, cross, response.id.with("drop"), &chip.drop_name);
    if ui.is_rect_visible(rect) {
        paint(ui, chip, sight, (&response, rect), (&drop, cross));
    }
    if drop.clicked() {
        sight.change(actions, |view| drop_at(view, place));
    } else if response.on_hover_text(chip.hint.clone()).clicked()
        && let Some(filter) = sight.settings.filters.get(place)
    {
        filters.open(Draft::of(filter, sight.fields), Some(place), rect);
    }
}

fn paint(
    ui: &Ui,
    chip: &FilterChip,
    sight: Sight<'_>,
    (response, rect): (&Response, Rect),
    (drop, cross): (&Response, Rect),
) {
    let colors = palette(ui);
    let line = if chip.trouble.is_some() { colors.warning } else { colors.accent };
    let fill = if response.hovered() { colors.hover } else { colors.raised };
    let corners = CornerRadius::same(CORNER_RADIUS);
    ui.painter().rect(rect, corners, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    if response.has_focus() || drop.has_focus() {
        let around = if response.has_focus() { rect.expand(1.0) } else { cross.shrink(2.0) };
        ui.painter().rect_stroke(around, corners, Stroke::new(1.5, colors.accent), StrokeKind::Outside);
    }
    let mut center = pos2(rect.left() + PADDING + MARKER / 2.0 - 2.0, rect.center().y);
    for group in &chip.groups {
        let series = theme::group_series(&sight.input.query.groups, *group, !ui.visuals().dark_mode);
        theme::paint_marker(ui.painter(), center, 8.0, series);
        center.x += MARKER;
    }
    let at = pos2(rect.left() + chip.words_at(), rect.center().y - chip.galley.size().y / 2.0);
    ui.painter().galley(at, chip.galley.clone(), colors.text);
    let color = if drop.hovered() { colors.text } else { colors.muted };
    ui.painter().text(cross.center(), egui::Align2::CENTER_CENTER, icon::X, theme::small(), color);
}

fn cross_ui(ui: &Ui, rect: Rect, id: Id, name: &str) -> Response {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
    response.on_hover_text("Drop this filter")
}

fn drop_at(view: &mut ViewSettings, place: usize) {
    if place < view.filters.len() {
        view.filters.remove(place);
    }
}

/// Why a filter is passed over, or names a group that is gone; `None` when all is well.
fn trouble(sight: Sight<'_>, place: usize) -> Option<String> {
    let filter = sight.settings.filters.get(place)?;
    if let Filter::Groups(test) = filter {
        let is_there = |name: &String| sight.input.query.groups.iter().any(|group| group.name == *name);
        if let Some(gone) = test.groups.iter().find(|name| !is_there(name)) {
            return Some(format!("There is no group {gone} any more"));
        }
    }
    let view = sight.view?;
    // The problems are those of the view on screen: other filters may have come since.
    if view.input().settings.filters.get(place) != Some(filter) {
        return None;
    }
    let of_filter = view.problems().iter().find(|problem| problem.part == Part::Filter(place))?;
    Some(of_filter.words.clone())
}

/// The button that adds a filter.
pub(in crate::ui::explore) fn add_ui(ui: &mut Ui, filters: &mut Filters) {
    let add = widgets::icon_button(ui, icon::FUNNEL, "Add filter");
    let add = add.on_hover_text("Add a filter: by a stat, a name or a group (Ctrl+Shift+A)");
    if add.clicked() {
        filters.open_to_choose(add.rect);
    }
}

/// All filters below each other, where there is no room for their chips.
pub(in crate::ui::explore) fn list_ui(
    ui: &mut Ui,
    filters: &mut Filters,
    sight: Sight<'_>,
    chips: &[FilterChip],
    actions: &mut Vec<ExploreAction>,
) {
    if chips.is_empty() {
        widgets::muted_label(ui, "No filter: all players are shown");
    }
    for (place, chip) in chips.iter().enumerate() {
        chip_ui(ui, filters, sight, place, chip, actions);
    }
    ui.horizontal(|ui| {
        let add = widgets::action_chip(ui, "Add filter", "");
        parts::named(ui, &add, "Add a filter");
        if add.clicked() {
            filters.open_to_choose(add.rect);
        }
        if !chips.is_empty() && widgets::link_button(ui, "Drop all").clicked() {
            sight.change(actions, |view| view.filters.clear());
        }
    });
}
