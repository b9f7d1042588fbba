//! What is not drawn, and why: the words for it, and the line below a chart.

use std::sync::Arc;

use egui::{
    Galley, RichText, Ui,
    text::{LayoutJob, TextWrapping},
};

use super::Scene;
use crate::{
    analysis::{display, view::Shown},
    model::{Better, Cell},
    ui::{
        theme::{self, palette},
        widgets::{radar, spoken},
    },
};

/// Beside the line, and between two notes.
const ASIDE: f32 = 12.0;
const BETWEEN: &str = " · ";
/// How wide what is told on hover is at most.
const TIP: f32 = 420.0;
/// Of so many stats it is told one by one who has no value.
const ONE_BY_ONE: usize = 3;

/// "14 players".
pub(super) fn players(count: usize) -> String {
    format!("{} {}", display::count(count), if count == 1 { "player" } else { "players" })
}

/// Who shows no number in a column, by why.
#[derive(Clone, Copy, Debug, Default)]
struct Without {
    none: usize,
    failed: usize,
    pending: usize,
}

impl Without {
    /// Counts them among some rows of the table.
    fn of(scene: &Scene, column: usize, rows: &[u32]) -> Self {
        let mut without = Self::default();
        let numbers = scene.view.numbers(column);
        let is_known = |row: u32| numbers.is_some_and(|numbers| numbers[row as usize].is_finite());
        for row in rows.iter().filter(|row| !is_known(**row)) {
            match scene.view.cell(*row, column) {
                Shown::Cell(Cell::Failed(_)) => without.failed += 1,
                Shown::Cell(Cell::Pending) | Shown::Waiting => without.pending += 1,
                _ => without.none += 1,
            }
        }
        without
    }

    fn is_anybody(self) -> bool {
        self.none + self.failed + self.pending > 0
    }

    fn in_words(self, name: &str) -> Option<String> {
        let Self { none, failed, pending } = self;
        let have = if none == 1 { "has" } else { "have" };
        let first = [
            (none, format!("{} {have} no {name}", players(none))),
            (failed, format!("{name} failed for {}", players(failed))),
            (pending, format!("{name} is pending for {}", players(pending))),
        ];
        let others = [
            (failed, format!("{} failed", display::count(failed))),
            (pending, format!("{} pending", display::count(pending))),
        ];
        let place = first.iter().position(|(count, _)| *count > 0)?;
        let others = others.into_iter().skip(place).filter(|(count, _)| *count > 0);
        let words = first.into_iter().skip(place).take(1).chain(others).map(|(_, words)| words);
        Some(words.collect::<Vec<_>>().join(", "))
    }
}

/// What is said of those among some rows of the table who show no number in a column: who has none,
/// whose failed, whose is still to come.
pub(super) fn missing(scene: &Scene, column: usize, rows: &[u32]) -> Option<String> {
    Without::of(scene, column, rows).in_words(&scene.name(column))
}

/// The same for several columns: of few one by one, of more from the least to the most.
pub(super) fn missing_each(scene: &Scene, columns: &[usize], rows: &[u32]) -> Vec<String> {
    let each: Vec<Without> = columns.iter().map(|column| Without::of(scene, *column, rows)).collect();
    if each.iter().filter(|without| without.is_anybody()).count() > ONE_BY_ONE {
        return vec![folded(&each)];
    }
    let named = columns.iter().zip(each);
    named.filter_map(|(column, without)| without.in_words(&scene.name(*column))).collect()
}

/// "61 to 122 players have no value, up to 2 failed, by stat".
fn folded(each: &[Without]) -> String {
    let range = |count: fn(&Without) -> usize| {
        each.iter().map(count).fold((usize::MAX, 0), |(least, most), one| (least.min(one), most.max(one)))
    };
    let counts = [
        (range(|without| without.none), "have no value"),
        (range(|without| without.failed), "failed"),
        (range(|without| without.pending), "pending"),
    ];
    let mut words: Vec<String> = Vec::new();
    for ((least, most), what) in counts.into_iter().filter(|((_, most), _)| *most > 0) {
        let is_first = words.is_empty();
        let most_of_them = if is_first { players(most) } else { display::count(most) };
        let up_to = if is_first { "Up to" } else { "up to" };
        let what = if is_first && most == 1 && what == "have no value" { "has no value" } else { what };
        words.push(match least {
            0 => format!("{up_to} {most_of_them} {what}"),
            _ if least == most => format!("{most_of_them} {what}"),
            _ => format!("{} to {most_of_them} {what}", display::count(least)),
        });
    }
    format!("{}, by stat", words.join(", "))
}

/// What is said of the stats among `columns` whose order is turned round, so that what is better looks
/// the same everywhere.
pub(super) fn turned(scene: &Scene, columns: &[usize]) -> Option<String> {
    let names: Vec<String> = (columns.iter().copied().filter(|column| is_lower_better(scene, *column)))
        .map(|column| scene.name(column))
        .collect();
    radar::turned(&names)
}

/// Whether the stat dictionary says so.
pub(super) fn is_lower_better(scene: &Scene, column: usize) -> bool {
    scene.look(column).is_some_and(|look| look.better == Better::Lower)
}

/// What is said of numbers that an axis has no place for.
pub(super) fn left_out(name: &str, count: usize) -> Option<String> {
    let have = if count == 1 { "has" } else { "have" };
    let words = || format!("{} {have} no place on the log axis: {name} is 0 or less", players(count));
    (count > 0).then(words)
}

/// Says in one line as much as there is room for, and how much more there is, which is told on hover.
pub(crate) fn notes_ui(ui: &mut Ui, notes: &[String]) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(ASIDE);
        let room = ui.available_width() - ASIDE;
        let said = fitting(ui, notes, room);
        let (said, rest) = notes.split_at(said);
        let more = more(rest.len());
        let room = room - if rest.is_empty() { 0.0 } else { width(ui, &more) };
        ui.label(whole_words(ui, said.join(BETWEEN), room));
        if !rest.is_empty() {
            let more = RichText::new(more).font(theme::small()).color(palette(ui).muted);
            let response = ui.label(more);
            spoken(&response, |node| node.set_description(rest.join(BETWEEN)));
            response.on_hover_ui(|ui| {
                ui.set_max_width(TIP);
                for note in rest {
                    ui.label(note);
                }
            });
        }
    });
}

fn more(count: usize) -> String {
    format!("{BETWEEN}and {} more", display::count(count))
}

/// How many notes there is room for, the first in any case.
fn fitting(ui: &Ui, notes: &[String], room: f32) -> usize {
    let (between, more) = (width(ui, BETWEEN), width(ui, &more(notes.len())));
    let mut end = -between;
    for (place, note) in notes.iter().enumerate() {
        end += between + width(ui, note);
        let is_last = place + 1 == notes.len();
        if end + if is_last { 0.0 } else { more } > room {
            return place.max(1);
        }
    }
    notes.len()
}

fn width(ui: &Ui, text: &str) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), theme::small(), palette(ui).muted).size().x
}

/// One line that ends after a word where it is cut.
fn whole_words(ui: &Ui, text: String, room: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text, theme::small(), palette(ui).muted);
    // Widths that were added up may be rounded otherwise than that of the whole.
    let wrapping = TextWrapping::truncate_at_width(room.max(0.0) + 1.0);
    job.wrap = TextWrapping { break_anywhere: false, ..wrapping };
    ui.painter().layout_job(job)
}
