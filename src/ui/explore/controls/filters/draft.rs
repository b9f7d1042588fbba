//! A condition while it is typed.

use crate::{
    analysis::{FigureFormat, view},
    model::{Comparison, Field, Filter, GroupTest, HeldBy, Test, TextTest},
    ui::explore::controls::{
        fields::{Fields, Holds},
        words,
    },
};

/// A filter while it is typed.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::explore) struct Draft {
    pub(in crate::ui::explore) subject: Subject,
    /// The condition on the name, or on the cell.
    pub(in crate::ui::explore) test: TestDraft,
    /// How many of the chosen groups must hold the player.
    pub(in crate::ui::explore) held_by: HeldBy,
}

/// What a filter is about.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::explore) enum Subject {
    /// The name that is shown for the player.
    Player,
    /// The groups that hold the player.
    Groups,
    /// The cell in this column.
    Column(Field),
}

/// A condition on a cell, or on a text, while it is typed.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::explore) struct TestDraft {
    pub(in crate::ui::explore) kind: Kind,
    /// What is typed in the field, or in the first of two.
    pub(in crate::ui::explore) first: String,
    /// What is typed in the second field.
    pub(in crate::ui::explore) second: String,
    /// The texts, or the groups, that are ticked.
    pub(in crate::ui::explore) ticked: Vec<String>,
}

/// What kind of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::explore) enum Kind {
    Compare(Comparison),
    Between,
    Top,
    Bottom,
    Outlier,
    Contains,
    Equals,
    StartsWith,
    Matches,
    OneOf,
    Missing,
    Failed,
    HasValue,
}

/// Why what is typed is no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::explore) struct Wrong {
    /// The field that it is about.
    pub(in crate::ui::explore) at: At,
    /// What to type instead: a sentence without the final stop.
    pub(in crate::ui::explore) words: String,
}

/// A field of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::explore) enum At {
    First,
    Second,
    List,
}

const NUMBERS: [Kind; 10] = [
    Kind::Compare(Comparison::AtLeast),
    Kind::Compare(Comparison::Greater),
    Kind::Compare(Comparison::AtMost),
    Kind::Compare(Comparison::Less),
    Kind::Compare(Comparison::Equal),
    Kind::Compare(Comparison::NotEqual),
    Kind::Between,
    Kind::Top,
    Kind::Bottom,
    Kind::Outlier,
];
const TEXTS: [Kind; 4] = [Kind::Contains, Kind::Equals, Kind::StartsWith, Kind::Matches];
const STATES: [Kind; 3] = [Kind::HasValue, Kind::Missing, Kind::Failed];

impl Kind {
    /// Those that make sense for a column, the likeliest first.
    pub(in crate::ui::explore) fn of(holds: Holds, is_derived: bool) -> Vec<Self> {
        let states = STATES.into_iter().filter(|kind| !is_derived || *kind != Self::Failed);
        match holds {
            Holds::Numbers => NUMBERS.into_iter().chain(states).collect(),
            Holds::Texts => std::iter::once(Self::OneOf).chain(TEXTS).chain(states).collect(),
            Holds::Nothing => states.chain(NUMBERS).chain(TEXTS).collect(),
        }
    }

    /// Those for the names of players.
    pub(in crate::ui::explore) fn of_names() -> Vec<Self> {
        TEXTS.to_vec()
    }

    /// What a chip calls it.
    pub(in crate::ui::explore) fn label(self) -> &'static str {
        match self {
            Self::Compare(comparison) => words::sign(comparison),
            Self::Between => "between",
            Self::Top => "top",
            Self::Bottom => "bottom",
            Self::Outlier => "outliers",
            Self::Contains => "contains",
            Self::Equals => "is",
            Self::StartsWith => "starts with",
            Self::Matches => "matches",
            Self::OneOf => "one of",
            Self::Missing => "no value",
            Self::Failed => "failed",
            Self::HasValue => "has a value",
        }
    }

    /// What it means.
    pub(in crate::ui::explore) fn hint(self) -> &'static str {
        match self {
            Self::Compare(Comparison::Equal) => "Equal to a number",
            Self::Compare(Comparison::NotEqual) => "Another number than one",
            Self::Compare(Comparison::Less) => "Less than a number",
            Self::Compare(Comparison::AtMost) => "A number or less",
            Self::Compare(Comparison::Greater) => "Greater than a number",
            Self::Compare(Comparison::AtLeast) => "A number or greater",
            Self::Between => "From one number to another, both included",
            Self::Top => "Among the so many greatest of the rows that other filters leave",
            Self::Bottom => "Among the so many least of the rows that other filters leave",
            Self::Outlier => "Far from the middle half: 1.5 times its width or more outside",
            Self::Contains => "Holds a text anywhere",
            Self::Equals => "Is a text, whatever its case",
            Self::StartsWith => "Starts with a text",
            Self::Matches => "A regular expression is found in it",
            Self::OneOf => "One of the ticked values",
            Self::Missing => "The service answered without a value",
            Self::Failed => "The value could not be read",
            Self::HasValue => "There is a value",
        }
    }
}

