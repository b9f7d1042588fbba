//! Moments as the user reads them: in the time zone of the computer.

use std::sync::Arc;

use jiff::{Timestamp, Zoned, tz::TimeZone};

use crate::{clock::Clock, model::UnixMillis};

/// The clock, and the time zone as it was at the start.
pub struct LocalTime {
    clock: Arc<dyn Clock>,
    zone: TimeZone,
}

impl LocalTime {
    /// Reads the time zone once: frames must not read files.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, zone: TimeZone::system() }
    }

    /// The moment it is.
    pub(crate) fn now(&self) -> UnixMillis {
        self.clock.now()
    }

    pub(crate) fn has_passed(&self, at: UnixMillis) -> bool {
        self.clock.now() >= at
    }

    /// "14:02:11" for a moment of today, "14 March, 14:02" for another.
    pub(crate) fn time(&self, at: UnixMillis) -> String {
        let (Some(then), Some(now)) = (self.zoned(at), self.zoned(self.clock.now())) else {
            return String::new();
        };
        let form = if then.date() == now.date() { "%H:%M:%S" } else { "%-d %B, %H:%M" };
        then.strftime(form).to_string()
    }

    /// "14 March, 14:02".
    pub(crate) fn day_and_time(&self, at: UnixMillis) -> String {
        self.zoned(at).map(|then| then.strftime("%-d %B, %H:%M").to_string()).unwrap_or_default()
    }

    /// "14 March 2026, 14:02", for what is read in other years.
    pub(crate) fn date_and_time(&self, at: UnixMillis) -> String {
        self.zoned(at).map(|then| then.strftime("%-d %B %Y, %H:%M").to_string()).unwrap_or_default()
    }

    /// How long it is until then: "11 h 32 m", "4 m"; "no time" when it has passed.
    pub(crate) fn left(&self, at: UnixMillis) -> String {
        let minutes = at.since(self.clock.now()) / 60_000;
        match minutes {
            ..0 => "no time".to_owned(),
            0 => "less than a minute".to_owned(),
            1..60 => format!("{minutes} m"),
            _ => format!("{} h {} m", minutes / 60, minutes % 60),
        }
    }

    /// Milliseconds until the words of [`left`](Self::left) change; `None` when they will not.
    pub(crate) fn next_change(&self, at: UnixMillis) -> Option<u64> {
        let left = at.since(self.clock.now());
        u64::try_from(left).ok().map(|left| left % 60_000 + 1)
    }

    fn zoned(&self, at: UnixMillis) -> Option<Zoned> {
        Timestamp::from_millisecond(at.0).ok().map(|moment| moment.to_zoned(self.zone.clone()))
    }
}

/// "just now", "5 minutes ago", "3 days ago".
pub(crate) fn ago(at: UnixMillis, now: UnixMillis) -> String {
    let minutes = now.since(at) / 60_000;
    let (many, word) = match minutes {
        ..1 => return "just now".to_owned(),
        1..60 => (minutes, "minute"),
        60..1_440 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    format!("{many} {word}{} ago", if many == 1 { "" } else { "s" })
}

/// "0.82 s", "1 m 5 s".
pub(crate) fn duration(milliseconds: i64) -> String {
    let seconds = milliseconds.max(0) / 1000;
    match seconds {
        0..10 => format!("{:.2} s", milliseconds.max(0) as f64 / 1000.0),
        10..60 => format!("{seconds} s"),
        _ => format!("{} m {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct At(i64);

    impl Clock for At {
        fn now(&self) -> UnixMillis {
            UnixMillis(self.0)
        }
    }

    #[test]
    fn what_is_left_is_told_in_hours_and_minutes() {
        let time = LocalTime { clock: Arc::new(At(0)), zone: TimeZone::UTC };
        assert_eq!(time.left(UnixMillis(41_520_000)), "11 h 32 m");
        assert_eq!(time.left(UnixMillis(59_000)), "less than a minute");
        assert_eq!(time.left(UnixMillis(-60_000)), "no time");
        assert_eq!(time.next_change(UnixMillis(61_000)), Some(1_001));
        assert_eq!(time.next_change(UnixMillis(-1)), None);
    }

    #[test]
    fn a_moment_of_another_day_carries_its_day() {
        let time = LocalTime { clock: Arc::new(At(1_700_000_000_000)), zone: TimeZone::UTC };
        assert_eq!(time.time(UnixMillis(1_700_000_000_000)), "22:13:20");
        assert_eq!(time.time(UnixMillis(1_600_000_000_000)), "13 September, 12:26");
        assert_eq!(time.date_and_time(UnixMillis(1_600_000_000_000)), "13 September 2020, 12:26");
    }

    #[test]
    fn what_is_past_is_told_in_the_largest_unit_that_it_fills() {
        let told = |minutes: i64| ago(UnixMillis(0), UnixMillis(minutes * 60_000 + 59_999));
        assert_eq!(ago(UnixMillis(5), UnixMillis(0)), "just now", "clocks differ");
        assert_eq!([0, 1, 59].map(told), ["just now", "1 minute ago", "59 minutes ago"]);
        assert_eq!([60, 1_439, 1_440].map(told), ["1 hour ago", "23 hours ago", "1 day ago"]);
        assert_eq!(told(4_320), "3 days ago");
    }

    #[test]
    fn durations_are_short() {
        assert_eq!(duration(820), "0.82 s");
        assert_eq!(duration(12_400), "12 s");
        assert_eq!(duration(65_000), "1 m 5 s");
        assert_eq!(duration(-5), "0.00 s");
    }
}
