//! What is written comes back as it was.

use std::sync::Arc;

use proptest::prelude::*;
use statlens::{
    model::{
        Catalogue, Cell, CellBlock, Column, KnownTitle, Player, PlayerRef, RowState, Scid, StatName,
        StatTable, TitleId, WireForm, WireValue, Xuid,
    },
    store::Store,
};

use super::helpers::{XBOX, at, failure, gamertag, integer, key, player, row_of_values, told, xuid};

const NAMES: [&str; 8] = [
    "Major Nelson",
    "Dragon#1652",
    "เสือดำ#7",
    "ड्रैगन",
    "검은 호랑이",
    "黒虎",
    "Тигр#12",
    "O'Neil\"; DROP TABLE run; --",
];

#[tokio::test]
async fn state_and_catalogues_survive_a_restart_and_keep_services_apart() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalogue = Catalogue::default();
    catalogue.learn(KnownTitle {
        name: "Iron Meridian – 鉄".to_owned(),
        scid: Scid::from_wire("00000000-0000-0000-0000-00006A5C"),
        title_id: Some(TitleId(0x6a5c)),
        stats: vec![StatName::from_wire("EnemiesDefeated.WeaponID.17")],
    });
    {
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.state("draft").await.unwrap(), None);
        store.put_state("draft", "{\"a\": 1}".to_owned()).await.unwrap();
        store.put_state("draft", "{\"a\": \"ü\\u0000\"}".to_owned()).await.unwrap();
        store.save_catalogue(XBOX, catalogue.clone()).await.unwrap();
    }
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.trouble(), None);
    assert_eq!(store.state("draft").await.unwrap().unwrap(), "{\"a\": \"ü\\u0000\"}");
    assert_eq!(store.catalogue(XBOX).await.unwrap(), catalogue);
    assert_eq!(store.catalogue("sample").await.unwrap(), Catalogue::default());
}

