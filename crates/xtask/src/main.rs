//! Chores of this repository: `cargo xtask <chore>`.

mod compile_cost;
mod semconv;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <chore>

chores:
  semconv          write agentops/src/semconv.rs from crates/xtask/semconv.tsv
  semconv --check  say whether that file is current
  compile-cost     compare what the attributes cost at compile time with `tracing::instrument`
";

#[allow(clippy::print_stderr, reason = "a command talks to its user")]
fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["semconv"] => semconv::write(),
        ["semconv", "--check"] => semconv::check(),
        ["compile-cost"] => compile_cost::measure(),
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
