//! When a request that a rate limit refused may be sent again.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// How long to wait where the provider does not say.
pub(crate) const DEFAULT_WAIT: Duration = Duration::from_secs(1);

/// The longest time worth waiting: after more, whoever asked has given up.
pub(crate) const MAX_WAIT: Duration = Duration::from_mins(1);

/// How long the provider asks to wait, in seconds or until a date.
pub(crate) fn after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(secs) = value.parse() {
        return Some(Duration::from_secs(secs));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after_header(value: &str) -> Option<Duration> {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        let headers = HeaderMap::from_iter([(RETRY_AFTER, value.parse().unwrap())]);
        after(&headers, now)
    }

    #[test]
    fn wait_is_in_seconds_or_until_a_date() {
        let secs = |secs| Some(Duration::from_secs(secs));
        assert_eq!(after_header("2"), secs(2));
        assert_eq!(after_header("Sun, 06 Nov 1994 08:49:40 GMT"), secs(3));
        assert_eq!(after_header("Sun, 06 Nov 1994 08:49:30 GMT"), secs(0));
        assert_eq!(after_header("soon"), None);
        assert_eq!(after(&HeaderMap::new(), SystemTime::now()), None);
    }
}
