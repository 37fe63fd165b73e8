//! Spans that the OpenTelemetry SDK made, on the same road as ours.

use std::time::Duration;

use agentops_spool::record::Status;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::FieldTag;
use agentops_spool::record::write::{Identity, Whole};
use agentops_spool::{fork, pool, thread};
use opentelemetry::trace::{self, SpanKind, TraceState};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use crate::run::CurrentRun;
use crate::values::{unix_nanos, write_link, write_pairs, write_trace_state, write_value};

/// Exports spans through the drain thread and the spool.
///
/// The spans of attributes take this road by themselves, and the tracer
/// provider that `init` installs uses it for all others. It can be given to a
/// provider of your own as any [`SpanExporter`]; it never blocks on the network.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SessionExporter {}

impl SessionExporter {
    /// An exporter into the pipeline that `init` started.
    pub fn new() -> Self {
        Self {}
    }

    /// Writes one span to the arena; a span that ends while nothing is initialized is dropped.
    pub(crate) fn write(span: &SpanData, session: u32) {
        // What began before a fork is the parent's, which ends it as well.
        let is_inherited = fork::is_inherited_unix(unix_nanos(span.start_time));
        if fork::switch() & fork::INITIALIZED == 0 || is_inherited {
            return;
        }
        let (status, message) = match &span.status {
            trace::Status::Unset => (Status::Unset, ""),
            trace::Status::Ok => (Status::Ok, ""),
            trace::Status::Error { description } => (Status::Error, &**description),
        };
        let whole = Whole {
            identity: identity(span, session),
            start: unix_nanos(span.start_time),
            end: unix_nanos(span.end_time),
            unix_times: true,
            span_kind: span_kind(&span.span_kind),
            status,
            ..Whole::default()
        };
        let written = thread::append(|out| {
            whole.write(out);
            out.text_field(FieldTag::Name, &span.name);
            if !message.is_empty() {
                out.text_field(FieldTag::Message, message);
            }
            fields(span, out);
        });
        if !written {
            pool::count_lost();
        }
    }
}

impl SpanExporter for SessionExporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let session = CurrentRun::get().map_or(0, |current| current.run.told_index());
        for span in &batch {
            Self::write(span, session);
        }
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

fn identity(span: &SpanData, session: u32) -> Identity {
    Identity {
        site: 0,
        session,
        trace_id: span.span_context.trace_id().to_bytes(),
        span_id: span.span_context.span_id().to_bytes(),
        parent_id: span.parent_span_id.to_bytes(),
        parent_remote: span.parent_span_is_remote,
        trace_flags: span.span_context.trace_flags().to_u8(),
    }
}

fn fields(span: &SpanData, out: &mut Cursor<'_>) {
    let scope = &span.instrumentation_scope;
    out.scope(scope.name(), scope.version().unwrap_or_default());
    let state = span.span_context.trace_state();
    if *state != TraceState::NONE {
        write_trace_state(state, out);
    }
    for attribute in &span.attributes {
        out.attr(attribute.key.as_str());
        write_value(&attribute.value, out);
    }
    for event in span.events.iter() {
        let count = u16::try_from(event.attributes.len()).unwrap_or(u16::MAX);
        out.event(unix_nanos(event.timestamp), &event.name, count);
        write_pairs(&event.attributes, out);
    }
    for link in span.links.iter() {
        write_link(&link.span_context, &link.attributes, out);
    }
    let dropped = [
        span.dropped_attributes_count,
        span.events.dropped_count,
        span.links.dropped_count,
    ];
    if dropped != [0; 3] {
        out.dropped(dropped);
    }
}

/// OpenTelemetry's number of a span kind.
fn span_kind(kind: &SpanKind) -> u8 {
    match kind {
        SpanKind::Internal => 1,
        SpanKind::Server => 2,
        SpanKind::Client => 3,
        SpanKind::Producer => 4,
        SpanKind::Consumer => 5,
    }
}
