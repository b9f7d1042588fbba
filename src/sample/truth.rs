//! What the service holds, asked past its routes: what its answers are measured by.

/// What the service holds of one stat of one player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// The player's stats are private: whoever asks for them is refused, value or not.
    Private,
    /// There is no such value: an unknown player, title or stat, a title that the player never
    /// played, or a stat that they never reached.
    NoValue,
    /// There is one.
    Value(TrueValue),
}

/// A value that the service holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrueValue {
    /// How it is written when no fault is on.
    pub text: String,
    /// What it is, and so when another text says the same.
    pub kind: TrueKind,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrueKind {
    /// A whole number of 64 bits.
    Whole,
    /// A number with decimals.
    Real,
    /// Anything else: text, dates, yes and no.
    Text,
}

impl TrueValue {
    /// Whether a text, as it came over the wire, says this value. Whole numbers are compared by
    /// every digit, whatever their zeros and exponent; numbers with decimals by the nearest double;
    /// everything else letter by letter.
    #[must_use]
    pub fn is_said_by(&self, text: &str) -> bool {
        match self.kind {
            TrueKind::Whole => {
                let truth = Decimal::read(&self.text);
                truth.is_some() && truth == Decimal::read(text)
            }
            TrueKind::Real => {
                let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
                let truth = number(&self.text);
                truth.is_some() && truth == number(text)
            }
            TrueKind::Text => self.text == text,
        }
    }
}

/// A decimal number of any length: two are equal when their values are.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    /// The power of ten of the last digit.
    power: i64,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = all.trim_end_matches('0');
        let dropped = i64::try_from(all.len() - digits.len()).ok()?;
        let decimals = i64::try_from(fraction.len()).ok()?;
        let digits = digits.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { negative: false, digits, power: 0 });
        }
        Some(Self { negative, digits, power: exponent.checked_sub(decimals)?.checked_add(dropped)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(truth: &str, kind: TrueKind, text: &str) -> bool {
        TrueValue { text: truth.to_owned(), kind }.is_said_by(text)
    }

    #[test]
    fn whole_numbers_are_compared_by_every_digit() {
        let greatest = "9223372036854775807";
        for same in [
            greatest,
            "9223372036854775807.0",
            "9.223372036854775807e18",
            "0009223372036854775807",
            "+92233720368547758070E-1",
        ] {
            assert!(says(greatest, TrueKind::Whole, same), "{same}");
        }
        for other in ["9223372036854775808", "9.223372036854776e18", "", "-", "x", "9223372036854775807e1"] {
            assert!(!says(greatest, TrueKind::Whole, other), "{other}");
        }
        assert!(says("0", TrueKind::Whole, "-0.00e9") && says("-5", TrueKind::Whole, "-50e-1"));
        assert!(!says("-5", TrueKind::Whole, "5"));
    }

    #[test]
    fn decimals_are_compared_as_doubles_and_text_by_letters() {
        assert!(says("63.617", TrueKind::Real, "63.6169999999999973283726"));
        assert!(says("63.617", TrueKind::Real, "6.3617e1"));
        assert!(!says("63.617", TrueKind::Real, "63.61"));
        assert!(!says("63.617", TrueKind::Real, "NaN"));
        assert!(says("007", TrueKind::Text, "007") && !says("007", TrueKind::Text, "7"));
    }
}
