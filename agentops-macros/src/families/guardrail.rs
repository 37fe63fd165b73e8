//! Options and defaults of `#[agentops::guardrail]`.

use crate::options::Family;
use crate::options::common::COMMON;
use crate::settings::Naming;

/// A check of what goes in or comes out.
pub(crate) static FAMILY: Family = Family {
    attribute: "guardrail",
    variant: "Guardrail",
    keys: COMMON,
    renamed: &[],
    owned: &[],
    naming: Naming::Plain,
    statics: &[],
};
