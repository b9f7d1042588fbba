//! Where requests, and with them the token, may go: `https` hosts under `xboxlive.com`, or an
//! address on this machine that the user named. Nowhere else.

use std::{fmt, net::IpAddr};

use reqwest::Url;

/// Where the services are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    base: Base,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Base {
    /// A host for each service under `xboxlive.com`.
    Xbox,
    /// One address that stands in for every host: their paths do not collide.
    One(Url),
}

/// Why requests may not go to an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// It cannot be read as an address.
    #[error("This is not a web address. Write it as http://127.0.0.1:8080")]
    NotAnAddress,
    /// A name or password in it.
    #[error("The address holds a user name or password. Leave out what stands before the @")]
    UserInfo,
    /// A `?` or `#` in it.
    #[error("The address may not hold a ? or a #. Leave out what follows the path")]
    QueryOrFragment,
    /// Another scheme than http and https.
    #[error("The address must begin with https://, or with http:// when it is on this machine")]
    Scheme,
    /// A real host without encryption.
    #[error("The token is only sent to Xbox Live encrypted. Write https:// instead of http://")]
    NotEncrypted,
    /// Any other host.
    #[error(
        "The token is only sent to hosts under xboxlive.com and to this machine \
         (127.0.0.1, [::1] or localhost), so this address is refused"
    )]
    OtherHost,
}

/// The services, each with its own host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Host {
    UserStats,
    Profile,
    PeopleHub,
}

impl Host {
    fn name(self) -> &'static str {
        match self {
            Self::UserStats => "userstats.xboxlive.com",
            Self::Profile => "profile.xboxlive.com",
            Self::PeopleHub => "peoplehub.xboxlive.com",
        }
    }
}

impl Endpoint {
    /// The real services.
    #[must_use]
    pub fn xbox() -> Self {
        Self { base: Base::Xbox }
    }

    /// One address that stands in for every host: `https` under `xboxlive.com`, or `http` or `https`
    /// on this machine. A path in it is kept in front of every request's.
    ///
    /// # Errors
    /// Why the token may not be sent there.
    pub fn at(base_url: &str) -> Result<Self, EndpointError> {
        let url = Url::parse(base_url.trim()).map_err(|_| EndpointError::NotAnAddress)?;
        check(&url)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(EndpointError::QueryOrFragment);
        }
        Ok(Self { base: Base::One(url) })
    }

    /// Whether it is on this machine: no proxy may stand between, no name may be looked up.
    pub(super) fn is_loopback(&self) -> bool {
        matches!(&self.base, Base::One(url) if is_loopback(url))
    }

    /// Whether requests go unencrypted, which only happens on this machine.
    pub(super) fn is_plain(&self) -> bool {
        matches!(&self.base, Base::One(url) if url.scheme() == "http")
    }

    /// The address of `path`, which begins with `/`.
    pub(super) fn address(&self, host: Host, path: &str) -> String {
        match &self.base {
            Base::Xbox => format!("https://{}{path}", host.name()),
            Base::One(base) => format!("{}{path}", base.as_str().trim_end_matches('/')),
        }
    }

    /// Whether a request to `url` may carry the token: `url` is allowed by itself, and belongs here.
    pub(super) fn allows(&self, url: &Url) -> bool {
        let belongs = match &self.base {
            Base::Xbox => is_xbox_host(url),
            Base::One(base) => base.origin() == url.origin(),
        };
        belongs && check(url).is_ok()
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.base {
            Base::Xbox => f.write_str("https://xboxlive.com"),
            Base::One(url) => f.write_str(url.as_str().trim_end_matches('/')),
        }
    }
}

fn check(url: &Url) -> Result<(), EndpointError> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(EndpointError::UserInfo);
    }
    match url.scheme() {
        "https" if is_loopback(url) || is_xbox_host(url) => Ok(()),
        "http" if is_loopback(url) => Ok(()),
        "http" if is_xbox_host(url) => Err(EndpointError::NotEncrypted),
        "http" | "https" => Err(EndpointError::OtherHost),
        _ => Err(EndpointError::Scheme),
    }
}

