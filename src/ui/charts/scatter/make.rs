//! From a scene to a scatter: places, sizes, trend, edges, and what is said of those left out.

use std::sync::Arc;

use super::{
    super::{
        Made, Scene, SeriesSet, Told, Work,
        axis::{Axis, with_margin},
        notes::{left_out, missing, players},
    },
    Scatter,
    dots::Dots,
    margins::Margins,
    sizes::Sizes,
    together::Together,
};
use crate::{
    analysis::{
        Stop, Stopped,
        chart::{
            Groups, NO_GROUP,
            histogram::core_range,
            scatter::{Area, Cloud, Point},
        },
    },
    model::ColourBy,
};

/// When nearly all stand on less than this part of an axis, that part alone is shown at first.
const CORE: f64 = 1.0 / 8.0;

pub(in super::super) fn make(work: Work<'_>) -> Result<Made, Stopped> {
    let Work { scene, chart, chosen, hidden, stop } = work;
    let (Some(across), Some(up)) = (chosen.x, chosen.y) else {
        return Ok(Made::Nothing("A scatter needs two stats that hold numbers.".into()));
    };
    let numbers = [across, up].map(|column| scene.numbers(column));
    let x = Axis::of_column(scene, across, chart.x_scale, &numbers[0]);
    let y = Axis::of_column(scene, up, chart.y_scale, &numbers[1]);
    stop.check()?;
    let series = SeriesSet::of(scene, &chart.colour, chosen.colour);
    let (places, mut notes) = placed(scene, [across, up], &numbers, [&x, &y]);
    let shown = series.shown(|name| hidden.has(name));
    let [xs, ys] = both(places, &shown);
    let rest = series.rest();
    let groups: Vec<u32> = shown.iter().map(|of| if Some(*of) == rest { NO_GROUP } else { *of }).collect();
    let cloud = Cloud::new(&xs, &ys, Groups::new(&groups, series.entries.len()), stop)?;
    if cloud.count() == 0 {
        if hidden.is_empty() {
            return Ok(Made::Nothing(format!("No player has a place on both axes. {}.", notes.join(". "))));
        }
        notes.push("Nobody is drawn: show more in the legend".into());
    }
    let sizes = match chosen.size {
        Some(column) => {
            let sizes = Sizes::of(scene, column, stop)?;
            notes.extend(unsized_note(scene, column, sizes.as_ref(), &xs));
            sizes
        }
        None => None,
    };
    let margins = if chart.scatter.margins {
        Margins::of([&xs, &ys], [&x, &y], &shown, series.entries.len(), stop)?
    } else {
        None
    };
    let first = first([&xs, &ys], [&x, &y], stop)?;
    let Together { line, words } = Together::of([&xs, &ys], [&x, &y], first, stop)?;
    let of_both = words.as_ref().map(|words| format!(", {words}")).unwrap_or_default();
    let summary = format!("Scatter of {} over {} for {}{of_both}", y.name, x.name, players(cloud.count()));
    let trend = line.filter(|_| chart.scatter.trend);
    let trend = trend.map(|line| (line, words.map(|words| format!("trend, {words}"))));
    let columns = [Some(across), Some(up), chosen.size, chosen.colour].into_iter().flatten();
    let mut told: Vec<usize> = Vec::new();
    for column in columns {
        if !told.contains(&column) {
            told.push(column);
        }
    }
    Ok(Made::Chart(Arc::new(Scatter {
        id: Arc::default(),
        scene: scene.clone(),
        fields: [across, up],
        first,
        dots: Dots::of(scene.rows(), &xs, &ys),
        x,
        y,
        cloud,
        sizes,
        margins,
        trend,
        names: chart.scatter.labels,
        told: Told { summary, notes, columns: told, legend: series.entries.clone() },
        series,
        is_by_group: matches!(chart.colour, ColourBy::Group) && !scene.groups.is_empty(),
    })))
}

/// The places of numbers on both axes, and what is said of those that have none.
fn placed(
    scene: &Scene,
    columns: [usize; 2],
    numbers: &[Vec<f64>; 2],
    axes: [&Axis; 2],
) -> ([Vec<f64>; 2], Vec<String>) {
    let mut notes = Vec::new();
    let places = [0, 1].map(|axis| {
        let (name, scale) = (&axes[axis].name, axes[axis].scale);
        let placed = scale.apply(&numbers[axis]);
        notes.extend(missing(scene, columns[axis], scene.rows()));
        notes.extend(left_out(name, placed.left_out));
        placed.places
    });
    (places, notes)
}

/// Leaves places to those that have both and whose series is shown.
fn both([mut xs, mut ys]: [Vec<f64>; 2], shown: &[u32]) -> [Vec<f64>; 2] {
    for ((x, y), of) in xs.iter_mut().zip(&mut ys).zip(shown) {
        if *of == NO_GROUP || x.is_nan() || y.is_nan() {
            (*x, *y) = (f64::NAN, f64::NAN);
        }
    }
    [xs, ys]
}

/// What is shown at first, where a few stand so far away that all others could not be told apart.
fn first(places: [&[f64]; 2], axes: [&Axis; 2], stop: &Stop) -> Result<Option<Area>, Stopped> {
    let mut is_part = false;
    let mut ends = [(0.0, 0.0); 2];
    for axis in [0, 1] {
        let fit = axes[axis].fit;
        let core = core_range(places[axis], stop)?;
        // By halves: the distance of two doubles may be more than a double holds.
        let width = |(from, to): (f64, f64)| to / 2.0 - from / 2.0;
        let core = core.filter(|core| width(*core) > 0.0 && width(*core) < width(fit) * CORE);
        is_part |= core.is_some();
        ends[axis] = core.map_or(fit, with_margin);
    }
    let [x, y] = ends;
    Ok(is_part.then(|| Area::between(Point { x: x.0, y: y.0 }, Point { x: x.1, y: y.1 })))
}

/// What is said of players whose marks have no size. `drawn` has a place for each that has a mark.
fn unsized_note(scene: &Scene, column: usize, sizes: Option<&Sizes>, drawn: &[f64]) -> Option<String> {
    let name = scene.name(column);
    if sizes.is_none() {
        return Some(format!("No player has a number of {name}: all marks are of one size"));
    }
    let numbers = scene.numbers(column);
    let marks = numbers.iter().zip(drawn).filter(|(_, place)| place.is_finite());
    let count = marks.filter(|(number, _)| !number.is_finite()).count();
    (count > 0).then(|| format!("{} without {name} drawn small", players(count)))
}
