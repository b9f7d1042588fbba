use egui::{Pos2, Rect, Vec2, vec2};

use super::super::plane::Plane;
use crate::analysis::chart::{
    NO_GROUP,
    scatter::{Cell, Marks},
};

/// A square is so wide, in points.
const SIDE: f32 = 4.0;
/// Where there are no more than so many, each has a mark of its own.
const SPARSE: f32 = 2.0;
/// What of a player is less than this in a square is not seen.
const LEAST: f32 = 0.3;
/// Squares of few are drawn so strong, those of most fully.
const THIN: f32 = 0.35;
/// Groups are at least so strong over those of no group.
const OVER: f32 = 0.6;

/// How many players are where on the screen, square by square: where marks would lie over each other,
/// this tells more than they do.
#[derive(Debug)]
pub(super) struct Density {
    origin: Pos2,
    columns: usize,
    squares: Vec<Square>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Square {
    count: f32,
    /// Those of them that have no mark of their own.
    crowded: f32,
    /// Those of them that are in no group.
    of_none: f32,
    /// The group that leads among the others, and by how many.
    group: u32,
    lead: f32,
}

impl Density {
    pub(super) fn of(marks: &Marks, plane: &Plane) -> Self {
        let rect = plane.rect;
        // The squares go with the places below them: moved, they do not flicker.
        let before =
            |from: f32, zero: f32| if zero.is_finite() { (from - zero).rem_euclid(SIDE) } else { 0.0 };
        let origin = rect.min - vec2(before(rect.left(), plane.x(0.0)), before(rect.top(), plane.y(0.0)));
        let size = ((rect.max - origin) / SIDE).ceil() + Vec2::splat(1.0);
        let (columns, rows) = (size.x as usize, size.y as usize);
        let mut density = Self { origin, columns, squares: vec![Square::default(); columns * rows] };
        for single in &marks.singles {
            let known = density.place(plane.screen(single.at));
            if let Some(square) = known.and_then(|known| density.squares.get_mut(known)) {
                let of_none = if single.group == NO_GROUP { 1.0 } else { 0.0 };
                square.add(1.0, of_none, single.group);
            }
        }
        let [across, up] = [Along::x(plane, origin.x), Along::y(plane, origin.y)];
        for cell in &marks.cells {
            let (least, greatest) = (cell.area.least, cell.area.greatest);
            let area = [across.between(least.x, greatest.x), up.between(greatest.y, least.y)];
            density.spread(area, cell);
        }
        density
    }

    /// Whether marks have room where one is.
    pub(super) fn is_sparse(&self, at: Pos2) -> bool {
        self.place(at).and_then(|place| self.squares.get(place)).is_none_or(|square| square.count <= SPARSE)
    }

    /// Each square that is to be drawn: how strong those of no group are in it, and over them the group
    /// of most others.
    pub(super) fn drawn(&self) -> impl Iterator<Item = (usize, [Tone; 2])> {
        let most = self.squares.iter().map(|square| square.count).fold(1.0, f32::max);
        let most = logarithm(most);
        let is_drawn = |square: &Square| square.count > SPARSE || square.crowded >= LEAST;
        let drawn = self.squares.iter().enumerate().filter(move |(_, square)| is_drawn(square));
        drawn.map(move |(place, square)| (place, square.tones(most)))
    }

    /// How many squares there are, and how many of them beside each other.
    pub(super) fn count(&self) -> usize {
        self.squares.len()
    }

    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Where a square is on the screen.
    pub(super) fn square(&self, place: usize) -> Rect {
        let corner = vec2((place % self.columns) as f32, (place / self.columns) as f32) * SIDE;
        Rect::from_min_size(self.origin + corner, Vec2::splat(SIDE))
    }

    fn place(&self, at: Pos2) -> Option<usize> {
        let steps = (at - self.origin) / SIDE;
        let is_on = steps.x >= 0.0 && steps.y >= 0.0 && steps.x < self.columns as f32;
        is_on.then(|| steps.y as usize * self.columns + steps.x as usize)
    }

    /// Spreads players evenly over the squares that an area covers, told in squares across and down.
    fn spread(&mut self, [across, down]: [(f32, f32); 2], cell: &Cell) {
        let ends = |(from, to): (f32, f32), most: usize| {
            let step = |at: f32| at.clamp(0.0, most as f32) as usize;
            step(from)..(step(to) + 1).min(most)
        };
        // How much of the area is in a row or a column.
        let part = |(from, to): (f32, f32), place: usize| {
            ((place as f32 + 1.0).min(to) - (place as f32).max(from)).max(0.0)
        };
        let dense = cell.count as f32 / ((across.1 - across.0) * (down.1 - down.0));
        let of_none = cell.of_none as f32 / cell.count as f32;
        let columns = ends(across, self.columns);
        for row in ends(down, self.squares.len() / self.columns) {
            let in_row = dense * part(down, row);
            let squares = &mut self.squares[row * self.columns..][columns.clone()];
            for (square, column) in squares.iter_mut().zip(columns.clone()) {
                let share = in_row * part(across, column);
                square.crowded += share;
                square.add(share, share * of_none, cell.group);
            }
        }
    }
}

/// A group in a square, and how strong it is.
pub(super) type Tone = (u32, f32);

/// Numbers of an axis as squares: what a plane does, with all worked out before that is the same for
/// all of them.
struct Along {
    /// The number at the first square, in halves.
    from: f64,
    /// How many squares half of one takes.
    scale: f64,
    /// Where `from` is.
    first: f64,
}

impl Along {
    fn x(plane: &Plane, origin: f32) -> Self {
        let (from, to) = (plane.area.least.x, plane.area.greatest.x);
        Self::new((from, to), f64::from(plane.rect.width()), f64::from(plane.rect.left() - origin))
    }

