//! Where an answer sends a request on to, if that is the same server.

use ureq::http::Uri;

/// Redirects of one request that are followed.
pub(super) const MAX_HOPS: usize = 3;

/// The URL that `location` means on the way from `url`.
///
/// Only the same scheme, host and port: a request carries credentials, which are for nobody else.
///
/// # Errors
/// In words where it leads else, without path or query, which may hold a secret.
pub(super) fn target(url: &str, location: &str) -> Result<String, String> {
    let unclear = || "a redirect to a URL that cannot be read".to_owned();
    let from: Uri = url.parse().map_err(|_| unclear())?;
    let to = absolute(&from, location).ok_or_else(unclear)?;
    let uri: Uri = to.parse().map_err(|_| unclear())?;
    let (Some(here), Some(there)) = (Origin::of(&from), Origin::of(&uri)) else {
        return Err(unclear());
    };
    match here == there {
        true => Ok(to),
        false => Err(format!(
            "a redirect to {}://{}:{}",
            there.scheme, there.host, there.port
        )),
    }
}

/// Scheme, host and port.
#[derive(PartialEq, Eq)]
struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

impl Origin {
    /// `None` for what is not HTTP, and for credentials in front of the host.
    fn of(uri: &Uri) -> Option<Self> {
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let usual = match scheme.as_str() {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        let authority = uri.authority()?;
        if authority.as_str().contains('@') {
            return None;
        }
        Some(Self {
            scheme,
            host: authority.host().to_ascii_lowercase(),
            port: authority.port_u16().unwrap_or(usual),
        })
    }
}

/// A reference as a whole URL, without its fragment.
fn absolute(from: &Uri, location: &str) -> Option<String> {
    let location = location.split('#').next().unwrap_or_default().trim();
    let (scheme, authority) = (from.scheme_str()?, from.authority()?);
    let has_scheme = location
        .split_once(':')
        .is_some_and(|(name, _)| !name.is_empty() && !name.contains(['/', '?']));
    if has_scheme {
        return Some(location.to_owned());
    }
    if location.starts_with("//") {
        return Some(format!("{scheme}:{location}"));
    }
    let folder = match location.chars().next() {
        None => return None,
        Some('/') => "",
        Some('?') => from.path(),
        Some(_) => from
            .path()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder),
    };
    let slash = match location.starts_with(['/', '?']) {
        true => "",
        false => "/",
    };
    Some(format!("{scheme}://{authority}{folder}{slash}{location}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const URL: &str = "http://a.example:4318/in/v1/traces?key=k";

    #[test]
    fn the_same_server_is_followed() {
        for (location, expected) in [
            ("/other", "http://a.example:4318/other"),
            ("/other?x=1#part", "http://a.example:4318/other?x=1"),
            ("logs", "http://a.example:4318/in/v1/logs"),
            ("?key=n", "http://a.example:4318/in/v1/traces?key=n"),
            ("//a.example:4318/b", "http://a.example:4318/b"),
            ("http://A.Example:4318/b", "http://A.Example:4318/b"),
        ] {
            assert_eq!(target(URL, location).as_deref(), Ok(expected), "{location}");
        }
        let usual = target("https://a.example/x", "https://a.example:443/y");
        assert_eq!(usual.as_deref(), Ok("https://a.example:443/y"));
    }

    #[test]
    fn another_server_is_not() {
        for (location, expected) in [
            ("http://b.example:4318/s3cret", "http://b.example:4318"),
            ("http://a.example/s3cret", "http://a.example:80"),
            ("https://a.example:4318/?s3cret", "https://a.example:4318"),
            ("//b.example", "http://b.example:80"),
        ] {
            let told = target(URL, location).unwrap_err();
            assert_eq!(told, format!("a redirect to {expected}"));
        }
        for location in [
            "",
            "#s3cret",
            "http://s3cret@a.example:4318/",
            "//s3cret:x@a.example:4318/",
            "ftp://a.example:4318/s3cret",
            "file:///s3cret",
            "http://",
            "/a b",
        ] {
            let told = target(URL, location).unwrap_err();
            assert_eq!(
                told, "a redirect to a URL that cannot be read",
                "{location}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_is_followed_is_on_the_same_server(location in "\\PC{0,40}") {
            if let Ok(url) = target(URL, &location) {
                let uri: Uri = url.parse().unwrap();
                prop_assert_eq!(uri.host().unwrap().to_ascii_lowercase(), "a.example");
                prop_assert_eq!(uri.port_u16(), Some(4318));
                prop_assert_eq!(uri.scheme_str(), Some("http"));
            }
        }

        #[test]
        fn urls_that_look_alike_are_told_apart(
            location in "(http|https|//|)(:|)(//|/|\\\\|)(a\\.example|b|@|:|4318|/|\\?|#){0,8}",
        ) {
            if let Ok(url) = target(URL, &location) {
                let uri: Uri = url.parse().unwrap();
                prop_assert_eq!(uri.authority().unwrap().as_str(), "a.example:4318");
            }
        }
    }
}
