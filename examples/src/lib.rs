//! What the example programs share: a model to talk to, and a client for it.
//!
//! Every example talks to an OpenAI-compatible provider over HTTP.
//! With `OPENAI_BASE_URL` set that is the provider you name.
//! Without it, it is a [`Server`] on a free loopback port, so each example runs on a machine
//! with neither an account nor a network:
//!
//! ```text
//! example -> Openai -> HTTP -> Server -> ChatRequest -> assistant -> Completion
//!                        \---> $OPENAI_BASE_URL
//! ```
//!
//! The server speaks the protocol, counts tokens and takes its time, but it is no model: it knows
//! a few sentences by heart. Equal conversations get equal answers and equal token counts.

mod api_error;
mod assistant;
mod chunks;
mod completion;
mod error;
mod message;
mod model;
mod openai;
pub mod pace;
mod planner;
mod prose;
mod request;
mod retry;
mod server;
mod sse;
pub mod tokens;
mod tool;
mod topics;

pub use chunks::Chunks;
pub use error::Error;
pub use openai::{Openai, http_client, text};
pub use server::{Server, ServerBuilder};
