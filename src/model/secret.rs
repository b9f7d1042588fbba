//! Telling that a text holds a token, without taking it apart.

/// A word of so many characters is no name, id or number, and tokens have far more.
const TOKEN_CHARS: usize = 200;

/// Whether a text holds an Xbox token: a header, the answer that it comes in, or a word that is as
/// long as only tokens are. Such a text belongs in no list, file or history.
#[must_use]
pub fn holds_token(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains("xbl3.0")
        || (lower.contains("\"token\"") && lower.contains("\"displayclaims\""))
        || lower.split(|c| !can_be_in_token(c)).any(is_token_like)
}

/// The characters of the part of a token after its user hash (`XBOX-API.md`, section 5).
fn can_be_in_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '/' | '=' | '.')
}

/// Long, and no ruler of dashes.
fn is_token_like(word: &str) -> bool {
    word.len() >= TOKEN_CHARS
        && word.contains(|c: char| c.is_ascii_digit())
        && word.contains(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_from_lists() {
        let bare = "eyJlbmMiOiJBMTI4Q0JD.".repeat(20);
        for token in [
            "XBL3.0 x=1;abc",
            "Authorization: xbl3.0\nx=1;abc",
            r#"{"Token":"abc","DisplayClaims":{}}"#,
            &bare,
            &format!("TigerShark, {bare}"),
        ] {
            assert!(holds_token(token), "{token}");
        }
        let names = "TigerShark, 2533274792693551\n".repeat(50);
        for list in ["", &names, &"=".repeat(300), &"-".repeat(300), &"星".repeat(300)] {
            assert!(!holds_token(list), "{list}");
        }
    }
}
