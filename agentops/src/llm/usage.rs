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
/// A [`Usage`], a reference to one, a pair of whole numbers (input and output tokens, each of
/// which may be an `Option`), or an `Option` of any of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not count tokens",
    label = "expected `agentops::llm::Usage`, a pair of whole numbers (input and output tokens), or an `Option` of one",
    note = "write `usage = |response| (response.input_tokens, response.output_tokens)`"
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

/// One of the two counts in a pair.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not count tokens",
    label = "expected a whole number, or an `Option` of one",
    note = "write `usage = |response| (response.input_tokens, response.output_tokens)`, or give an `agentops::llm::Usage`"
)]
pub trait TokenCount {
    /// The number; none where it is not known or below zero.
    #[doc(hidden)]
    fn tokens(self) -> Option<u64>;
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl TokenCount for $number {
            fn tokens(self) -> Option<u64> {
                self.try_into().ok()
            }
        }
    )*};
}

counts!(
    u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize
);

impl<C: TokenCount> TokenCount for Option<C> {
    fn tokens(self) -> Option<u64> {
        self.and_then(TokenCount::tokens)
    }
}

impl<I: TokenCount, O: TokenCount> IntoUsage for (I, O) {
    fn into_usage(self) -> Option<Usage> {
        Some(Usage {
            input: self.0.tokens(),
            output: self.1.tokens(),
            ..Usage::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_count_in_any_whole_number() {
        let expected = Some(Usage::new(7, 3));
        assert_eq!((7_u64, 3_u64).into_usage(), expected);
        assert_eq!((Some(7_u32), Some(3_i32)).into_usage(), expected);
        assert_eq!(Some((7_i64, 3_usize)).into_usage(), expected);
        let unknown = (None::<u32>, -1_i32).into_usage();
        assert_eq!(unknown, Some(Usage::default()));
    }
}
