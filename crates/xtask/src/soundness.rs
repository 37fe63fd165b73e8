//! Look for undefined behaviour in what threads share, by Miri and by loom.
//!
//! Loom tries every order of events of the hand-over of a chunk, as a model
//! (`tests/loom`). Miri runs the code itself: the arena on plain memory, the
//! records, the chunks of threads and the join. Files that are mapped, allocated
//! or locked are beyond Miri; there the plain path of `mapping` is taken.

use std::process::Command;

use crate::checkout::{repository, target_dir};
use crate::step;

/// Pointers keep their provenance; clocks and files are the machine's.
const FLAGS: &str = "-Zmiri-strict-provenance -Zmiri-disable-isolation";

/// Other moments at which one thread gives way to another.
const SEEDS: &str = "-Zmiri-many-seeds=0..8";

/// What Miri runs: a name, more flags, and arguments of `cargo miri test -p agentops-spool`.
const RUNS: [(&str, &str, &[&str]); 3] = [
    (
        "arena",
        SEEDS,
        &["--lib", "--", "arena::", "pool::", "thread::"],
    ),
    (
        "records",
        "",
        &["--lib", "--", "record::", "scale::", "stack::"],
    ),
    (
        "chunks and join",
        "",
        &["--test", "chunks", "--test", "join"],
    ),
];

/// Runs both; Miri from the toolchain of this name.
pub(crate) fn check(toolchain: &str) -> Result<(), String> {
    model()?;
    let mut probe = miri(toolchain);
    if !step::succeeds(probe.arg("--version")) {
        return Err(format!(
            "there is no Miri in the toolchain `{toolchain}`; to install it: \
             rustup toolchain install {toolchain} --profile minimal --component miri,rust-src"
        ));
    }
    for (name, flags, arguments) in RUNS {
        let mut command = miri(toolchain);
        command
            .args(["test", "--package", "agentops-spool"])
            .args(arguments)
            .env("MIRIFLAGS", format!("{FLAGS} {flags}"));
        step::run(&format!("miri, {name}"), &mut command)?;
    }
    Ok(())
}

fn model() -> Result<(), String> {
    let mut command = Command::new("cargo");
    command
        .args(["test", "--locked", "--lib", "--manifest-path"])
        .arg(repository().join("tests/loom/Cargo.toml"))
        .arg("--target-dir")
        .arg(target_dir().join("loom"));
    step::run("loom", &mut command)
}

fn miri(toolchain: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", toolchain, "cargo", "miri"]);
    command
}
