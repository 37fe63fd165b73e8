//! Fixtures of the tests in this folder.
#![allow(dead_code, reason = "each test uses some of it")]
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

pub(crate) mod adopter;
pub(crate) mod annotate;
pub(crate) mod authority;
pub(crate) mod bodies;
pub(crate) mod child;
pub(crate) mod chunks;
pub(crate) mod deadline;
pub(crate) mod decoded;
pub(crate) mod golden;
pub(crate) mod leftovers;
pub(crate) mod made;
pub(crate) mod queues;
pub(crate) mod records;
pub(crate) mod sending;
pub(crate) mod server;
pub(crate) mod socks;
