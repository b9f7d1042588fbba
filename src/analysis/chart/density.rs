//! How densely numbers lie: a histogram without edges, and the outline of a violin.

use super::{
    Groups,
    nice::Step,
    numbers::{FARTHEST, STRETCH, Spread, ends},
};
use crate::analysis::{Stop, Stopped};

/// So many distances are computed one by one; beyond, numbers are put into cells first.
const FEW_DISTANCES: usize = 1 << 20;
/// Cells in a bandwidth: the error is then below a thousandth of the greatest height.
const CELLS_IN_BANDWIDTH: f64 = 24.0;
/// More cells are not made: where the bandwidth is finer yet, numbers are looked at one by one.
const MOST_CELLS: f64 = (1u32 << 22) as f64;
/// So many bandwidths away, a number adds less than a double tells beside one that is near.
const REACH: f64 = 8.5;

/// An estimate of how densely the numbers of a group lie, with Gaussian kernels.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// The number to which the first height belongs.
    pub from: f64,
    /// How far each is from the next.
    pub step: f64,
    /// The densities: the area below all of them, were there enough, is 1.
    pub heights: Vec<f64>,
    /// The standard deviation of the kernels.
    pub bandwidth: f64,
}

/// The density of a group, or how many there are that have none.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupDensity {
    /// `None` when fewer than two numbers differ.
    pub density: Option<Density>,
    /// How many rows have a number.
    pub numbers: usize,
    /// How many have none.
    pub missing: usize,
}

impl Density {
    /// The number to which a height belongs.
    #[must_use]
    pub fn at(&self, place: usize) -> f64 {
        self.from + self.step * place as f64
    }

    /// The greatest of the heights.
    #[must_use]
    pub fn greatest(&self) -> f64 {
        self.heights.iter().copied().fold(0.0, f64::max)
    }
}

/// The width within which shares are told: the round one nearest to `width`, or the greatest below it that
/// holds no more than all where a density is `greatest`.
#[must_use]
pub fn share_width(width: f64, greatest: f64) -> f64 {
    let step = Step::nearest(width);
    if step.size() * greatest <= 1.0 { step.size() } else { Step::at_most(1.0 / greatest).size() }
}

/// The bandwidth after Scott: the standard deviation, divided by the fifth root of how many numbers
/// there are. `None` when fewer than two of the numbers differ.
#[must_use]
pub fn bandwidth(values: &[f64]) -> Option<f64> {
    let placed = values.iter().copied().filter(|value| is_placed(*value));
    let spread = Spread::of(&placed)?;
    let bandwidth = scott(&spread) * spread.unit;
    (bandwidth > 0.0).then_some(bandwidth)
}

/// In units.
fn scott(spread: &Spread) -> f64 {
    spread.deviation() * (spread.count as f64).powf(-0.2)
}

/// From where to where the densities of all groups are to be seen: three of the greatest bandwidth
/// beyond the numbers. `None` when no group has a density.
#[must_use]
pub fn support(values: &[f64], groups: Groups<'_>) -> Option<(f64, f64)> {
    let spans = groups.members(values).into_iter().filter_map(|members| {
        let numbers: Vec<f64> = members.rows.iter().map(|row| values[*row as usize]).collect();
        let reach = 3.0 * bandwidth(&numbers)?;
        let (least, greatest) = ends(numbers.into_iter().filter(|value| is_placed(*value)))?;
        Some((least - reach, greatest + reach))
    });
    spans.reduce(|all, span| (all.0.min(span.0), all.1.max(span.1)))
}

/// The density of each group at `points` numbers, evenly from the first of `range` to the last.
/// Numbers beyond the range count for what reaches into it. At least two points, and a range that
/// ascends and is finite; else no group has a density.
///
/// # Errors
/// When `stop` says so.
pub fn densities(
    values: &[f64],
    groups: Groups<'_>,
    range: (f64, f64),
    points: usize,
    stop: &Stop,
) -> Result<Vec<GroupDensity>, Stopped> {
    groups
        .members(values)
        .into_iter()
        .map(|members| {
            let numbers: Vec<f64> = members.rows.iter().map(|row| values[*row as usize]).collect();
            let density = density(&numbers, range, points, stop)?;
            Ok(GroupDensity { density, numbers: numbers.len(), missing: members.missing })
        })
        .collect()
}

