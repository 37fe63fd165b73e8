//! Where one signal goes, and how.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use crate::mask::mask;
use crate::send::certificates::Certificates;

/// Where one signal goes.
#[derive(Clone, Default)]
pub struct Endpoint {
    /// The whole URL.
    pub url: String,
    /// The URL without the signal's path; endpoints of one collector share it.
    pub base: String,
    /// The base as a notice may show it, see [`shown`].
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
    pub fn shown_url(&self) -> Cow<'_, str> {
        shown(&self.url)
    }
}

/// A URL as a notice may show it. Some vendors put a key into its query, others into its path,
/// where it is known by its shape.
#[must_use]
pub fn shown(url: &str) -> Cow<'_, str> {
    mask(url.split_once('?').map_or(url, |(shown, _)| shown))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_url_holds_no_key() {
        for (url, expected) in [
            ("https://a.example/v1", "https://a.example/v1"),
            (
                "https://a.example/v1?api-key=s3cret",
                "https://a.example/v1",
            ),
            (
                "https://a.example/in/sk-ant-REDACTED/v1",
                "https://a.example/in/[masked]/v1",
            ),
        ] {
            assert_eq!(shown(url), expected);
        }
    }
}
