//! Colour rules: which colour a cell of the grid has by its value.

use std::cmp::Ordering;

use regex::Regex;

use super::{Figure, quantile, view::filter::compiled};
use crate::model::{Cell, ColourRule, ColourSlot, Comparison, Field, Test, TextTest};

/// The rules that concern one column, made ready. Made once when rules or values change, then asked
/// for each cell that is drawn.
#[derive(Clone, Debug, Default)]
pub struct ColumnRules {
    ready: Vec<(Ready, ColourSlot)>,
    problems: Vec<(usize, String)>,
}

/// A cell, as rules see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RuleCell<'a> {
    /// A value, with its text as sent, or as a formula gave it.
    Value {
        /// The number, when it is one.
        figure: Option<Figure>,
        /// The text; empty for a number that was worked out.
        text: &'a str,
    },
    /// Answered without a value, or a formula came to nothing.
    Missing,
    /// Could not be read.
    Failed,
    /// Not asked for, or still to come: no rule applies.
    Other,
}

impl<'a> From<Cell<'a>> for RuleCell<'a> {
    fn from(cell: Cell<'a>) -> Self {
        match cell {
            Cell::Value(value) => Self::Value { figure: Figure::of(&value), text: value.text },
            Cell::NoValue => Self::Missing,
            Cell::Failed(_) => Self::Failed,
            Cell::NotAsked | Cell::Pending => Self::Other,
        }
    }
}

impl From<Option<Figure>> for RuleCell<'_> {
    /// What a formula came to.
    fn from(figure: Option<Figure>) -> Self {
        figure.map_or(Self::Missing, |figure| Self::Value { figure: Some(figure), text: "" })
    }
}

impl ColumnRules {
    /// Makes ready those of the view's `rules` that concern `field`. `numbers` are those of the
    /// column by row of the table, NaN for none, and `rows` those among which the greatest, the
    /// least and outliers are found. Takes a pass over them for each such rule, else nearly nothing.
    #[must_use]
    pub fn new(rules: &[ColourRule], field: &Field, numbers: &[f64], rows: &[u32]) -> Self {
        let mut found = Self::default();
        for (place, rule) in rules.iter().enumerate() {
            if rule.field.as_ref().is_some_and(|of| of != field) {
                continue;
            }
            match Ready::new(&rule.test, numbers, rows) {
                Ok(ready) => found.ready.push((ready, rule.colour)),
                Err(words) => found.problems.push((place, words)),
            }
        }
        found
    }

    /// Whether no rule concerns the column.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ready.is_empty()
    }

    /// The colour of a cell: that of the first rule whose condition it meets.
    #[must_use]
    pub fn colour<'a>(&self, cell: impl Into<RuleCell<'a>>) -> Option<ColourSlot> {
        let cell = cell.into();
        self.ready.iter().find(|(ready, _)| ready.is_met(&cell)).map(|(_, colour)| *colour)
    }

    /// The rules that cannot be applied, by their place in the list, and why: one sentence each
    /// without the final stop.
    #[must_use]
    pub fn problems(&self) -> &[(usize, String)] {
        &self.problems
    }
}

/// A condition with everything found out that does not depend on the cell.
#[derive(Clone, Debug)]
enum Ready {
    Compare(Comparison, Figure),
    Between(Figure, Figure),
    Text(ReadyText),
    OneOf(Vec<String>),
    Missing,
    Failed,
    HasValue,
    /// Below the first or above the second.
    Outside(f64, f64),
    Never,
}

#[derive(Clone, Debug)]
enum ReadyText {
    Contains(String),
    Equals(String),
    StartsWith(String),
    Matches(Regex),
}

