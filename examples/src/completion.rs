//! The answer to a chat completion request, as OpenAI words it.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::api_error::ApiError;
use crate::assistant::{self, Reply};
use crate::message::FunctionCall;
use crate::model::Model;
use crate::request::ChatRequest;
use crate::tokens;

/// An answer, with what it cost.
#[derive(Debug)]
pub(crate) struct Completion {
    /// The number of the request, which makes ids differ from those before.
    number: u64,
    model: &'static Model,
    reply: Reply,
    finish_reason: &'static str,
    input_tokens: usize,
    output_tokens: usize,
}

impl Completion {
    /// Answers request number `number`, within the tokens it allows.
    pub(crate) fn of(request: &ChatRequest, number: u64) -> Result<Self, ApiError> {
        let limit = request.max_output_tokens.unwrap_or(usize::MAX);
        let (reply, finish_reason, output_tokens) = match assistant::reply(request) {
            Reply::Text(answer) => {
                let text = tokens::cut(&answer, limit).to_owned();
                let is_whole = text.len() == answer.trim_end().len();
                let finish_reason = if is_whole { "stop" } else { "length" };
                let count = tokens::count(&text);
                (Reply::Text(text), finish_reason, count)
            }
            Reply::Calls(calls) => {
                let count = calls.iter().map(FunctionCall::tokens).sum();
                // Half a call is of no use to anybody.
                if count > limit {
                    return Err(ApiError::unfinished());
                }
                (Reply::Calls(calls), "tool_calls", count)
            }
        };
        Ok(Self {
            number,
            model: request.model,
            reply,
            finish_reason,
            input_tokens: request.input_tokens(),
            output_tokens,
        })
    }

    pub(crate) fn output_tokens(&self) -> usize {
        self.output_tokens
    }

    /// The response object.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": format!("chatcmpl-{:024x}", self.number),
            "object": "chat.completion",
            "created": seconds_since_epoch(),
            "model": self.model.dated,
            "choices": [{
                "index": 0,
                "message": self.message(),
                "logprobs": null,
                "finish_reason": self.finish_reason,
            }],
            "usage": self.usage(),
            "service_tier": "default",
            "system_fingerprint": "fp_local",
        })
    }

    fn message(&self) -> Value {
        match &self.reply {
            Reply::Text(text) => json!({
                "role": "assistant",
                "content": text,
                "refusal": null,
                "annotations": [],
            }),
            Reply::Calls(calls) => {
                let calls: Vec<Value> = calls
                    .iter()
                    .enumerate()
                    .map(|(index, call)| {
                        let id = self.call_id(index);
                        json!({ "id": id, "type": "function", "function": call })
                    })
                    .collect();
                json!({
                    "role": "assistant",
                    "content": null,
                    "tool_calls": calls,
                    "refusal": null,
                    "annotations": [],
                })
            }
        }
    }

    fn call_id(&self, index: usize) -> String {
        format!("call_{:020x}{index:04x}", self.number)
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
