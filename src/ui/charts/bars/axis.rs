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
/// Lengths of time that are round on a clock, in seconds.
const CLOCK: [f64; 17] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 10800.0,
    21600.0, 43200.0,
];
const HOUR: f64 = 3600.0;

/// How the numbers of the axis are written, and which are round.
#[derive(Clone, Copy)]
pub(super) struct Ticks<'a> {
    pub(super) write: &'a dyn Fn(f64) -> String,
    /// How much a second is, where lengths are lengths of time.
    pub(super) second: Option<f64>,
}

/// The vertical axis: from the least to the greatest length, zero always among them.
pub(super) struct Axis {
    least: f64,
    greatest: f64,
    /// Where a line is drawn, and what stands beside it.
    lines: Vec<(f64, String)>,
}

impl Axis {
    /// An axis of `height` points for lengths between these.
    pub(super) fn new((least, greatest): (f64, f64), height: f32, ticks: Ticks<'_>) -> Self {
        let (least, greatest) = (least.clamp(-FARTHEST, 0.0), greatest.clamp(0.0, FARTHEST));
        let (least, greatest) = if greatest - least > NEAREST { (least, greatest) } else { (0.0, 1.0) };
        let lines = f64::from((height / LINE_EVERY).clamp(2.0, 8.0));
        let least_step = (greatest - least) / lines;
        let step = match ticks.second {
            Some(second) => clock_step(least_step / second) * second,
            None => nice_step(least_step),
        };
        let (least, greatest) = ((least / step).floor() * step, (greatest / step).ceil() * step);
        Self { least, greatest, lines: lines_of(least, greatest, step, ticks) }
    }

    /// Where a length stands in `range`, of which the bottom is the least.
    pub(super) fn y(&self, length: f64, range: Rangef) -> f32 {
        let length = length.clamp(self.least, self.greatest);
        let share = (length - self.least) / (self.greatest - self.least);
        range.max - range.span() * share as f32
    }

    /// How much room the labels need beside the plot, in points.
    pub(super) fn width(&self, ui: &Ui) -> f32 {
        let widths = self.lines.iter().map(|(_, label)| {
            ui.painter().layout_no_wrap(label.clone(), theme::small(), palette(ui).muted).size().x
        });
        (widths.fold(0.0, f32::max) + 2.0 * LABEL_GAP).max(LEAST_WIDTH)
    }

    pub(super) fn paint(&self, ui: &Ui, plot: Rect) {
        let colors = palette(ui);
        for (value, label) in &self.lines {
            let y = self.y(*value, plot.y_range());
            let color = if *value == 0.0 {
                blend(colors.line, colors.muted, 0.6)
            } else {
                blend(colors.window, colors.line, 0.7)
            };
            ui.painter().hline(plot.x_range(), y, Stroke::new(1.0, color));
            let at = Pos2::new(plot.left() - LABEL_GAP, y);
            ui.painter().text(at, Align2::RIGHT_CENTER, label, theme::small(), colors.muted);
        }
    }
}

fn lines_of(least: f64, greatest: f64, step: f64, ticks: Ticks<'_>) -> Vec<(f64, String)> {
    let count = ((greatest - least) / step).round() as usize;
    let value = |line: usize| {
        let value = least + step * line as f64;
        if value.abs() < step / 2.0 { 0.0 } else { value }
    };
    let lines = |write: &dyn Fn(f64) -> String| -> Vec<(f64, String)> {
        (0..=count).map(value).map(|value| (value, write(value))).collect()
    };
    let written = lines(ticks.write);
    // What is written with too few decimals would stand at several lines.
    let can_be_told = written.windows(2).all(|pair| pair[0].1 != pair[1].1);
    if can_be_told { written } else { lines(&display::number) }
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

/// A length of time that is round on a clock and at least `least`, both in seconds.
fn clock_step(least: f64) -> f64 {
    if least <= 0.5 {
        return nice_step(least);
    }
    CLOCK.into_iter().find(|step| *step >= least).unwrap_or_else(|| nice_step(least / HOUR) * HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Ticks<'_> = Ticks { write: &display::number, second: None };

    fn labels(axis: &Axis) -> Vec<&str> {
        axis.lines.iter().map(|(_, label)| label.as_str()).collect()
    }

    #[test]
    fn steps_are_round() {
        for (least, step) in [(0.9, 1.0), (1.1, 2.0), (430.0, 500.0), (5100.0, 10000.0)] {
            assert!((nice_step(least) - step).abs() < 1e-9, "{least}");
        }
        assert!(nice_step(1e-300) > 0.0);
        assert!(nice_step(1e300).is_finite());
        for (least, step) in [(0.02, 0.02), (0.7, 1.0), (70.0, 120.0), (1000.0, 1800.0), (50_000.0, 72_000.0)]
        {
            assert!((clock_step(least) - step).abs() < 1e-9, "{least}");
        }
    }

    #[test]
    fn labels_are_written_as_asked_unless_that_tells_them_not_apart() {
        let whole = |value: f64| format!("{value:.0} m");
        let minutes = Ticks { write: &whole, second: Some(1.0 / 60.0) };
        let axis = Axis::new((-30.0, 100.0), 200.0, minutes);
        assert_eq!(labels(&axis), ["-30 m", "0 m", "30 m", "60 m", "90 m", "120 m"]);
        let axis = Axis::new((0.0, 0.4), 80.0, Ticks { second: None, ..minutes });
        assert_eq!(labels(&axis), ["0", "0.2", "0.4"]);
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
            let extent = lengths.iter().fold((0.0_f64, 0.0_f64), |(least, greatest), length| {
                (least.min(*length), greatest.max(*length))
            });
            for second in [None, Some(1000.0)] {
                let axis = Axis::new(extent, 200.0, Ticks { second, ..PLAIN });
                let y_range = Rangef::new(10.0, 210.0);
                for length in lengths.iter().copied().chain([0.0]) {
                    let y = axis.y(length, y_range);
                    assert!((9.9..=210.1).contains(&y), "{length} of {lengths:?} at {y}");
                }
                assert!((1..=14).contains(&axis.lines.len()), "{lengths:?}");
            }
        }
    }
}
