//! What is said of one stat.

use std::cmp::Ordering;

use crate::{
    analysis::{Figure, chart::radar, moments},
    model::Better,
};

/// What those compared have of one stat.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The place of its column in [`View::columns`](crate::analysis::View::columns).
    pub column: usize,
    /// Which direction is good.
    pub better: Better,
    /// What the others are held against, where it has a number.
    pub held: Option<Figure>,
    /// For each of those compared, in their order.
    pub entries: Vec<Entry>,
    /// Whether there is a best to be: a direction, and two numbers to choose from.
    pub is_judged: bool,
    /// How many standard deviations the players and groups compared are apart; `None` below two
    /// numbers, and where no deviation can be told.
    pub spread: Option<f64>,
}

/// What one of those compared has of a stat.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entry {
    /// The number, on the scale that is shown; `None` where there is none.
    pub figure: Option<Figure>,
    /// How far it is above the reference: exact between integers.
    pub difference: Option<Figure>,
    /// How many times the reference it is.
    pub ratio: Option<f64>,
    /// How many standard deviations it is above the mean of the players shown.
    pub z_score: Option<f64>,
    /// How many in a hundred of the players shown have less, half of those with as much counted.
    pub percentile: Option<f64>,
    /// Whether it is better than the reference.
    pub verdict: Verdict,
    /// Whether no other of the players and groups compared has a better number, and one a worse.
    pub is_best: bool,
}

/// How a number is beside that of the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing to say: one of both has no number, it is the reference itself, both are equal, or neither
    /// direction of the stat is good.
    #[default]
    None,
    /// Better.
    Better,
    /// Worse.
    Worse,
}

/// What a line is held against.
pub(super) struct Against {
    /// The number of the reference.
    pub(super) held: Option<Figure>,
    /// Its place among those compared.
    pub(super) place: Option<usize>,
}

/// The numbers of the players shown.
pub(super) struct Among {
    numbers: Vec<f64>,
    mean: f64,
    /// `None` when they do not differ.
    deviation: Option<f64>,
}

impl Among {
    pub(super) fn of(numbers: &[f64], rows: &[u32]) -> Self {
        let moments = moments::of(numbers, rows);
        let mean = moments.sum() / moments.count as f64;
        let deviation = moments.deviation().filter(|deviation| *deviation > 0.0 && mean.is_finite());
        let numbers = rows.iter().map(|row| numbers[*row as usize]).filter(|number| number.is_finite());
        Self { numbers: numbers.collect(), mean, deviation }
    }

    fn z_score(&self, figure: Figure) -> Option<f64> {
        let score = (figure.as_f64() - self.mean) / self.deviation?;
        score.is_finite().then_some(score)
    }

    fn percentile(&self, figure: Figure) -> Option<f64> {
        (!self.numbers.is_empty()).then(|| radar::percentile(figure.as_f64(), &self.numbers) * 100.0)
    }
}

impl Line {
    pub(super) fn of(
        column: usize,
        better: Better,
        figures: &[Option<Figure>],
        contends: &[bool],
        against: &Against,
        among: &Among,
    ) -> Self {
        let contenders: Vec<Figure> = figures
            .iter()
            .zip(contends)
            .filter(|(_, contends)| **contends)
            .filter_map(|(figure, _)| *figure)
            .collect();
        let is_judged = better != Better::Neither && contenders.len() > 1;
        let best = if is_judged { best(&contenders, better) } else { None };
        let entries: Vec<Entry> = figures
            .iter()
            .zip(contends)
            .enumerate()
            .map(|(place, (figure, contends))| {
                let Some(figure) = *figure else { return Entry::default() };
                let held = against.held.filter(|_| against.place != Some(place));
                Entry {
                    is_best: *contends && best.is_some_and(|best| figure.compare(best).is_eq()),
                    z_score: among.z_score(figure),
                    percentile: among.percentile(figure),
                    ..Entry::beside(figure, held, better)
                }
            })
            .collect();
        let scores: Vec<f64> = entries
            .iter()
            .zip(contends)
            .filter(|(_, contends)| **contends)
            .filter_map(|(entry, _)| entry.z_score)
            .collect();
        Self { column, better, held: against.held, spread: spread(&scores), entries, is_judged }
    }
}

impl Entry {
    /// A number beside that of the reference.
    fn beside(figure: Figure, held: Option<Figure>, better: Better) -> Self {
        let ratio = held.map(|held| figure.as_f64() / held.as_f64()).filter(|ratio| ratio.is_finite());
        let verdict = held.map_or(Verdict::None, |held| Verdict::of(figure.compare(held), better));
        let difference = held.map(|held| figure.minus(held)).filter(|apart| apart.as_f64().is_finite());
        Self { figure: Some(figure), difference, ratio, verdict, ..Self::default() }
    }
}

impl Verdict {
    /// What is said of a number that stands so to the one it is held against.
    #[must_use]
    pub fn of(order: Ordering, better: Better) -> Self {
        match (order, better) {
            (Ordering::Equal, _) | (_, Better::Neither) => Self::None,
            (Ordering::Greater, Better::Higher) | (Ordering::Less, Better::Lower) => Self::Better,
            (Ordering::Greater, Better::Lower) | (Ordering::Less, Better::Higher) => Self::Worse,
        }
    }
}

/// The best of some numbers; `None` when all are equal: nobody is better than anybody then.
fn best(figures: &[Figure], better: Better) -> Option<Figure> {
    let greatest = figures.iter().copied().max_by(|left, right| left.compare(*right))?;
    let least = figures.iter().copied().min_by(|left, right| left.compare(*right))?;
    if greatest.compare(least).is_eq() {
        return None;
    }
    match better {
        Better::Higher => Some(greatest),
        Better::Lower => Some(least),
        Better::Neither => None,
    }
}

/// How far apart some scores are; `None` below two.
fn spread(scores: &[f64]) -> Option<f64> {
    let greatest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = scores.iter().copied().fold(f64::INFINITY, f64::min);
    (scores.len() > 1).then_some(greatest - least)
}
