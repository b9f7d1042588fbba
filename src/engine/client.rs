//! Whom the engine talks to: the service's client, and the key its memories are kept under.

use std::sync::Arc;

use super::{Limits, Service};
use crate::{
    model::{Failure, Rates, Remedy},
    xbox::{ClientOptions, Endpoint, XboxClient},
};

/// The key under which everything of a service is kept, so that no two are mixed.
pub(super) fn store_key(service: &Service) -> String {
    match service {
        Service::Xbox => "xbox".into(),
        Service::Sample { .. } => "sample".into(),
        Service::At(url) => url.trim_end_matches('/').into(),
    }
}

/// The rate limits that the service is known to have (`XBOX-API.md`, section 4).
pub(super) fn rates(service: &Service) -> Rates {
    match service {
        Service::Xbox | Service::At(_) => Rates::documented(),
        Service::Sample { .. } => Rates::generous(),
    }
}

/// A client for the service.
///
/// # Errors
/// When its address is none that a token may be sent to, or no secure connection can be made.
pub(super) fn connect(
    service: &Service,
    service_version: Option<u32>,
    limits: Limits,
) -> Result<Arc<XboxClient>, Arc<Failure>> {
    let endpoint = match service {
        Service::Xbox => Ok(Endpoint::xbox()),
        Service::Sample { url, .. } | Service::At(url) => Endpoint::at(url),
    };
    // The engine's own clock ends a request before that.
    let timeout = limits.request_time * 2;
    let options = ClientOptions { service_version, timeout, max_body_bytes: limits.answer_bytes };
    endpoint
        .map_err(|error| failure(&error.to_string(), "Correct the service address"))
        .and_then(|endpoint| {
            XboxClient::new(endpoint, options).map_err(|error| failure(&error.to_string(), NO_CERTIFICATES))
        })
        .map(Arc::new)
}

const NO_CERTIFICATES: &str =
    "Install them (on Debian and Ubuntu the package ca-certificates) and start Statlens again";

fn failure(reason: &str, advice: &str) -> Arc<Failure> {
    Arc::new(Failure {
        status: None,
        reason: reason.trim_end_matches('.').to_owned(),
        causes: Vec::new(),
        advice: advice.to_owned(),
        detail: None,
        remedy: Remedy::None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_do_not_share_a_key() {
        let sample = Service::Sample { url: "http://127.0.0.1:1".into(), token: "" };
        let at = |url: &str| store_key(&Service::At(url.into()));
        assert_eq!(store_key(&sample), "sample");
        assert_ne!(at("http://127.0.0.1:1"), "sample");
        assert_eq!(at("http://127.0.0.1:1/"), at("http://127.0.0.1:1"));
    }

    #[test]
    fn an_address_off_loopback_is_refused() {
        let refused = connect(&Service::At("http://xboxlive.com".into()), None, Limits::default());
        assert!(refused.is_err());
    }
}
