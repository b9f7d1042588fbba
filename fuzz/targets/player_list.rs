//! What is pasted into the players box.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::formats::player_list;
use statlens_fuzz::{assert_hides_token, text_with_token};

fuzz_target!(|input: &[u8]| {
    let Some(text) = text_with_token(input) else { return };
    let split = player_list::split(&text);
    split.entries.iter().for_each(|entry| assert_hides_token(&entry.text()));
    assert!(!split.holds_token || split.entries.is_empty());
    for (place, entry) in split.entries.iter().enumerate().take(12) {
        assert!(!split.entries[..place].iter().any(|other| other.is_same_as(entry)), "{entry:?} twice");
    }
    let again = player_list::split_new(&text, &split.entries);
    assert!(again.entries.is_empty(), "all were there: {again:?}");
});
