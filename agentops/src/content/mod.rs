//! Arguments and results as JSON, recorded under the content policy.
//!
//! Nothing is asked of the program's types: a value that serializes is recorded
//! as its JSON, one with `Debug` as that text, any other by the name of its type.
//! The program's code runs once for each value, outside of any lock of ours, and
//! may panic.

pub(crate) mod arguments;
pub(crate) mod json;
pub(crate) mod messages;
pub(crate) mod policy;
pub(crate) mod probe;
mod shares;

use agentops_spool::record::cursor::Cursor;
use agentops_spool::site::Kind;

use crate::content::json::Json;
use crate::semconv;

/// What is recorded of the content of a call at its end.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// What it gave.
    pub(crate) output: Option<Json>,
    /// What a model said, as messages.
    pub(crate) completion: Option<Json>,
}

impl Contents {
    /// Writes it as content of a span of this kind.
    pub(crate) fn write(&self, kind: Kind, out: &mut Cursor<'_>) {
        if let Some(output) = &self.output {
            output.write(policy::output_key(kind), out);
        }
        if let Some(completion) = &self.completion {
            completion.write(semconv::GEN_AI_OUTPUT_MESSAGES, out);
        }
    }
}