#[tokio::test]
async fn players_are_found_by_every_name_and_by_xuid() {
    let store = Store::in_memory().unwrap();
    let found: Vec<_> = NAMES
        .iter()
        .zip((0..).map(|below| u64::MAX - below))
        .map(|(name, xuid)| (gamertag(&name.to_lowercase()), player(xuid, name)))
        .collect();
    store.remember_players(XBOX, found.clone(), at(5)).await.unwrap();
    let asked = NAMES.map(gamertag).to_vec();
    let by_name = store.players_by_gamertag(XBOX, asked.clone()).await.unwrap();
    for (asked, (_, player)) in asked.iter().zip(&found) {
        assert_eq!(by_name[&asked.folded()], (player.clone(), at(5)));
    }
    let by_xuid = store.players_by_xuid(XBOX, vec![Xuid(u64::MAX), Xuid(1)]).await.unwrap();
    assert_eq!(by_xuid.len(), 1);
    assert_eq!(by_xuid[&Xuid(u64::MAX)].0, found[0].1);
    assert!(store.players_by_gamertag("sample", asked).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_later_look_up_renames_and_a_silent_one_takes_nothing_away() {
    let store = Store::in_memory().unwrap();
    let classic = Player { classic_gamertag: Some(gamertag("Old1")), ..player(9, "Old#1") };
    store.remember_players(XBOX, vec![(gamertag("old 1"), classic)], at(1)).await.unwrap();
    store.remember_players(XBOX, vec![(gamertag("new"), player(9, "New"))], at(2)).await.unwrap();
    store.remember_players(XBOX, vec![(gamertag("9"), Player::nameless(Xuid(9)))], at(3)).await.unwrap();
    let names = vec![gamertag("OLD1"), gamertag("New"), gamertag("9")];
    let found = store.players_by_gamertag(XBOX, names).await.unwrap();
    let player = player(9, "New");
    assert_eq!(found["old1"], (player.clone(), at(1)));
    assert_eq!(found["new"], (player.clone(), at(2)));
    assert_eq!(found["9"], (player, at(3)));

    store.remember_players(XBOX, vec![(gamertag("new"), self::player(10, "New"))], at(4)).await.unwrap();
    let found = store.players_by_gamertag(XBOX, vec![gamertag("new")]).await.unwrap();
    assert_eq!(found["new"].0.xuid, Xuid(10));
}

/// Rows of each state and cells of each kind. None is pending.
fn every_kind() -> (StatTable, Vec<CellBlock>) {
    let players = vec![
        xuid(u64::MAX),
        PlayerRef::Gamertag(gamertag("黒虎#7")),
        PlayerRef::Gamertag(gamertag("nobody")),
        PlayerRef::Gamertag(gamertag("黒 虎 #7")),
    ];
    let mut table = StatTable::pending(players, vec![key("S", "Kills"), key("s", "Kills.ไทย")]);
    table.set_player(0, Player::nameless(Xuid(u64::MAX)));
    table.set_player(1, Player { classic_gamertag: Some(gamertag("K1")), ..player(1, "黒虎#7") });
    table.fail_player(2, &failure("no such player"));
    table.set_duplicate(3, 1);
    let mut first = Column::new(key("S", "Kills"), 2);
    first.set_value(0, integer("18446744073709551615"));
    first.set_no_value(1);
    let mut second = Column::new(key("s", "Kills.ไทย"), 2);
    second.set_value(
        0,
        WireValue { text: "{\"a\": [1,  2]}\u{0}\n", form: WireForm::Other, stat_type: "Über" },
    );
    second.set_failed(1, &failure("private"));
    let blocks = vec![
        CellBlock { rows: vec![0, 1], columns: vec![(0, first)], exchange: None },
        CellBlock { rows: vec![0, 1], columns: vec![(1, second)], exchange: None },
    ];
    for block in &blocks {
        table.apply(block);
    }
    (table, blocks)
}

async fn store_table(store: &Store, table: &StatTable, blocks: Vec<CellBlock>) {
    let players = table.rows().iter().map(|row| row.asked.clone()).collect();
    let columns = table.columns().iter().map(|column| column.key().clone()).collect();
    let run = store.begin_run(XBOX, players, columns, at(1)).await.unwrap();
    for (index, row) in table.rows().iter().enumerate() {
        store.save_rows(run, vec![(index, row.state.clone())]).await.unwrap();
    }
    for block in blocks {
        store.save_cells(run, Arc::new(block)).await.unwrap();
    }
    store.end_run(run, at(2)).await.unwrap();
}

#[tokio::test]
async fn a_run_comes_back_with_every_kind_of_row_and_cell() {
    let folder = tempfile::tempdir().unwrap();
    let (table, blocks) = every_kind();
    store_table(&Store::open(folder.path()).unwrap(), &table, blocks).await;
    let read = Store::open(folder.path()).unwrap().last_run(XBOX).await.unwrap().unwrap();
    assert_eq!(told(&read.table), told(&table));
    assert_eq!((read.started, read.ended), (at(1), Some(at(2))));
}

#[tokio::test]
async fn what_a_run_had_not_read_comes_back_as_failed() {
    let store = Store::in_memory().unwrap();
    let run = store
        .begin_run(
            XBOX,
            vec![xuid(1), PlayerRef::Gamertag(gamertag("late"))],
            vec![key("scid", "Stat0")],
            at(1),
        )
        .await
        .unwrap();
    store.save_rows(run, vec![(0, RowState::Known(player(1, "One")))]).await.unwrap();
    assert!(store.last_run(XBOX).await.unwrap().is_none(), "nothing was read yet");
    store.save_cells(run, row_of_values(0, 1, "7")).await.unwrap();
    let read = store.last_run(XBOX).await.unwrap().unwrap();
    assert_eq!(read.ended, None);
    assert!(matches!(read.table.cell(0, 0), Cell::Value(value) if value.text == "7"));
    let Cell::Failed(failure) = read.table.cell(1, 0) else { panic!("not failed") };
    assert_eq!(failure.reason, "The program ended before it was read");
    assert!(matches!(&read.table.rows()[1].state, RowState::Failed(same) if same == failure));
}

#[tokio::test]
async fn a_run_replaces_the_one_before_with_its_first_cells_and_no_other_service() {
    let store = Store::in_memory().unwrap();
    let begin = |service| store.begin_run(service, vec![xuid(1)], vec![key("scid", "Stat0")], at(1));
    let shown = async |service| match store.last_run(service).await.unwrap().unwrap().table.cell(0, 0) {
        Cell::Value(value) => value.text.to_owned(),
        other => format!("{other:?}"),
    };
    let (first, sample) = (begin(XBOX).await.unwrap(), begin("sample").await.unwrap());
    store.save_cells(first, row_of_values(0, 1, "1")).await.unwrap();
    store.save_cells(sample, row_of_values(0, 1, "sample")).await.unwrap();
    let second = begin(XBOX).await.unwrap();
    store.end_run(second, at(9)).await.unwrap();
    assert_eq!(shown(XBOX).await, "1", "an empty run must not take the place of results");

    let third = begin(XBOX).await.unwrap();
    store.save_cells(third, row_of_values(0, 1, "3")).await.unwrap();
    assert_eq!(shown(XBOX).await, "3");
    for gone in [first, second] {
        store.save_cells(gone, row_of_values(0, 1, "late")).await.unwrap();
        store.save_rows(gone, vec![(0, RowState::DuplicateOf(0))]).await.unwrap();
        store.end_run(gone, at(9)).await.unwrap();
    }
    assert_eq!(shown(XBOX).await, "3");
    assert_eq!(shown("sample").await, "sample");
}

#[tokio::test]
async fn players_that_could_not_be_found_are_results_too() {
    let store = Store::in_memory().unwrap();
    let players = vec![PlayerRef::Gamertag(gamertag("nobody"))];
    let run = store.begin_run(XBOX, players, vec![key("scid", "Stat0")], at(1)).await.unwrap();
    store.save_rows(run, vec![(0, RowState::Failed(failure("no such player")))]).await.unwrap();
    store.end_run(run, at(2)).await.unwrap();
    let read = store.last_run(XBOX).await.unwrap().unwrap();
    assert!(matches!(read.table.cell(0, 0), Cell::Failed(failure) if failure.reason == "no such player"));
}

#[tokio::test]
async fn a_cell_is_written_over_by_a_later_one_and_not_by_a_pending_one() {
    let store = Store::in_memory().unwrap();
    let run = store.begin_run(XBOX, vec![xuid(1)], vec![key("scid", "Stat0")], at(1)).await.unwrap();
    store.save_cells(run, row_of_values(0, 1, "1")).await.unwrap();
    store.save_cells(run, row_of_values(0, 1, "2")).await.unwrap();
    let mut pending = Column::new(key("scid", "Stat0"), 1);
    pending.set_pending(0);
    store.save_cells(run, Arc::new(CellBlock { rows: vec![0], columns: vec![(0, pending)], exchange: None })).await.unwrap();
    let read = store.last_run(XBOX).await.unwrap().unwrap();
    assert!(matches!(read.table.cell(0, 0), Cell::Value(value) if value.text == "2"));
}

#[tokio::test]
async fn what_is_queued_is_done_before_the_last_handle_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = Store::open(folder.path()).unwrap();
        let other = store.clone();
        for number in 0..300 {
            drop(store.put_state(&format!("key {number}"), number.to_string()));
        }
        drop(store);
        drop(other.put_state("last", "x".to_owned()));
    }
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.state("key 299").await.unwrap().unwrap(), "299");
    assert_eq!(store.state("last").await.unwrap().unwrap(), "x");
}

fn any_value() -> impl Strategy<Value = (String, usize, String)> {
    (".{0,12}", 0..4_usize, "(Integer|Double|String|DateTime|.{0,4})")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_values_come_back_as_they_were_sent(values in prop::collection::vec(any_value(), 1..20)) {
        let forms = [WireForm::String, WireForm::Number, WireForm::Bool, WireForm::Other];
        let column_key = key("S", "Kills");
        let players = (0..values.len() as u64).map(xuid).collect();
        let mut table = StatTable::pending(players, vec![column_key.clone()]);
        let mut cells = Column::new(column_key, values.len());
        for (row, (text, form, stat_type)) in values.iter().enumerate() {
            cells.set_value(row, WireValue { text, form: forms[*form], stat_type });
            table.set_player(row, player(row as u64, text));
        }
        let block = CellBlock { rows: (0..values.len()).collect(), columns: vec![(0, cells)], exchange: None };
        table.apply(&block);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let store = Store::in_memory().unwrap();
        runtime.block_on(store_table(&store, &table, vec![block]));
        let read = runtime.block_on(store.last_run(XBOX)).unwrap().unwrap();
        prop_assert_eq!(told(&read.table), told(&table));
    }
}
