use egui::{Rect, Vec2, vec2};

/// Charts are not lower than this, in points, however little room there is.
const LOWEST: f32 = 110.0;
/// Where but one line has room, so much of the next shows that there are more: its titles.
const TITLES: f32 = 30.0;

/// Small charts of equal size, beside and below each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tiles {
    across: usize,
    lines: usize,
    size: Vec2,
    /// Whether more are below than there is room for.
    pub(super) scrolls: bool,
}

impl Tiles {
    /// So many in `room`, none smaller than `least`. Whole lines fill the room; where not all of them
    /// have a place, half of one shows that there are more, or its titles.
    pub(super) fn new(room: Vec2, count: usize, least: Vec2) -> Self {
        let most = ((room.x / least.x) as usize).clamp(1, count.max(1));
        let lines = count.div_ceil(most).max(1);
        let fitting = room.y / least.y;
        let scrolls = lines > 1 && lines as f32 > fitting;
        let whole = (fitting - 0.5).floor();
        let height = match scrolls {
            false => room.y / lines as f32,
            true if whole > 1.0 => room.y / (whole + 0.5),
            true => room.y - TITLES,
        };
        let across = count.div_ceil(lines).max(1);
        let size = vec2(room.x / across as f32, height.max(LOWEST));
        Self { across, lines, size, scrolls }
    }

    /// How large all together are.
    pub(super) fn whole(&self) -> Vec2 {
        self.size * vec2(self.across as f32, self.lines as f32)
    }

    /// Where one is, from the corner of the first.
    pub(super) fn rect(&self, place: usize) -> Rect {
        let corner = vec2((place % self.across) as f32, (place / self.across) as f32) * self.size;
        Rect::from_min_size(corner.to_pos2(), self.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: Vec2 = vec2(230.0, 150.0);

    #[test]
    fn whole_lines_fill_the_room_and_half_a_line_tells_of_more() {
        let all = Tiles::new(vec2(1_000.0, 320.0), 8, LEAST);
        assert_eq!((all.whole(), all.scrolls), (vec2(1_000.0, 320.0), false));
        for (height, lines) in [(380.0, 2.5), (610.0, 3.5)] {
            let more = Tiles::new(vec2(1_000.0, height), 40, LEAST);
            assert!(more.scrolls);
            assert!((height / more.rect(0).height() - lines).abs() < 0.15, "{height}: {more:?}");
        }
        for height in [150.0, 250.0] {
            let one = Tiles::new(vec2(1_000.0, height), 40, LEAST);
            assert_eq!((one.scrolls, one.rect(0).height()), (true, height - TITLES));
        }
    }

    #[test]
    fn lines_are_as_long_as_each_other() {
        let five = Tiles::new(vec2(1_000.0, 400.0), 5, LEAST);
        assert_eq!((five.across, five.lines), (3, 2));
        let narrow = Tiles::new(vec2(100.0, 10.0), 3, LEAST);
        assert_eq!((narrow.across, narrow.rect(2).top()), (1, 2.0 * LOWEST));
        assert_eq!(Tiles::new(vec2(900.0, 300.0), 0, LEAST).whole(), vec2(900.0, 300.0));
    }
}