impl TestDraft {
    /// A condition of this kind with nothing typed.
    pub(in crate::ui::explore) fn new(kind: Kind) -> Self {
        Self { kind, first: String::new(), second: String::new(), ticked: Vec::new() }
    }

    /// A condition as it is typed.
    pub(in crate::ui::explore) fn of(test: &Test, format: &FigureFormat) -> Self {
        let mut draft = Self::new(match test {
            Test::Compare(comparison, _) => Kind::Compare(*comparison),
            Test::Between(..) => Kind::Between,
            Test::Text(test) => return Self::of_text(test),
            Test::OneOf(_) => Kind::OneOf,
            Test::Missing => Kind::Missing,
            Test::Failed => Kind::Failed,
            Test::HasValue => Kind::HasValue,
            Test::Top(_) => Kind::Top,
            Test::Bottom(_) => Kind::Bottom,
            Test::Outlier => Kind::Outlier,
        });
        match test {
            Test::Compare(_, number) => draft.first = format.typed(*number),
            Test::Between(least, greatest) => {
                draft.first = format.typed(*least);
                draft.second = format.typed(*greatest);
            }
            Test::Top(count) | Test::Bottom(count) => draft.first = count.to_string(),
            Test::OneOf(texts) => draft.ticked.clone_from(texts),
            Test::Text(_) | Test::Missing | Test::Failed | Test::HasValue | Test::Outlier => {}
        }
        draft
    }

    fn of_text(test: &TextTest) -> Self {
        let (kind, wanted) = match test {
            TextTest::Contains(wanted) => (Kind::Contains, wanted),
            TextTest::Equals(wanted) => (Kind::Equals, wanted),
            TextTest::StartsWith(wanted) => (Kind::StartsWith, wanted),
            TextTest::Matches(wanted) => (Kind::Matches, wanted),
        };
        Self { first: wanted.clone(), ..Self::new(kind) }
    }

    /// The condition that is typed.
    pub(in crate::ui::explore) fn read(&self, format: &FigureFormat) -> Result<Test, Wrong> {
        Ok(match self.kind {
            Kind::Compare(comparison) => return self.read_comparison(comparison, format),
            Kind::Between => {
                let number = |at, text: &str| format.read(text).map_err(|error| wrong(at, error.to_string()));
                let (first, second) = (number(At::First, &self.first)?, number(At::Second, &self.second)?);
                if first.as_f64() <= second.as_f64() {
                    Test::Between(first, second)
                } else {
                    Test::Between(second, first)
                }
            }
            Kind::Top => Test::Top(self.read_count()?),
            Kind::Bottom => Test::Bottom(self.read_count()?),
            Kind::Outlier => Test::Outlier,
            Kind::Missing => Test::Missing,
            Kind::Failed => Test::Failed,
            Kind::HasValue => Test::HasValue,
            Kind::OneOf if self.ticked.is_empty() => return Err(wrong(At::List, "Tick at least one value")),
            Kind::OneOf => Test::OneOf(self.ticked.clone()),
            Kind::Contains | Kind::Equals | Kind::StartsWith | Kind::Matches => Test::Text(self.read_text()?),
        })
    }

