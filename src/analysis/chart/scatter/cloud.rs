use super::{Area, Point};
use crate::analysis::{
    Stop, Stopped,
    chart::{Groups, NO_GROUP},
};

/// So few points are not halved any more.
const FEW: usize = 8;
/// Between parts smaller than this nobody asks whether to go on.
const MANY: usize = 1 << 14;

/// Points that are found by where they are.
#[derive(Clone, Debug, Default)]
pub struct Cloud {
    /// In the order in which parts hold them.
    pub(super) dots: Vec<Dot>,
    /// The whole, then its first half with all parts of that, then its second.
    pub(super) parts: Vec<Part>,
    missing: usize,
}

/// A point of the cloud.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dot {
    pub(super) at: Point,
    pub(super) row: u32,
    /// [`NO_GROUP`] for none.
    pub(super) group: u32,
}

/// Points that lie together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The least area that holds them.
    pub(super) area: Area,
    pub(super) start: u32,
    pub(super) count: u32,
    /// Whose groups they are.
    pub(super) common: Common,
    /// Where among the parts the first is that is no part of it. Its own first half comes next after
    /// it, and the second where the first ends.
    pub(super) end: u32,
}

/// Which group of several points counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Common {
    /// The group of most of those that are in one: the first of several with as many; [`NO_GROUP`]
    /// when nobody is in one.
    pub(super) group: u32,
    pub(super) of_group: u32,
    /// How many are in no group.
    pub(super) of_none: u32,
}

/// Where to go from a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    /// To its halves.
    In,
    /// Past them.
    On,
    /// Nowhere any more.
    Out,
}

impl Cloud {
    /// A cloud of the rows that have both numbers. Rows in no group are among the points. A group
    /// that is not to be seen is taken out by giving NaN for its rows.
    ///
    /// Groups may as well be classes of a third stat: a part is then coloured by the commonest. Those
    /// in no group never hide a group, however many they are.
    ///
    /// # Errors
    /// When `stop` says so.
    ///
    /// # Panics
    /// When there are not as many x as y.
    pub fn new(x: &[f64], y: &[f64], groups: Groups<'_>, stop: &Stop) -> Result<Self, Stopped> {
        assert_eq!(x.len(), y.len(), "not as many x as y");
        stop.check()?;
        let mut dots = Vec::with_capacity(x.len());
        for (row, (x, y)) in x.iter().zip(y).enumerate() {
            if x.is_finite() && y.is_finite() {
                let group = groups.of(row).map_or(NO_GROUP, |group| group as u32);
                // Zero has one sign, so that equal places are equal.
                dots.push(Dot { at: Point { x: x + 0.0, y: y + 0.0 }, row: row as u32, group });
            }
        }
        let missing = x.len() - dots.len();
        let mut parts = Vec::with_capacity(dots.len() / FEW * 4 + 1);
        if !dots.is_empty() {
            let mut tally = vec![0; groups.count() + 1];
            divide(&mut dots, 0, true, &mut parts, &mut tally, stop)?;
        }
        Ok(Self { dots, parts, missing })
    }

    /// How many points there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.dots.len()
    }

    /// How many rows lack either number.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// The least area that holds all points; `None` without any.
    #[must_use]
    pub fn area(&self) -> Option<Area> {
        self.parts.first().map(|whole| whole.area)
    }

    pub(super) fn dots_of(&self, part: &Part) -> &[Dot] {
        &self.dots[part.start as usize..][..part.count as usize]
    }

    /// The two halves of the part at a place; `None` when it is not halved.
    pub(super) fn halves(&self, place: usize) -> Option<[usize; 2]> {
        let first = place + 1;
        (self.parts[place].end as usize > first).then(|| [first, self.parts[first].end as usize])
    }

    /// Goes down into parts, from the whole. `look` is given each, and whether it is halved, and says
    /// where to go from it; of one that is not halved, it sees to the points itself.
    #[inline]
    pub(super) fn descend(&self, mut look: impl FnMut(&Part, bool) -> Go) {
        // Parts stand in the order in which this comes by, so that memory is read in order.
        let mut place = 0;
        while let Some(part) = self.parts.get(place) {
            let next = place + 1;
            place = match look(part, part.end as usize > next) {
                Go::In => next,
                Go::On => part.end as usize,
                Go::Out => return,
            };
        }
    }
}

/// Makes a part of points, the first of which stands at `start`, and those of its halves.
fn divide(
    dots: &mut [Dot],
    start: u32,
    by_x: bool,
    parts: &mut Vec<Part>,
    tally: &mut [u32],
    stop: &Stop,
) -> Result<(), Stopped> {
    if dots.len() > MANY {
        stop.check()?;
    }
    let area = around(dots);
    let common = commonest(dots, tally);
    let place = parts.len();
    parts.push(Part { area, start, count: dots.len() as u32, common, end: place as u32 + 1 });
    if dots.len() <= FEW || area.is_point() {
        // Of points at one place, the first row is the one that is pointed at.
        dots.sort_unstable_by_key(|dot| dot.row);
        return Ok(());
    }
    let can_x = area.least.x < area.greatest.x;
    let can_y = area.least.y < area.greatest.y;
    let half = dots.len() / 2;
    if can_x && (by_x || !can_y) {
        dots.select_nth_unstable_by(half, |left, right| left.at.x.total_cmp(&right.at.x));
    } else {
        dots.select_nth_unstable_by(half, |left, right| left.at.y.total_cmp(&right.at.y));
    }
    let (first, second) = dots.split_at_mut(half);
    divide(first, start, !by_x, parts, tally, stop)?;
    divide(second, start + half as u32, !by_x, parts, tally, stop)?;
    parts[place].end = parts.len() as u32;
    Ok(())
}

fn around(dots: &[Dot]) -> Area {
    let start = Area { least: dots[0].at, greatest: dots[0].at };
    dots.iter().fold(start, |area, Dot { at, .. }| Area {
        least: Point { x: area.least.x.min(at.x), y: area.least.y.min(at.y) },
        greatest: Point { x: area.greatest.x.max(at.x), y: area.greatest.y.max(at.y) },
    })
}

/// The commonest group. `tally` has a place for each group and one for none, all zero before and after.
fn commonest(dots: &[Dot], tally: &mut [u32]) -> Common {
    let none = tally.len() - 1;
    let place = |dot: &Dot| (dot.group as usize).min(none);
    for dot in dots {
        tally[place(dot)] += 1;
    }
    let of_none = std::mem::take(&mut tally[none]);
    let mut best = (NO_GROUP, 0);
    for dot in dots {
        let count = std::mem::take(&mut tally[place(dot)]);
        if count > best.1 || (count == best.1 && dot.group < best.0) {
            best = (dot.group, count);
        }
    }
    let (group, of_group) = best;
    Common { group, of_group, of_none }
}
