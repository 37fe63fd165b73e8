//! Instructions a span takes on its thread, held against stored figures.
//!
//! `cargo bench -p agentops --bench instructions` counts them with callgrind, so the load of the
//! machine does not matter, and fails where a work of ours takes over 5 % more than is stored, or so
//! much less that the figure is to be stored anew: `-- --bless` does that. It needs valgrind, and
//! gungraun-runner in the version that Cargo.toml names.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where something is not as expected"
)]

mod check;
mod counted;
#[path = "../stacks/mod.rs"]
mod stacks;
mod stored;

use std::env;
use std::process::{Command, ExitCode, Stdio};

/// What makes gungraun print what it has counted in a form that programs read.
const FORMAT: &str = "--output-format=json";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let is_given = |argument: &str| arguments.iter().any(|given| given == argument);
    if is_given(FORMAT) || is_given("--gungraun-run") {
        counted::run();
        return ExitCode::SUCCESS;
    }
    let program = env::current_exe().expect("the path of this program");
    let output = Command::new(program)
        .args(["--bench", FORMAT])
        .stderr(Stdio::inherit())
        .output()
        .expect("this program can be started");
    if !output.status.success() {
        return ExitCode::FAILURE;
    }
    let text = String::from_utf8(output.stdout).expect("JSON");
    let figures = counted::read(&text);
    check::run(&figures, is_given("--bless"))
}
