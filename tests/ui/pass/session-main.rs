//! `main` itself: it keeps its return type and its exit code.
#![deny(warnings)]

use std::process::ExitCode;

#[agentops::session]
fn main() -> ExitCode {
    let captured = agentops::testing::capture(|| assert_eq!(run(), Ok(3)));
    assert_eq!(captured.tree(), "session run\n");
    ExitCode::SUCCESS
}

#[agentops::session]
fn run() -> Result<u32, String> {
    Ok(3)
}
