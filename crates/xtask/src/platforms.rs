//! Check that every platform compiles, and test the plain path on this one.
//!
//! A C compiler for each platform is not needed: nothing is linked, so what the
//! build script of a dependency would compile is left out.

use std::env;
use std::fs::File;
use std::path::Path;
use std::process::Command;

use crate::step;

/// Where agentops is to compile.
const TARGETS: [&str; 6] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-gnu",
    "x86_64-pc-windows-msvc",
];

/// The tests of the whole that run on the plain path as well.
const TESTS: [&str; 5] = ["concurrency", "delivery", "forks", "metrics", "traces"];

/// What [`archive`] is called as, by build scripts.
pub(crate) const ARCHIVE: &str = "archive";

/// Tests the plain path, then checks every target that is installed, or can be if `install` says so.
#[allow(clippy::print_stdout, reason = "a command talks to its user")]
pub(crate) fn check(install: bool) -> Result<(), String> {
    plain()?;
    let mut missing = Vec::new();
    for target in TARGETS {
        if is_installed(target) || install && add(target) {
            compile(target)?;
        } else {
            missing.push(target);
        }
    }
    for target in missing {
        println!(
            "not checked: {target} is not installed; to install it: rustup target add {target}"
        );
    }
    Ok(())
}

/// Runs tests with `--cfg agentops_plain` for the crates of this workspace alone.
///
/// In `RUSTFLAGS` it would have all dependencies built once more.
fn plain() -> Result<(), String> {
    let wrapper = this_program()?;
    let test = |name: &str, package: &str, tests: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(["test", "--package", package]);
        for test in tests {
            command.args(["--test", test]);
        }
        command.env("RUSTC_WORKSPACE_WRAPPER", &wrapper);
        // Else the dependencies would be built once more, as for the projects of tests.
        command.env_remove("CARGO_PROFILE_DEV_DEBUG");
        step::run(name, &mut command)
    };
    test("the spool on the plain path", "agentops-spool", &[])?;
    test("agentops on the plain path", "agentops-tests", &TESTS)
}

/// Runs the compiler as Cargo asked for, with the plain path chosen.
pub(crate) fn compile_plain(rustc: &str, arguments: &[&str]) -> Result<(), String> {
    let status = Command::new(rustc)
        .args(arguments)
        .args(["--cfg", "agentops_plain"])
        .status()
        .map_err(|error| format!("{rustc}: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("rustc: {status}")),
    }
}

fn is_installed(target: &str) -> bool {
    let printed = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", target])
        .output();
    printed.is_ok_and(|printed| Path::new(String::from_utf8_lossy(&printed.stdout).trim()).is_dir())
}

fn add(target: &str) -> bool {
    let mut command = Command::new("rustup");
    command.args(["target", "add", target]);
    step::run("install", &mut command).is_ok() && is_installed(target)
}

fn compile(target: &str) -> Result<(), String> {
    let archiver = this_program()?;
    let mut command = Command::new("cargo");
    command
        .args(["check", "--locked", "--all-features", "--target", target])
        .args(["--package", "agentops"])
        .args(["--package", "agentops-spool"])
        .args(["--package", "agentops-macros"])
        .env("RUSTFLAGS", "-D warnings");
    // The programs that the crate `cc` looks for.
    let name = target.replace('-', "_");
    command
        .env(format!("CC_{name}"), "true")
        .env(format!("AR_{name}"), archiver)
        .env(format!("ARFLAGS_{name}"), ARCHIVE);
    step::run(target, &mut command)
}

/// Stands in for an archiver. That of Windows is expected to leave a file.
pub(crate) fn archive(arguments: &[&str]) -> Result<(), String> {
    let named = arguments.iter().find_map(|word| word.strip_prefix("-out:"));
    let Some(file) = named else {
        return Ok(());
    };
    let made = File::options().append(true).create(true).open(file);
    made.map(drop).map_err(|error| format!("{file}: {error}"))
}

fn this_program() -> Result<String, String> {
    let path = env::current_exe().map_err(|error| error.to_string())?;
    let path = path.into_os_string().into_string();
    path.map_err(|path| format!("{}: not a text", path.display()))
}
