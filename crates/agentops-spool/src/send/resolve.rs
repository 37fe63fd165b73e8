//! Find the addresses of the host that requests go to.
//!
//! The client's own way asks the system for each request, also where a connection is open, on a
//! thread that it starts for that, and panics where there is none to be had. Here the sender's
//! own thread asks, and what it learned holds for a while; that the system takes its time counts
//! for the deadline of the request once it has answered.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// How long an answer holds: as long as one that many services give with their names.
const HOLDS: Duration = Duration::from_secs(30);

/// Addresses that one connection is tried with, at most.
const MOST: usize = 16;

/// Asks for the addresses of a host and port.
type Ask = fn(&str) -> io::Result<Vec<SocketAddr>>;

/// The addresses of hosts that were asked for.
pub(super) struct Addresses {
    ask: Ask,
    /// By host and port: the endpoint and its proxy.
    known: Mutex<HashMap<String, Known>>,
}

#[derive(Clone)]
struct Known {
    since: Instant,
    addresses: Vec<SocketAddr>,
}

impl Default for Addresses {
    fn default() -> Self {
        Self::by(|host| host.to_socket_addrs().map(Iterator::collect))
    }
}

impl Addresses {
    fn by(ask: Ask) -> Self {
        let known = Mutex::default();
        Self { ask, known }
    }

    /// The addresses of `host` and port. What was known before serves where nothing is to be learned.
    fn of(&self, host: String, now: Instant) -> io::Result<Vec<SocketAddr>> {
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(&host);
        if let Some(known) = known
            && now.duration_since(known.since) < HOLDS
        {
            return Ok(known.addresses.clone());
        }
        match ((self.ask)(&host), known) {
            (Ok(addresses), _) => {
                let known = Known {
                    since: now,
                    addresses: addresses.clone(),
                };
                all.insert(host, known);
                Ok(addresses)
            }
            (Err(_), Some(known)) => Ok(known.addresses.clone()),
            (Err(error), None) => Err(error),
        }
    }
}

impl Resolver for Addresses {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let parts = uri.scheme().zip(uri.authority());
        let host = parts.and_then(|(scheme, at)| DefaultResolver::host_and_port(scheme, at));
        let host = host.ok_or_else(|| Error::BadUri("no host".to_owned()))?;
        let addresses = self.of(host, Instant::now())?;
        let mut found = self.empty();
        for address in addresses.into_iter().take(MOST) {
            found.push(address);
        }
        match found.is_empty() {
            true => Err(Error::HostNotFound),
            false => Ok(found),
        }
    }
}

impl fmt::Debug for Addresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Addresses").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU16, Ordering};

    use super::*;

    /// Answers each time with another port, until there is no answer any more.
    fn twice(host: &str) -> io::Result<Vec<SocketAddr>> {
        static ASKED: AtomicU16 = AtomicU16::new(0);
        assert_eq!(host, "collector:4318");
        match ASKED.fetch_add(1, Ordering::Relaxed) {
            port @ 0..2 => Ok(vec![([127, 0, 0, 1], port).into()]),
            _ => Err(io::Error::other("no answer")),
        }
    }

    #[test]
    fn an_answer_holds_for_a_while_and_as_long_as_there_is_no_other() {
        let addresses = Addresses::by(twice);
        let begun = Instant::now();
        let ports: Vec<_> = [0, 29, 30, 59, 60, 1000]
            .map(|secs| addresses.of("collector:4318".into(), begun + Duration::from_secs(secs)))
            .map(|found| found.map_or(99, |found| found[0].port()))
            .into();
        assert_eq!(ports, [0, 0, 1, 1, 1, 1]);
        let nobody = Addresses::by(|_| Err(io::Error::other("no answer")));
        assert!(nobody.of("collector:4318".into(), begun).is_err());
    }
}
