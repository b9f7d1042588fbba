//! Query files, which people edit and merge.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::formats::query_file;

fuzz_target!(|text: &str| match query_file::parse(text) {
    Ok(file) => {
        let anew = query_file::write(&file.query, None);
        assert_eq!(query_file::parse(&anew).map(|file| file.query).as_ref(), Ok(&file.query), "{anew}");
        let unchanged = query_file::write(&file.query, Some(text));
        assert_eq!(unchanged, text, "what did not change is not written anew");

        let mut changed = file.query;
        changed.name.push('x');
        changed.players.pop();
        let edited = query_file::write(&changed, Some(text));
        assert_eq!(query_file::parse(&edited).map(|file| file.query), Ok(changed), "{edited}");
    }
    Err(error) => {
        assert!(error.line >= 1 && error.line <= text.lines().count() + 1, "{error}");
        assert!(error.column >= 1 && !error.message.is_empty());
    }
});
