use std::sync::Arc;

use statlens::{
    analysis::{
        Later, Stop, View,
        view::{Shade, Shows, Spot},
    },
    model::{
        ColumnSettings, Columns, Comparison, Field, Filter, GroupBy, Grouping, HeatScope, Layout, Number,
        RankOrder, SortBy, StatTable, Test, ViewSettings,
    },
};

use crate::world::*;

fn names(view: &View) -> Vec<String> {
    view.columns().iter().map(|column| column.field.name().to_owned()).collect()
}

#[test]
fn columns_are_ordered_hidden_and_followed_by_ranks() {
    let mut input =
        input(table(&[("A", "3 1 ? 3"), ("B", "1 2 3 4"), ("C", "1 2 3 4")]), ViewSettings::default());
    input.derived = vec![derived("D", &[1.0, 2.0, 3.0, 4.0])];
    let settings = |field, change: fn(&mut ColumnSettings)| {
        let mut settings = ColumnSettings::new(field);
        change(&mut settings);
        settings
    };
    let columns = Columns {
        order: vec![Field::derived("D"), field("Gone"), field("C"), field("C")],
        frozen: 1,
        settings: vec![
            settings(field("B"), |column| column.hidden = true),
            settings(field("A"), |column| {
                column.rank = Some(RankOrder::GreatestFirst);
                column.percentile = true;
                column.width = Some(70);
            }),
        ],
    };
    input.settings = Arc::new(ViewSettings { columns, ..ViewSettings::default() });
    let view = computed(input);
    assert_eq!(names(&view), ["D", "C", "A", "A", "A"]);
    assert_eq!(view.columns()[2].width, Some(70));
    assert_eq!(view.columns()[3].shows, Shows::Rank(RankOrder::GreatestFirst));
    assert_eq!(column_written(&view, 3), ["#1", "#3", ".", "#1"], "equals share the best rank");
    let third = 100.0 / 3.0;
    let percentiles: Vec<String> =
        [third * 2.0, third / 2.0, f64::NAN, third * 2.0].iter().map(f64::to_string).collect();
    let shown = column_written(&view, 4);
    for (row, expected) in [(0, &percentiles[0]), (1, &percentiles[1]), (3, &percentiles[3])] {
        let shown: f64 = shown[row].trim_start_matches('=').parse().unwrap();
        assert!((shown - expected.parse::<f64>().unwrap()).abs() < 1e-9);
    }
    assert_eq!(shown[2], ".");
}

#[test]
fn every_layout_finds_each_cell_where_it_shows_it() {
    for layout in [Layout::Wide, Layout::Transposed, Layout::Long] {
        for grouping in [None, Some(Grouping::new(GroupBy::Column(field("B"))))] {
            let settings = ViewSettings {
                layout,
                grouping,
                sort: vec![descending(SortBy::Column(field("A")))],
                ..ViewSettings::default()
            };
            let view = view(table(&[("A", "3 1 ? 3"), ("B", "x y x y")]), settings);
            let mut cells = 0;
            for y in 0..view.height() {
                for x in 0..view.width() {
                    if let Some(Spot::Cell { row, column }) = view.spot(y, x) {
                        assert_eq!(view.place_of(row, column), Some((y, x)), "{layout:?}");
                        cells += 1;
                    }
                }
            }
            assert_eq!(cells, 8, "{layout:?}");
            assert_eq!(view.spot(view.height(), 0), None);
            assert_eq!(view.spot(0, view.width()), None);
        }
    }
}

#[test]
fn an_empty_table_has_no_places() {
    for layout in [Layout::Wide, Layout::Transposed, Layout::Long] {
        let view = view(table(&[]), ViewSettings { layout, ..ViewSettings::default() });
        assert_eq!((view.height(), view.width(), view.spot(0, 0)), (0, 0, None));
    }
}

