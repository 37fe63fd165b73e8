//! Run a test of this binary again, in a process of its own.

use std::path::Path;
use std::process::{Command, Stdio};

/// What tells a test that it is the child, and where to work.
const HOME: &str = "AGENTOPS_SPOOL_TEST_HOME";

/// The directory given to this process, if it is a child.
#[allow(
    clippy::disallowed_methods,
    reason = "how a test tells its child what to do"
)]
pub(crate) fn home() -> Option<std::path::PathBuf> {
    std::env::var_os(HOME).map(Into::into)
}

/// A command that runs test `name` as a child that works in `home`, its output piped.
pub(crate) fn command(name: &str, home: &Path) -> Command {
    of(Command::new(std::env::current_exe().unwrap()), name, home)
}

/// As [`command`], from a shell that ran `prepare` first.
pub(crate) fn command_after(prepare: &str, name: &str, home: &Path) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{prepare}; exec \"$@\""));
    shell.arg("sh").arg(std::env::current_exe().unwrap());
    of(shell, name, home)
}

fn of(mut command: Command, name: &str, home: &Path) -> Command {
    command
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(HOME, home)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs it to its end, which must be a success.
#[track_caller]
pub(crate) fn succeed(mut command: Command) {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{}\n{text}\n{errors}",
        output.status
    );
}
