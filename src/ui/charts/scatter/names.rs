//! Where the names of players stand, so that they cover neither each other nor marks.

use egui::{Pos2, Rect, Vec2, vec2};

/// Between a mark and its name, in points.
const GAP: f32 = 3.0;

/// A mark that is to be named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) at: Pos2,
    pub(super) radius: f32,
    /// How large the name is.
    pub(super) size: Vec2,
    /// Whether it is rather named over other marks than not at all.
    pub(super) must: bool,
}

/// Where each name stands, the first having the choice; `None` where there is no room. All names are
/// within `within`, none is over what is `taken`, and over `line` only where nothing better is free.
pub(super) fn placed(
    within: Rect,
    taken: &[Rect],
    line: Option<[Pos2; 2]>,
    spots: &[Spot],
) -> Vec<Option<Rect>> {
    let marks: Vec<Rect> = spots.iter().map(Spot::rect).collect();
    let mut names = taken.to_vec();
    let mut place = |own: usize, spot: &Spot| {
        let covered = |name: &Rect| {
            let others = marks.iter().enumerate().filter(|(other, _)| *other != own);
            others.filter(|(_, mark)| mark.intersects(*name)).count()
        };
        let is_free =
            |name: &Rect| within.contains_rect(*name) && !names.iter().any(|other| other.intersects(*name));
        let free = spot.beside().into_iter().filter(is_free);
        let cost = |name: &Rect| (covered(name), line.is_some_and(|line| runs_through(line, *name)));
        let best = free.map(|name| (cost(&name), name)).min_by_key(|(cost, _)| *cost)?;
        let name = Some(best).filter(|((covered, _), _)| *covered == 0 || spot.must)?.1;
        names.push(name);
        Some(name)
    };
    spots.iter().enumerate().map(|(own, spot)| place(own, spot)).collect()
}

/// Whether a line, given by its ends from left to right, runs through an area.
pub(super) fn runs_through([from, to]: [Pos2; 2], area: Rect) -> bool {
    let (left, right) = (area.left().max(from.x), area.right().min(to.x));
    let at = |x: f32| from.y + (to.y - from.y) * ((x - from.x) / (to.x - from.x).max(f32::EPSILON));
    let (one, other) = (at(left), at(right));
    left <= right && one.min(other) <= area.bottom() && one.max(other) >= area.top()
}

impl Spot {
    pub(super) fn rect(&self) -> Rect {
        Rect::from_center_size(self.at, Vec2::splat(2.0 * self.radius))
    }

    /// Where the name may stand, the best place first.
    pub(super) fn beside(&self) -> [Rect; 8] {
        let (away, size) = (self.radius + GAP, self.size);
        let (width, height) = (size.x, size.y);
        let slant = away * 0.6;
        [
            vec2(away, -height / 2.0),
            vec2(-away - width, -height / 2.0),
            vec2(-width / 2.0, -away - height),
            vec2(-width / 2.0, away),
            vec2(slant, -slant - height),
            vec2(slant, slant),
            vec2(-slant - width, -slant - height),
            vec2(-slant - width, slant),
        ]
        .map(|corner| Rect::from_min_size(self.at + corner, size))
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const WITHIN: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(400.0, 300.0) };

    fn spot(x: f32, y: f32) -> Spot {
        Spot { at: pos2(x, y), radius: 4.5, size: vec2(60.0, 14.0), must: false }
    }

    #[test]
    fn names_cover_neither_each_other_nor_marks() {
        // In no order, and close to each other here and there.
        let spots: Vec<Spot> =
            (0..60).map(|at| spot((at * 7919 % 397) as f32, (at * 104_729 % 293) as f32)).collect();
        let taken = [Rect::from_min_max(pos2(300.0, 280.0), pos2(400.0, 300.0))];
        let names = placed(WITHIN, &taken, None, &spots);
        let known: Vec<(usize, Rect)> =
            names.iter().enumerate().filter_map(|(own, name)| Some((own, (*name)?))).collect();
        assert!(known.len() > 20, "{}", known.len());
        for (own, name) in &known {
            assert!(WITHIN.contains_rect(*name) && !taken[0].intersects(*name));
            assert!(known.iter().all(|(other, rect)| other == own || !rect.intersects(*name)));
            let over = |(other, spot): (usize, &Spot)| other != *own && spot.rect().intersects(*name);
            assert!(!spots.iter().enumerate().any(over), "{own} is over a mark");
        }
    }

    #[test]
    fn at_the_edge_a_name_stands_on_the_other_side() {
        let name = placed(WITHIN, &[], None, &[spot(398.0, 150.0)])[0].unwrap();
        assert!(name.right() < 398.0, "{name:?}");
    }

    #[test]
    fn names_stand_beside_a_line_where_they_can() {
        let line = [pos2(0.0, 150.0), pos2(400.0, 150.0)];
        let name = placed(WITHIN, &[], Some(line), &[spot(200.0, 150.0)])[0].unwrap();
        assert!(!runs_through(line, name), "{name:?}");
        let steep = [pos2(190.0, 300.0), pos2(215.0, 0.0)];
        assert!(runs_through(steep, Rect::from_min_max(pos2(195.0, 100.0), pos2(300.0, 120.0))));
        assert!(!runs_through(steep, Rect::from_min_max(pos2(220.0, 100.0), pos2(300.0, 120.0))));
    }

    #[test]
    fn what_must_be_named_is_named_over_marks_but_not_over_names() {
        let around: Vec<Spot> =
            (0..81).map(|at| spot(160.0 + (at % 9) as f32 * 10.0, 110.0 + (at / 9) as f32 * 10.0)).collect();
        let mut spots = vec![spot(200.0, 150.0)];
        spots.extend(&around);
        assert_eq!(placed(WITHIN, &[], None, &spots)[0], None);
        spots[0].must = true;
        assert!(placed(WITHIN, &[], None, &spots)[0].is_some());
        assert_eq!(placed(WITHIN, &[WITHIN], None, &spots)[0], None);
    }
}
