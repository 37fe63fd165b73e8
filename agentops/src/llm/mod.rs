//! What a language model's response says about the call.
//!
//! `#[agentops::llm_call]` looks at what its function returns for model, tokens and
//! finish reasons in the shape of OpenAI's API, and [`record_response`] at what it is
//! given. For any other shape the option `usage` counts the tokens, as a [`Usage`] or
//! as the numbers of input and output tokens:
//!
//! ```
//! use agentops::llm::Usage;
//!
//! struct Reply {
//!     text: String,
//!     prompt_len: u64,
//!     cached_len: u64,
//!     answer_len: u64,
//! }
//!
//! #[agentops::llm_call(
//!     provider = "acme",
//!     model = "acme-1",
//!     usage = |reply| Usage::new(reply.prompt_len, reply.answer_len).cached(reply.cached_len),
//! )]
//! fn ask(prompt: &str) -> Result<Reply, std::io::Error> {
//!     // Your client's call.
//!     Ok(Reply { text: prompt.to_uppercase(), prompt_len: 7, cached_len: 5, answer_len: 2 })
//! }
//!
//! let run = agentops::testing::capture(|| ask("6 * 7?").map(|reply| reply.text));
//! let call = run.span("chat acme-1");
//! assert_eq!(call.int("gen_ai.usage.input_tokens"), Some(7));
//! assert_eq!(call.int("gen_ai.usage.cache_read.input_tokens"), Some(5));
//! assert_eq!(call.int("gen_ai.usage.output_tokens"), Some(2));
//! ```
//!
//! Where nothing of it is returned, the body records it: `agentops::record_response(&response)`,
//! or `agentops::record("gen_ai.usage.input_tokens", 7)`.

mod response;
pub(crate) mod sniff;
pub(crate) mod usage;

pub use response::{record_response, tap};
pub use usage::{IntoUsage, Usage};
