//! Settings in words, as chips and menus say them.

use super::fields::Fields;
use crate::{
    analysis::{Figure, FigureFormat},
    model::{
        Cohort, Comparison, Filter, GroupBy, GroupTest, HeatScope, HeldBy, Layout, Normalise, Number,
        Reference, Sort, SortBy, Statistic, Test, TextTest, ViewSettings,
    },
};

/// More texts than these are counted instead of named.
const MOST_NAMED: usize = 3;

/// What stands in the rows.
pub(super) fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::Wide => "players",
        Layout::Transposed => "stats",
        Layout::Long => "one value each",
    }
}

/// What the chip of the rows says.
pub(in crate::ui::explore) fn rows(settings: &ViewSettings, fields: &Fields) -> String {
    let what = layout(settings.layout);
    match &settings.grouping {
        None => what.to_owned(),
        Some(grouping) => match &grouping.by {
            GroupBy::PlayerGroup => format!("{what} by group"),
            GroupBy::Column(field) => format!("{what} by {}", fields.name(field)),
        },
    }
}

/// What stands in place of each number.
pub(in crate::ui::explore) fn values(normalise: &Normalise, fields: &Fields) -> String {
    match normalise {
        Normalise::Raw => "raw".to_owned(),
        Normalise::Difference => "difference".to_owned(),
        Normalise::Ratio => "ratio".to_owned(),
        Normalise::ShareOfGreatest => "% of maximum".to_owned(),
        Normalise::ZScore => "z-score".to_owned(),
        Normalise::Percentile => "percentile".to_owned(),
        Normalise::Per(field, factor) if *factor == Number::Int(1) => format!("per {}", fields.name(field)),
        Normalise::Per(field, factor) => format!("× {factor} per {}", fields.name(field)),
    }
}

/// What stands in place of each number, and what it is held against; `None` for the numbers
/// themselves.
pub(in crate::ui::explore) fn shown_as(settings: &ViewSettings, fields: &Fields) -> Option<String> {
    let against = || reference(&settings.reference);
    match &settings.normalise {
        Normalise::Raw => None,
        Normalise::Difference => Some(format!("difference from {}", against())),
        Normalise::Ratio => Some(format!("ratio to {}", against())),
        Normalise::ShareOfGreatest => Some("% of the column's maximum".to_owned()),
        other => Some(values(other, fields)),
    }
}

/// What a number is held against.
pub(crate) fn reference(reference: &Reference) -> String {
    reference_with(reference, |percent| format!("{} percentile", ordinal(percent)))
}

/// What a number is held against, with the caller's words for a percentile.
pub(crate) fn reference_with(reference: &Reference, percentile: impl Fn(u8) -> String) -> String {
    let of = |cohort: &Cohort| match cohort {
        Cohort::All => "all".to_owned(),
        Cohort::Group(name) => name.clone(),
    };
    match reference {
        Reference::Player(player) => player.to_string(),
        Reference::Median(cohort) => format!("median of {}", of(cohort)),
        Reference::Mean(cohort) => format!("mean of {}", of(cohort)),
        Reference::Percentile(percent, cohort) => {
            format!("{} of {}", percentile(*percent), of(cohort))
        }
    }
}

/// `90th`
pub(crate) fn ordinal(number: u8) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// How cells are coloured.
pub(in crate::ui::explore) fn heat(settings: &ViewSettings) -> String {
    let scope = match settings.heat_scope {
        HeatScope::Column => "per column",
        HeatScope::Row => "per row",
        HeatScope::Title => "per title",
    };
    let parts = [
        settings.heat_map.then_some(scope),
        (settings.heat_map && settings.diverging).then_some("diverging"),
        settings.bars.then_some("bars"),
        (!settings.rules.is_empty()).then_some("rules"),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "off".to_owned() } else { parts.join(", ") }
}

/// Which rows of figures stand below the grid.
pub(in crate::ui::explore) fn summary(summary: &[Statistic]) -> String {
    match summary {
        [] => "none".to_owned(),
        [one] => statistic(*one).to_lowercase(),
        several => several.len().to_string(),
    }
}

/// A figure that sums up a column.
pub(super) fn statistic(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Count => "Count",
        Statistic::Missing => "Missing",
        Statistic::Sum => "Sum",
        Statistic::Mean => "Mean",
        Statistic::Median => "Median",
        Statistic::P10 => "10th percentile",
        Statistic::P90 => "90th percentile",
        Statistic::Min => "Minimum",
        Statistic::Max => "Maximum",
        Statistic::Deviation => "Standard deviation",
    }
}

/// A key that rows are ordered by.
pub(in crate::ui::explore) fn sort(sort: &Sort, fields: &Fields) -> String {
    let by = match &sort.by {
        SortBy::Player => return format!("player, {}", if sort.descending { "Z to A" } else { "A to Z" }),
        SortBy::Group => {
            return format!("group, {}", if sort.descending { "last first" } else { "first first" });
        }
        SortBy::Column(field) => fields.name(field).to_owned(),
        SortBy::Absolute(field) => format!("{} without sign", fields.name(field)),
        SortBy::Change(field) => format!("change of {}", fields.name(field)),
    };
    format!("{by}, {}", if sort.descending { "greatest first" } else { "least first" })
}

