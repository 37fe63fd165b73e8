//! Options and defaults of `#[agentops::task]`.

use crate::options::Family;
use crate::options::common::{COMMON, ENTITY_VERSION, NAME, VERSION};
use crate::settings::Naming;

/// One step of a workflow or of an agent.
pub(crate) static FAMILY: Family = Family {
    attribute: "task",
    variant: "Task",
    keys: &[&[NAME, VERSION], COMMON],
    renamed: &[],
    owned: &[(ENTITY_VERSION, "version = ..")],
    naming: Naming::Plain,
};
