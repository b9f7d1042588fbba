//! The token, as people paste it and as it is sent. No error, `Debug` or log repeats any of it.

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, OnceLock},
};

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};
use serde::{Deserialize, Serialize};

use super::{
    redact::{Pieces, is_token_char},
    xerr,
};
use crate::model::{UnixMillis, Xuid};

/// A token that can be sent: an `Authorization` header of the form `XBL3.0 x=<userhash>;<token>`
/// (`XBOX-API.md`, section 5), checked, and what the pasted text told of its owner and end.
#[derive(Clone)]
pub struct XblToken {
    header: SecretString,
    expires: Option<UnixMillis>,
    owner: Option<String>,
    owner_xuid: Option<Xuid>,
    /// Made when it is needed first.
    pieces: Arc<OnceLock<Pieces>>,
}

/// Why a pasted text is no token, and what to paste instead. Never holds any of the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing but space.
    #[error("Nothing was pasted. {PASTE}")]
    Empty,
    /// A line break in the middle: a wrapped line was copied, and where it had spaces is unknown.
    #[error(
        "The token has a line break in the middle, so a part may be missing. \
         Copy it as one line, without wrapping"
    )]
    LineBreak,
    /// A space in the middle of the token.
    #[error("The token has a space in the middle. Copy it again, as one piece")]
    Space,
    /// A character that tokens don't have.
    #[error("The token has a character that no token has. Copy it again, without anything around it")]
    Character,
    /// The part after the user hash is far too short.
    #[error("The token is too short, so most of it is missing. Copy all of it")]
    TooShort,
    /// Longer than any header can be.
    #[error("The text is too long for a token. Copy the token alone")]
    TooLong,
    /// The user hash is neither digits nor `-`.
    #[error("The user hash between x= and ; must be digits or a single -. Copy the whole header again")]
    UserHash,
    /// The bare token, without `XBL3.0 x=<userhash>;` in front.
    #[error("`XBL3.0 x=<userhash>;` is missing in front of the token. {PASTE}")]
    NoUserHash,
    /// A header of another kind, such as `Bearer`.
    #[error("This is not an Xbox Live token: those begin with `XBL3.0 x=`. {PASTE}")]
    OtherKind,
    /// JSON that cannot be read.
    #[error("This looks like JSON and cannot be read as such, so a part may be missing. Copy all of it")]
    BrokenJson,
    /// JSON without the parts of an XSTS answer.
    #[error("This JSON holds no token: `Token` or the user hash (`uhs`) is missing. {PASTE}")]
    NoTokenInJson,
    /// The XSTS answer is a refusal.
    #[error("This answer is a refusal, not a token. {reason}. {advice}")]
    Refusal {
        /// Why the sign-in service refused.
        reason: &'static str,
        /// What to do about it.
        advice: &'static str,
    },
    /// What the keyring holds cannot be read.
    #[error("The stored token cannot be read. Paste it again")]
    BrokenStore,
}

const PASTE: &str = "Paste the Authorization header, or the answer of the XSTS service";

const SCHEME: &str = "XBL3.0";

/// Real tokens have thousands of characters. Fewer than this are a cut-off, not a token.
const MIN_TOKEN_CHARS: usize = 16;

/// Servers refuse headers well below this.
const MAX_CHARS: usize = 32_768;

impl XblToken {
    /// Reads a token as people have it: the header, the header line with `Authorization:`, or the
    /// XSTS answer. Space, quotes and line breaks around it do not matter.
    ///
    /// # Errors
    /// What is wrong, without any of the text.
    pub fn parse(pasted: &SecretString) -> Result<Self, TokenError> {
        let text = trimmed(pasted.expose_secret());
        if text.is_empty() {
            return Err(TokenError::Empty);
        }
        if text.starts_with('{') {
            return Self::from_xsts_answer(text);
        }
        let header = without_header_name(text);
        check(header)?;
        Ok(Self {
            header: header.into(),
            expires: None,
            owner: None,
            owner_xuid: None,
            pieces: Arc::default(),
        })
    }

    /// When it ends, where the pasted text told it.
    #[must_use]
    pub fn expires(&self) -> Option<UnixMillis> {
        self.expires
    }

    /// The gamertag of its owner, where the pasted text told it.
    #[must_use]
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// The XUID of its owner, where the pasted text told it.
    #[must_use]
    pub fn owner_xuid(&self) -> Option<Xuid> {
        self.owner_xuid
    }

