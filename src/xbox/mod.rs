//! The client of the Xbox Live services: what is asked, where it may be sent, and lenient readers
//! of what comes back. Every fact about the services is from `XBOX-API.md`; comments name the section.
//!
//! Nothing in here decides what to ask, waits for a budget, tries again or joins answers onto a
//! query: the engine does. Nothing in here writes to a player's data, and no token leaves except
//! through the one function in `http` that attaches it.
//!
//! Start with [`XboxClient`] in `http`: a method for each call. `endpoint` says where requests may
//! go, `token` what may be sent there, `userstats`, `profile` and `people` hold a request and a
//! reader each, `error` what can go wrong and `words` what the user is told of it.

mod endpoint;
mod error;
mod http;
mod people;
pub mod profile;
mod redact;
mod token;
pub mod userstats;
mod words;
mod xerr;

pub use endpoint::{Endpoint, EndpointError};
pub use error::{Call, RateLimit, RequestError, RetryAfter, StatusError, Transport};
pub use http::{ClientError, ClientOptions, XboxClient};
pub use token::{TokenError, XblToken};
