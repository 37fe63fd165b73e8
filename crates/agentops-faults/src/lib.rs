//! Stand between a client and a server, and break what passes.
//!
//! ```text
//! client --> FaultProxy (told its fault while it runs) --> server
//! client --> Tunnel (asked for by CONNECT) --------------> server
//! ```
//!
//! Nothing but the standard library, so that any crate's tests can use it.

pub mod fault;
pub mod proxy;
mod serve;
mod state;
mod thread;
pub mod tunnel;
