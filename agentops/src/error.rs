//! What can go wrong where a program calls `agentops`, and what to do about it.
//!
//! Telemetry never fails the function it watches, so errors come only from setting it up and
//! from calls that were given something they cannot use. A message names the setting and where
//! it was read; it never repeats a header, a credential or a URL that may hold one.

use std::fmt;

/// An error of this crate; each variant says what to do about it.
///
/// ```
/// use agentops::Error;
///
/// fn advice(error: &Error) -> &'static str {
///     match error {
///         Error::AlreadyInitialized => "one part of the program is enough to call `init`",
///         Error::InvalidSetting { setting, .. } => setting,
///         _ => "see the message",
///     }
/// }
/// # assert_eq!(advice(&Error::AlreadyInitialized), "one part of the program is enough to call `init`");
/// ```
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A `Guard` is alive: keep it and drop the second `init`, or call `shutdown` on it first.
    #[error(
        "agentops is already initialized; keep the first `Guard` or call `shutdown` on it \
         before a second `init`"
    )]
    AlreadyInitialized,

    /// A setting has a value that cannot be used: correct it where `origin` says it was read.
    #[error("invalid `{setting}` ({origin}): {problem}")]
    InvalidSetting {
        /// The variable, or the method of `Config`.
        setting: &'static str,
        /// Where the value was read.
        origin: Origin,
        /// What is wrong with the value and what is expected instead.
        problem: String,
    },

    /// A setting asks for something this version cannot do: write what `instead` says.
    #[error(
        "unsupported `{setting}` ({origin}): `{value}` is not available in this version; {instead}"
    )]
    Unsupported {
        /// The variable, or the method of `Config`.
        setting: &'static str,
        /// Where the value was read.
        origin: Origin,
        /// The value that is not available.
        value: &'static str,
        /// What to write in its place.
        instead: &'static str,
    },

    /// A baggage entry cannot be carried in a header: shorten it, or choose another key.
    #[error("invalid baggage `{}`: {reason}", .key.escape_debug())]
    InvalidBaggage {
        /// The key of the entry; its value is not repeated.
        key: String,
        /// What is wrong with the entry.
        reason: String,
    },

    /// A part of the OpenTelemetry SDK could not be built: look at the source of this error.
    #[error("could not build the {component}")]
    Provider {
        /// The part, for example `metric exporter`.
        component: &'static str,
        /// What the SDK said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// The message and its cause: a `main` that returns this error shows its `Debug` form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        let source = std::error::Error::source(self);
        source.map_or(Ok(()), |source| write!(f, ": {source}"))
    }
}

/// Where a setting was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// An environment variable of the process.
    Environment,
    /// A method of `Config` that the program called.
    Code,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "environment",
            Self::Code => "code",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::{Error, Origin};

    #[test]
    fn messages_name_the_setting_and_where_it_was_read() {
        let problem = "`maybe` is not one of `1`, `true`, `0`, `false`".to_owned();
        let error = Error::InvalidSetting {
            setting: "AGENTOPS_CONSOLE",
            origin: Origin::Environment,
            problem,
        };
        assert_eq!(
            error.to_string(),
            "invalid `AGENTOPS_CONSOLE` (environment): `maybe` is not one of `1`, `true`, `0`, `false`"
        );
        assert_eq!(
            Error::AlreadyInitialized.to_string(),
            "agentops is already initialized; keep the first `Guard` or call `shutdown` on it \
             before a second `init`"
        );
    }

    #[test]
    fn baggage_keys_cannot_break_the_line() {
        let error = Error::InvalidBaggage {
            key: "a\nb".to_owned(),
            reason: "not a token".to_owned(),
        };
        assert_eq!(error.to_string(), "invalid baggage `a\\nb`: not a token");
    }

    #[test]
    fn the_cause_is_the_source_and_not_part_of_the_message() {
        let error = Error::Provider {
            component: "metric exporter",
            source: "no client".into(),
        };
        assert_eq!(error.to_string(), "could not build the metric exporter");
        assert_eq!(error.source().unwrap().to_string(), "no client");
        let shown = "could not build the metric exporter: no client";
        assert_eq!(format!("{error:?}"), shown);
    }
}
