//! POST one body to an endpoint and say what came of it.

use std::fmt;
use std::time::Duration;

use crate::otlp::response::{PartialSuccess, partial_success};
use crate::send::backoff::retry_after;

/// Bytes of an answer that are read.
const MAX_ANSWER: u64 = 64 << 10;

/// Bytes that are given to the connection at once: most requests, each of which wakes its reader once.
const OUTPUT_BYTES: usize = 1 << 20;

/// Where one signal goes.
#[derive(Clone)]
pub struct Endpoint {
    /// The whole URL.
    pub url: String,
    /// The URL without the signal's path; endpoints of one collector share it.
    pub base: String,
    /// The base as a notice may show it: without a query, in which some vendors put a key.
    pub shown: String,
    /// Headers of each request. They hold secrets and are never printed.
    pub headers: Vec<(String, String)>,
    /// Deadline of a whole request.
    pub timeout: Duration,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Endpoint")
            .field("base", &self.shown)
            .field("headers", &names)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Taken, but for what was rejected.
    Taken(PartialSuccess),
    /// Not now; the server may have said when, and why not.
    Later {
        /// What the server asked for.
        after: Option<Duration>,
        /// In words, for a notice.
        reason: String,
    },
    /// Never: too big, or not understood.
    Refused(u16),
}

/// A connection to an endpoint, kept open between requests.
#[derive(Debug)]
pub struct Client {
    agent: ureq::Agent,
    endpoint: Endpoint,
}

impl Client {
    /// A client that connects on its first request.
    #[must_use]
    pub fn new(endpoint: Endpoint) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(endpoint.timeout))
            .timeout_connect(Some(endpoint.timeout.min(Duration::from_secs(5))))
            .http_status_as_error(false)
            .max_redirects(0)
            .output_buffer_size(OUTPUT_BYTES)
            .user_agent(concat!("agentops-rust/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: ureq::Agent::new_with_config(config),
            endpoint,
        }
    }

    /// Where it sends.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Sends one OTLP body.
    #[must_use]
    pub fn post(&self, body: &[u8]) -> Answer {
        let mut request = self
            .agent
            .post(&self.endpoint.url)
            .content_type("application/x-protobuf");
        for (name, value) in &self.endpoint.headers {
            request = request.header(name, value);
        }
        match request.send(body) {
            Ok(answer) => read_answer(answer),
            Err(error) => Answer::Later {
                after: None,
                reason: reason(&error),
            },
        }
    }
}

fn read_answer(mut answer: ureq::http::Response<ureq::Body>) -> Answer {
    let status = answer.status().as_u16();
    let header = |name: &str| answer.headers().get(name)?.to_str().ok().map(str::to_owned);
    let after = header("retry-after").and_then(|wish| retry_after(&wish));
    let body = answer
        .body_mut()
        .with_config()
        .limit(MAX_ANSWER)
        .read_to_vec();
    match status {
        200..=299 => Answer::Taken(partial_success(&body.unwrap_or_default())),
        400 | 413 => Answer::Refused(status),
        _ => Answer::Later {
            after,
            reason: format!("status {status}"),
        },
    }
}

/// The cause in a few words, without URLs or headers.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) => match error.kind() {
            std::io::ErrorKind::ConnectionRefused => "connection refused".into(),
            std::io::ErrorKind::ConnectionReset => "connection reset".into(),
            _ => error.to_string(),
        },
        ureq::Error::HostNotFound => "host not found".into(),
        ureq::Error::ConnectionFailed => "connection failed".into(),
        ureq::Error::Timeout(_) => "timed out".into(),
        other => other.to_string(),
    }
}
