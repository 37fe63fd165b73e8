//! A small OpenAI-compatible server on a free loopback port.
//!
//! It serves `POST /v1/chat/completions` and `GET /v1/models`, asks for a key, and refuses what
//! OpenAI refuses with the same error objects. What it does not serve is answered with 400 and not
//! with something that looks like success.

use std::collections::BTreeSet;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Bytes;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{Method, Uri, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream::{self, Stream, StreamExt as _};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::api_error::ApiError;
use crate::completion::{Chunk, Completion};
use crate::model;
use crate::pace;
use crate::request::{ChatRequest, Delivery};

/// How long a client that is refused has to wait: the least that the header can say.
const RETRY_AFTER_SECS: u64 = 1;

/// A running server; it stops when this value is dropped.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> std::io::Result<()> {
/// let server = agentops_examples::Server::start().await?;
/// assert!(server.base_url().starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    base_url: String,
    /// Dropping it lets the serving task end, and with it the open connections.
    _running: oneshot::Sender<()>,
}

/// A [`Server`] that has not started.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> std::io::Result<()> {
/// let server = agentops_examples::Server::builder().refuse(2).start().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct ServerBuilder {
    refused: BTreeSet<u64>,
}

impl Server {
    /// Starts the server on a free port, on a task of the current tokio runtime.
    ///
    /// # Errors
    /// When no loopback port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A server to set up before it starts.
    pub fn builder() -> ServerBuilder {
        ServerBuilder::default()
    }

    /// The address with `/v1` at its end, as `OPENAI_BASE_URL` has it.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }
}

impl ServerBuilder {
    /// Answers request number `number` for a completion, counted from one, with 429.
    ///
    /// It asks to be tried again after one second, and then the request has another number.
    #[must_use]
    pub fn refuse(mut self, number: u64) -> Self {
        self.refused.insert(number);
        self
    }

    /// Starts the server like [`Server::start`].
    ///
    /// # Errors
    /// When no loopback port can be bound.
    pub async fn start(self) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base_url = format!("http://{}/v1", listener.local_addr()?);
        let (running, dropped) = oneshot::channel::<()>();
        let serving = axum::serve(listener, router(self.refused)).with_graceful_shutdown(async {
            // Nothing is ever sent: the error of the dropped sender is the signal.
            dropped.await.unwrap_or_default();
        });
        tokio::spawn(serving.into_future());
        Ok(Server {
            base_url,
            _running: running,
        })
    }
}

/// The requests for completions, which are numbered to name their answers.
#[derive(Debug)]
struct Requests {
    taken: AtomicU64,
    refused: BTreeSet<u64>,
}

impl Requests {
    /// Gives a request its number, or refuses it.
    fn take(&self) -> Result<u64, ApiError> {
        let number = self.taken.fetch_add(1, Ordering::Relaxed) + 1;
        match self.refused.contains(&number) {
            true => Err(ApiError::rate_limited(RETRY_AFTER_SECS)),
            false => Ok(number),
        }
    }
}

fn router(refused: BTreeSet<u64>) -> Router {
    let taken = AtomicU64::new(0);
    Router::new()
        .route("/v1/chat/completions", post(complete))
        .route("/v1/models", get(list_models))
        .method_not_allowed_fallback(unknown_url)
        .fallback(unknown_url)
        .with_state(Arc::new(Requests { taken, refused }))
}

async fn complete(
    State(requests): State<Arc<Requests>>,
    _: Authorized,
    body: Bytes,
) -> Result<Response, ApiError> {
    let number = requests.take()?;
    let request = ChatRequest::parse(&body)?;
    let completion = Completion::of(&request, number)?;
    match request.delivery {
        Delivery::Whole => {
            tokio::time::sleep(pace::delay(completion.output_tokens())).await;
            Ok(Json(completion.to_json()).into_response())
        }
        Delivery::Streamed { include_usage } => {
            Ok(Sse::new(events(completion.chunks(include_usage))).into_response())
        }
    }
}

/// The chunks, each when its last token is due, and the mark of the end.
fn events(chunks: Vec<Chunk>) -> impl Stream<Item = Result<Event, axum::Error>> {
    let start = Instant::now();
    let end = Event::default().data("[DONE]");
    stream::iter(chunks)
        .then(move |chunk| async move {
            tokio::time::sleep_until(start + pace::delay(chunk.tokens)).await;
            Event::default().json_data(chunk.body)
        })
        .chain(stream::iter([Ok(end)]))
}

async fn list_models(_: Authorized) -> Json<Value> {
    Json(model::list())
}

async fn unknown_url(method: Method, uri: Uri) -> ApiError {
    ApiError::unknown_url(method.as_str(), uri.path())
}

/// Proof that a request carried a key; any key will do.
struct Authorized;

impl<S: Sync> FromRequestParts<S> for Authorized {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .filter(|key| !key.trim().is_empty())
            .map(|_| Self)
            .ok_or_else(ApiError::missing_key)
    }
}
