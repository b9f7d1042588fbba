//! Very many points, each of which is a player: what of them a screen can show, and who is where.
//!
//! A [`Cloud`] is made once, on a worker. It halves the points again and again, by x and y in turn,
//! and knows of each part where it lies, how many are in it and of which group most are. To look at
//! it ([`Cloud::look`]) goes down into the parts only until they are too small on the screen to be
//! told apart, so that the time it takes goes by what is seen, not by how many there are. The parts
//! stay the same while the window moves over them: nothing flickers. Who is near the pointer
//! ([`Cloud::nearest`]), in a rectangle or in a lasso is found the same way, and exactly.

mod cloud;
mod look;
mod pick;
mod select;

pub use cloud::Cloud;
pub use look::{Cell, Marks, Single};
pub use pick::Near;

/// A place, in the numbers of both axes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Along the horizontal axis.
    pub x: f64,
    /// Along the vertical axis.
    pub y: f64,
}

/// A part of the plane, its edges included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The least x and y.
    pub least: Point,
    /// The greatest x and y.
    pub greatest: Point,
}

impl Area {
    /// Between any two opposite corners.
    #[must_use]
    pub fn between(one: Point, other: Point) -> Self {
        Self {
            least: Point { x: one.x.min(other.x), y: one.y.min(other.y) },
            greatest: Point { x: one.x.max(other.x), y: one.y.max(other.y) },
        }
    }

    /// Whether a place is in it.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        let (least, greatest) = (self.least, self.greatest);
        (least.x..=greatest.x).contains(&point.x) && (least.y..=greatest.y).contains(&point.y)
    }

    fn holds_all(&self, other: &Self) -> bool {
        self.holds(other.least) && self.holds(other.greatest)
    }

    fn meets(&self, other: &Self) -> bool {
        self.least.x <= other.greatest.x
            && other.least.x <= self.greatest.x
            && self.least.y <= other.greatest.y
            && other.least.y <= self.greatest.y
    }

    /// Whether all in it is at one place.
    fn is_point(&self) -> bool {
        self.least == self.greatest
    }
}

/// The part of the plane that is on the screen, and how large it is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The part.
    pub area: Area,
    /// Its width on the screen, in pixels or points: whatever distances are to be told in.
    pub width: f64,
    /// Its height there.
    pub height: f64,
}

impl Window {
    /// How much of the screen one takes, along both axes. Of halves, because the distance of two
    /// doubles may be more than a double holds; zero along an axis that has no length.
    fn scale(&self) -> Point {
        let Area { least, greatest } = self.area;
        let of = |size: f64, least: f64, greatest: f64| {
            let scale = size / (greatest / 2.0 - least / 2.0);
            if scale.is_finite() { scale } else { 0.0 }
        };
        Point { x: of(self.width, least.x, greatest.x), y: of(self.height, least.y, greatest.y) }
    }
}

#[cfg(test)]
mod tests;
