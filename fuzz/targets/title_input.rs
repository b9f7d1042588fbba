//! What is typed to name a title.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::{formats::title_input, model::StatName};

fuzz_target!(|input: &str| {
    let mut fields = input.splitn(3, '\u{0}');
    let mut field = || fields.next().unwrap_or_default();
    let (name, scid, stats) = (field(), field(), field());
    match title_input::read(name, scid, stats) {
        Ok(input) => {
            let title = &input.title;
            assert!(scid.contains(title.scid.as_str()), "the case and all of a SCID stay");
            let stats: Vec<&str> = title.stats.iter().map(StatName::as_str).collect();
            let again = title_input::read(&title.name, title.scid.as_str(), &stats.join(","));
            assert_eq!(again.map(|again| again.title), Ok(input.title.clone()));
        }
        Err(error) => assert!(error.scid.is_some() || !error.stats.is_empty(), "it says why"),
    }
});
