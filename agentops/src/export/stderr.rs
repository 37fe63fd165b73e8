//! Lines for the person at the terminal.

use std::io::{self, Write as _};

/// Prints a notice; a closed stderr is nobody's problem.
pub(crate) fn line(text: &str) {
    let _ = writeln!(io::stderr().lock(), "agentops: {text}");
}

/// Prints a session as it is.
pub(crate) fn block(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
