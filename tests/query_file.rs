//! Query files: read, broken, changed in place, saved.

use proptest::prelude::*;
use statlens::{
    formats::query_file::{FileError, load, parse, save, write},
    model::{
        BarScale, BarsChart, Beside, Cohort, ColourRule, ColourSlot, ColumnKey, ColumnSettings, Columns,
        Compare, Comparison, Contestant, DerivedColumn, Field, Filter, Gamertag, Group, GroupBy, GroupLook,
        GroupTest, Grouping, HeatScope, HeldBy, Layout, MarkerShape, Normalise, Number, PlayerEntry,
        PlayerRef, Query, QueryTitle, RankOrder, Reference, Scid, SeriesSlot, Sort, SortBy, StatName,
        Statistic, Test, TextTest, TitleId, ViewSettings, Xuid,
    },
};

const FILE: &str = r#"# Ours. Ask Ada before you change it.
format = 1
name = "Ranked night" # shown in the title bar
owner = "ada"

players = [ # the usual ones
    "TigerShark",
    # coaches
    "Dragon#1652", # captain
    'bad<line>',
    2533274792693551,
    # that is all
]

[[group]]
name = "Pros" # blue
players = ["TigerShark", "xuid:5"]
colour = "blue"

# the shooter
[[title]]
name = "Iron Meridian"
scid = "7492BACA-c1b4-440d-a391-b7ef364a8d40"
title_id = "0x6658FD71"
stats = ["Kills", "Deaths"]

[title.note]
text = "keep"

[[title]]
scid = "123456789"
stats = [
    "BestLap", # seconds
]

[[chart]]
kind = "scatter"
x = "Kills"

[[chart]]
kind = "bars"
stats = [
    { scid = "123456789", stat = "BestLap", colour = "red" },
]

[view]
heat_map = true
zoom = 1.5
sort = { by = "player", descending = true }
"#;

fn key(scid: &str, stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) }
}

fn query(text: &str) -> Query {
    parse(text).expect("a query file").query
}

fn error(text: &str) -> String {
    parse(text).expect_err("a broken file").to_string()
}

#[test]
fn all_of_a_file_is_read() {
    let query = query(FILE);
    assert_eq!(query.name, "Ranked night");
    let lines: Vec<&str> = query.players.iter().map(PlayerEntry::text).collect();
    assert_eq!(lines, ["TigerShark", "Dragon#1652", "bad<line>", "2533274792693551"]);
    let members = vec![PlayerRef::Gamertag(Gamertag::from_wire("TigerShark")), PlayerRef::Xuid(Xuid(5))];
    let look = GroupLook { colour: Some(SeriesSlot::from_index(0)), shape: None };
    assert_eq!(query.groups, [Group { name: "Pros".into(), players: members, look }]);
    assert_eq!(query.titles[0].title_id, Some(TitleId(0x6658_FD71)));
    assert_eq!(query.titles[0].scid.as_str(), "7492BACA-c1b4-440d-a391-b7ef364a8d40");
    assert_eq!(query.columns().len(), 3);
    let sort = vec![Sort { by: SortBy::Player, descending: true }];
    assert_eq!(query.view, ViewSettings { sort, heat_map: true, ..ViewSettings::default() });
    assert_eq!(
        query.charts,
        [BarsChart { stats: vec![key("123456789", "BestLap").into()], scale: BarScale::Value }]
    );
}

#[test]
fn an_unchanged_query_gives_the_same_bytes() {
    assert_eq!(write(&query(FILE), Some(FILE)), FILE);
    let windows = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    assert_eq!(write(&query(&windows), Some(&windows)), windows);
    assert_eq!(write(&Query::default(), Some("")), "");
}

/// The lines that are only in one of two texts.
fn difference(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let only = |these: &str, those: &str| {
        let mut those: Vec<&str> = those.lines().collect();
        let missing = |line: &&str| match those.iter().position(|other| other == line) {
            Some(place) => {
                those.remove(place);
                false
            }
            None => true,
        };
        these.lines().filter(missing).map(str::to_owned).collect()
    };
    (only(before, after), only(after, before))
}

