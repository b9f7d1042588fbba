//! What the next fetch would cost: asked of the engine when anything changed that it depends on.

use crate::{
    engine::{Ask, Forecast},
    model::UnixMillis,
};

/// Seconds that a change is waited out: whoever types changes the query with each key.
const PAUSE: f64 = 0.2;
/// How long an answer that speaks of waiting holds: the limits free themselves with time.
const HOLDS: i64 = 5_000;

/// The kinds of fetch that are offered: all, and what is missing or failed of the table shown.
const KINDS: [Option<Ask>; 3] = [None, Some(Ask::Missing), Some(Ask::Failed)];

/// What a forecast depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Basis {
    /// The query.
    pub(crate) query: u64,
    /// The table that is shown, and with it the names that are known.
    pub(crate) table: u64,
    /// Service, rate limits and settings.
    pub(crate) terms: u64,
}

/// The last answers. They stay while newer ones are awaited.
#[derive(Debug, Default)]
pub(crate) struct Forecasts {
    /// The number of the last question.
    last: u64,
    asked: Option<Basis>,
    /// What is to be asked for next, and since when in seconds of the window.
    due: Option<(Basis, f64)>,
    /// The questions under way, by kind.
    open: [Option<u64>; 3],
    answers: [Option<Forecast>; 3],
    /// Until when the answers hold.
    hold: Option<UnixMillis>,
}

/// What is to be done about the forecasts in a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    /// Nothing.
    Rest,
    /// Look again in so many seconds.
    Wait(f64),
    /// Ask: the questions with [`Forecasts::questions`].
    Ask,
}

impl Forecasts {
    /// Compares what they are of with what they should be of.
    pub(crate) fn step(&mut self, basis: Basis, time: f64, now: UnixMillis) -> Step {
        let is_stale = self.hold.is_some_and(|hold| now >= hold);
        if self.asked == Some(basis) && !is_stale {
            self.due = None;
            return Step::Rest;
        }
        let since = match self.due {
            Some((due, since)) if due == basis => since,
            _ => {
                self.due = Some((basis, time));
                time
            }
        };
        let wait = since + PAUSE - time;
        // The first is asked at once: nothing was typed before it.
        if wait > 0.0 && self.asked.is_some() && !is_stale {
            return Step::Wait(wait);
        }
        (self.asked, self.due, self.hold) = (Some(basis), None, None);
        Step::Ask
    }

    /// New numbers for the questions, one for each kind. Answers to earlier ones are dropped.
    pub(crate) fn questions(&mut self, with_table: bool) -> Vec<(u64, Option<Ask>)> {
        let kinds = if with_table { &KINDS[..] } else { &KINDS[..1] };
        self.open = [None; 3];
        let mut questions = Vec::new();
        for (slot, kind) in kinds.iter().enumerate() {
            self.last += 1;
            self.open[slot] = Some(self.last);
            questions.push((self.last, *kind));
        }
        if !with_table {
            self.answers[1..].fill(None);
        }
        questions
    }

    /// Takes an answer, unless a newer question makes it worthless.
    pub(crate) fn answer(&mut self, number: u64, forecast: &Forecast, now: UnixMillis) {
        let Some(slot) = self.open.iter().position(|open| *open == Some(number)) else { return };
        self.open[slot] = None;
        if !forecast.wait.is_zero() {
            self.hold = Some(UnixMillis(now.0 + HOLDS));
        }
        self.answers[slot] = Some(forecast.clone());
    }

    /// Forgets everything: nothing can be fetched, or another service is talked to.
    pub(crate) fn clear(&mut self) {
        *self = Self { last: self.last, ..Self::default() };
    }

    /// Whether an answer is to come.
    pub(crate) fn is_busy(&self) -> bool {
        self.due.is_some() || self.open.iter().any(Option::is_some)
    }

    /// What it costs; `None` when it is not known. While newer answers are awaited, what it did cost.
    pub(crate) fn of(&self, kind: Option<Ask>) -> Option<&Forecast> {
        let slot = KINDS.iter().position(|known| *known == kind)?;
        self.answers[slot].as_ref()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: UnixMillis = UnixMillis(1_000);

    fn basis(query: u64) -> Basis {
        Basis { query, table: 0, terms: 0 }
    }

    fn of(values: usize) -> Forecast {
        Forecast { values, ..Forecast::default() }
    }

    #[test]
    fn typing_is_waited_out_and_the_last_state_asked_for() {
        let mut forecasts = Forecasts::default();
        assert_eq!(forecasts.step(basis(1), 0.0, NOW), Step::Ask, "the first at once");
        assert_eq!(forecasts.step(basis(1), 0.0, NOW), Step::Rest);
        assert!(matches!(forecasts.step(basis(2), 1.0, NOW), Step::Wait(_)));
        assert!(matches!(forecasts.step(basis(3), 1.15, NOW), Step::Wait(_)));
        assert!(matches!(forecasts.step(basis(3), 1.3, NOW), Step::Wait(_)), "anew with each change");
        assert_eq!(forecasts.step(basis(3), 1.4, NOW), Step::Ask);
        assert!(matches!(forecasts.step(basis(4), 2.0, NOW), Step::Wait(_)));
        assert_eq!(forecasts.step(basis(3), 2.1, NOW), Step::Rest, "taken back before it was asked");
    }

    #[test]
    fn answers_to_older_questions_are_dropped() {
        let mut forecasts = Forecasts::default();
        let [first, ..] = forecasts.questions(true)[..] else { panic!() };
        let [second, missing, failed] = forecasts.questions(true)[..] else { panic!() };
        assert_eq!((missing.1, failed.1), (Some(Ask::Missing), Some(Ask::Failed)));
        forecasts.answer(first.0, &of(1), NOW);
        assert_eq!(forecasts.of(None), None);
        forecasts.answer(second.0, &of(2), NOW);
        forecasts.answer(failed.0, &of(3), NOW);
        assert!(forecasts.is_busy());
        forecasts.answer(missing.0, &of(4), NOW);
        assert!(!forecasts.is_busy());
        assert_eq!(forecasts.of(None).unwrap().values, 2);
        assert_eq!(forecasts.of(Some(Ask::Failed)).unwrap().values, 3);
        forecasts.questions(false);
        assert_eq!(forecasts.of(None).unwrap().values, 2, "the old answer stays until the new one is there");
        assert_eq!(forecasts.of(Some(Ask::Missing)), None, "without a table there is nothing to reuse");
    }

    #[test]
    fn an_answer_that_speaks_of_waiting_grows_old() {
        let mut forecasts = Forecasts::default();
        forecasts.step(basis(1), 0.0, NOW);
        let number = forecasts.questions(false)[0].0;
        forecasts.answer(number, &Forecast { wait: Duration::from_secs(60), ..of(1) }, NOW);
        assert_eq!(forecasts.step(basis(1), 1.0, NOW), Step::Rest);
        assert_eq!(forecasts.step(basis(1), 1.0, UnixMillis(NOW.0 + HOLDS)), Step::Ask);
    }
}
