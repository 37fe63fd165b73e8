//! Choose the proxy that requests to a URL go through, if any.
//!
//! The variables have no standard, only habits. Of one name the lower case wins, as with curl, and
//! requests to this machine never go through a proxy, as with most others.

use std::net::IpAddr;

use http::Uri;

use crate::config::env::Env;
use crate::config::secret::Secret;
use crate::config::warnings::Warnings;

const EXAMPLE: &str = "such as `http://proxy:3128`";

/// The protocols that proxies are spoken to in.
const SCHEMES: [&str; 6] = ["http", "https", "socks5", "socks5h", "socks4", "socks4a"];

/// The URL of the proxy for requests to `url`; it may hold a password.
pub(crate) fn choose(url: &str, env: &Env, warnings: &mut Warnings) -> Option<Secret> {
    let uri: Uri = url.parse().ok()?;
    let host = uri.host()?.trim_matches(['[', ']']).to_ascii_lowercase();
    if is_this_machine(&host) || is_excepted(&host, uri.port_u16(), env) {
        return None;
    }
    let secure = uri.scheme_str() == Some("https");
    let name = match secure {
        true => ["https_proxy", "HTTPS_PROXY"],
        false => ["http_proxy", "HTTP_PROXY"],
    };
    let all = ["all_proxy", "ALL_PROXY"];
    name.into_iter().chain(all).find_map(|name| {
        // There a client of the program chooses this variable, by its header `Proxy`.
        if name == "HTTP_PROXY" && env.is_set("REQUEST_METHOD") {
            return None;
        }
        env.standard(name, warnings, parse)
    })
}

/// Whether a host is the machine that the program runs on.
pub(crate) fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn parse(text: &str) -> Result<Secret, String> {
    let url = match text.contains("://") {
        true => text.to_owned(),
        false => format!("http://{text}"),
    };
    let uri: Result<Uri, _> = url.parse();
    let Ok(uri) = uri else {
        return Err(format!("the URL cannot be parsed; write one {EXAMPLE}"));
    };
    if !uri
        .scheme_str()
        .is_some_and(|scheme| SCHEMES.contains(&scheme))
    {
        return Err(format!(
            "the scheme is none of {}; write a URL {EXAMPLE}",
            SCHEMES.join(", ")
        ));
    }
    if uri.host().is_none_or(str::is_empty) {
        return Err(format!("the URL has no host; write one {EXAMPLE}"));
    }
    Ok(Secret::new(url))
}

/// Whether `NO_PROXY` names the host, a domain it is in, or a network.
fn is_excepted(host: &str, port: Option<u16>, env: &Env) -> bool {
    let list = env.text("no_proxy").or_else(|| env.text("NO_PROXY"));
    let list = list.unwrap_or_default().to_ascii_lowercase();
    let entries = list.split([',', ' ']).filter(|entry| !entry.is_empty());
    entries.into_iter().any(|entry| {
        if entry == "*" {
            return true;
        }
        if let Ok(ip) = host.parse::<IpAddr>() {
            return is_in(ip, entry.trim_matches(['[', ']']));
        }
        let (name, wanted) = match entry.rsplit_once(':') {
            Some((name, port)) => (name, port.parse().ok()),
            None => (entry, None),
        };
        if wanted.is_some() && wanted != port {
            return false;
        }
        let name = name.trim_start_matches('*').trim_start_matches('.');
        host == name
            || host
                .strip_suffix(name)
                .is_some_and(|sub| sub.ends_with('.'))
    })
}

