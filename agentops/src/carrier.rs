//! What trace context arrives in.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use http::{HeaderMap, Request, request};
use opentelemetry::propagation::Extractor;

/// Headers of a request, or whatever carries them.
///
/// Implemented for [`http::HeaderMap`], [`http::Request`] and its parts, and for
/// maps and lists of texts. Names are looked up without regard to case.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not carry headers",
    label = "no header can be read from this",
    note = "give an `http::HeaderMap`, an `http::Request`, or a map or list of names and values",
    note = "or implement `agentops::propagation::Carrier` for it"
)]
pub trait Carrier {
    /// The values under `name`, in their order.
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str>;
}

impl<C: Carrier + ?Sized> Carrier for &C {
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        (**self).values_of(name)
    }
}

impl Carrier for HeaderMap {
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        let values = self.get_all(name).iter();
        values.filter_map(|value| value.to_str().ok()).collect()
    }
}

impl<B> Carrier for Request<B> {
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        self.headers().values_of(name)
    }
}

impl Carrier for request::Parts {
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        self.headers.values_of(name)
    }
}

/// Those of `pairs` that have this name.
fn among<'a, K, V>(pairs: impl Iterator<Item = (&'a K, &'a V)>, name: &str) -> Vec<&'a str>
where
    K: AsRef<str> + 'a,
    V: AsRef<str> + 'a,
{
    pairs
        .filter(|(key, _)| key.as_ref().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_ref())
        .collect()
}

impl<K: AsRef<str>, V: AsRef<str>, S: BuildHasher> Carrier for HashMap<K, V, S> {
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        among(self.iter(), name)
    }
}

impl<K: AsRef<str>, V: AsRef<str>> Carrier for BTreeMap<K, V> {
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        among(self.iter(), name)
    }
}

impl<K: AsRef<str>, V: AsRef<str>> Carrier for [(K, V)] {
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        among(self.iter().map(|(key, value)| (key, value)), name)
    }
}

impl<K: AsRef<str>, V: AsRef<str>, const N: usize> Carrier for [(K, V); N] {
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        self[..].values_of(name)
    }
}

impl<K: AsRef<str>, V: AsRef<str>> Carrier for Vec<(K, V)> {
    fn values_of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        self[..].values_of(name)
    }
}

/// A carrier as OpenTelemetry's propagators read it.
pub(crate) struct Headers<'a, C: ?Sized>(pub(crate) &'a C);

impl<C: Carrier + ?Sized> Extractor for Headers<'_, C> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.values_of(name).first().copied()
    }

    fn get_all(&self, name: &str) -> Option<Vec<&str>> {
        Some(self.0.values_of(name)).filter(|values| !values.is_empty())
    }

    fn keys(&self) -> Vec<&str> {
        // Only asked by propagators of other formats than W3C's.
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        let map = HashMap::from([("TraceParent", "00-x")]);
        assert_eq!(map.values_of("traceparent"), ["00-x"]);
        let list = vec![("a", "1"), ("b", "2"), ("A", "3")];
        assert_eq!(list.values_of("a"), ["1", "3"]);
        let mut headers = HeaderMap::new();
        headers.append("baggage", "k=v".parse().unwrap());
        headers.append("baggage", "l=w".parse().unwrap());
        assert_eq!(headers.values_of("Baggage"), ["k=v", "l=w"]);
        let request = Request::builder().header("traceparent", "00-y").body(());
        assert_eq!(request.unwrap().values_of("traceparent"), ["00-y"]);
    }
}
