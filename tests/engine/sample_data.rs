//! What the sample service is asked, and whether its answers arrive as they were given.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use statlens::{
    model::{Cell, ColumnKey, PlayerRef, Remedy, RowState, StatTable, Xuid},
    sample,
};

use crate::desk::{Desk, failure_of, gamertag, sample_config, sample_service, words, xuids};

#[test]
fn the_first_query_is_answered_and_the_same_by_name_and_by_number() {
    let service = sample_service();
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let query = sample::first_query();
    let by_name = desk.fetch(&query.player_refs(), &query.columns());
    let counts = by_name.table().counts();
    assert_eq!(counts.failed, 0, "{counts:?}");
    assert!(counts.values > 150 && counts.no_value > 0, "{counts:?}");
    let numbers = by_name.table().rows().iter().map(|row| row.player().unwrap().xuid.0);
    let by_number = desk.fetch(&xuids(numbers), &query.columns());
    let texts = |table: &StatTable| words(table).concat();
    assert_eq!(texts(by_name.table()), texts(by_number.table()));
    let names =
        |table: &StatTable| table.rows().iter().map(statlens::model::PlayerRow::name).collect::<Vec<_>>();
    assert_eq!(names(by_name.table()), names(by_number.table()), "numbers are named too");
    assert_eq!(by_number.progress().cells_done, by_number.progress().cells_total);
}

/// What the service says of one stat when asked by hand, without any of our readers.
fn asked_by_hand(url: &str, xuid: Xuid, key: &ColumnKey) -> String {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    let path = format!("/users/xuid({xuid})/scids/{}/stats/{}", key.scid, key.stat);
    let head = format!(
        "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-xbl-contract-version: 1\r\n\
         Authorization: {}\r\n\r\n",
        sample::TOKEN
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer
}

#[test]
fn values_are_those_that_the_service_gives_when_asked_by_hand() {
    let service = sample_service();
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let query = sample::first_query();
    let live = desk.fetch(&query.player_refs()[..6], &query.columns());
    for (row, player) in live.table().rows().iter().enumerate() {
        for (column, key) in query.columns().iter().enumerate() {
            let answer = asked_by_hand(&service.url(), player.player().unwrap().xuid, key);
            let holds = |text: &str| answer.contains(text);
            match live.table().cell(row, column) {
                Cell::Value(value) => {
                    let text = value.text;
                    let is_there =
                        holds(&format!("\"value\":\"{text}\"")) || holds(&format!("\"value\":{text}"));
                    assert!(is_there, "{text} in {answer}");
                }
                Cell::NoValue => assert!(!holds("\"value\""), "{answer}"),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn one_private_player_fails_alone() {
    let service = sample_service();
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let query = sample::first_query();
    let mut players = query.player_refs();
    players.insert(11, gamertag("Hidden Heron"));
    let live = desk.fetch(&players, &query.columns());
    let table = live.table();
    assert_eq!(table.counts().failed, query.columns().len());
    assert_eq!(failure_of(table, 11).status, Some(403));
}

#[test]
fn an_unknown_name_says_so_and_the_rest_goes_on() {
    let service = sample_service();
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let query = sample::first_query();
    let players = [gamertag("TigerShark"), gamertag("Nobody At All"), gamertag("ไม่มีใคร#1")];
    let live = desk.fetch(&players, &query.columns());
    for row in [1, 2] {
        let failure = failure_of(live.table(), row);
        assert_eq!(failure.remedy, Remedy::EditPlayers);
        assert!(failure.reason.contains(&players[row].to_string()), "{}", failure.reason);
    }
    assert!(matches!(live.table().cell(0, 0), Cell::Value(_)));
}

#[test]
fn a_player_written_twice_is_shown_once_in_the_earlier_row() {
    let service = sample_service();
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let columns = sample::first_query().columns();
    let found = desk.fetch(&[gamertag("TigerShark")], &columns);
    let xuid = found.table().rows()[0].player().unwrap().xuid;
    // A new engine, so that the name is looked up again and comes after the number.
    let (mut desk, _) = Desk::start(sample_config(None, &service));
    let players = [gamertag("TigerShark"), gamertag("QuietOrbit"), PlayerRef::Xuid(xuid)];
    let live = desk.fetch(&players, &columns);
    assert_eq!(live.table().rows()[2].state, RowState::DuplicateOf(0));
    assert_eq!(words(live.table())[0], words(found.table())[0]);
    assert!(words(live.table())[2].iter().all(String::is_empty));
}
