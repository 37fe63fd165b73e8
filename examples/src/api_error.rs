//! The error object that OpenAI answers a refused request with.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde_json::json;

/// Why a request was refused, with the status it is answered with.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    message: String,
    /// Path of the offending parameter, such as `messages[0]`.
    param: Option<String>,
    code: Option<&'static str>,
    /// Seconds after which the same request is not refused.
    retry_after: Option<u64>,
}

impl ApiError {
    /// The body is not JSON, or not an object with the expected types.
    pub(crate) fn malformed(reason: impl std::fmt::Display) -> Self {
        let message = format!("We could not parse the JSON body of your request. ({reason})");
        Self::bad_request(message, None, None)
    }

    pub(crate) fn missing_parameter(param: &str) -> Self {
        let message = format!("Missing required parameter: '{param}'.");
        Self::bad_request(message, Some(param), Some("missing_required_parameter"))
    }

    pub(crate) fn invalid_value(param: &str, reason: impl std::fmt::Display) -> Self {
        let message = format!("Invalid value for '{param}': {reason}.");
        Self::bad_request(message, Some(param), Some("invalid_value"))
    }

    pub(crate) fn unsupported_value(param: &str) -> Self {
        let message = format!("Unsupported value: '{param}' is not served here.");
        Self::bad_request(message, Some(param), Some("unsupported_value"))
    }

    pub(crate) fn allowed_only_with(param: &str, other: &str) -> Self {
        let message = format!("'{param}' is only allowed when '{other}' is specified.");
        Self::bad_request(message, Some(param), None)
    }

    /// A tool speaks though it was not called.
    pub(crate) fn answer_without_call(param: &str) -> Self {
        let message = "Invalid parameter: messages with role 'tool' must be a response to a \
                       preceding message with 'tool_calls'.";
        Self::bad_request(message.to_owned(), Some(param), None)
    }

    pub(crate) fn answer_to_unknown_call(param: &str, id: &str) -> Self {
        let message = format!(
            "Invalid parameter: 'tool_call_id' of '{id}' not found in 'tool_calls' of previous \
             message."
        );
        Self::bad_request(message, Some(param), None)
    }

    pub(crate) fn call_without_answer(param: &str, ids: &str) -> Self {
        let message = format!(
            "An assistant message with 'tool_calls' must be followed by tool messages responding \
             to each 'tool_call_id'. The following tool_call_ids did not have response messages: \
             {ids}"
        );
        Self::bad_request(message, Some(param), None)
    }

    /// The answer does not fit into the tokens allowed, and a part of it would be useless.
    pub(crate) fn unfinished() -> Self {
        let message = "Could not finish the message because max_tokens or model output limit was \
                       reached. Please try again with higher max_tokens.";
        Self::bad_request(message.to_owned(), None, None)
    }

    pub(crate) fn unknown_model(model: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            message: format!("The model `{model}` does not exist or you do not have access to it."),
            param: None,
            code: Some("model_not_found"),
            retry_after: None,
        }
    }

    pub(crate) fn unknown_url(method: &str, path: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            message: format!("Invalid URL ({method} {path})"),
            param: None,
            code: None,
            retry_after: None,
        }
    }

    pub(crate) fn missing_key() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            message: "You didn't provide an API key. You need to provide your API key in an \
                      Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
                .to_owned(),
            param: None,
            code: None,
            retry_after: None,
        }
    }

    pub(crate) fn rate_limited(retry_after: u64) -> Self {
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            message: format!(
                "Rate limit reached for requests. Please try again in {retry_after}s."
            ),
            param: None,
            code: Some("rate_limit_exceeded"),
            retry_after: Some(retry_after),
        }
    }

    fn bad_request(message: String, param: Option<&str>, code: Option<&'static str>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            message,
            param: param.map(str::to_owned),
            code,
            retry_after: None,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let kind = match self.status {
            StatusCode::TOO_MANY_REQUESTS => "requests",
            _ => "invalid_request_error",
        };
        let body = json!({
            "error": {
                "message": self.message,
                "type": kind,
                "param": self.param,
                "code": self.code,
            }
        });
        let retry_after = self
            .retry_after
            .map(|secs| AppendHeaders([(header::RETRY_AFTER, secs.to_string())]));
        (self.status, retry_after, Json(body)).into_response()
    }
}
