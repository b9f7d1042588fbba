//! cURL commands, bodies and addresses that are pasted to fill a query.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use statlens::{
    formats::curl::{self, Asked},
    model::StatName,
};
use statlens_fuzz::{assert_hides_token, text_with_token};

fuzz_target!(|input: &[u8]| {
    let Some(text) = text_with_token(input) else { return };
    let read = curl::read(&text);
    assert_hides_token(&read);
    match read {
        Ok(asked) => assert_is_asked_again(asked),
        Err(error) => assert_hides_token(&error.to_string()),
    }
});

/// What was read, sent as a request, is read from that.
fn assert_is_asked_again(asked: Asked) {
    let titles: Vec<_> = asked
        .titles
        .iter()
        .map(|(scid, stats)| {
            let stats: Vec<&str> = stats.iter().map(StatName::as_str).collect();
            json!({"scid": scid.as_str(), "requestedstats": stats})
        })
        .collect();
    let players: Vec<String> = asked.players.iter().map(ToString::to_string).collect();
    let body = json!({"requestedusers": players, "requestedscids": titles}).to_string();
    assert_eq!(curl::read(&body), Ok(Asked { left_out: Vec::new(), ..asked }));
}
