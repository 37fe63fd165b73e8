//! Find out how a value can be recorded, whatever its type.
//!
//! As for outcomes, the expansion takes as many references as there are traits,
//! and method look-up chooses the most specific one that applies.

use std::fmt;

use serde::Serialize;

use crate::content::json::Content;

/// Used by `#[agentops::..]` to ask an argument for its content.
#[derive(Debug)]
pub struct Argument<'a, T>(pub &'a T);

/// Used by `#[agentops::..]` for arguments that serialize.
pub trait ArgumentJson<'a> {
    /// The content.
    fn __agentops_content(&self) -> Content<'a>;
}

impl<'a, T: Serialize> ArgumentJson<'a> for &&Argument<'a, T> {
    #[inline]
    fn __agentops_content(&self) -> Content<'a> {
        Content::Json(self.0)
    }
}

/// Used by `#[agentops::..]` for arguments with `Debug`.
pub trait ArgumentDebug<'a> {
    /// The content.
    fn __agentops_content(&self) -> Content<'a>;
}

impl<'a, T: fmt::Debug> ArgumentDebug<'a> for &Argument<'a, T> {
    #[inline]
    fn __agentops_content(&self) -> Content<'a> {
        Content::Debug(self.0)
    }
}

/// Used by `#[agentops::..]` for all other arguments.
pub trait ArgumentType<'a> {
    /// The content.
    fn __agentops_content(&self) -> Content<'a>;
}

impl<'a, T> ArgumentType<'a> for Argument<'a, T> {
    #[inline]
    fn __agentops_content(&self) -> Content<'a> {
        Content::Type(std::any::type_name::<T>())
    }
}

/// Used by `#[agentops::..]` to ask what a function returned, or a stream yielded, for its content.
#[derive(Debug)]
pub struct Returned<'a, T>(pub &'a T);

/// Used by `#[agentops::..]` for results whose value serializes.
pub trait ReturnedResultJson<'a> {
    /// The content.
    fn __agentops_content(&self) -> Content<'a>;
}

impl<'a, T: Serialize, E> ReturnedResultJson<'a> for &&&&&Returned<'a, Result<T, E>> {
    #[inline]
    fn __agentops_content(&self) -> Content<'a> {
        match size_of::<T>() {
            // `Ok(())` holds nothing that the outcome does not say.
            0 => Content::Nothing,
            _ => of(self.0, |value| Content::Json(value)),
        }
    }
}

/// Used by `#[agentops::..]` for results whose value has `Debug`.
pub trait ReturnedResultDebug<'a> {
    /// The content.
    fn __agentops_content(&self) -> Content<'a>;
}

impl<'a, T: fmt::Debug, E> ReturnedResultDebug<'a> for &&&&Returned<'a, Result<T, E>> {
    #[inline]
    fn __agentops_content(&self) -> Content<'a> {
        of(self.0, |value| Content::Debug(value))
    }
}

/// Used by `#[agentops::..]` for all other results.
pub trait ReturnedResult<'a> {
    /// The content.
    fn __agentops_content(&self) -> Content<'a>;
}

impl<'a, T, E> ReturnedResult<'a> for &&&Returned<'a, Result<T, E>> {
    #[inline]
    fn __agentops_content(&self) -> Content<'a> {
        of(self.0, |_| Content::Type(std::any::type_name::<T>()))
    }
}

/// Used by `#[agentops::..]` for values that serialize.
pub trait ReturnedJson<'a> {
    /// The content.
    fn __agentops_content(&self) -> Content<'a>;
}

impl<'a, T: Serialize> ReturnedJson<'a> for &&Returned<'a, T> {
    #[inline]
    fn __agentops_content(&self) -> Content<'a> {
        Content::Json(self.0)
    }
}

/// Used by `#[agentops::..]` for values with `Debug`.
pub trait ReturnedDebug<'a> {
    /// The content.
    fn __agentops_content(&self) -> Content<'a>;
}

impl<'a, T: fmt::Debug> ReturnedDebug<'a> for &Returned<'a, T> {
    #[inline]
    fn __agentops_content(&self) -> Content<'a> {
        Content::Debug(self.0)
    }
}

/// Used by `#[agentops::..]` for all other values.
pub trait ReturnedType<'a> {
    /// The content.
    fn __agentops_content(&self) -> Content<'a>;
}

impl<'a, T> ReturnedType<'a> for Returned<'a, T> {
    #[inline]
    fn __agentops_content(&self) -> Content<'a> {
        Content::Type(std::any::type_name::<T>())
    }
}

/// An error is recorded as such, and is no content.
fn of<'a, T, E>(
    result: &'a Result<T, E>,
    content: impl FnOnce(&'a T) -> Content<'a>,
) -> Content<'a> {
    result.as_ref().map_or(Content::Nothing, content)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Bare;

    #[test]
    fn the_most_telling_form_is_chosen() {
        macro_rules! argument {
            ($value:expr) => {
                format!("{:?}", (&&&Argument(&$value)).__agentops_content())
            };
        }
        assert_eq!(argument!("text"), "Json");
        assert_eq!(argument!(std::thread::current().id()), "Debug");
        assert!(argument!(Bare).ends_with("::Bare"));
    }

    #[test]
    fn results_are_looked_into() {
        macro_rules! returned {
            ($value:expr) => {
                format!("{:?}", (&&&&&&Returned(&$value)).__agentops_content())
            };
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
