//! Round numbers on an axis of lengths of time.

/// Lengths of time that are round on a clock, in seconds.
const CLOCK: [f64; 17] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 10800.0,
    21600.0, 43200.0,
];
/// Beyond this many seconds, and below half of one, tens are as round as anything.
const LONGEST: f64 = 86_400.0;

/// Lengths of time between two numbers that are round on a clock, `most` at most; `second` is how
/// much a second is. `None` where tens are as good.
pub(super) fn clock_ticks(from: f64, to: f64, most: usize, second: f64) -> Option<Vec<f64>> {
    let least_step = (to - from) / second / most.max(1) as f64;
    if !(0.5..LONGEST).contains(&least_step) {
        return None;
    }
    let step = CLOCK.into_iter().find(|step| *step >= least_step)? * second;
    let (first, last) = ((from / step).ceil(), (to / step).floor());
    Some((0..=(last - first).max(0.0) as usize).map(|tick| (first + tick as f64) * step + 0.0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_round() {
        assert_eq!(clock_ticks(-30.0, 100.0, 5, 1.0), Some(vec![-30.0, 0.0, 30.0, 60.0, 90.0]));
        assert_eq!(
            clock_ticks(0.0, 7_200_000.0, 5, 1000.0),
            Some(vec![0.0, 1_800_000.0, 3_600_000.0, 5_400_000.0, 7_200_000.0])
        );
        assert_eq!(clock_ticks(0.0, 0.4, 5, 1.0), None);
        assert_eq!(clock_ticks(0.0, 1e300, 5, 1.0), None);
    }
}
