//! Options and defaults of `#[agentops::task]`.

use crate::options::Family;
use crate::options::common::COMMON;
use crate::settings::Naming;

/// One step of a workflow or of an agent.
pub(crate) static FAMILY: Family = Family {
    attribute: "task",
    variant: "Task",
    keys: COMMON,
    renamed: &[],
    owned: &[],
    naming: Naming::Plain,
    statics: &[],
};
