//! What settings do, good and bad, and what a person is told.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

mod bad_values;
mod console;
mod content;
mod lifecycle;
mod limits;
mod places;

use std::path::Path;
use std::time::Duration;

use agentops_tests::{Exit, Program};

const TIMEOUT: Duration = Duration::from_mins(1);

/// The probe, ready to run with this home; what it says of content is tested in `content`.
fn probe(arguments: &str, home: &Path) -> Program {
    let program = Program::new(env!("CARGO_BIN_EXE_probe"))
        .env("HOME", home)
        .env("AGENTOPS_CAPTURE_CONTENT", "0");
    arguments.split(' ').fold(program, Program::arg)
}

/// Runs the probe in a fresh home, which is `{home}` in variables and in what is returned.
#[track_caller]
fn run(arguments: &str, variables: &[(&str, &str)]) -> Exit {
    let home = tempfile::tempdir().unwrap();
    let home_path = home.path().to_str().unwrap();
    let program = variables
        .iter()
        .fold(probe(arguments, home.path()), |program, (name, value)| {
            program.env(name, value.replace("{home}", home_path))
        });
    let mut exit = program.run(TIMEOUT);
    exit.assert_success();
    for output in [&mut exit.stdout, &mut exit.stderr] {
        *output = output.replace(home_path, "{home}");
    }
    exit
}

/// A line of the product on stderr.
fn notice(text: &str) -> String {
    format!("agentops: {text}\n")
}
