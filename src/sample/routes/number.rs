//! Other ways to write a decimal number, all of the same value.

/// With an exponent: `4.531e3`.
pub(super) fn scientific(number: &str, e: char) -> String {
    let (sign, rest) = signed(number);
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    if digits.is_empty() {
        return format!("{sign}0{e}0");
    }
    let exponent = whole.len() as i64 - 1 - (all.len() - digits.len()) as i64;
    let (first, others) = digits.split_at(1);
    let point = if others.is_empty() { "" } else { "." };
    format!("{sign}{first}{point}{others}{e}{exponent}")
}

/// With zeros in front: `0004531`.
pub(super) fn with_zeros(number: &str) -> String {
    let (sign, rest) = signed(number);
    format!("{sign}000{rest}")
}

/// With all the digits that the nearest double has: `63.6169999999999973283726415`.
pub(super) fn long_tail(number: &str) -> String {
    number.parse::<f64>().map_or_else(|_| number.to_owned(), |double| format!("{double:.25}"))
}

fn signed(number: &str) -> (&str, &str) {
    match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::truth::{TrueKind, TrueValue};

    #[test]
    fn the_value_stays() {
        for text in ["0", "7", "-5", "4531", "9223372036854775807", "-9223372036854775808", "1000"] {
            let truth = TrueValue { text: text.to_owned(), kind: TrueKind::Whole };
            for other in [scientific(text, 'e'), scientific(text, 'E'), with_zeros(text)] {
                assert!(truth.is_said_by(&other), "{text} {other}");
            }
        }
        for text in ["0", "63.617", "-0.25", "0.001", "1234567.891"] {
            let truth = TrueValue { text: text.to_owned(), kind: TrueKind::Real };
            for other in [scientific(text, 'e'), with_zeros(text), long_tail(text)] {
                assert!(truth.is_said_by(&other), "{text} {other}");
            }
        }
        assert_eq!(scientific("4531", 'e'), "4.531e3");
        assert_eq!(scientific("-0.025", 'E'), "-2.5E-2");
    }
}
