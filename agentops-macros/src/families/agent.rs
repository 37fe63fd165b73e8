//! Options and defaults of `#[agentops::agent]`.

use crate::options::Family;
use crate::options::common::COMMON;
use crate::settings::Naming;

/// One run of an agent, which decides by itself what to do next.
pub(crate) static FAMILY: Family = Family {
    attribute: "agent",
    variant: "Agent",
    keys: COMMON,
    renamed: &[],
    owned: &[],
    naming: Naming::Operation {
        operation: "invoke_agent",
        key: "gen_ai.agent.name",
    },
    statics: &[],
};
