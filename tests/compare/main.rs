//! The Compare screen, by its accessible names.

mod columns;
mod copied;
mod pictures;
mod world;

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use statlens::model::{
    Better, Cohort, Compare, Filter, Reference, StatDictionary, TextTest, TimeUnit, ValueFormat,
};

use world::{NAMES, SIZE, all_of, cells, chip, click, harness, has, heads, player, press, usual, world};

#[test]
fn each_cell_tells_who_what_how_much_and_by_how_much_better() {
    let harness = harness(usual(), SIZE);
    assert_eq!(
        cells(&harness, "Kills"),
        [
            "TigerShark, Kills: 1,903",
            "Okapi#12, Kills: 2,624, +721, better",
            "QuietOrbit, Kills: 4,531, +2,628, better, best",
        ]
    );
    assert_eq!(
        cells(&harness, "Deaths"),
        [
            "TigerShark, Deaths: 1,098, best",
            "Okapi#12, Deaths: 2,259, +1,161, worse",
            "QuietOrbit, Deaths: no value",
        ]
    );
    assert_eq!(
        cells(&harness, "Minutes")[1],
        "Okapi#12, Minutes: 7,950, +4,387",
        "neither more nor less of it is better"
    );
    assert_eq!(
        cells(&harness, "Wins")[1..],
        ["Okapi#12, Wins: 318, +176, better, best", "QuietOrbit, Wins: 318, +176, better, best"]
    );
    let heads: Vec<String> = harness
        .query_all_by_role(Role::ColumnHeader)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert!(heads.contains(&"TigerShark, reference, best in 1 of 4, blue circle".to_owned()), "{heads:?}");
    assert!(heads.contains(&"QuietOrbit, best in 3 of 4, pink square".to_owned()), "{heads:?}");
    let (what, better) = harness.state().state.status().unwrap();
    assert_eq!(what, "3 players · 5 stats in 2 titles");
    assert_eq!(better, "Better is up, except Deaths, neither in Minutes (from the stat dictionary)");
}

#[test]
fn the_four_kinds_of_nothing_are_told_apart_and_never_the_best() {
    let mut world = usual();
    world.query.compare = Compare::default();
    for name in ["Silent", "HexaWren"] {
        let who = world.query.players[NAMES.iter().position(|other| *other == name).unwrap()]
            .read()
            .unwrap()
            .clone();
        world.query.compare.add(Reference::Player(who)).unwrap();
    }
    let harness = harness(world, SIZE);
    for (stat, told) in [
        ("Kills", "Silent, Kills: failed, 403"),
        ("Deaths", "Silent, Deaths: pending"),
        ("Wins", "Silent, Wins: not asked"),
        ("Laps", "Silent, Laps: no value"),
    ] {
        assert_eq!(cells(&harness, stat)[0], told);
        assert!(!cells(&harness, stat)[1].contains("best"), "one number alone is best of nothing");
    }
}

#[test]
fn figures_of_all_and_groups_take_part_as_columns() {
    let world = all_of(usual(), Reference::Median(Cohort::All));
    let harness = harness(all_of(world, Reference::Mean(Cohort::Group("Pros".into()))), SIZE);
    let kills = cells(&harness, "Kills");
    assert_eq!(kills[3], "median of all 6, Kills: 1,903");
    assert_eq!(kills[4], "mean of Pros, Kills: 2,263.5, +360.5, better");
    assert_eq!(heads(&harness)[3], "median of all 6");
    assert!(has(&harness, "mean of Pros, 2 players, best in 0 of 4"));
    assert_eq!(
        harness.state().state.status().unwrap().0,
        "3 players, 1 group and 1 reference · 5 stats in 2 titles"
    );
}

