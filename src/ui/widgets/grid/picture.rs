//! The grid in a picture: all its columns and its first rows at once, and nothing to point at.

use egui::{Sense, Ui, UiBuilder, vec2};

use super::{GridInput, GridState, grid_ui, lanes::Lanes};
use crate::{
    analysis::{View, view::Line},
    model::Layout,
    ui::theme::ROW_HEIGHT,
};

/// More rows are no picture any more.
const MOST_ROWS: usize = 200;
/// The most players beside each other.
const MOST_BESIDE: usize = 40;
/// The room of a grid that was never on the screen, in points.
const ROOM: f32 = 1_000.0;

/// What a picture keeps of the grid on the screen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Still {
    player_width: Option<f32>,
    room: f32,
}

impl GridState {
    /// What a picture needs to look as this grid does.
    pub(crate) fn still(&self) -> Still {
        let room = self.lanes.as_ref().map_or(ROOM, |(sized, _)| sized.room);
        Still { player_width: self.player_width, room }
    }
}

impl Still {
    /// The players that the picture shows of a view, by their rows in the table.
    pub(crate) fn players(view: &View) -> Vec<u32> {
        let columns = view.columns().len().max(1);
        let lines = match view.input().settings.layout {
            Layout::Wide => view.height().min(MOST_ROWS),
            Layout::Transposed => view.width().min(MOST_BESIDE),
            Layout::Long => {
                let most = (MOST_ROWS / columns).max(1);
                return view.order().iter().copied().take(most).collect();
            }
        };
        (0..lines)
            .filter_map(|line| match view.line(line)? {
                Line::Player(row) => Some(row),
                Line::Group(_) => None,
            })
            .collect()
    }

    /// What a grid starts with that is drawn so.
    pub(crate) fn state(self) -> GridState {
        GridState { player_width: self.player_width, is_still: true, ..GridState::default() }
    }
}

/// Draws the grid in as much room as it takes.
pub(crate) fn still_ui(ui: &mut Ui, still: Still, state: &mut GridState, input: &GridInput<'_>) {
    let lanes = Lanes::of(ui, input, still.player_width, still.room);
    let (across, down) = match lanes.layout {
        Layout::Wide => (lanes.values.count(), lanes.rows.count().min(MOST_ROWS)),
        Layout::Transposed => (lanes.values.count().min(MOST_BESIDE), lanes.rows.count()),
        Layout::Long => {
            let columns = input.view.columns().len().max(1);
            (lanes.values.count(), Still::players(input.view).len() * columns)
        }
    };
    let width = lanes.heads_width + lanes.values.start(across) as f32;
    // What sums up the rows is left out where there is no room for two of them.
    let rows = (down.max(2) + lanes.totals.len()) as f32 * ROW_HEIGHT;
    let size = vec2(width, lanes.header_height() + rows);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect));
    inside.shrink_clip_rect(rect);
    grid_ui(&mut inside, state, input);
}
