//! Options and defaults of `#[agentops::workflow]`.

use crate::options::Family;
use crate::options::common::COMMON;
use crate::settings::Naming;

/// Steps whose order the program decides.
pub(crate) static FAMILY: Family = Family {
    attribute: "workflow",
    variant: "Workflow",
    keys: COMMON,
    renamed: &[],
    owned: &[],
    naming: Naming::Operation {
        operation: "invoke_workflow",
        key: "gen_ai.workflow.name",
    },
    statics: &[],
};