    /// What to put into the keyring: all of it, as JSON.
    #[must_use]
    pub fn to_stored(&self) -> SecretString {
        let stored = Stored {
            header: Cow::Borrowed(self.header.expose_secret()),
            expires: self.expires,
            owner: self.owner.as_deref().map(Cow::Borrowed),
            xuid: self.owner_xuid,
        };
        // Cannot fail: there are no maps and no I/O.
        Zeroizing::new(serde_json::to_string(&stored).unwrap_or_default()).as_str().into()
    }

    /// Reads what [`Self::to_stored`] gave.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_stored(stored: &SecretString) -> Result<Self, TokenError> {
        let stored: Stored<'_> =
            serde_json::from_str(stored.expose_secret()).map_err(|_| TokenError::BrokenStore)?;
        check(&stored.header).map_err(|_| TokenError::BrokenStore)?;
        Ok(Self {
            header: stored.header.as_ref().into(),
            expires: stored.expires,
            owner: stored.owner.map(Cow::into_owned),
            owner_xuid: stored.xuid,
            pieces: Arc::default(),
        })
    }

    /// The header's value, marked so that nothing prints it.
    pub(super) fn header_value(&self) -> Option<HeaderValue> {
        // `check` let only visible ASCII through, which a header can hold.
        let mut value = HeaderValue::from_str(self.header.expose_secret()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// `text` without any piece of the token, for services that echo what they were sent.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        match self.hidden_in_bytes(text.as_bytes()) {
            Some(hidden) => String::from_utf8_lossy(&hidden).into_owned(),
            None => text.to_owned(),
        }
    }

    /// `body` without any piece of the token; `None` when it holds none.
    pub(super) fn hidden_in_bytes(&self, body: &[u8]) -> Option<Vec<u8>> {
        let secret = self.secret();
        self.pieces.get_or_init(|| Pieces::of(secret)).hide(secret, body)
    }

    fn secret(&self) -> &str {
        let header = self.header.expose_secret();
        header.split_once(';').map_or(header, |(_, secret)| secret)
    }

    fn from_xsts_answer(text: &str) -> Result<Self, TokenError> {
        let answer: XstsAnswer<'_> = serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => TokenError::NoTokenInJson,
            _ => TokenError::BrokenJson,
        })?;
        if let Some(meaning) = answer.xerr.and_then(XErrCode::number).and_then(xerr::meaning) {
            return Err(TokenError::Refusal { reason: meaning.reason, advice: meaning.advice });
        }
        let user = answer.claims.and_then(|claims| claims.xui.into_iter().next()).unwrap_or_default();
        let (Some(Borrowed(token)), Some(hash)) = (answer.token, user.uhs) else {
            return Err(TokenError::NoTokenInJson);
        };
        let header = Zeroizing::new(format!("{SCHEME} x={};{}", trimmed(&hash), trimmed(&token)));
        check(&header)?;
        Ok(Self {
            header: header.as_str().into(),
            expires: answer.not_after.as_deref().and_then(moment),
            owner: user.gtg.filter(|name| !name.is_empty()).map(Cow::into_owned),
            owner_xuid: user.xid.and_then(|xuid| xuid.parse().ok()),
            pieces: Arc::default(),
        })
    }
}

impl fmt::Debug for XblToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("XblToken").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Leaves out what people copy along: space, quotes, the comma of a JSON or code line.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '\'' | '`' | ',' | '“' | '”' | '‘' | '’' | '\u{FEFF}' | '\u{200B}')
    })
}

fn without_header_name(text: &str) -> &str {
    const NAME: &str = "authorization";
    let Some(rest) = text.get(..NAME.len()).filter(|head| head.eq_ignore_ascii_case(NAME)) else {
        return text;
    };
    trimmed(trimmed(&text[rest.len()..]).trim_start_matches([':', '=']))
}

/// Whether it is `XBL3.0 x=<hash>;<token>`, with digits or `-` as hash.
fn check(header: &str) -> Result<(), TokenError> {
    if header.len() > MAX_CHARS {
        return Err(TokenError::TooLong);
    }
    let Some(rest) = header.strip_prefix(SCHEME) else {
        let scheme_like = header.split_whitespace().next().unwrap_or(header);
        let is_bare = header.starts_with("x=") || (scheme_like.len() >= MIN_TOKEN_CHARS);
        return Err(if is_bare { TokenError::NoUserHash } else { TokenError::OtherKind });
    };
    let Some((hash, token)) = rest.strip_prefix(" x=").and_then(|rest| rest.split_once(';')) else {
        return Err(if has_line_break(rest) { TokenError::LineBreak } else { TokenError::NoUserHash });
    };
    if has_line_break(header) {
        return Err(TokenError::LineBreak);
    }
    let is_number = (1..=20).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_digit());
    if hash != "-" && !is_number {
        return Err(TokenError::UserHash);
    }
    if token.contains(char::is_whitespace) {
        return Err(TokenError::Space);
    }
    if !token.chars().all(is_token_char) {
        return Err(TokenError::Character);
    }
    if token.len() < MIN_TOKEN_CHARS {
        return Err(TokenError::TooShort);
    }
    Ok(())
}

