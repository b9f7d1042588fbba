//! Any query is written and read again, over any file; no text makes the reader panic.

use proptest::prelude::*;
use statlens::{
    formats::query_file::{parse, write},
    model::{
        Beside, Chart, Choice, Cohort, ColourBy, ColourRule, ColourSlot, ColumnKey, ColumnSettings, Columns,
        Compare, Comparison, Contestant, DerivedColumn, Field, Filter, Gamertag, Group, GroupBy, GroupLook,
        GroupTest, Grouping, HeatScope, HeldBy, Layout, MarkerShape, Normalise, Number, PlayerEntry,
        PlayerRef, Query, QueryTitle, RankOrder, Reference, ScatterParts, Scid, SeriesSlot, Sort, SortBy,
        StatName, Statistic, Test, TextTest, TitleId, ViewSettings, Xuid,
    },
};

use crate::{FILE, key};

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z ]{0,8}", "\\PC{0,8}", "[\"'\\\\#\n\t,\\[\\]{}=]{0,6}"]
}

fn any_key() -> impl Strategy<Value = ColumnKey> {
    ("[a-c]", "[A-Ca\"'. ]{1,4}").prop_map(|(scid, stat)| key(&scid, &stat))
}

fn any_player() -> impl Strategy<Value = PlayerRef> {
    prop_oneof![
        any::<u64>().prop_map(|xuid| PlayerRef::Xuid(Xuid(xuid))),
        "[A-Za-z]{1,6}(#[0-9]{1,4})?|[0-9]{1,15}|[가-힣]{1,6}"
            .prop_map(|name| PlayerRef::Gamertag(Gamertag::from_wire(&name))),
    ]
}

fn any_title() -> impl Strategy<Value = QueryTitle> {
    let stats = prop::collection::vec("[A-C ,\"']{1,3}", 0..4);
    (any_text(), "[a-e]", prop::option::of(any::<u32>()), stats).prop_map(|(name, scid, title_id, stats)| {
        QueryTitle {
            name,
            scid: Scid::from_wire(&scid),
            title_id: title_id.map(TitleId),
            stats: stats.iter().map(|stat| StatName::from_wire(stat)).collect(),
        }
    })
}

fn any_field() -> impl Strategy<Value = Field> {
    prop_oneof![any_key().prop_map(Field::Stat), any_text().prop_map(Field::derived)]
}

fn any_bound() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i64>().prop_map(|int| Number::Int(int.into())),
        any::<i128>().prop_map(Number::Int),
        any::<f64>().prop_filter("finite", |real| real.is_finite()).prop_map(Number::Real),
    ]
}

fn any_text_test() -> impl Strategy<Value = TextTest> {
    (any_text(), 0..4).prop_map(|(text, kind)| match kind {
        0 => TextTest::Contains(text),
        1 => TextTest::Equals(text),
        2 => TextTest::StartsWith(text),
        _ => TextTest::Matches(text),
    })
}

fn any_test() -> impl Strategy<Value = Test> {
    let comparison = prop_oneof![
        Just(Comparison::Equal),
        Just(Comparison::NotEqual),
        Just(Comparison::Less),
        Just(Comparison::AtMost),
        Just(Comparison::Greater),
        Just(Comparison::AtLeast),
    ];
    prop_oneof![
        (comparison, any_bound()).prop_map(|(comparison, bound)| Test::Compare(comparison, bound)),
        (any_bound(), any_bound()).prop_map(|(least, greatest)| Test::Between(least, greatest)),
        any_text_test().prop_map(Test::Text),
        prop::collection::vec(any_text(), 0..3).prop_map(Test::OneOf),
        any::<u32>().prop_map(Test::Top),
        any::<u32>().prop_map(Test::Bottom),
        prop_oneof![Just(Test::Missing), Just(Test::Failed), Just(Test::HasValue), Just(Test::Outlier)],
    ]
}

