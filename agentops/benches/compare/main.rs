//! What a span costs the thread that makes it, beside other libraries.
//!
//! `cargo bench -p agentops --bench compare` prints a table and the bars, and writes
//! `target/compare.json`. Names of works behind `--` leave the others out.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where something is not as expected"
)]

mod bars;
mod burst;
mod clock;
mod producers;
mod results;
mod rounds;
#[path = "../stacks/mod.rs"]
mod stacks;
mod table;

use std::path::{Path, PathBuf};
use std::time::Instant;

use agentops::Config;
use producers::Producers;
use results::Results;
use rounds::Rounds;
use stacks::{Case, ours};

fn main() {
    let works: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let started = Instant::now();
    let results = std::thread::scope(|scope| {
        let mut rounds = Rounds::new(Producers::start(scope), works);
        // Each library is off until it is set up, for the whole process, so this comes first.
        rounds.run(&stacks::disabled());
        stacks::set_up_others();
        run(&mut rounds, stacks::recorded(), ours::config);
        stacks::turn_sampling_off();
        run(&mut rounds, stacks::unsampled(), ours::unsampled_config);
        run(&mut rounds, stacks::content(), ours::content_config);
        rounds.finish()
    });
    table::print(&results);
    bars::print(&results);
    for (stack, made, taken) in losses(&results) {
        println!("{stack}: {taken} of {made} spans came to the exporter");
    }
    let path = target().join("compare.json");
    results.write(&path).expect("the target directory is ours");
    println!("{} in {:.0?}", path.display(), started.elapsed());
}

/// Measures the stacks of each work together, with ours set up anew for each.
fn run(rounds: &mut Rounds, mut cases: Vec<Case>, config: fn(&Path) -> Config) {
    while let Some(work) = cases.first().map(|case| case.work) {
        let (of_work, others) = cases.into_iter().partition(|case| case.work == work);
        cases = others;
        // A spool of its own, or the spool is full before the end and is tidied meanwhile.
        let home = tempfile::tempdir().expect("a directory for the spool");
        ours::set_up(config(home.path()));
        rounds.run(&of_work);
        let lost = ours::tear_down().map_or(0, |report| report.traces.lost);
        assert!(lost == 0, "ours lost {lost} spans of {work}");
    }
}

/// What was made and what was taken where the two differ, which makes figures look better than they are.
fn losses(results: &Results) -> Vec<(&'static str, u64, u64)> {
    let taken = stacks::sink::taken().into_iter();
    taken
        .map(|(stack, taken)| (stack, results.made(stack), taken))
        .filter(|(_, made, taken)| made > taken)
        .collect()
}

/// The directory that cargo builds in.
fn target() -> PathBuf {
    let program = std::env::current_exe().expect("the path of this program");
    let target = program.ancestors().nth(3);
    target
        .expect("cargo keeps benches three levels down")
        .into()
}
