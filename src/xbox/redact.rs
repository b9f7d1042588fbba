//! Keeps a token that a service echoes out of what is shown of its answer.
//!
//! Every answer is searched, so the search must cost next to nothing where there is nothing: a
//! table knows all runs of a few characters of the token, and only every seventh place of the body
//! is looked up in it. A piece of the token covers one of those places at least.

/// The shortest piece of a token that counts as a part of it, in characters.
const PIECE: usize = 12;

/// The length of the runs that are in the table.
const RUN: usize = 6;

/// With this step, every piece holds one whole run that is looked up.
const STEP: usize = PIECE - RUN + 1;

/// The size of the table, as a power of two bits: so many that few runs share one by chance.
const TABLE_BITS: u32 = 19;

/// Places that look like the token and are looked at closely. A body with more is made to cost time,
/// and is hidden whole.
const MOST_LOOKS: usize = 10_000;

/// What stands where a piece of the token stood.
const HIDDEN: &[u8] = b"(token)";

/// Which runs of characters a token holds. Nothing of the token can be read back from it.
pub(super) struct Pieces(Box<[u64]>);

impl Pieces {
    /// The table of a token.
    pub(super) fn of(token: &str) -> Self {
        let mut table = vec![0; 1 << (TABLE_BITS - 6)];
        for run in token.as_bytes().windows(RUN) {
            let bit = bit_of(run);
            table[bit / 64] |= 1 << (bit % 64);
        }
        Self(table.into())
    }

    /// `body` with every word that holds a piece of the token left out; `None` when none does.
    /// `token` is the one that the table is of.
    pub(super) fn hide(&self, token: &str, body: &[u8]) -> Option<Vec<u8>> {
        let mut shown: Option<Vec<u8>> = None;
        let (mut done, mut at, mut looks) = (0, 0, 0);
        while at + RUN <= body.len() {
            if self.may_hold(&body[at..at + RUN]) {
                looks += 1;
                if looks > MOST_LOOKS {
                    return Some(HIDDEN.to_vec());
                }
                if is_piece_around(token, body, at) {
                    let word = word_around(body, at, done);
                    let shown = shown.get_or_insert_default();
                    shown.extend_from_slice(&body[done..word.start]);
                    shown.extend_from_slice(HIDDEN);
                    done = word.end;
                    at = done;
                    continue;
                }
            }
            at += STEP;
        }
        shown.map(|mut shown| {
            shown.extend_from_slice(&body[done..]);
            shown
        })
    }

    fn may_hold(&self, run: &[u8]) -> bool {
        let bit = bit_of(run);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

fn bit_of(run: &[u8]) -> usize {
    let number = run.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - TABLE_BITS)) as usize
}

/// Whether a piece of the token covers the run at a place.
fn is_piece_around(token: &str, body: &[u8], at: usize) -> bool {
    let is_in_token = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok_and(|text| token.contains(text));
    is_in_token(&body[at..at + RUN])
        && (at.saturating_sub(STEP - 1)..=at)
            .filter_map(|start| body.get(start..start + PIECE))
            .any(is_in_token)
}

/// The word around a place, from `first` on.
fn word_around(body: &[u8], at: usize, first: usize) -> std::ops::Range<usize> {
    let is_outside = |byte: &u8| !is_token_char(char::from(*byte));
    let start = body[first..at].iter().rposition(is_outside).map_or(first, |outside| first + outside + 1);
    let end = body[at..].iter().position(is_outside).map_or(body.len(), |outside| at + outside);
    start..end
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

    fn without(text: &str) -> Option<String> {
        Pieces::of(TOKEN).hide(TOKEN, text.as_bytes()).map(|shown| String::from_utf8(shown).unwrap())
    }

    #[test]
    fn whole_and_partial_echoes_are_hidden() {
        let hidden = |text: &str| without(text).unwrap();
        assert_eq!(hidden(&format!("bad token: {TOKEN}!")), "bad token: (token)!");
        assert_eq!(hidden(&format!("é \"{}\" é", &TOKEN[5..30])), "é \"(token)\" é");
        assert_eq!(hidden(&format!("x{}y", &TOKEN[20..40])), "(token)");
        assert_eq!(
            hidden(&format!("{TOKEN} and {TOKEN}\n{}", &TOKEN[1..13])),
            "(token) and (token)\n(token)"
        );
    }

    #[test]
    fn every_piece_is_found_wherever_it_stands() {
        for start in 0..=TOKEN.len() - PIECE {
            for before in 0..STEP {
                let text = format!("{} {} z", "é".repeat(before), &TOKEN[start..start + PIECE]);
                assert_eq!(without(&text), Some(format!("{} (token) z", "é".repeat(before))));
            }
        }
    }

    #[test]
    fn everything_else_is_shown() {
        for text in ["", "short", "7492baca-c1b4-440d-a391-b7ef364a8d40", "é星 {\"code\":28}", &TOKEN[..11]]
        {
            assert_eq!(without(text), None);
        }
        assert_eq!(Pieces::of("short").hide("short", b"short, much longer than that"), None);
    }

    #[test]
    fn a_body_that_only_looks_like_the_token_is_hidden_whole() {
        let runs = format!("{} ", &TOKEN[..RUN]).repeat(STEP * (MOST_LOOKS + 1));
        assert_eq!(without(&runs).as_deref(), Some("(token)"));
    }
}
