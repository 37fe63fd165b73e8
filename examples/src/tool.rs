//! The tools that a request offers, and which of them must be called.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::api_error::ApiError;
use crate::message::FunctionCall;
use crate::tokens;

/// Characters of the longest name of a function.
const MAX_NAME: usize = 64;

/// A function that the assistant may ask for.
#[derive(Debug, Deserialize)]
pub(crate) struct Tool {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    /// The JSON schema of the arguments.
    #[serde(default)]
    parameters: Value,
}

/// What a request says about the use of its tools.
#[derive(Debug, Default)]
pub(crate) enum ToolChoice {
    /// Tools are called where they help.
    #[default]
    Auto,
    /// No tool is called.
    None,
    /// Some tool is called.
    Required,
    /// The tool of this name is called.
    Named(String),
}

impl Tool {
    /// A call with this value for the only required parameter, or else the first one.
    pub(crate) fn call(&self, argument: &str) -> FunctionCall {
        let arguments = match self.parameter() {
            Some(parameter) => json!({ parameter: argument }),
            None => json!({}),
        };
        FunctionCall {
            name: self.name.clone(),
            arguments: arguments.to_string(),
        }
    }

    /// The name of the parameter that calls fill in.
    pub(crate) fn parameter(&self) -> Option<&str> {
        let first = || self.parameters["properties"].as_object()?.keys().next();
        self.parameters["required"][0]
            .as_str()
            .or_else(|| first().map(String::as_str))
    }

    /// What offering the tool costs.
    pub(crate) fn tokens(&self) -> usize {
        let schema = match &self.parameters {
            Value::Null => String::new(),
            parameters => parameters.to_string(),
        };
        tokens::count_tool(&self.name, &self.description, &schema)
    }
}

impl ToolChoice {
    /// Reads the choice among these tools.
    pub(crate) fn parse(choice: Option<Value>, tools: &[Tool]) -> Result<Self, ApiError> {
        let Some(choice) = choice else {
            return Ok(Self::Auto);
        };
        if let Some(name) = choice["function"]["name"].as_str() {
            return match tools.iter().any(|tool| tool.name == name) {
                true => Ok(Self::Named(name.to_owned())),
                false => Err(ApiError::invalid_value(
                    "tool_choice",
                    format!("'{name}' is not among 'tools'"),
                )),
            };
        }
        match choice.as_str() {
            Some("auto") => Ok(Self::Auto),
            Some("none") => Ok(Self::None),
            Some("required") => Ok(Self::Required),
            _ => Err(ApiError::invalid_value(
                "tool_choice",
                "expected 'none', 'auto', 'required' or a function",
            )),
        }
    }
}

/// Reads the tools of a request.
pub(crate) fn parse(tools: Option<Vec<Value>>) -> Result<Vec<Tool>, ApiError> {
    let Some(tools) = tools else {
        return Ok(Vec::new());
    };
    if tools.is_empty() {
        return Err(ApiError::invalid_value(
            "tools",
            "expected at least one tool",
        ));
    }
    tools
        .into_iter()
        .enumerate()
        .map(|(index, tool)| parse_one(index, tool))
        .collect()
}

fn parse_one(index: usize, mut tool: Value) -> Result<Tool, ApiError> {
    let param = format!("tools[{index}]");
    if tool["type"] != "function" {
        let param = format!("{param}.type");
        return Err(ApiError::invalid_value(&param, "expected 'function'"));
    }
    let param = format!("{param}.function");
    if tool["function"].is_null() {
        return Err(ApiError::missing_parameter(&param));
    }
    let tool: Tool = serde_json::from_value(tool["function"].take())
        .map_err(|error| ApiError::invalid_value(&param, error))?;
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "_-".contains(char);
    if !(1..=MAX_NAME).contains(&tool.name.len()) || !tool.name.chars().all(is_plain) {
        return Err(ApiError::invalid_value(
            &format!("{param}.name"),
            "expected up to 64 letters, digits, '_' and '-'",
        ));
    }
    if !tool.parameters.is_null() && tool.parameters["type"] != "object" {
        return Err(ApiError::invalid_value(
            &format!("{param}.parameters"),
            "expected a JSON schema of type 'object'",
        ));
    }
    Ok(tool)
}
