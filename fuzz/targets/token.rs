//! What is pasted as a token.
#![no_main]

use libfuzzer_sys::fuzz_target;
use secrecy::ExposeSecret;
use statlens::xbox::XblToken;
use statlens_fuzz::{assert_hides_token, text_with_token};

fuzz_target!(|input: &[u8]| {
    let Some(text) = text_with_token(input) else { return };
    let read = XblToken::parse(&text.into());
    assert_hides_token(&read);
    match read {
        Ok(token) => {
            let stored = token.to_stored();
            let again = XblToken::from_stored(&stored).expect("what was stored can be read");
            assert_eq!(again.to_stored().expose_secret(), stored.expose_secret());
            assert_eq!((again.expires(), again.owner()), (token.expires(), token.owner()));
        }
        Err(error) => assert_hides_token(&error.to_string()),
    }
});
