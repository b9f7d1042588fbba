//! Answers of `userstats`, in all their forms.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::{
    model::WireForm,
    xbox::userstats::{MAX_UNREAD, ReadError, StatEntry, read_answer},
};
use statlens_fuzz::{contains, has_no_escapes};

fuzz_target!(|body: &[u8]| {
    let mut visits = 0;
    let report = read_answer(body, &mut |entry| {
        visits += 1;
        assert_comes_from(body, &entry);
    });
    let report = match &report {
        Ok(report) => Some(report),
        Err(ReadError::CutOff { read } | ReadError::Broken { read, .. }) => Some(&**read),
        Err(_) => None,
    };
    if let Some(report) = report {
        assert_eq!(report.entries, visits, "every entry is counted once");
        assert!(report.unread.len() <= MAX_UNREAD);
    }
});

/// Nothing is made up: names and values stand in the body as they were given.
fn assert_comes_from(body: &[u8], entry: &StatEntry<'_>) {
    let is_as_sent = has_no_escapes(body);
    if is_as_sent {
        assert!(contains(body, entry.name), "the name {:?}", entry.name);
        assert!(entry.scid.is_none_or(|scid| contains(body, scid)), "the SCID {:?}", entry.scid);
    }
    if let Some(value) = &entry.value {
        let is_text = value.form == WireForm::String;
        assert!(!is_as_sent && is_text || contains(body, value.text), "the value {:?}", value.text);
    }
}
