//! How the numbers of a column are spread: what is drawn of it, worked out once.

use super::{
    binned::{Binned, within},
    smooth::Smooth,
};
use crate::{
    analysis::{
        Stopped,
        chart::{
            Groups, NO_GROUP,
            histogram::{Bins, Counts, bins, histogram},
            scale::Scale,
            scatter::{Area, Point},
        },
    },
    model::DistributionForm,
    ui::charts::{
        SeriesSet, Work,
        axis::Axis,
        notes::{left_out, missing, players},
    },
};

/// How much of the axis is left free beyond the bins, and for how many bins there is room at least.
const ASIDE: f64 = 0.02;
const ROOM: f64 = 5.0;
/// A curve of shares has no more steps than these.
const STEPS: usize = 512;

/// What all cells are made of.
pub(super) struct Source<'a> {
    pub(super) work: Work<'a>,
    pub(super) series: &'a SeriesSet,
    /// For each row of the scene the place of its series; [`NO_GROUP`] when that is hidden.
    pub(super) shown: &'a [u32],
}

/// A column, and what is drawn of it.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) name: String,
    /// What is drawn, or why nothing is.
    pub(super) plot: Result<Plot, String>,
    /// What a screen reader is told of it.
    pub(super) summary: String,
    pub(super) notes: Vec<String>,
}

/// What is drawn of a column. All places are those of the axis across.
#[derive(Debug)]
pub(super) struct Plot {
    /// Both have no name: they are written elsewhere.
    pub(super) x: Axis,
    pub(super) y: Axis,
    /// What is told upwards.
    pub(super) counted: String,
    pub(super) binned: Binned,
    pub(super) curves: Curves,
    /// The places of the players of each series, ascending.
    pub(super) of_series: Vec<Vec<f64>>,
    /// The series, those with the most players first.
    pub(super) order: Vec<usize>,
    pub(super) marks: Vec<Mark>,
    /// The players that are drawn, as rows of the table, by number; and the place of each.
    pub(super) rows: Vec<u32>,
    pub(super) places: Vec<f64>,
}

/// The lines of a form: for each series places and heights; none for a series without.
#[derive(Debug)]
pub(super) enum Curves {
    /// None: the bins themselves are drawn.
    Bins,
    Smooth(Vec<Vec<(f64, f64)>>),
    /// Each height holds from its place to the next.
    Steps(Vec<Vec<(f64, f64)>>),
}

/// Where mean or median is.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) place: f64,
    pub(super) words: String,
    pub(super) is_dashed: bool,
}

impl Cell {
    pub(super) fn make(source: &Source<'_>, column: usize) -> Result<Self, Stopped> {
        let Work { scene, chart, stop, .. } = source.work;
        stop.check()?;
        let numbers = scene.numbers(column);
        let mut x = Axis::of_column(scene, column, chart.x_scale, &numbers);
        let name = std::mem::take(&mut x.name);
        let placed = x.scale.apply(&numbers);
        let mut notes: Vec<String> = [missing(scene, column, scene.rows()), left_out(&name, placed.left_out)]
            .into_iter()
            .flatten()
            .collect();
        let has_place = placed.places.iter().any(|place| place.is_finite());
        let scale = x.scale;
        let bins = scene.bins_of_all(column, |numbers| bins(&scale.apply(numbers).places, stop))?;
        let Some(bins) = bins.filter(|_| has_place) else {
            let why = if placed.left_out > 0 {
                format!("{name} is 0 or less: a log axis has no place for it. Choose linear or symlog.")
            } else {
                format!("No player has a number of {name}.")
            };
            return Ok(Self { column, summary: why.clone(), plot: Err(why), name, notes });
        };
        let plot = Plot::make(source, (column, x), bins, (&numbers, &placed.places), &mut notes)?;
        notes.extend(plot.beyond(&name));
        let summary = plot.summary(source, &name);
        Ok(Self { column, name, plot: Ok(plot), summary, notes })
    }
}

