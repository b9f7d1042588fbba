//! Which numbers are written beside an axis.

use super::{
    nice::{Step, decimal, finest},
    numbers::FARTHEST,
    scale::Scale,
};

/// Below this many, ticks of powers of ten say too little, and even steps are taken.
const FEWEST: usize = 3;

/// Numbers to write beside an axis: round, ascending, from `from` to `to`, no two equal, and `most` at
/// most. None when the ends are not finite or do not ascend. Fewer than two are found only where no
/// two round numbers are within.
#[must_use]
pub fn ticks(scale: Scale, from: f64, to: f64, most: usize) -> Vec<f64> {
    let (from, to) = (from.clamp(-FARTHEST, FARTHEST), to.clamp(-FARTHEST, FARTHEST));
    // Not `>=`: none of them may be NaN either.
    let ascend = from < to;
    if !ascend || most == 0 {
        return Vec::new();
    }
    let powers = match scale {
        Scale::Linear => Vec::new(),
        Scale::Log => powers(from.max(f64::MIN_POSITIVE), to, most),
        Scale::Symlog { unit } => both_sides(from, to, unit, most),
    };
    if powers.len() >= FEWEST.min(most) {
        return powers;
    }
    let from = if scale == Scale::Log { from.max(0.0) } else { from };
    let mut even = even(from, to, most);
    even.retain(|tick| scale != Scale::Log || *tick > 0.0);
    if even.len() > powers.len() { even } else { powers }
}

/// Multiples of the least round step of which no more are within.
fn even(from: f64, to: f64, most: usize) -> Vec<f64> {
    let width = (to - from) / most as f64;
    let mut step = Step::at_least(width.max(finest(from, to)));
    loop {
        let (first, last) = step.between(from, to);
        let count = last - first + 1.0;
        if count <= most as f64 {
            let ticks = (0..count.max(0.0) as usize).map(|tick| step.times(first + tick as f64));
            // Zero is written without a sign.
            return ticks.map(|tick| tick + 0.0).filter(|tick| (from..=to).contains(tick)).collect();
        }
        step = step.next();
    }
}

/// Digits that stand before powers of ten where there is room, the most first, and how far apart
/// they are at least, in powers.
const DIGITS: [(&[f64], f64); 2] = [(&[1.0, 2.0, 5.0], 0.3), (&[1.0, 3.0], 0.48)];

/// Powers of ten from `from`, which is positive, to `to`, as many as there is room for.
fn powers(from: f64, to: f64, most: usize) -> Vec<f64> {
    fitting(most, |set, _| set.between(from, to))
}

/// Zero, and powers of ten to both sides of it, the same on both.
fn both_sides(from: f64, to: f64, unit: f64, most: usize) -> Vec<f64> {
    let scale = Scale::Symlog { unit };
    fitting(most, |set, apart| {
        let side = |from: f64, to: f64| -> Vec<f64> {
            let mut ticks = if to >= unit { set.between(from.max(unit), to) } else { Vec::new() };
            // Near to zero, powers crowd.
            ticks.retain(|tick| scale.forward(*tick) >= apart / 2.0);
            ticks
        };
        let mut ticks: Vec<f64> = side(-to, -from).into_iter().rev().map(|tick| -tick).collect();
        ticks.extend((from <= 0.0 && to >= 0.0).then_some(0.0));
        ticks.extend(side(from, to));
        ticks
    })
}

/// The densest ticks that are no more than `most`: `ticks` gives those of a set, and is told how far
/// apart these are.
fn fitting(most: usize, ticks: impl Fn(Powers, f64) -> Vec<f64>) -> Vec<f64> {
    let dense = DIGITS.into_iter().map(|(digits, apart)| (Powers { digits, every: 1 }, apart));
    let sparse = (1..=2 * MOST_POWER).map(|every| (Powers { digits: &[1.0], every }, f64::from(every)));
    dense
        .chain(sparse)
        .map(|(set, apart)| ticks(set, apart))
        .find(|ticks| ticks.len() <= most)
        .unwrap_or_default()
}

/// Where doubles end.
const LEAST_POWER: i32 = -307;
const MOST_POWER: i32 = 308;

/// Those powers of ten whose exponent is a multiple of `every`, so that ticks stay while panning,
/// times each digit.
#[derive(Clone, Copy)]
struct Powers {
    digits: &'static [f64],
    every: i32,
}

