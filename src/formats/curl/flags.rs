//! The flags of cURL: which of a command's words are the address, which the body.

use super::{
    CurlError,
    asked::{Gathered, LeftOut},
};

/// What a command sends, as far as it matters.
#[derive(Default)]
pub(super) struct Request {
    /// The addresses.
    pub(super) urls: Vec<String>,
    /// The body, as its pieces are put together; `None` when there is none.
    pub(super) body: Option<String>,
    /// The flag of a body that stands in a file.
    body_in_file: Option<&'static str>,
}

/// What a flag does.
#[derive(Clone, Copy)]
enum Does {
    /// It changes how cURL works, not what is asked.
    Nothing,
    /// The same, and it takes a value.
    TakesValue,
    /// It gives a header.
    Header,
    /// It gives an address.
    Url,
    /// It gives a piece of the body, with `@` for a file.
    Data,
    /// It gives a piece of the body, as it is.
    RawData,
    /// It gives a piece of a body in JSON, with `@` for a file.
    Json,
    /// It could matter, takes a value, and is passed over.
    PassedOver,
}

const FLAGS: &[(&str, &str, Does)] = &[
    ("-H", "--header", Does::Header),
    ("-d", "--data", Does::Data),
    ("", "--data-ascii", Does::Data),
    ("", "--data-binary", Does::Data),
    ("", "--data-raw", Does::RawData),
    ("", "--json", Does::Json),
    ("", "--url", Does::Url),
    ("", "--data-urlencode", Does::PassedOver),
    ("", "--url-query", Does::PassedOver),
    ("-F", "--form", Does::PassedOver),
    ("", "--form-string", Does::PassedOver),
    ("-K", "--config", Does::PassedOver),
    ("-T", "--upload-file", Does::PassedOver),
    ("-X", "--request", Does::TakesValue),
    ("-A", "--user-agent", Does::TakesValue),
    ("-b", "--cookie", Does::TakesValue),
    ("-c", "--cookie-jar", Does::TakesValue),
    ("-C", "--continue-at", Does::TakesValue),
    ("-D", "--dump-header", Does::TakesValue),
    ("-e", "--referer", Does::TakesValue),
    ("-E", "--cert", Does::TakesValue),
    ("-m", "--max-time", Does::TakesValue),
    ("-o", "--output", Does::TakesValue),
    ("-r", "--range", Does::TakesValue),
    ("-u", "--user", Does::TakesValue),
    ("-U", "--proxy-user", Does::TakesValue),
    ("-w", "--write-out", Does::TakesValue),
    ("-x", "--proxy", Does::TakesValue),
    ("-y", "--speed-time", Does::TakesValue),
    ("-Y", "--speed-limit", Does::TakesValue),
    ("-z", "--time-cond", Does::TakesValue),
    ("", "--cacert", Does::TakesValue),
    ("", "--capath", Does::TakesValue),
    ("", "--ciphers", Does::TakesValue),
    ("", "--connect-timeout", Does::TakesValue),
    ("", "--connect-to", Does::TakesValue),
    ("", "--interface", Does::TakesValue),
    ("", "--key", Does::TakesValue),
    ("", "--limit-rate", Does::TakesValue),
    ("", "--max-filesize", Does::TakesValue),
    ("", "--max-redirs", Does::TakesValue),
    ("", "--noproxy", Does::TakesValue),
    ("", "--oauth2-bearer", Does::TakesValue),
    ("", "--resolve", Does::TakesValue),
    ("", "--retry", Does::TakesValue),
    ("", "--retry-delay", Does::TakesValue),
    ("", "--retry-max-time", Does::TakesValue),
    ("", "--stderr", Does::TakesValue),
    ("", "--tls-max", Does::TakesValue),
    ("", "--trace", Does::TakesValue),
    ("", "--trace-ascii", Does::TakesValue),
    ("", "--unix-socket", Does::TakesValue),
    ("-f", "--fail", Does::Nothing),
    ("-g", "--globoff", Does::Nothing),
    ("-G", "--get", Does::Nothing),
    ("-i", "--include", Does::Nothing),
    ("-I", "--head", Does::Nothing),
    ("-j", "--junk-session-cookies", Does::Nothing),
    ("-k", "--insecure", Does::Nothing),
    ("-L", "--location", Does::Nothing),
    ("-n", "--netrc", Does::Nothing),
    ("-N", "--no-buffer", Does::Nothing),
    ("-O", "--remote-name", Does::Nothing),
    ("-q", "--disable", Does::Nothing),
    ("-s", "--silent", Does::Nothing),
    ("-S", "--show-error", Does::Nothing),
    ("-v", "--verbose", Does::Nothing),
    ("-4", "--ipv4", Does::Nothing),
    ("-6", "--ipv6", Does::Nothing),
    ("-#", "--progress-bar", Does::Nothing),
    ("-0", "--http1.0", Does::Nothing),
    ("", "--http1.1", Does::Nothing),
    ("", "--http2", Does::Nothing),
    ("", "--http2-prior-knowledge", Does::Nothing),
    ("", "--http3", Does::Nothing),
    ("", "--compressed", Does::Nothing),
    ("", "--fail-with-body", Does::Nothing),
    ("", "--no-progress-meter", Does::Nothing),
    ("", "--path-as-is", Does::Nothing),
    ("", "--ssl-reqd", Does::Nothing),
    ("", "--tcp-nodelay", Does::Nothing),
    ("", "--tlsv1.2", Does::Nothing),
    ("", "--tlsv1.3", Does::Nothing),
];

