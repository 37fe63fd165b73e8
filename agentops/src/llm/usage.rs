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

impl Usage {
    /// Takes over what a later part of the same response counts.
    pub(crate) fn merge(&mut self, later: Self) {
        self.input = later.input.or(self.input);
        self.output = later.output.or(self.output);
        self.cached = later.cached.or(self.cached);
        self.reasoning = later.reasoning.or(self.reasoning);
    }
}
