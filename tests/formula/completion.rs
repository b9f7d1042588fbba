//! What is offered while a formula is typed.

use statlens::{
    analysis::formula::{Completion, CompletionKind, complete},
    model::{DerivedColumn, StatEntry},
};

use crate::world::{World, key, title};

fn world() -> World {
    let stats = ["Kills", "Deaths", "BestLap.Track.04", "TimePlayed"];
    let mut world = World::new(&stats.map(|stat| (stat, vec![])));
    world.query.titles.push(title("Iron Age", &["Deaths", "Wins"]));
    world.query.view.derived.push(DerivedColumn { name: "Kill ratio".into(), formula: String::new() });
    let said = StatEntry { name: Some("Best lap, Harbour Loop".into()), ..StatEntry::default() };
    *world.dictionary.stat_mut(&key("Meridian", "BestLap.Track.04")) = said;
    world
}

/// Completes at the `|` in the text.
fn offers(text: &str) -> Vec<Completion> {
    let cursor = text.find('|').expect("a cursor");
    complete(&text.replace('|', ""), cursor, &world().names())
}

/// The text after the first offer was taken.
fn taken(text: &str) -> String {
    let first = offers(text).into_iter().next().unwrap_or_else(|| panic!("no offer at {text}"));
    let mut taken = text.replace('|', "");
    taken.replace_range(first.replaces, &first.text);
    taken
}

#[test]
fn the_best_offer_takes_the_place_of_what_is_typed() {
    for (text, expected) in [
        ("Wi|", "Wins"),
        ("1 + wi| / 2", "1 + Wins / 2"),
        ("W|ins / 2", "Wins / 2"),
        ("[Wi|", "Wins"),
        ("[Wi|ns] / 2", "Wins / 2"),
        ("[best lap, h|", "[BestLap.Track.04]"),
        ("harb|", "[BestLap.Track.04]"),
        ("track|", "[BestLap.Track.04]"),
        ("played|", "TimePlayed"),
        ("[Kill r|", "[Kill ratio]"),
        ("Meridian::De|", "Meridian::Deaths"),
        ("[Iron Age]::|", "[Iron Age]::Deaths"),
        ("ran|", "rank("),
        ("ran|(Kills)", "rank(Kills)"),
        ("Iro|", "[Iron Age]::"),
        ("dea|", "Meridian::Deaths"),
        ("min(Kills, wi|)", "min(Kills, Wins)"),
    ] {
        assert_eq!(taken(text), expected, "{text}");
    }
}

#[test]
fn where_no_name_can_stand_there_is_no_offer() {
    for text in ["Kills |", "Kills + \"Wi|", "12|", "(Kills) W|", "Nobody::|", "xyzzy|", "Kill r|"] {
        assert_eq!(offers(text), [], "{text}");
    }
}

#[test]
fn where_anything_can_stand_everything_is_offered() {
    let all = offers("|");
    let count = |kind| all.iter().filter(|offer| offer.kind == kind).count();
    assert_eq!(count(CompletionKind::Stat), 6);
    assert_eq!(count(CompletionKind::Formula), 1);
    assert_eq!(count(CompletionKind::Function), 13);
    assert_eq!(count(CompletionKind::Title), 2);
    assert_eq!(all[0].kind, CompletionKind::Formula, "the team's own come first");
    let lap = all.iter().find(|offer| offer.label == "BestLap.Track.04").expect("a stat");
    assert_eq!(lap.detail, "Best lap, Harbour Loop · Meridian");
    assert_eq!(offers("Kills + |").len(), all.len());
}

#[test]
fn a_cursor_within_a_character_or_behind_the_end_harms_nothing() {
    for cursor in 0..12 {
        let _ = complete("é + Kil", cursor, &world().names());
    }
}
