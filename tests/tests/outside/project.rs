//! Projects outside of this workspace, which tests copy, build and check.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A copy of a project below `tests`, beside a copy of this workspace's `Cargo.lock`.
///
/// So nothing is written among the sources, and nothing is needed that is not downloaded yet.
pub(crate) struct Project {
    pub(crate) folder: PathBuf,
}

impl Project {
    /// Copies the project of this name.
    pub(crate) fn copied(name: &str) -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        copy(&source, &folder);
        let lock = source.join("../../Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock")).unwrap();
        Self { folder }
    }

    /// A command of cargo on it. All projects share what they depend on.
    pub(crate) fn cargo(&self, subcommand: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command
            .current_dir(&self.folder)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .args([subcommand, "--offline", "--workspace", "--target-dir"])
            .arg(target())
            .args(args);
        command
    }

    /// The path of a program that was built.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        target().join("debug").join(name)
    }
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside")
}

/// Copies a folder, with paths to the crates of this workspace that hold from anywhere.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else if from.ends_with("Cargo.toml") {
            let agentops = Path::new(env!("CARGO_MANIFEST_DIR")).join("../agentops");
            let manifest = fs::read_to_string(from).unwrap();
            let manifest = manifest.replace("../../agentops", agentops.to_str().unwrap());
            fs::write(to, manifest).unwrap();
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}
