//! Words at vertical lines, put where they cover no others.

use egui::{Color32, Rect, Ui, pos2, text::LayoutJob, vec2};

use crate::ui::{
    theme::{self, palette},
    widgets::elided,
};

/// How far from its line a flag stands, and how high a row of flags is.
const ASIDE: f32 = 5.0;
pub(super) const ROW: f32 = 18.0;
/// Where the rows above are full, more are taken of the plane, but no more than a part of its height.
const MORE_ROWS: usize = 2;
const MORE_PART: f32 = 0.4;
/// What is longer is cut.
const LONGEST: f32 = 220.0;

/// A plane with so many rows of flags above it.
pub(super) fn with_rows(plane: Rect, rows: usize) -> Rect {
    plane.with_min_y(plane.top() - ROW * rows as f32)
}

/// The flags of a plane.
pub(super) struct Flags<'a> {
    ui: &'a Ui,
    room: Rect,
    /// How many of them there may be.
    rows: usize,
    /// Where lines are that words had better not cross.
    lines: &'a [f32],
    taken: Vec<Rect>,
}

impl<'a> Flags<'a> {
    /// Flags stand in so many rows above `plane`. The first stands at the left end, and belongs to no
    /// line.
    pub(super) fn new(ui: &'a Ui, plane: Rect, rows: usize, first: &str, lines: &'a [f32]) -> Self {
        let room = with_rows(plane, rows);
        let more = (plane.height() * MORE_PART / ROW) as usize;
        let mut flags = Self { ui, room, rows: rows + more.min(MORE_ROWS), lines, taken: Vec::new() };
        flags.put(room.left(), first, palette(ui).muted);
        flags
    }

    /// Where a line at `x` begins: below the words at the left end, which it would cross.
    pub(super) fn top(&self, x: f32) -> f32 {
        let crossed = self.taken.first().filter(|first| first.expand(3.0).x_range().contains(x));
        crossed.map_or(self.room.top(), Rect::bottom)
    }

    /// Puts words beside the line at `x`, unless they would cover others.
    pub(super) fn put(&mut self, x: f32, words: &str, color: Color32) {
        let job = LayoutJob::simple_singleline(words.to_owned(), theme::small(), color);
        let galley = elided(self.ui, job, LONGEST.min(self.room.width() - 2.0 * ASIDE));
        let size = galley.size();
        let sides = [x + ASIDE, x - ASIDE - size.x];
        let room_top = self.room.top();
        let places = (0..self.rows).flat_map(|row| {
            let top = room_top + row as f32 * ROW;
            sides.map(move |left| Rect::from_min_size(pos2(left, top), size))
        });
        let is_within = |rect: &Rect| {
            let room = self.room.x_range();
            room.contains(rect.left()) && room.contains(rect.right())
        };
        let is_free =
            |rect: &Rect| self.taken.iter().all(|taken| !taken.intersects(rect.expand2(vec2(3.0, -1.0))));
        let crosses = |rect: &Rect| self.lines.iter().any(|line| rect.expand(2.0).x_range().contains(*line));
        let mut free = places.filter(|rect| is_within(rect) && is_free(rect));
        let clear = free.clone().find(|rect| !crosses(rect));
        let Some(rect) = clear.or_else(|| free.next()) else { return };
        // Curves are not seen through: they would cross out the words.
        self.ui.painter().rect_filled(rect.expand2(vec2(2.0, 0.0)), 2, palette(self.ui).window);
        self.ui.painter().galley(rect.min, galley, color);
        self.taken.push(rect);
    }
}
