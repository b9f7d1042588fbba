//! A waterfall: what happened when, a bar a row, all rows on one axis of time.
//!
//! Times are milliseconds from any moment. Stretches in which nothing happened take no room, so that
//! what happened hours apart stands side by side.

use egui::{Color32, CornerRadius, Rect, Ui, pos2};

use crate::ui::theme::{HAIRLINE, blend, palette};

/// Gaps that are shorter keep their room: they tell more than a cut.
const LEAST_GAP: f64 = 1_000.0;
const BAR_HEIGHT: f32 = 9.0;
/// The narrowest that a phase is drawn, in points: it can be seen that it was there.
const LEAST_WIDTH: f32 = 1.5;

/// What a request spends its time with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It could not be sent yet, or not again.
    Waited,
    /// A connection was made.
    Connected,
    /// The answer was awaited, and was of use.
    Answered,
    /// The answer was awaited, and was of no use.
    Refused,
    /// The answer was read.
    Read,
    /// It is under way; since when is not known yet.
    Open,
}

/// A phase from one moment to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    pub(crate) phase: Phase,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// The stretches of time in which something happened, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Axis {
    stretches: Vec<Stretch>,
    total: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    from: f64,
    to: f64,
    /// How much time all earlier ones take.
    before: f64,
}

impl Axis {
    /// The axis of rows that begin and end at these moments, in any order.
    pub(crate) fn over(rows: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut rows: Vec<(f64, f64)> = rows.collect();
        rows.sort_by(|left, right| left.0.total_cmp(&right.0));
        let mut stretches: Vec<Stretch> = Vec::new();
        for (from, to) in rows {
            match stretches.last_mut() {
                Some(last) if from - last.to < LEAST_GAP => last.to = last.to.max(to),
                _ => stretches.push(Stretch { from, to: to.max(from), before: 0.0 }),
            }
        }
        let mut total = 0.0;
        for stretch in &mut stretches {
            stretch.before = total;
            total += stretch.to - stretch.from;
        }
        Self { stretches, total }
    }

    /// Where a moment stands on the axis, 0 to 1.
    pub(crate) fn share(&self, moment: f64) -> f32 {
        let after = self.stretches.partition_point(|stretch| stretch.from <= moment);
        let Some(stretch) = after.checked_sub(1).map(|index| self.stretches[index]) else { return 0.0 };
        let passed = stretch.before + (moment.min(stretch.to) - stretch.from);
        if self.total > 0.0 { (passed / self.total) as f32 } else { 0.0 }
    }

    /// Where time was left out, 0 to 1.
    pub(crate) fn cuts(&self) -> impl Iterator<Item = f32> {
        self.stretches.iter().skip(1).map(|stretch| self.share(stretch.from))
    }
}

/// Draws one row of a waterfall over a row drawn in `behind`.
pub(crate) fn paint(ui: &Ui, rect: Rect, axis: &Axis, spans: &[Span], behind: Color32) {
    let at = |moment: f64| rect.left() + axis.share(moment) * rect.width();
    let (top, bottom) = (rect.center().y - BAR_HEIGHT / 2.0, rect.center().y + BAR_HEIGHT / 2.0);
    for cut in axis.cuts() {
        let x = rect.left() + cut * rect.width();
        ui.painter().vline(x, rect.y_range(), (HAIRLINE, blend(behind, palette(ui).muted, 0.25)));
    }
    let mut least_left = rect.left();
    for span in spans.iter().filter(|span| span.to > span.from) {
        // What is too short to be seen pushes what follows, but never out of the row.
        let left = at(span.from).max(least_left).min(rect.right() - LEAST_WIDTH);
        let right = at(span.to).max(left + LEAST_WIDTH);
        least_left = right;
        let bar = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
        let corners = CornerRadius::same(if bar.width() > 4.0 { 2 } else { 0 });
        ui.painter().rect_filled(bar, corners, color(ui, span.phase, behind));
    }
}

/// The colour of a phase over `behind`.
pub(crate) fn color(ui: &Ui, phase: Phase, behind: Color32) -> Color32 {
    let colors = palette(ui);
    match phase {
        Phase::Waited => blend(behind, colors.warning, 0.24),
        Phase::Connected => colors.faint,
        Phase::Answered => colors.accent,
        Phase::Refused => blend(behind, colors.warning, 0.8),
        Phase::Read => colors.above,
        Phase::Open => blend(behind, colors.accent, 0.35),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stretch_is_as_long_as_the_axis() {
        let axis = Axis::over([(100.0, 300.0), (200.0, 500.0)].into_iter());
        assert_eq!([0.0, 100.0, 200.0, 500.0, 900.0].map(|at| axis.share(at)), [0.0, 0.0, 0.25, 1.0, 1.0]);
        assert_eq!(axis.cuts().count(), 0);
    }

    #[test]
    fn time_in_which_nothing_happened_is_left_out() {
        let hour = 3_600_000.0;
        let axis = Axis::over([(hour, hour + 100.0), (0.0, 300.0), (900.0, 1_000.0)].into_iter());
        assert_eq!(axis.share(1_000.0), axis.share(hour));
        assert_eq!(axis.share(hour + 100.0), 1.0);
        assert_eq!(axis.cuts().count(), 1);
        assert!(axis.share(300.0) < axis.share(900.0), "a short gap keeps its room");
    }

    #[test]
    fn no_rows_and_rows_without_length_are_no_trouble() {
        assert_eq!(Axis::default().share(5.0), 0.0);
        let axis = Axis::over([(5.0, 5.0), (9_000.0, 9_000.0)].into_iter());
        assert_eq!((axis.share(5.0), axis.share(9_000.0)), (0.0, 0.0));
    }
}
