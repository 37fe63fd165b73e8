//! Context in the headers of requests.
//!
//! The propagator installed globally is called by middleware that never asked
//! the program what may leave it: it injects the trace context, and of baggage
//! only `session.id`. An LLM provider must not learn a user's id by default.

use opentelemetry::baggage::BaggageExt as _;
use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::propagation::{
    BaggagePropagator as SdkBaggage, TraceContextPropagator as SdkTraceContext,
};

use crate::error::Error;
use crate::run::Run;
use crate::semconv::SESSION_ID;

/// Header of baggage.
const BAGGAGE: &str = "baggage";

/// Longest member of baggage, key and value, in bytes.
const MAX_MEMBER: usize = 4096;

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
        let current = Run::of(cx).filter(|run| run.is_session());
        let session = match &current {
            Some(run) => Some(run.id.clone()),
            None => cx
                .baggage()
                .get(SESSION_ID)
                .map(|id| id.as_str().to_owned()),
        };
        if let Some(id) = session {
            injector.set(BAGGAGE, format!("{SESSION_ID}={}", percent_encoded(&id)));
        }
    }

    fn extract_with_context(&self, cx: &Context, extractor: &dyn Extractor) -> Context {
        let local: Vec<_> = cx
            .baggage()
            .iter()
            .map(|(key, (value, _))| KeyValue::new(key.clone(), value.clone()))
            .collect();
        let cx = self.trace_context.extract_with_context(cx, extractor);
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

/// Whether a baggage member can be carried in a header.
pub(crate) fn check_member(key: &str, value: &str) -> Result<(), Error> {
    let is_token = !key.is_empty() && key.bytes().all(is_token_byte);
    let problem = if !is_token {
        "the key must be a W3C token: letters, digits and !#$%&'*+-.^_`|~"
    } else if key.len() + percent_encoded(value).len() > MAX_MEMBER {
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

/// `text` as a baggage value: what the grammar does not allow is percent-encoded.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_graphic() && !b"\",;\\%".contains(&byte);
        if is_plain {
            out.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
            out.push('%');
            out.push(digit(byte >> 4).to_ascii_uppercase());
            out.push(digit(byte & 15).to_ascii_uppercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn values_cannot_leave_their_member() {
        let hostile = "a,b;c=d\r\nX-Evil: 1 ü\"\\%";
        let encoded = percent_encoded(hostile);
        assert_eq!(encoded, "a%2Cb%3Bc=d%0D%0AX-Evil:%201%20%C3%BC%22%5C%25");
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
