//! Tokens.

/// Tokens that a call used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    /// Tokens of the request.
    pub(crate) input: Option<u64>,
    /// Tokens of the response.
    pub(crate) output: Option<u64>,
    /// Tokens of the request that the provider had cached; part of the input tokens.
    pub(crate) cached: Option<u64>,
    /// Tokens that the model reasoned with; part of the output tokens.
    pub(crate) reasoning: Option<u64>,
}
