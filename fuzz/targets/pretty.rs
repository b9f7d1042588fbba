//! Bodies of answers, laid out to be looked at.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use statlens::formats::pretty::{Ink, Limits, lay_out};

fuzz_target!(|body: &[u8]| {
    let few = lay_out(body, Limits { lines: 20, bytes: 3_000, items: 3 });
    assert!(few.line_count() <= 20);
    let shown: usize = few.lines().flat_map(|line| line.pieces()).map(|(_, text)| text.len()).sum();
    assert!(shown <= 5_000, "{shown} bytes");

    let all = lay_out(body, Limits { lines: usize::MAX, bytes: usize::MAX, items: usize::MAX });
    let is_whole = all.lines().flat_map(|line| line.pieces()).all(|(ink, _)| ink != Ink::Fold);
    let json: Option<Value> =
        serde_json::from_slice(body).ok().filter(|json: &Value| json.is_object() || json.is_array());
    if let Some(json) = json.filter(|_| is_whole && body.is_ascii()) {
        let text: String = all.lines().map(|line| line.to_string() + "\n").collect();
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(json), "{text}");
    }
});
