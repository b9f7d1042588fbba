use std::sync::Arc;

use super::{Scene, clock_ticks::clock_ticks};
use crate::{
    analysis::{
        chart::{scale::Scale, ticks::ticks},
        display,
    },
    model::AxisScale,
    ui::widgets::grid::{Look, Looks},
};

/// Longer lengths are drawn as this: the distance of two must stay a number.
const FARTHEST: f64 = 1e300;
/// How much of an axis is left free beyond the numbers, at either end.
const MARGIN: f64 = 0.04;

/// An axis of numbers: how it runs, from where to where, and how its numbers are written.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    /// What it is called.
    pub(crate) name: String,
    pub(crate) scale: Scale,
    /// Between which places it runs when all is in sight.
    pub(crate) fit: (f64, f64),
    writer: Writer,
}

#[derive(Clone, Debug)]
enum Writer {
    /// As this column writes its numbers.
    Column(Arc<Looks>, usize),
    /// Whole numbers and fractions as they are.
    Plain,
    /// Shares of one, as hundredths.
    Percent,
    /// Not at all.
    Nothing,
}

impl Axis {
    /// The axis of a column, for these numbers.
    pub(crate) fn of_column(scene: &Scene, column: usize, scale: AxisScale, numbers: &[f64]) -> Self {
        let tight = Self::of_ends(scene, column, scale, numbers);
        Self { fit: with_margin(tight.fit), ..tight }
    }

    /// The same from the least number to the greatest, with no room beyond them.
    pub(crate) fn of_ends(scene: &Scene, column: usize, scale: AxisScale, numbers: &[f64]) -> Self {
        let of_all = scene.numbers_of_all(column);
        let numbers = of_all.as_deref().unwrap_or(numbers);
        let scale = scale_of(scale, numbers);
        let (least, greatest) = scale.fit(numbers).range.unwrap_or((1.0, 2.0));
        let fit = (scale.forward(least), scale.forward(greatest));
        Self { name: scene.name(column), scale, fit, writer: Writer::Column(scene.looks.clone(), column) }
    }

    /// A linear axis from zero to `most`, of how many there are.
    pub(crate) fn of_counts(name: &str, most: f64) -> Self {
        let top = if most > 0.0 { most * (1.0 + MARGIN) } else { 1.0 };
        Self { name: name.into(), scale: Scale::Linear, fit: (0.0, top), writer: Writer::Plain }
    }

    /// A linear axis from zero to `most`, of shares of one.
    pub(crate) fn of_shares(name: &str, most: f64) -> Self {
        Self { writer: Writer::Percent, ..Self::of_counts(name, most) }
    }

    /// The same for lengths: it runs from zero, where the scale has one.
    pub(crate) fn with_zero(self, scale: AxisScale, lengths: &[f64]) -> Self {
        let scale = scale_of(scale, lengths);
        let fit = if scale == Scale::Log {
            let (least, greatest) = scale.fit(lengths).range.unwrap_or((1.0, 10.0));
            let (from, to) = (scale.forward(least), scale.forward(greatest));
            // The least has a length too.
            (from - (to - from) * 0.1, to)
        } else {
            let ends: (f64, f64) = lengths.iter().fold((0.0, 0.0), |(least, greatest), length| {
                let place = scale.forward(length.clamp(-FARTHEST, FARTHEST));
                if place.is_nan() { (least, greatest) } else { (least.min(place), greatest.max(place)) }
            });
            if ends == (0.0, 0.0) { (0.0, 1.0) } else { (ends.0 * (1.0 + MARGIN), ends.1 * (1.0 + MARGIN)) }
        };
        Self { scale, fit, ..self }
    }

    /// An axis without numbers, from 0 to 1, for what stands side by side.
    pub(crate) fn of_nothing() -> Self {
        Self { name: String::new(), scale: Scale::Linear, fit: (0.0, 1.0), writer: Writer::Nothing }
    }

    /// The numbers to write beside it between two places: for each its place and its text.
    pub(crate) fn ticks(&self, (from, to): (f64, f64), most: usize) -> Vec<(f64, String)> {
        let (from, to) = (self.scale.inverse(from), self.scale.inverse(to));
        let second = self.look().and_then(Look::second).filter(|_| self.scale == Scale::Linear);
        let at_most = |most: usize| {
            second
                .and_then(|second| clock_ticks(from, to, most, second))
                .unwrap_or_else(|| ticks(self.scale, from, to, most))
        };
        // One number alone does not tell how far it is to another.
        let several = (most..most + 4).map(at_most).find(|numbers| numbers.len() > 1);
        let mut numbers = several.unwrap_or_else(|| at_most(most));
        match self.writer {
            Writer::Column(..) => {}
            // There is neither half a player nor less than none.
            Writer::Plain => numbers.retain(|number| *number >= 0.0 && number.fract() == 0.0),
            Writer::Percent => numbers.retain(|number| (0.0..=1.0).contains(number)),
            Writer::Nothing => numbers.clear(),
        }
        let mut texts: Vec<String> = numbers.iter().map(|number| self.write(*number)).collect();
        // What is written with too few decimals would stand at several ticks.
        if texts.windows(2).any(|pair| pair[0] == pair[1]) {
            texts = numbers.iter().map(|number| display::number(*number)).collect();
        }
        numbers.iter().map(|number| self.scale.forward(*number)).zip(texts).collect()
    }

    /// A number as the axis writes it.
    pub(crate) fn write(&self, number: f64) -> String {
        match &self.writer {
            Writer::Column(..) => {
                self.look().map_or_else(|| display::number(number), |look| look.tick(number))
            }
            Writer::Plain => display::number(number),
            Writer::Percent => format!("{} %", display::number(number * 100.0)),
            Writer::Nothing => String::new(),
        }
    }

    /// A figure of its numbers, such as their median, as the grid writes those of the column.
    pub(crate) fn write_figure(&self, figure: f64) -> String {
        self.look().map_or_else(|| self.write(figure), |look| look.number(figure))
    }

    fn look(&self) -> Option<&Look> {
        match &self.writer {
            Writer::Column(looks, column) => looks.column(*column),
            Writer::Plain | Writer::Percent | Writer::Nothing => None,
        }
    }
}

/// How an axis for these numbers runs.
pub(crate) fn scale_of(scale: AxisScale, numbers: &[f64]) -> Scale {
    match scale {
        AxisScale::Linear => Scale::Linear,
        AxisScale::Log => Scale::Log,
        AxisScale::Symlog => Scale::symlog(numbers),
    }
}

/// The same ends with a little room beyond them.
pub(crate) fn with_margin((from, to): (f64, f64)) -> (f64, f64) {
    // By parts: the distance of two doubles may be more than a double holds.
    let margin = to * MARGIN - from * MARGIN;
    (from - margin, to + margin)
}
