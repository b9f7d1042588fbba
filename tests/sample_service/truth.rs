//! The truth that answers are measured by is what they say when nothing goes wrong.

use statlens::{
    model::{Scid, StatName, Xuid},
    sample::{SEED, TrueKind, Truth, catalogue},
};

use crate::{
    HIDDEN_HERON, IDLE_FERN, NOVA, OVERFLOW_OWL, PUZZLE, SHOOTER, Sample, WARRIOR_SAINT, batch_body, read,
};

#[test]
fn it_is_what_the_answers_say() {
    let sample = Sample::start(SEED);
    let xuids = &sample.readable()[..60];
    let catalogue = catalogue();
    let names: Vec<Vec<&str>> =
        catalogue.titles().iter().map(|title| title.stats.iter().map(StatName::as_str).collect()).collect();
    let scids: Vec<(&str, &[&str])> = catalogue
        .titles()
        .iter()
        .zip(&names)
        .map(|(title, names)| (title.scid.as_str(), &names[..]))
        .collect();
    let said = read(&sample.post("/batch", "1", &batch_body(xuids, &scids)).json());
    let mut held = 0;
    for xuid in xuids {
        for (scid, names) in &scids {
            for name in *names {
                let said = said.get(&(*xuid, (*scid).to_owned(), (*name).to_owned()));
                match sample.service.truth(Xuid(*xuid), &Scid::from_wire(scid), &StatName::from_wire(name)) {
                    Truth::Value(value) => {
                        held += 1;
                        assert!(value.is_said_by(said.unwrap()), "{value:?} {said:?}");
                    }
                    Truth::NoValue => assert_eq!(said, None),
                    Truth::Private => panic!("{xuid} can be read"),
                }
            }
        }
    }
    assert_eq!(held, said.len());
}

#[test]
fn it_knows_who_is_private_and_what_is_not_there() {
    let sample = Sample::start(SEED);
    let truth = |xuid, scid: &str, stat: &str| {
        sample.service.truth(Xuid(xuid), &Scid::from_wire(scid), &StatName::from_wire(stat))
    };
    assert_eq!(truth(HIDDEN_HERON, SHOOTER, "Kills"), Truth::Private);
    for (xuid, scid, stat) in [
        (17, SHOOTER, "Kills"),
        (IDLE_FERN, SHOOTER, "Kills"),
        (NOVA, SHOOTER, "kills"),
        (NOVA, "nowhere", "Kills"),
        (WARRIOR_SAINT, &PUZZLE.to_ascii_lowercase(), "PuzzlesSolved"),
    ] {
        assert_eq!(truth(xuid, scid, stat), Truth::NoValue, "{xuid} {scid} {stat}");
    }
    let Truth::Value(greatest) = truth(OVERFLOW_OWL, SHOOTER, "TotalDamage") else { panic!("no value") };
    assert_eq!((greatest.text.as_str(), greatest.kind), ("9223372036854775807", TrueKind::Whole));
}

#[test]
fn it_moves_with_play_sessions() {
    let sample = Sample::start(SEED);
    let kills = || sample.service.truth(Xuid(NOVA), &Scid::from_wire(SHOOTER), &StatName::from_wire("Kills"));
    let before = kills();
    assert_eq!(sample.send("POST", "/sample/play-session", &[], Some("{\"matches\":5}".into())).status, 200);
    assert_ne!(kills(), before);
}
