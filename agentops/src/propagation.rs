//! Trace context and baggage in the headers of requests.
//!
//! The propagator that `init` installs is called by middleware that never asked
//! the program what may leave it: it injects the trace context, and of baggage
//! only `session.id`. An LLM provider must not learn a user's id by default.
//! [`inject`] and `Session::propagate_context`, which the program calls itself,
//! hand on all baggage. A service that is called goes on where
//! `#[agentops::session(extract = headers)]` reads them.
//!
//! ```
//! use std::collections::HashMap;
//! use agentops::propagation;
//!
//! #[agentops::session(id = "s1", baggage(tenant = "acme"))]
//! fn call() -> HashMap<String, String> {
//!     agentops::record("step", 1);
//!     send()
//! }
//!
//! #[agentops::tool]
//! fn send() -> HashMap<String, String> {
//!     let mut headers = HashMap::new();
//!     propagation::inject(&mut headers);
//!     headers
//! }
//!
//! #[agentops::session(extract = headers)]
//! fn serve(headers: &HashMap<String, String>) -> Option<String> {
//!     agentops::baggage::get("tenant")
//! }
//!
//! # let run = agentops::testing::capture(|| {
//! let headers = call();
//! assert!(headers["traceparent"].starts_with("00-"));
//! assert_eq!(headers["baggage"], "session.id=s1,tenant=acme");
//! assert_eq!(serve(&headers).as_deref(), Some("acme"));
//! # });
//! # let (call, serve) = (run.span("call"), run.span("serve"));
//! # assert_eq!(serve.str("session.id"), Some("s1"));
//! # assert_eq!(serve.trace_id, call.trace_id);
//! ```

use std::collections::BTreeMap;

use opentelemetry::baggage::BaggageExt as _;
use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::trace::{SpanContext, TraceContextExt as _, TraceState};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::propagation::{
    BaggagePropagator as SdkBaggage, TraceContextPropagator as SdkTraceContext,
};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::carrier::Headers;
use crate::error::Error;
use crate::host;
use crate::run::{Run, session_in_baggage, with_session_baggage};
use crate::semconv::SESSION_ID;

pub use crate::carrier::Carrier;

/// Header of baggage.
const BAGGAGE: &str = "baggage";

/// Most members of a baggage header, by its W3C recommendation.
const MAX_MEMBERS: usize = 64;

/// Longest baggage header, in bytes, by its W3C recommendation.
const MAX_HEADER: usize = 8192;

/// Longest member of baggage, key and value, in bytes.
const MAX_MEMBER: usize = 4096;

/// What a baggage value holds percent-encoded: what its grammar does not allow, and `=`, by which
/// some receivers cut a value. All that is not ASCII is so anyway.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%')
    .add(b'=');

/// Carries trace context and `session.id` in W3C headers.
#[derive(Debug)]
pub(crate) struct Propagator {
    trace_context: SdkTraceContext,
    baggage: SdkBaggage,
    fields: Vec<String>,
}

impl Propagator {
    pub(crate) fn new() -> Self {
        let trace_context = SdkTraceContext::new();
        let mut fields: Vec<String> = trace_context.fields().map(str::to_owned).collect();
        fields.push(BAGGAGE.to_owned());
        Self {
            trace_context,
            baggage: SdkBaggage::new(),
            fields,
        }
    }
}

impl TextMapPropagator for Propagator {
    fn inject_context(&self, cx: &Context, injector: &mut dyn Injector) {
        self.trace_context.inject_context(cx, injector);
        if let Some(id) = session_id(cx) {
            injector.set(BAGGAGE, member(SESSION_ID, &id));
        }
    }

    fn extract_with_context(&self, cx: &Context, extractor: &dyn Extractor) -> Context {
        let local: Vec<_> = cx
            .baggage()
            .iter()
            .map(|(key, (value, _))| KeyValue::new(key.clone(), value.clone()))
            .collect();
        let cx = without_bad_state(self.trace_context.extract_with_context(cx, extractor));
        let remote = self
            .baggage
            .extract_with_context(&Context::new(), extractor);
        // Only keys and values are taken over: properties can carry what a
        // header must not hold. What arrives replaces what was here.
        let members = remote
            .baggage()
            .iter()
            .map(|(key, (value, _))| KeyValue::new(key.clone(), value.clone()))
            .collect::<Vec<_>>();
        if members.is_empty() {
            return cx;
        }
        cx.with_baggage(local.into_iter().chain(members))
    }

    fn fields(&self) -> FieldIter<'_> {
        FieldIter::new(&self.fields)
    }
}

/// Writes trace context and all baggage of the current code into `headers`.
///
/// For requests to services that may see the baggage; the propagator that
/// `init` installs hands on `session.id` alone.
pub fn inject(headers: &mut impl Injector) {
    inject_context(&host::current_context(), headers);
}