fn has_line_break(text: &str) -> bool {
    text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// `NotAfter`: a time in ISO 8601, with up to seven decimals.
fn moment(text: &str) -> Option<UnixMillis> {
    text.parse::<jiff::Timestamp>().ok().map(|moment| UnixMillis(moment.as_millisecond()))
}

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    #[serde(borrow)]
    header: Cow<'a, str>,
    expires: Option<UnixMillis>,
    #[serde(borrow)]
    owner: Option<Cow<'a, str>>,
    xuid: Option<Xuid>,
}

#[derive(Deserialize)]
struct XstsAnswer<'a> {
    #[serde(rename = "Token", borrow)]
    token: Option<Borrowed<'a>>,
    #[serde(rename = "NotAfter", borrow)]
    not_after: Option<Cow<'a, str>>,
    #[serde(rename = "DisplayClaims", borrow)]
    claims: Option<Claims<'a>>,
    #[serde(rename = "XErr")]
    xerr: Option<XErrCode>,
}

/// Serde copies an optional `Cow`, and not one in a struct: no copy of the token stays behind.
#[derive(Deserialize)]
struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct Claims<'a> {
    #[serde(borrow, default)]
    xui: Vec<UserClaims<'a>>,
}

#[derive(Default, Deserialize)]
struct UserClaims<'a> {
    #[serde(borrow)]
    gtg: Option<Cow<'a, str>>,
    #[serde(borrow)]
    xid: Option<Cow<'a, str>>,
    #[serde(borrow)]
    uhs: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum XErrCode {
    Number(u64),
    Text(String),
}

impl XErrCode {
    fn number(self) -> Option<u64> {
        match self {
            Self::Number(code) => Some(code),
            Self::Text(code) => code.parse().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JWE: &str = "eyJlbmMiOiJBMTI4Q0JD.SFMyNTYi-LCJhbGci_OiJS.U0EtT0FFUCIs.abc=.x/y+z";

    fn parse(text: &str) -> Result<XblToken, TokenError> {
        XblToken::parse(&text.into())
    }

    fn header(text: &str) -> String {
        parse(text).unwrap().header.expose_secret().to_owned()
    }

    #[test]
    fn it_is_taken_in_every_form_people_have() {
        let bare = format!("XBL3.0 x=1234567890;{JWE}");
        for pasted in [
            bare.clone(),
            format!("\r\n  \"{bare}\"\n"),
            format!("'{bare}',"),
            format!("“{bare}”"),
            format!("Authorization: {bare}"),
            format!("authorization:{bare}\n"),
            format!("\"Authorization\": \"{bare}\","),
            format!("AUTHORIZATION={bare}"),
            format!("Authorization:\n{bare}"),
        ] {
            assert_eq!(header(&pasted), bare, "{pasted}");
        }
        assert!(header(&format!("XBL3.0 x=-;{JWE}")).starts_with("XBL3.0 x=-;"));
    }

    #[test]
    fn an_xsts_answer_tells_owner_and_end() {
        let token = parse(&format!(
            r#" {{"IssueInstant":"2026-11-22T06:00:00.1234567Z","NotAfter":"2026-11-22T22:00:00.1234567Z",
               "Token":"{JWE}",
               "DisplayClaims":{{"xui":[{{"gtg":"TigerShark","xid":"2533274792693551","uhs":"42","agg":"Adult"}}]}}}} "#
        ))
        .unwrap();
        assert_eq!(token.header.expose_secret(), format!("XBL3.0 x=42;{JWE}"));
        assert_eq!(token.expires(), Some(UnixMillis(1_795_384_800_123)));
        assert_eq!(token.owner(), Some("TigerShark"));
        assert_eq!(token.owner_xuid(), Some(Xuid(2_533_274_792_693_551)));
        let back = XblToken::from_stored(&token.to_stored()).unwrap();
        assert_eq!(back.header.expose_secret(), token.header.expose_secret());
        assert_eq!(
            (back.expires(), back.owner(), back.owner_xuid()),
            (token.expires(), token.owner(), token.owner_xuid())
        );
    }

