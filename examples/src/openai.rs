//! A client for the chat completions of an OpenAI-compatible provider.
//!
//! It is as thin as a client can be, on purpose: the provider's JSON comes back unchanged, so an
//! example shows what `agentops` finds in it and not what a client made of it.

use std::{fmt, io};

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::server::Server;

/// A provider, and the key to it.
pub struct Openai {
    /// The address with `/v1` at its end.
    pub base_url: String,
    /// What requests carry as bearer token, if anything.
    pub api_key: Option<String>,
    client: Client,
    /// The local stand-in, which runs as long as this value lives.
    _server: Option<Server>,
}

impl Openai {
    /// The provider that `OPENAI_BASE_URL` and `OPENAI_API_KEY` name, else a local [`Server`].
    ///
    /// A key alone changes nothing: an example never spends money unless told where.
    ///
    /// ```no_run
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), agentops_examples::Error> {
    /// let openai = agentops_examples::Openai::from_env_or_local().await?;
    /// let response = openai.chat("gpt-4o-mini", "What is a span?").await?;
    /// assert_eq!(response["object"], "chat.completion");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the local server cannot bind a port, or TLS cannot be set up.
    pub async fn from_env_or_local() -> Result<Self, Error> {
        match env("OPENAI_BASE_URL") {
            Some(base_url) => Self::new(&base_url, env("OPENAI_API_KEY")),
            None => Self::local().await,
        }
    }

    /// The provider at this address.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(base_url: &str, api_key: Option<String>) -> Result<Self, Error> {
        Ok(Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            api_key,
            client: http_client()?,
            _server: None,
        })
    }

    /// A local [`Server`], started now and stopped with this value.
    ///
    /// # Errors
    /// When no port can be bound, or TLS cannot be set up.
    pub async fn local() -> Result<Self, Error> {
        let server = Server::start().await.map_err(Error::Server)?;
        let openai = Self::new(server.base_url(), Some("local".to_owned()))?;
        Ok(Self {
            _server: Some(server),
            ..openai
        })
    }

    /// Sends one message of the user and returns the provider's response object.
    ///
    /// # Errors
    /// When the provider cannot be reached, refuses, or answers with something that is not JSON.
    pub async fn chat(&self, model: &str, prompt: &str) -> Result<Value, Error> {
        let messages = json!([{ "role": "user", "content": prompt }]);
        self.complete(&json!({ "model": model, "messages": messages }))
            .await
    }

    /// Sends a whole request body and returns the provider's response object.
    ///
    /// ```
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), agentops_examples::Error> {
    /// # let openai = agentops_examples::Openai::local().await?;
    /// let request = serde_json::json!({
    ///     "model": "gpt-4o-mini",
    ///     "max_tokens": 4,
    ///     "messages": [{ "role": "user", "content": "Why Rust?" }],
    /// });
    /// let response = openai.complete(&request).await?;
    /// assert_eq!(response["choices"][0]["finish_reason"], "length");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the provider cannot be reached, refuses, or answers with something that is not JSON.
    pub async fn complete(&self, request: &Value) -> Result<Value, Error> {
        let mut post = self
            .client
            .post(format!("{}/chat/completions", self.base_url))
            .json(request);
        if let Some(key) = &self.api_key {
            post = post.bearer_auth(key);
        }
        let response = post.send().await.map_err(Error::Http)?;
        let status = response.status();
        let body = response.bytes().await.map_err(Error::Http)?;
        if !status.is_success() {
            return Err(Error::refused(status, &body));
        }
        serde_json::from_slice(&body).map_err(Error::Malformed)
    }
}

impl fmt::Debug for Openai {
    /// Leaves the key out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Openai")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// An HTTP client with TLS set up: `reqwest` is built without a crypto provider of its own.
///
/// ```
/// let client = agentops_examples::http_client().unwrap();
/// ```
///
/// # Errors
/// When the system's certificates cannot be read.
pub fn http_client() -> Result<Client, Error> {
    // Fails where a provider is installed already, and that one will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().build().map_err(Error::Http)
}

/// The text of a response object's first choice.
///
/// ```
/// let response = serde_json::json!({ "choices": [{ "message": { "content": "Hi." } }] });
/// assert_eq!(agentops_examples::text(&response).unwrap(), "Hi.");
/// ```
///
/// # Errors
/// When the response has no text.
pub fn text(response: &Value) -> Result<String, Error> {
    response["choices"][0]["message"]["content"]
        .as_str()
        .map(str::to_owned)
        .ok_or(Error::Wordless)
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The local server could not start: see whether loopback ports are free.
    #[error("cannot start the local server")]
    Server(#[source] io::Error),
    /// The provider could not be reached: check `OPENAI_BASE_URL` and the network.
    #[error("cannot reach the provider")]
    Http(#[source] reqwest::Error),
    /// The provider refused: what it says tells what to change.
    #[error("the provider answered {status}: {message}")]
    Refused {
        /// The status of the answer.
        status: u16,
        /// The provider's own words, or the body where they are not found.
        message: String,
    },
    /// The provider's answer is not JSON: check that `OPENAI_BASE_URL` ends in `/v1`.
    #[error("the provider's answer is not JSON")]
    Malformed(#[source] serde_json::Error),
    /// The answer holds no text: the model may have called a tool instead.
    #[error("the provider's answer holds no text")]
    Wordless,
}

impl Error {
    fn refused(status: StatusCode, body: &[u8]) -> Self {
        let json: Value = serde_json::from_slice(body).unwrap_or_default();
        let message = match json["error"]["message"].as_str() {
            Some(message) => message.to_owned(),
            None => String::from_utf8_lossy(body).into_owned(),
        };
        Self::Refused {
            status: status.as_u16(),
            message,
        }
    }
}

/// A variable of the environment; an empty one counts as unset.
#[allow(
    clippy::disallowed_methods,
    reason = "the examples' own configuration, not the runtime's"
)]
fn env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
