//! Keeps a token that a service echoes out of what is shown of its answer.

/// The shortest piece of a token that counts as a part of it.
const PIECE: usize = 12;

/// What stands where a piece of the token stood.
const HIDDEN: &str = "(token)";

/// `text` with every word that holds a piece of `token` left out.
pub(super) fn without(token: &str, text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let word_end = rest.find(|c| !is_token_char(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        shown.push_str(if shares_a_piece(token, word) { HIDDEN } else { word });
        let gap_end = after.find(is_token_char).unwrap_or(after.len());
        shown.push_str(&after[..gap_end]);
        rest = &after[gap_end..];
    }
    shown
}

fn shares_a_piece(token: &str, word: &str) -> bool {
    // Words are ASCII, so that every window is on a character's border.
    (0..=word.len().saturating_sub(PIECE))
        .filter_map(|start| word.get(start..start + PIECE))
        .any(|piece| token.contains(piece))
}

/// The characters that the part of a token after its user hash is made of
/// (`XBOX-API.md`, section 5).
pub(super) fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '/' | '=' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "eyJlbmMiOiJBMTI4Q0JD.SFMyNTYiLCJhbGciOiJS.U0EtT0FFUCIs";

    #[test]
    fn whole_and_partial_echoes_are_hidden() {
        assert_eq!(without(TOKEN, &format!("bad token: {TOKEN}!")), "bad token: (token)!");
        assert_eq!(without(TOKEN, &format!("é \"{}\" é", &TOKEN[5..30])), "é \"(token)\" é");
        assert_eq!(without(TOKEN, &format!("x{}y", &TOKEN[20..40])), "(token)");
    }

    #[test]
    fn everything_else_is_shown() {
        for text in ["", "short", "7492baca-c1b4-440d-a391-b7ef364a8d40", "é星 {\"code\":28}", &TOKEN[..11]]
        {
            assert_eq!(without(TOKEN, text), text);
        }
    }
}