impl Plot {
    fn make(
        source: &Source<'_>,
        (column, mut x): (usize, Axis),
        bins: Bins,
        (numbers, places): (&[f64], &[f64]),
        notes: &mut Vec<String>,
    ) -> Result<Self, Stopped> {
        let Source { work: Work { scene, stop, .. }, series, shown } = *source;
        let groups = Groups::new(shown, series.entries.len());
        let (first, last) = ends(&bins);
        let lacking = (ROOM - bins.count() as f64).max(0.0) / 2.0 / bins.count() as f64;
        let aside = last * ASIDE.max(lacking) - first * ASIDE.max(lacking);
        x.fit = (first - aside, last + aside);
        let mut drawn: Vec<u32> = (0..places.len() as u32)
            .filter(|index| places[*index as usize].is_finite() && shown[*index as usize] != NO_GROUP)
            .collect();
        let place = |index: &u32| places[*index as usize];
        drawn.sort_unstable_by(|one, other| place(one).total_cmp(&place(other)).then(one.cmp(other)));
        stop.check()?;
        let binned = Binned::new(histogram(places, groups, bins, stop)?);
        let of_series = of_series(&drawn, places, groups);
        let mut order: Vec<usize> = (0..of_series.len()).collect();
        order.sort_by_key(|series| std::cmp::Reverse(of_series[*series].len()));
        let (curves, mut y) = match source.work.chart.distribution {
            DistributionForm::Histogram => (Curves::Bins, Axis::of_counts("players", binned.most())),
            DistributionForm::Density => {
                let smooth = Smooth::of(source, (column, &x), binned.bins(), places, notes)?;
                (Curves::Smooth(smooth.curves), Axis::of_shares(&smooth.counted, smooth.most))
            }
            DistributionForm::Cumulative => {
                let curves = of_series.iter().map(|places| shares(places)).collect();
                (Curves::Steps(curves), Axis::of_shares("share of players up to here", 1.0))
            }
        };
        let counted = std::mem::take(&mut y.name);
        let rows: Vec<u32> = drawn.iter().map(|index| scene.rows()[*index as usize]).collect();
        let places: Vec<f64> = drawn.iter().map(place).collect();
        let numbers: Vec<f64> = drawn.iter().map(|index| numbers[*index as usize]).collect();
        let marks = marks(&x, &numbers);
        Ok(Self { x, y, counted, binned, curves, of_series, order, marks, rows, places })
    }

    /// All of it up to `top`, with a strip below zero that is so large a part of the whole height.
    pub(super) fn fit(&self, top: f64, strip: f64) -> Area {
        let x = self.x.fit;
        let bottom = -top * strip / (1.0 - strip);
        Area::between(Point { x: x.0, y: bottom }, Point { x: x.1, y: top })
    }

    /// Finer bins between two places, where bins are drawn and such suit.
    pub(super) fn finer(&self, ends: (f64, f64)) -> Option<Binned> {
        matches!(self.curves, Curves::Bins).then(|| self.binned.finer(&self.of_series, ends))?
    }

    /// The axis upwards, where these bins are in sight.
    pub(super) fn axis_of<'a>(&'a self, binned: &'a Binned) -> &'a Axis {
        match self.curves {
            Curves::Bins => &binned.y,
            Curves::Smooth(_) | Curves::Steps(_) => &self.y,
        }
    }

    /// The players in a bin, by number.
    pub(super) fn rows_of(&self, binned: &Binned, bin: usize) -> &[u32] {
        let (from, to) = binned.edges(bin);
        let is_last = to == self.binned.ends().1;
        let first = self.places.partition_point(|place| *place < from);
        let end = self.places.partition_point(|place| *place < to || (is_last && *place == to));
        &self.rows[first..end.max(first)]
    }

    /// The players from one place to another, both included.
    pub(super) fn rows_within(&self, from: f64, to: f64) -> &[u32] {
        &self.rows[within(&self.places, from, to)]
    }

    /// The numbers of a bin: "1,000 to 1,500".
    pub(super) fn range(&self, binned: &Binned, bin: usize) -> String {
        let (from, to) = binned.edges(bin);
        if self.x.scale != Scale::Linear {
            let rough = |place: f64| self.x.write(significant(self.x.scale.inverse(place)));
            return format!("{} to {}", rough(from), rough(to));
        }
        if binned.are_integers {
            // The edges are half way between two integers.
            let (from, to) = (self.x.write(from + 0.5), self.x.write(to - 0.5));
            return if from == to { from } else { format!("{from} to {to}") };
        }
        format!("{} to {}", self.x.write(from), self.x.write(to))
    }

