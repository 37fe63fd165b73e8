//! Find out how a value can be recorded, whatever its type.
//!
//! As for outcomes, the first form that applies is taken: `Serialize`, `Debug`, the
//! name of the type.

use std::fmt;

use serde::Serialize;

use crate::content::json::Content;
use crate::fallback::fallback;
use crate::outcome::{Outcome, Split};

fallback! {
    /// Used by `#[agentops::..]` to ask an argument for its content.
    Argument, ArgumentDebug, ArgumentType of &'a T
}

impl<'a, T: Serialize> Argument<'a, T> {
    /// The JSON of an argument.
    #[inline]
    pub fn __agentops_content(&self) -> Content<'a> {
        Content::Json(self.asked())
    }
}

impl<'a, T: fmt::Debug> ArgumentDebug<'a, T> {
    /// The `Debug` form of an argument.
    #[inline]
    pub fn __agentops_content(&self) -> Content<'a> {
        Content::Debug(self.asked())
    }
}

impl<'a, T> ArgumentType<'a, T> {
    /// The type of an argument.
    #[inline]
    pub fn __agentops_content(&self) -> Content<'a> {
        let _ = self.asked();
        Content::Type(std::any::type_name::<T>())
    }
}

fallback! {
    /// Used by `#[agentops::..]` to ask what a function returned, or a stream yielded, for its content.
    Returned, ReturnedDebug, ReturnedType of Split<'a, T>
}

/// Used by `#[agentops::..]` for outcome and content of a value.
pub type Looked<'a> = (Outcome<'a>, Content<'a>);

impl<'a, T: Serialize> Returned<'a, T> {
    /// The JSON of a value.
    #[inline]
    pub fn __agentops_look(&self) -> Looked<'a> {
        look(self.asked(), |value| match size_of::<T>() {
            // `Ok(())` holds nothing that the outcome does not say.
            0 if matches!(self.asked().outcome, Outcome::Ok) => Content::Nothing,
            _ => Content::Json(value),
        })
    }
}

impl<'a, T: fmt::Debug> ReturnedDebug<'a, T> {
    /// The `Debug` form of a value.
    #[inline]
    pub fn __agentops_look(&self) -> Looked<'a> {
        look(self.asked(), |value| Content::Debug(value))
    }
}

impl<'a, T> ReturnedType<'a, T> {
    /// The type of a value.
    #[inline]
    pub fn __agentops_look(&self) -> Looked<'a> {
        look(self.asked(), |_| Content::Type(std::any::type_name::<T>()))
    }
}

/// An error is recorded as such, and is no content.
fn look<'a, T>(split: Split<'a, T>, content: impl FnOnce(&'a T) -> Content<'a>) -> Looked<'a> {
    (split.outcome, split.value.map_or(Content::Nothing, content))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::Probe;

    struct Bare;

    #[test]
    fn the_most_telling_form_is_chosen() {
        macro_rules! argument {
            ($value:expr) => {
                format!("{:?}", Argument::new(&$value).__agentops_content())
            };
        }
        assert_eq!(argument!("text"), "Json");
        assert_eq!(argument!(std::thread::current().id()), "Debug");
        assert!(argument!(Bare).ends_with("::Bare"));
    }

    #[test]
    fn results_are_looked_into() {
        macro_rules! returned {
            ($value:expr) => {{
                let value = $value;
                let split = Probe::new(&value).__agentops_split();
                format!("{:?}", Returned::new(split).__agentops_look().1)
            }};
        }
        assert_eq!(returned!(Ok::<_, Bare>(1)), "Json");
        assert_eq!(returned!(Err::<u8, _>(Bare)), "Nothing");
        assert_eq!(returned!(Ok::<_, Bare>(())), "Nothing");
        assert_eq!(returned!(Ok::<_, u8>(std::thread::current().id())), "Debug");
        assert!(returned!(Ok::<_, u8>(Bare)).ends_with("::Bare"));
        assert_eq!(returned!(Some(1)), "Json");
        assert_eq!(returned!(std::thread::current().id()), "Debug");
        assert!(returned!(Bare).ends_with("::Bare"));
    }
}