fn is_xbox_host(url: &Url) -> bool {
    url.host_str().and_then(|host| host.strip_suffix(".xboxlive.com")).is_some_and(|name| !name.is_empty())
}

/// An address of the loopback network, or the name `localhost`, which the client never looks up.
fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host == LOCALHOST || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The one name that stands for this machine. Names under it (`x.localhost`) do not count.
pub(super) const LOCALHOST: &str = "localhost";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_and_xbox_live_are_allowed() {
        for good in [
            "http://127.0.0.1:1",
            "http://127.8.9.10:65535/",
            "http://[::1]:1",
            "http://localhost:1",
            "HTTP://LOCALHOST:1/base/",
            "https://127.0.0.1:8443",
            "https://userstats.xboxlive.com",
            "https://Userstats.XboxLive.com/",
            "  http://127.0.0.1:1  ",
        ] {
            assert!(Endpoint::at(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        use EndpointError::{NotAnAddress, NotEncrypted, OtherHost, QueryOrFragment, Scheme, UserInfo};
        for (bad, why) in [
            ("", NotAnAddress),
            ("userstats.xboxlive.com", NotAnAddress),
            ("http://", NotAnAddress),
            ("http://127.0.0.1:99999", NotAnAddress),
            ("http://userstats.xboxlive.com", NotEncrypted),
            ("http://xboxlive.com", OtherHost),
            ("https://xboxlive.com", OtherHost),
            ("https://.xboxlive.com", OtherHost),
            ("https://xboxlive.com.evil.example", OtherHost),
            ("https://userstats.xboxlive.com.evil.example", OtherHost),
            ("https://userstats.xboxlive.com.", OtherHost),
            ("https://evilxboxlive.com", OtherHost),
            ("https://evil.example/userstats.xboxlive.com", OtherHost),
            ("https://evil.example\\.xboxlive.com", OtherHost),
            ("https://user:pass@userstats.xboxlive.com", UserInfo),
            ("https://userstats.xboxlive.com@evil.example", UserInfo),
            ("http://user@127.0.0.1:1", UserInfo),
            ("http://10.0.0.1:1", OtherHost),
            ("http://0.0.0.0:1", OtherHost),
            ("http://[::]:1", OtherHost),
            ("http://[::ffff:10.0.0.1]:1", OtherHost),
            ("http://localhost.evil.example:1", OtherHost),
            ("http://x.localhost:1", OtherHost),
            ("http://127.0.0.1.evil.example:1", OtherHost),
            ("ftp://127.0.0.1:1", Scheme),
            ("file:///etc/passwd", Scheme),
            ("http://127.0.0.1:1/?next=x", QueryOrFragment),
            ("http://127.0.0.1:1/#x", QueryOrFragment),
        ] {
            assert_eq!(Endpoint::at(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn a_base_path_stays_in_front() {
        let endpoint = Endpoint::at("http://localhost:1/base/").unwrap();
        let url = endpoint.address(Host::Profile, "/users/gt(Major%20Nelson)/profile");
        assert_eq!(url, "http://localhost:1/base/users/gt(Major%20Nelson)/profile");
        let url = Endpoint::xbox().address(Host::UserStats, "/batch?operation=read");
        assert_eq!(url, "https://userstats.xboxlive.com/batch?operation=read");
    }

    #[test]
    fn the_token_stays_within_the_endpoint() {
        let url = |text: &str| Url::parse(text).unwrap();
        assert!(Endpoint::xbox().allows(&url("https://profile.xboxlive.com/x")));
        assert!(!Endpoint::xbox().allows(&url("http://127.0.0.1:1/x")), "not what was asked for");
        assert!(!Endpoint::xbox().allows(&url("http://profile.xboxlive.com/x")));
        let local = Endpoint::at("http://127.0.0.1:1").unwrap();
        assert!(local.allows(&url("http://127.0.0.1:1/x")));
        for other in ["http://127.0.0.1:2/x", "https://127.0.0.1:1/x", "https://profile.xboxlive.com/x"] {
            assert!(!local.allows(&url(other)), "{other}");
        }
    }
}
