//! Tokens.

/// Tokens that a call used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// Tokens of the request.
    pub input_tokens: Option<u64>,
    /// Tokens of the response.
    pub output_tokens: Option<u64>,
    /// Tokens of the request that the provider had cached; part of the input tokens.
    pub cached_tokens: Option<u64>,
    /// Tokens that the model reasoned with; part of the output tokens.
    pub reasoning_tokens: Option<u64>,
}
