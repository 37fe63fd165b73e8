//! Spans of any kind, as records and as another encoder would have them.

use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::FieldTag;
use agentops_spool::record::write::{Identity, Whole};
use agentops_spool::record::{Reason, Status};
use opentelemetry_proto::tonic::common::v1::any_value::Value as ProtoValue;
use opentelemetry_proto::tonic::common::v1::{AnyValue, ArrayValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1 as proto;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use crate::support::records::record;

/// A value as a test makes it.
#[derive(Clone, Debug)]
enum Value {
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(String),
    Bytes(Vec<u8>),
    Array(Vec<Value>),
}

impl Value {
    fn write(&self, out: &mut Cursor<'_>) {
        match self {
            Self::Bool(truth) => out.bool_value(*truth),
            Self::Int(number) => out.i64_value(*number),
            Self::Float(number) => out.f64_value(*number),
            Self::Str(text) => out.str_value(text),
            Self::Bytes(bytes) => {
                out.u8(5);
                out.u32(u32::try_from(bytes.len()).unwrap_or(0));
                out.bytes(bytes);
            }
            Self::Array(values) => {
                out.array_value(values.len());
                for value in values {
                    value.write(out);
                }
            }
        }
    }

    fn proto(&self) -> AnyValue {
        let value = match self {
            Self::Bool(truth) => ProtoValue::BoolValue(*truth),
            Self::Int(number) => ProtoValue::IntValue(*number),
            Self::Float(number) => ProtoValue::DoubleValue(*number),
            Self::Str(text) => ProtoValue::StringValue(text.clone()),
            Self::Bytes(bytes) => ProtoValue::BytesValue(bytes.clone()),
            Self::Array(values) => ProtoValue::ArrayValue(ArrayValue {
                values: values.iter().map(Self::proto).collect(),
            }),
        };
        AnyValue { value: Some(value) }
    }
}

type Attributes = Vec<(String, Value)>;

fn proto_attributes(attributes: &Attributes) -> Vec<KeyValue> {
    let to_proto = |(key, value): &(String, Value)| KeyValue {
        key: key.clone(),
        value: Some(value.proto()),
        ..KeyValue::default()
    };
    attributes.iter().map(to_proto).collect()
}

/// A span as a test makes it.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) whole: Whole,
    name: String,
    message: String,
    trace_state: String,
    pub(crate) scope: (String, String),
    dropped: [u32; 3],
    attributes: Attributes,
    events: Vec<(u64, String, Attributes)>,
    links: Vec<([u8; 16], u32, String, Attributes)>,
}

impl Made {
    pub(crate) fn record(&self) -> Vec<u8> {
        record(|out| {
            self.whole.write(out);
            out.text_field(FieldTag::Name, &self.name);
            out.text_field(FieldTag::Message, &self.message);
            out.text_field(FieldTag::TraceState, &self.trace_state);
            out.scope(&self.scope.0, &self.scope.1);
            out.dropped(self.dropped);
            for (key, value) in &self.attributes {
                out.attr(key);
                value.write(out);
            }
            for (time, name, attributes) in &self.events {
                out.event(*time, name, count(attributes));
                write_pairs(attributes, out);
            }
            for (trace_id, flags, state, attributes) in &self.links {
                out.link(*trace_id, [9; 8], *flags, state, count(attributes));
                write_pairs(attributes, out);
            }
        })
    }

    pub(crate) fn proto(&self) -> proto::Span {
        let Whole { identity, .. } = self.whole;
        let remote = u32::from(identity.parent_remote) << 9;
        let has_status = self.whole.status != Status::Unset || !self.message.is_empty();
        proto::Span {
            trace_id: identity.trace_id.to_vec(),
            span_id: identity.span_id.to_vec(),
            trace_state: self.trace_state.clone(),
            parent_span_id: match identity.parent_id {
                [0, 0, 0, 0, 0, 0, 0, 0] => Vec::new(),
                id => id.to_vec(),
            },
            flags: 0x100 | remote | u32::from(identity.trace_flags),
            name: self.name.clone(),
            kind: self.whole.span_kind.into(),
            start_time_unix_nano: self.whole.start,
            end_time_unix_nano: self.whole.end.max(self.whole.start),
            attributes: proto_attributes(&self.attributes),
            dropped_attributes_count: self.dropped[0],
            events: self.events.iter().map(proto_event).collect(),
            dropped_events_count: self.dropped[1],
            links: self.links.iter().map(proto_link).collect(),
            dropped_links_count: self.dropped[2],
            status: has_status.then(|| proto::Status {
                message: self.message.clone(),
                code: self.whole.status as i32,
            }),
        }
    }
}

