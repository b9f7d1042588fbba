//! The profile: a radar of a few stats, by percentile among the players shown.

use egui::{Popup, PopupCloseBehavior, Rect, Ui, UiBuilder, vec2};

use super::{
    CompareAction,
    fill::Made,
    sheet::{Head, Sheet},
    side::nothing_ui,
};
use crate::{
    analysis::chart::radar::{FEWEST_STATS, MOST_STATS},
    model::{Compare, MarkerShape},
    ui::{
        theme::{self, Series, palette, series},
        widgets::{
            chip_button,
            radar::{RadarInput, RadarOutput, RadarSeries, radar_ui},
        },
    },
};

/// The radar is about as high as wide, but no higher than this.
const MOST_HEIGHT: f32 = 430.0;
/// Between the radar and what is said below it.
const NOTE_GAP: f32 = 6.0;

/// The radar in the room that there is.
pub(super) fn profile_ui(ui: &mut Ui, sheet: &Sheet, hovered: Option<usize>) -> RadarOutput {
    let profile = &sheet.profile;
    if profile.axes.len() < FEWEST_STATS {
        nothing_ui(ui, "A profile takes three to eight stats with numbers. Tick more of them.");
        return RadarOutput::default();
    }
    let names: Vec<String> = sheet.heads.iter().map(|head| head.name.clone()).collect();
    let shapes: Vec<RadarSeries<'_>> = profile
        .shapes
        .iter()
        .map(|shape| RadarSeries {
            name: &names[shape.head],
            look: look(ui, &sheet.heads[shape.head]),
            is_muted: sheet.heads[shape.head].colour.is_none(),
            corners: &shape.corners,
            words: &shape.words,
        })
        .collect();
    let summary = format!(
        "Profile of {} on {}, percentile among {}",
        names.join(", "),
        profile.axes.join(", "),
        sheet.says.among
    );
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, height(width)), egui::Sense::hover());
    let input = RadarInput { axes: &profile.axes, series: &shapes, hovered, summary: &summary };
    let mut rect = rect.shrink2(vec2(12.0, 8.0));
    if let Some(turned) = &profile.turned {
        rect = note_ui(ui, rect, turned);
    }
    radar_ui(ui, rect, &input)
}

/// Words at the bottom of `room`. Returns what is left above them.
fn note_ui(ui: &mut Ui, room: Rect, words: &str) -> Rect {
    let words = ui.painter().layout(words.to_owned(), theme::small(), palette(ui).muted, room.width());
    let (left, below) = room.split_top_bottom_at_y(room.bottom() - words.size().y);
    ui.new_child(UiBuilder::new().max_rect(below).id_salt("turned round")).label(words);
    left.with_max_y(left.bottom() - NOTE_GAP)
}

/// How high the radar is in so much width.
pub(super) fn height(width: f32) -> f32 {
    width.min(MOST_HEIGHT)
}

/// How one of those compared is drawn.
pub(super) fn look(ui: &Ui, head: &Head) -> Series {
    match head.colour {
        Some(colour) => series(colour.index(), !ui.visuals().dark_mode),
        None => Series { color: palette(ui).muted, marker: MarkerShape::DiamondHollow },
    }
}

/// The chip that chooses the stats.
pub(super) fn stats_ui(ui: &mut Ui, compare: &Compare, made: &Made, actions: &mut Vec<CompareAction>) {
    let drawn = &made.sheet.profile.lines;
    let chip =
        chip_button(ui, "Stats", &drawn.len().to_string()).on_hover_text("Which stats the profile has");
    Popup::from_toggle_button_response(&chip)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .gap(4.0)
        .accessible_name("Stats of the profile")
        .show(|ui| {
            egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
                ui.set_width(220.0);
                for stat in made.sheet.stats() {
                    let has_numbers =
                        made.compared.lines[stat.line].entries.iter().any(|entry| entry.figure.is_some());
                    let mut on = drawn.contains(&stat.line);
                    // Nine corners cannot be told apart.
                    let is_enabled = has_numbers && (on || drawn.len() < MOST_STATS);
                    let tick = ui.add_enabled(is_enabled, egui::Checkbox::new(&mut on, &stat.name));
                    if tick.on_disabled_hover_text("Eight stats with numbers at most").changed() {
                        actions.push(ticked(compare, made, stat.line, on));
                    }
                }
            });
        });
}

/// The comparison with a stat more or less in its profile.
fn ticked(compare: &Compare, made: &Made, line: usize, on: bool) -> CompareAction {
    let lines = &made.compared.lines;
    let mut chosen = made.sheet.profile.lines.clone();
    chosen.retain(|other| *other != line);
    if on {
        chosen.push(line);
        chosen.sort_unstable();
    }
    let field = |line: &usize| made.view.columns()[lines[*line].column].field.clone();
    CompareAction::set(Compare { profile: chosen.iter().map(field).collect(), ..compare.clone() })
}