/// Whether an address is `network`, or in it: `10.0.0.0/8`.
fn is_in(ip: IpAddr, network: &str) -> bool {
    let (address, bits) = network.split_once('/').unwrap_or((network, "128"));
    let (Ok(address), Ok(bits)) = (address.parse::<IpAddr>(), bits.parse::<u32>()) else {
        return false;
    };
    match (ip, address) {
        (IpAddr::V4(ip), IpAddr::V4(address)) => {
            let different = (ip.to_bits() ^ address.to_bits()).leading_zeros();
            different >= bits.min(32)
        }
        (IpAddr::V6(ip), IpAddr::V6(address)) => {
            let different = (ip.to_bits() ^ address.to_bits()).leading_zeros();
            different >= bits.min(128)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::choose;
    use crate::config::env::Env;
    use crate::config::warnings::Warnings;

    #[track_caller]
    fn proxy(url: &str, pairs: &[(&str, &str)]) -> Option<String> {
        let mut warnings = Warnings::default();
        let env = Env::from_pairs(pairs.iter().copied());
        let chosen = choose(url, &env, &mut warnings);
        assert_eq!(warnings.into_vec(), [""; 0]);
        chosen.map(|url| url.expose().to_owned())
    }

    #[test]
    fn the_scheme_decides_and_lower_case_wins() {
        let all = [
            ("HTTP_PROXY", "http://plain:1"),
            ("HTTPS_PROXY", "http://secure:2"),
            ("ALL_PROXY", "http://all:3"),
        ];
        assert_eq!(proxy("http://a/", &all).unwrap(), "http://plain:1");
        assert_eq!(proxy("https://a/", &all).unwrap(), "http://secure:2");
        assert_eq!(proxy("http://a/", &all[2..]).unwrap(), "http://all:3");
        let both = [("HTTP_PROXY", "http://upper"), ("http_proxy", "lower:8080")];
        assert_eq!(proxy("http://a/", &both).unwrap(), "http://lower:8080");
        assert_eq!(proxy("http://a/", &[]), None);
        let socks = [("all_proxy", "socks5h://p:1080")];
        assert_eq!(proxy("http://a/", &socks).unwrap(), "socks5h://p:1080");
        let cgi = [("HTTP_PROXY", "http://forged"), ("REQUEST_METHOD", "GET")];
        assert_eq!(proxy("http://a/", &cgi), None);
    }

    #[test]
    fn this_machine_and_exceptions_need_no_proxy() {
        for (url, exceptions) in [
            ("http://localhost:4318/", ""),
            ("http://127.0.0.9:4318/", ""),
            ("http://[::1]:4318/", ""),
            ("https://a.example/", "*"),
            ("https://a.example/", "b, a.example"),
            ("https://x.A.example/", "a.example"),
            ("https://x.a.example/", ".a.example"),
            ("https://x.a.example/", "*.a.example"),
            ("https://a.example:4318/", "a.example:4318"),
            ("http://10.1.2.3:4318/", "10.0.0.0/8"),
            ("http://10.1.2.3:4318/", "10.1.2.3"),
            ("http://[fd00::1]/", "fd00::/8"),
        ] {
            let pairs = [("ALL_PROXY", "http://p"), ("NO_PROXY", exceptions)];
            assert_eq!(proxy(url, &pairs), None, "{url} {exceptions}");
        }
        for (url, exceptions) in [
            ("https://xa.example/", "a.example"),
            ("https://a.example/", "x.a.example"),
            ("https://a.example:4318/", "a.example:80"),
            ("http://11.1.2.3:4318/", "10.0.0.0/8"),
            ("http://10.1.2.3:4318/", "0.1.2.3/x,fd00::/8"),
        ] {
            let pairs = [("ALL_PROXY", "http://p"), ("NO_PROXY", exceptions)];
            assert_eq!(
                proxy(url, &pairs).unwrap(),
                "http://p",
                "{url} {exceptions}"
            );
        }
    }

    #[test]
    fn what_is_no_proxy_is_warned_about_and_not_shown() {
        for (value, problem) in [
            (
                "ftp://me:s3cret@p:1080",
                "the scheme is none of http, https, socks5, socks5h, socks4, socks4a; write a URL \
                 such as `http://proxy:3128`",
            ),
            (
                "http://me:s3cret@",
                "the URL cannot be parsed; write one such as `http://proxy:3128`",
            ),
            (
                "http://s3cret p",
                "the URL cannot be parsed; write one such as `http://proxy:3128`",
            ),
        ] {
            let mut warnings = Warnings::default();
            let env = Env::from_pairs([("ALL_PROXY", value)]);
            assert_eq!(choose("http://a/", &env, &mut warnings), None);
            let warning = format!("ignoring invalid `ALL_PROXY`: {problem}");
            assert_eq!(warnings.into_vec(), [warning]);
        }
    }
}