    /// A number, or a whole condition such as `> 1 h 30 m` or `10..20`, whatever sign is chosen.
    fn read_comparison(&self, comparison: Comparison, format: &FigureFormat) -> Result<Test, Wrong> {
        match (format.read(&self.first), format.read_test(&self.first)) {
            (Ok(number), _) => Ok(Test::Compare(comparison, number)),
            (Err(_), Ok(test @ (Test::Compare(..) | Test::Between(..)))) => Ok(test),
            (Err(error), _) => Err(wrong(At::First, error.to_string())),
        }
    }

    fn read_count(&self) -> Result<u32, Wrong> {
        let digits: String = self.first.trim().split(',').collect();
        let count = digits.parse::<u32>().ok().filter(|count| *count > 0);
        count.ok_or_else(|| wrong(At::First, "Type how many, such as 10"))
    }

    fn read_text(&self) -> Result<TextTest, Wrong> {
        let text = self.first.clone();
        if text.is_empty() {
            return Err(wrong(At::First, "Type a text"));
        }
        Ok(match self.kind {
            Kind::Equals => TextTest::Equals(text),
            Kind::StartsWith => TextTest::StartsWith(text),
            Kind::Matches => match view::pattern_problem(&text) {
                Some(words) => return Err(wrong(At::First, words)),
                None => TextTest::Matches(text),
            },
            _ => TextTest::Contains(text),
        })
    }

    /// Whether nothing was typed or ticked yet, so that nothing can be wrong with it.
    pub(in crate::ui::explore) fn is_blank(&self, at: At) -> bool {
        match at {
            At::First => self.first.trim().is_empty(),
            At::Second => self.second.trim().is_empty(),
            At::List => self.ticked.is_empty(),
        }
    }
}

impl Draft {
    /// A filter with nothing typed.
    pub(in crate::ui::explore) fn new(subject: Subject, fields: &Fields) -> Self {
        let kinds = kinds(&subject, fields);
        Self {
            subject,
            test: TestDraft::new(kinds.first().copied().unwrap_or(Kind::HasValue)),
            held_by: HeldBy::Any,
        }
    }

    /// A filter as it is typed.
    pub(in crate::ui::explore) fn of(filter: &Filter, fields: &Fields) -> Self {
        match filter {
            Filter::Player(test) => {
                Self { subject: Subject::Player, test: TestDraft::of_text(test), held_by: HeldBy::Any }
            }
            Filter::Groups(test) => Self {
                subject: Subject::Groups,
                test: TestDraft { ticked: test.groups.clone(), ..TestDraft::new(Kind::OneOf) },
                held_by: test.held_by,
            },
            Filter::Column(field, test) => Self {
                subject: Subject::Column(field.clone()),
                test: TestDraft::of(test, &fields.format(field)),
                held_by: HeldBy::Any,
            },
        }
    }

    /// The kinds of conditions to choose from.
    pub(in crate::ui::explore) fn kinds(&self, fields: &Fields) -> Vec<Kind> {
        let mut kinds = kinds(&self.subject, fields);
        if self.subject != Subject::Groups && !kinds.contains(&self.test.kind) {
            kinds.push(self.test.kind);
        }
        kinds
    }

    /// How values of its column are written and read.
    pub(in crate::ui::explore) fn format(&self, fields: &Fields) -> FigureFormat {
        match &self.subject {
            Subject::Column(field) => fields.format(field),
            Subject::Player | Subject::Groups => FigureFormat::default(),
        }
    }

    /// The filter that is typed.
    pub(in crate::ui::explore) fn read(&self, fields: &Fields) -> Result<Filter, Wrong> {
        match &self.subject {
            Subject::Player => self.test.read_text().map(Filter::Player),
            Subject::Groups if self.test.ticked.is_empty() => Err(wrong(At::List, "Tick at least one group")),
            Subject::Groups => {
                Ok(Filter::Groups(GroupTest { held_by: self.held_by, groups: self.test.ticked.clone() }))
            }
            Subject::Column(field) => {
                let test = self.test.read(&fields.format(field))?;
                Ok(Filter::Column(field.clone(), test))
            }
        }
    }
}

fn kinds(subject: &Subject, fields: &Fields) -> Vec<Kind> {
    match subject {
        Subject::Player => Kind::of_names(),
        Subject::Groups => Vec::new(),
        Subject::Column(field) => {
            let holds = fields.get(field).map_or(Holds::Nothing, |look| look.holds);
            Kind::of(holds, field.stat().is_none())
        }
    }
}

