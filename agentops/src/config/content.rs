//! Decide whether arguments and results are recorded.

use crate::config::env::Env;
use crate::config::value;
use crate::config::warnings::Warnings;

/// What is said once where nobody chose and content is recorded.
pub(crate) const NOTICE: &str = "arguments and results are recorded, as all stays on this machine; \
                                 `AGENTOPS_CAPTURE_CONTENT=0` turns that off, `=1` this line only";

/// The standard's variable, of instrumentations of `GenAI`.
const STANDARD: &str = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

/// Whether content is recorded, and whether to say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) is_captured: bool,
    pub(crate) is_told: bool,
}

impl Content {
    /// Follows the switch of the program or of the environment; without one, content is recorded
    /// while it stays on this machine.
    pub(crate) fn choose(
        switch: Option<bool>,
        env: &Env,
        stays_here: bool,
        warnings: &mut Warnings,
    ) -> Self {
        // Content is recorded on spans; there are no events that it could be on.
        let choices = [
            ("NO_CONTENT", false),
            ("EVENT_ONLY", false),
            ("SPAN_ONLY", true),
            ("SPAN_AND_EVENT", true),
            ("false", false),
            ("true", true),
        ];
        let standard = || env.standard(STANDARD, warnings, |text| value::one_of(text, &choices));
        match switch.or_else(standard) {
            Some(is_captured) => Self {
                is_captured,
                is_told: false,
            },
            None => Self {
                is_captured: stays_here,
                is_told: stays_here,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(switch: Option<bool>, env: &Env, stays_here: bool) -> (bool, bool) {
        let content = Content::choose(switch, env, stays_here, &mut Warnings::default());
        (content.is_captured, content.is_told)
    }

    #[test]
    fn content_is_recorded_where_it_stays_unless_somebody_chose() {
        assert_eq!(choose(None, &Env::default(), true), (true, true));
        assert_eq!(choose(None, &Env::default(), false), (false, false));
        assert_eq!(choose(Some(true), &Env::default(), false), (true, false));
        assert_eq!(choose(Some(false), &Env::default(), true), (false, false));
    }

    #[test]
    fn the_standards_variable_counts_where_ours_is_not_set() {
        for (text, expected) in [
            ("NO_CONTENT", false),
            ("span_only", true),
            ("EVENT_ONLY", false),
            ("SPAN_AND_EVENT", true),
            ("true", true),
        ] {
            let env = Env::from_pairs([(STANDARD, text)]);
            assert_eq!(choose(None, &env, !expected), (expected, false), "{text}");
        }
        let env = Env::from_pairs([(STANDARD, "SPAN_ONLY")]);
        assert_eq!(choose(Some(false), &env, true), (false, false));
    }

    #[test]
    fn a_bad_value_of_the_standards_variable_is_warned_about() {
        let env = Env::from_pairs([(STANDARD, "everything")]);
        let mut warnings = Warnings::default();
        let content = Content::choose(None, &env, false, &mut warnings);
        assert!(!content.is_captured);
        assert_eq!(warnings.into_vec().len(), 1);
    }
}
