//! The atomics of the hand-over: the standard library's.
//!
//! A name of its own, because `tests/loom` compiles `handover` a second time
//! beside a `sync` that is loom's, whose atomics try every order of events.

pub(crate) use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
