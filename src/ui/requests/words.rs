//! Sizes, times and outcomes in words.

use std::time::Duration;

use crate::{
    analysis::display::count,
    model::{Api, UnixMillis},
};

/// "812 B", "104 kB", "1.2 MB".
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..999_500 => format!("{} kB", (bytes + 500) / 1_000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// "0.4 ms", "96 ms", "1.24 s", "12.3 s", "2 m 5 s".
pub(super) fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        ..0.000_95 => format!("{:.1} ms", seconds * 1e3),
        ..0.999_5 => format!("{:.0} ms", seconds * 1e3),
        ..9.995 => format!("{seconds:.2} s"),
        ..59.95 => format!("{seconds:.1} s"),
        _ => {
            let whole = seconds.round() as u64;
            format!("{} m {} s", whole / 60, whole % 60)
        }
    }
}

/// How long it is until then, as it counts down: "0:42", "4:07", "1:10:00". "0:00" when it has passed.
pub(super) fn countdown(now: UnixMillis, until: UnixMillis) -> String {
    let seconds = until.since(now).max(0).saturating_add(999) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// "15 s", "5 min", "90 s".
pub(super) fn period(period: Duration) -> String {
    let seconds = period.as_secs();
    if seconds >= 60 && seconds.is_multiple_of(60) {
        format!("{} min", seconds / 60)
    } else {
        format!("{seconds} s")
    }
}

/// "1 request", "14 requests".
pub(super) fn many(number: usize, one: &str, several: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {several}", count(number)) }
}

/// The same words with a capital first.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The service as a heading or chip names it.
pub(super) fn service(api: Api) -> &'static str {
    match api {
        Api::Stats => "Stats",
        Api::Profile => "Profile",
        Api::People => "People",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_short() {
        assert_eq!([0, 999, 1_000, 104_200, 999_499].map(size), ["0 B", "999 B", "1 kB", "104 kB", "999 kB"]);
        assert_eq!([999_500, 1_234_567].map(size), ["1.0 MB", "1.2 MB"]);
        let micros = [400, 96_000, 999_600, 1_240_000, 12_340_000, 125_000_000];
        let told = micros.map(|micros| time(Duration::from_micros(micros)));
        assert_eq!(told, ["0.4 ms", "96 ms", "1.00 s", "1.24 s", "12.3 s", "2 m 5 s"]);
        assert_eq!([15, 300, 90].map(|secs| period(Duration::from_secs(secs))), ["15 s", "5 min", "90 s"]);
    }

    #[test]
    fn a_countdown_ends_at_zero() {
        let told = [42_000, 41_001, 60_000, 1, 0, -5_000, 4_200_000];
        let told = told.map(|left| countdown(UnixMillis(1_000), UnixMillis(1_000 + left)));
        assert_eq!(told, ["0:42", "0:42", "1:00", "0:01", "0:00", "0:00", "1:10:00"]);
    }
}