fn any_sort() -> impl Strategy<Value = Sort> {
    let by = prop_oneof![
        Just(SortBy::Player),
        Just(SortBy::Group),
        any_field().prop_map(SortBy::Column),
        any_field().prop_map(SortBy::Absolute),
        any_field().prop_map(SortBy::Change),
    ];
    (by, any::<bool>()).prop_map(|(by, descending)| Sort { by, descending })
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let held_by = prop_oneof![Just(HeldBy::Any), Just(HeldBy::All), Just(HeldBy::One), Just(HeldBy::None)];
    let groups = (held_by, prop::collection::vec(any_text(), 0..3))
        .prop_map(|(held_by, groups)| Filter::Groups(GroupTest { held_by, groups }));
    prop_oneof![
        any_text_test().prop_map(Filter::Player),
        groups,
        (any_field(), any_test()).prop_map(|(field, test)| Filter::Column(field, test)),
    ]
}

fn any_normalise() -> impl Strategy<Value = Normalise> {
    prop_oneof![
        Just(Normalise::Raw),
        Just(Normalise::Difference),
        Just(Normalise::Ratio),
        Just(Normalise::ShareOfGreatest),
        Just(Normalise::ZScore),
        Just(Normalise::Percentile),
        (any_field(), any_bound()).prop_map(|(field, factor)| Normalise::Per(field, factor)),
    ]
}

fn any_reference() -> impl Strategy<Value = Reference> {
    let cohort = prop_oneof![Just(Cohort::All), any_text().prop_map(Cohort::Group)];
    prop_oneof![
        any_player().prop_map(Reference::Player),
        cohort.clone().prop_map(Reference::Median),
        cohort.clone().prop_map(Reference::Mean),
        (0u8..=100, cohort).prop_map(|(percent, cohort)| Reference::Percentile(percent, cohort)),
    ]
}

fn any_statistic() -> impl Strategy<Value = Statistic> {
    (0..Statistic::ALL.len()).prop_map(|at| Statistic::ALL[at])
}

fn any_grouping() -> impl Strategy<Value = Grouping> {
    let by = prop_oneof![Just(GroupBy::PlayerGroup), any_field().prop_map(GroupBy::Column)];
    (by, prop::collection::vec(any_text(), 0..3), any::<bool>(), any_statistic()).prop_map(
        |(by, collapsed, rest_collapsed, subtotal)| Grouping { by, collapsed, rest_collapsed, subtotal },
    )
}

fn any_columns() -> impl Strategy<Value = Columns> {
    let rank = prop_oneof![Just(RankOrder::GreatestFirst), Just(RankOrder::LeastFirst)];
    let settings =
        (any_field(), any::<bool>(), prop::option::of(any::<u16>()), prop::option::of(rank), any::<bool>())
            .prop_map(|(field, hidden, width, rank, percentile)| ColumnSettings {
                field,
                hidden,
                width,
                rank,
                percentile,
            });
    let order = prop::collection::vec(any_field(), 0..3);
    (order, any::<u16>(), prop::collection::vec(settings, 0..3))
        .prop_map(|(order, frozen, settings)| Columns { order, frozen, settings })
}

fn any_view() -> impl Strategy<Value = ViewSettings> {
    let layout = prop_oneof![Just(Layout::Wide), Just(Layout::Transposed), Just(Layout::Long)];
    let heat_scope = prop_oneof![Just(HeatScope::Column), Just(HeatScope::Row), Just(HeatScope::Title)];
    let rule = (prop::option::of(any_field()), any_test(), 0usize..11).prop_map(|(field, test, colour)| {
        ColourRule { field, test, colour: ColourSlot::all().nth(colour).expect("one of eleven") }
    });
    let derived = (any_text(), any_text()).prop_map(|(name, formula)| DerivedColumn { name, formula });
    let rows = (
        prop::collection::vec(any_sort(), 0..3),
        prop::collection::vec(any_filter(), 0..3),
        any_normalise(),
        any_reference(),
        prop::option::of(any_grouping()),
        layout,
        any_columns(),
    );
    let looks = (
        prop::array::uniform4(any::<bool>()),
        prop::collection::vec(any_statistic(), 0..3),
        heat_scope,
        prop::collection::vec(rule, 0..3),
        prop::collection::vec(derived, 0..3),
    );
    (rows, looks).prop_map(|(rows, looks)| {
        let (sort, filters, normalise, reference, grouping, layout, columns) = rows;
        let ([row_numbers, heat_map, diverging, bars], summary, heat_scope, rules, derived) = looks;
        ViewSettings {
            sort,
            filters,
            normalise,
            reference,
            grouping,
            layout,
            columns,
            row_numbers,
            summary,
            heat_map,
            heat_scope,
            diverging,
            bars,
            rules,
            derived,
        }
    })
}

