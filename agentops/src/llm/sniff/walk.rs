//! Where the walk through a response is, and what it has found there.

use std::fmt::{self, Display};

use crate::llm::usage::Usage;

/// Values that are visited at most.
const MAX_NODES: u32 = 4096;
/// Members that are followed downwards at most.
const MAX_DEPTH: usize = 6;
/// Bytes of a text that are kept.
pub(super) const MAX_TEXT: usize = 256;

/// What a response says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) model: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) finish_reasons: Vec<String>,
    pub(crate) usage: Usage,
}

/// Where the walk is, and what it has found.
#[derive(Default)]
pub(super) struct Walk {
    path: Vec<&'static str>,
    nodes: u32,
    pub(super) found: Found,
}

/// Member names that matter; all others are not entered.
const NAMES: &[&str] = &[
    "model",
    "id",
    "choices",
    "finish_reason",
    "usage",
    "prompt_tokens",
    "completion_tokens",
    "input_tokens",
    "output_tokens",
    "prompt_tokens_details",
    "input_tokens_details",
    "cached_tokens",
    "completion_tokens_details",
    "output_tokens_details",
    "reasoning_tokens",
];

/// `name` if it matters.
pub(super) fn known_name(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|known| **known == name).copied()
}

impl Walk {
    /// Counts one more value.
    pub(super) fn visit(&mut self) -> Result<(), Stop> {
        self.nodes += 1;
        match self.nodes > MAX_NODES {
            true => Err(Stop),
            false => Ok(()),
        }
    }

    /// Follows member `name`; `false` if nothing below it can matter.
    pub(super) fn step_in(&mut self, name: &str) -> bool {
        match known_name(name) {
            Some(name) if self.path.len() < MAX_DEPTH => {
                self.path.push(name);
                true
            }
            _ => false,
        }
    }

    /// Goes back to where the last [`Walk::step_in`] was.
    pub(super) fn step_out(&mut self) {
        self.path.pop();
    }

    /// Takes a text at the current path.
    pub(super) fn text(&mut self, text: &str) {
        let kept = || text.chars().take(MAX_TEXT).collect::<String>();
        match self.path[..] {
            ["model"] => self.found.model = Some(kept()),
            ["id"] => self.found.id = Some(kept()),
            ["choices", "finish_reason"] => self.found.finish_reasons.push(kept()),
            _ => {}
        }
    }

    /// Takes a number at the current path.
    pub(super) fn number(&mut self, number: u64) {
        let usage = &mut self.found.usage;
        let place = match self.path[..] {
            ["usage", "prompt_tokens" | "input_tokens"] => &mut usage.input,
            ["usage", "completion_tokens" | "output_tokens"] => &mut usage.output,
            [
                "usage",
                "prompt_tokens_details" | "input_tokens_details",
                "cached_tokens",
            ] => &mut usage.cached,
            [
                "usage",
                "completion_tokens_details" | "output_tokens_details",
                "reasoning_tokens",
            ] => &mut usage.reasoning,
            _ => return,
        };
        *place = Some(number);
    }
}

/// Ends the walk.
#[derive(Debug)]
pub(super) struct Stop;

impl Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped")
    }
}

impl std::error::Error for Stop {}

impl serde::ser::Error for Stop {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}
