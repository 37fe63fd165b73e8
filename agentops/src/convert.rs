//! Values of records as OpenTelemetry's.

use agentops_spool::record::reader::Reader;
use agentops_spool::record::value::Value as RecordValue;
use opentelemetry::{Array, StringValue, Value};

/// A record's value as OpenTelemetry's.
pub(crate) fn to_value(value: &RecordValue<'_>) -> Value {
    match value {
        RecordValue::Bool(truth) => Value::Bool(*truth),
        RecordValue::Int(number) => Value::I64(*number),
        RecordValue::Float(number) => Value::F64(*number),
        RecordValue::Str(text) => Value::String((*text).to_owned().into()),
        RecordValue::Bytes(bytes) => {
            let text = Reader::new(bytes).rest();
            Value::String(String::from_utf8_lossy(text).into_owned().into())
        }
        RecordValue::Array(array) => {
            let values: Vec<_> = array.iter().collect();
            Value::Array(to_array(&values))
        }
    }
}

fn to_array(values: &[RecordValue<'_>]) -> Array {
    let ints: Option<Vec<i64>> = values
        .iter()
        .map(|value| match value {
            RecordValue::Int(number) => Some(*number),
            _ => None,
        })
        .collect();
    let texts = || {
        let text = |value: &RecordValue<'_>| StringValue::from(to_value(value).to_string());
        values.iter().map(text).collect()
    };
    match ints {
        Some(ints) if !ints.is_empty() => Array::I64(ints),
        _ => Array::String(texts()),
    }
}