impl Ready {
    fn new(test: &Test, numbers: &[f64], rows: &[u32]) -> Result<Self, String> {
        Ok(match test {
            Test::Compare(comparison, number) => Self::Compare(*comparison, Figure::from(*number)),
            Test::Between(least, greatest) => Self::Between(Figure::from(*least), Figure::from(*greatest)),
            Test::Text(test) => Self::Text(ReadyText::new(test)?),
            Test::OneOf(texts) => Self::OneOf(texts.clone()),
            Test::Missing => Self::Missing,
            Test::Failed => Self::Failed,
            Test::HasValue => Self::HasValue,
            Test::Top(count) => last_of(*count, numbers, rows, |left, right| right.total_cmp(left))
                .map_or(Self::Never, |last| Self::Compare(Comparison::AtLeast, Figure::from_f64(last))),
            Test::Bottom(count) => last_of(*count, numbers, rows, f64::total_cmp)
                .map_or(Self::Never, |last| Self::Compare(Comparison::AtMost, Figure::from_f64(last))),
            Test::Outlier => {
                quantile::quantiles(numbers, rows, [0.25, 0.75]).map_or(Self::Never, |[first, third]| {
                    let reach = 1.5 * (third - first);
                    Self::Outside(first - reach, third + reach)
                })
            }
        })
    }

    fn is_met(&self, cell: &RuleCell<'_>) -> bool {
        match (self, cell) {
            (Self::Missing, RuleCell::Missing)
            | (Self::Failed, RuleCell::Failed)
            | (Self::HasValue, RuleCell::Value { .. }) => true,
            (Self::Compare(comparison, bound), RuleCell::Value { figure: Some(figure), .. }) => {
                holds(*comparison, figure.compare(*bound))
            }
            (Self::Between(least, greatest), RuleCell::Value { figure: Some(figure), .. }) => {
                figure.compare(*least).is_ge() && figure.compare(*greatest).is_le()
            }
            (Self::Outside(low, high), RuleCell::Value { figure: Some(figure), .. }) => {
                figure.as_f64() < *low || figure.as_f64() > *high
            }
            (Self::Text(test), RuleCell::Value { text, .. }) => test.is_met(text),
            (Self::OneOf(texts), RuleCell::Value { text, .. }) => texts.iter().any(|one| one == text),
            _ => false,
        }
    }
}

impl ReadyText {
    fn new(test: &TextTest) -> Result<Self, String> {
        Ok(match test {
            TextTest::Contains(wanted) => Self::Contains(wanted.to_lowercase()),
            TextTest::Equals(wanted) => Self::Equals(wanted.to_lowercase()),
            TextTest::StartsWith(wanted) => Self::StartsWith(wanted.to_lowercase()),
            TextTest::Matches(pattern) => Self::Matches(compiled(pattern)?),
        })
    }

    fn is_met(&self, text: &str) -> bool {
        match self {
            Self::Contains(wanted) => text.to_lowercase().contains(wanted),
            Self::Equals(wanted) => text.to_lowercase() == *wanted,
            Self::StartsWith(wanted) => text.to_lowercase().starts_with(wanted),
            Self::Matches(regex) => regex.is_match(text),
        }
    }
}

fn holds(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    }
}

