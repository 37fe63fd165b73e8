//! Without the feature `enable`, annotated functions are the bare functions.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use agentops_tests::Program;

#[test]
fn attributes_leave_no_trace_where_they_are_turned_off() {
    let home = tempfile::tempdir().unwrap();
    let spool = home.path().join("agentops");
    let exit = Program::new(build())
        .env("AGENTOPS_HOME", &spool)
        .env("AGENTOPS_DESTINATION", "local")
        .env("AGENTOPS_CONSOLE", "not read, or it would be an error")
        .run(Duration::from_mins(1));
    exit.assert_success();
    assert_eq!((exit.stdout.as_str(), exit.stderr.as_str()), ("done\n", ""));
    assert!(!spool.exists(), "nothing was written");
}

/// Builds the program of `tests/disabled` and returns its path.
///
/// A copy is built, beside a copy of this workspace's `Cargo.lock`: so nothing is
/// written among the sources, and nothing is needed that is not downloaded yet.
fn build() -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("disabled");
    let agentops = source.join("../../agentops");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("disabled");
    fs::create_dir_all(copy.join("src")).unwrap();
    fs::copy(source.join("src/main.rs"), copy.join("src/main.rs")).unwrap();
    fs::copy(source.join("../../Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(source.join("Cargo.toml")).unwrap();
    let manifest = manifest.replace("../../agentops", agentops.to_str().unwrap());
    fs::write(copy.join("Cargo.toml"), manifest).unwrap();

    let built = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--manifest-path"])
        .arg(copy.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(copy.join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    assert!(!said.contains("warning"), "{said}");
    copy.join("target/debug/agentops-disabled")
}
