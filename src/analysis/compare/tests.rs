use std::sync::Arc;

use super::*;
use crate::{
    analysis::ViewInput,
    model::{
        Cohort, Column, ColumnKey, Contestant, Failure, Filter, Group, Normalise, Player, PlayerRef,
        PlayerRow, Remedy, RowState, Scid, StatName, StatTable, TextTest, ViewSettings, WireForm, WireValue,
        Xuid,
    },
};

fn who(xuid: u64) -> PlayerRef {
    PlayerRef::Xuid(Xuid(xuid))
}

/// A column of short texts: "-" no value, "?" pending, "" not asked, "!" failed, else the value.
fn column(stat: &str, cells: &[&str]) -> Column {
    let key = ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(stat) };
    let failure = Arc::new(Failure {
        status: None,
        reason: "Cut off".into(),
        causes: Vec::new(),
        advice: "Fetch again".into(),
        detail: None,
        remedy: Remedy::Retry,
    });
    let mut column = Column::new(key, cells.len());
    for (row, text) in cells.iter().enumerate() {
        match *text {
            "" => {}
            "-" => column.set_no_value(row),
            "?" => column.set_pending(row),
            "!" => column.set_failed(row, &failure),
            text => column.set_value(row, WireValue { text, form: WireForm::Number, stat_type: "Integer" }),
        }
    }
    column
}

fn view(columns: Vec<Column>, settings: ViewSettings) -> View {
    let players = columns.first().map_or(0, Column::len) as u64;
    let row = |xuid| PlayerRow { asked: who(xuid), state: RowState::Known(Player::nameless(Xuid(xuid))) };
    let table = StatTable::from_parts((0..players).map(row).collect(), columns).unwrap();
    let pros = Group { name: "Pros".into(), players: vec![who(0), who(1)], ..Group::default() };
    let input = ViewInput {
        table: Arc::new(table),
        before: None,
        groups: Arc::from([pros]),
        settings: Arc::new(settings),
        derived: Vec::new(),
    };
    View::compute(input, None, &Stop::default()).unwrap()
}

fn asked(players: impl IntoIterator<Item = u64>, others: &[Reference]) -> Compare {
    let players = players.into_iter().map(|xuid| Reference::Player(who(xuid)));
    let contestants = players.chain(others.iter().cloned()).map(Contestant::new).collect();
    Compare { contestants, ..Compare::default() }
}

fn of(view: &View, asked: &Compare, better: &[Better]) -> Compared {
    compare(view, asked, better, &Stop::default()).unwrap()
}

fn best(compared: &Compared, line: usize) -> Vec<usize> {
    let entries = compared.lines[line].entries.iter().enumerate();
    entries.filter(|(_, entry)| entry.is_best).map(|(place, _)| place).collect()
}

#[test]
fn the_best_follows_the_direction_and_ties_share_it() {
    let columns = vec![
        column("Kills", &["5", "9", "9", "1"]),
        column("Lap", &["60", "50", "70", "1"]),
        column("Visits", &["1", "2", "3", "4"]),
        column("Level", &["7", "7", "7", "1"]),
    ];
    let view = view(columns, ViewSettings::default());
    let better = [Better::Higher, Better::Lower, Better::Neither, Better::Higher];
    let compared = of(&view, &asked(0..3, &[]), &better);
    assert_eq!(best(&compared, 0), [1, 2]);
    assert_eq!(best(&compared, 1), [1]);
    assert!(best(&compared, 2).is_empty(), "neither direction is good");
    assert!(best(&compared, 3).is_empty(), "nobody is better than anybody");
    assert_eq!((compared.wins, compared.judged), (vec![0, 2, 1], 3));
}

