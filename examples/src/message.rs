//! The messages of a conversation, and the tool calls in them.

use serde::Deserialize;
use serde_json::Value;

use crate::api_error::ApiError;
use crate::tokens;

/// One message of the conversation.
#[derive(Debug, Deserialize)]
pub(crate) struct Message {
    pub(crate) role: Role,
    content: Option<Content>,
    name: Option<String>,
    tool_calls: Option<Vec<ToolCall>>,
    tool_call_id: Option<String>,
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

/// A wish of the assistant to have a tool called.
#[derive(Debug, Deserialize)]
pub(crate) struct ToolCall {
    pub(crate) id: String,
    pub(crate) function: FunctionCall,
}

/// What is called, and with what.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct FunctionCall {
    pub(crate) name: String,
    /// A JSON object as text.
    pub(crate) arguments: String,
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

    /// The tools that the assistant calls with this message.
    pub(crate) fn tool_calls(&self) -> &[ToolCall] {
        self.tool_calls.as_deref().unwrap_or_default()
    }

    /// Whether this is the answer to the call with this id.
    pub(crate) fn answers(&self, call: &ToolCall) -> bool {
        self.role == Role::Tool && self.tool_call_id.as_ref() == Some(&call.id)
    }

    /// What the message costs as part of a prompt.
    pub(crate) fn tokens(&self) -> usize {
        let calls: usize = self
            .tool_calls()
            .iter()
            .map(|call| call.function.tokens())
            .sum();
        tokens::count_message(&self.text(), self.name.is_some()) + calls
    }
}

impl FunctionCall {
    /// What the call costs, as an answer and as part of a prompt.
    pub(crate) fn tokens(&self) -> usize {
        tokens::count_call(&self.name, &self.arguments)
    }
}

/// Reads the messages of a request and checks that calls and their answers belong together.
pub(crate) fn parse(messages: Option<Vec<Value>>) -> Result<Vec<Message>, ApiError> {
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
    let messages: Vec<Message> = messages
        .into_iter()
        .enumerate()
        .map(parse)
        .collect::<Result<_, _>>()?;
    check_calls(&messages)?;
    Ok(messages)
}

/// Every call is answered right after its message, and nothing else is answered.
fn check_calls(messages: &[Message]) -> Result<(), ApiError> {
    let mut open: Vec<&ToolCall> = Vec::new();
    let mut may_answer = false;
    for (index, message) in messages.iter().enumerate() {
        let param = format!("messages[{index}]");
        if message.role == Role::Tool {
            if !may_answer {
                return Err(ApiError::answer_without_call(&param));
            }
            let Some(id) = &message.tool_call_id else {
                return Err(ApiError::missing_parameter(&format!(
                    "{param}.tool_call_id"
                )));
            };
            let Some(at) = open.iter().position(|call| message.answers(call)) else {
                return Err(ApiError::answer_to_unknown_call(&param, id));
            };
            open.remove(at);
            continue;
        }
        check_answered(&open, &param)?;
        if message.tool_calls.is_some() && message.role != Role::Assistant {
            let reason = "only messages with role 'assistant' have 'tool_calls'";
            return Err(ApiError::invalid_value(&param, reason));
        }
        if message.content.is_none() && message.tool_calls().is_empty() {
            let reason = "expected content, or calls of tools by the assistant";
            return Err(ApiError::invalid_value(&param, reason));
        }
        open.extend(message.tool_calls());
        may_answer = !open.is_empty();
    }
    check_answered(&open, "messages")
}

fn check_answered(open: &[&ToolCall], param: &str) -> Result<(), ApiError> {
    if open.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = open.iter().map(|call| call.id.as_str()).collect();
    Err(ApiError::call_without_answer(param, &ids.join(", ")))
}
