//! The examples, run as a person runs them.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use crate::child::Program;

/// The example of this name, ready to run.
///
/// `cargo test --workspace` builds it beside the tests; where it was not built, it is built here.
///
/// # Panics
/// When it cannot be built.
pub fn example(name: &str) -> Program {
    // One build at a time, and nobody runs what is being written.
    static BUILDING: Mutex<()> = Mutex::new(());
    let test = std::env::current_exe().expect("a test has a path");
    let profile = test.parent().and_then(Path::parent);
    let profile = profile.expect("tests are built in a folder of the profile's");
    let path = profile.join("examples").join(name);
    let turn = BUILDING.lock();
    if !path.exists() {
        build(name, profile);
    }
    drop(turn);
    Program::new(path)
}

fn build(name: &str, profile: &Path) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--package", "agentops-examples", "--example", name])
        .arg("--target-dir")
        .arg(
            profile
                .parent()
                .expect("a profile lies in the target folder"),
        );
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    let status = cargo.status().expect("cargo can be run");
    assert!(status.success(), "the example `{name}` does not build");
}
