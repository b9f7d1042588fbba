//! What is pasted as names of stats.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::{formats::stat_list, model::StatName};

fuzz_target!(|text: &str| {
    let names: Vec<StatName> = stat_list::split(text).into_iter().filter_map(Result::ok).collect();
    for name in &names {
        assert!(text.contains(name.as_str()), "{name} is made up");
    }
    let written: Vec<&str> = names.iter().map(StatName::as_str).collect();
    let again: Vec<StatName> = stat_list::split(&written.join(",")).into_iter().filter_map(Result::ok).collect();
    assert_eq!(again, names, "what was read is read again");
});
