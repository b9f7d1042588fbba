use std::sync::Arc;

use statlens::{
    analysis::{
        Figure,
        view::{Line, ViewInput},
    },
    model::{Group, GroupBy, Grouping, SeriesSlot, SortBy, Statistic, ViewSettings},
};

use crate::world::*;

fn by_mode() -> ViewSettings {
    ViewSettings { grouping: Some(Grouping::new(GroupBy::Column(field("Mode")))), ..ViewSettings::default() }
}

#[test]
fn rows_stand_under_their_header_with_a_subtotal() {
    let two = table(&[("Kills", "1 2 30 4 5 6"), ("Mode", "b10 a b9 a ? b9")]);
    let mut settings = by_mode();
    settings.sort = vec![descending(SortBy::Column(field("Kills")))];
    let view = view(two, settings);
    assert_eq!(view.order(), [3, 1, 2, 5, 0, 4]);
    let labels: Vec<Option<&str>> = view.groups().iter().map(|group| group.label.as_deref()).collect();
    assert_eq!(labels, [Some("a"), Some("b9"), Some("b10"), None], "in natural order, the rest last");
    assert_eq!(view.lines(), 10);
    let lines: Vec<Line> = (0..).map_while(|line| view.line(line)).collect();
    assert_eq!(lines[..4], [Line::Group(0), Line::Player(3), Line::Player(1), Line::Group(1)]);
    let subtotal = |group, statistic| view.subtotals(group, 0).unwrap().statistic(statistic);
    assert_eq!(subtotal(1, Statistic::Sum), Some(Figure::Int(36)));
    assert_eq!(subtotal(1, Statistic::Median), Some(Figure::Int(18)));
    assert_eq!(subtotal(3, Statistic::Deviation), None, "of one number");
    assert_eq!(view.subtotals(3, 1).unwrap().statistic(Statistic::Missing), Some(Figure::Int(1)));
}

#[test]
fn what_is_collapsed_keeps_its_rows_in_the_order() {
    let two = table(&[("Kills", "1 2 3 4"), ("Mode", "a b a ?")]);
    let mut settings = by_mode();
    settings.grouping.as_mut().unwrap().collapsed = vec!["a".into()];
    settings.grouping.as_mut().unwrap().rest_collapsed = true;
    let view = view(two, settings);
    assert_eq!(view.order(), [0, 2, 1, 3]);
    let lines: Vec<Line> = (0..).map_while(|line| view.line(line)).collect();
    assert_eq!(lines, [Line::Group(0), Line::Group(1), Line::Player(1), Line::Group(2)]);
    assert_eq!((view.line_of(0), view.line_of(1), view.line_of(3)), (None, Some(2), None));
}

#[test]
fn player_groups_stand_in_the_order_of_the_query() {
    let mut input = input(table(&[("Kills", "1 2 3 4")]), ViewSettings::default());
    input.groups = [group("Zeta", &[3]), group("Alpha", &[0, 3])].into();
    let grouping = Some(Grouping::new(GroupBy::PlayerGroup));
    input.settings = Arc::new(ViewSettings { grouping: grouping.clone(), ..ViewSettings::default() });
    let view = computed(input.clone());
    assert_eq!(view.order(), [3, 0, 1, 2], "in two groups, a player stands in the first");
    assert_eq!(view.groups()[1].group, Some(1));
    let sort = vec![descending(SortBy::Group)];
    input.settings = Arc::new(ViewSettings { grouping, sort, ..ViewSettings::default() });
    assert_eq!(computed(input).order(), [0, 3, 1, 2], "turned round, the rest still last");
}

#[test]
fn without_the_column_to_group_by_rows_stand_plainly() {
    let view = view(table(&[("Kills", "2 1")]), by_mode());
    assert_eq!((view.order(), view.groups().len(), view.problems().len()), (&[0, 1][..], 0, 1));
}

#[test]
fn a_group_that_looks_another_way_gives_the_same_view() {
    let plain = input(table(&[("Kills", "1 2 3")]), ViewSettings::default());
    let with = |group: Group| ViewInput { groups: Arc::new([group]), ..plain.clone() };
    let pros = group("Pros", &[1]);
    let mut pink = pros.clone();
    pink.look.colour = Some(SeriesSlot::from_index(2));
    assert_eq!(with(pros.clone()), with(pink));
    assert_ne!(with(pros.clone()), with(group("Pros", &[2])));
    assert_ne!(with(pros), with(group("Others", &[1])));
}
