//! Stat dictionaries, which teams edit and merge.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::{
    formats::dictionary,
    model::{ColumnKey, Scid, StatName},
};

fuzz_target!(|text: &str| match dictionary::parse(text) {
    Ok(file) => {
        let anew = dictionary::write(&file.dictionary, None);
        let again = dictionary::parse(&anew).unwrap_or_else(|error| panic!("{anew}: {error:?}"));
        assert_eq!(again.dictionary, file.dictionary, "{anew}");
        let unchanged = dictionary::write(&file.dictionary, Some(text));
        assert_eq!(unchanged, text, "what did not change is not written anew");

        let mut changed = file.dictionary;
        let key = ColumnKey { scid: Scid::from_wire("a"), stat: StatName::from_wire("Kills") };
        changed.stat_mut(&key).name = Some("Kills, all of them".into());
        let edited = dictionary::write(&changed, Some(text));
        let again = dictionary::parse(&edited).unwrap_or_else(|error| panic!("{edited}: {error:?}"));
        assert_eq!(again.dictionary, changed, "{edited}");
    }
    Err(error) => assert!(!error.to_string().is_empty()),
});
