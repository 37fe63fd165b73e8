//! The attributes, one file each: which options it takes and what its spans are.

pub(crate) mod agent;
pub(crate) mod guardrail;
pub(crate) mod llm_call;
pub(crate) mod operation;
pub(crate) mod session;
pub(crate) mod task;
pub(crate) mod tool;
pub(crate) mod workflow;

use syn::Attribute;

use crate::item::is_ours;
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

/// Which of them an attribute on an item is, if any.
pub(crate) fn of(attribute: &Attribute) -> Option<&'static Family> {
    let mut families = ALL.into_iter();
    families.find(|family| is_ours(attribute, family.attribute))
}
