//! Choose by what a type can do, without asking anything of it.
//!
//! A question about a value is a method of the same name on each of several wrappers
//! in one another. The outer ones have it only where the type has some trait; the
//! innermost always has it. Method look-up takes the first one that applies and goes
//! from each wrapper to the next by `Deref`.
//!
//! Motivation: traits and levels of references would do the same, but have to be
//! imported where the question is asked, and cost the compiler several times as much.

/// Makes wrappers around a reference, the most demanding first, each the fallback of the one before.
macro_rules! fallback {
    ($(#[$about:meta])* $first:ident, $($rest:ident),+ of $of:ty) => {
        fallback!(@chain [$(#[$about])*] $first, $($rest),+ of $of);

        impl<'a, T> $first<'a, T> {
            /// Wraps what is asked about.
            #[inline]
            pub(crate) fn new(asked: $of) -> Self {
                fallback!(@wrap asked, $first, $($rest),+)
            }
        }
    };
    (@chain [$($about:tt)*] $outer:ident, $inner:ident $(, $rest:ident)* of $of:ty) => {
        $($about)*
        #[derive(Debug)]
        pub struct $outer<'a, T>($inner<'a, T>);

        impl<'a, T> std::ops::Deref for $outer<'a, T> {
            type Target = $inner<'a, T>;

            #[inline]
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        fallback!(@chain [/** Used by `#[agentops::..]` where the wrapper around it has no answer. */] $inner $(, $rest)* of $of);
    };
    (@chain [$($about:tt)*] $last:ident of $of:ty) => {
        $($about)*
        #[derive(Debug)]
        pub struct $last<'a, T>($of);

        impl<'a, T> $last<'a, T> {
            /// What is asked about.
            #[inline]
            fn asked(&self) -> $of {
                self.0
            }
        }
    };
    (@wrap $asked:ident, $last:ident) => { $last($asked) };
    (@wrap $asked:ident, $outer:ident, $($rest:ident),+) => {
        $outer(fallback!(@wrap $asked, $($rest),+))
    };
}

pub(crate) use fallback;