    /// What is said of players who have a number but no place among the bins.
    fn beyond(&self, name: &str) -> Option<String> {
        let sum = |count: fn(&Counts) -> u32| self.binned.series().iter().map(count).sum::<u32>() as usize;
        let (below, above) = (sum(|counts| counts.below), sum(|counts| counts.above));
        let (first, last) = self.binned.ends();
        let written = |place: f64| self.x.write(significant(self.x.scale.inverse(place)));
        let side = match (below, above) {
            (0, 0) => return None,
            (0, _) => format!("above {}", written(last)),
            (_, 0) => format!("below {}", written(first)),
            _ => format!("below {} or above {}", written(first), written(last)),
        };
        let are = if below + above == 1 { "is" } else { "are" };
        Some(format!("{} {are} far from the others and not drawn: {name} {side}", players(below + above)))
    }

    fn summary(&self, source: &Source<'_>, name: &str) -> String {
        let form = match source.work.chart.distribution {
            DistributionForm::Histogram => "Histogram",
            DistributionForm::Density => "Density",
            DistributionForm::Cumulative => "Cumulative distribution",
        };
        let median = self.marks.first().map(|median| format!(", {}", median.words)).unwrap_or_default();
        let shown_as = &source.work.scene.shown_as;
        let shown_as = if shown_as.is_empty() { String::new() } else { format!(", {shown_as}") };
        format!("{form} of {name} for {}{median}{shown_as}", players(self.rows.len()))
    }
}

/// A number with its first three digits.
pub(super) fn significant(number: f64) -> f64 {
    format!("{number:.2e}").parse().unwrap_or(number)
}

fn ends(bins: &Bins) -> (f64, f64) {
    (bins.edges()[0], bins.edges()[bins.count()])
}

/// The places of each series. `drawn` has those of all, ascending.
fn of_series(drawn: &[u32], places: &[f64], groups: Groups<'_>) -> Vec<Vec<f64>> {
    let mut of_series = vec![Vec::new(); groups.count()];
    for index in drawn {
        if let Some(group) = groups.of(*index as usize) {
            of_series[group].push(places[*index as usize]);
        }
    }
    of_series
}

/// Which share of ascending places is no farther than a place.
fn shares(places: &[f64]) -> Vec<(f64, f64)> {
    let (count, most) = (places.len(), places.len().min(STEPS));
    let mut steps: Vec<(f64, f64)> = Vec::with_capacity(most);
    for step in 1..=most {
        let place = places[(step * count).div_ceil(most) - 1];
        if steps.last().is_none_or(|last| last.0 != place) {
            let up_to = places.partition_point(|other| *other <= place);
            steps.push((place, up_to as f64 / count as f64));
        }
    }
    steps
}

/// Median and mean of numbers, which ascend.
fn marks(x: &Axis, numbers: &[f64]) -> Vec<Mark> {
    let count = numbers.len();
    if count == 0 {
        return Vec::new();
    }
    let median = numbers[(count - 1) / 2] / 2.0 + numbers[count / 2] / 2.0;
    let mean: f64 = numbers.iter().map(|number| number / count as f64).sum();
    let median = Mark {
        place: x.scale.forward(median),
        words: format!("median {}", x.write_figure(median)),
        is_dashed: false,
    };
    let mean = Mark {
        place: x.scale.forward(mean),
        words: format!("mean {}", x.write_figure(mean)),
        is_dashed: true,
    };
    [median, mean].into_iter().filter(|mark| mark.place.is_finite()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_tell_the_share_up_to_each_place() {
        assert_eq!(shares(&[1.0, 1.0, 3.0, 4.0]), [(1.0, 0.5), (3.0, 0.75), (4.0, 1.0)]);
        assert_eq!(shares(&[]), []);
        let many: Vec<f64> = (0..100_000).map(f64::from).collect();
        let steps = shares(&many);
        assert_eq!(steps.len(), STEPS);
        assert!(steps.iter().all(|(place, share)| (place + 1.0) / 100_000.0 == *share));
        assert_eq!(steps.last(), Some(&(99_999.0, 1.0)));
    }

    #[test]
    fn rough_numbers_keep_three_digits() {
        for (number, rough) in [(199.526, 200.0), (1584.89, 1580.0), (0.0, 0.0), (-31.62, -31.6)] {
            assert_eq!(significant(number), rough);
        }
    }
}
