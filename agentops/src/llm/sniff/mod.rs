//! Read a few members out of anything that serializes, without building it.
//!
//! A [`serde::Serializer`] that follows the path of member names and keeps the values
//! at known paths. Motivation: `serde_json::to_value` would copy the whole
//! response, content and all, to read five numbers. The walk is bounded: it
//! stops after a few thousand values, so that an unrelated large value costs
//! little.

mod key;
mod node;
mod walk;

use opentelemetry::KeyValue;
use serde::Serialize;

use crate::llm::sniff::node::Node;
pub(crate) use crate::llm::sniff::walk::Found;
use crate::llm::sniff::walk::Walk;

/// Reads what `response` says, if anything; members of other shapes are passed over.
pub(crate) fn sniff<T: Serialize + ?Sized>(response: &T) -> Option<Box<Found>> {
    let mut walk = Walk::new();
    // Stopping early is an error to serde; what was found until then counts.
    let _ = response.serialize(Node { walk: &mut walk });
    (walk.found != Found::default()).then(|| Box::new(walk.found))
}

/// Reads what `request` asks for: the model and how it is to answer, as attributes.
pub(crate) fn sniff_request<T: Serialize + ?Sized>(request: &T) -> Vec<KeyValue> {
    let mut walk = Walk::through_request();
    // Stopping early is an error to serde; what was found until then counts.
    let _ = request.serialize(Node { walk: &mut walk });
    walk.asked.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::llm::sniff::walk::MAX_TEXT;
    use crate::llm::usage::Usage;

    #[test]
    fn a_chat_completion_is_understood() {
        let found = sniff(&json!({
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "model": "gpt-4o-2024-08-06",
            "choices": [
                {"index": 0, "message": {"content": "hi", "model": "no"}, "finish_reason": "stop"},
                {"index": 1, "message": {"content": "ho"}, "finish_reason": "length"},
            ],
            "usage": {
                "prompt_tokens": 11, "completion_tokens": 22, "total_tokens": 33,
                "prompt_tokens_details": {"cached_tokens": 5},
                "completion_tokens_details": {"reasoning_tokens": 7},
            },
        }))
        .unwrap();
        assert_eq!(found.id.as_deref(), Some("chatcmpl-1"));
        assert_eq!(found.model.as_deref(), Some("gpt-4o-2024-08-06"));
        assert_eq!(found.finish_reasons, ["stop", "length"]);
        let usage = Usage {
            input: Some(11),
            output: Some(22),
            cached: Some(5),
            reasoning: Some(7),
        };
        assert_eq!(found.usage, usage);
    }

    #[test]
    fn a_clients_own_struct_is_understood() {
        #[derive(serde::Serialize)]
        struct Response<'a> {
            model: &'a str,
            usage: Option<Tokens>,
        }
        #[derive(serde::Serialize)]
        struct Tokens {
            prompt_tokens: u32,
            completion_tokens: u32,
        }
        let found = sniff(&Response {
            model: "m",
            usage: Some(Tokens {
                prompt_tokens: 1,
                completion_tokens: 2,
            }),
        })
        .unwrap();
        assert_eq!(found.model.as_deref(), Some("m"));
        assert_eq!(found.usage.output, Some(2));
    }

    #[test]
    fn a_request_says_what_it_asks_for() {
        let asked = sniff_request(&json!({
            "model": "gpt-4o",
            "messages": [{"role": "user", "content": "hi", "temperature": 7}],
            "temperature": 1,
            "top_p": 0.5,
            "max_completion_tokens": 64,
            "stream": true,
            "seed": 7.0,
        }));
        let expected = [
            KeyValue::new("gen_ai.request.max_tokens", 64),
            KeyValue::new("gen_ai.request.model", "gpt-4o"),
            KeyValue::new("gen_ai.request.seed", 7),
            KeyValue::new("gen_ai.request.stream", true),
            KeyValue::new("gen_ai.request.temperature", 1.0),
            KeyValue::new("gen_ai.request.top_p", 0.5),
        ];
        let mut asked = asked;
        asked.sort_by(|a, b| a.key.cmp(&b.key));
        assert_eq!(asked, expected);
    }

    #[test]
    fn unrelated_and_hostile_values_are_passed_over() {
        assert_eq!(sniff(&json!(null)), None);
        assert_eq!(sniff(&json!({"usage": {"prompt_tokens": -1}})), None);
        assert_eq!(sniff(&json!({"model": 5, "usage": [1, 2]})), None);
        assert_eq!(sniff(&vec![0u8; 1 << 20]), None);
        let long = sniff(&json!({"model": "m".repeat(10_000)})).unwrap();
        assert_eq!(long.model.map(|model| model.len()), Some(MAX_TEXT));
    }
}