    #[test]
    fn bad_ones_say_what_is_wrong() {
        let (head, tail) = JWE.split_at(20);
        for (pasted, why) in [
            (" \n".to_owned(), TokenError::Empty),
            ("\"\"".to_owned(), TokenError::Empty),
            (format!("XBL3.0 x=1;{head}\n{tail}"), TokenError::LineBreak),
            (format!("XBL3.0 x=1;{head}\r\n{tail}"), TokenError::LineBreak),
            (format!("XBL3.0\nx=1;{JWE}"), TokenError::LineBreak),
            (format!("XBL3.0 x=1\n;{JWE}"), TokenError::LineBreak),
            (format!("XBL3.0 x=1;{head} {tail}"), TokenError::Space),
            (format!("XBL3.0 x=1; {JWE}"), TokenError::Space),
            (format!("XBL3.0 x=1;{head}…{tail}"), TokenError::Character),
            (format!("XBL3.0 x=1;{head}\u{7}{tail}"), TokenError::Character),
            (format!("XBL3.0 x=1;{head};{tail}"), TokenError::Character),
            ("XBL3.0 x=1;".to_owned(), TokenError::TooShort),
            ("XBL3.0 x=1;abc".to_owned(), TokenError::TooShort),
            (format!("XBL3.0 x=1;{}", "a".repeat(40_000)), TokenError::TooLong),
            (format!("XBL3.0 x=;{JWE}"), TokenError::UserHash),
            (format!("XBL3.0 x=abc;{JWE}"), TokenError::UserHash),
            (format!("XBL3.0 x=--;{JWE}"), TokenError::UserHash),
            (format!("XBL3.0 x=123456789012345678901;{JWE}"), TokenError::UserHash),
            (format!("XBL3.0 {JWE}"), TokenError::NoUserHash),
            (format!("x=1;{JWE}"), TokenError::NoUserHash),
            (JWE.to_owned(), TokenError::NoUserHash),
            (format!("Bearer {JWE}"), TokenError::OtherKind),
            (format!("xbl3.0 x=1;{JWE}"), TokenError::OtherKind),
            ("hello".to_owned(), TokenError::OtherKind),
            (format!(r#"{{"Token":"{JWE}""#), TokenError::BrokenJson),
            (format!("{{\"Token\":\"{head}\n{tail}\"}}"), TokenError::BrokenJson),
            (format!(r#"{{"Token":"{JWE}"}}"#), TokenError::NoTokenInJson),
            (r#"{"Token":7,"DisplayClaims":[]}"#.to_owned(), TokenError::NoTokenInJson),
            (r#"{"Token":"abc","DisplayClaims":{"xui":[{"uhs":"1"}]}}"#.to_owned(), TokenError::TooShort),
        ] {
            assert_eq!(parse(&pasted).err(), Some(why), "{pasted}");
        }
    }

    #[test]
    fn a_refusal_pasted_by_mistake_is_explained() {
        for code in ["2148916233", "\"2148916233\""] {
            let json = format!(r#"{{"Identity":"0","XErr":{code},"Message":"","Redirect":"https://x"}}"#);
            let error = parse(&json).unwrap_err();
            assert!(error.to_string().contains("no Xbox profile yet"), "{error}");
        }
    }

    #[test]
    fn nothing_of_it_is_ever_shown() {
        let secret = "SECRETsecretSECRETsecretSECRET";
        for pasted in [
            format!("XBL3.0 x=1;{secret}\n{secret}"),
            format!("XBL3.0 x={secret};{secret}"),
            format!("XBL3.0 {secret}"),
            secret.to_owned(),
            format!("Bearer {secret}"),
            format!(r#"{{"Token":"{secret}""#),
            format!(r#"{{"Token":["{secret}"]}}"#),
            format!(r#"{{"Token":"{secret}","DisplayClaims":"{secret}"}}"#),
            format!("XBL3.0 x=1;{secret} {secret}"),
        ] {
            let error = parse(&pasted).unwrap_err();
            assert!(!format!("{error} {error:?}").to_lowercase().contains("secret"), "{error:?}");
        }
        let token = parse(&format!("XBL3.0 x=1;{secret}")).unwrap();
        let stored = token.to_stored();
        let value = token.header_value();
        assert!(!format!("{token:?} {stored:?} {value:?}").to_lowercase().contains("secretsecret"));
        assert_eq!(token.hidden_in(&format!("no: {secret}")), "no: (token)");
    }

    #[test]
    fn a_spoilt_store_is_told_apart() {
        for stored in ["", "{}", "nonsense", r#"{"header":"XBL3.0 x=1;short"}"#] {
            assert_eq!(XblToken::from_stored(&stored.into()).err(), Some(TokenError::BrokenStore));
        }
    }
}
