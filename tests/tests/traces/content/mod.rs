//! Arguments and results, recorded as JSON where content is wanted.

#![allow(
    unused_variables,
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::trivially_copy_pass_by_ref,
    clippy::unused_self,
    reason = "arguments of every type are recorded, used or not"
)]

mod arguments;
mod limits;
mod policy;
mod results;
mod secrets;
mod shapes;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use agentops_tests::Span;
use serde::{Serialize, Serializer};
use serde_json::Value;

const INPUT: &str = "agentops.entity.input";
const OUTPUT: &str = "agentops.entity.output";
const TOOL_INPUT: &str = "gen_ai.tool.call.arguments";
const TOOL_OUTPUT: &str = "gen_ai.tool.call.result";

/// Content as the JSON that it is.
#[track_caller]
fn json(span: &Span, key: &str) -> Option<Value> {
    let text = span.str(key)?;
    match serde_json::from_str(text) {
        Ok(json) => Some(json),
        Err(error) => panic!("`{key}` is no JSON: {error}: {text}"),
    }
}

#[track_caller]
fn input(span: &Span) -> Value {
    json(span, INPUT).unwrap()
}

#[track_caller]
fn output(span: &Span) -> Value {
    json(span, OUTPUT).unwrap()
}

#[derive(Clone, Copy, Serialize)]
struct Point {
    x: u8,
    y: u8,
}

/// Counts how often it is formatted.
#[derive(Clone, Default)]
struct Counted(Arc<AtomicUsize>);

impl fmt::Debug for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fetch_add(1, Ordering::Relaxed);
        f.write_str("Counted")
    }
}

impl Counted {
    fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// Panics when it is formatted, after it has written something.
struct DebugBomb;

impl fmt::Debug for DebugBomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half")?;
        panic!("a value that cannot be formatted")
    }
}

/// Panics when it is serialized.
struct SerializeBomb;

impl Serialize for SerializeBomb {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("a value that cannot be serialized")
    }
}

/// Refuses to be serialized.
struct Unserializable;

impl Serialize for Unserializable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("out of order"))
    }
}
