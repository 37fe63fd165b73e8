//! Where the walk through a response is, and what it has found there.

use std::fmt::{self, Display};

use agentops_spool::record::cursor::Cursor;
use agentops_spool::stack::Stack;
use opentelemetry::{Array, KeyValue, Value};

use crate::llm::usage::Usage;
use crate::semconv;

/// Values that are visited at most.
const MAX_NODES: u32 = 4096;
/// Members that are followed downwards at most.
const MAX_DEPTH: usize = 6;
/// Bytes of a text that are kept.
pub(super) const MAX_TEXT: usize = 256;

/// What a response says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub(crate) model: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) finish_reasons: Vec<String>,
    pub(crate) usage: Usage,
}

impl Found {
    /// Takes over what a later part of the same response says.
    pub(crate) fn merge(&mut self, later: Self) {
        self.model = later.model.or(self.model.take());
        self.id = later.id.or(self.id.take());
        if !later.finish_reasons.is_empty() {
            self.finish_reasons = later.finish_reasons;
        }
        self.usage.merge(later.usage);
    }

    /// What it says, as attributes of the call.
    pub(crate) fn attributes(self) -> Vec<KeyValue> {
        let counts = self.counts();
        let mut attributes = Vec::new();
        let texts = [
            (semconv::GEN_AI_RESPONSE_MODEL, self.model),
            (semconv::GEN_AI_RESPONSE_ID, self.id),
        ];
        for (key, text) in texts {
            attributes.extend(text.map(|text| KeyValue::new(key, text)));
        }
        if !self.finish_reasons.is_empty() {
            let reasons = self.finish_reasons.into_iter().map(Into::into).collect();
            attributes.push(KeyValue::new(
                semconv::GEN_AI_RESPONSE_FINISH_REASONS,
                Value::Array(Array::String(reasons)),
            ));
        }
        attributes.extend(counts.map(|(key, count)| KeyValue::new(key, count)));
        attributes
    }

    /// Writes it as attributes of the call.
    pub(crate) fn write(&self, out: &mut Cursor<'_>) {
        let texts = [
            (semconv::GEN_AI_RESPONSE_MODEL, &self.model),
            (semconv::GEN_AI_RESPONSE_ID, &self.id),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                out.attr(key);
                out.str_value(text);
            }
        }
        if !self.finish_reasons.is_empty() {
            out.attr(semconv::GEN_AI_RESPONSE_FINISH_REASONS);
            out.array_value(self.finish_reasons.len());
            for reason in &self.finish_reasons {
                out.str_value(reason);
            }
        }
        for (key, count) in self.counts() {
            out.attr(key);
            out.i64_value(count);
        }
    }

    /// The tokens that are known, by the key that counts them.
    fn counts(&self) -> impl Iterator<Item = (&'static str, i64)> + use<> {
        let usage = self.usage;
        let tokens = [
            (semconv::GEN_AI_USAGE_INPUT_TOKENS, usage.input),
            (semconv::GEN_AI_USAGE_OUTPUT_TOKENS, usage.output),
            (semconv::GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, usage.cached),
            (
                semconv::GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
                usage.reasoning,
            ),
        ];
        let known = |(key, count): (_, Option<u64>)| {
            count.map(|count| (key, i64::try_from(count).unwrap_or(i64::MAX)))
        };
        tokens.into_iter().filter_map(known)
    }
}

/// Where the walk is, and what it has found.
pub(super) struct Walk {
    path: Vec<&'static str>,
    nodes: u32,
    /// Where it began.
    stack: Stack,
    pub(super) found: Found,
    /// What a request asks for, where it is one that is looked at.
    pub(super) asked: Option<Vec<KeyValue>>,
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
    "temperature",
    "top_p",
    "top_k",
    "max_tokens",
    "max_completion_tokens",
    "max_output_tokens",
    "frequency_penalty",
    "presence_penalty",
    "seed",
    "stream",
    "n",
];

/// `name` if it matters.
pub(super) fn known_name(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|known| **known == name).copied()
}

impl Walk {
    pub(super) fn new() -> Self {
        Self {
            path: Vec::new(),
            nodes: 0,
            stack: Stack::here(),
            found: Found::default(),
            asked: None,
        }
    }

    /// A walk through a request.
    pub(super) fn through_request() -> Self {
        Self {
            asked: Some(Vec::new()),
            ..Self::new()
        }
    }

    /// Whether it has come too deep into a value that is nested without an end.
    pub(super) fn is_deep(&self) -> bool {
        self.stack.is_deep()
    }

    /// Counts one more value.
    pub(super) fn visit(&mut self) -> Result<(), Stop> {
        self.nodes += 1;
        match self.nodes > MAX_NODES || self.is_deep() {
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
        if let Some(asked) = &mut self.asked {
            if self.path[..] == ["model"] {
                asked.push(KeyValue::new(semconv::GEN_AI_REQUEST_MODEL, kept()));
            }
            return;
        }
        match self.path[..] {
            ["model"] => self.found.model = Some(kept()),
            ["id"] => self.found.id = Some(kept()),
            ["choices", "finish_reason"] => self.found.finish_reasons.push(kept()),
            _ => {}
        }
    }

    /// Takes a number at the current path.
    pub(super) fn number(&mut self, number: u64) {
        if self.asked.is_some() {
            self.ask(i64::try_from(number).unwrap_or(i64::MAX));
            return;
        }
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

impl Walk {
    /// Takes a truth value, of a request only.
    pub(super) fn truth(&mut self, truth: bool) {
        if let Some(asked) = &mut self.asked
            && self.path[..] == ["stream"]
            && truth
        {
            asked.push(KeyValue::new(semconv::GEN_AI_REQUEST_STREAM, true));
        }
    }

    /// Takes a number with a fraction, of a request only.
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers only")]
    pub(super) fn fraction(&mut self, number: f64) {
        let key = match self.path[..] {
            ["temperature"] => semconv::GEN_AI_REQUEST_TEMPERATURE,
            ["top_p"] => semconv::GEN_AI_REQUEST_TOP_P,
            ["frequency_penalty"] => semconv::GEN_AI_REQUEST_FREQUENCY_PENALTY,
            ["presence_penalty"] => semconv::GEN_AI_REQUEST_PRESENCE_PENALTY,
            // Some clients have one type for all numbers.
            _ if number.fract() == 0.0 => return self.ask(number as i64),
            _ => return,
        };
        if let Some(asked) = &mut self.asked {
            asked.push(KeyValue::new(key, number));
        }
    }

    /// Takes a whole number of a request.
    #[expect(clippy::cast_precision_loss, reason = "no temperature is that high")]
    fn ask(&mut self, number: i64) {
        let key = match self.path[..] {
            ["max_tokens" | "max_completion_tokens" | "max_output_tokens"] => {
                semconv::GEN_AI_REQUEST_MAX_TOKENS
            }
            ["top_k"] => semconv::GEN_AI_REQUEST_TOP_K,
            ["seed"] => semconv::GEN_AI_REQUEST_SEED,
            ["n"] => semconv::GEN_AI_REQUEST_CHOICE_COUNT,
            ["temperature" | "top_p" | "frequency_penalty" | "presence_penalty"] => {
                return self.fraction(number as f64);
            }
            _ => return,
        };
        if let Some(asked) = &mut self.asked {
            asked.push(KeyValue::new(key, number));
        }
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
