//! The rate limits that a service declares itself, by the header `RateLimit-Policy` (a draft of the
//! IETF): `"short";q=1000;w=15, "long";q=3000;w=300`. The sample service does; the real ones are not
//! known to.

use std::time::Duration;

use reqwest::header::HeaderMap;

use super::http::XboxClient;
use crate::model::{Window, Windows};

/// A longer period than this is no window that anyone would wait for.
const LONGEST_PERIOD: u64 = 24 * 60 * 60;

/// The most that is read of the header, in bytes.
const MAX_HEADER: usize = 1024;

/// The short and the long window that an answer's headers declare; a limit of `u32::MAX` is none.
/// What cannot be read is left out, a window that is missing then has no limit.
pub(super) fn declared(headers: &HeaderMap) -> Option<[Window; 2]> {
    let values = headers.get_all("ratelimit-policy").iter().filter_map(|value| value.to_str().ok());
    let mut windows: Vec<Window> = values
        .filter(|value| value.len() <= MAX_HEADER)
        .flat_map(|value| split_outside_quotes(value, ','))
        .filter_map(window)
        .take(2)
        .collect();
    windows.sort_unstable_by_key(|window| window.period);
    match windows[..] {
        [only] => Some([only, Window { limit: u32::MAX, ..only }]),
        [short, long] => Some([short, long]),
        _ => None,
    }
}

/// One item: a name, and its parameters. An earlier draft has the quota in place of the name.
fn window(item: &str) -> Option<Window> {
    let mut parts = split_outside_quotes(item, ';').map(str::trim);
    let mut limit = parts.next().and_then(|name| name.parse().ok());
    let mut period = None;
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        let value = value.trim().trim_matches('"').parse::<u64>().ok();
        match name.trim().to_ascii_lowercase().as_str() {
            "q" => limit = value,
            "w" => period = value,
            _ => {}
        }
    }
    let period = period.filter(|seconds| (1..=LONGEST_PERIOD).contains(seconds))?;
    let limit = limit.filter(|limit| *limit > 0)?;
    Some(Window { limit: u32::try_from(limit).unwrap_or(u32::MAX), period: Duration::from_secs(period) })
}

fn split_outside_quotes(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    text.split(move |c| {
        is_quoted ^= c == '"';
        c == separator && !is_quoted
    })
}

impl XboxClient {
    /// The rate limits to keep to, now that the service declared some: on this machine those, elsewhere
    /// what is stricter of them than `current`.
    #[must_use]
    pub fn believed(&self, declared: [Window; 2], current: Windows) -> Windows {
        believed(self.endpoint().is_loopback(), declared, current)
    }
}

fn believed(is_loopback: bool, declared: [Window; 2], current: Windows) -> Windows {
    let is_limit = |window: &Window| window.limit != u32::MAX;
    if is_loopback || current.is_none() {
        return declared.iter().any(is_limit).then_some(declared);
    }
    let stricter = |ours: Window| {
        let is_stricter = |window: &Window| window.limit < ours.limit && window.period >= ours.period;
        declared.into_iter().filter(is_stricter).min_by_key(|window| window.limit).unwrap_or(ours)
    };
    current.map(|windows| windows.map(stricter))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn seconds(limit: u32, period: u64) -> Window {
        Window { limit, period: Duration::from_secs(period) }
    }

    fn read(values: &[&str]) -> Option<[Window; 2]> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("ratelimit-policy", HeaderValue::from_str(value).unwrap());
        }
        declared(&headers)
    }

    #[test]
    fn declared_windows_are_read_in_any_order_and_form() {
        let both = Some([seconds(1000, 15), seconds(3000, 300)]);
        assert_eq!(read(&[r#""short";q=1000;w=15, "long";q=3000;w=300"#]), both);
        assert_eq!(read(&[r#""long" ; W=300 ; Q="3000""#, r#""a,b;c";x;w=15;q=1000"#]), both);
        assert_eq!(read(&["1000;w=15,3000;w=300"]), both);
        assert_eq!(read(&[r#""short";q=10;w=15"#]), Some([seconds(10, 15), seconds(u32::MAX, 15)]));
        let none = seconds(u32::MAX, 15);
        assert_eq!(read(&["a;q=4294967295;w=15,b;q=99999999999;w=15"]), Some([none, none]));
    }

    #[test]
    fn what_is_no_policy_declares_nothing() {
        let long = format!("\"{}\";q=1;w=1", "x".repeat(MAX_HEADER));
        for odd in [
            "",
            ",,;;",
            "\"short",
            "a;q=0;w=15",
            "a;q=5",
            "a;w=15",
            "a;q=5;w=0",
            "a;q=-1;w=5",
            "a;q=5;w=99999999",
            &long,
        ] {
            assert_eq!(read(&[odd]), None, "{odd}");
        }
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn elsewhere_only_what_is_stricter_is_believed() {
        let ours = Some([seconds(100, 15), seconds(300, 300)]);
        let lax = [seconds(1000, 15), seconds(3000, 300)];
        assert_eq!(believed(true, lax, ours), Some(lax));
        assert_eq!(believed(false, lax, ours), ours);
        assert_eq!(
            believed(false, [seconds(50, 15), seconds(9999, 300)], ours),
            Some([seconds(50, 15), seconds(300, 300)])
        );
        assert_eq!(
            believed(false, [seconds(5, 1), seconds(u32::MAX, 300)], ours),
            ours,
            "5 a second is more"
        );
        let none = [seconds(u32::MAX, 15), seconds(u32::MAX, 300)];
        assert_eq!(believed(true, none, ours), None);
        assert_eq!(believed(false, none, ours), ours);
        assert_eq!(
            believed(false, [seconds(5, 15), seconds(9, 300)], None),
            Some([seconds(5, 15), seconds(9, 300)])
        );
    }
}
