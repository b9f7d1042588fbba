use super::{Area, Cloud, Point, Window};

/// The point that is nearest to the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Its row: the first of several at one place.
    pub row: u32,
    /// Where it is.
    pub at: Point,
    /// How many pixels away.
    pub distance: f64,
}

impl Cloud {
    /// The point in the window that is nearest to `to` on the screen, no more than `reach` pixels
    /// away. Exact however many there are.
    #[must_use]
    pub fn nearest(&self, to: Point, window: &Window, reach: f64) -> Option<Near> {
        if self.parts.is_empty() {
            return None;
        }
        let scale = window.scale();
        let mut nearest: Option<Near> = None;
        let mut ahead = vec![(0, 0.0)];
        while let Some((place, distance)) = ahead.pop() {
            let limit = nearest.map_or(reach, |nearest| nearest.distance);
            let part = &self.parts[place];
            // Not `>`: a distance that is no number is not near. As near is looked at: its row may be less.
            let is_near = distance <= limit;
            if !is_near || !window.area.meets(&part.area) {
                continue;
            }
            let Some(halves) = self.halves(place) else {
                // Those at one place are in the order of their rows.
                let dots = self.dots_of(part);
                let dots = if part.area.is_point() { &dots[..1] } else { dots };
                for dot in dots.iter().filter(|dot| window.area.holds(dot.at)) {
                    let distance = apart(to, dot.at, scale);
                    let found = Near { row: dot.row, at: dot.at, distance };
                    if distance <= reach && nearest.is_none_or(|nearest| found.is_before(&nearest)) {
                        nearest = Some(found);
                    }
                }
                continue;
            };
            let mut halves = halves.map(|half| (half, apart(to, within(to, &self.parts[half].area), scale)));
            // The nearer one is looked at first.
            halves.sort_by(|left, right| right.1.total_cmp(&left.1));
            ahead.extend(halves);
        }
        nearest
    }
}

impl Near {
    fn is_before(&self, other: &Self) -> bool {
        self.distance < other.distance || (self.distance == other.distance && self.row < other.row)
    }
}

/// The place in an area that is nearest to a point.
fn within(point: Point, area: &Area) -> Point {
    Point { x: point.x.clamp(area.least.x, area.greatest.x), y: point.y.clamp(area.least.y, area.greatest.y) }
}

/// How far two places are apart on the screen.
fn apart(one: Point, other: Point, scale: Point) -> f64 {
    let x = (one.x / 2.0 - other.x / 2.0) * scale.x;
    let y = (one.y / 2.0 - other.y / 2.0) * scale.y;
    x.hypot(y)
}