/// Reads the words after `curl`.
///
/// # Errors
/// When the body stands in a file and nowhere else.
pub(super) fn read(words: &[String], gathered: &mut Gathered) -> Result<Request, CurlError> {
    let mut request = Request::default();
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        if word.starts_with("--") && word.len() > 2 {
            match FLAGS.iter().find(|(_, long, _)| *long == word) {
                Some((_, long, does)) => request.apply(long, *does, &mut words, gathered),
                None => gathered.leave_out(LeftOut::UnknownFlag),
            }
        } else if word.starts_with('-') && word.len() > 1 {
            request.short_flags(&word[1..], &mut words, gathered);
        } else {
            request.urls.push(word.to_owned());
        }
    }
    match request.body_in_file {
        Some(flag) if request.body.is_none() => Err(CurlError::BodyInFile { flag }),
        _ => Ok(request),
    }
}

impl Request {
    /// Short flags stand together (`-sS`), the last with its value (`-XPOST`).
    fn short_flags<'w>(
        &mut self,
        letters: &'w str,
        words: &mut impl Iterator<Item = &'w str>,
        gathered: &mut Gathered,
    ) {
        for (at, letter) in letters.char_indices() {
            let known = FLAGS
                .iter()
                .find(|(short, ..)| short.strip_prefix('-') == Some(letter.encode_utf8(&mut [0; 4])));
            match known {
                Some((_, _, Does::Nothing)) => {}
                Some((short, _, does)) => {
                    let attached = &letters[at + letter.len_utf8()..];
                    let attached = (!attached.is_empty()).then_some(attached);
                    self.apply(short, *does, &mut attached.into_iter().chain(words), gathered);
                    return;
                }
                None => return gathered.leave_out(LeftOut::UnknownFlag),
            }
        }
    }

    /// Applies a flag, whose value, if it takes one, is the next of `values`.
    fn apply<'w>(
        &mut self,
        flag: &'static str,
        does: Does,
        values: &mut impl Iterator<Item = &'w str>,
        gathered: &mut Gathered,
    ) {
        if matches!(does, Does::Nothing) {
            return;
        }
        let Some(value) = values.next() else { return };
        match does {
            Does::Nothing | Does::TakesValue => {}
            Does::Header => {
                if holds_secret(value) {
                    gathered.leave_out(LeftOut::Token);
                }
            }
            Does::Url => self.urls.push(value.to_owned()),
            Does::Data | Does::Json if value.starts_with('@') => self.body_in_file = Some(flag),
            // As cURL joins them.
            Does::Data | Does::RawData => self.add(value, "&"),
            Does::Json => self.add(value, ""),
            Does::PassedOver => gathered.leave_out(LeftOut::Flag(flag)),
        }
    }

    fn add(&mut self, piece: &str, between: &str) {
        match &mut self.body {
            Some(body) => {
                body.push_str(between);
                body.push_str(piece);
            }
            None => self.body = Some(piece.to_owned()),
        }
    }
}

/// Whether a header holds a token itself, and no variable that stands for one.
fn holds_secret(header: &str) -> bool {
    let (name, value) = header.split_once(':').unwrap_or((header, ""));
    let value = value.trim();
    name.trim().eq_ignore_ascii_case("authorization")
        && !value.is_empty()
        && !value.starts_with(['$', '%', '<', '{'])
}
