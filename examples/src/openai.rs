//! A client for the chat completions of an OpenAI-compatible provider.
//!
//! It is as thin as a client can be, on purpose: the provider's JSON comes back unchanged, so an
//! example shows what `agentops` finds in it and not what a client made of it.

use std::fmt;
use std::time::SystemTime;

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use crate::chunks::{self, Chunks};
use crate::error::Error;
use crate::retry;
use crate::server::{Server, ServerBuilder};

/// A provider, and the key to it.
pub struct Openai {
    /// The address with `/v1` at its end.
    pub base_url: String,
    /// What requests carry as bearer token, if anything.
    pub api_key: Option<String>,
    /// How often a request is sent again that the provider's rate limit refuses.
    pub max_retries: u32,
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
        Self::from_env_or(Server::builder()).await
    }

    /// Like [`from_env_or_local`](Self::from_env_or_local), with a local server set up like this.
    ///
    /// # Errors
    /// When the local server cannot bind a port, or TLS cannot be set up.
    pub async fn from_env_or(server: ServerBuilder) -> Result<Self, Error> {
        match env("OPENAI_BASE_URL") {
            Some(base_url) => Self::new(&base_url, env("OPENAI_API_KEY")),
            None => Self::served_by(server).await,
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
            max_retries: 2,
            client: http_client()?,
            _server: None,
        })
    }

    /// A local [`Server`], started now and stopped with this value.
    ///
    /// # Errors
    /// When no port can be bound, or TLS cannot be set up.
    pub async fn local() -> Result<Self, Error> {
        Self::served_by(Server::builder()).await
    }

    async fn served_by(server: ServerBuilder) -> Result<Self, Error> {
        let server = server.start().await.map_err(Error::Server)?;
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
    /// A request that the provider's rate limit refuses is sent again when the provider says so,
    /// [`max_retries`](Self::max_retries) times, unless it asks to wait for more than a minute;
    /// the current span tells how often that was.
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
        let response = self.post(request).await?;
        let body = response.bytes().await.map_err(Error::Http)?;
        serde_json::from_slice(&body).map_err(Error::Malformed)
    }

    /// Sends a whole request body and returns the provider's answer while it comes.
    ///
    /// What [`complete`](Self::complete) does about a rate limit, this does as well. The usage comes
    /// with the last chunk where `stream_options` ask for it.
    ///
    /// ```
    /// use futures_util::StreamExt as _;
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), agentops_examples::Error> {
    /// # let openai = agentops_examples::Openai::local().await?;
    /// let mut chunks = openai
    ///     .stream(&serde_json::json!({
    ///         "model": "gpt-4o-mini",
    ///         "messages": [{ "role": "user", "content": "Hi." }],
    ///     }))
    ///     .await?;
    /// let mut answer = String::new();
    /// while let Some(chunk) = chunks.next().await {
    ///     let chunk = chunk?;
    ///     answer += chunk["choices"][0]["delta"]["content"].as_str().unwrap_or_default();
    /// }
    /// assert_eq!(answer, "You said: Hi.");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the provider cannot be reached or refuses; what goes wrong later is an item of the
    /// stream.
    pub async fn stream(&self, request: &Value) -> Result<Chunks, Error> {
        let mut request = request.clone();
        request["stream"] = true.into();
        Ok(chunks::read(self.post(&request).await?))
    }

    /// Posts a request until it is not refused because of a limit, or has been refused too often.
    async fn post(&self, request: &Value) -> Result<Response, Error> {
        let mut resent = 0;
        loop {
            let response = self.post_once(request).await?;
            let status = response.status();
            if status.is_success() {
                return Ok(response);
            }
            let retry_after = retry::after(response.headers(), SystemTime::now());
            let body = response.bytes().await.map_err(Error::Http)?;
            if status != StatusCode::TOO_MANY_REQUESTS {
                return Err(Error::refused(status, &body));
            }
            let wait = retry_after.unwrap_or(retry::DEFAULT_WAIT);
            if resent == self.max_retries || wait > retry::MAX_WAIT {
                return Err(Error::rate_limited(retry_after, &body));
            }
            tokio::time::sleep(wait).await;
            resent += 1;
            agentops::record("http.request.resend_count", i64::from(resent));
        }
    }

    async fn post_once(&self, request: &Value) -> Result<Response, Error> {
        let mut post = self
            .client
            .post(format!("{}/chat/completions", self.base_url))
            .json(request);
        if let Some(key) = &self.api_key {
            post = post.bearer_auth(key);
        }
        post.send().await.map_err(Error::Http)
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

/// A variable of the environment; an empty one counts as unset.
#[allow(
    clippy::disallowed_methods,
    reason = "the examples' own configuration, not the runtime's"
)]
fn env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
