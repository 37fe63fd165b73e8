//! What is counted of one LLM call.

use std::time::Duration;

use opentelemetry::KeyValue;

use crate::semconv;

/// What is counted of an LLM call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call<'a> {
    pub(crate) duration: Duration,
    /// Of a streamed answer.
    pub(crate) first_chunk_secs: Option<f64>,
    pub(crate) operation: Option<&'a str>,
    pub(crate) provider: Option<&'a str>,
    pub(crate) request_model: Option<&'a str>,
    pub(crate) response_model: Option<&'a str>,
    pub(crate) error_type: Option<&'a str>,
    pub(crate) input_tokens: Option<u64>,
    pub(crate) output_tokens: Option<u64>,
    /// Those that the program adds.
    pub(crate) dimensions: Vec<KeyValue>,
}

impl Call<'_> {
    /// Dimensions with few values each: never a session, a user or a text.
    pub(super) fn attributes(&self) -> Vec<KeyValue> {
        let known = [
            (semconv::GEN_AI_OPERATION_NAME, self.operation),
            (semconv::GEN_AI_PROVIDER_NAME, self.provider),
            (semconv::GEN_AI_REQUEST_MODEL, self.request_model),
            (semconv::GEN_AI_RESPONSE_MODEL, self.response_model),
            (semconv::ERROR_TYPE, self.error_type),
        ];
        known
            .into_iter()
            .filter_map(|(key, value)| Some(KeyValue::new(key, value?.to_owned())))
            .chain(self.dimensions.iter().cloned())
            .collect()
    }
}
