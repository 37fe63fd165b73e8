//! Why a provider gave no answer.

use std::io;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The local server could not start: see whether loopback ports are free.
    #[error("cannot start the local server")]
    Server(#[source] io::Error),
    /// The provider could not be reached: check `OPENAI_BASE_URL` and the network.
    #[error("cannot reach the provider")]
    Http(#[source] reqwest::Error),
    /// The provider refused: what it says tells what to change.
    #[error("the provider answered {status}: {message}")]
    Refused {
        /// The status of the answer.
        status: u16,
        /// The provider's own words, or the body where they are not found.
        message: String,
    },
    /// The provider's limit refused the request, too often or for longer than is worth waiting:
    /// ask later, or less often.
    #[error("the provider's rate limit is reached: {message}")]
    RateLimited {
        /// How long it asked to wait the last time, if it said so.
        retry_after: Option<Duration>,
        /// The provider's own words, or the body where they are not found.
        message: String,
    },
    /// The provider's answer is not JSON: check that `OPENAI_BASE_URL` ends in `/v1`.
    #[error("the provider's answer is not JSON")]
    Malformed(#[source] serde_json::Error),
    /// The connection ended within a streamed answer: ask again.
    #[error("the provider's answer was cut off")]
    Cut(#[source] Option<reqwest::Error>),
    /// The provider gave up within a streamed answer: what it says tells why.
    #[error("the provider broke its answer off: {message}")]
    BrokenOff {
        /// The provider's own words, or the event where they are not found.
        message: String,
    },
    /// The answer holds no text: the model may have called a tool instead.
    #[error("the provider's answer holds no text")]
    Wordless,
}

impl Error {
    pub(crate) fn refused(status: StatusCode, body: &[u8]) -> Self {
        Self::Refused {
            status: status.as_u16(),
            message: message(body),
        }
    }

    pub(crate) fn rate_limited(retry_after: Option<Duration>, body: &[u8]) -> Self {
        Self::RateLimited {
            retry_after,
            message: message(body),
        }
    }

    pub(crate) fn broken_off(event: &Value) -> Self {
        Self::BrokenOff {
            message: message(event.to_string().as_bytes()),
        }
    }
}

fn message(body: &[u8]) -> String {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    match json["error"]["message"].as_str() {
        Some(message) => message.to_owned(),
        None => String::from_utf8_lossy(body).into_owned(),
    }
}
