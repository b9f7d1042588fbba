use egui::{FontId, Id, Ui, text::LayoutJob};

use super::{GridInput, PADDING, SORT_MARK, cell::NAME_LEFT, words};
use crate::ui::{
    theme::{self, palette},
    widgets::player_name_job,
};

/// How narrow and how wide a column can be made by hand, in points.
pub(super) const BY_HAND: std::ops::RangeInclusive<f32> = 40.0..=600.0;
/// How wide the player column is by itself: names beyond it end in "…".
const PLAYER_WIDTH: std::ops::RangeInclusive<f32> = 120.0..=220.0;
/// How wide a column of values is by itself.
const COLUMN_WIDTH: std::ops::RangeInclusive<f32> = 56.0..=240.0;
/// How many cells are looked at where it is not known which one is the longest.
const CELLS_TRIED: usize = 60;
/// How many names are looked at: their width is not told by how many letters they have.
const NAMES_TRIED: usize = 300;
/// How much wider than its texts a column gets where there is room, in points.
const MOST_SPARE_WIDTH: f32 = 24.0;

/// How wide each lane is: as it was made by hand, else as its texts ask for and a little more
/// where there is room.
pub(super) fn of(ui: &Ui, input: &GridInput<'_>, room: f32) -> Vec<f32> {
    let columns = input.table.columns().len();
    let mut widths: Vec<f32> = (0..=columns).map(|lane| fitting(ui, input, lane)).collect();
    let free = room - widths.iter().sum::<f32>();
    let spare = (free / columns.max(1) as f32).floor().clamp(0.0, MOST_SPARE_WIDTH);
    for (lane, width) in widths.iter_mut().enumerate() {
        match by_hand(ui, input, lane) {
            Some(chosen) => *width = chosen.clamp(*BY_HAND.start(), *BY_HAND.end()),
            None if lane > 0 => *width += spare,
            None => {}
        }
    }
    widths
}

/// As wide as the texts of the lane ask for.
pub(super) fn fitting(ui: &Ui, input: &GridInput<'_>, lane: usize) -> f32 {
    match lane.checked_sub(1) {
        None => player(ui, input),
        Some(column) => stat(ui, input, column),
    }
}

/// Keeps the width of a lane that was made by hand, for the next start too. `None`: none was.
pub(super) fn keep(ui: &Ui, input: &GridInput<'_>, lane: usize, width: Option<f32>) {
    let id = id(input, lane);
    ui.ctx().data_mut(|data| match width {
        Some(width) => {
            data.insert_persisted(id, width);
        }
        None => {
            data.remove::<f32>(id);
        }
    });
}

fn by_hand(ui: &Ui, input: &GridInput<'_>, lane: usize) -> Option<f32> {
    let id = id(input, lane);
    ui.ctx().data_mut(|data| data.get_persisted(id))
}

fn id(input: &GridInput<'_>, lane: usize) -> Id {
    Id::unique(("statlens width", lane.checked_sub(1).map(|column| input.table.columns()[column].key())))
}

fn player(ui: &Ui, input: &GridInput<'_>) -> f32 {
    let names = input.table.rows().iter().take(NAMES_TRIED).map(|row| {
        let job = player_name_job(ui, &row.name(), &theme::body());
        ui.painter().layout_job(job).size().x
    });
    let longest = names.fold(0.0, f32::max);
    (NAME_LEFT + longest + PADDING).ceil().clamp(*PLAYER_WIDTH.start(), *PLAYER_WIDTH.end())
}

fn stat(ui: &Ui, input: &GridInput<'_>, column: usize) -> f32 {
    let cells = input.table.columns().get(column);
    let heading = cells.map_or(0.0, |cells| measured(ui, cells.key().stat.as_str())) + SORT_MARK;
    let decimals = input.decimals(column);
    let width =
        |row: u32| measured(ui, &words::shown_in_column(&input.table.cell(row as usize, column), decimals));
    let known = input.measures.get(column).and_then(|measure| measure.longest);
    let tried = input.order.iter().copied().take(CELLS_TRIED).chain(known);
    let longest = tried.map(width).fold(heading, f32::max);
    (longest + 2.0 * PADDING).ceil().clamp(*COLUMN_WIDTH.start(), *COLUMN_WIDTH.end())
}

fn measured(ui: &Ui, text: &str) -> f32 {
    let font: FontId = theme::body();
    let job = LayoutJob::simple_singleline(text.to_owned(), font, palette(ui).text);
    ui.painter().layout_job(job).size().x
}