fn any_choice<T: Choice + std::fmt::Debug>() -> impl Strategy<Value = T> {
    prop::sample::select(T::ALL)
}

fn any_chart() -> impl Strategy<Value = Chart> {
    let columns = (
        prop::collection::vec(any_field(), 0..3),
        prop::option::of(any_field()),
        prop::option::of(any_field()),
        prop::option::of(any_field()),
        prop_oneof![Just(ColourBy::Group), Just(ColourBy::Nothing), any_field().prop_map(ColourBy::Field)],
    );
    let scales = (any_choice(), any_choice(), any_choice());
    let forms = (any_choice(), any_choice(), any_choice(), any_choice(), any_choice(), any_choice());
    let parts = (any::<bool>(), any::<bool>(), any::<bool>())
        .prop_map(|(trend, margins, labels)| ScatterParts { trend, margins, labels });
    (prop::option::of(any_choice()), columns, scales, forms, parts).prop_map(
        |(kind, (stats, x, y, size, colour), scales, forms, scatter)| Chart {
            kind,
            stats,
            x,
            y,
            size,
            colour,
            x_scale: scales.0,
            y_scale: scales.1,
            scale: scales.2,
            bars: forms.0,
            distribution: forms.1,
            boxes: forms.2,
            correlation: forms.3,
            scatter,
            heat_order: forms.4,
            split: forms.5,
        },
    )
}

fn any_compare() -> impl Strategy<Value = Compare> {
    let contestant =
        (any_reference(), any::<bool>(), prop::option::of(0usize..8)).prop_map(|(who, pinned, colour)| {
            Contestant { who, pinned, colour: colour.map(SeriesSlot::from_index) }
        });
    let beside = prop_oneof![
        Just(Beside::Difference),
        Just(Beside::ZScore),
        Just(Beside::Percentile),
        Just(Beside::Ratio),
        Just(Beside::Nothing),
    ];
    (
        prop::collection::vec(contestant, 0..10),
        prop::option::of(any_reference()),
        beside,
        prop::collection::vec(any_field(), 0..3),
    )
        .prop_map(|(contestants, reference, beside, profile)| {
            let mut compare = Compare { contestants, reference, beside, profile };
            compare.tidy();
            compare
        })
}

fn any_query() -> impl Strategy<Value = Query> {
    let players = prop::collection::vec(any_text().prop_map(|text| PlayerEntry::new(&text)), 0..6);
    let look = (prop::option::of(0usize..8), prop::option::of(0usize..8)).prop_map(|(colour, shape)| {
        GroupLook { colour: colour.map(SeriesSlot::from_index), shape: shape.map(MarkerShape::from_index) }
    });
    let group = (any_text(), prop::collection::vec(any_player(), 0..4), look)
        .prop_map(|(name, players, look)| Group { name, players, look });
    (
        any_text(),
        players,
        prop::collection::vec(group, 0..3),
        prop::collection::vec(any_title(), 0..4),
        any_view(),
        prop::collection::vec(any_chart(), 0..3),
        any_compare(),
    )
        .prop_map(|(name, players, groups, titles, view, charts, compare)| Query {
            name,
            players,
            groups,
            titles,
            view,
            charts,
            compare,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_query_comes_back(before in any_query(), after in any_query()) {
        let first = write(&before, None);
        prop_assert_eq!(&parse(&first).expect("what was written is read").query, &before);
        prop_assert_eq!(&write(&before, Some(&first)), &first);
        let second = write(&after, Some(&first));
        prop_assert_eq!(&parse(&second).expect("what was changed is read").query, &after);
        let over = write(&after, Some(FILE));
        prop_assert_eq!(&parse(&over).expect("what was changed is read").query, &after);
        for kept in ["# Ours.", "owner = \"ada\"", "# coaches", "# that is all", "kind = \"pie\"", "zoom = 1.5"] {
            prop_assert!(over.contains(kept), "{} is gone from\n{}", kept, over);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "(name|players|\\[\\[?title\\]?\\]|scid|view| = |\\[|\\]|\\{|\\}|\"|a|,|\n|\\.|5|'|é){0,30}") {
        if let Err(error) = parse(&text) {
            prop_assert!(error.line >= 1 && error.line <= text.matches('\n').count() + 1);
        }
    }
}
