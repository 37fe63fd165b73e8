//! Find out whether a call succeeded, whatever its type.
//!
//! Nothing is asked of the type: no trait, no bound. The expansion calls
//! `probe(&value).__agentops_split()`, which is answered by the first that applies: a
//! `Result` whose error has `Display`, one with `Debug`, any `Result`, anything. That
//! sees through every alias.

use std::fmt::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use agentops_spool::record::{MAX_WORDS, Status};
use agentops_spool::stack::Stack;

use crate::fallback::fallback;

/// Used by `#[agentops::..]` to say what is known of a call from its value.
#[derive(Clone, Copy, Default)]
pub enum Outcome<'a> {
    /// The value says nothing of success.
    #[default]
    Unknown,
    /// It is `Ok`.
    Ok,
    /// It is `Err`.
    Err {
        /// Type of the error.
        type_name: &'a str,
        /// The error in words, if it has any.
        message: Message<'a>,
    },
    /// It is no success for another reason, in these words.
    Failed(&'static str),
}

/// An error in words.
#[derive(Clone, Copy)]
pub enum Message<'a> {
    /// It has none.
    None,
    /// Its `Display` form.
    Display(&'a dyn fmt::Display),
    /// Its `Debug` form.
    Debug(&'a dyn fmt::Debug),
}

impl Outcome<'_> {
    /// The status that is all there is to be said of it.
    #[inline]
    pub(crate) fn plain_status(&self) -> Option<Status> {
        match self {
            Self::Unknown => Some(Status::Unset),
            Self::Ok => Some(Status::Ok),
            Self::Err { .. } | Self::Failed(_) => None,
        }
    }

    /// The same, but for the words of an error.
    pub(crate) fn without_words(self) -> Self {
        match self {
            Self::Err { type_name, .. } => Self::Err {
                type_name,
                message: Message::None,
            },
            other => other,
        }
    }
}

impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "Unknown",
            Self::Ok => "Ok",
            Self::Err { .. } => "Err",
            Self::Failed(_) => "Failed",
        })
    }
}

impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Display(message) => message.fmt(f),
            Self::Debug(message) => message.fmt(f),
        }
    }
}

/// Used by `#[agentops::..]` to look at what a function gave: its outcome, and its value if there is one.
#[derive(Debug)]
pub struct Split<'a, T> {
    pub(crate) outcome: Outcome<'a>,
    /// None where an error took its place.
    pub(crate) value: Option<&'a T>,
}

impl<T> Clone for Split<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Split<'_, T> {}

fallback! {
    /// Used by `#[agentops::..]` to ask a value for its outcome.
    Probe, ProbeDebug, ProbeResult, ProbeAny of &'a T
}

impl<'a, T, E: fmt::Display> Probe<'a, Result<T, E>> {
    /// The outcome of a `Result` whose error has `Display`.
    #[inline]
    pub fn __agentops_split(&self) -> Split<'a, T> {
        of(self.asked(), |error| Message::Display(error))
    }
}

impl<'a, T, E: fmt::Debug> ProbeDebug<'a, Result<T, E>> {
    /// The outcome of a `Result` whose error has `Debug`.
    #[inline]
    pub fn __agentops_split(&self) -> Split<'a, T> {
        of(self.asked(), |error| Message::Debug(error))
    }
}

impl<'a, T, E> ProbeResult<'a, Result<T, E>> {
    /// The outcome of any other `Result`.
    #[inline]
    pub fn __agentops_split(&self) -> Split<'a, T> {
        of(self.asked(), |_| Message::None)
    }
}

impl<'a, T> ProbeAny<'a, T> {
    /// A value that is no `Result`.
    #[inline]
    pub fn __agentops_split(&self) -> Split<'a, T> {
        Split {
            outcome: Outcome::Unknown,
            value: Some(self.asked()),
        }
    }
}

fn of<'a, T, E>(
    result: &'a Result<T, E>,
    message: impl FnOnce(&'a E) -> Message<'a>,
) -> Split<'a, T> {
    let outcome = match result {
        Ok(_) => Outcome::Ok,
        Err(error) => Outcome::Err {
            type_name: std::any::type_name::<E>(),
            message: message(error),
        },
    };
    let value = result.as_ref().ok();
    Split { outcome, value }
}

/// The error in words; the program's own formatting may panic, which is kept from spreading.
///
/// An error may hold all that a server answered: no more is formatted than is
/// recorded, and what makes a secret known at the end of that.
pub(crate) fn words(message: Message<'_>) -> String {
    let mut words = Words {
        text: String::new(),
        stack: Stack::here(),
    };
    let format = AssertUnwindSafe(|| {
        // What is cut is no error of the message.
        let _ = write!(words, "{message:?}");
    });
    match catch_unwind(format) {
        Ok(()) => words.text,
        Err(_) => String::from("<formatting panicked>"),
    }
}

/// Takes text until there is enough of it.
struct Words {
    text: String,
    stack: Stack,
}

impl fmt::Write for Words {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = MAX_WORDS - self.text.len();
        let kept = text.floor_char_boundary(room);
        self.text.push_str(&text[..kept]);
        match kept < text.len() || self.stack.is_deep() {
            true => Err(fmt::Error),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! outcome {
        ($value:expr) => {
            Probe::new(&$value).__agentops_split().outcome
        };
    }

    struct Silent;

    fn text(outcome: Outcome<'_>) -> String {
        match outcome {
            Outcome::Err { type_name, message } => format!("{type_name}: {}", words(message)),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_most_telling_form_is_chosen() {
        let result: Result<(), std::num::ParseIntError> = "x".parse::<u8>().map(drop);
        assert_eq!(
            text(outcome!(result)),
            "core::num::error::ParseIntError: invalid digit found in string"
        );
        let result: Result<(), (u8, u8)> = Err((1, 2));
        assert_eq!(text(outcome!(result)), "(u8, u8): (1, 2)");
        let result: Result<(), Silent> = Err(Silent);
        assert!(text(outcome!(result)).ends_with("Silent: "));
        let result: Result<Silent, Silent> = Ok(Silent);
        assert_eq!(text(outcome!(result)), "Ok");
        assert_eq!(text(outcome!(Silent)), "Unknown");
        let boxed: Result<(), Box<dyn std::error::Error>> = Err("boom".into());
        assert!(text(outcome!(boxed)).ends_with(": boom"));
    }
}
