//! Look up attributes by key, with the type a test expects.

use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};

/// Attributes of a span, an event, a resource, a scope or a data point.
#[derive(Clone, Copy, Debug)]
pub struct Attributes<'a>(pub(crate) &'a [KeyValue]);

impl<'a> Attributes<'a> {
    /// The value of an attribute.
    ///
    /// # Panics
    /// When the key is there twice, which OTLP forbids.
    #[track_caller]
    pub fn get(self, key: &str) -> Option<&'a AnyValue> {
        let mut found = self.0.iter().filter(|attribute| attribute.key == key);
        let first = found.next()?;
        assert!(found.next().is_none(), "attribute `{key}` is there twice");
        first.value.as_ref()
    }

    /// The value of a string attribute.
    ///
    /// # Panics
    /// When it is of another type.
    #[track_caller]
    pub fn str(self, key: &str) -> Option<&'a str> {
        match self.value(key)? {
            Value::StringValue(value) => Some(value),
            other => mismatch(key, "a string", other),
        }
    }

    /// The value of an integer attribute.
    ///
    /// # Panics
    /// When it is of another type.
    #[track_caller]
    pub fn int(self, key: &str) -> Option<i64> {
        match self.value(key)? {
            Value::IntValue(value) => Some(*value),
            other => mismatch(key, "an integer", other),
        }
    }

    /// The value of a floating point attribute.
    ///
    /// # Panics
    /// When it is of another type.
    #[track_caller]
    pub fn f64(self, key: &str) -> Option<f64> {
        match self.value(key)? {
            Value::DoubleValue(value) => Some(*value),
            other => mismatch(key, "a double", other),
        }
    }

    /// The value of a boolean attribute.
    ///
    /// # Panics
    /// When it is of another type.
    #[track_caller]
    pub fn bool(self, key: &str) -> Option<bool> {
        match self.value(key)? {
            Value::BoolValue(value) => Some(*value),
            other => mismatch(key, "a boolean", other),
        }
    }

    /// The strings of an array attribute.
    ///
    /// # Panics
    /// When it is of another type.
    #[track_caller]
    pub fn strs(self, key: &str) -> Option<Vec<&'a str>> {
        let value = self.value(key)?;
        let Value::ArrayValue(array) = value else {
            mismatch(key, "an array of strings", value)
        };
        let string = |item: &'a AnyValue| match &item.value {
            Some(Value::StringValue(string)) => string.as_str(),
            _ => mismatch(key, "an array of strings", value),
        };
        Some(array.values.iter().map(string).collect())
    }

    /// The keys, sorted.
    pub fn keys(self) -> Vec<&'a str> {
        let mut keys: Vec<&str> = self
            .0
            .iter()
            .map(|attribute| attribute.key.as_str())
            .collect();
        keys.sort_unstable();
        keys
    }

    #[track_caller]
    fn value(self, key: &str) -> Option<&'a Value> {
        self.get(key)?.value.as_ref()
    }
}

#[track_caller]
fn mismatch(key: &str, expected: &str, found: &Value) -> ! {
    panic!("attribute `{key}` is not {expected} but {found:?}")
}
