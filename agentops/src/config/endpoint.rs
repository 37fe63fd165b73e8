//! Check the URLs that telemetry is sent to.
//!
//! A URL may hold credentials, and a message may end up in a log. So no problem that is reported
//! here repeats any part of the URL.

use std::fmt;
use std::time::Duration;

use agentops_spool::send::certificates::Certificates;
use agentops_spool::send::endpoint::shown;

use crate::config::secret::Secret;
use crate::config::signal::Signal;

/// Where a collector on this machine listens for OTLP over HTTP.
const DEFAULT: &str = "http://localhost:4318";

/// What is needed to send one signal.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// The whole URL that requests are posted to.
    pub(crate) url: String,
    /// The URL without the path of the signal: the same for all signals of one collector.
    pub(crate) base: String,
    /// Headers to send along; names are lower case and valid, as are the values.
    pub(crate) headers: Vec<(String, Secret)>,
    /// The longest time one request may take.
    pub(crate) timeout: Duration,
    /// Whether bodies are packed.
    pub(crate) gzip: bool,
    /// Files of certificates, which nobody has looked at yet.
    pub(crate) certificates: Certificates,
    /// The URL of the proxy to go through.
    pub(crate) proxy: Option<Secret>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("url", &shown(&self.url))
            .field("headers", &self.headers)
            .field("timeout", &self.timeout)
            .field("gzip", &self.gzip)
            .field("certificates", &self.certificates)
            .field("proxy", &self.proxy)
            .finish_non_exhaustive()
    }
}

/// A URL that was checked, for one signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// The whole URL.
    pub(crate) url: String,
    /// The URL without the path of the signal.
    pub(crate) base: String,
}

impl Address {
    /// The address of a signal below the URL that all signals share.
    pub(crate) fn below(base: &str, signal: Signal) -> Result<Self, String> {
        check(base)?;
        if base.contains('?') {
            let problem = "the URL has a query, so the path of a signal cannot be appended";
            return Err(problem.to_owned());
        }
        Ok(Self::join(base, signal))
    }

    /// The address of a signal that has a URL of its own, which is used unchanged.
    pub(crate) fn exactly(url: &str, signal: Signal) -> Result<Self, String> {
        check(url)?;
        let base = url.strip_suffix(signal.path()).unwrap_or(url);
        Ok(Self {
            url: url.to_owned(),
            base: base.trim_end_matches('/').to_owned(),
        })
    }

    /// The address of a signal where nothing says otherwise.
    pub(crate) fn fallback(signal: Signal) -> Self {
        Self::join(DEFAULT, signal)
    }

    fn join(base: &str, signal: Signal) -> Self {
        let base = base.trim_end_matches('/');
        Self {
            url: format!("{base}{}", signal.path()),
            base: base.to_owned(),
        }
    }
}

/// URLs that were given in code, not checked yet; they may hold credentials until they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Endpoints {
    /// The base for all signals.
    pub(crate) base: Option<Secret>,
    /// Traces only.
    pub(crate) traces: Option<Secret>,
    /// Metrics only.
    pub(crate) metrics: Option<Secret>,
    /// Logs only.
    pub(crate) logs: Option<Secret>,
}

impl Endpoints {
    /// The URL of one signal only.
    pub(crate) fn own(&self, signal: Signal) -> Option<&Secret> {
        match signal {
            Signal::Traces => self.traces.as_ref(),
            Signal::Metrics => self.metrics.as_ref(),
            Signal::Logs => self.logs.as_ref(),
        }
    }
}

fn check(url: &str) -> Result<(), String> {
    problem(url).map_or(Ok(()), |problem| {
        Err(format!("{problem}, such as `{DEFAULT}`"))
    })
}

