//! Received log records, as a test wants to ask about them.

use std::ops::Deref;

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use opentelemetry_proto::tonic::resource::v1::Resource;

use crate::attributes::Attributes;
use crate::spans::hex;
use crate::store::{Payload, Request};

/// Log records in the order of their arrival.
#[derive(Clone, Debug, Default)]
pub struct Logs(Vec<Log>);

/// One received log record, with the resource it came under.
#[derive(Clone, Debug)]
pub struct Log {
    /// The record as it was sent.
    pub proto: LogRecord,
    resource: Resource,
    /// Name of the instrumentation scope.
    pub scope_name: String,
}

impl Logs {
    /// The log records of these requests.
    pub fn of<'a>(requests: impl IntoIterator<Item = &'a Request>) -> Self {
        let payloads = requests.into_iter().map(|request| &request.payload);
        let logs = payloads.filter_map(|payload| match payload {
            Payload::Logs(logs) => Some(logs),
            _ => None,
        });
        Self(logs.flat_map(of_request).collect())
    }

    /// The only record with this text.
    ///
    /// # Panics
    /// When there is none, or more than one.
    #[track_caller]
    pub fn saying(&self, text: &str) -> &Log {
        let found: Vec<&Log> = self.iter().filter(|log| log.body() == text).collect();
        match found[..] {
            [log] => log,
            _ => panic!("{} records say `{text}`", found.len()),
        }
    }
}

impl Deref for Logs {
    type Target = [Log];

    fn deref(&self) -> &[Log] {
        &self.0
    }
}

impl Log {
    /// Its text; empty if it has none.
    pub fn body(&self) -> &str {
        let value = self
            .proto
            .body
            .as_ref()
            .and_then(|body| body.value.as_ref());
        match value {
            Some(Value::StringValue(text)) => text,
            _ => "",
        }
    }

    /// The trace id in lower-case hex; empty without a trace.
    pub fn trace_id(&self) -> String {
        hex(&self.proto.trace_id)
    }

    /// The span id in lower-case hex; empty without a span.
    pub fn span_id(&self) -> String {
        hex(&self.proto.span_id)
    }

    /// The attributes.
    pub fn attributes(&self) -> Attributes<'_> {
        Attributes(&self.proto.attributes)
    }

    /// The attributes of the resource.
    pub fn resource(&self) -> Attributes<'_> {
        Attributes(&self.resource.attributes)
    }
}

fn of_request(request: &ExportLogsServiceRequest) -> Vec<Log> {
    let mut logs = Vec::new();
    for resource_logs in &request.resource_logs {
        for scope_logs in &resource_logs.scope_logs {
            let scope = scope_logs.scope.clone().unwrap_or_default();
            logs.extend(scope_logs.log_records.iter().map(|record| Log {
                proto: record.clone(),
                resource: resource_logs.resource.clone().unwrap_or_default(),
                scope_name: scope.name.clone(),
            }));
        }
    }
    logs
}
