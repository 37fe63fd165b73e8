//! How long an answer takes: a wait and then a little per token, as with a model.

use std::time::Duration;

/// Time until the first token of an answer.
pub const FIRST_TOKEN_DELAY: Duration = Duration::from_millis(40);

/// Time for each token of an answer.
pub const TOKEN_DELAY: Duration = Duration::from_millis(1);

/// The least time the server takes for an answer of this many tokens.
///
/// ```
/// use agentops_examples::pace;
///
/// assert_eq!(pace::delay(10), pace::FIRST_TOKEN_DELAY + 10 * pace::TOKEN_DELAY);
/// ```
pub fn delay(output_tokens: usize) -> Duration {
    let tokens = u32::try_from(output_tokens).unwrap_or(u32::MAX);
    FIRST_TOKEN_DELAY + TOKEN_DELAY.saturating_mul(tokens)
}
