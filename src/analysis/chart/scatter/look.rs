use super::{
    Area, Cloud, Point, Window,
    cloud::{Common, Dot, Go, Part},
};

/// A single point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Single {
    /// Where it is.
    pub at: Point,
    /// Its row.
    pub row: u32,
    /// Its group; [`NO_GROUP`](crate::analysis::chart::NO_GROUP) for none.
    pub group: u32,
}

/// Points too near to each other to be told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The least area that holds them.
    pub area: Area,
    /// How many they are.
    pub count: u32,
    /// The group of most of those that are in one; [`NO_GROUP`](crate::analysis::chart::NO_GROUP) when
    /// nobody is.
    pub group: u32,
    /// How many are of that group.
    pub of_group: u32,
    /// How many are of no group.
    pub of_none: u32,
}

impl Cell {
    /// The middle of the area: where a mark for all of them is drawn.
    #[must_use]
    pub fn middle(&self) -> Point {
        let Area { least, greatest } = self.area;
        Point { x: least.x / 2.0 + greatest.x / 2.0, y: least.y / 2.0 + greatest.y / 2.0 }
    }
}

/// What is seen of a cloud. Kept from frame to frame, it needs no new memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// The points that stand alone, in no particular but always the same order.
    pub singles: Vec<Single>,
    /// Where there are several.
    pub cells: Vec<Cell>,
}

impl Marks {
    /// How many points all marks stand for.
    #[must_use]
    pub fn points(&self) -> usize {
        self.singles.len() + self.cells.iter().map(|cell| cell.count as usize).sum::<usize>()
    }
}

impl Cloud {
    /// Puts into `marks` what is seen through a window: each point, when there are no more than
    /// `singles`, and else cells of those that would be less than `cell` pixels apart. A cell at the
    /// edge of the window may hold points beyond it.
    pub fn look(&self, window: &Window, cell: f64, singles: usize, marks: &mut Marks) {
        marks.singles.clear();
        marks.cells.clear();
        let scale = window.scale();
        let all = self.count_up_to(&window.area, singles) <= singles;
        // What begins before this is a part of one that is in the window as a whole.
        let mut inside = 0;
        self.descend(|part, is_halved| {
            if part.start >= inside {
                if !window.area.meets(&part.area) {
                    return Go::On;
                }
                if window.area.holds_all(&part.area) {
                    inside = part.start + part.count;
                }
            }
            if part.count > 1 && !all && is_small(&part.area, scale, cell) {
                let Part { area, count, common: Common { group, of_group, of_none }, .. } = *part;
                marks.cells.push(Cell { area, count, group, of_group, of_none });
                return Go::On;
            }
            if !is_halved {
                if part.start < inside {
                    marks.singles.extend(self.dots_of(part).iter().map(Dot::single));
                } else {
                    marks.singles.extend(self.within(part, &window.area));
                }
            }
            Go::In
        });
    }

    /// How many points are in an area.
    #[must_use]
    pub fn count_in(&self, area: &Area) -> usize {
        self.count_up_to(area, usize::MAX)
    }

    /// How many are in it, or some number above `limit`.
    fn count_up_to(&self, area: &Area, limit: usize) -> usize {
        let mut count = 0;
        self.descend(|part, is_halved| {
            if count > limit {
                return Go::Out;
            }
            if !area.meets(&part.area) {
                return Go::On;
            }
            if area.holds_all(&part.area) {
                count += part.count as usize;
                return Go::On;
            }
            if !is_halved {
                count += self.within(part, area).count();
            }
            Go::In
        });
        count
    }

    /// The points of a part that are in an area.
    pub(super) fn within(&self, part: &Part, area: &Area) -> impl Iterator<Item = Single> {
        self.dots_of(part).iter().filter(|dot| area.holds(dot.at)).map(Dot::single)
    }
}

impl Dot {
    fn single(&self) -> Single {
        Single { at: self.at, row: self.row, group: self.group }
    }
}

/// Whether an area is no larger on the screen than so many pixels. Scales are of halves.
fn is_small(Area { least, greatest }: &Area, scale: Point, pixels: f64) -> bool {
    (greatest.x / 2.0 - least.x / 2.0) * scale.x <= pixels
        && (greatest.y / 2.0 - least.y / 2.0) * scale.y <= pixels
}
