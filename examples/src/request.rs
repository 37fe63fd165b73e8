//! The body of a chat completion request, checked.

use serde::Deserialize;
use serde_json::Value;

use crate::api_error::ApiError;
use crate::message::{self, Message};
use crate::model::{self, Model};
use crate::tokens;
use crate::tool::{self, Tool, ToolChoice};

/// A request the server can answer.
#[derive(Debug)]
pub(crate) struct ChatRequest {
    pub(crate) model: &'static Model,
    /// The conversation; never empty.
    pub(crate) messages: Vec<Message>,
    /// What the assistant may call.
    pub(crate) tools: Vec<Tool>,
    pub(crate) tool_choice: ToolChoice,
    /// Whether one answer may hold several calls.
    pub(crate) calls_in_parallel: bool,
    /// The most tokens the answer may have.
    pub(crate) max_output_tokens: Option<usize>,
    pub(crate) delivery: Delivery,
}

/// How the answer is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// In one piece.
    Whole,
    /// Token by token.
    Streamed {
        /// Whether a last chunk says what the answer cost.
        include_usage: bool,
    },
}

impl ChatRequest {
    /// Reads and checks the body of a request.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, ApiError> {
        let body: Body = serde_json::from_slice(body).map_err(ApiError::malformed)?;
        body.check()?;
        let name = body
            .model
            .as_deref()
            .ok_or_else(|| ApiError::missing_parameter("model"))?;
        let messages = message::parse(body.messages)?;
        let tools = tool::parse(body.tools)?;
        let include_usage = body
            .stream_options
            .is_some_and(|options| options.include_usage);
        Ok(Self {
            model: model::find(name).ok_or_else(|| ApiError::unknown_model(name))?,
            messages,
            tool_choice: ToolChoice::parse(body.tool_choice, &tools)?,
            tools,
            calls_in_parallel: body.parallel_tool_calls.unwrap_or(true),
            max_output_tokens: body.max_completion_tokens.or(body.max_tokens),
            delivery: match body.stream.unwrap_or_default() {
                true => Delivery::Streamed { include_usage },
                false => Delivery::Whole,
            },
        })
    }

    /// What the conversation costs as a prompt.
    pub(crate) fn input_tokens(&self) -> usize {
        let tools: usize = self.tools.iter().map(Tool::tokens).sum();
        tokens::count_prompt(self.messages.iter().map(Message::tokens)) + tools
    }
}

/// The body as it is sent, before anything is required of it.
#[derive(Deserialize)]
struct Body {
    model: Option<String>,
    messages: Option<Vec<Value>>,
    max_tokens: Option<usize>,
    max_completion_tokens: Option<usize>,
    stream: Option<bool>,
    stream_options: Option<StreamOptions>,
    n: Option<u64>,
    tools: Option<Vec<Value>>,
    tool_choice: Option<Value>,
    parallel_tool_calls: Option<bool>,
    functions: Option<Value>,
}

#[derive(Deserialize)]
struct StreamOptions {
    #[serde(default)]
    include_usage: bool,
}

impl Body {
    /// Checks what stands in no message and in no tool.
    fn check(&self) -> Result<(), ApiError> {
        for (param, limit) in [
            ("max_tokens", self.max_tokens),
            ("max_completion_tokens", self.max_completion_tokens),
        ] {
            if limit == Some(0) {
                return Err(ApiError::invalid_value(param, "expected at least 1"));
            }
        }
        for (param, asked) in [
            ("n", self.n.is_some_and(|n| n != 1)),
            // The predecessor of `tools`.
            ("functions", self.functions.is_some()),
        ] {
            if asked {
                return Err(ApiError::unsupported_value(param));
            }
        }
        let (tools, stream) = (self.tools.is_some(), self.stream == Some(true));
        for (param, given, other, allowed) in [
            ("tool_choice", self.tool_choice.is_some(), "tools", tools),
            (
                "parallel_tool_calls",
                self.parallel_tool_calls.is_some(),
                "tools",
                tools,
            ),
            (
                "stream_options",
                self.stream_options.is_some(),
                "stream",
                stream,
            ),
        ] {
            if given && !allowed {
                return Err(ApiError::allowed_only_with(param, other));
            }
        }
        Ok(())
    }
}
