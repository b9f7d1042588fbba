//! A few players on several stats at once, each stat brought to the same length.

use super::numbers::{ends, finite, missing};
use crate::model::Better;

/// The fewest stats that make a shape.
pub const FEWEST_STATS: usize = 3;
/// The most that are told apart.
pub const MOST_STATS: usize = 8;

/// What the spokes of a radar are marked by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spokes {
    /// From the least to the greatest number of the stat.
    #[default]
    Extent,
    /// By how many in a hundred are below, half of those equal counted.
    Percentile,
}

/// The shapes of some players.
#[derive(Clone, Debug, PartialEq)]
pub struct Radar {
    /// For each player, in the order given, and each stat how far out the corner is: from 0 to 1,
    /// where 1 is best. `None` without a number: there is no corner then.
    pub players: Vec<Vec<Option<f64>>>,
    /// For each stat what 0 and 1 stand for; `None` when no row has a number, and for percentiles.
    pub ends: Vec<Option<(f64, f64)>>,
    /// For each stat how many of the rows have no number.
    pub missing: Vec<usize>,
}

/// A number of stats that makes no radar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "A radar takes {FEWEST_STATS} to {MOST_STATS} stats, and these are {0}. Choose others, or another chart"
)]
pub struct StatCount(pub usize);

/// The shapes of the rows `players` among all rows of `columns`, each with what is better there: a
/// stat of which less is better is turned round, and all others have the greatest outside. A stat
/// that has the same number everywhere is half way out.
///
/// # Errors
/// With fewer or more stats than make a radar.
///
/// # Panics
/// When a player is not among the rows.
pub fn radar(columns: &[(&[f64], Better)], players: &[u32], spokes: Spokes) -> Result<Radar, StatCount> {
    if !(FEWEST_STATS..=MOST_STATS).contains(&columns.len()) {
        return Err(StatCount(columns.len()));
    }
    let mut radar = Radar { players: vec![Vec::new(); players.len()], ends: Vec::new(), missing: Vec::new() };
    for (column, better) in columns {
        let ends = ends(finite(column));
        let turned = *better == Better::Lower;
        for (player, corners) in players.iter().zip(&mut radar.players) {
            let value = column[*player as usize];
            let share = ends.filter(|_| value.is_finite()).map(|ends| match spokes {
                Spokes::Extent => share(value, ends),
                Spokes::Percentile => percentile(value, column),
            });
            corners.push(share.map(|share| if turned { 1.0 - share } else { share }));
        }
        let marked = ends.filter(|_| spokes == Spokes::Extent);
        radar
            .ends
            .push(marked.map(|(least, greatest)| if turned { (greatest, least) } else { (least, greatest) }));
        radar.missing.push(missing(column));
    }
    Ok(radar)
}

/// Where a number stands between two ends.
fn share(value: f64, (least, greatest): (f64, f64)) -> f64 {
    // Halved first, because the distance of two doubles may be more than a double holds.
    let width = greatest / 2.0 - least / 2.0;
    if width > 0.0 { ((value / 2.0 - least / 2.0) / width).clamp(0.0, 1.0) } else { 0.5 }
}

/// The part of the numbers below `value`, half of those equal to it counted.
pub(in crate::analysis) fn percentile(value: f64, column: &[f64]) -> f64 {
    let (mut below, mut equal, mut count) = (0usize, 0usize, 0usize);
    for other in finite(column) {
        below += usize::from(other < value);
        equal += usize::from(other == value);
        count += 1;
    }
    (below as f64 + equal as f64 / 2.0) / count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_out_where_it_is_better() {
        let kills = [10.0, 20.0, 30.0, f64::NAN];
        let lap = [60.0, 50.0, 40.0, 45.0];
        let level = [5.0, 5.0, 5.0, 5.0];
        let columns =
            [(&kills[..], Better::Higher), (&lap[..], Better::Lower), (&level[..], Better::Neither)];
        let found = radar(&columns, &[2, 3, 0], Spokes::Extent).unwrap();
        assert_eq!(found.players[0], [Some(1.0), Some(1.0), Some(0.5)]);
        assert_eq!(found.players[1], [None, Some(0.75), Some(0.5)]);
        assert_eq!(found.players[2], [Some(0.0), Some(0.0), Some(0.5)]);
        assert_eq!(found.ends, [Some((10.0, 30.0)), Some((60.0, 40.0)), Some((5.0, 5.0))]);
        assert_eq!(found.missing, [1, 0, 0]);
        let found = radar(&columns, &[2], Spokes::Percentile).unwrap();
        assert_eq!(found.players[0], [Some(2.5 / 3.0), Some(1.0 - 0.125), Some(0.5)]);
        assert_eq!(found.ends, [None; 3]);
    }

    #[test]
    fn too_few_or_too_many_stats_are_told() {
        let column = [1.0];
        for count in [0, 2, 9] {
            let columns = vec![(&column[..], Better::Higher); count];
            assert_eq!(radar(&columns, &[0], Spokes::Extent), Err(StatCount(count)));
        }
        assert!(StatCount(2).to_string().contains("3 to 8"));
    }

    #[test]
    fn extremes_and_empty_stats_have_corners_within() {
        let wide = [f64::MAX, -f64::MAX, 0.0];
        let empty = [f64::NAN; 3];
        let infinite = [f64::INFINITY, 1.0, 2.0];
        let columns = [&wide, &empty, &infinite].map(|column| (&column[..], Better::Higher));
        let found = radar(&columns, &[0, 1, 2], Spokes::Extent).unwrap();
        assert_eq!(found.players[0], [Some(1.0), None, None]);
        assert_eq!(found.players[2], [Some(0.5), None, Some(1.0)]);
        assert_eq!((found.ends[1], found.missing.clone()), (None, vec![0, 3, 1]));
    }
}
