//! Values that cannot be right, by what the stat dictionary says is possible.

use std::cmp::Ordering;

use super::{Figure, figure_format::FigureFormat};
use crate::model::StatTraits;

/// Something about a value that the dictionary says cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Flag {
    /// It is below the least that is possible.
    Below {
        /// The value.
        value: Figure,
        /// The least.
        least: Figure,
    },
    /// It is above the greatest that is possible.
    Above {
        /// The value.
        value: Figure,
        /// The greatest.
        greatest: Figure,
    },
    /// It became less, and can only grow.
    Fell {
        /// At the last fetch.
        before: Figure,
        /// Now.
        value: Figure,
    },
    /// It changed by more than is possible in a session.
    Jumped {
        /// At the last fetch.
        before: Figure,
        /// Now.
        value: Figure,
        /// The largest change that is possible.
        largest: Figure,
    },
}

/// All that is wrong with a value; nothing, in most cells, costs next to nothing. `before` is the
/// value of the last fetch, where there was one. A stat that checks ignore is not held against it.
#[must_use]
pub fn flags(traits: &StatTraits, value: Figure, before: Option<Figure>) -> Vec<Flag> {
    let mut found = Vec::new();
    if let Some(least) = traits.min.map(Figure::from).filter(|least| value.compare(*least) == Ordering::Less)
    {
        found.push(Flag::Below { value, least });
    }
    if let Some(greatest) =
        traits.max.map(Figure::from).filter(|most| value.compare(*most) == Ordering::Greater)
    {
        found.push(Flag::Above { value, greatest });
    }
    let Some(before) = before.filter(|_| !traits.ignore_in_checks) else { return found };
    if traits.only_grows && value.compare(before) == Ordering::Less {
        found.push(Flag::Fell { before, value });
    }
    if let Some(largest) = traits.largest_change.map(Figure::from) {
        let change = match difference(before, value) {
            Figure::Int(int) => int.checked_abs().map_or(Figure::Real(f64::MAX), Figure::Int),
            Figure::Real(real) => Figure::Real(real.abs()),
        };
        if change.compare(largest) == Ordering::Greater {
            found.push(Flag::Jumped { before, value, largest });
        }
    }
    found
}

/// By how much a value grew: exactly for integers.
#[must_use]
pub fn difference(before: Figure, after: Figure) -> Figure {
    if let (Figure::Int(before), Figure::Int(after)) = (before, after)
        && let Some(difference) = after.checked_sub(before)
    {
        return Figure::Int(difference);
    }
    let difference = after.as_f64() - before.as_f64();
    Figure::from_f64(difference.clamp(-f64::MAX, f64::MAX))
}

impl Flag {
    /// What is wrong, for people: a sentence without the final stop.
    #[must_use]
    pub fn reason(&self, format: &FigureFormat) -> String {
        let written = |figure: Figure| format.with_unit(format.figure(figure)).into_owned();
        let change =
            |before, after| format.with_unit(format.difference(difference(before, after))).into_owned();
        match *self {
            Self::Below { value, least } => {
                format!("{} is below the least that is possible, {}", written(value), written(least))
            }
            Self::Above { value, greatest } => {
                format!("{} is above the greatest that is possible, {}", written(value), written(greatest))
            }
            Self::Fell { before, value } => format!(
                "It fell from {} to {} ({}), and it can only grow",
                written(before),
                written(value),
                change(before, value)
            ),
            Self::Jumped { before, value, largest } => format!(
                "It changed by {} since the last fetch, from {} to {}, and by {} at most in a session",
                change(before, value),
                written(before),
                written(value),
                change(Figure::Int(0), largest).trim_start_matches('+')
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnKey, Number, Scid, StatDictionary, StatEntry, StatName};

    fn traits(entry: StatEntry) -> StatTraits {
        let key = ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire("Kills") };
        let mut dictionary = StatDictionary::default();
        *dictionary.stat_mut(&key) = entry;
        dictionary.traits(&key, Some("Integer"))
    }

    fn entry() -> StatEntry {
        StatEntry {
            min: Some(Number::Int(0)),
            max: Some(Number::Int(10_000)),
            only_grows: Some(true),
            largest_change: Some(Number::Int(1000)),
            ..StatEntry::default()
        }
    }

    fn reasons(entry: StatEntry, value: i128, before: Option<i128>) -> Vec<String> {
        let traits = traits(entry);
        let format = FigureFormat::new(&traits);
        let found = flags(&traits, Figure::Int(value), before.map(Figure::Int));
        found.iter().map(|flag| flag.reason(&format)).collect()
    }

    #[test]
    fn what_cannot_be_is_said_in_words() {
        assert_eq!(reasons(entry(), 5000, Some(4000)), [""; 0]);
        assert_eq!(reasons(entry(), 12_480, None), ["12,480 is above the greatest that is possible, 10,000"]);
        assert_eq!(reasons(entry(), -1, None), ["−1 is below the least that is possible, 0"]);
        assert_eq!(
            reasons(entry(), 5900, Some(6000)),
            ["It fell from 6,000 to 5,900 (−100), and it can only grow"]
        );
        assert_eq!(
            reasons(entry(), 5001, Some(4000)),
            [
                "It changed by +1,001 since the last fetch, from 4,000 to 5,001, and by 1,000 at most in a session"
            ]
        );
        assert_eq!(reasons(entry(), 1000, Some(6000)).len(), 2, "both fallen and jumped");
    }

    #[test]
    fn the_bounds_themselves_are_possible() {
        assert_eq!(reasons(entry(), 10_000, Some(9000)), [""; 0]);
        assert_eq!(reasons(entry(), 0, Some(0)), [""; 0]);
    }

    #[test]
    fn a_stat_that_checks_ignore_keeps_its_bounds_alone() {
        let ignored = StatEntry { ignore_in_checks: Some(true), ..entry() };
        assert_eq!(reasons(ignored.clone(), 5000, Some(9000)), [""; 0]);
        assert_eq!(reasons(ignored, 20_000, Some(9000)).len(), 1);
    }

    #[test]
    fn large_integers_are_compared_exactly() {
        let grows = StatEntry { only_grows: Some(true), ..StatEntry::default() };
        assert_eq!(reasons(grows.clone(), 9_007_199_254_740_992, Some(9_007_199_254_740_993)).len(), 1);
        assert_eq!(reasons(grows, 9_007_199_254_740_993, Some(9_007_199_254_740_992)).len(), 0);
        let jump = StatEntry { largest_change: Some(Number::Int(1)), ..StatEntry::default() };
        assert_eq!(reasons(jump, i128::MAX, Some(i128::MIN)).len(), 1);
    }
}
