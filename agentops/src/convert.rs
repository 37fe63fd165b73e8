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

/// A list is of the type that all of its values have, else of texts.
fn to_array(values: &[RecordValue<'_>]) -> Array {
    fn all<T>(
        values: &[RecordValue<'_>],
        one: impl Fn(&RecordValue<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let all: Option<Vec<T>> = values.iter().map(one).collect();
        all.filter(|all| !all.is_empty())
    }
    let int = |value: &RecordValue<'_>| match value {
        RecordValue::Int(number) => Some(*number),
        _ => None,
    };
    let float = |value: &RecordValue<'_>| match value {
        RecordValue::Float(number) => Some(*number),
        _ => None,
    };
    let truth = |value: &RecordValue<'_>| match value {
        RecordValue::Bool(truth) => Some(*truth),
        _ => None,
    };
    let text = |value: &RecordValue<'_>| StringValue::from(to_value(value).to_string());
    all(values, int)
        .map(Array::I64)
        .or_else(|| all(values, float).map(Array::F64))
        .or_else(|| all(values, truth).map(Array::Bool))
        .unwrap_or_else(|| Array::String(values.iter().map(text).collect()))
}
