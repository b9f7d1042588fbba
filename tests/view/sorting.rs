use std::sync::Arc;

use statlens::{
    analysis::{
        Figure,
        view::{Part, Problem},
    },
    model::{Normalise, Number, PlayerRef, Reference, SortBy, ViewSettings, Xuid},
};

use crate::world::*;

#[test]
fn several_keys_weigh_in_their_order() {
    let kills = || table(&[("Kills", "5 3 5 ? 3 !"), ("Deaths", "1 2 0 7 2 9"), ("Mode", "b a b a A ?")]);
    let by = |stat: &str| SortBy::Column(field(stat));
    let order = |keys: &[_]| view(kills(), sorted_by(keys)).order().to_vec();
    assert_eq!(order(&[ascending(by("Kills")), ascending(by("Deaths"))]), [1, 4, 2, 0, 3, 5]);
    assert_eq!(order(&[descending(by("Kills")), ascending(by("Deaths"))]), [2, 0, 1, 4, 3, 5]);
    assert_eq!(order(&[descending(by("Mode")), descending(by("Kills"))]), [0, 2, 1, 3, 4, 5]);
    assert_eq!(order(&[ascending(by("Kills")), descending(SortBy::Player)]), [4, 1, 2, 0, 5, 3]);
}

#[test]
fn rows_are_ordered_by_group_by_size_and_by_change() {
    let mut input = input(table(&[("Kills", "5 -9 ? 7 -1")]), ViewSettings::default());
    input.groups = [group("Pros", &[4, 2]), group("Casual", &[1, 4])].into();
    input.before = Some(Arc::new(table(&[("Deaths", "0 0 0 0 0"), ("Kills", "5 -20 3 ! -4")])));
    let mut order = |keys: &[_]| {
        input.settings = Arc::new(sorted_by(keys));
        computed(input.clone()).order().to_vec()
    };
    assert_eq!(order(&[ascending(SortBy::Group)]), [2, 4, 1, 0, 3]);
    assert_eq!(order(&[descending(SortBy::Group)]), [1, 2, 4, 0, 3]);
    assert_eq!(order(&[ascending(SortBy::Absolute(field("Kills")))]), [4, 0, 3, 1, 2]);
    assert_eq!(order(&[descending(SortBy::Change(field("Kills")))]), [1, 4, 0, 2, 3]);
    let view = computed(input);
    let changes: Vec<_> = (0..5).map(|row| view.change(row, 0).map(Figure::as_f64)).collect();
    assert_eq!(changes, [Some(0.0), Some(11.0), None, None, Some(3.0)]);
}

#[test]
fn what_is_shown_is_what_is_compared() {
    let two = table(&[("Kills", "100 30 50"), ("Hours", "10 1 0")]);
    let mut settings = sorted_by(&[descending(SortBy::Column(field("Kills")))]);
    settings.normalise = Normalise::Per(field("Hours"), Number::Int(1));
    assert_eq!(
        view(two.clone(), settings.clone()).order(),
        [1, 0, 2],
        "without hours there is nothing to show"
    );
    settings.normalise = Normalise::Ratio;
    settings.reference = Reference::Player(PlayerRef::Xuid(Xuid(1)));
    assert_eq!(view(two, settings).order(), [0, 2, 1]);
}

#[test]
fn a_formula_orders_and_a_key_that_is_gone_is_told() {
    let mut input = input(table(&[("Kills", "1 2 3")]), ViewSettings::default());
    input.derived = vec![derived("K/D", &[2.0, f64::NAN, 1.5])];
    let gone = SortBy::Column(field("Gone"));
    let settings =
        sorted_by(&[ascending(gone), ascending(SortBy::Column(statlens::model::Field::derived("K/D")))]);
    input.settings = Arc::new(settings);
    let view = computed(input);
    assert_eq!(view.order(), [2, 0, 1]);
    let words = "The answer has no column Gone".to_owned();
    assert_eq!(view.problems(), [Problem { part: Part::Sort(0), words }]);
}

#[test]
fn names_are_in_natural_order_however_alike_they_begin() {
    let mut names = table(&[("Kills", "1 2 3 4 5 6")]);
    rename(
        &mut names,
        &["aaaaaaaaaaaab10", "aaaaaaaaaaaab9", "AAAAAAAAAAAAB9", "b", "星野ソラ#10", "星野ソラ#9"],
    );
    let by_name = view(names.clone(), sorted_by(&[ascending(SortBy::Player)]));
    assert_eq!(by_name.order(), [2, 1, 0, 3, 5, 4]);
    let by_name = view(names, sorted_by(&[descending(SortBy::Player)]));
    assert_eq!(by_name.order(), [4, 5, 3, 0, 1, 2]);
}

#[test]
fn sizes_beyond_what_a_double_holds_are_told_apart() {
    let large = table(&[("Xp", "-9007199254740993 9007199254740992 -9007199254740994 1")]);
    let by_size = view(large, sorted_by(&[ascending(SortBy::Absolute(field("Xp")))]));
    assert_eq!(by_size.order(), [3, 1, 0, 2]);
}