#[test]
fn what_stands_beside_the_numbers_is_chosen() {
    let mut harness = harness(usual(), SIZE);
    for (choice, told) in [
        ("Z-score", "QuietOrbit, Kills: 4,531, z-score +1.6, best"),
        ("Percentile", "QuietOrbit, Kills: 4,531, percentile 90th, best"),
        ("Ratio", "QuietOrbit, Kills: 4,531, ratio 2.38×, best"),
        ("Nothing", "QuietOrbit, Kills: 4,531, best"),
    ] {
        chip(&mut harness, "Show");
        click(&mut harness, Role::RadioButton, choice);
        assert_eq!(cells(&harness, "Kills")[2], told);
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn the_others_are_held_against_whom_one_chooses() {
    let mut harness = harness(usual(), SIZE);
    chip(&mut harness, "Reference");
    click(&mut harness, Role::RadioButton, "QuietOrbit");
    assert_eq!(cells(&harness, "Kills")[0], "TigerShark, Kills: 1,903, −2,628, worse");
    click(&mut harness, Role::RadioButton, "mean of all 6");
    assert_eq!(cells(&harness, "Laps")[0], "TigerShark, Laps: 212, +24.2, better");
    click(&mut harness, Role::RadioButton, "As in Explore: median of all 6");
    assert_eq!(harness.state().query.compare.reference, None);
    assert_eq!(cells(&harness, "Kills")[0], "TigerShark, Kills: 1,903, ±0");
}

#[test]
fn differences_are_written_as_the_dictionary_says_of_the_stat() {
    let iron = "7492baca-c1b4-440d-a391-b7ef364a8d40";
    let columns = vec![world::column(iron, "BestLap", &["64", "62", "62"])];
    let mut world = world(&NAMES[..3], columns, &NAMES[..3]);
    let mut dictionary = StatDictionary::default();
    let lap = dictionary.stat_mut(&world::key(iron, "BestLap"));
    lap.better = Some(Better::Lower);
    lap.name = Some("Best lap".into());
    lap.format = Some(ValueFormat::Duration(TimeUnit::Seconds));
    world.dictionary = std::sync::Arc::new(dictionary);
    let harness = harness(world, SIZE);
    assert_eq!(
        cells(&harness, "Best lap")[..2],
        ["TigerShark, Best lap: 1:04", "Okapi#12, Best lap: 1:02, −2 s, better, best"]
    );
}

#[test]
fn values_are_those_of_explore() {
    let mut harness = harness(usual(), SIZE);
    chip(&mut harness, "Values");
    click(&mut harness, Role::RadioButton, "Ratio to the reference");
    assert_eq!(cells(&harness, "Kills")[2], "QuietOrbit, Kills: 2.38×, +1.38×, better, best");
    click(&mut harness, Role::RadioButton, "Raw");
    harness.state_mut().query.view.filters = vec![Filter::Player(TextTest::Equals("TigerShark".into()))];
    harness.run();
    assert_eq!(cells(&harness, "Kills").len(), 3, "who is compared stays when filtered out");
    assert!(has(&harness, "percentile among 1 player"));
}

#[test]
fn the_profile_and_the_order_of_differences_are_told() {
    let mut harness = harness(usual(), Vec2::new(1300.0, 1200.0));
    assert!(has(
        &harness,
        "Profile of TigerShark, Okapi#12, QuietOrbit on Kills, Deaths, Wins, Minutes, Laps"
    ));
    assert!(has(&harness, "QuietOrbit: Kills 4,531, 90th percentile; Deaths no value; Wins 318"));
    let bars: Vec<String> = harness
        .query_all_by_role(Role::ListItem)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.contains("z-score"))
        .collect();
    assert!(bars[0].starts_with("TigerShark, Kills: z-score "), "{bars:?}");
    assert_eq!(bars.len(), 14, "no bar without a number");
    click(&mut harness, Role::Button, "Where they differ most");
    assert!(!has(&harness, "TigerShark, Kills: z-score"));
    click(&mut harness, Role::Button, "Where they differ most");
    chip(&mut harness, "Stats");
    for stat in ["Kills", "Wins", "Laps"] {
        click(&mut harness, Role::CheckBox, stat);
    }
    assert!(has(&harness, "A profile takes three to eight stats"));
    assert_eq!(harness.state().query.compare.profile.len(), 2);
}

#[test]
fn the_profile_says_which_stats_are_turned_round() {
    let mut harness = harness(usual(), Vec2::new(1300.0, 1200.0));
    harness.get_by_label("Turned round, as less is better: Deaths");
    assert!(has(&harness, "Deaths 1,098, 38th percentile (less is better)"));
    chip(&mut harness, "Stats");
    click(&mut harness, Role::CheckBox, "Deaths");
    assert!(!has(&harness, "Turned round"));
}

#[test]
fn only_who_has_nobody_above_or_below_is_at_an_end() {
    let names: Vec<String> = (0..400).map(|player| format!("Player{player}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let numbers: Vec<String> = (0..400).map(|player| player.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let iron = "7492baca-c1b4-440d-a391-b7ef364a8d40";
    let mut world =
        world(&names, vec![world::column(iron, "Kills", &numbers)], &["Player0", "Player1", "Player398"]);
    world.query.compare.beside = statlens::model::Beside::Percentile;
    let harness = harness(world, SIZE);
    assert_eq!(
        cells(&harness, "Kills"),
        [
            "Player0, Kills: 0, percentile 1st",
            "Player1, Kills: 1, percentile 1st",
            "Player398, Kills: 398, percentile 99th, best",
        ]
    );
}

#[test]
fn pointing_at_a_figure_to_measure_by_greys_nobody() {
    let world = all_of(usual(), Reference::Median(Cohort::All));
    let mut harness = harness(world, Vec2::new(1300.0, 1000.0));
    let cell = |harness: &world::Screen, column: usize| {
        harness.get_by_label(&cells(harness, "Kills")[column]).rect().center()
    };
    let (player, median) = (cell(&harness, 1), cell(&harness, 3));
    let nowhere = beside(&mut harness, egui::pos2(20.0, 900.0));
    assert!(beside(&mut harness, player) != nowhere, "the others give way to a player");
    assert!(beside(&mut harness, median) == nowhere);
    let head = harness.get_by_role_and_label(Role::ColumnHeader, "median of all 6").rect().center();
    assert!(beside(&mut harness, head) == nowhere);
    click(&mut harness, Role::Button, "Menu of Okapi#12");
    let entry = harness.get_by_role_and_label(Role::Button, "Drop").rect().center();
    assert!(beside(&mut harness, entry) == nowhere, "a menu lies over the columns");
}

/// The bars beside the table while the pointer is at a place. Tooltips end above them.
fn beside(harness: &mut world::Screen, pointer: egui::Pos2) -> Vec<[u8; 4]> {
    harness.hover_at(pointer);
    harness.run();
    let picture = harness.render().expect("a picture");
    let from = harness.get_by_role_and_label(Role::Button, "Where they differ most").rect().left_bottom();
    let bars = picture.enumerate_pixels().filter(|(x, y, _)| *x >= from.x as u32 && *y >= from.y as u32);
    bars.map(|(_, _, pixel)| pixel.0).collect()
}

#[test]
fn nobody_compared_yet_is_said_with_buttons_that_change_it() {
    let mut world = usual();
    world.query.compare = Compare::default();
    let mut harness = harness(world, SIZE);
    assert!(has(&harness, "Nobody is compared yet"));
    assert!(harness.state().state.status().is_none());
    click(&mut harness, Role::Button, "Compare the first 4 players shown");
    assert_eq!(heads(&harness), NAMES[..4]);
    harness.state_mut().query.compare = Compare::default();
    harness.state_mut().explore.select_player(1);
    harness.run();
    assert!(!has(&harness, "Compare the 1 selected"));
}

#[test]
fn a_player_who_left_the_query_stays_named_and_is_said_to_be_absent() {
    let mut world = usual();
    world.query.players.remove(1);
    let gone = all_of(world, Reference::Player(player("Nobody99")));
    let harness = harness(gone, SIZE);
    assert!(has(&harness, "Okapi#12, left the query, best in"), "the values of the last fetch are there");
    assert!(has(&harness, "Nobody99, absent: left the query"));
    assert_eq!(cells(&harness, "Kills")[3], "Nobody99, Kills: absent");
}

#[test]
fn one_player_and_no_numbers_are_shown_without_a_best() {
    let mut world = usual();
    world.query.compare.contestants.truncate(1);
    let harness = harness(world, SIZE);
    assert_eq!(cells(&harness, "Kills"), ["TigerShark, Kills: 1,903"]);
    assert!(has(&harness, "Two players with different numbers are needed"));
}

#[test]
fn an_idle_screen_draws_no_frame() {
    let mut harness = harness(usual(), SIZE);
    harness.run();
    assert!(!harness.ctx.has_requested_repaint());
}

#[test]
fn it_fits_a_narrow_window() {
    let mut harness = harness(usual(), Vec2::new(640.0, 300.0));
    assert!(!has(&harness, "Profile"));
    assert_eq!(cells(&harness, "Kills").len(), 3);
    harness.set_size(Vec2::new(320.0, 200.0));
    harness.run();
    harness.get_by_role_and_label(Role::Grid, "Comparison");
}

#[test]
fn a_large_table_is_compared_beside_the_window() {
    let names: Vec<String> = (0..9_000).map(|player| format!("Player{player}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let numbers: Vec<String> = (0..9_000).map(|player| (player * 7919 % 9_000).to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let iron = "7492baca-c1b4-440d-a391-b7ef364a8d40";
    let columns = (0..8).map(|stat| world::column(iron, &format!("Stat{stat}"), &numbers)).collect();
    let mut harness = harness(world(&names, columns, &names[..2]), SIZE);
    for _ in 0..1_000_000 {
        if !cells(&harness, "Stat0").is_empty() {
            break;
        }
        harness.step();
        std::thread::yield_now();
    }
    assert_eq!(cells(&harness, "Stat0"), ["Player0, Stat0: 0", "Player1, Stat0: 7,919, +7,919"]);
}
