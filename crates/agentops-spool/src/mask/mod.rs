//! Mask secrets in captured content, known by their shape or by their key.
//!
//! Prompts, arguments and results hold what nobody means to send elsewhere: the
//! keys of a configuration, the headers of a request. What looks like a secret
//! is replaced when a span is put together, before it is encoded or shown; all
//! else stays. What nobody could tell from words is not found.
//!
//! ```text
//! text -> shape (one after the other) -> member -> masked text
//!         "sk-ant-.." anywhere           "password": ".."
//! ```
//!
//! Masking a masked text changes nothing, because no replacement makes a new
//! hit: no shape but the password of a URL takes a `[` or `]`; all take the rest
//! of the word, so none ends where a word could begin; none looks at what
//! follows it; and members, which are read from left to right, come last.

mod hit;
mod member;
mod shape;

use std::borrow::Cow;

use crate::mask::hit::replace;

/// `text` with every secret in it replaced by `[masked]`; the same text if there is none.
///
/// Takes time in proportion to the length of the text, whatever is in it.
///
/// ```
/// use agentops_spool::mask::mask;
///
/// assert_eq!(mask("postgres://app:hunter2@db/main"), "postgres://app:[masked]@db/main");
/// assert_eq!(mask(r#"{"api_key": "a1b2"}"#), r#"{"api_key": "[masked]"}"#);
/// assert_eq!(mask(r#"{"max_tokens": 500}"#), r#"{"max_tokens": 500}"#);
/// ```
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut masked = Cow::Borrowed(text);
    for shape in shape::all() {
        if let Some(next) = replace(&masked, &shape.hits(&masked)) {
            masked = Cow::Owned(next);
        }
    }
    if let Some(next) = replace(&masked, &member::hits(&masked)) {
        masked = Cow::Owned(next);
    }
    masked
}
