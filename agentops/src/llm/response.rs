//! Record a response on the call that got it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Serialize;

use crate::llm::sniff::sniff;
use crate::record::{has_span, record};

/// Records what `response` says about the current LLM call: model, id, tokens, finish reasons.
///
/// Any type that serializes to the shape of OpenAI's API will do: the client's
/// own struct, or `serde_json::Value`. Only these members are looked at; the
/// content is skipped, and nothing is copied but what is recorded.
///
/// What the function returns is looked at by itself, or by the options `response` and
/// `usage` of `#[agentops::llm_call]`; this is for a response that is not returned.
///
/// ```
/// #[agentops::llm_call(provider = "openai", model = "gpt-4o-mini")]
/// fn chat(prompt: &str) -> String {
///     let response = serde_json::json!({
///         "model": "gpt-4o-mini-2024-07-18",
///         "choices": [{"message": {"content": "42"}, "finish_reason": "stop"}],
///         "usage": {"prompt_tokens": 7, "completion_tokens": 1},
///     });
///     agentops::record_response(&response);
///     prompt.to_owned()
/// }
/// let run = agentops::testing::capture(|| chat("6 * 7?"));
/// let call = run.span("chat gpt-4o-mini");
/// assert_eq!(call.int("gen_ai.usage.input_tokens"), Some(7));
/// ```
pub fn record_response<T: Serialize + ?Sized>(response: &T) {
    if !has_span() {
        return;
    }
    // Serializing is the program's own code: if it panics, there is nothing to record.
    let sniffed = catch_unwind(AssertUnwindSafe(|| sniff(response)));
    if let Ok(Some(found)) = sniffed {
        for attribute in found.attributes() {
            record(attribute.key, attribute.value);
        }
    }
}

/// Records what `response` says, as [`record_response`] does, and gives it back.
///
/// ```
/// #[agentops::llm_call(provider = "openai", model = "gpt-4o-mini")]
/// fn chat(prompt: &str) -> usize {
///     let response = serde_json::json!({"usage": {"prompt_tokens": prompt.len()}});
///     agentops::tap(response).to_string().len()
/// }
/// let run = agentops::testing::capture(|| chat("6 * 7?"));
/// let call = run.span("chat gpt-4o-mini");
/// assert_eq!(call.int("gen_ai.usage.input_tokens"), Some(6));
/// ```
pub fn tap<T: Serialize>(response: T) -> T {
    record_response(&response);
    response
}

#[cfg(test)]
mod tests {
    use serde::Serializer;

    use super::*;

    struct Bomb;

    impl Serialize for Bomb {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            panic!("boom")
        }
    }

    #[agentops_macros::llm_call(model = "m", crate = crate)]
    fn call() {
        record_response(&Bomb);
    }

    #[test]
    fn a_response_that_panics_when_serialized_harms_nobody() {
        let captured = crate::testing::capture(call);
        assert_eq!(captured.tree(), "llm_call chat m\n");
    }
}
