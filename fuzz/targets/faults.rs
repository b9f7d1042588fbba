//! The text form of the sample service's faults.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::sample::Faults;

fuzz_target!(|text: &str| match text.parse::<Faults>() {
    Ok(faults) => {
        let written = faults.to_string();
        assert_eq!(written.parse(), Ok(faults), "{written}");
    }
    Err(error) => assert!(text.get(error.at()).is_some(), "{error} is at a place of the text"),
});
