//! Programs outside of this workspace, built as their users build them.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::child::Program;

/// Builds the program in `tests/<name>` somewhere below `scratch`, ready to run.
///
/// A copy is built, beside a copy of this workspace's `Cargo.lock`: so nothing is
/// written among the sources, and nothing is needed that is not downloaded yet.
///
/// # Panics
/// When it cannot be built without a warning.
#[track_caller]
pub fn outside(name: &str, scratch: impl AsRef<Path>) -> Program {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let agentops = source.join("../../agentops");
    let scratch = scratch.as_ref().join("outside");
    let copy = scratch.join(name);
    fs::create_dir_all(copy.join("src")).unwrap();
    fs::copy(source.join("src/main.rs"), copy.join("src/main.rs")).unwrap();
    fs::copy(source.join("../../Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(source.join("Cargo.toml")).unwrap();
    let manifest = manifest.replace("../../agentops", agentops.to_str().unwrap());
    fs::write(copy.join("Cargo.toml"), manifest).unwrap();

    // One for all of them, since they have most dependencies in common.
    let target = scratch.join("target");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--manifest-path"])
        .arg(copy.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    assert!(!said.contains("warning"), "{said}");
    Program::new(target.join("debug").join(format!("agentops-{name}")))
}
