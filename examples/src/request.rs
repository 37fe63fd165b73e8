//! The body of a chat completion request, checked.

use serde::Deserialize;
use serde_json::Value;

use crate::api_error::ApiError;
use crate::model::{self, Model};
use crate::tokens;

/// A request the server can answer.
#[derive(Debug)]
pub(crate) struct ChatRequest {
    pub(crate) model: &'static Model,
    /// The conversation; never empty.
    pub(crate) messages: Vec<Message>,
    /// The most tokens the answer may have.
    pub(crate) max_output_tokens: Option<usize>,
}

/// One message of the conversation.
#[derive(Debug, Deserialize)]
pub(crate) struct Message {
    pub(crate) role: Role,
    content: Option<Content>,
    name: Option<String>,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    System,
    Developer,
    User,
    Assistant,
    Tool,
}

impl ChatRequest {
    /// Reads and checks the body of a request.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, ApiError> {
        let body: Body = serde_json::from_slice(body).map_err(ApiError::malformed)?;
        let name = body
            .model
            .as_deref()
            .ok_or_else(|| ApiError::missing_parameter("model"))?;
        let messages = parse_messages(body.messages)?;
        for (param, limit) in [
            ("max_tokens", body.max_tokens),
            ("max_completion_tokens", body.max_completion_tokens),
        ] {
            if limit == Some(0) {
                return Err(ApiError::invalid_value(param, "expected at least 1"));
            }
        }
        for (param, asked) in [
            ("stream", body.stream.unwrap_or_default()),
            ("n", body.n.is_some_and(|n| n != 1)),
            ("tools", body.tools.is_some_and(|tools| !tools.is_empty())),
        ] {
            if asked {
                return Err(ApiError::unsupported_value(param));
            }
        }
        Ok(Self {
            model: model::find(name).ok_or_else(|| ApiError::unknown_model(name))?,
            messages,
            max_output_tokens: body.max_completion_tokens.or(body.max_tokens),
        })
    }

    /// What the conversation costs as a prompt.
    pub(crate) fn input_tokens(&self) -> usize {
        tokens::count_prompt(
            self.messages
                .iter()
                .map(|message| tokens::count_message(&message.text(), message.name.is_some())),
        )
    }
}

impl Message {
    /// The text of the message, its parts joined.
    pub(crate) fn text(&self) -> String {
        match &self.content {
            None => String::new(),
            Some(Content::Text(text)) => text.clone(),
            Some(Content::Parts(parts)) => {
                let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
                texts.join("\n")
            }
        }
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
    n: Option<u64>,
    tools: Option<Vec<Value>>,
}

/// The content of a message: absent where an assistant only calls tools.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a string or an array of parts as content"
)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

/// One part of a message; images and sounds count as no text.
#[derive(Debug, Deserialize)]
struct Part {
    #[serde(default)]
    text: String,
}

fn parse_messages(messages: Option<Vec<Value>>) -> Result<Vec<Message>, ApiError> {
    let messages = messages.ok_or_else(|| ApiError::missing_parameter("messages"))?;
    if messages.is_empty() {
        return Err(ApiError::invalid_value(
            "messages",
            "expected at least one message",
        ));
    }
    let parse = |(index, message)| {
        serde_json::from_value(message)
            .map_err(|error| ApiError::invalid_value(&format!("messages[{index}]"), error))
    };
    messages.into_iter().enumerate().map(parse).collect()
}