    fn y(plane: &Plane, origin: f32) -> Self {
        let (from, to) = (plane.area.least.y, plane.area.greatest.y);
        Self::new((from, to), -f64::from(plane.rect.height()), f64::from(plane.rect.bottom() - origin))
    }

    fn new((from, to): (f64, f64), length: f64, first: f64) -> Self {
        // In halves: the distance of two doubles may be more than a double holds.
        let scale = length / f64::from(SIDE) / (to / 2.0 - from / 2.0);
        // Times zero it is to be zero.
        Self { from: from / 2.0, scale: scale.clamp(f64::MIN, f64::MAX), first: first / f64::from(SIDE) }
    }

    /// Where the squares of two places are, a quarter of a square added at either end: what is at one
    /// place has a size as well.
    fn between(&self, one: f64, other: f64) -> (f32, f32) {
        let at = |place: f64| (self.first + (place / 2.0 - self.from) * self.scale) as f32;
        (at(one) - 0.25, at(other) + 0.25)
    }
}

impl Square {
    /// Those of no group and the group over them, where a square of `most` is drawn fully; that is told
    /// as its logarithm.
    fn tones(&self, most: f32) -> [Tone; 2] {
        let strength = |count: f32, least: f32| {
            if count > 0.0 { least + (1.0 - least) * (logarithm(count) / most).min(1.0) } else { 0.0 }
        };
        let least = if self.of_none > 0.0 { OVER } else { THIN };
        let of_groups = strength(self.count - self.of_none, least);
        [(NO_GROUP, strength(self.of_none, THIN)), (self.group, of_groups)]
    }

    /// Adds some, of whom so many are in no group and the others in this one. Without a branch: there
    /// are hundreds of thousands a frame, in no order.
    fn add(&mut self, count: f32, of_none: f32, group: u32) {
        self.count += count;
        self.of_none += of_none;
        let others = count - of_none;
        let lead = self.lead + if group == self.group { others } else { -others };
        self.group = if lead < 0.0 { group } else { self.group };
        self.lead = lead.abs();
    }
}

/// Of one more than a count: quicker than `ln_1p`, and as good for what is seen.
fn logarithm(count: f32) -> f32 {
    (count + 1.0).ln()
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;
    use crate::analysis::chart::scatter::{Area, Cell, Point, Single};

    fn plane() -> Plane {
        let area = Area::between(Point { x: 0.0, y: 0.0 }, Point { x: 400.0, y: 200.0 });
        Plane { rect: Rect::from_min_size(pos2(50.0, 10.0), vec2(400.0, 200.0)), area }
    }

    #[test]
    fn nobody_is_lost_between_the_squares() {
        let at = |x: f64, y: f64| Point { x, y };
        let cell = |x: f64, y: f64, group| {
            let area = Area::between(at(x, y), at(x + 5.0, y + 5.0));
            Cell { area, count: 40, group, of_group: 30, of_none: 0 }
        };
        let singles = (0..3).map(|row| Single { at: at(100.0, 100.0), row, group: 2 });
        let marks =
            Marks { singles: singles.collect(), cells: vec![cell(20.0, 30.0, 1), cell(300.0, 90.0, 0)] };
        let density = Density::of(&marks, &plane());
        let all: f32 = density.squares.iter().map(|square| square.count).sum();
        assert!((all - 83.0).abs() < 0.01, "{all}");
        let plane = plane();
        assert!(!density.is_sparse(plane.screen(at(100.0, 100.0))));
        assert!(density.is_sparse(plane.screen(at(200.0, 50.0))));
        let drawn: Vec<_> = density.drawn().collect();
        assert!(drawn.iter().all(|(_, [none, (group, _)])| *none == (NO_GROUP, 0.0) && *group < 3));
        let of_singles = drawn.iter().find(|(_, [_, (group, _)])| *group == 2).unwrap();
        assert!(density.square(of_singles.0).contains(plane.screen(at(100.0, 100.0))));
        assert!(drawn.iter().all(|(_, [_, (_, strength)])| (THIN..=1.0).contains(strength)));
    }

    #[test]
    fn one_of_a_group_stands_out_among_many_of_none() {
        let at = Point { x: 100.0, y: 100.0 };
        let single = |row| Single { at, row, group: if row == 7 { 1 } else { NO_GROUP } };
        let marks = Marks { singles: (0..900).map(single).collect(), cells: Vec::new() };
        let density = Density::of(&marks, &plane());
        let [(_, none), (group, over)] = density.drawn().next().unwrap().1;
        assert!(group == 1 && over >= OVER && over < none, "{none} {group} {over}");
        let area = Area::between(at, Point { x: 130.0, y: 130.0 });
        let cell = Cell { area, count: 90_000, group: NO_GROUP, of_group: 0, of_none: 90_000 };
        let density = Density::of(&Marks { singles: Vec::new(), cells: vec![cell] }, &plane());
        assert!(density.drawn().all(|(_, [none, (_, over)])| none.1 >= THIN && over == 0.0));
    }

    #[test]
    fn squares_go_with_what_is_below_them() {
        let marks = Marks { singles: Vec::new(), cells: Vec::new() };
        let mut moved = plane();
        moved.area = Area::between(Point { x: 1.5, y: 0.0 }, Point { x: 401.5, y: 200.0 });
        let [here, there] = [plane(), moved].map(|plane| Density::of(&marks, &plane).origin.x);
        assert!(((here - there).rem_euclid(SIDE) - 1.5).abs() < 0.01, "{here} {there}");
    }
}
