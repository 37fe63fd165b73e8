//! Where one signal goes, and how.

use std::fmt;
use std::time::Duration;

use crate::send::certificates::Certificates;

/// Where one signal goes.
#[derive(Clone, Default)]
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
    /// Whether bodies are packed.
    pub gzip: bool,
    /// Whom to trust instead of the public authorities, and who we are.
    pub certificates: Certificates,
    /// The URL of the proxy to go through. It may hold a password and is never printed.
    pub proxy: Option<String>,
}

impl Endpoint {
    /// Whether a connection on the way to it is encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        let urls = [Some(&self.url), self.proxy.as_ref()];
        urls.into_iter().flatten().any(|url| {
            let scheme = url.split("://").next().unwrap_or_default();
            scheme.eq_ignore_ascii_case("https")
        })
    }

    /// The whole URL as a notice may show it.
    #[must_use]
    pub fn shown_url(&self) -> &str {
        self.url
            .split_once('?')
            .map_or(&self.url, |(shown, _)| shown)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Endpoint")
            .field("base", &self.shown)
            .field("headers", &names)
            .field("timeout", &self.timeout)
            .field("gzip", &self.gzip)
            .field("certificates", &self.certificates)
            .field("proxy", &self.proxy.is_some())
            .finish_non_exhaustive()
    }
}
