//! The works as gungraun runs them below callgrind: a process for each.

#![allow(unused_qualifications, reason = "gungraun's macros write them")]

use std::hint::black_box;
use std::thread::Builder;

use gungraun::{
    Callgrind, EntryPoint, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main,
};
use serde_json::Value;
use tempfile::TempDir;

use super::stacks::{self, BURST, Case, by_fastrace, ours};

/// Spans in front of those that are counted, in which threads and caches come about.
const WARM_SPANS: u32 = 222;

/// All that is counted.
fn cases() -> Vec<Case> {
    [
        stacks::disabled(),
        stacks::recorded(),
        stacks::unsampled(),
        stacks::content(),
    ]
    .concat()
}

/// A case for which everything is set up.
struct Ready {
    case: Case,
    /// Removes the spool in the end.
    home: TempDir,
}

fn set_up(case: Case) -> Ready {
    let home = tempfile::tempdir().expect("a directory for the spool");
    let config = match case.work {
        "unsampled" | "unsampled-child" | "unsampled-llm-call" => {
            stacks::turn_sampling_off();
            ours::unsampled_config
        }
        "content" => ours::content_config,
        _ => ours::config,
    };
    match (case.work, case.stack) {
        ("disabled", _) | (_, "none") => {}
        (_, "agentops") => ours::set_up(config(home.path())),
        (_, "fastrace" | "fastrace-otel") => by_fastrace::set_up(),
        _ => stacks::set_up_others(),
    }
    Ready { case, home }
}

fn tear_down(ready: Ready) {
    (ready.case.flush)();
    ours::tear_down();
    drop(ready.home);
}

#[library_benchmark(teardown = tear_down)]
#[benches::all(iter = cases(), setup = set_up)]
fn spans(ready: Ready) -> Ready {
    let case = ready.case;
    if case.work != "two-threads" {
        burst(case);
        return ready;
    }
    let threads = [(); 2].map(|()| Builder::new().spawn(move || burst(case)));
    for thread in threads {
        let thread = thread.expect("threads can be started");
        thread.join().expect("bursts do not panic");
    }
    ready
}

fn burst(case: Case) {
    (case.live)(&mut || {
        (case.burst)(WARM_SPANS);
        counted(case.burst);
    });
}

/// What callgrind counts: it counts a thread while that is in here, and no other thread.
#[inline(never)]
fn counted(burst: fn(u32)) -> u32 {
    burst(black_box(BURST));
    // Something remains to be done, or the call could be a jump that leaves this function.
    black_box(BURST)
}

library_benchmark_group!(name = works, benchmarks = spans);

main!(
    config = LibraryBenchmarkConfig::default().tool(
        Callgrind::with_args(["--cache-sim=no"])
            .entry_point(EntryPoint::Custom("*::counted::counted*".to_owned()))
    ),
    library_benchmark_groups = works
);

/// Counts, or is one of the processes that is counted.
pub(crate) fn run() {
    main();
}

/// What a case took.
pub(crate) struct Figure {
    pub(crate) work: &'static str,
    pub(crate) stack: &'static str,
    /// Instructions for one span of one thread, the body included.
    pub(crate) instructions: f64,
}

/// Reads what gungraun has printed: a line of JSON for each case.
pub(crate) fn read(text: &str) -> Vec<Figure> {
    let cases = cases();
    let figure = |line: &str| {
        let line: Value = serde_json::from_str(line).ok()?;
        let nth: usize = line["id"].as_str()?.strip_prefix("all_")?.parse().ok()?;
        let counts = &line["profiles"][0]["data"]["total"]["metrics"]["Ir"]["values"];
        let case = cases.get(nth)?;
        let threads = if case.work == "two-threads" { 2.0 } else { 1.0 };
        Some(Figure {
            work: case.work,
            stack: case.stack,
            instructions: counts["new"].as_f64()? / f64::from(BURST) / threads,
        })
    };
    let figures: Vec<Figure> = text.lines().filter_map(figure).collect();
    assert_eq!(figures.len(), cases.len(), "not all was counted: {text}");
    figures
}
