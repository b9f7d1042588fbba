//! What is typed to name a title.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::formats::title_input;
use statlens_fuzz::as_list;

fuzz_target!(|input: &str| {
    let mut fields = input.splitn(3, '\u{0}');
    let mut field = || fields.next().unwrap_or_default();
    let (name, scid, stats) = (field(), field(), field());
    match title_input::read(name, scid, stats) {
        Ok(input) => {
            let title = input.title;
            assert!(scid.contains(title.scid.as_str()), "the case and all of a SCID stay");
            let is_plain = title.scid.as_str().bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
            if let Some(stats) = as_list(&title.stats).filter(|_| is_plain) {
                let again = title_input::read(&title.name, title.scid.as_str(), &stats);
                assert_eq!(again.map(|again| again.title), Ok(title));
            }
        }
        Err(error) => assert!(error.scid.is_some() || !error.stats.is_empty(), "it says why"),
    }
});
