//! Run drills, which are part of the tests: `agentops_tests::drills`.

use std::process::Command;

use crate::checkout::target_dir;
use crate::step;

/// Builds the drills and the program that they drill, and runs those of these names.
pub(crate) fn run(arguments: &[&str]) -> Result<(), String> {
    build("build", &["--release", "--bins"])?;
    if arguments.is_empty() || arguments.contains(&"exits") {
        build(
            "build with panics that abort",
            &["--profile", "abort", "--bin", "drilled"],
        )?;
    }
    let mut drill = Command::new(target_dir().join("release").join("drill"));
    step::run("drill", drill.args(arguments))
}

fn build(step: &str, what: &[&str]) -> Result<(), String> {
    let mut build = Command::new("cargo");
    build.args(["build", "--locked", "--package", "agentops-tests"]);
    step::run(step, build.args(what))
}
