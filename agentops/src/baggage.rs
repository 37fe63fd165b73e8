//! Baggage: values that travel with the work, across tasks, threads and services.
//!
//! A member lasts as long as a [`scope`] or a future run [`with`] it. One that
//! lasts as long as the session is set by `Session::add_baggage` or by the option
//! `baggage(..)` of an attribute.
//!
//! ```
//! use agentops::baggage;
//!
//! # fn main() -> Result<(), agentops::Error> {
//! let scope = baggage::scope([("tenant", "acme")])?;
//! assert_eq!(baggage::get("tenant").as_deref(), Some("acme"));
//! drop(scope);
//! assert_eq!(baggage::get("tenant"), None);
//! # Ok(())
//! # }
//! ```

use std::future::Future;

use opentelemetry::Context;
use opentelemetry::baggage::BaggageExt as _;

use crate::attached::Attached;
use crate::error::Error;
use crate::host::{self, Attachment};
use crate::propagation::check_member;
use crate::run::{with_members, with_session_baggage};

/// The value of a member, of the current code or of its session.
pub fn get(key: &str) -> Option<String> {
    let cx = with_session_baggage(host::current_context());
    cx.baggage().get(key).map(ToString::to_string)
}

/// Adds members for all that runs on this thread until the guard is dropped.
///
/// # Errors
/// [`Error::InvalidBaggage`] if a key is no W3C token or a member is too long for a header; then none is added.
pub fn scope<K, V>(members: impl IntoIterator<Item = (K, V)>) -> Result<BaggageScope, Error>
where
    K: Into<String>,
    V: Into<String>,
{
    let cx = context(members)?;
    Ok(BaggageScope {
        _guard: host::attach(cx),
    })
}

/// Runs a future with members added, on whichever thread it is polled.
///
/// # Errors
/// [`Error::InvalidBaggage`] if a key is no W3C token or a member is too long for a header; the future is dropped then.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// use agentops::baggage;
///
/// let tenant = baggage::with([("tenant", "acme")], async { baggage::get("tenant") })?;
/// assert_eq!(tenant.await.as_deref(), Some("acme"));
/// # Ok::<(), agentops::Error>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn with<K, V, F>(
    members: impl IntoIterator<Item = (K, V)>,
    future: F,
) -> Result<impl Future<Output = F::Output>, Error>
where
    K: Into<String>,
    V: Into<String>,
    F: Future,
{
    Ok(Attached::new(future, context(members)?))
}

/// Members are in the baggage of this thread's code until this is dropped.
#[must_use = "the members are gone when this is dropped: bind it to a variable such as `_baggage`"]
#[derive(Debug)]
pub struct BaggageScope {
    _guard: Option<Attachment>,
}

/// The current context with these members.
fn context<K, V>(members: impl IntoIterator<Item = (K, V)>) -> Result<Context, Error>
where
    K: Into<String>,
    V: Into<String>,
{
    let pair = |(key, value): (K, V)| (key.into(), value.into());
    let members: Vec<(String, String)> = members.into_iter().map(pair).collect();
    for (key, value) in &members {
        check_member(key, value)?;
    }
    let cx = with_members(&host::current_context(), members.iter().cloned());
    // OpenTelemetry leaves out what is too much, without a word.
    let missing = members
        .iter()
        .find(|(key, _)| cx.baggage().get(key).is_none());
    match missing {
        None => Ok(cx),
        Some((key, _)) => Err(Error::InvalidBaggage {
            key: key.clone(),
            reason: "there is no room for it: baggage has at most 64 members and 8192 bytes"
                .to_owned(),
        }),
    }
}
