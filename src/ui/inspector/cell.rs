use egui::{Label, RichText, Ui};

use super::{section_line, shown};
use crate::{
    analysis::FigureFormat,
    model::{Cell, Failure, UnixMillis, ValueRef},
    ui::{
        explore::{About, Explore, ExploreAction, ExploreInput, remedy_ui},
        theme::{self, icon, palette},
        widgets::{grid::words, icon_button, link_button, muted_label, section_header},
    },
};

/// One value exactly as sent, or why there is none.
pub(super) fn cell_ui(
    ui: &mut Ui,
    state: &Explore,
    input: &ExploreInput<'_>,
    row: u32,
    column: usize,
    actions: &mut Vec<ExploreAction>,
) {
    let key = input.table.columns()[column].key();
    let known = input.query.title(&key.scid).map(|title| title.name.as_str());
    let known = known.or_else(|| input.catalogue.title(&key.scid).map(|title| title.name.as_str()));
    section_line(ui);
    let cell = input.table.cell(row as usize, column);
    let stat_type = match &cell {
        Cell::Value(value) => Some(value.stat_type.as_str()),
        _ => None,
    };
    let traits = input.dictionary.traits(key, stat_type);
    section_header(ui, &traits.name, known.unwrap_or_default());
    if traits.name != key.stat.as_str() {
        muted_label(ui, key.stat.as_str());
    }
    match &cell {
        Cell::Value(value) => {
            value_ui(ui, value, &FigureFormat::new(&traits), actions);
            if let Some(place) = state.view().and_then(|view| shown::place_of(view, column)) {
                shown::cell_ui(ui, state, row, place);
            }
            marks_ui(ui, &state.about(row, column));
        }
        Cell::NoValue => {
            ui.label(RichText::new("No value").color(palette(ui).text));
            muted_label(
                ui,
                "The service answered and sent none. It returns only statistics that have a value: \
                 the player may never have done what is counted, or not since the stat exists.",
            );
        }
        Cell::Pending => {
            muted_label(ui, "Asked for. The answer is still to come.");
        }
        Cell::NotAsked => {
            muted_label(ui, "Nobody asked for this value. Fetch again to ask for it.");
        }
        Cell::Failed(failure) => failure_ui(ui, failure, actions),
    }
    if !traits.description.is_empty() {
        ui.add(Label::new(&traits.description).wrap());
    }
    let what = link_button(ui, "What this stat is…");
    if what.on_hover_text("Its name, unit, format and bounds, to be changed").clicked() {
        actions.push(ExploreAction::DescribeStat(key.clone()));
    }
    ui.add_space(4.0);
    if let Some(at) = input.fetched_at
        && !matches!(cell, Cell::Pending | Cell::NotAsked)
    {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            muted_label(ui, &format!("Fetched {}", moment(at)));
            request_ui(ui, input, actions);
        });
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let words = RichText::new(format!("SCID {}", key.scid.short())).color(palette(ui).muted);
        ui.label(words).on_hover_text(key.scid.as_str());
        if icon_button(ui, icon::COPY, "Copy SCID").on_hover_text("Copy the SCID").clicked() {
            ui.ctx().copy_text(key.scid.to_string());
            actions.push(ExploreAction::Copied { what: "Copied 1 SCID".to_owned() });
        }
    });
}

fn value_ui(ui: &mut Ui, value: &ValueRef<'_>, format: &FigureFormat, actions: &mut Vec<ExploreAction>) {
    let shown = format.with_unit(format.value(value));
    ui.horizontal_wrapped(|ui| {
        let words = RichText::new(value.text).font(theme::heading());
        ui.add(Label::new(words).selectable(true).wrap()).on_hover_text("The value exactly as sent");
        if icon_button(ui, icon::COPY, "Copy value").on_hover_text("Copy the value as sent").clicked() {
            ui.ctx().copy_text(value.text.to_owned());
            actions.push(ExploreAction::Copied { what: "Copied 1 cell of 1 player".to_owned() });
        }
    });
    muted_label(ui, &format!("{}, as sent by the service", words::sent_as(value)));
    if shown != value.text {
        muted_label(ui, &format!("Written as {shown}"));
    }
}

/// What the dictionary says cannot be, and what changed.
fn marks_ui(ui: &mut Ui, about: &About) {
    for flag in &about.flags {
        let words = RichText::new(format!("{} {flag}", icon::WARNING)).color(palette(ui).warning);
        ui.add(Label::new(words).wrap());
    }
    if let Some(change) = &about.change {
        ui.add(Label::new(change).wrap());
    }
}

fn failure_ui(ui: &mut Ui, failure: &Failure, actions: &mut Vec<ExploreAction>) {
    let colors = palette(ui);
    ui.label(RichText::new(format!("{failure}.")).color(colors.error));
    causes_ui(ui, &failure.causes);
    if !failure.advice.is_empty() {
        ui.label(format!("{}.", failure.advice));
    }
    ui.add_space(4.0);
    remedy_ui(ui, failure, actions);
    if let Some(detail) = &failure.detail {
        ui.add_space(4.0);
        muted_label(ui, "The service's own words");
        let words = RichText::new(detail).monospace().color(colors.muted);
        ui.add(Label::new(words).selectable(true).wrap());
    }
}

/// What likely caused a failure, most likely first.
fn causes_ui(ui: &mut Ui, causes: &[String]) {
    if causes.is_empty() {
        return;
    }
    muted_label(ui, if causes.len() == 1 { "Likely cause" } else { "Likely causes, most likely first" });
    for (place, cause) in causes.iter().enumerate() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if causes.len() > 1 {
                ui.label(RichText::new(format!("{}.", place + 1)).color(palette(ui).faint));
            }
            ui.add(Label::new(format!("{cause}.")).wrap());
        });
    }
    ui.add_space(2.0);
}

/// The link to the request that it came with.
fn request_ui(ui: &mut Ui, input: &ExploreInput<'_>, actions: &mut Vec<ExploreAction>) {
    let Some(id) = input.request else { return };
    let link = link_button(ui, &format!("Request {}", id.0));
    if link.on_hover_text("See what was asked and what came back (Ctrl+5)").clicked() {
        actions.push(ExploreAction::ShowRequest(id));
    }
}

/// A moment in the user's time zone, to the second.
fn moment(at: UnixMillis) -> String {
    match jiff::Timestamp::from_millisecond(at.0) {
        Ok(stamp) => stamp.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Err(_) => "at an unknown time".to_owned(),
    }
}
