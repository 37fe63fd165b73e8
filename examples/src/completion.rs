//! The answer to a chat completion request, as OpenAI words it.

use std::iter;
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
    /// Seconds since the epoch.
    created: u64,
    model: &'static Model,
    reply: Reply,
    finish_reason: &'static str,
    input_tokens: usize,
    output_tokens: usize,
}

/// A piece of an answer that is streamed.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// The tokens of the answer up to here.
    pub(crate) tokens: usize,
    pub(crate) body: Value,
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
            created: seconds_since_epoch(),
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
        let choice = json!({
            "index": 0,
            "message": self.message(),
            "logprobs": null,
            "finish_reason": self.finish_reason,
        });
        let mut body = self.envelope("chat.completion", &json!([choice]));
        body["usage"] = self.usage();
        body
    }

    /// The response in pieces: the role, the tokens, the reason for the end.
    ///
    /// The usage has a chunk of its own at the end, where it is asked for.
    pub(crate) fn chunks(&self, include_usage: bool) -> Vec<Chunk> {
        let mut tokens = 0;
        let mut chunks = vec![self.chunk(tokens, &self.opening(), None)];
        for (delta, cost) in self.deltas() {
            tokens += cost;
            chunks.push(self.chunk(tokens, &delta, None));
        }
        chunks.push(self.chunk(tokens, &json!({}), Some(self.finish_reason)));
        if include_usage {
            for chunk in &mut chunks {
                chunk.body["usage"] = Value::Null;
            }
            let mut body = self.envelope("chat.completion.chunk", &json!([]));
            body["usage"] = self.usage();
            chunks.push(Chunk { tokens, body });
        }
        chunks
    }

    fn chunk(&self, tokens: usize, delta: &Value, finish_reason: Option<&str>) -> Chunk {
        let choice = json!({
            "index": 0,
            "delta": delta,
            "logprobs": null,
            "finish_reason": finish_reason,
        });
        let body = self.envelope("chat.completion.chunk", &json!([choice]));
        Chunk { tokens, body }
    }

    fn envelope(&self, object: &str, choices: &Value) -> Value {
        json!({
            "id": format!("chatcmpl-{:024x}", self.number),
            "object": object,
            "created": self.created,
            "model": self.model.dated,
            "choices": choices,
            "service_tier": "default",
            "system_fingerprint": "fp_local",
        })
    }

    fn message(&self) -> Value {
        let mut message = json!({ "role": "assistant", "refusal": null, "annotations": [] });
        match &self.reply {
            Reply::Text(text) => message["content"] = text.as_str().into(),
            Reply::Calls(calls) => {
                let calls = calls.iter().enumerate();
                message["content"] = Value::Null;
                message["tool_calls"] = calls
                    .map(|(index, call)| self.call(index, &call.name, &call.arguments))
                    .collect();
            }
        }
        message
    }

    /// What the first chunk says.
    fn opening(&self) -> Value {
        let content = match self.reply {
            Reply::Text(_) => "".into(),
            Reply::Calls(_) => Value::Null,
        };
        json!({ "role": "assistant", "content": content, "refusal": null })
    }

    /// What the chunks in the middle say, each with the tokens that it is worth.
    fn deltas(&self) -> Vec<(Value, usize)> {
        match &self.reply {
            Reply::Text(text) => tokens::pieces(text)
                .into_iter()
                .map(|piece| (json!({ "content": piece }), 1))
                .collect(),
            Reply::Calls(calls) => calls
                .iter()
                .enumerate()
                .flat_map(|(index, call)| self.call_deltas(index, call))
                .collect(),
        }
    }

    /// The id and the name of a call, then its arguments token by token.
    fn call_deltas(&self, index: usize, call: &FunctionCall) -> Vec<(Value, usize)> {
        let mut opening = self.call(index, &call.name, "");
        opening["index"] = index.into();
        let pieces = tokens::pieces(&call.arguments);
        let cost = call.tokens() - pieces.len();
        let arguments = pieces.into_iter().map(|piece| {
            let function = json!({ "arguments": piece });
            let delta = json!({ "tool_calls": [{ "index": index, "function": function }] });
            (delta, 1)
        });
        iter::once((json!({ "tool_calls": [opening] }), cost))
            .chain(arguments)
            .collect()
    }

    /// A call as it is sent; its id differs from all others of the server.
    fn call(&self, index: usize, name: &str, arguments: &str) -> Value {
        json!({
            "id": format!("call_{:020x}{index:04x}", self.number),
            "type": "function",
            "function": { "name": name, "arguments": arguments },
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
