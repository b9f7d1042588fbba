//! The cost of a fetch in plain words: requests, look-ups, time, and what the wait will be for.

use std::time::Duration;

use crate::{
    analysis::display::count,
    engine::Forecast,
    model::{Api, Window},
    ui::waits::{about, period_words},
};

/// The lines below the count of values. `each` is how long a request took lately and `at_once` how
/// many go out together: what it takes where no limit makes it wait.
pub(super) fn lines(forecast: &Forecast, each: Option<Duration>, at_once: usize) -> Vec<String> {
    let requests = forecast.requests();
    if requests == 0 {
        return vec!["Everything is known: no request, no waiting".to_owned()];
    }
    let mut lines = Vec::new();
    let all = several(requests, "request", "requests");
    if forecast.wait.is_zero() {
        let rounds = u32::try_from(requests.div_ceil(at_once.max(1))).unwrap_or(u32::MAX);
        let time = each.map(|each| format!(", about {}", short(each.saturating_mul(rounds))));
        lines.push(format!("{all}{}, no waiting", time.unwrap_or_default()));
    } else {
        lines.push(format!("{all}, about {}", about(forecast.wait)));
    }
    lines.extend(look_ups(forecast));
    if let Some((api @ (Api::Stats | Api::People), window)) = forecast.bound_by
        && !forecast.wait.is_zero()
    {
        let many = several(forecast.stat_requests, "request", "requests");
        lines.push(format!("{many} for {api}: {}", wait_words(forecast.wait, window)));
    }
    lines
}

/// "412 new gamertags: 70 minutes at 30 per 5 minutes; known ones are free".
fn look_ups(forecast: &Forecast) -> Option<String> {
    if forecast.look_ups == 0 {
        return None;
    }
    let new = several(forecast.look_ups, "new gamertag", "new gamertags");
    let known = match forecast.known_names {
        0 => "known ones are free".to_owned(),
        1 => "the known one is free".to_owned(),
        many => format!("the {} known ones are free", count(many)),
    };
    Some(match forecast.bound_by {
        Some((Api::Profile, window)) if !forecast.wait.is_zero() => {
            format!("{new}: {}; {known}", wait_words(forecast.wait, window))
        }
        _ => format!("{new} to look up; {known}"),
    })
}

/// "70 minutes at 30 per 5 minutes".
fn wait_words(wait: Duration, window: Window) -> String {
    format!("{} at {} per {}", about(wait), count(window.limit as usize), period_words(window.period))
}

fn short(span: Duration) -> String {
    match span.as_secs() {
        0..10 => format!("{:.1} s", span.as_secs_f64().max(0.1)),
        _ => about(span),
    }
}

pub(super) fn several(many: usize, one: &str, more: &str) -> String {
    format!("{} {}", count(many), if many == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_time_is_named_with_its_limit() {
        let window = Window { limit: 30, period: Duration::from_mins(5) };
        let forecast = Forecast {
            values: 5_000,
            stat_requests: 5,
            look_ups: 412,
            wait: Duration::from_mins(70),
            bound_by: Some((Api::Profile, window)),
            ..Forecast::default()
        };
        assert_eq!(
            lines(&forecast, None, 6),
            [
                "417 requests, about 70 minutes",
                "412 new gamertags: 70 minutes at 30 per 5 minutes; known ones are free"
            ]
        );
    }

    #[test]
    fn what_costs_none_says_so() {
        let forecast = Forecast { stat_requests: 12, known_names: 24, ..Forecast::default() };
        let each = Some(Duration::from_millis(200));
        assert_eq!(lines(&forecast, each, 6), ["12 requests, about 0.4 s, no waiting"]);
        assert_eq!(lines(&forecast, None, 6), ["12 requests, no waiting"]);
        assert_eq!(lines(&Forecast::default(), each, 6), ["Everything is known: no request, no waiting"]);
        let one = Forecast { look_ups: 1, known_names: 1, ..Forecast::default() };
        assert_eq!(lines(&one, None, 6)[1], "1 new gamertag to look up; the known one is free");
    }

    #[test]
    fn a_wait_for_stats_is_told_too() {
        let window = Window { limit: 300, period: Duration::from_mins(5) };
        let forecast = Forecast {
            stat_requests: 3_000,
            wait: Duration::from_mins(45),
            bound_by: Some((Api::Stats, window)),
            ..Forecast::default()
        };
        assert_eq!(lines(&forecast, None, 6)[1], "3,000 requests for stats: 45 minutes at 300 per 5 minutes");
    }
}
