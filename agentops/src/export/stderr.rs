//! Lines for the person at the terminal.

use std::io::{self, Write as _};

use agentops_spool::fork;

/// Prints a notice; a closed stderr is nobody's problem.
pub(crate) fn line(text: &str) {
    block(&format!("agentops: {text}\n"));
}

/// Prints a session as it is.
pub(crate) fn block(text: &str) {
    // In a forked child its lock may be held by a thread that there is not.
    let _ = match fork::process() {
        0 => io::stderr().lock().write_all(text.as_bytes()),
        _ => write_unlocked(text),
    };
}

#[cfg(unix)]
fn write_unlocked(text: &str) -> io::Result<()> {
    use std::fs::File;
    use std::os::fd::AsFd as _;
    let stderr = io::stderr().as_fd().try_clone_to_owned()?;
    File::from(stderr).write_all(text.as_bytes())
}

#[cfg(not(unix))]
fn write_unlocked(text: &str) -> io::Result<()> {
    io::stderr().lock().write_all(text.as_bytes())
}
