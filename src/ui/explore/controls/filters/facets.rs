//! The values that a column has, and how many players each: lists to tick.

use egui::{Context, Response, ScrollArea, Sense, Ui, vec2};

use super::super::{Same, parts};
use crate::{
    analysis::{Stop, View, display, view::Facet},
    model::Field,
    ui::{
        background::Background,
        theme::{self, Series},
        widgets,
    },
};

/// More values than these are not listed: a search finds the others.
const MOST_LISTED: usize = 200;
/// Rows beyond which values are counted beside the window.
const INLINE_ROWS: usize = 10_000;
/// A list of so many can be taken in at a glance.
const SHORT: usize = 8;
/// How high the list is at most.
const LIST: f32 = 180.0;

type Key = (Same, Field);

/// The values of a column, counted when the editor shows them.
#[derive(Debug, Default)]
pub(super) struct Facets {
    search: String,
    known: Option<(Key, Vec<Facet>)>,
    job: Background<Key, Vec<Facet>>,
    groups: Option<(Same, Vec<usize>)>,
    groups_job: Background<Same, Vec<usize>>,
}

impl Facets {
    /// Forgets what was searched for.
    pub(super) fn reset(&mut self) {
        self.search.clear();
    }

    /// The values of a column; those of the view before while newer ones are counted.
    fn refresh(&mut self, ctx: &Context, view: &View, field: &Field) {
        let key = (Same(view.clone()), field.clone());
        if self.known.as_ref().is_some_and(|(known, _)| *known == key) {
            return;
        }
        if self.known.as_ref().is_some_and(|((_, of), _)| of != field) {
            self.known = None;
        }
        let count = {
            let (view, field) = (view.clone(), field.clone());
            move || view.facets(&field, &Stop::default()).unwrap_or_default()
        };
        if view.table().rows().len() <= INLINE_ROWS {
            self.known = Some((key, count()));
            return;
        }
        self.job.request(ctx, key.clone(), count);
        if let Some(found) = self.job.take(&key) {
            self.known = Some((key, found));
        }
    }

    /// How many players of each group the other filters leave.
    pub(super) fn group_counts(&mut self, ctx: &Context, view: &View) -> &[usize] {
        let key = Same(view.clone());
        if self.groups.as_ref().is_none_or(|(known, _)| *known != key) {
            let count = {
                let view = view.clone();
                move || view.group_counts(&Stop::default()).unwrap_or_default()
            };
            if view.table().rows().len() <= INLINE_ROWS {
                self.groups = Some((key, count()));
            } else {
                self.groups_job.request(ctx, key.clone(), count);
                if let Some(found) = self.groups_job.take(&key) {
                    self.groups = Some((key, found));
                }
            }
        }
        self.groups.as_ref().map(|(_, counts)| counts.as_slice()).unwrap_or_default()
    }
}

/// The list. Ticks and unticks texts in `ticked`.
pub(super) fn facets_ui(
    ui: &mut Ui,
    state: &mut Facets,
    view: Option<&View>,
    field: &Field,
    ticked: &mut Vec<String>,
) {
    if let Some(view) = view {
        state.refresh(ui.ctx(), view, field);
    }
    let Some((_, facets)) = &state.known else {
        widgets::muted_label(ui, "Counting…");
        return;
    };
    let texts = facets.iter().filter_map(|facet| Some((facet.text.as_deref()?, facet.count)));
    // What is ticked stays in sight also where no row has it any more.
    let gone = ticked.iter().filter(|text| !facets.iter().any(|facet| facet.text.as_ref() == Some(text)));
    let all: Vec<(&str, usize)> = texts.chain(gone.map(|text| (text.as_str(), 0))).collect();
    if all.len() > SHORT {
        parts::field_ui(ui, &mut state.search, "Find a value", "Find a value", f32::INFINITY);
    } else {
        state.search.clear();
    }
    let wanted = state.search.trim().to_lowercase();
    let found: Vec<(String, usize)> = all
        .iter()
        .filter(|(text, _)| wanted.is_empty() || text.to_lowercase().contains(&wanted))
        .map(|(text, count)| ((*text).to_owned(), *count))
        .collect();
    if found.is_empty() {
        widgets::muted_label(
            ui,
            if all.is_empty() { "No player has a value" } else { "No value holds this" },
        );
    }
    let list = ScrollArea::vertical().id_salt("values to tick");
    list.max_height(LIST).min_scrolled_height(LIST).show(ui, |ui| {
        for (text, count) in found.iter().take(MOST_LISTED) {
            facet_ui(ui, text, *count, None, ticked);
        }
        if found.len() > MOST_LISTED {
            let more = display::count(found.len() - MOST_LISTED);
            widgets::muted_label(ui, &format!("{more} more. Type some of a value to find it"));
        }
    });
    let missing = facets.iter().find(|facet| facet.text.is_none());
    if let Some(missing) = missing {
        widgets::muted_label(ui, &format!("{} without a value", display::count(missing.count)));
    }
}

/// One line to tick, with the marker of what it stands for and how many players those are.
pub(super) fn facet_ui(
    ui: &mut Ui,
    text: &str,
    count: usize,
    marker: Option<Series>,
    ticked: &mut Vec<String>,
) -> Response {
    let mut is_on = ticked.iter().any(|other| other == text);
    ui.horizontal(|ui| {
        if let Some(series) = marker {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 18.0), Sense::hover());
            theme::paint_marker(ui.painter(), rect.center(), 9.0, series);
        }
        let shown = if text.is_empty() { "(empty text)" } else { text };
        let tick = ui.checkbox(&mut is_on, shown);
        parts::named(ui, &tick, &format!("{shown}, {}", display::count(count)));
        if tick.changed() {
            ticked.retain(|other| other != text);
            ticked.extend(is_on.then(|| text.to_owned()));
        }
        widgets::muted_label(ui, &display::count(count));
        tick
    })
    .inner
}
