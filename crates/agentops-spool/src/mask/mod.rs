//! Mask secrets in what is recorded, known by their shape or by their key.
//!
//! Prompts, arguments, results and attributes hold what nobody means to send
//! elsewhere: the keys of a configuration, the headers of a request. What looks
//! like a secret is replaced before a span is encoded or shown; all else stays.
//! What nobody could tell from words is not found.
//!
//! ```text
//! text -> shape (one after the other) -> member -> masked text
//!         "sk-ant-.." anywhere           "password": ".."
//! fields of a record -> rule (by the key) -> memo (clean before?) -> text
//! ```
//!
//! Masking a masked text changes nothing, because no replacement makes a new
//! hit: no shape but the password of a URL takes a `[` or `]`; all take the rest
//! of the word, so none ends where a word could begin; none looks at what
//! follows it; and members, which are read from left to right, come last.

pub(crate) mod fields;
mod hit;
mod member;
mod memo;
pub(crate) mod rule;
mod shape;

use std::borrow::Cow;

use regex::Regex;

use crate::fork::PerProcess;
use crate::mask::hit::replace;

/// No secret is seen in a text of fewer bytes: `://:a@`, `pwd="a`.
const SHORTEST: usize = 6;

/// Finds whatever one of the shapes or a member finds, and more.
static ANY: PerProcess<Option<Regex>> = PerProcess::new(|| {
    let patterns: Vec<_> = shape::patterns()
        .map(str::to_owned)
        .chain([member::pattern()])
        .collect();
    Regex::new(&patterns.join("|")).ok()
});

/// Whether there can be a secret in `text`; takes one look where each shape would take one.
fn may_hold(text: &str) -> bool {
    ANY.as_ref().is_none_or(|any| any.is_match(text))
}

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
    if !may_hold(text) {
        return masked;
    }
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

/// Makes what masking needs, so that the first text does not wait for it.
pub fn prepare() {
    let _ = (mask("password: \""), member::is_secret(""));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_of_all_is_one_and_finds_the_shortest_secrets() {
        assert!(ANY.is_some());
        for text in ["://:a@", "pwd=\"a", "pwd':1"] {
            assert_eq!(text.len(), SHORTEST);
            assert!(
                may_hold(text) && matches!(mask(text), Cow::Owned(_)),
                "{text}"
            );
        }
    }
}
