//! What tells a service which answer is known already, so that it need not send it again
//! (`XBOX-API.md`, section 1a: 304 is documented; whether it comes is unknown).

use reqwest::header::{ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};

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
    /// Those of an answer, if it has any.
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        let text = |name: HeaderName| {
            let value = headers.get(name)?.to_str().ok()?.trim();
            (!value.is_empty() && value.len() <= MAX_BYTES).then(|| value.to_owned())
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
