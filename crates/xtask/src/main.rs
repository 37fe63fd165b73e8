//! Chores of this repository: `cargo xtask <chore>`.

mod checkout;
mod compile_cost;
mod drill;
mod fuzz;
mod platforms;
mod semconv;
mod soundness;
mod step;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <chore>

chores:
  semconv              write agentops/src/semconv.rs from crates/xtask/semconv.tsv
  semconv --check      say whether that file is current
  compile-cost         compare what the attributes cost at compile time with `tracing::instrument`
  soundness            look for undefined behaviour by Miri and loom
      --toolchain <t>  with the Miri of this toolchain, `nightly` unless it is given
  platforms            test without shared memory, and check that each installed target compiles
      --install        installs targets by rustup before
  drill [name]..       kill, starve and damage programs, and count what became of their spans; all
                       drills unless some are named: kill9, exits, procs, status, outage, flips, disk,
                       secrets, overflow, power
      --short          with small numbers
      --seed <n>       with the chance of this seed
      --runs <n> etc.  with these numbers in place of the usual ones
  fuzz                 feed readers of outside bytes by cargo-fuzz, a minute each
      --seconds <n>    so long each
";

#[allow(clippy::print_stderr, reason = "a command talks to its user")]
fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["semconv"] => semconv::write(),
        ["semconv", "--check"] => semconv::check(),
        ["compile-cost"] => compile_cost::measure(),
        ["soundness"] => soundness::check("nightly"),
        ["soundness", "--toolchain", toolchain] => soundness::check(toolchain),
        ["platforms"] => platforms::check(false),
        ["platforms", "--install"] => platforms::check(true),
        ["drill", ref arguments @ ..] => drill::run(arguments),
        ["fuzz"] => fuzz::run("60"),
        ["fuzz", "--seconds", seconds] => fuzz::run(seconds),
        // Not typed by anybody: `platforms` names this program to Cargo and to build scripts.
        [platforms::ARCHIVE, ref arguments @ ..] => platforms::archive(arguments),
        [rustc, ref arguments @ ..] if is_rustc(rustc) => {
            platforms::compile_plain(rustc, arguments)
        }
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn is_rustc(program: &str) -> bool {
    Path::new(program)
        .file_stem()
        .is_some_and(|stem| stem == "rustc")
}
