//! The way out: one HTTP client, bounded in time and size. `prepare` says what is sent, `send` sends
//! it.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use reqwest::redirect::Policy;

use super::{
    connecting::Watched,
    endpoint::{Endpoint, LOCALHOST},
};

/// How requests are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientOptions {
    /// `X-RequestedServiceVersion` of stat requests; `None` leaves it out, which means 1
    /// (`XBOX-API.md`, section 1a).
    pub service_version: Option<u32>,
    /// How long a request may take from its start to the last byte of its answer.
    pub timeout: Duration,
    /// The largest answer that is read, in bytes.
    pub max_body_bytes: usize,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self { service_version: None, timeout: Duration::from_mins(1), max_body_bytes: 64 * 1024 * 1024 }
    }
}

/// Why there can be no client.
#[derive(Debug, thiserror::Error)]
#[error("No secure connection can be made: this computer's root certificates cannot be read")]
pub struct ClientError(#[source] reqwest::Error);

/// A client of the services. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct XboxClient {
    client: reqwest::Client,
    endpoint: Endpoint,
    options: ClientOptions,
}

/// How long setting up a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// Unused connections are closed before the service closes them, so that none is used in vain.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

impl XboxClient {
    /// A client of the services at `endpoint`. It follows no redirects and keeps no cookies. Proxies
    /// of the environment are used for Xbox Live, where the token is encrypted on its way through,
    /// and never for this machine.
    ///
    /// # Errors
    /// When the computer is not set up for secure connections.
    pub fn new(endpoint: Endpoint, options: ClientOptions) -> Result<Self, ClientError> {
        // Fails only where it was done before. Ring, since the usual one takes a minute to build.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_TIMEOUT.min(options.timeout))
            .pool_idle_timeout(IDLE_TIMEOUT)
            .connector_layer(Watched)
            .timeout(options.timeout);
        builder = if endpoint.is_loopback() {
            // The name is never looked up, so that no resolver can lead it off this machine.
            // Port 0 stands for the one in the address.
            let here = [IpAddr::from(Ipv4Addr::LOCALHOST), Ipv6Addr::LOCALHOST.into()]
                .map(|address| SocketAddr::new(address, 0));
            builder.no_proxy().resolve_to_addrs(LOCALHOST, &here)
        } else {
            builder.https_only(true)
        };
        if endpoint.is_plain() {
            // A computer without root certificates can still show the sample service.
            builder = builder.tls_certs_only([]);
        }
        Ok(Self { client: builder.build().map_err(ClientError)?, endpoint, options })
    }

    /// Where it sends requests.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// How it makes requests.
    pub(super) fn options(&self) -> &ClientOptions {
        &self.options
    }

    /// The client below.
    pub(super) fn http(&self) -> &reqwest::Client {
        &self.client
    }
}
