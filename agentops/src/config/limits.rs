//! Read the limits of spans that the environment asks for.

use agentops_spool::limits::Limits;

use crate::config::env::Env;
use crate::config::value;
use crate::config::warnings::Warnings;

/// The limits of the standard variables; those of spans, events and links win over the general ones.
pub(crate) fn from_env(env: &Env, warnings: &mut Warnings) -> Limits {
    let default = Limits::default();
    let mut read = |name: &str| env.standard(name, warnings, value::count);
    let general = read("OTEL_ATTRIBUTE_COUNT_LIMIT");
    let general_chars = read("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT");
    let mut attributes = |name| read(name).or(general).unwrap_or(default.attributes);
    Limits {
        attributes: attributes("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT"),
        event_attributes: attributes("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT"),
        link_attributes: attributes("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT"),
        events: read("OTEL_SPAN_EVENT_COUNT_LIMIT").unwrap_or(default.events),
        links: read("OTEL_SPAN_LINK_COUNT_LIMIT").unwrap_or(default.links),
        value_chars: read("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT")
            .or(general_chars)
            .unwrap_or(default.value_chars),
    }
}
