//! Projects outside of this workspace, which tests copy, build and check.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A copy of a project below `tests`, beside a copy of this workspace's `Cargo.lock`.
///
/// So nothing is written among the sources, and nothing is needed that is not downloaded yet.
pub(crate) struct Project {
    folder: PathBuf,
    /// Where all projects are built, as they share what they depend on.
    target: PathBuf,
}

impl Project {
    /// Copies the project of this name.
    pub(crate) fn copied(name: &str) -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        copy(&source, &folder);
        let lock = source.join("../../Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock")).unwrap();
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside");
        Self { folder, target }
    }

    /// A workspace without members.
    pub(crate) fn empty(name: &str) -> Self {
        let project = Self::copied(name);
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"members/*\"]\n";
        fs::write(project.folder.join("Cargo.toml"), manifest).unwrap();
        project
    }

    /// Adds a copy of a package as a member of this name and edition; returns its folder.
    pub(crate) fn member(&self, source: &Path, name: &str, edition: &str) -> PathBuf {
        let folder = self.folder.join("members").join(name);
        copy(source, &folder);
        let path = folder.join("Cargo.toml");
        let manifest = fs::read_to_string(&path).unwrap();
        let manifest = manifest.replace("agentops-lints", name);
        let manifest = manifest.replace("2021", edition).replace("[workspace]", "");
        fs::write(path, manifest).unwrap();
        folder
    }

    /// A command of cargo on it.
    pub(crate) fn cargo(&self, subcommand: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command
            .current_dir(&self.folder)
            .args([subcommand, "--offline", "--workspace", "--target-dir"])
            .arg(&self.target)
            .args(args);
        command
    }

    /// The path of a program that was built.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }
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