#[test]
fn shades_compare_within_column_row_or_title() {
    let shades = |heat_scope, diverging| {
        let settings = ViewSettings { heat_map: true, heat_scope, diverging, ..ViewSettings::default() };
        let view = view(table(&[("A", "0 10 5"), ("B", "20 0 ?")]), settings);
        (0..3).map(|row| [view.shade(row, 0), view.shade(row, 1)]).collect::<Vec<_>>()
    };
    let share = |share| Some(Shade::Share(share));
    let side = |side| Some(Shade::Side(side));
    assert_eq!(
        shades(HeatScope::Column, false),
        [[share(0.0), share(1.0)], [share(1.0), share(0.0)], [share(0.5), None]]
    );
    assert_eq!(
        shades(HeatScope::Row, false),
        [[share(0.0), share(1.0)], [share(1.0), share(0.0)], [share(0.0), None]]
    );
    assert_eq!(
        shades(HeatScope::Title, false),
        [[share(0.0), share(1.0)], [share(0.5), share(0.0)], [share(0.25), None]]
    );
    assert_eq!(
        shades(HeatScope::Column, true),
        [[side(-1.0), side(1.0)], [side(1.0), side(-1.0)], [side(0.0), None]]
    );
    assert_eq!(shades(HeatScope::Row, true)[0], [side(-0.5), side(1.0)]);
}

#[test]
fn bars_reach_from_zero_to_both_sides() {
    let view = view(table(&[("A", "-5 10 ? x"), ("B", "0 0 0 0")]), ViewSettings::default());
    let bars: Vec<_> = (0..4).map(|row| view.bar(row, 0)).collect();
    assert_eq!(bars, [Some(-0.5), Some(1.0), None, None]);
    assert_eq!(view.bar(0, 1), Some(0.0));
}

#[test]
fn while_values_come_the_rows_stay_where_they_are() {
    let settings = ViewSettings {
        sort: vec![ascending(SortBy::Column(field("A")))],
        grouping: Some(Grouping::new(GroupBy::Column(field("B")))),
        ..ViewSettings::default()
    };
    let held = view(table(&[("A", "3 1 2 ~"), ("B", "x y x ~")]), settings);
    assert_eq!(held.order(), [2, 0, 1, 3]);
    let mut later = table(&[("A", "3 1 9 0"), ("B", "y y x x")]);
    later.set_duplicate(0, 2);
    let later = later_of(&held, later, None).expect("the same rows");
    assert_eq!(later.order(), [2, 1, 3]);
    assert_eq!(later.lines(), 6);
    assert_eq!(written(&later, 2, 0), "9");
    assert!(later.totals(0).is_none(), "figures are worked out anew");
    later.prepare([0], &Stop::default()).unwrap();
    assert_eq!(later.totals(0).unwrap().totals.summary.numbers, 3);
    let other = table(&[("A", "3 1 9 0 5"), ("B", "y y x x x")]);
    let rows = [0, 1, 2, 3].map(Some);
    assert!(later_of(&held, other, Some(&rows)).is_none(), "a newcomer has no group yet");
}

#[test]
fn while_values_come_newcomers_stand_last() {
    let sort = vec![ascending(SortBy::Column(field("A")))];
    let settings = ViewSettings { sort, ..ViewSettings::default() };
    let held = view(table(&[("A", "3 1 2")]), settings.clone());
    assert_eq!(held.order(), [1, 2, 0]);
    // The first went, the two others stand last now, and there is another stat.
    let grown = || table(&[("A", "~ ~ ~ ~"), ("B", "1 2 3 4")]);
    let rows = [None, Some(2), Some(3)];
    let later = later_of(&held, grown(), Some(&rows)).expect("rows in no groups");
    assert_eq!(later.order(), [2, 3, 0, 1]);
    assert_eq!(written(&later, 2, 1), "3");

    let test = Test::Compare(Comparison::AtLeast, Number::Int(2));
    let filters = vec![Filter::Column(field("A"), test)];
    let held = view(table(&[("A", "3 1 2")]), ViewSettings { filters, ..settings });
    assert_eq!(held.order(), [2, 0]);
    let later = later_of(&held, grown(), Some(&rows)).expect("rows in no groups");
    assert_eq!(later.order(), [3], "who came in may not pass the filter");
}

/// The same rows in a later table.
fn later_of(held: &View, table: StatTable, rows: Option<&[Option<u32>]>) -> Option<View> {
    held.later(Later { table: Arc::new(table), before: None, derived: Vec::new(), rows })
}
