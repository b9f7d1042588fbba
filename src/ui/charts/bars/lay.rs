//! Where bars stand: upwards above their players' names, or across beside them where names are long.

use std::ops::{Range, RangeInclusive};

use egui::{Rect, Vec2, pos2, vec2};

use crate::ui::charts::axis::Axis;

/// Bars of one player side by side are so wide.
const BAR: RangeInclusive<f32> = 3.0..=26.0;
/// From this width on, a group has room for its name beside the others'.
pub(super) const LEVEL_NAME: f32 = 76.0;
/// Names that stand aslant: how long, and how steep, in radians. They take no more than a part of the
/// height.
const SLANTED_NAME: RangeInclusive<f32> = 40.0..=104.0;
pub(super) const SLANT: f32 = 0.6;
const SLANTED_PART: f32 = 0.38;
/// Below names that stand aslant.
const BELOW_SLANTED: f32 = 18.0;
/// How wide names beside bars are at most.
pub(super) const NAME_BESIDE: f32 = 190.0;
/// Below this height names are left to the tooltip.
const NAMES_FROM_HEIGHT: f32 = 110.0;
/// How wide a group is upwards, and how high across.
const WIDTH: RangeInclusive<f32> = 22.0..=150.0;
const HEIGHT: RangeInclusive<f32> = 20.0..=64.0;
const ASIDE: f32 = 12.0;
const BELOW: f32 = 24.0;

/// Who is to have a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Players {
    pub(super) count: usize,
    /// How many bars each has beside each other.
    pub(super) bars: usize,
    /// How long the longest name is, in points.
    pub(super) longest: f32,
}

/// How players stand beside each other, and their bars.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lay {
    pub(super) upwards: bool,
    /// Where bars are in sight: all of the axis, and as much of the players as there is room for.
    pub(super) plot: Rect,
    /// From one player to the next.
    pub(super) step: f32,
    /// How much room names take away from the bars.
    pub(super) names: f32,
    /// How long names are that stand aslant; 0 where there are none.
    pub(super) slanted: f32,
    /// How much farther than the last player the names reach.
    pub(super) overhang: f32,
}

impl Lay {
    /// In `room`, with labels of this width at the axis.
    pub(super) fn new(room: Rect, upwards: bool, players: &Players, labels: f32) -> Self {
        let (count, bars) = (players.count.max(1) as f32, players.bars.max(1) as f32);
        if !upwards {
            let names = NAME_BESIDE.min(room.width() * 0.4);
            let plot = Rect::from_min_max(room.min + vec2(names, 4.0), room.max - vec2(ASIDE * 2.0, BELOW));
            let least = (bars * 6.0 + 6.0).max(*HEIGHT.start());
            let step = (plot.height() / count).clamp(least, HEIGHT.end().max(least));
            return Self { upwards, plot, step, names, slanted: 0.0, overhang: 0.0 };
        }
        let left = labels + 2.0 * ASIDE;
        let width = room.width() - left - 8.0;
        let least = (bars * BAR.start() * 1.5 + 10.0).max(*WIDTH.start());
        let even = width / count;
        // With slanted names the last one needs room as well.
        let slanted = (room.height() * SLANTED_PART - BELOW_SLANTED) / SLANT.sin();
        let slanted = if slanted < *SLANTED_NAME.start() {
            0.0
        } else {
            slanted.min(*SLANTED_NAME.end()).min(players.longest)
        };
        let even = if even < LEVEL_NAME { (width - slanted * SLANT.cos()) / count } else { even };
        let step = even.clamp(least, WIDTH.end().max(least));
        let slanted = if step < LEVEL_NAME { slanted } else { 0.0 };
        let names = match room.height() < NAMES_FROM_HEIGHT {
            _ if slanted > 0.0 => slanted * SLANT.sin() + BELOW_SLANTED,
            false if step >= LEVEL_NAME => 26.0,
            _ => 8.0,
        };
        let overhang = slanted * SLANT.cos();
        let plot = Rect::from_min_max(room.min + vec2(left, 8.0), room.max - vec2(8.0, names));
        Self { upwards, plot, step, names, slanted, overhang }
    }

    /// The part of the axis's way that is on the screen.
    pub(super) fn length(&self) -> f32 {
        if self.upwards { self.plot.height() } else { self.plot.width() }
    }

    /// Where the part scrolls that holds bars and names.
    pub(super) fn scrolled(&self, room: Rect) -> Rect {
        if self.upwards {
            Rect::from_min_max(pos2(self.plot.left(), room.top()), room.max)
        } else {
            Rect::from_min_max(pos2(room.left(), self.plot.top()), pos2(room.right(), self.plot.bottom()))
        }
    }

