//! The places telemetry can go to, as code and `AGENTOPS_DESTINATION` name them.

use crate::config::env::Env;
use crate::config::value;
use crate::error::{Error, Origin};

/// A place telemetry goes to; several can be given at once.
///
/// ```
/// use agentops::config::{Config, Destination};
///
/// let config = Config::new().destinations([Destination::Local, Destination::Otlp]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Destination {
    /// This machine only: below `~/.agentops/spool/local`. The default.
    Local,
    /// An OpenTelemetry collector or backend, over OTLP (`http/protobuf`).
    ///
    /// Without any endpoint it is `http://localhost:4318`.
    Otlp,
    /// The AgentOps service. Not available in this version: `init` fails and says what to use.
    Agentops,
    /// Nowhere: spans are made and propagated, nothing is kept.
    None,
}

/// The destinations that the environment names, if it names any.
pub(crate) fn from_env(env: &Env) -> Result<Option<Vec<Destination>>, Error> {
    const VARIABLE: &str = "AGENTOPS_DESTINATION";
    let list = env.own(VARIABLE, parse)?;
    if let Some(list) = &list {
        check(list, VARIABLE, Origin::Environment)?;
    }
    Ok(list)
}

/// Reads a comma list of destinations.
fn parse(list: &str) -> Result<Vec<Destination>, String> {
    // The name that only leads to an error is understood but not offered.
    let offered = [
        ("local", Destination::Local),
        ("otlp", Destination::Otlp),
        ("none", Destination::None),
    ];
    list.split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| {
            if name.eq_ignore_ascii_case("agentops") {
                return Ok(Destination::Agentops);
            }
            value::one_of(name, &offered)
        })
        .collect()
}

/// Refuses lists that contradict themselves or ask for what is not there yet.
pub(crate) fn check(
    list: &[Destination],
    setting: &'static str,
    origin: Origin,
) -> Result<(), Error> {
    let invalid = |problem: &str| Error::InvalidSetting {
        setting,
        origin,
        problem: problem.to_owned(),
    };
    if list.is_empty() {
        return Err(invalid("the list is empty; write `none` to send nothing"));
    }
    if list.contains(&Destination::Agentops) {
        return Err(Error::Unsupported {
            setting,
            origin,
            value: "agentops",
            instead: "use `local`, or `otlp` with an endpoint",
        });
    }
    if list.contains(&Destination::None) && list.iter().any(|one| *one != Destination::None) {
        return Err(invalid("`none` cannot stand beside another destination"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Destination::{Agentops, Local, None, Otlp};
    use super::{check, parse};
    use crate::error::Origin;

    #[test]
    fn lists_name_destinations_in_any_case() {
        for (list, expected) in [
            ("local", vec![Local]),
            (" Local , OTLP,", vec![Local, Otlp]),
            ("agentops", vec![Agentops]),
            ("none", vec![None]),
            (",", vec![]),
        ] {
            assert_eq!(parse(list), Ok(expected), "{list}");
        }
        assert_eq!(
            parse("local,colector").unwrap_err(),
            "`colector` is not one of `local`, `otlp`, `none`"
        );
    }

    #[test]
    fn lists_that_cannot_be_served_say_what_to_write() {
        for (list, expected) in [
            (
                vec![],
                "invalid `destination` (code): the list is empty; write `none` to send nothing",
            ),
            (
                vec![None, Local],
                "invalid `destination` (code): `none` cannot stand beside another destination",
            ),
            (
                vec![Local, Agentops],
                "unsupported `destination` (code): `agentops` is not available in this version; \
                 use `local`, or `otlp` with an endpoint",
            ),
        ] {
            let error = check(&list, "destination", Origin::Code).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
        assert!(check(&[Local, Otlp], "destination", Origin::Code).is_ok());
    }
}