fn changed(change: impl FnOnce(&mut Query)) -> (Vec<String>, Vec<String>) {
    let mut query = query(FILE);
    change(&mut query);
    let text = write(&query, Some(FILE));
    assert_eq!(parse(&text).expect("still a query file").query, query, "{text}");
    difference(FILE, &text)
}

fn strings(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn only_what_changed_is_changed() {
    let name = changed(|query| query.name = "Friday".into());
    assert_eq!(name.0, [r#"name = "Ranked night" # shown in the title bar"#]);
    assert_eq!(name.1, [r#"name = "Friday" # shown in the title bar"#]);
    let added = changed(|query| query.players.insert(1, PlayerEntry::new("Bob")));
    assert_eq!(added, (vec![], strings(&[r#"    "Bob","#])));
    let removed = changed(|query| drop(query.players.remove(1)));
    assert_eq!(removed, (strings(&[r#"    "Dragon#1652", # captain"#]), vec![]));
    let group = changed(|query| query.groups[0].players.push(PlayerRef::Xuid(Xuid(2_533_274_792_693_551))));
    assert_eq!(group.1, [r#"players = ["TigerShark", "xuid:5", "2533274792693551"]"#]);
    let group = changed(|query| query.groups[0].name = "Stars".into());
    assert_eq!(group.1, [r#"name = "Stars" # blue"#]);
    let title = changed(|query| query.titles[0].title_id = None);
    assert_eq!(title, (strings(&[r#"title_id = "0x6658FD71""#]), vec![]));
    let heat = changed(|query| query.view.heat_map = false);
    assert_eq!(heat.1, ["heat_map = false"]);
    let sort = changed(|query| {
        query.view.sort = vec![Sort { by: SortBy::Column(key("s", "Kills").into()), descending: false }];
    });
    assert_eq!(sort.1, [r#"sort = { by = { scid = "s", stat = "Kills" }, descending = false }"#]);
    let chart = changed(|query| query.charts[0].scale = BarScale::ShareOfGreatest);
    assert_eq!(chart, (vec![], strings(&[r#"scale = "share_of_greatest""#])));
    let chart = changed(|query| query.charts[0].stats.push(key("s", "Wins").into()));
    assert_eq!(chart, (vec![], strings(&[r#"    { scid = "s", stat = "Wins" },"#])));
    let chart = changed(|query| query.charts[0].stats.push(Field::derived("K/D")));
    assert_eq!(chart, (vec![], strings(&[r#"    { derived = "K/D" },"#])));
}

#[test]
fn what_moves_takes_its_comments_and_unknown_keys_along() {
    let titles = changed(|query| query.titles.reverse());
    assert_eq!(titles, (vec![], vec![]), "only the order changed");
    let players = changed(|query| query.players.reverse());
    assert_eq!(players, (vec![], vec![]));
    let (gone, new) = changed(|query| drop(query.titles.remove(0)));
    assert!(gone.contains(&"[title.note]".to_owned()) && !gone.contains(&"scid = \"123456789\"".to_owned()));
    assert_eq!(new, [""; 0]);
    let (gone, _) = changed(|query| query.charts.clear());
    assert!(!gone.contains(&"kind = \"scatter\"".to_owned()), "a chart of another kind stays: {gone:?}");
}

#[test]
fn a_key_added_in_one_line_is_spaced_like_the_others() {
    let before = "[view]\nsort = { by = \"player\" } # by name\n";
    let mut query = query(before);
    query.view.sort = vec![Sort { by: SortBy::Player, descending: true }];
    assert_eq!(
        write(&query, Some(before)),
        "[view]\nsort = { by = \"player\", descending = true } # by name\n"
    );
}

#[test]
fn windows_line_ends_stay() {
    let windows = FILE.replace('\n', "\r\n");
    let mut query = query(&windows);
    query.players.push(PlayerEntry::new("Bob"));
    let text = write(&query, Some(&windows));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(parse(&text).expect("a query file").query, query);
}

#[test]
fn a_new_file_is_plain_and_in_order() {
    let query = Query {
        name: "Ranked \"night\"".into(),
        players: ["TigerShark", "星野ソラ#7715"].map(PlayerEntry::new).to_vec(),
        groups: vec![Group {
            name: "Pros".into(),
            players: vec![PlayerRef::Xuid(Xuid(5))],
            look: GroupLook::default(),
        }],
        titles: vec![QueryTitle {
            name: "Iron Meridian".into(),
            scid: Scid::from_wire("s-1"),
            title_id: Some(TitleId(u32::MAX)),
            stats: vec![StatName::from_wire("Kills")],
        }],
        view: ViewSettings {
            sort: vec![Sort { by: SortBy::Column(key("s-1", "Kills").into()), descending: true }],
            heat_map: true,
            ..ViewSettings::default()
        },
        charts: vec![BarsChart { stats: vec![key("s-1", "Kills").into()], scale: BarScale::ShareOfGreatest }],
        compare: Compare {
            contestants: vec![Contestant::new(Reference::Player(PlayerRef::Xuid(Xuid(5))))],
            beside: Beside::ZScore,
            ..Compare::default()
        },
    };
    let expected = r#"# A Statlens query: which players, which stats, and how they are shown.
# Values: statlens fetch --query <this file>

format = 1
name = 'Ranked "night"'

players = [
    "TigerShark",
    "星野ソラ#7715",
]

[[group]]
name = "Pros"
players = [
    "xuid:5",
]

[[title]]
name = "Iron Meridian"
scid = "s-1"
title_id = 4294967295
stats = [
    "Kills",
]

[view]
sort = { by = { scid = "s-1", stat = "Kills" }, descending = true }
heat_map = true

[[chart]]
kind = "bars"
stats = [
    { scid = "s-1", stat = "Kills" },
]
scale = "share_of_greatest"

[compare]
columns = [
    { player = "xuid:5" },
]
beside = "z_score"
"#;
    assert_eq!(write(&query, None), expected);
    assert_eq!(write(&query, Some("no = [query")), expected, "what cannot be read is not built upon");
    assert_eq!(parse(expected).expect("a query file").query, query);
}

#[test]
fn a_broken_file_says_which_line_and_what() {
    let title = "[[title]]\nname = \"x\"\n";
    for (text, expected) in [
        (format!("\n{title}scid = \"74 92\"\n"), "line 4: \"scid\" has a space inside"),
        (format!("{title}stats = []"), "line 1: this title has no \"scid\""),
        (format!("{title}scid = \"\""), "line 3: \"scid\" is empty"),
        (format!("{title}scid = 5"), "line 3: \"scid\" must be text in quotes, and is a number"),
        (format!("{title}scid = \"s\"\ntitle_id = -1"), "line 4: \"title_id\" must be a title id"),
        (
            format!("{title}scid = \"s\"\nstats = \"Kills\""),
            "line 4: \"stats\" must be a list: write [ … ], and is text",
        ),
        (
            format!("{title}scid = \"s\"\nstats = [\n\"a\",\n5,\n]"),
            "line 6: each entry of \"stats\" must be text",
        ),
        ("players = [\"a\",\n true]".into(), "line 2: each entry of \"players\" must be text in quotes"),
        ("players = [-5]".into(), "line 1: each entry of \"players\""),
        ("name = \"a\"\nname = \"b\"".into(), "line 2: not valid TOML: "),
        ("name = \"a\nplayers = []".into(), "line 1: not valid TOML: "),
        ("players = [\n\"a\"\n\"b\"\n]".into(), "not valid TOML: "),
        ("title = 5".into(), "line 1: \"title\" must be tables: write [[title]], and is a number"),
        ("group = [5]".into(), "line 1: \"group\" must be tables"),
        ("view = 5".into(), "line 1: \"view\" must be a table: write [view]"),
        ("[view]\nheat_map = \"yes\"".into(), "line 2: \"heat_map\" must be true or false, and is text"),
        ("[view]\nsort = \"Kills\"".into(), "line 2: \"sort\" must be { by = "),
        ("[view]\nsort = { by = \"kills\" }".into(), "line 2: \"by\" must be \"player\" or {"),
        ("format = \"two\"".into(), "line 1: \"format\" must be a whole number"),
        ("[[chart]]\nstats = [\"Kills\"]".into(), "line 2: each entry of \"stats\" must be { scid"),
    ] {
        let error = error(&text);
        assert!(error.contains(expected), "{text}\n{error}");
    }
    assert!(parse(&format!("a = {}", "[".repeat(100_000))).is_err(), "deep nesting is refused");
    assert!(parse(&format!("a = {}", "{b=".repeat(100_000))).is_err(), "deep nesting is refused");
    let place = parse("ok = 1\nname = 5").expect_err("a number is no name");
    assert_eq!((place.line, place.column), (2, 8));
}

#[test]
fn an_old_or_hand_written_file_opens() {
    let file = parse("players = ['A']\n[title]\nscid = '1'\n[view]\n").expect("a single table is enough");
    assert_eq!((file.query.players.len(), file.query.titles.len(), file.warnings.len()), (1, 1, 0));
    let inline = "title = [{ scid = 's', stats = ['Kills'] }]\nview.heat_map = true\n";
    let mut query = query(inline);
    assert!(query.view.heat_map);
    assert_eq!(write(&query, Some(inline)), inline);
    query.titles[0].stats.push(StatName::from_wire("Wins"));
    query.view.sort = vec![Sort { by: SortBy::Player, descending: false }];
    assert_eq!(self::query(&write(&query, Some(inline))), query);
}

#[test]
fn a_file_of_a_newer_version_opens_with_a_word() {
    let text = "format = 2\nplayer = []\nnew = 1\n[[chart]]\nkind = 'radar'\n[[chart]]\nscale = 'log'\n";
    let file = parse(text).expect("what can be read is read");
    assert_eq!(file.query.charts, [BarsChart::default()]);
    assert_eq!(file.warnings.len(), 4, "{:?}", file.warnings);
    assert!(file.warnings[0].contains("format 2"));
    assert_eq!(file.warnings[1], "Line 2: “player” has no meaning here. Was “players” meant?");
    let changed = write(&Query { name: "n".into(), ..file.query }, Some(text));
    for kept in ["format = 2", "new = 1", "kind = 'radar'", "scale = 'log'"] {
        assert!(changed.contains(kept), "{changed}");
    }
}

#[test]
fn the_look_of_a_group_is_written_in_words_when_it_is_chosen() {
    let mut query = query("[[group]]\nname = 'A'\nplayers = ['x'] # one\n\n[[group]]\nname = 'B'\n");
    assert!(query.groups.iter().all(|group| group.look == GroupLook::default()));
    let plain = write(&query, None);
    assert!(!plain.contains("colour") && !plain.contains("shape"), "{plain}");
    query.groups[1].look =
        GroupLook { colour: Some(SeriesSlot::from_index(5)), shape: Some(MarkerShape::DiamondHollow) };
    let chosen = write(&query, Some(&plain));
    let added: Vec<&str> = chosen.lines().filter(|line| !plain.lines().any(|other| other == *line)).collect();
    assert_eq!(added, ["colour = \"second blue\"", "shape = \"hollow diamond\""], "{chosen}");
    assert_eq!(self::query(&chosen), query);
    assert!(write(&query, None).contains("name = \"B\"\ncolour = \"second blue\"\nshape = "));
    query.groups.swap(0, 1);
    assert_eq!(self::query(&write(&query, Some(&chosen))), query, "a look goes with its group");
    query.groups.swap(0, 1);
    query.groups[1].look = GroupLook::default();
    assert_eq!(write(&query, Some(&chosen)), plain, "what is no longer chosen is taken away");
}

#[test]
fn a_look_that_is_not_known_is_told_and_kept() {
    let text = "[[group]]\nname = 'A'\ncolour = 'crimson' # ours\nshape = ' Plus'\ncolor = 'blue'\n";
    let file = parse(text).expect("what can be read is read");
    assert_eq!(file.query.groups[0].look, GroupLook { colour: None, shape: Some(MarkerShape::Plus) });
    assert_eq!(file.warnings.len(), 2, "{:?}", file.warnings);
    assert_eq!(file.warnings[0], "Line 5: “color” has no meaning here. Was “colour” meant?");
    let told = "Line 3: this version does not know the colour “crimson” and takes that of the group's place: \
                a colour is one of blue, orange,";
    assert!(file.warnings[1].starts_with(told), "{}", file.warnings[1]);
    let mut query = file.query;
    query.groups[0].look.shape = None;
    let changed = write(&query, Some(text));
    assert!(changed.contains("colour = 'crimson' # ours") && !changed.contains("shape"), "{changed}");
    query.groups[0].look.colour = Some(SeriesSlot::from_index(1));
    assert!(write(&query, Some(&changed)).contains("colour = \"orange\" # ours"));
    let error = error("[[group]]\nshape = 5\n");
    assert_eq!(error, "line 2: \"shape\" must be text in quotes, and is a number");
}

const VIEW: &str = r#"[view]
sort = [
    { by = { scid = "s", stat = "Kills" }, descending = true }, # then by name
    { by = "player" },
]
filters = [
    { on = { scid = "s", stat = "Kills" }, test = ">=", value = 18446744073709551 },
    { on = { scid = "s", stat = "Mode" }, test = "sounds_like", text = "rank" }, # of a newer version
    { on = "player", test = "contains", text = "shark" },
]
normalise = "by_moon_phase"
layout = "transposed" # for Ada

[view.reference]
percentile = 90
group = "Pros"
"#;

#[test]
fn what_a_view_does_not_know_is_told_and_kept() {
    let file = parse(VIEW).expect("what can be read is read");
    let view = &file.query.view;
    assert_eq!((view.sort.len(), view.filters.len(), view.layout), (2, 2, Layout::Transposed));
    assert_eq!(view.normalise, Normalise::Raw);
    assert_eq!(view.reference, Reference::Percentile(90, Cohort::Group("Pros".into())));
    assert_eq!(file.warnings.len(), 2, "{:?}", file.warnings);
    assert!(file.warnings[0].starts_with("Line 8: ") && file.warnings[1].starts_with("Line 11: "));
    assert_eq!(write(&file.query, Some(VIEW)), VIEW);
    let mut query = file.query.clone();
    query.view.sort.truncate(1);
    query.view.filters.remove(0);
    query.view.reference = Reference::default();
    let changed = write(&query, Some(VIEW));
    assert_eq!(parse(&changed).expect("still a query file").query, query, "{changed}");
    for kept in ["# then by name", "sounds_like", "# of a newer version", "by_moon_phase", "# for Ada"] {
        assert!(changed.contains(kept), "{kept} is gone from\n{changed}");
    }
    query.view.normalise = Normalise::ZScore;
    assert!(!write(&query, Some(&changed)).contains("by_moon_phase"), "what is chosen replaces it");
}

#[test]
fn a_second_key_makes_a_list_of_the_order() {
    let mut query = query(FILE);
    query.view.sort.push(Sort { by: SortBy::Group, descending: false });
    let two = write(&query, Some(FILE));
    assert_eq!(parse(&two).expect("still a query file").query, query, "{two}");
    query.view.sort.clear();
    let none = write(&query, Some(&two));
    assert!(!none.contains("sort"), "{none}");
}

const COMPARED: &str = r#"[compare]
columns = [
    { player = "TigerShark" }, # the one to beat
    { of = "median", group = "Pros", pinned = true, colour = "orange" },
    { player = "tigershark" },
    { seance = "of a newer version" },
]
beside = "aura"
mood = "calm"
"#;

#[test]
fn those_compared_are_read_and_what_is_not_known_of_them_stays() {
    let file = parse(COMPARED).expect("what can be read is read");
    let compare = &file.query.compare;
    let pros = Contestant {
        who: Reference::Median(Cohort::Group("Pros".into())),
        pinned: true,
        colour: Some(SeriesSlot::from_index(1)),
    };
    assert_eq!((&compare.contestants[0], compare.contestants.len()), (&pros, 2), "pinned ones stand first");
    assert_eq!((compare.reference.clone(), compare.beside), (None, Beside::Difference));
    assert_eq!(file.warnings.len(), 3, "{:?}", file.warnings);
    assert!(file.warnings[2].starts_with("Line 2: nobody is compared twice"), "{:?}", file.warnings);
    assert_eq!(write(&file.query, Some(COMPARED)), COMPARED);
    let mut query = file.query.clone();
    query.compare.remove(0);
    query.compare.reference = Some(Reference::default());
    let changed = write(&query, Some(COMPARED));
    assert_eq!(parse(&changed).expect("still a query file").query, query, "{changed}");
    for kept in ["# the one to beat", "seance", "mood = \"calm\""] {
        assert!(changed.contains(kept), "{kept} is gone from\n{changed}");
    }
    assert!(changed.contains("reference = { of = \"median\" }") && !changed.contains("Pros"), "{changed}");
    query.compare = Compare::default();
    let none = write(&query, Some(&changed));
    assert_eq!(parse(&none).expect("still a query file").query, query, "{none}");
}

#[test]
fn an_odd_stat_name_opens_with_a_word() {
    let file = parse("[[title]]\nscid = 's'\nstats = ['Kills, Deaths']").expect("a looser name may exist");
    assert_eq!(file.query.titles[0].stats[0].as_str(), "Kills, Deaths");
    assert!(file.warnings[0].starts_with("Line 3: the stat “Kills, Deaths”"), "{:?}", file.warnings);
}

#[test]
fn a_file_is_saved_whole_and_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("night.toml");
    save(&path, FILE).expect("saved");
    assert_eq!(load(&path).expect("opened").text, FILE);
    save(&path, "name = 'other'").expect("saved over it");
    assert_eq!(load(&path).expect("opened").file.query.name, "other");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let (path, link) = (folder.path().join("night.toml"), folder.path().join("link.toml"));
    save(&path, FILE).expect("saved");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&path, &link).expect("linked");
    save(&link, "name = 'other'").expect("saved through the link");
    assert!(std::fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert_eq!(load(&path).expect("opened").file.query.name, "other");
    assert_eq!(std::fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o440)).expect("set");
    assert!(matches!(save(&path, FILE), Err(FileError::Write { .. })), "a file to be only read is");
    assert_eq!(load(&path).expect("opened").file.query.name, "other");
}

#[test]
fn what_cannot_be_opened_or_saved_names_the_file_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("gone").join("night.toml");
    let words = load(&path).expect_err("it is not there").to_string();
    assert!(words.contains("night.toml") && words.contains("Check that"), "{words}");
    let words = save(&path, FILE).expect_err("its folder is not there").to_string();
    assert!(words.contains("night.toml") && words.contains("as it was"), "{words}");
    let path = folder.path().join("picture.toml");
    std::fs::write(&path, [0xff, 0xfe, 0]).expect("written");
    assert!(matches!(load(&path), Err(FileError::NotText(_))));
    std::fs::write(&path, "\n\nname = 5").expect("written");
    let words = load(&path).expect_err("broken").to_string();
    assert!(words.contains("picture.toml, line 3: \"name\" must be text"), "{words}");
    assert!(load(folder.path()).is_err() && save(folder.path(), FILE).is_err());
}

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
    let scale = prop_oneof![Just(BarScale::Value), Just(BarScale::ShareOfGreatest)];
    let chart = (prop::collection::vec(any_field(), 0..3), scale)
        .prop_map(|(stats, scale)| BarsChart { stats, scale });
    (
        any_text(),
        players,
        prop::collection::vec(group, 0..3),
        prop::collection::vec(any_title(), 0..4),
        any_view(),
        prop::collection::vec(chart, 0..3),
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
        for kept in ["# Ours.", "owner = \"ada\"", "# coaches", "# that is all", "kind = \"scatter\"", "zoom = 1.5"] {
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