/// The last of the first `count` numbers in an order; `None` when there are none to take.
fn last_of(count: u32, numbers: &[f64], rows: &[u32], order: impl Fn(&f64, &f64) -> Ordering) -> Option<f64> {
    let number = |row: &u32| numbers.get(*row as usize).copied().filter(|number| !number.is_nan());
    let mut standing: Vec<f64> = rows.iter().filter_map(number).collect();
    let place = (count as usize).min(standing.len()).checked_sub(1)?;
    Some(*standing.select_nth_unstable_by(place, order).1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnKey, Number, Scid, SeriesSlot, StatName};

    const NUMBERS: [f64; 8] = [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 100.0, f64::NAN];
    const ROWS: [u32; 8] = [0, 1, 2, 3, 4, 5, 6, 7];

    fn field(stat: &str) -> Field {
        ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(stat) }.into()
    }

    fn rules(tests: impl IntoIterator<Item = Test>) -> ColumnRules {
        let rule = |(place, test)| ColourRule {
            field: None,
            test,
            colour: ColourSlot::Series(SeriesSlot::from_index(place)),
        };
        let rules: Vec<ColourRule> = tests.into_iter().enumerate().map(rule).collect();
        ColumnRules::new(&rules, &field("Kills"), &NUMBERS, &ROWS)
    }

    /// Which of the rules colours a cell.
    fn first(rules: &ColumnRules, cell: RuleCell<'_>) -> Option<usize> {
        rules.colour(cell).map(|slot| match slot {
            ColourSlot::Series(slot) => slot.index(),
            other => panic!("{other}"),
        })
    }

    fn number(number: f64) -> RuleCell<'static> {
        RuleCell::from(Some(Figure::from_f64(number)))
    }

    fn text(text: &str) -> RuleCell<'_> {
        RuleCell::Value { figure: None, text }
    }

    #[test]
    fn the_first_rule_that_holds_wins() {
        let compare = |comparison, bound| Test::Compare(comparison, Number::Int(bound));
        let rules = rules([
            compare(Comparison::Greater, 100),
            Test::Between(Number::Int(10), Number::Real(20.5)),
            compare(Comparison::NotEqual, 5),
            Test::Missing,
            Test::Failed,
            Test::HasValue,
        ]);
        assert_eq!(first(&rules, number(101.0)), Some(0));
        assert_eq!(first(&rules, number(20.5)), Some(1));
        assert_eq!(first(&rules, number(100.0)), Some(2));
        assert_eq!(first(&rules, RuleCell::Missing), Some(3));
        assert_eq!(first(&rules, RuleCell::Failed), Some(4));
        assert_eq!(first(&rules, number(5.0)), Some(5));
        assert_eq!(first(&rules, text("Gold")), Some(5), "a text is no number that differs");
        assert_eq!(first(&rules, RuleCell::Other), None);
    }

    #[test]
    fn a_rule_for_another_column_does_not_concern_this_one() {
        let rule = |of: Option<&str>| ColourRule {
            field: of.map(field),
            test: Test::HasValue,
            colour: ColourSlot::Accent,
        };
        let of = |of| ColumnRules::new(&[rule(of)], &field("Kills"), &NUMBERS, &ROWS).colour(number(1.0));
        assert_eq!(of(Some("Kills")), Some(ColourSlot::Accent));
        assert_eq!(of(Some("Deaths")), None);
        assert_eq!(of(None), Some(ColourSlot::Accent));
    }

    #[test]
    fn the_greatest_the_least_and_outliers_are_found_among_the_rows() {
        let is = |test: Test, value: f64| first(&rules([test]), number(value)).is_some();
        assert!(is(Test::Top(2), 15.0) && is(Test::Top(2), 100.0) && !is(Test::Top(2), 14.0));
        assert!(is(Test::Bottom(1), 10.0) && !is(Test::Bottom(1), 11.0));
        assert!(is(Test::Top(99), 10.0) && !is(Test::Top(0), 100.0));
        assert!(is(Test::Outlier, 100.0) && !is(Test::Outlier, 15.0));
        let none = ColumnRules::new(&[], &field("Kills"), &NUMBERS, &ROWS);
        assert!(none.is_empty());
    }

    #[test]
    fn texts_are_compared_without_case_and_a_bad_pattern_is_a_problem() {
        let is = |test: TextTest, cell: &str| first(&rules([Test::Text(test)]), text(cell)).is_some();
        assert!(is(TextTest::Contains("OL".into()), "Gold") && !is(TextTest::Contains("x".into()), "Gold"));
        assert!(is(TextTest::Equals("gold".into()), "Gold") && !is(TextTest::Equals("gol".into()), "Gold"));
        assert!(is(TextTest::StartsWith("g".into()), "Gold"));
        assert!(is(TextTest::Matches("^G.*d$".into()), "Gold"));
        let broken = rules([Test::Text(TextTest::Matches("(".into())), Test::HasValue]);
        assert_eq!(broken.problems()[0].0, 0);
        assert_eq!(first(&broken, text("Gold")), Some(1), "the other rules still hold");
        assert_eq!(first(&rules([Test::OneOf(vec!["Gold".into()])]), text("Gold")), Some(0));
    }

    #[test]
    fn large_integers_are_compared_exactly() {
        let bound = Number::Int(9_007_199_254_740_993);
        let rules = rules([Test::Compare(Comparison::Equal, bound)]);
        let cell = |int| RuleCell::from(Some(Figure::Int(int)));
        assert_eq!(first(&rules, cell(9_007_199_254_740_993)), Some(0));
        assert_eq!(first(&rules, cell(9_007_199_254_740_992)), None);
    }
}
