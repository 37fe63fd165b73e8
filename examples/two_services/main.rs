//! A question from one process to another, one trace: `cargo run --example two_services`.
//!
//! In two terminals: `cargo run --example two_services -- expert` in one, which prints its
//! address and serves until its standard input ends (Ctrl-D), and
//! `cargo run --example two_services -- desk <address>` in the other.

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

mod desk;
mod expert;

/// The argument that makes the program the second service.
const EXPERT: &str = "expert";

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [] => desk::run(None).await,
        ["desk", expert] => desk::run(Some(expert)).await,
        [EXPERT] => expert::run().await,
        _ => Err("expected no argument, `expert`, or `desk` and the expert's address".into()),
    }
}
