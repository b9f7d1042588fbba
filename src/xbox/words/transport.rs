//! When no answer came, or not all of it.

use super::Words;
use crate::{model::Remedy, xbox::error::Transport};

pub(super) fn not_allowed() -> Words {
    Words {
        reason: "The request was not sent: the token may only go to Xbox Live or to this machine".into(),
        causes: &["The service address points elsewhere"],
        advice: "Check the service address",
        remedy: Remedy::None,
    }
}

pub(super) fn words(kind: Transport, host: &str) -> Words {
    let (reason, causes, advice): (_, &[&str], _) = match kind {
        Transport::HostNotFound => (
            format!("The address {host} was not found"),
            &[
                "This computer is not connected to the internet",
                "The name server does not answer, or blocks the address",
                "The service address is misspelt",
            ],
            "Check the internet connection and the service address",
        ),
        Transport::Refused => (
            format!("Nothing answers at {host}"),
            &["The service is not running", "The address or its port is another", "A firewall refuses it"],
            "Check the service address, and that the service runs",
        ),
        Transport::NoConnection => (
            format!("No connection to {host}"),
            &[
                "The internet connection is down or very slow",
                "A firewall keeps the request back",
                "The service is down",
            ],
            "Check the internet connection and the firewall",
        ),
        Transport::Tls => (
            format!("The secure connection to {host} failed"),
            &[
                "A network that wants a sign-in page first, such as a hotel's",
                "A proxy or virus scanner stands in between",
                "This computer's clock is wrong",
            ],
            "Check this computer's clock, and whether a proxy or virus scanner stands in between",
        ),
        Transport::Timeout => (
            format!("{host} did not answer in time"),
            &["The service is busy", "The internet connection is slow", "Too much was asked for at once"],
            "Try again; if it stays, ask for fewer players at once",
        ),
        Transport::Reset | Transport::KeptClosed => (
            format!("{host} closed the connection without an answer"),
            &["The service was restarted or is busy", "Something in between closed the connection"],
            "Try again",
        ),
        Transport::CutOff => (
            format!("The answer of {host} was cut off"),
            &["The connection broke while the answer came", "The service stopped in the middle of it"],
            "Try again",
        ),
        Transport::NotHttp => (
            format!("What answers at {host} is not a web service"),
            &["The port belongs to another program", "Something in between answers in its place"],
            "Check the service address",
        ),
        Transport::HugeHead => (
            format!("The answer of {host} has far more headers than any answer needs"),
            &["Something else than the service answers", "Something in between adds headers without end"],
            "Check the service address and the network",
        ),
    };
    Words { reason: reason.into(), causes, advice, remedy: Remedy::Retry }
}
