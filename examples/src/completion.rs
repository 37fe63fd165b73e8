//! The answer to a chat completion request, as OpenAI words it.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::assistant;
use crate::model::Model;
use crate::request::ChatRequest;
use crate::tokens;

/// An answer, with what it cost.
#[derive(Debug)]
pub(crate) struct Completion {
    model: &'static Model,
    content: String,
    finish_reason: &'static str,
    input_tokens: usize,
    output_tokens: usize,
}

impl Completion {
    /// Answers the request, within the tokens it allows.
    pub(crate) fn of(request: &ChatRequest) -> Self {
        let answer = assistant::answer(&request.messages);
        let limit = request.max_output_tokens.unwrap_or(usize::MAX);
        let content = tokens::cut(&answer, limit).to_owned();
        Self {
            model: request.model,
            finish_reason: if content.len() < answer.trim_end().len() {
                "length"
            } else {
                "stop"
            },
            input_tokens: request.input_tokens(),
            output_tokens: tokens::count(&content),
            content,
        }
    }

    pub(crate) fn output_tokens(&self) -> usize {
        self.output_tokens
    }

    /// The response object; `number` makes its id differ from those before it.
    pub(crate) fn to_json(&self, number: u64) -> Value {
        json!({
            "id": format!("chatcmpl-{number:024x}"),
            "object": "chat.completion",
            "created": seconds_since_epoch(),
            "model": self.model.dated,
            "choices": [{
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": self.content,
                    "refusal": null,
                    "annotations": [],
                },
                "logprobs": null,
                "finish_reason": self.finish_reason,
            }],
            "usage": self.usage(),
            "service_tier": "default",
            "system_fingerprint": "fp_local",
        })
    }

    /// Nothing is cached here and no thought goes unsaid, so those counts are zero.
    fn usage(&self) -> Value {
        json!({
            "prompt_tokens": self.input_tokens,
            "completion_tokens": self.output_tokens,
            "total_tokens": self.input_tokens + self.output_tokens,
            "prompt_tokens_details": { "cached_tokens": 0, "audio_tokens": 0 },
            "completion_tokens_details": {
                "reasoning_tokens": 0,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            },
        })
    }
}

/// Zero where the clock stands before the epoch.
fn seconds_since_epoch() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs())
}
