use egui::{Align2, Pos2, Rangef, Rect, Stroke, Ui};

use crate::{
    analysis::display,
    ui::theme::{self, blend, palette},
};

/// Space between a label and the plot, and between two lines at least.
const LABEL_GAP: f32 = 10.0;
const LINE_EVERY: f32 = 36.0;
const LEAST_WIDTH: f32 = 52.0;
/// Longer lengths are drawn as this: the distance of two must stay a number.
const FARTHEST: f64 = 1e300;
/// All that is nearer to zero than this is zero to an axis that has nothing else to show.
const NEAREST: f64 = 1e-300;

/// The vertical axis: from the least to the greatest length, zero always among them.
pub(super) struct Axis {
    least: f64,
    greatest: f64,
    step: f64,
    /// Whether lengths are shares, told in percent.
    shares: bool,
}

impl Axis {
    /// An axis of `height` points for these lengths.
    pub(super) fn new(lengths: impl Iterator<Item = f64>, height: f32, shares: bool) -> Self {
        let (least, greatest) = lengths.fold((0.0_f64, 0.0_f64), |(least, greatest), length| {
            let length = length.clamp(-FARTHEST, FARTHEST);
            (least.min(length), greatest.max(length))
        });
        let (least, greatest) = if greatest - least > NEAREST { (least, greatest) } else { (0.0, 1.0) };
        let lines = f64::from((height / LINE_EVERY).clamp(2.0, 8.0));
        let step = nice_step((greatest - least) / lines);
        Self { least: (least / step).floor() * step, greatest: (greatest / step).ceil() * step, step, shares }
    }

    /// Where a length stands in `range`, of which the bottom is the least.
    pub(super) fn y(&self, length: f64, range: Rangef) -> f32 {
        let length = length.clamp(self.least, self.greatest);
        let share = (length - self.least) / (self.greatest - self.least);
        range.max - range.span() * share as f32
    }

    /// How much room the labels need beside the plot, in points.
    pub(super) fn width(&self, ui: &Ui) -> f32 {
        let widths = self.lines().map(|value| {
            ui.painter().layout_no_wrap(self.label(value), theme::small(), palette(ui).muted).size().x
        });
        (widths.fold(0.0, f32::max) + 2.0 * LABEL_GAP).max(LEAST_WIDTH)
    }

    pub(super) fn paint(&self, ui: &Ui, plot: Rect) {
        let colors = palette(ui);
        for value in self.lines() {
            let y = self.y(value, plot.y_range());
            let color = if value == 0.0 {
                blend(colors.line, colors.muted, 0.6)
            } else {
                blend(colors.window, colors.line, 0.7)
            };
            ui.painter().hline(plot.x_range(), y, Stroke::new(1.0, color));
            let at = Pos2::new(plot.left() - LABEL_GAP, y);
            let label = self.label(value);
            ui.painter().text(at, Align2::RIGHT_CENTER, label, theme::small(), colors.muted);
        }
    }

    /// The values at which a line is drawn.
    fn lines(&self) -> impl Iterator<Item = f64> {
        let count = ((self.greatest - self.least) / self.step).round() as usize;
        (0..=count).map(|line| {
            let value = self.least + self.step * line as f64;
            if value.abs() < self.step / 2.0 { 0.0 } else { value }
        })
    }

    fn label(&self, value: f64) -> String {
        if self.shares && value != 0.0 {
            format!("{} %", display::number(value * 100.0))
        } else {
            display::number(value)
        }
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is at least `least`.
fn nice_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.abs().max(f64::MIN_POSITIVE).log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= least)
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (least, step) in [(0.9, 1.0), (1.1, 2.0), (430.0, 500.0), (5100.0, 10000.0)] {
            assert!((nice_step(least) - step).abs() < 1e-9, "{least}");
        }
        assert!(nice_step(1e-300) > 0.0);
        assert!(nice_step(1e300).is_finite());
    }

    #[test]
    fn every_length_has_a_place_on_the_axis() {
        let cases = [
            vec![],
            vec![0.0],
            vec![-5.0],
            vec![7.0, 7.0, 7.0],
            vec![1e18, -1e18],
            vec![f64::MAX, -f64::MAX],
            vec![5e-324],
        ];
        for lengths in cases {
            let axis = Axis::new(lengths.iter().copied(), 200.0, false);
            let y_range = Rangef::new(10.0, 210.0);
            for length in lengths.iter().copied().chain([0.0]) {
                let y = axis.y(length, y_range);
                assert!((9.9..=210.1).contains(&y), "{length} of {lengths:?} at {y}");
            }
            assert!((1..=12).contains(&axis.lines().count()), "{lengths:?}");
        }
    }
}
