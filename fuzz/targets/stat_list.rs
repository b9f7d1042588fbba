//! What is pasted as names of stats.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::{formats::stat_list, model::StatName};
use statlens_fuzz::as_list;

fuzz_target!(|text: &str| {
    let names = names(text);
    // Two quotes within quotes are one.
    for name in names.iter().filter(|name| !name.as_str().contains('"')).take(50) {
        assert!(text.contains(name.as_str()), "{name} is made up");
    }
    if let Some(list) = as_list(&names) {
        assert_eq!(self::names(&list), names, "what was read is read again");
    }
});

fn names(text: &str) -> Vec<StatName> {
    stat_list::split(text).into_iter().filter_map(Result::ok).collect()
}
