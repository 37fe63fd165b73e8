//! Options and defaults of `#[agentops::workflow]`.

use crate::options::Family;
use crate::options::common::{COMMON, ENTITY_VERSION, NAME, VERSION};
use crate::options::metrics::METRICS;
use crate::settings::Naming;

/// Steps whose order the program decides.
pub(crate) static FAMILY: Family = Family {
    attribute: "workflow",
    variant: "Workflow",
    keys: &[&[NAME, VERSION, METRICS], COMMON],
    renamed: &[],
    owned: &[(ENTITY_VERSION, "version = ..")],
    naming: Naming::Operation {
        operation: "invoke_workflow",
        key: "gen_ai.workflow.name",
    },
};