    /// How large all players together are.
    pub(super) fn size(&self, scrolled: Rect, count: usize) -> Vec2 {
        let all = self.step * count as f32 + self.overhang;
        if self.upwards { vec2(all, scrolled.height() - 2.0) } else { vec2(scrolled.width() - 2.0, all) }
    }

    /// The players of whom something is in sight.
    pub(super) fn visible(&self, viewport: Rect, count: usize) -> Range<usize> {
        let (from, to) = if self.upwards {
            (viewport.left() - self.overhang, viewport.right())
        } else {
            (viewport.top(), viewport.bottom())
        };
        let first = (from / self.step).floor().max(0.0) as usize;
        let last = (to / self.step).ceil().max(0.0) as usize;
        first.min(count)..last.min(count)
    }

    /// Where a player's bars are; `origin` is where the first player's begin.
    pub(super) fn group(&self, origin: f32, index: usize) -> Rect {
        let from = origin + index as f32 * self.step;
        if self.upwards {
            Rect::from_x_y_ranges(from..=from + self.step, self.plot.y_range())
        } else {
            Rect::from_x_y_ranges(self.plot.x_range(), from..=from + self.step)
        }
    }

    /// Where a place of the axis is on the screen.
    pub(super) fn at(&self, axis: &Axis, place: f64) -> f32 {
        let (from, to) = axis.fit;
        let share = ((place / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0)).clamp(0.0, 1.0) as f32;
        if self.upwards {
            self.plot.bottom() - share * self.plot.height()
        } else {
            self.plot.left() + share * self.plot.width()
        }
    }

    /// The bar at `lane` of `lanes` beside each other, between two positions along the axis.
    pub(super) fn bar(&self, group: Rect, (lane, lanes): (usize, usize), (from, to): (f32, f32)) -> Rect {
        let lanes = lanes.max(1) as f32;
        let step = (self.step * 0.8 / lanes).min(BAR.end() + 2.0);
        let width = (step - if step > 6.0 { 2.0 } else { 0.5 }).max(*BAR.start());
        let middle = if self.upwards { group.center().x } else { group.center().y };
        let first = middle - step * lanes / 2.0 + step * lane as f32 + (step - width) / 2.0;
        // A value so small that no bar shows still leaves a line: it is there.
        let (from, to) = if (to - from).abs() < 1.0 {
            (from, from + if self.upwards { -1.0 } else { 1.0 })
        } else {
            (from, to)
        };
        let (across, along) = (first..=first + width, from.min(to)..=from.max(to));
        if self.upwards { Rect::from_x_y_ranges(across, along) } else { Rect::from_x_y_ranges(along, across) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height))
    }

    fn players(count: usize, bars: usize) -> Players {
        Players { count, bars, longest: 200.0 }
    }

    #[test]
    fn short_names_leave_their_room_to_the_bars() {
        let many = players(5_000, 3);
        let [long, short, none] = [200.0, 30.0, 0.0].map(|longest| {
            Lay::new(room(900.0, 300.0), true, &Players { longest, ..many }, 40.0).plot.height()
        });
        assert!(long + 30.0 < short && short <= none, "{long} {short} {none}");
    }

    #[test]
    fn only_what_is_in_sight_is_drawn() {
        let lay =
            Lay { step: 50.0, overhang: 100.0, ..Lay::new(room(900.0, 300.0), true, &players(4, 1), 40.0) };
        let viewport = Rect::from_min_max(pos2(1000.0, 0.0), pos2(1500.0, 10.0));
        assert_eq!(lay.visible(viewport, 2000), 18..30);
        assert_eq!(Lay { overhang: 0.0, ..lay }.visible(viewport, 25), 20..25);
        assert_eq!(Lay { overhang: 0.0, ..lay }.visible(viewport, 3), 3..3);
    }

    #[test]
    fn many_players_scroll_rather_than_shrink() {
        for upwards in [true, false] {
            let lay = Lay::new(room(900.0, 300.0), upwards, &players(5_000, 3), 40.0);
            assert!(lay.step >= 20.0);
            let group = lay.group(0.0, 4_999);
            let bars = [0, 1, 2].map(|lane| lay.bar(group, (lane, 3), (10.0, 40.0)));
            assert!(bars.iter().all(|bar| bar.width().min(bar.height()) >= 3.0));
            assert!(!bars[0].intersects(bars[1].shrink(0.1)) && !bars[1].intersects(bars[2].shrink(0.1)));
        }
    }
}
