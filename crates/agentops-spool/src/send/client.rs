//! POST one body to an endpoint and say what came of it.

use std::borrow::Cow;
use std::io::{self, Read as _, Write as _};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use ureq::http::{Response, StatusCode};
use ureq::tls::TlsConfig;
use ureq::typestate::WithBody;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, RequestBuilder};

use crate::otlp::response::partial_success;
use crate::send::answer::{Answer, Cause, Later, cause};
use crate::send::backoff::retry_after;
use crate::send::endpoint::Endpoint;
use crate::send::redirect::{MAX_HOPS, target};
use crate::send::resolve::Addresses;

/// Bytes of an answer that are read.
const MAX_ANSWER: u64 = 64 << 10;

/// Bytes that are given to the connection at once: most requests, each of which wakes its reader once.
const OUTPUT_BYTES: usize = 1 << 20;

/// The longest time that a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection to an endpoint, kept open between requests.
#[derive(Debug)]
pub struct Client {
    endpoint: Endpoint,
    /// `None` until the certificates could be read.
    agent: Option<Agent>,
}

impl Client {
    /// A client that connects on its first request.
    #[must_use]
    pub fn new(endpoint: Endpoint) -> Self {
        let agent = None;
        Self { endpoint, agent }
    }

    /// Where it sends.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Sends one OTLP body.
    #[must_use]
    pub fn post(&mut self, body: &[u8]) -> Answer {
        self.try_post(body).unwrap_or_else(|later| {
            if later.cause == Cause::Trust {
                // Certificates are renewed while programs run: they are read again.
                self.agent = None;
            }
            Answer::Later(later)
        })
    }

    fn try_post(&mut self, body: &[u8]) -> Result<Answer, Later> {
        let deadline = Instant::now() + self.endpoint.timeout;
        let packed = match self.endpoint.gzip {
            true => packed(body).ok(),
            false => None,
        };
        let agent = match self.agent.take() {
            Some(agent) => agent,
            None => connect(&self.endpoint)?,
        };
        let agent = self.agent.insert(agent);
        let mut url = Cow::Borrowed(&self.endpoint.url[..]);
        for hop in 0..=MAX_HOPS {
            // Settings of a request cost the connection its own, so the first one has none.
            let left = (hop > 0).then(|| deadline.saturating_duration_since(Instant::now()));
            let request = request(agent, &self.endpoint, &url, left);
            let mut answer = match &packed {
                Some(packed) => request.header("content-encoding", "gzip").send(packed),
                None => request.send(body),
            }?;
            match next_url(&url, &answer)? {
                Some(next) => {
                    // What is left unread would cost the connection.
                    beginning(&mut answer);
                    url = Cow::Owned(next);
                }
                None => return Ok(read(answer)),
            }
        }
        Err(Later::new(
            Cause::Address,
            "more redirects than are followed",
        ))
    }
}

fn connect(endpoint: &Endpoint) -> Result<Agent, Later> {
    let tls = match endpoint.is_encrypted() {
        true => endpoint.certificates.read(),
        false => Ok(TlsConfig::default()),
    };
    let tls = tls.map_err(|problem| Later::new(Cause::Trust, problem))?;
    // Without a word about it, the environment would be read for a proxy.
    let proxy = match &endpoint.proxy {
        Some(url) => Some(ureq::Proxy::new(url)?),
        None => None,
    };
    let config = Agent::config_builder()
        .timeout_global(Some(endpoint.timeout))
        .timeout_connect(Some(endpoint.timeout.min(CONNECT_TIMEOUT)))
        .http_status_as_error(false)
        .max_redirects(0)
        .tls_config(tls)
        .proxy(proxy)
        .output_buffer_size(OUTPUT_BYTES)
        .user_agent(concat!("agentops-rust/", env!("CARGO_PKG_VERSION")))
        .build();
    let connector = DefaultConnector::default();
    Ok(Agent::with_parts(config, connector, Addresses::default()))
}

fn request(
    agent: &Agent,
    endpoint: &Endpoint,
    url: &str,
    left: Option<Duration>,
) -> RequestBuilder<WithBody> {
    let mut request = agent.post(url).content_type("application/x-protobuf");
    for (name, value) in &endpoint.headers {
        request = request.header(name, value);
    }
    match left {
        Some(left) => request.config().timeout_global(Some(left)).build(),
        None => request,
    }
}

/// Where the request is sent on to with its method and body, if it is.
fn next_url(url: &str, answer: &Response<Body>) -> Result<Option<String>, Later> {
    let status = answer.status();
    let location = header(answer, "location").filter(|_| status.is_redirection());
    let Some(location) = location else {
        return Ok(None);
    };
    let next = target(url, location);
    let next = next.map_err(|elsewhere| Later::new(Cause::Address, elsewhere))?;
    // By the others a client would ask for a page instead.
    let is_kept = [
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ]
    .contains(&status);
    Ok(is_kept.then_some(next))
}

fn read(mut answer: Response<Body>) -> Answer {
    let status = answer.status().as_u16();
    let after = header(&answer, "retry-after").and_then(retry_after);
    let body = beginning(&mut answer);
    if let 200..=299 = status {
        return match is_page(header(&answer, "content-type"), &body) {
            true => Answer::Later(Later::new(
                Cause::Address,
                "a web page instead of an answer",
            )),
            false => Answer::Taken(partial_success(&body)),
        };
    }
    let Some(cause) = cause(status) else {
        return Answer::Refused(status);
    };
    let reason = format!("status {status}");
    Answer::Later(Later {
        cause,
        reason,
        after,
    })
}

/// The beginning of an answer's body. What is missing of it is not needed: the status decides.
fn beginning(answer: &mut Response<Body>) -> Vec<u8> {
    let mut body = Vec::new();
    let reader = answer.body_mut().as_reader();
    let _ = reader.take(MAX_ANSWER).read_to_end(&mut body);
    body
}

/// Whether an answer is for a person: some web sites, and networks that want a sign-in first,
/// have one for every request, and call it a success.
fn is_page(content_type: Option<&str>, body: &[u8]) -> bool {
    content_type.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html"))
        && body.trim_ascii_start().first() == Some(&b'<')
}

fn header<'a>(answer: &'a Response<Body>, name: &str) -> Option<&'a str> {
    answer.headers().get(name)?.to_str().ok()
}

fn packed(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}