impl Powers {
    fn between(self, from: f64, to: f64) -> Vec<f64> {
        let first = from.log10().floor().max(f64::from(LEAST_POWER)) as i32;
        let last = to.log10().ceil().min(f64::from(MOST_POWER)) as i32;
        (first..=last)
            .filter(|power| power % self.every == 0)
            .flat_map(|power| self.digits.iter().map(move |digit| decimal(*digit, power)))
            .filter(|tick| (from..=to).contains(tick))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn even_ticks_are_round_numbers() {
        assert_eq!(ticks(Scale::Linear, 0.0, 100.0, 6), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(Scale::Linear, 0.05, 0.43, 5), [0.1, 0.2, 0.3, 0.4]);
        assert_eq!(ticks(Scale::Linear, -0.3, 0.3, 7), [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]);
        assert_eq!(ticks(Scale::Linear, -1e18, 1e18, 5), [-1e18, -5e17, 0.0, 5e17, 1e18]);
    }

    #[test]
    fn far_from_zero_no_tick_comes_twice() {
        // There are but three doubles from the first to the last.
        let found = ticks(Scale::Linear, 1e18, 1e18 + 256.0, 8);
        assert!(found.windows(2).all(|pair| pair[0] < pair[1]), "{found:?}");
        let found = ticks(Scale::Linear, 1e18, 1e18 + 1e6, 5);
        assert!(found.len() >= 3, "{found:?}");
    }

    #[test]
    fn log_ticks_are_powers_of_ten_as_far_as_there_is_room() {
        assert_eq!(ticks(Scale::Log, 1.0, 1e4, 6), [1.0, 10.0, 100.0, 1000.0, 10_000.0]);
        assert_eq!(ticks(Scale::Log, 1.0, 100.0, 8), [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]);
        assert_eq!(ticks(Scale::Log, 1.0, 1e18, 5), [1.0, 1e4, 1e8, 1e12, 1e16]);
        assert_eq!(ticks(Scale::Log, 130.0, 180.0, 6), [130.0, 140.0, 150.0, 160.0, 170.0, 180.0]);
        assert_eq!(ticks(Scale::Log, -5.0, 100.0, 4).first().map(|tick| *tick > 0.0), Some(true));
        assert!(ticks(Scale::Log, -5.0, 0.0, 4).is_empty());
    }

    #[test]
    fn symlog_ticks_stand_on_both_sides_of_zero() {
        let scale = Scale::Symlog { unit: 1.0 };
        assert_eq!(ticks(scale, -1000.0, 1000.0, 9), [-1000.0, -100.0, -10.0, 0.0, 10.0, 100.0, 1000.0]);
        assert_eq!(ticks(scale, -0.5, 0.5, 5), [-0.4, -0.2, 0.0, 0.2, 0.4]);
        assert_eq!(ticks(scale, 0.0, 1e18, 5), [0.0, 1e4, 1e8, 1e12, 1e16]);
        assert_eq!(ticks(scale, 100.0, 1e6, 6), [100.0, 1000.0, 1e4, 1e5, 1e6]);
        assert_eq!(ticks(scale, -1e3, 1e18, 8), [-1e3, 0.0, 1e3, 1e6, 1e9, 1e12, 1e15, 1e18]);
        assert_eq!(ticks(scale, -5.0, 5.0, 5), [-3.0, -1.0, 0.0, 1.0, 3.0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn ticks_ascend_within_the_axis_and_are_never_too_many(
            one in any::<f64>(), other in any::<f64>(), power in -12i32..20, most in 0usize..15, kind in 0u8..6,
        ) {
            let scale = match kind % 3 {
                0 => Scale::Linear,
                1 => Scale::Log,
                _ => Scale::Symlog { unit: 10f64.powi(power / 2) },
            };
            // Any doubles at all, and those of a size that stats have.
            let sized = |value: f64| (value.to_bits() % 20_001) as f64 / 10.0 * 10f64.powi(power) - 10f64.powi(power + 2);
            let (one, other) = if kind < 3 { (one, other) } else { (sized(one), sized(other)) };
            let (from, to) = (one.min(other), one.max(other));
            let found = ticks(scale, from, to, most);
            prop_assert!(found.len() <= most);
            prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", found);
            prop_assert!(found.iter().all(|tick| (from..=to).contains(tick)), "{:?}", found);
            let is_wide = (to - from) > to.abs().max(from.abs()) * 1e-9;
            if kind >= 3 && most >= 5 && is_wide && (scale != Scale::Log || from > 0.0) {
                prop_assert!(found.len() >= 2, "{:?} from {} to {}: {:?}", scale, from, to, found);
            }
        }
    }
}
