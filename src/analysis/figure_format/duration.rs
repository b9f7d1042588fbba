//! Lengths of time: `12 h 05 m`, `1:06.981`, `7.250 s`.

use super::signed;
use crate::{
    analysis::{Figure, display},
    model::TimeUnit,
};

/// Longer lengths, in milliseconds, are written as a plain number of their unit.
const LONGEST: f64 = 1e18;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// What a number of such units is called.
const UNITS: [(&str, TimeUnit); 21] = [
    ("ms", TimeUnit::Milliseconds),
    ("millisecond", TimeUnit::Milliseconds),
    ("milliseconds", TimeUnit::Milliseconds),
    ("s", TimeUnit::Seconds),
    ("sec", TimeUnit::Seconds),
    ("secs", TimeUnit::Seconds),
    ("second", TimeUnit::Seconds),
    ("seconds", TimeUnit::Seconds),
    ("m", TimeUnit::Minutes),
    ("min", TimeUnit::Minutes),
    ("mins", TimeUnit::Minutes),
    ("minute", TimeUnit::Minutes),
    ("minutes", TimeUnit::Minutes),
    ("h", TimeUnit::Hours),
    ("hr", TimeUnit::Hours),
    ("hrs", TimeUnit::Hours),
    ("hour", TimeUnit::Hours),
    ("hours", TimeUnit::Hours),
    ("d", TimeUnit::Days),
    ("day", TimeUnit::Days),
    ("days", TimeUnit::Days),
];

/// From an hour on hours and minutes, from a minute on minutes and seconds, else seconds. Lengths that
/// count seconds stand as on a clock, with three decimals where they count parts of them, so that they
/// line up. What the unit cannot tell is left out: 45 minutes are `45 m`.
pub(super) fn written(figure: Figure, unit: TimeUnit) -> String {
    let exact = figure.as_f64() * unit.milliseconds() as f64;
    if exact.is_nan() || exact.abs() >= LONGEST {
        return format!("{} {}", display::figure(figure), letter(unit));
    }
    let total = exact.abs().round() as i64;
    let is_whole = matches!(figure, Figure::Int(_));
    let has_parts = unit.milliseconds() < MINUTE && (!is_whole || unit.milliseconds() < SECOND);
    let (hours, minutes) = (total / HOUR, total % HOUR / MINUTE);
    let hours_written = || display::figure(Figure::Int(hours.into()));
    let text = if total == 0 {
        format!("0 {}", letter(unit))
    } else if is_whole && unit.milliseconds() >= HOUR {
        format!("{} h", hours_written())
    } else if hours > 0 {
        format!("{} h {minutes:02} m", hours_written())
    } else if is_whole && unit.milliseconds() >= MINUTE {
        format!("{minutes} m")
    } else if minutes > 0 && unit.milliseconds() >= MINUTE {
        format!("{minutes} m {} s", seconds(total % MINUTE, 2, false))
    } else if minutes > 0 {
        format!("{minutes}:{}", seconds(total % MINUTE, 2, has_parts))
    } else {
        format!("{} s", seconds(total, 1, has_parts))
    };
    signed(exact < 0.0 && total > 0, &text)
}

fn letter(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Milliseconds => "ms",
        TimeUnit::Seconds => "s",
        TimeUnit::Minutes => "m",
        TimeUnit::Hours => "h",
        TimeUnit::Days => "d",
    }
}

/// Seconds with at least so many digits before the point, and all three behind it or as many as it
/// needs.
fn seconds(milliseconds: i64, digits: usize, all: bool) -> String {
    let whole = format!("{:0digits$}", milliseconds / SECOND);
    let fraction = format!("{:03}", milliseconds % SECOND);
    if all {
        return format!("{whole}.{fraction}");
    }
    match fraction.trim_end_matches('0') {
        "" => whole,
        fraction => format!("{whole}.{fraction}"),
    }
}

/// The milliseconds of a length of time without a sign: `1 h 30 m`, `1h30`, `1:30:00`, `90 min`.
/// Two parts with a colon are minutes and seconds, or hours and minutes where `unit` is no shorter
/// than a minute. `None` for anything else, a bare number too.
pub(super) fn read(typed: &str, unit: TimeUnit) -> Option<f64> {
    if typed.contains(':') { clock(typed, unit) } else { words(typed) }
}

fn clock(typed: &str, unit: TimeUnit) -> Option<f64> {
    let parts: Vec<&str> = typed.split(':').map(str::trim).collect();
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes, seconds] => (hours, minutes, seconds),
        [hours, minutes] if unit.milliseconds() >= MINUTE => (hours, minutes, "0"),
        [minutes, seconds] => ("0", minutes, seconds),
        _ => return None,
    };
    let first = parts.first() != Some(&hours);
    let whole =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok())?;
    let (hours, minutes) = (whole(hours)?, whole(minutes)?);
    let seconds = decimal(seconds).filter(|seconds| *seconds < 60.0)?;
    let fits = first || minutes < 60;
    fits.then_some((f64::from(hours) * 60.0 + f64::from(minutes)) * 60_000.0 + seconds * 1000.0)
}

fn words(typed: &str) -> Option<f64> {
    let mut rest = typed.trim();
    let mut total = 0.0;
    let mut last: Option<TimeUnit> = None;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number = decimal(&rest[..end])?;
        rest = rest[end..].trim_start();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let name = rest[..end].to_lowercase();
        rest = rest[end..].trim_start().trim_start_matches(',').trim_start();
        rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
        let unit = match last {
            // `1h30`: what follows counts the next smaller unit.
            Some(last) if name.is_empty() && rest.is_empty() => smaller(last)?,
            _ => UNITS.iter().find(|(known, _)| *known == name)?.1,
        };
        total += number * unit.milliseconds() as f64;
        last = Some(unit);
    }
    last.map(|_| (total * 1000.0).round() / 1000.0)
}

fn smaller(unit: TimeUnit) -> Option<TimeUnit> {
    match unit {
        TimeUnit::Days => Some(TimeUnit::Hours),
        TimeUnit::Hours => Some(TimeUnit::Minutes),
        TimeUnit::Minutes => Some(TimeUnit::Seconds),
        TimeUnit::Seconds | TimeUnit::Milliseconds => None,
    }
}

fn decimal(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}
