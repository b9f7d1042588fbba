//! Moments that are sent as a number counted from 1970-01-01T00:00:00Z.

use crate::analysis::{Figure, display};

const MINUTE: i128 = 60;
const DAY: i128 = 24 * 60 * MINUTE;
/// 0000-01-01 and 10000-01-01, in seconds: moments beyond are written as numbers.
const YEARS_OF_FOUR_DIGITS: std::ops::Range<i128> = -62_167_219_200..253_402_300_800;

/// A moment to the minute, in UTC: `2026-03-14 09:26`. `ticks` of the figure make a second.
pub(super) fn written(figure: Figure, ticks: i128) -> String {
    let seconds = match figure {
        Figure::Int(int) => int.div_euclid(ticks),
        // Beyond what fits the cast stops at the end, which is far out of range.
        Figure::Real(real) => (real / ticks as f64).floor() as i128,
    };
    if !YEARS_OF_FOUR_DIGITS.contains(&seconds) {
        return display::figure(figure);
    }
    let (day, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", second / (60 * MINUTE), second / MINUTE % 60)
}

/// Seconds of a typed moment in UTC: `2026-03-14`, `2026-03-14 09:26`, `2026-03-14T09:26:53Z`.
pub(super) fn read(typed: &str) -> Option<i128> {
    let typed = typed.strip_suffix(['Z', 'z']).unwrap_or(typed).trim();
    let (date, time) = typed.split_once([' ', 'T', 't']).unwrap_or((typed, "00:00"));
    let mut parts = date.split('-').map(digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let mut times = time.trim().split(':').map(digits);
    let (hour, minute, second) = (times.next()??, times.next()??, times.next().unwrap_or(Some(0))?);
    let is_over = parts.next().is_none() && times.next().is_none();
    let days = days_from(year, month, day);
    let is_day = (1..=12).contains(&month) && civil(days) == (year, month, day);
    let is_time = hour < 24 && minute < 60 && second < 60;
    (is_over && is_day && is_time).then_some(days * DAY + (hour * 60 + minute) * 60 + second)
}

fn digits(text: &str) -> Option<i128> {
    let is_plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok())?
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar. Counts from
/// 0000-03-01, so that a leap day is the last of its year.
fn civil(days: i128) -> (i128, i128, i128) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i128::from(month <= 2);
    (year, month, day)
}

/// The other way round. A day that is none gives another one.
fn days_from(year: i128, month: i128, day: i128) -> i128 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}
