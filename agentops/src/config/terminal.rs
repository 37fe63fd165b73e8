//! Decide what is printed to stderr, and whether in colour.

use crate::config::env::Env;

/// What a program shows of its sessions while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Console {
    /// Nothing.
    Off,
    /// Each session as a tree, when it ends.
    Tree,
    /// One line for each session, when it ends.
    Summary,
}

impl Console {
    /// Follows the switch; without one, a developer at a terminal gets a line for a session.
    pub(crate) fn choose(switch: Option<bool>, traces_stay_here: bool, terminal: bool) -> Self {
        match switch {
            Some(true) => Self::Tree,
            None if traces_stay_here && terminal => Self::Summary,
            Some(false) | None => Self::Off,
        }
    }
}

/// Whether a terminal is there that shows colours and a user who wants them.
pub(crate) fn color(env: &Env, terminal: bool) -> bool {
    let dumb = env.text("TERM").is_some_and(|name| name == "dumb");
    terminal && !dumb && !env.is_set("NO_COLOR")
}

#[cfg(test)]
mod tests {
    use super::{Console, color};
    use crate::config::env::Env;

    #[test]
    fn the_switch_beats_the_terminal() {
        for (switch, stay, terminal, expected) in [
            (Some(true), false, false, Console::Tree),
            (Some(false), true, true, Console::Off),
            (None, true, true, Console::Summary),
            (None, true, false, Console::Off),
            (None, false, true, Console::Off),
        ] {
            assert_eq!(Console::choose(switch, stay, terminal), expected);
        }
    }

    #[test]
    fn colours_need_a_terminal_that_has_them() {
        let nothing = Env::default();
        assert!(color(&nothing, true));
        assert!(!color(&nothing, false));
        assert!(color(&Env::from_pairs([("NO_COLOR", "")]), true));
        assert!(!color(&Env::from_pairs([("NO_COLOR", "1")]), true));
        assert!(!color(&Env::from_pairs([("TERM", "dumb")]), true));
        assert!(color(&Env::from_pairs([("TERM", "xterm")]), true));
    }
}
