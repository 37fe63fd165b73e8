//! Feed the readers of outside bytes with what a fuzzer finds.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::checkout::{repository, target_dir};
use crate::step;

/// Runs each target of `tests/fuzz` for so many seconds.
pub(crate) fn run(seconds: &str) -> Result<(), String> {
    let seconds: u32 = seconds
        .parse()
        .map_err(|_| format!("`{seconds}` is no number of seconds"))?;
    if !step::succeeds(Command::new("cargo").args(["fuzz", "--version"])) {
        return Err(
            "there is no cargo-fuzz; to install it: cargo install cargo-fuzz --locked".into(),
        );
    }
    let folder = repository().join("tests/fuzz");
    for target in targets()? {
        let corpus = folder.join("corpus").join(&target);
        fs::create_dir_all(&corpus).map_err(|error| error.to_string())?;
        let mut command = Command::new("cargo");
        command
            .args(["fuzz", "run", "--fuzz-dir", "tests/fuzz", "--target-dir"])
            .arg(target_dir().join("fuzz"))
            .arg(&target)
            // What is found is kept in the first folder, which is nobody else's.
            .arg(&corpus)
            .arg(folder.join("seeds").join(&target))
            .args(["--", "-max_len=4096"])
            .arg(format!("-max_total_time={seconds}"))
            // The sanitizer is an unstable flag of the compiler; the toolchain stays the pinned one.
            .env("RUSTC_BOOTSTRAP", "1");
        step::run(&target, &mut command)?;
    }
    Ok(())
}

/// The names of all targets.
fn targets() -> Result<Vec<String>, String> {
    let folder = repository().join("tests/fuzz/fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|error| error.to_string())?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let name = |path: PathBuf| Some(path.file_stem()?.to_str()?.to_owned());
    let mut names: Vec<_> = paths.filter_map(name).collect();
    names.sort();
    Ok(names)
}