/// What is wrong with a URL, as a sentence that an example can follow.
fn problem(url: &str) -> Option<&'static str> {
    if url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Some("the URL holds a space or a line break; write a plain URL");
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Some("the URL has no scheme; write a whole URL");
    };
    if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return Some("the scheme is neither `http` nor `https`; write an HTTP URL");
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Some(
            "the URL holds credentials; put them into `OTEL_EXPORTER_OTLP_HEADERS` and write \
             a URL without them",
        );
    }
    if authority.is_empty() || authority.starts_with(':') {
        return Some("the URL has no host; write a whole URL");
    }
    if url.contains('#') {
        return Some("the URL has a fragment, which is never sent; write a URL without it");
    }
    let Ok(uri) = url.parse::<http::Uri>() else {
        return Some("the URL cannot be parsed; write a valid one");
    };
    let has_port = authority
        .rsplit(']')
        .next()
        .is_some_and(|s| s.contains(':'));
    if has_port && uri.port_u16().is_none() {
        return Some("the port is no number below 65536; write a valid one");
    }
    None
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use agentops_spool::send::certificates::Certificates;

    use super::{Address, Endpoint, check};
    use crate::config::secret::Secret;
    use crate::config::signal::Signal;

    #[test]
    fn the_path_of_the_signal_is_appended_to_a_base() {
        for (base, url) in [
            ("http://a:4318", "http://a:4318/v1/metrics"),
            ("https://a/", "https://a/v1/metrics"),
            ("https://a/otlp//", "https://a/otlp/v1/metrics"),
            ("http://[::1]:4318", "http://[::1]:4318/v1/metrics"),
        ] {
            let address = Address::below(base, Signal::Metrics).unwrap();
            assert_eq!(address.url, url);
            assert_eq!(address.base, base.trim_end_matches('/'));
        }
    }

    #[test]
    fn a_url_for_one_signal_is_used_unchanged() {
        for (url, base) in [
            ("http://a:4318/v1/traces", "http://a:4318"),
            ("http://a:4318/x/", "http://a:4318/x"),
            ("http://a:4318", "http://a:4318"),
            ("http://a/v1/logs", "http://a/v1/logs"),
            ("http://a/in?key=k", "http://a/in?key=k"),
        ] {
            let address = Address::exactly(url, Signal::Traces).unwrap();
            assert_eq!((&*address.url, &*address.base), (url, base));
        }
    }

    #[test]
    fn bad_urls_say_what_to_write_and_are_never_repeated() {
        for (url, expected) in [
            ("s3cret:4318", "the URL has no scheme"),
            ("a:s3cret@b:4318", "the URL has no scheme"),
            (
                "grpc://s3cret:4317",
                "the scheme is neither `http` nor `https`",
            ),
            (
                "http://a:s3cret@b:4318",
                "the URL holds credentials; put them into `OTEL_EXPORTER_OTLP_HEADERS`",
            ),
            ("http://s3cret@b", "the URL holds credentials"),
            ("http://", "the URL has no host"),
            ("http://:4318/s3cret", "the URL has no host"),
            (
                "http://a\r\nX: s3cret",
                "the URL holds a space or a line break",
            ),
            ("http://a/#s3cret", "the URL has a fragment"),
            ("http://a:99999/s3cret", "the port is no number below 65536"),
            ("http://a:/s3cret", "the port is no number below 65536"),
            ("http://a:b/s3cret", "the port is no number below 65536"),
            ("http://a\\b/s3cret", "the URL cannot be parsed"),
        ] {
            let problem = check(url).unwrap_err();
            assert!(problem.starts_with(expected), "{url}: {problem}");
            assert!(
                problem.ends_with("such as `http://localhost:4318`"),
                "{problem}"
            );
            assert!(!problem.contains("s3cret"), "{problem}");
        }
        assert_eq!(
            Address::below("http://a?key=s3cret", Signal::Logs).unwrap_err(),
            "the URL has a query, so the path of a signal cannot be appended"
        );
    }

    #[test]
    fn endpoints_are_shown_without_keys() {
        let address = Address::exactly("http://a/in?key=s3cret", Signal::Logs).unwrap();
        let endpoint = Endpoint {
            url: address.url,
            base: address.base,
            headers: vec![("authorization".to_owned(), Secret::new("s3cret"))],
            timeout: Duration::from_secs(10),
            gzip: false,
            certificates: Certificates::default(),
            proxy: Some(Secret::new("http://me:s3cret@proxy")),
        };
        let shown = format!("{endpoint:?}");
        assert!(
            shown.contains(r#"url: "http://a/in", headers: [("authorization", ***)]"#),
            "{shown}"
        );
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}
