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
    /// The kinds that are still to be asked for, by place, last first.
    queue: Vec<usize>,
    /// The question under way: its number, and which kind. One at a time: the engine drops what it has
    /// not answered when it is asked again.
    open: Option<(u64, usize)>,
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
    /// Ask, beginning with [`Forecasts::begin`].
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

    /// Begins to ask anew, for all kinds or, where there is no table to reuse, for the first alone.
    /// Answers to earlier questions are dropped.
    pub(crate) fn begin(&mut self, with_table: bool) {
        self.open = None;
        self.queue = if with_table { (0..KINDS.len()).rev().collect() } else { vec![0] };
        if !with_table {
            self.answers[1..].fill(None);
        }
    }

    /// The next question to ask, once the one before is answered: its number and which kind.
    pub(crate) fn question(&mut self) -> Option<(u64, Option<Ask>)> {
        if self.open.is_some() {
            return None;
        }
        let slot = self.queue.pop()?;
        self.last += 1;
        self.open = Some((self.last, slot));
        Some((self.last, KINDS[slot]))
    }

    /// Takes an answer, unless a newer question makes it worthless.
    pub(crate) fn answer(&mut self, number: u64, forecast: &Forecast, now: UnixMillis) {
        let Some((_, slot)) = self.open.take_if(|(open, _)| *open == number) else { return };
        if !forecast.wait.is_zero() {
            self.hold = Some(UnixMillis(now.0 + HOLDS));
        }
        self.answers[slot] = Some(forecast.clone());
    }

    /// Forgets everything: nothing can be fetched, or another service is talked to.
    pub(crate) fn clear(&mut self) {
        *self = Self { last: self.last, ..Self::default() };
    }

    /// Whether it is still to be said what all would cost. What a part would cost is told in a menu.
    pub(crate) fn is_busy(&self) -> bool {
        self.due.is_some() || self.queue.contains(&0) || self.open.is_some_and(|(_, slot)| slot == 0)
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
    fn one_is_asked_after_the_other_and_answers_to_older_questions_are_dropped() {
        let mut forecasts = Forecasts::default();
        forecasts.begin(true);
        let (old, _) = forecasts.question().unwrap();
        forecasts.begin(true);
        let (all, kind) = forecasts.question().unwrap();
        assert_eq!((kind, forecasts.question()), (None, None));
        forecasts.answer(old, &of(1), NOW);
        assert_eq!(forecasts.of(None), None);
        assert!(forecasts.is_busy());
        forecasts.answer(all, &of(2), NOW);
        assert!(!forecasts.is_busy());
        let (missing, kind) = forecasts.question().unwrap();
        assert_eq!(kind, Some(Ask::Missing));
        forecasts.answer(missing, &of(3), NOW);
        let (failed, kind) = forecasts.question().unwrap();
        assert_eq!(kind, Some(Ask::Failed));
        forecasts.answer(failed, &of(4), NOW);
        assert_eq!(forecasts.question(), None);
        let values =
            [None, Some(Ask::Missing), Some(Ask::Failed)].map(|kind| forecasts.of(kind).unwrap().values);
        assert_eq!(values, [2, 3, 4]);
        forecasts.begin(false);
        assert_eq!(forecasts.of(None).unwrap().values, 2, "the old answer stays until the new one is there");
        assert_eq!(forecasts.of(Some(Ask::Missing)), None, "without a table there is nothing to reuse");
    }

    #[test]
    fn an_answer_that_speaks_of_waiting_grows_old() {
        let mut forecasts = Forecasts::default();
        forecasts.step(basis(1), 0.0, NOW);
        forecasts.begin(false);
        let (number, _) = forecasts.question().unwrap();
        forecasts.answer(number, &Forecast { wait: Duration::from_mins(1), ..of(1) }, NOW);
        assert_eq!(forecasts.step(basis(1), 1.0, NOW), Step::Rest);
        assert_eq!(forecasts.step(basis(1), 1.0, UnixMillis(NOW.0 + HOLDS)), Step::Ask);
    }
}
