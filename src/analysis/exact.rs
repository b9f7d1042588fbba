//! Comparing numbers by their text, for those that an `f64` cannot tell apart.

use std::cmp::Ordering;

/// Compares two decimal numbers exactly, however many digits they have. Both must be texts that
/// `f64` reads as finite, such as `-12.50` or `1e3`.
///
/// Equal only when the values are: `1` and `1.0` are, `9007199254740993` and `9007199254740992`
/// are not. Agrees with the order of the `f64`s where those differ.
pub(super) fn compare(left: &str, right: &str) -> Ordering {
    if left == right {
        return Ordering::Equal;
    }
    let (left, right) = (Decimal::read(left), Decimal::read(right));
    left.signum().cmp(&right.signum()).then_with(|| {
        let magnitudes = left.compare_magnitude(&right);
        if left.negative { magnitudes.reverse() } else { magnitudes }
    })
}

/// A decimal number without its point: `0.d₁d₂d₃… × 10^exponent`, where d₁ is not zero.
struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    /// `None` for zero.
    exponent: Option<i64>,
}

impl<'a> Decimal<'a> {
    fn read(text: &'a str) -> Self {
        let negative = text.starts_with('-');
        let unsigned = text.trim_start_matches(['-', '+']);
        let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.trim_start_matches('0');
        let leading = if whole.is_empty() {
            let zeros = fraction.bytes().take_while(|digit| *digit == b'0').count();
            (zeros < fraction.len()).then_some(-places(zeros))
        } else {
            Some(places(whole.len()))
        };
        let exponent = leading.map(|leading| leading.saturating_add(power_of_ten(power)));
        Self { negative, whole, fraction, exponent }
    }

    fn signum(&self) -> i8 {
        match (self.exponent, self.negative) {
            (None, _) => 0,
            (Some(_), false) => 1,
            (Some(_), true) => -1,
        }
    }

    fn compare_magnitude(&self, other: &Self) -> Ordering {
        self.exponent.cmp(&other.exponent).then_with(|| {
            let (mut left, mut right) = (self.digits(), other.digits());
            loop {
                match (left.next(), right.next()) {
                    (None, None) => return Ordering::Equal,
                    (left, right) => match left.unwrap_or(b'0').cmp(&right.unwrap_or(b'0')) {
                        Ordering::Equal => {}
                        unequal => return unequal,
                    },
                }
            }
        })
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.whole.bytes().chain(self.fraction.bytes()).skip_while(|digit| *digit == b'0')
    }
}

fn places(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What follows the `e`. So far out that it does not fit, any bound does: such texts read as zero.
fn power_of_ten(text: &str) -> i64 {
    text.parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_beyond_what_a_double_holds_are_told_apart() {
        assert_eq!(compare("9007199254740993", "9007199254740992"), Ordering::Greater);
        assert_eq!(compare("-9223372036854775808", "-9223372036854775807"), Ordering::Less);
        assert_eq!(compare("18446744073709551615", "18446744073709551614"), Ordering::Greater);
        assert_eq!(compare("9007199254740993", "9007199254740992.5"), Ordering::Greater);
    }

    #[test]
    fn one_value_written_in_several_ways_is_equal() {
        for (left, right) in [("1", "1.0"), ("100", "1e2"), ("0.05", "5e-2"), ("+7", "007"), ("0", "-0.0")] {
            assert_eq!(compare(left, right), Ordering::Equal, "{left} {right}");
        }
        assert_eq!(compare("0e99999999999999999999", "0"), Ordering::Equal);
        assert_eq!(compare("1e-99999999999999999999", "0"), Ordering::Greater);
        assert_eq!(compare("-1e-400", "1e-400"), Ordering::Less);
    }
}
