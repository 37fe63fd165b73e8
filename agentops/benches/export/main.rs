//! What a span costs a process on its way to a collector, and how many arrive.
//!
//! `cargo bench -p agentops --bench export` runs each library in a process of its own against a
//! collector in another, prints a table and writes `target/export.json`. With `-- --sustained` ours
//! makes a million spans a second for a minute instead, and its memory is watched.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where something is not as expected"
)]

mod collector;
mod memory;
mod processes;
mod producer;
mod results;
#[path = "../stacks/mod.rs"]
mod stacks;
mod sustained;

use std::env;
use std::path::PathBuf;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["collector", decoding] => collector::run(decoding == "count"),
        ["producer", run, endpoint] => producer::run(&run.parse().expect("a run"), endpoint),
        ["steady-producer", endpoint] => sustained::produce(endpoint),
        _ if arguments.contains(&"--sustained") => sustained::watch(),
        _ => processes::compare(&target().join("export.json")),
    }
}

/// The directory that cargo builds in.
fn target() -> PathBuf {
    let program = env::current_exe().expect("the path of this program");
    let target = program.ancestors().nth(3);
    target
        .expect("cargo keeps benches three levels down")
        .into()
}
