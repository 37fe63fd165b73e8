//! What a proxy does with the connections it is given.

use std::time::Duration;

/// A way in which networks and servers fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// None: all is passed on, both ways.
    Pass,
    /// Nobody listens.
    Refuse,
    /// The connection is reset once something was sent.
    Reset,
    /// The connection is taken, and then nothing happens: nothing is even read.
    Hang,
    /// All is read and nothing answered.
    Mute,
    /// All is passed on byte by byte, with this pause behind each.
    Tarpit(Duration),
    /// So many bytes of the server's answer are passed on, then the connection ends.
    Truncate(usize),
    /// Requests are answered with this status and never reach the server.
    Status(u16),
    /// Requests are answered with 200 and a body that never ends, and never reach the server.
    Giant,
}
