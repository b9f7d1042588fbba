//! The box of a group or of a stat, and the violin around it, worked out once.

use crate::{
    analysis::{
        Stop, Stopped,
        chart::{
            Groups,
            box_plot::{BoxPlot, boxes},
            density::densities,
            histogram::core_range,
            scale::Scale,
        },
        display,
    },
    model::AxisScale,
    ui::charts::{Scene, axis::scale_of, notes::players},
};

/// The outline of a violin has so many points.
const POINTS: usize = 96;

/// How the numbers of a column come to places on the vertical axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placing {
    pub(super) scale: Scale,
    /// The places of the scale that are 0 and 1; none where places are those of the scale.
    pub(super) ends: Option<(f64, f64)>,
}

impl Placing {
    pub(super) fn of(scale: AxisScale, numbers: &[f64]) -> Self {
        Self { scale: scale_of(scale, numbers), ends: None }
    }

    /// The place of a number; NaN for none.
    pub(super) fn place(&self, number: f64) -> f64 {
        let place = self.scale.forward(number);
        match self.ends {
            // In halves: the distance of two doubles may be more than a double holds.
            Some((from, to)) => (place / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0),
            None => place,
        }
    }
}

/// A box with all that is drawn of it.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) column: usize,
    /// The place of its series.
    pub(super) series: usize,
    pub(super) placing: Placing,
    /// The box, in numbers; its outliers are empty, they are told by [`Self::inner`].
    pub(super) plot: Option<BoxPlot>,
    /// How many players have no number.
    pub(super) missing: usize,
    /// How many have one that the axis has no place for.
    pub(super) left_out: usize,
    /// The players with a place, as rows of the table, by number; and the number of each.
    pub(super) rows: Vec<u32>,
    pub(super) numbers: Vec<f64>,
    /// Which of the players are within the whiskers.
    pub(super) inner: std::ops::Range<usize>,
    /// Places, and how wide the violin is there: 1 where it is widest.
    pub(super) violin: Vec<(f64, f32)>,
    /// What a screen reader is told of it.
    pub(super) words: String,
}

/// What an item is made of: which players, and which numbers they have.
pub(super) struct Source<'a> {
    pub(super) name: String,
    pub(super) column: usize,
    pub(super) series: usize,
    pub(super) placing: Placing,
    pub(super) rows: &'a [u32],
    pub(super) numbers: &'a [f64],
}

impl Item {
    pub(super) fn make(
        scene: &Scene,
        source: Source<'_>,
        is_violin: bool,
        stop: &Stop,
    ) -> Result<Self, Stopped> {
        stop.check()?;
        let Source { name, column, series, placing, rows, numbers } = source;
        let missing = numbers.iter().filter(|number| !number.is_finite()).count();
        let is_placed = |index: &u32| placing.scale.forward(numbers[*index as usize]).is_finite();
        let mut placed: Vec<u32> = (0..numbers.len() as u32).filter(is_placed).collect();
        let left_out = numbers.len() - missing - placed.len();
        let number = |index: &u32| numbers[*index as usize];
        placed.sort_unstable_by(|one, other| number(one).total_cmp(&number(other)).then(one.cmp(other)));
        let rows: Vec<u32> = placed.iter().map(|index| rows[*index as usize]).collect();
        let numbers: Vec<f64> = placed.iter().map(number).collect();
        let plot = boxes(&numbers, Groups::ALL, stop)?.pop().and_then(|found| found.plot);
        let inner = plot.as_ref().map_or(0..0, |plot| {
            let least = numbers.partition_point(|number| *number < plot.lower_whisker);
            least..numbers.partition_point(|number| *number <= plot.upper_whisker)
        });
        let violin = if is_violin { violin(&numbers, &placing, stop)? } else { Vec::new() };
        let words = words(scene, &name, column, plot.as_ref(), numbers.len(), missing);
        Ok(Self {
            name,
            column,
            series,
            placing,
            plot,
            missing,
            left_out,
            rows,
            numbers,
            inner,
            violin,
            words,
        })
    }

    /// The players whose numbers are within the quartiles.
    pub(super) fn within_box(&self) -> &[u32] {
        let Some(plot) = &self.plot else { return &[] };
        let first = self.numbers.partition_point(|number| *number < plot.lower);
        let end = self.numbers.partition_point(|number| *number <= plot.upper);
        &self.rows[first..end]
    }
}

fn violin(numbers: &[f64], placing: &Placing, stop: &Stop) -> Result<Vec<(f64, f32)>, Stopped> {
    let places: Vec<f64> = numbers.iter().map(|number| placing.scale.forward(*number)).collect();
    // What is far away would smooth all that is near into one.
    let Some(range) = core_range(&places, stop)? else { return Ok(Vec::new()) };
    let near = |place: &f64| if (range.0..=range.1).contains(place) { *place } else { f64::NAN };
    let places: Vec<f64> = places.iter().map(near).collect();
    let found = densities(&places, Groups::ALL, range, POINTS, stop)?.pop();
    let Some(density) = found.and_then(|found| found.density) else { return Ok(Vec::new()) };
    let greatest = density.greatest();
    let heights = density.heights.iter().enumerate();
    Ok(heights
        .map(|(point, height)| {
            let place = placing.place(placing.scale.inverse(density.at(point)));
            (place, (height / greatest) as f32)
        })
        .collect())
}

fn words(
    scene: &Scene,
    name: &str,
    column: usize,
    plot: Option<&BoxPlot>,
    numbers: usize,
    missing: usize,
) -> String {
    let lacking =
        if missing > 0 { format!(", {} without a number", display::count(missing)) } else { String::new() };
    let Some(plot) = plot else { return format!("{name}: no numbers{lacking}") };
    let write = |number: f64| written(scene, column, number);
    format!(
        "{name}: median {}, quartiles {} to {}, whiskers {} to {}, {}{lacking}",
        write(plot.median),
        write(plot.lower),
        write(plot.upper),
        write(plot.lower_whisker),
        write(plot.upper_whisker),
        players(numbers),
    )
}

/// A number as its column writes it.
pub(super) fn written(scene: &Scene, column: usize, number: f64) -> String {
    scene.look(column).map_or_else(|| display::number(number), |look| look.number(number))
}
