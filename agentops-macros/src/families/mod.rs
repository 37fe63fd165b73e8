//! The attributes, one file each: which options it takes and what its spans are.

pub(crate) mod llm_call;
pub(crate) mod session;
