//! The attributes, one file each: which options it takes and what its spans are.

pub(crate) mod agent;
pub(crate) mod guardrail;
pub(crate) mod llm_call;
pub(crate) mod operation;
pub(crate) mod session;
pub(crate) mod task;
pub(crate) mod tool;
pub(crate) mod workflow;

use crate::options::Family;

/// Every attribute there is, so that an option can be told whose it is.
pub(crate) static ALL: [&Family; 8] = [
    &session::FAMILY,
    &agent::FAMILY,
    &workflow::FAMILY,
    &task::FAMILY,
    &operation::FAMILY,
    &tool::FAMILY,
    &guardrail::FAMILY,
    &llm_call::FAMILY,
];
