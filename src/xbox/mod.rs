//! The client of the Xbox Live services: what is asked, where it may be sent, and lenient readers
//! of what comes back. Every fact about the services is from `XBOX-API.md`; comments name the section.
//!
//! Nothing in here decides what to ask, reads a clock to decide anything, waits, tries again or
//! joins answers onto a query: the engine does. Nothing in here writes to a player's data, and no
//! token leaves except through the one function in `send` that attaches it.
//!
//! Start with [`XboxClient`]: `prepare` holds a method for each call, `send` sends what they give.
//! `endpoint` says where requests may go, `token` what may be sent there, `userstats`, `profile` and
//! `people` hold a request and a reader each, `error` what can go wrong and `words` what the user is
//! told of it, `scan` the JSON under all readers. [`budget`] counts requests against the rate limits, [`retry`] judges failures; both
//! are pure.

pub mod budget;
mod connecting;
mod endpoint;
mod error;
mod http;
mod lists;
pub mod people;
mod policy;
mod prepare;
pub mod profile;
mod redact;
pub mod retry;
mod scan;
mod send;
mod token;
pub mod userstats;
mod validators;
mod words;
mod xerr;

pub use endpoint::{Endpoint, EndpointError};
pub use error::{Call, RateLimit, RequestError, RetryAfter, StatusError, Transport};
pub use http::{ClientError, ClientOptions, XboxClient};
pub use prepare::Prepared;
pub use send::{Answer, Reply};
pub use token::{TokenError, XblToken};
pub use validators::Validators;
