use super::{
    Area, Cloud, Point,
    cloud::{Go, Part},
};
use crate::analysis::chart::numbers::FARTHEST;

impl Cloud {
    /// The rows of the points in an area, ascending.
    #[must_use]
    pub fn in_area(&self, area: &Area) -> Vec<u32> {
        let mut rows = Vec::new();
        self.descend(|part, is_halved| {
            if !area.meets(&part.area) {
                return Go::On;
            }
            if area.holds_all(&part.area) {
                rows.extend(self.dots_of(part).iter().map(|dot| dot.row));
                return Go::On;
            }
            if !is_halved {
                rows.extend(self.within(part, area).map(|single| single.row));
            }
            Go::In
        });
        rows.sort_unstable();
        rows
    }

    /// The rows of the points in a lasso, ascending. The last corner is joined with the first; where
    /// the line crosses itself, what it goes round twice is outside.
    #[must_use]
    pub fn in_lasso(&self, corners: &[Point]) -> Vec<u32> {
        let lasso = Lasso::new(corners);
        let mut rows = Vec::new();
        self.descend(|part, is_halved| {
            let Some(area) = lasso.area.filter(|area| area.meets(&part.area)) else { return Go::On };
            if !lasso.touches(&part.area) {
                // No line runs through it: all are on the same side of all.
                if lasso.holds(self.dots_of(part)[0].at) {
                    take_all(self, part, &mut rows);
                }
                return Go::On;
            }
            if !is_halved {
                let held = self.within(part, &area).filter(|single| lasso.holds(single.at));
                rows.extend(held.map(|single| single.row));
            }
            Go::In
        });
        rows.sort_unstable();
        rows
    }
}

fn take_all(cloud: &Cloud, part: &Part, rows: &mut Vec<u32>) {
    rows.extend(cloud.dots_of(part).iter().map(|dot| dot.row));
}

/// A closed line.
struct Lasso {
    /// `None` without corners.
    area: Option<Area>,
    /// From each corner to the next.
    edges: Vec<(Point, Point)>,
}

impl Lasso {
    fn new(corners: &[Point]) -> Self {
        let near = |number: f64| if number.is_nan() { 0.0 } else { number.clamp(-FARTHEST, FARTHEST) };
        let corners: Vec<Point> =
            corners.iter().map(|corner| Point { x: near(corner.x), y: near(corner.y) }).collect();
        let area = corners.iter().map(|corner| Area::between(*corner, *corner)).reduce(|all, corner| Area {
            least: Area::between(all.least, corner.least).least,
            greatest: Area::between(all.greatest, corner.greatest).greatest,
        });
        let next = corners.iter().cycle().skip(1);
        let edges = corners.iter().copied().zip(next.copied()).collect();
        Self { area, edges }
    }

    /// Whether a place is inside: whether a line from it to the right crosses an odd number of edges.
    fn holds(&self, point: Point) -> bool {
        let crosses = |(one, other): &&(Point, Point)| {
            (one.y > point.y) != (other.y > point.y)
                && point.x < (other.x - one.x) * ((point.y - one.y) / (other.y - one.y)) + one.x
        };
        self.edges.iter().filter(crosses).count() % 2 == 1
    }

    /// Whether an edge may run through an area.
    fn touches(&self, area: &Area) -> bool {
        self.edges
            .iter()
            .any(|(one, other)| area.meets(&Area::between(*one, *other)) && !is_beside(area, *one, *other))
    }
}

/// Whether all of an area is on one side of the line through two places.
fn is_beside(area: &Area, one: Point, other: Point) -> bool {
    let Area { least, greatest } = *area;
    let (along_x, along_y) = (other.x - one.x, other.y - one.y);
    let side = |x: f64, y: f64| along_x * (y - one.y) - along_y * (x - one.x);
    let sides = [
        side(least.x, least.y),
        side(least.x, greatest.y),
        side(greatest.x, least.y),
        side(greatest.x, greatest.y),
    ];
    // Where the products are more than a double holds, no side is told, and points are asked one by one.
    sides.iter().all(|side| *side > 0.0) || sides.iter().all(|side| *side < 0.0)
}