/// Writes trace context and all baggage of `cx`, session's included.
///
/// What a receiver would not take is left out, the session's id last of all: a header of
/// more than 64 members or 8192 bytes is often refused whole.
pub(crate) fn inject_context(cx: &Context, headers: &mut impl Injector) {
    SdkTraceContext::new().inject_context(cx, headers);
    let merged = with_session_baggage(cx.clone());
    let members: BTreeMap<&str, &str> = merged
        .baggage()
        .iter()
        .map(|(key, (value, _))| (key.as_str(), value.as_str()))
        .filter(|(key, _)| *key != SESSION_ID)
        .collect();
    let mut header = session_id(cx).map_or(String::new(), |id| member(SESSION_ID, &id));
    for (key, value) in members.into_iter().take(MAX_MEMBERS - 1) {
        let member = member(key, value);
        if header.len() + 1 + member.len() <= MAX_HEADER {
            let comma = if header.is_empty() { "" } else { "," };
            header.extend([comma, &member]);
        }
    }
    if !header.is_empty() {
        headers.set(BAGGAGE, header);
    }
}

/// What the headers of a request say: its trace, its session and its baggage.
///
/// The current context is not looked at. Headers that are missing or malformed
/// say nothing.
pub fn extract<C: Carrier + ?Sized>(headers: &C) -> Context {
    Propagator::new().extract_with_context(&Context::new(), &Headers(headers))
}

/// `cx` without a trace state that no header could hold: carriers are not always headers.
fn without_bad_state(cx: Context) -> Context {
    let span = cx.span();
    let span = span.span_context();
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte);
    if !span.is_remote() || span.trace_state().header().bytes().all(is_plain) {
        return cx;
    }
    cx.with_remote_span_context(SpanContext::new(
        span.trace_id(),
        span.span_id(),
        span.trace_flags(),
        true,
        TraceState::NONE,
    ))
}

/// The session that `cx` is in, here or as another service says.
fn session_id(cx: &Context) -> Option<String> {
    match Run::of(cx).filter(|run| run.is_session()) {
        Some(run) => Some(run.id.clone()),
        None => session_in_baggage(cx),
    }
}

/// A member of a baggage header. The key is a token: no other was let in.
fn member(key: &str, value: &str) -> String {
    format!("{key}={}", utf8_percent_encode(value, ENCODED))
}

/// Whether a baggage member can be carried in a header.
pub(crate) fn check_member(key: &str, value: &str) -> Result<(), Error> {
    let is_token = !key.is_empty() && key.bytes().all(is_token_byte);
    let problem = if !is_token {
        "the key must be a W3C token: letters, digits and !#$%&'*+-.^_`|~"
    } else if member(key, value).len() - 1 > MAX_MEMBER {
        "key and value are longer than 4096 bytes once encoded"
    } else {
        return Ok(());
    };
    Err(Error::InvalidBaggage {
        key: key.chars().take(64).collect(),
        reason: problem.to_owned(),
    })
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn values_cannot_leave_their_member() {
        let hostile = "a,b;c=d\r\nX-Evil: 1 ü\"\\%";
        let encoded = member("k", hostile);
        assert_eq!(
            encoded,
            "k=a%2Cb%3Bc%3Dd%0D%0AX-Evil:%201%20%C3%BC%22%5C%25"
        );
    }

    #[test]
    fn only_the_session_leaves_by_default() {
        let cx = Context::new().with_baggage([
            KeyValue::new("user.id", "secret"),
            KeyValue::new(SESSION_ID, "s 1"),
        ]);
        let mut headers = HashMap::new();
        Propagator::new().inject_context(&cx, &mut headers);
        assert_eq!(headers["baggage"], "session.id=s%201");
    }

    #[test]
    fn properties_of_members_are_not_taken_over() {
        let headers = HashMap::from([(
            "baggage".to_owned(),
            "user=u1;p=%0d%0aX-Evil: 1,session.id=s".to_owned(),
        )]);
        let cx = Propagator::new().extract_with_context(&Context::new(), &headers);
        let baggage = cx.baggage();
        assert_eq!(
            baggage.get("user").map(opentelemetry::StringValue::as_str),
            Some("u1")
        );
        let properties = baggage.iter().map(|(_, (_, metadata))| metadata.as_str());
        assert!(properties.into_iter().all(str::is_empty));
    }

    #[test]
    fn a_trace_state_that_could_break_a_header_is_not_taken_over() {
        let extracted = |state: &str| {
            let headers = [
                (
                    "traceparent",
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                ),
                ("tracestate", state),
            ];
            let mut injected = HashMap::new();
            inject_context(&extract(&headers), &mut injected);
            (
                injected["traceparent"].len(),
                injected["tracestate"].clone(),
            )
        };
        assert_eq!(extracted("a=b,c=d e"), (55, "a=b,c=d e".to_owned()));
        assert_eq!(extracted("a=b\r\nX-Evil: 1"), (55, String::new()));
        assert_eq!(extracted("a=ü"), (55, String::new()));
    }

    #[test]
    fn members_are_checked() {
        assert!(check_member("user.id", "ü").is_ok());
        let error = check_member("user id", "x").unwrap_err().to_string();
        assert_eq!(
            error,
            "invalid baggage `user id`: the key must be a W3C token: letters, digits and !#$%&'*+-.^_`|~"
        );
        assert!(check_member("k", &"x".repeat(5000)).is_err());
    }
}
