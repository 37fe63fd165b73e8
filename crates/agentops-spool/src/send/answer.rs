//! What an endpoint's answer means for the data.

use std::io;
use std::time::Duration;

use crate::otlp::response::PartialSuccess;

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Taken, but for what was rejected.
    Taken(PartialSuccess),
    /// Not now, or not as things are set up: the data is kept.
    Later(Later),
    /// Never: too big, or not understood.
    Refused(u16),
}

/// Why data is not taken now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    /// What has to change.
    pub cause: Cause,
    /// In words, for a notice.
    pub reason: String,
    /// When the server asked to be asked again.
    pub after: Option<Duration>,
}

/// What has to change before data is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The endpoint, or the network to it: it may pass.
    Endpoint,
    /// The credentials.
    Account,
    /// The URL.
    Address,
    /// The certificates.
    Trust,
}

/// What a status other than success means; `None` for those by which data itself is refused.
///
/// A wrong key or URL is somebody's mistake in the settings, so it costs no data.
pub(super) fn cause(status: u16) -> Option<Cause> {
    match status {
        401 | 403 | 407 => Some(Cause::Account),
        300..=399 | 404 | 405 | 415 | 421 | 426 => Some(Cause::Address),
        408 | 425 | 429 => Some(Cause::Endpoint),
        400..=499 => None,
        _ => Some(Cause::Endpoint),
    }
}

impl Later {
    pub(super) fn new(cause: Cause, reason: impl Into<String>) -> Self {
        Self {
            cause,
            reason: reason.into(),
            after: None,
        }
    }
}

impl From<ureq::Error> for Later {
    /// The cause in a few words, without URLs or headers.
    fn from(error: ureq::Error) -> Self {
        let reason = match &error {
            ureq::Error::Io(io) => match io.get_ref().and_then(|inner| inner.downcast_ref()) {
                Some(error) => return Self::of_tls(error),
                None => io_reason(io),
            },
            ureq::Error::Rustls(error) => return Self::of_tls(error),
            ureq::Error::Protocol(_) => "no answer in HTTP/1.1, and gRPC is not spoken".into(),
            ureq::Error::Tls(_) | ureq::Error::Pem(_) => {
                return Self::new(Cause::Trust, error.to_string());
            }
            ureq::Error::HostNotFound => "host not found".into(),
            ureq::Error::ConnectionFailed => "connection failed".into(),
            ureq::Error::Timeout(_) => "timed out".into(),
            ureq::Error::BadUri(_) => "the URL cannot be used".into(),
            ureq::Error::InvalidProxyUrl => "the URL of the proxy cannot be used".into(),
            ureq::Error::ConnectProxyFailed(_) => "the proxy does not connect".into(),
            other => other.to_string(),
        };
        Self::new(Cause::Endpoint, reason)
    }
}

impl Later {
    fn of_tls(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidMessage(_) => {
                Self::new(Cause::Address, "the server does not speak TLS")
            }
            _ => Self::new(Cause::Trust, error.to_string()),
        }
    }
}

fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "connection refused".into(),
        io::ErrorKind::ConnectionReset => "connection reset".into(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_an_answer() {
        for status in 300..=599 {
            let expected = match status {
                401 | 403 | 407 => Some(Cause::Account),
                404 | 405 | 415 | 421 | 426 => Some(Cause::Address),
                408 | 425 | 429 => Some(Cause::Endpoint),
                _ => match status / 100 {
                    3 => Some(Cause::Address),
                    4 => None,
                    _ => Some(Cause::Endpoint),
                },
            };
            assert_eq!(cause(status), expected, "{status}");
        }
    }
}
