use super::{Area, Cloud, Point, Window, cloud::Part};

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
    /// The group that most of them are of; [`NO_GROUP`](crate::analysis::chart::NO_GROUP) when most are of none.
    pub group: u32,
    /// How many are of that group.
    pub of_group: u32,
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
        self.descend(|part| {
            let Area { least, greatest } = part.area;
            if !window.area.meets(&part.area) {
                return false;
            }
            let is_small = (greatest.x / 2.0 - least.x / 2.0) * scale.x <= cell
                && (greatest.y / 2.0 - least.y / 2.0) * scale.y <= cell;
            if !all && is_small && part.count > 1 {
                marks.cells.push(Cell {
                    area: part.area,
                    count: part.count,
                    group: part.group,
                    of_group: part.of_group,
                });
                return false;
            }
            if part.second == 0 {
                self.each_within(part, &window.area, |single| marks.singles.push(single));
            }
            true
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
        self.descend(|part| {
            if count > limit || !area.meets(&part.area) {
                return false;
            }
            if area.holds_all(&part.area) {
                count += part.count as usize;
                return false;
            }
            if part.second == 0 {
                self.each_within(part, area, |_| count += 1);
            }
            true
        });
        count
    }

    /// The points of a part that are in an area.
    pub(super) fn each_within(&self, part: &Part, area: &Area, mut take: impl FnMut(Single)) {
        for dot in self.dots_of(part).iter().filter(|dot| area.holds(dot.at)) {
            take(Single { at: dot.at, row: dot.row, group: dot.group });
        }
    }
}