/// A filter, as its chip says it: `Kills per hour ≥ 20`.
pub(in crate::ui::explore) fn filter(filter: &Filter, fields: &Fields) -> String {
    match filter {
        Filter::Player(test) => format!("Player {}", text_test(test)),
        Filter::Groups(test) => groups(test),
        Filter::Column(field, test) => {
            format!("{} {}", fields.name(field), self::test(test, &fields.format(field)))
        }
    }
}

fn groups(test: &GroupTest) -> String {
    let named = |between: &str| match &test.groups[..] {
        [] => "no group".to_owned(),
        groups if groups.len() <= MOST_NAMED => groups.join(between),
        groups => format!("{} groups", groups.len()),
    };
    match test.held_by {
        HeldBy::Any => format!("In {}", named(" or ")),
        HeldBy::All => format!("In {}", named(" and ")),
        HeldBy::One => format!("In only one of {}", named(", ")),
        HeldBy::None => format!("Not in {}", named(" or ")),
    }
}

/// A condition on a cell, to stand behind the name of its column.
pub(super) fn test(test: &Test, format: &FigureFormat) -> String {
    let number = |number: &Number| format.with_unit(format.figure(Figure::from(*number))).into_owned();
    match test {
        Test::Compare(comparison, bound) => format!("{} {}", sign(*comparison), number(bound)),
        Test::Between(least, greatest) => format!("{} to {}", number(least), number(greatest)),
        Test::Text(test) => text_test(test),
        Test::OneOf(texts) => match &texts[..] {
            [] => "is one of none".to_owned(),
            texts if texts.len() <= MOST_NAMED => format!("is {}", texts.join(" or ")),
            texts => format!("is one of {}", texts.len()),
        },
        Test::Missing => "has no value".to_owned(),
        Test::Failed => "failed".to_owned(),
        Test::HasValue => "has a value".to_owned(),
        Test::Top(count) => format!("top {count}"),
        Test::Bottom(count) => format!("bottom {count}"),
        Test::Outlier => "is an outlier".to_owned(),
    }
}

fn text_test(test: &TextTest) -> String {
    match test {
        TextTest::Contains(wanted) => format!("contains “{wanted}”"),
        TextTest::Equals(wanted) => format!("is “{wanted}”"),
        TextTest::StartsWith(wanted) => format!("starts with “{wanted}”"),
        TextTest::Matches(pattern) => format!("matches {pattern}"),
    }
}

/// How two numbers compare, as a sign.
pub(super) fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::Less => "<",
        Comparison::AtMost => "≤",
        Comparison::Greater => ">",
        Comparison::AtLeast => "≥",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, ValueFormat};

    fn format(text: &str) -> FigureFormat {
        FigureFormat::plain(Some(text.parse::<ValueFormat>().unwrap()))
    }

    #[test]
    fn filters_are_said_in_the_form_of_their_column() {
        let fields = Fields::default();
        let of = |test| filter(&Filter::Column(Field::derived("K/D"), test), &fields);
        assert_eq!(of(Test::Compare(Comparison::AtLeast, Number::Int(1_500))), "K/D ≥ 1,500");
        assert_eq!(of(Test::Missing), "K/D has no value");
        assert_eq!(of(Test::OneOf(vec!["Gold".into(), "Silver".into()])), "K/D is Gold or Silver");
        assert_eq!(
            test(&Test::Between(Number::Int(60), Number::Int(90)), &format("duration(minutes)")),
            "1 h 00 m to 1 h 30 m"
        );
        let groups = |held_by, names: &[&str]| {
            let groups = names.iter().map(|name| (*name).to_owned()).collect();
            filter(&Filter::Groups(GroupTest { held_by, groups }), &fields)
        };
        assert_eq!(groups(HeldBy::All, &["A", "B"]), "In A and B");
        assert_eq!(groups(HeldBy::One, &["A", "B"]), "In only one of A, B");
        assert_eq!(groups(HeldBy::None, &["A", "B", "C", "D"]), "Not in 4 groups");
    }

    #[test]
    fn what_is_put_into_a_field_is_read_as_the_same_number() {
        for (text, number, expected) in [
            ("duration(minutes)", Number::Int(90), "1 h 30 m"),
            ("integer", Number::Int(1_234_567), "1,234,567"),
            ("share(0)", Number::Real(0.4567), "0.4567"),
            ("decimals(1)", Number::Real(0.25), "0.25"),
        ] {
            let format = format(text);
            let typed = format.typed(number);
            assert_eq!(typed, expected);
            assert_eq!(format.read(&typed), Ok(number));
        }
    }

    #[test]
    fn places_have_their_endings() {
        let all = [1, 2, 3, 4, 11, 12, 13, 21, 90, 100].map(ordinal);
        assert_eq!(all, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "90th", "100th"]);
    }
}