fn density(
    numbers: &[f64],
    (from, to): (f64, f64),
    points: usize,
    stop: &Stop,
) -> Result<Option<Density>, Stopped> {
    stop.check()?;
    let placed: Vec<f64> = numbers.iter().copied().filter(|value| is_placed(*value)).collect();
    let Some(spread) = Spread::of(&placed.iter().copied()) else { return Ok(None) };
    let bandwidth = scott(&spread);
    let apart = (to - from) / (points.max(2) - 1) as f64;
    // Not `<=`: none of them may be NaN either.
    let has_room = apart > 0.0 && apart.is_finite() && from.is_finite();
    if bandwidth <= 0.0 || points < 2 || !has_room {
        return Ok(None);
    }
    let grid = Grid { from: from / spread.unit, step: apart / spread.unit, points };
    let mut heights = if placed.len().saturating_mul(points) <= FEW_DISTANCES {
        one_by_one(&placed, spread.unit, grid, bandwidth, stop)?
    } else {
        by_cells(&placed, spread.unit, grid, bandwidth, stop)?
    };
    let area = spread.count as f64 * bandwidth * (2.0 * std::f64::consts::PI).sqrt();
    for height in &mut heights {
        *height = *height / area / spread.unit;
    }
    Ok(Some(Density { from, step: apart, heights, bandwidth: bandwidth * spread.unit }))
}

/// Where heights are wanted, in units.
#[derive(Clone, Copy)]
struct Grid {
    from: f64,
    step: f64,
    points: usize,
}

impl Grid {
    fn at(&self, point: usize) -> f64 {
        self.from + self.step * point as f64
    }

    /// The points that are no farther than `reach` from `place`.
    fn near(&self, place: f64, reach: f64) -> std::ops::Range<usize> {
        let first = ((place - reach - self.from) / self.step).ceil().max(0.0) as usize;
        let end = ((place + reach - self.from) / self.step).floor() + 1.0;
        first..(end.max(0.0) as usize).min(self.points).max(first)
    }
}

fn kernel(distance: f64) -> f64 {
    (-0.5 * distance * distance).exp()
}

fn one_by_one(
    values: &[f64],
    unit: f64,
    grid: Grid,
    bandwidth: f64,
    stop: &Stop,
) -> Result<Vec<f64>, Stopped> {
    let mut heights = vec![0.0; grid.points];
    for values in values.chunks(STRETCH) {
        stop.check()?;
        for value in values.iter().map(|value| value / unit) {
            for point in grid.near(value, REACH * bandwidth) {
                heights[point] += kernel((grid.at(point) - value) / bandwidth);
            }
        }
    }
    Ok(heights)
}

/// Shares each number between the two nearest of many cells, and lets these stand for all numbers.
fn by_cells(values: &[f64], unit: f64, grid: Grid, bandwidth: f64, stop: &Stop) -> Result<Vec<f64>, Stopped> {
    let reach = REACH * bandwidth;
    let seen = (grid.from - reach, grid.at(grid.points - 1) + reach);
    let within = |value: &f64| (seen.0..=seen.1).contains(value);
    let Some((least, greatest)) = ends(values.iter().map(|value| value / unit).filter(within)) else {
        return Ok(vec![0.0; grid.points]);
    };
    let width = bandwidth / CELLS_IN_BANDWIDTH;
    let count = (greatest - least) / width + 2.0;
    if count > MOST_CELLS {
        return one_by_one(values, unit, grid, bandwidth, stop);
    }
    let mut cells = vec![0.0; count as usize + 1];
    for values in values.chunks(STRETCH) {
        stop.check()?;
        for value in values.iter().map(|value| value / unit).filter(within) {
            let place = (value - least) / width;
            let (cell, share) = (place as usize, place.fract());
            cells[cell] += 1.0 - share;
            cells[cell + 1] += share;
        }
    }
    let mut heights = vec![0.0; grid.points];
    for (point, height) in heights.iter_mut().enumerate() {
        stop.check()?;
        let at = grid.at(point);
        let around = Grid { from: least, step: width, points: cells.len() };
        for cell in around.near(at, reach) {
            *height += cells[cell] * kernel((around.at(cell) - at) / bandwidth);
        }
    }
    Ok(heights)
}

/// Whether a number is near enough to zero to be placed.
fn is_placed(value: f64) -> bool {
    value.abs() <= FARTHEST
}

#[cfg(test)]
mod tests;