#[test]
fn what_is_no_number_is_never_the_best_and_enters_nothing() {
    let columns = vec![
        column("Deaths", &["5", "9", "-", "?", "!", ""]),
        column("Lone", &["5", "-", "-", "-", "-", "-"]),
    ];
    let view = view(columns, ViewSettings::default());
    let mut asked = asked(0..6, &[Reference::Mean(Cohort::All)]);
    asked.reference = Some(Reference::Player(who(0)));
    let compared = of(&view, &asked, &[Better::Lower, Better::Higher]);
    let line = &compared.lines[0];
    assert_eq!(best(&compared, 0), [0]);
    for place in 2..6 {
        assert_eq!(line.entries[place], Entry::default(), "{place}");
    }
    assert_eq!(line.entries[6].figure, Some(Figure::Int(7)), "the mean is of two numbers");
    assert_eq!(line.entries[1].percentile, Some(75.0));
    assert!(best(&compared, 1).is_empty(), "the only number is best of nothing");
    assert_eq!((compared.judged, compared.apart), (1, vec![0]));
}

#[test]
fn differences_have_the_sign_and_the_reference_has_none() {
    let columns = vec![column("Kills", &["10", "4", "0"]), column("Lap", &["60", "50", "60"])];
    let view = view(columns, ViewSettings::default());
    let mut asked = asked(0..3, &[]);
    asked.reference = Some(Reference::Player(who(0)));
    let compared = of(&view, &asked, &[Better::Higher, Better::Lower]);
    assert_eq!(compared.reference, Some(0));
    let [own, other, zero] = compared.lines[0].entries[..] else { panic!("three") };
    assert_eq!((own.difference, own.ratio, own.verdict), (None, None, Verdict::None));
    assert_eq!(
        (other.difference, other.ratio, other.verdict),
        (Some(Figure::Int(-6)), Some(0.4), Verdict::Worse)
    );
    assert_eq!((zero.ratio, zero.verdict), (Some(0.0), Verdict::Worse));
    let lap = &compared.lines[1].entries;
    assert_eq!((lap[1].difference, lap[1].verdict), (Some(Figure::Int(-10)), Verdict::Better));
    assert_eq!((lap[2].difference, lap[2].verdict), (Some(Figure::Int(0)), Verdict::None));
    asked.reference = Some(Reference::Player(who(2)));
    let compared = of(&view, &asked, &[Better::Higher, Better::Lower]);
    let kills = compared.lines[0].entries[0];
    assert_eq!((kills.difference, kills.ratio), (Some(Figure::Int(10)), None), "nothing is a multiple of 0");
}

#[test]
fn without_a_reference_of_its_own_it_takes_that_of_the_view() {
    let settings =
        ViewSettings { reference: Reference::Mean(Cohort::Group("Pros".into())), ..ViewSettings::default() };
    let view = view(vec![column("Kills", &["10", "20", "60"])], settings);
    let pros = Reference::Mean(Cohort::Group("Pros".into()));
    let compared = of(&view, &asked([2], std::slice::from_ref(&pros)), &[Better::Higher]);
    assert_eq!((compared.reference, compared.lines[0].held), (Some(1), Some(Figure::Int(15))));
    assert_eq!(compared.lines[0].entries[0].difference, Some(Figure::Int(45)));
}

#[test]
fn groups_can_be_the_best_and_figures_of_all_cannot() {
    let view = view(vec![column("Kills", &["10", "20", "2", "90"])], ViewSettings::default());
    let pros = Reference::Median(Cohort::Group("Pros".into()));
    let others =
        [pros, Reference::Percentile(100, Cohort::All), Reference::Mean(Cohort::Group("Gone".into()))];
    let compared = of(&view, &asked([2], &others), &[Better::Higher]);
    assert_eq!(best(&compared, 0), [1]);
    let entries = &compared.lines[0].entries;
    assert_eq!(entries[2].figure, Some(Figure::Int(90)));
    assert_eq!(entries[3], Entry::default(), "a group that is gone has no number");
}

#[test]
fn integers_beyond_doubles_are_told_apart() {
    let columns =
        vec![column("Kills", &["1000000000000000001", "1000000000000000000", "-1000000000000000000"])];
    let view = view(columns, ViewSettings::default());
    let mut asked = asked(0..3, &[]);
    asked.reference = Some(Reference::Player(who(1)));
    let compared = of(&view, &asked, &[Better::Higher]);
    assert_eq!(best(&compared, 0), [0]);
    let entries = &compared.lines[0].entries;
    assert_eq!(entries[0].difference, Some(Figure::Int(1)));
    assert_eq!(entries[2].difference, Some(Figure::Int(-2_000_000_000_000_000_000)));
    assert!(entries.iter().all(|entry| entry.z_score.is_some_and(f64::is_finite)));
}

