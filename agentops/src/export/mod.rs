//! From records to files, requests and the terminal: the threads of our own.

pub(crate) mod captured;
pub(crate) mod console;
pub(crate) mod counts;
mod directories;
mod drain;
pub(crate) mod exporter;
pub(crate) mod http_client;
mod lane;
pub(crate) mod pipeline;
pub(crate) mod recorder;
pub(crate) mod report;
pub(crate) mod stderr;
mod syncer;
mod syncs;
pub(crate) mod tally;
pub(crate) mod threads;
pub(crate) mod told;
pub(crate) mod tree;
