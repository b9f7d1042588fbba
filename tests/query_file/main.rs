//! Query files: read, broken, changed in place; saved in `saving.rs`, any of them in `any_query.rs`.

mod any_query;
#[path = "../support/lines.rs"]
mod lines;
mod saving;

use lines::{difference, strings};
use statlens::{
    formats::query_file::{parse, write},
    model::{
        BarScale, Beside, Chart, ChartKind, Cohort, ColumnKey, Compare, Contestant, Field, Gamertag, Group,
        GroupLook, Layout, MarkerShape, Normalise, PlayerEntry, PlayerRef, Query, QueryTitle, Reference,
        Scid, SeriesSlot, Sort, SortBy, StatName, TitleId, ViewSettings, Xuid,
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
kind = "pie"
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
        [Chart {
            kind: Some(ChartKind::Bars),
            stats: vec![key("123456789", "BestLap").into()],
            ..Chart::default()
        }]
    );
}

#[test]
fn an_unchanged_query_gives_the_same_bytes() {
    assert_eq!(write(&query(FILE), Some(FILE)), FILE);
    let windows = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    assert_eq!(write(&query(&windows), Some(&windows)), windows);
    assert_eq!(write(&Query::default(), Some("")), "");
}

fn changed(change: impl FnOnce(&mut Query)) -> (Vec<String>, Vec<String>) {
    let mut query = query(FILE);
    change(&mut query);
    let text = write(&query, Some(FILE));
    assert_eq!(parse(&text).expect("still a query file").query, query, "{text}");
    difference(FILE, &text)
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
    assert!(!gone.contains(&"kind = \"pie\"".to_owned()), "a chart of another kind stays: {gone:?}");
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
        charts: vec![Chart {
            kind: Some(ChartKind::Bars),
            stats: vec![key("s-1", "Kills").into()],
            scale: BarScale::ShareOfGreatest,
            ..Chart::default()
        }],
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
    let text = "format = 2\nplayer = []\nnew = 1\n[[chart]]\nkind = 'pie'\n[[chart]]\nscale = 'log'\n";
    let file = parse(text).expect("what can be read is read");
    assert_eq!(file.query.charts, [Chart::default()]);
    assert_eq!(file.warnings.len(), 4, "{:?}", file.warnings);
    assert!(file.warnings[0].contains("format 2"));
    assert_eq!(file.warnings[1], "Line 2: “player” has no meaning here. Was “players” meant?");
    let changed = write(&Query { name: "n".into(), ..file.query }, Some(text));
    for kept in ["format = 2", "new = 1", "kind = 'pie'", "scale = 'log'"] {
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
