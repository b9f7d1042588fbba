//! What tells a service which answer is known already, so that it need not send it again
//! (`XBOX-API.md`, section 1a: 304 is documented; whether it comes is unknown).

use reqwest::header::{ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};

use super::token::XblToken;

/// What an answer said of its own version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`, as sent.
    pub etag: Option<String>,
    /// `Last-Modified`, as sent.
    pub last_modified: Option<String>,
}

/// The longest that is sent back, in bytes.
const MAX_BYTES: usize = 1024;

impl Validators {
    /// Those of an answer, if it has any. They are shown and sent back, so none that repeats the
    /// token is taken.
    pub(super) fn read(headers: &HeaderMap, token: &XblToken) -> Option<Self> {
        let text = |name: HeaderName| {
            let value = headers.get(name)?.to_str().ok()?.trim();
            let is_fit = !value.is_empty() && value.len() <= MAX_BYTES;
            (is_fit && token.hidden_in_bytes(value.as_bytes()).is_none()).then(|| value.to_owned())
        };
        let read = Self { etag: text(ETAG), last_modified: text(LAST_MODIFIED) };
        (read != Self::default()).then_some(read)
    }

    /// The headers that ask for an answer only if it is another.
    pub(super) fn headers(&self) -> impl Iterator<Item = (String, String)> {
        [(IF_NONE_MATCH, &self.etag), (IF_MODIFIED_SINCE, &self.last_modified)]
            .into_iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.clone()?)))
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn a_validator_that_repeats_the_token_is_not_taken() {
        let token = XblToken::parse(&"XBL3.0 x=1;SECRETsecretSECRETsecretSECRET".into()).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(ETAG, HeaderValue::from_static("\"v1 SECRETsecretSECRETsecret\""));
        assert_eq!(Validators::read(&headers, &token), None);
        headers.insert(LAST_MODIFIED, HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT"));
        let read = Validators::read(&headers, &token).unwrap();
        assert_eq!((read.etag, read.last_modified.is_some()), (None, true));
    }
}
