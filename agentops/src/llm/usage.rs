//! Tokens.

/// Tokens that a call used.
///
/// ```
/// use agentops::llm::Usage;
///
/// let usage = Usage::new(120, 40).cached(100).reasoning(8);
/// assert_eq!(usage.input, Some(120));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// Tokens of the request: `gen_ai.usage.input_tokens`.
    pub input: Option<u64>,
    /// Tokens of the response: `gen_ai.usage.output_tokens`.
    pub output: Option<u64>,
    /// Tokens of the request that the provider had cached; part of the input tokens.
    pub cached: Option<u64>,
    /// Tokens that the model reasoned with; part of the output tokens.
    pub reasoning: Option<u64>,
}

impl Usage {
    /// So many tokens of the request, and of the response.
    #[must_use]
    pub const fn new(input: u64, output: u64) -> Self {
        Self {
            input: Some(input),
            output: Some(output),
            cached: None,
            reasoning: None,
        }
    }

    /// So many of the input tokens were cached.
    #[must_use]
    pub const fn cached(mut self, tokens: u64) -> Self {
        self.cached = Some(tokens);
        self
    }

    /// The model reasoned with so many of the output tokens.
    #[must_use]
    pub const fn reasoning(mut self, tokens: u64) -> Self {
        self.reasoning = Some(tokens);
        self
    }

    /// Takes over what a later part of the same response counts.
    pub(crate) fn merge(&mut self, later: Self) {
        self.input = later.input.or(self.input);
        self.output = later.output.or(self.output);
        self.cached = later.cached.or(self.cached);
        self.reasoning = later.reasoning.or(self.reasoning);
    }
}

/// What a `usage = |response| ..` may give.
///
/// A [`Usage`], a reference to one, the numbers of input and output tokens, of one unsigned
/// type, or an `Option` of any of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not count tokens",
    label = "expected `agentops::llm::Usage`, `(u64, u64)` (input and output tokens), or an `Option` of one",
    note = "write `usage = |response| (response.input_tokens, response.output_tokens)`, with whole numbers without a sign"
)]
pub trait IntoUsage {
    /// The tokens; none where they are not known.
    fn into_usage(self) -> Option<Usage>;
}

impl IntoUsage for Usage {
    fn into_usage(self) -> Option<Usage> {
        Some(self)
    }
}

impl IntoUsage for &Usage {
    fn into_usage(self) -> Option<Usage> {
        Some(*self)
    }
}

impl<U: IntoUsage> IntoUsage for Option<U> {
    fn into_usage(self) -> Option<Usage> {
        self.and_then(IntoUsage::into_usage)
    }
}

macro_rules! pairs {
    ($($number:ty),*) => {$(
        impl IntoUsage for ($number, $number) {
            fn into_usage(self) -> Option<Usage> {
                let (input, output) = self;
                Some(Usage::new(
                    input.try_into().unwrap_or(u64::MAX),
                    output.try_into().unwrap_or(u64::MAX),
                ))
            }
        }
    )*};
}

pairs!(u64, u32, u16, usize);