fn proto_event((time, name, attributes): &(u64, String, Attributes)) -> proto::span::Event {
    proto::span::Event {
        time_unix_nano: *time,
        name: name.clone(),
        attributes: proto_attributes(attributes),
        dropped_attributes_count: 0,
    }
}

fn proto_link(link: &([u8; 16], u32, String, Attributes)) -> proto::span::Link {
    let (trace_id, flags, trace_state, attributes) = link;
    proto::span::Link {
        trace_id: trace_id.to_vec(),
        span_id: vec![9; 8],
        trace_state: trace_state.clone(),
        attributes: proto_attributes(attributes),
        dropped_attributes_count: 0,
        flags: *flags,
    }
}

fn count(attributes: &Attributes) -> u16 {
    u16::try_from(attributes.len()).unwrap_or(0)
}

fn write_pairs(attributes: &Attributes, out: &mut Cursor<'_>) {
    for (key, value) in attributes {
        out.text(key);
        value.write(out);
    }
}

fn text() -> impl Strategy<Value = String> {
    // Any characters at all, or one longer than a length of one byte can say.
    prop_oneof![4 => ".{0,12}", 1 => "[a-z→😀]{130,150}"]
}

fn value() -> impl Strategy<Value = Value> {
    use proptest::num::f64::{INFINITE, NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    let float = NORMAL | SUBNORMAL | INFINITE | ZERO | POSITIVE | NEGATIVE;
    let simple = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        float.prop_map(Value::Float),
        text().prop_map(Value::Str),
        vec(any::<u8>(), 0..20).prop_map(Value::Bytes),
    ];
    simple.prop_recursive(3, 12, 4, |inner| vec(inner, 0..4).prop_map(Value::Array))
}

fn attributes() -> impl Strategy<Value = Attributes> {
    // No key twice: the later one would win.
    btree_map(text(), value(), 0..5).prop_map(|map| map.into_iter().collect())
}

fn whole() -> impl Strategy<Value = Whole> {
    let identity = (any::<[u8; 16]>(), any::<[u8; 8]>(), any::<[u8; 8]>());
    let flags = (any::<bool>(), any::<u8>(), 0..=5u8, 0..=2u8);
    (identity, flags, any::<[u64; 2]>()).prop_map(|(ids, flags, times)| Whole {
        identity: Identity {
            trace_id: ids.0,
            span_id: ids.1,
            parent_id: ids.2,
            parent_remote: flags.0,
            trace_flags: flags.1,
            ..Identity::default()
        },
        start: times[0],
        end: times[1],
        unix_times: true,
        span_kind: flags.2,
        status: [Status::Unset, Status::Ok, Status::Error][usize::from(flags.3)],
        reason: Reason::Returned,
    })
}

pub(crate) fn made() -> impl Strategy<Value = Made> {
    let texts = (text(), text(), text(), (text(), text()));
    let events = vec((any::<u64>(), text(), attributes()), 0..3);
    let links = vec(
        (any::<[u8; 16]>(), any::<u32>(), text(), attributes()),
        0..3,
    );
    let lists = (any::<[u32; 3]>(), attributes(), events, links);
    (whole(), texts, lists).prop_map(|(whole, texts, lists)| Made {
        whole,
        name: texts.0,
        message: texts.1,
        trace_state: texts.2,
        scope: texts.3,
        dropped: lists.0,
        attributes: lists.1,
        events: lists.2,
        links: lists.3,
    })
}
