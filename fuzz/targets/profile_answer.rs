//! Answers of the look-up of players.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::xbox::profile;
use statlens_fuzz::{contains, has_no_escapes};

fuzz_target!(|body: &[u8]| match profile::read(body) {
    // Nobody is made up: each player stands in the body.
    Ok(players) => {
        for player in players.iter().filter(|_| has_no_escapes(body)) {
            assert!(contains(body, &player.xuid.to_string()), "{player:?}");
        }
    }
    // The words are Statlens' own, and none of the body's.
    Err(why) => assert!(why.starts_with("it is ") || why.starts_with("it has "), "{why}"),
});