fn wrong(at: At, words: impl Into<String>) -> Wrong {
    Wrong { at, words: words.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Number;

    fn format(text: &str) -> FigureFormat {
        FigureFormat::plain((!text.is_empty()).then(|| text.parse().unwrap()))
    }

    fn typed(kind: Kind, first: &str, second: &str) -> TestDraft {
        TestDraft { first: first.into(), second: second.into(), ..TestDraft::new(kind) }
    }

    #[test]
    fn what_is_typed_is_read_in_the_form_of_the_column() {
        let at_least = Kind::Compare(Comparison::AtLeast);
        let compare = |comparison, number| Ok(Test::Compare(comparison, number));
        for (format, draft, expected) in [
            (
                "duration(minutes)",
                typed(at_least, "1 h 30 m", ""),
                compare(Comparison::AtLeast, Number::Int(90)),
            ),
            ("share", typed(at_least, "45 %", ""), compare(Comparison::AtLeast, Number::Real(0.45))),
            ("", typed(at_least, "< 1,500", ""), compare(Comparison::Less, Number::Int(1500))),
            ("", typed(at_least, "10..20", ""), Ok(Test::Between(Number::Int(10), Number::Int(20)))),
            ("", typed(Kind::Between, "20", "10"), Ok(Test::Between(Number::Int(10), Number::Int(20)))),
            ("", typed(Kind::Top, "1,000", ""), Ok(Test::Top(1000))),
            ("", typed(Kind::Outlier, "", ""), Ok(Test::Outlier)),
        ] {
            assert_eq!(draft.read(&self::format(format)), expected, "{draft:?}");
        }
    }

    #[test]
    fn bad_input_says_at_the_field_what_is_wrong() {
        let at_least = Kind::Compare(Comparison::AtLeast);
        for (draft, at, words) in [
            (typed(at_least, "", ""), At::First, "Type a number"),
            (typed(at_least, "many", ""), At::First, "Type a number"),
            (typed(at_least, "1,5", ""), At::First, "Write a point before decimals"),
            (typed(Kind::Between, "1", "x"), At::Second, "Type a number"),
            (typed(Kind::Top, "0", ""), At::First, "Type how many"),
            (typed(Kind::Bottom, "2.5", ""), At::First, "Type how many"),
            (typed(Kind::Matches, "(", ""), At::First, "The regular expression cannot be read"),
            (typed(Kind::Contains, "", ""), At::First, "Type a text"),
            (typed(Kind::OneOf, "", ""), At::List, "Tick at least one value"),
        ] {
            let wrong = draft.read(&format("")).expect_err("no condition");
            assert_eq!(wrong.at, at, "{draft:?}");
            assert!(wrong.words.starts_with(words), "{}", wrong.words);
        }
    }

    #[test]
    fn every_filter_is_typed_again_as_it_was() {
        let format = format("duration(minutes)");
        for test in [
            Test::Compare(Comparison::NotEqual, Number::Int(90)),
            Test::Compare(Comparison::Less, Number::Real(0.123_456_789)),
            Test::Between(Number::Int(-5), Number::Int(i128::MAX)),
            Test::Text(TextTest::Matches("^a.*b$".into())),
            Test::Text(TextTest::Contains(" a ".into())),
            Test::OneOf(vec!["a".into(), "b".into()]),
            Test::Missing,
            Test::Failed,
            Test::HasValue,
            Test::Top(3),
            Test::Bottom(4),
            Test::Outlier,
        ] {
            assert_eq!(TestDraft::of(&test, &format).read(&format), Ok(test));
        }
    }

    #[test]
    fn a_kind_in_use_is_offered_although_it_is_unlikely() {
        let fields = Fields::default();
        let filter = Filter::Player(TextTest::Equals("a".into()));
        assert_eq!(Draft::of(&filter, &fields).read(&fields), Ok(filter));
        let groups = Filter::Groups(GroupTest { held_by: HeldBy::One, groups: vec!["A".into()] });
        assert_eq!(Draft::of(&groups, &fields).read(&fields), Ok(groups));
        let derived = Filter::Column(Field::derived("K/D"), Test::Failed);
        assert!(Draft::of(&derived, &fields).kinds(&fields).contains(&Kind::Failed));
    }
}