#[test]
fn one_player_or_equal_numbers_have_no_scores() {
    let view = view(vec![column("Kills", &["3", "3"])], ViewSettings::default());
    for players in [0..1, 0..2] {
        let compared = of(&view, &asked(players, &[]), &[Better::Higher]);
        let entry = compared.lines[0].entries[0];
        assert_eq!((entry.z_score, entry.percentile, entry.is_best), (None, Some(50.0), false));
        assert!(compared.apart.is_empty());
    }
    let compared = of(&view, &Compare::default(), &[Better::Higher]);
    assert_eq!((compared.wins.len(), compared.judged), (0, 0));
}

#[test]
fn those_that_differ_most_come_first() {
    let columns = vec![
        column("Near", &["10", "11", "40"]),
        column("Far", &["1", "9", "5"]),
        column("Same", &["5", "5", "1"]),
        column("None", &["-", "-", "1"]),
    ];
    let compared = of(&view(columns, ViewSettings::default()), &asked(0..2, &[]), &[Better::Higher; 4]);
    assert_eq!(compared.apart, [1, 0, 2]);
    assert_eq!(compared.lines[2].spread, Some(0.0));
}

#[test]
fn scores_are_among_the_players_shown_and_of_what_is_shown() {
    let filters = vec![Filter::Player(TextTest::Matches("[0-2]$".into()))];
    let settings = ViewSettings { filters, normalise: Normalise::Ratio, ..ViewSettings::default() };
    let view = view(vec![column("Kills", &["10", "20", "30", "40"])], settings);
    let compared = of(&view, &asked([1, 3], &[]), &[Better::Higher]);
    assert_eq!(compared.among, 3);
    let entries = &compared.lines[0].entries;
    assert_eq!(entries[0].figure, Some(Figure::Real(0.8)), "of the median of all, filtered out or not");
    let scores = |entry: &Entry| (entry.z_score.map(|score| (score * 1e9).round() / 1e9), entry.percentile);
    assert_eq!(scores(&entries[0]), (Some(0.0), Some(50.0)));
    assert_eq!(scores(&entries[1]), (Some(2.0), Some(100.0)));
}

#[test]
fn corners_are_out_where_it_is_better_and_agree_with_the_radar() {
    let columns = vec![
        column("Kills", &["10", "20", "30", "-"]),
        column("Lap", &["60", "50", "40", "45"]),
        column("Level", &["5", "5", "5", "5"]),
    ];
    let better = [Better::Higher, Better::Lower, Better::Neither];
    let view = view(columns, ViewSettings::default());
    let compared = of(&view, &asked([2, 3], &[]), &better);
    let numbers: Vec<&[f64]> = (0..3).map(|column| view.numbers(column).unwrap()).collect();
    let drawn: Vec<(&[f64], Better)> = numbers.into_iter().zip(better).collect();
    let radar = crate::analysis::chart::radar::radar(
        &drawn,
        &[2, 3],
        crate::analysis::chart::radar::Spokes::Percentile,
    );
    let players = radar.unwrap().players;
    for (place, player) in players.iter().enumerate() {
        for (ours, theirs) in compared.corners(place, &[0, 1, 2]).iter().zip(player) {
            let distance = ours.zip(*theirs).map(|(ours, theirs)| (ours - theirs).abs());
            assert!(ours.is_some() == theirs.is_some() && distance.is_none_or(|far| far < 1e-12));
        }
    }
    assert_eq!(compared.corners(1, &[0, 9]), [None, None]);
}

#[test]
fn a_player_is_found_by_name_and_by_xuid_and_may_be_absent() {
    let view = view(vec![column("Kills", &["1", "2"])], ViewSettings::default());
    let compared = of(&view, &asked([1, 9], &[]), &[Better::Higher]);
    assert_eq!(compared.rows, [Some(1), None]);
    assert_eq!(compared.lines[0].entries[1], Entry::default());
    assert!(best(&compared, 0).is_empty());
}
