//! A program that drills run, kill and starve: it makes spans of known content.
//!
//! What it made it tells through files of `DRILL_TOLD`, one a thread, and what the
//! product says of it on stdout.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a program of tests: its output and environment are for the drill that runs it"
)]

mod endings;
mod pace;
mod secrets;
mod work;

use std::env;
use std::io;
use std::thread;
use std::time::{Duration, Instant};

use agentops::config::Durability;
use agentops::{Config, FlushReport, Guard};

use crate::work::Work;

/// How long a program that delivers goes on at most.
const PATIENCE: Duration = Duration::from_mins(2);

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["make", threads, spans, reached] => make(&Work {
            threads: threads.parse().unwrap(),
            spans: spans.parse().unwrap(),
            reached: reached.parse().unwrap(),
        }),
        ["end", spans, ending] => endings::run(spans.parse().unwrap(), ending),
        ["pace", rate, secs] => pace::run(rate.parse().unwrap(), secs.parse().unwrap()),
        ["deliver"] => deliver(),
        ["secrets"] => secrets::run(),
        _ => panic!("unknown arguments {args:?}"),
    }
}

/// Initializes from the environment; with `DRILL_SYNC` each batch is synced.
fn init() -> Guard {
    let config = Config::from_env().unwrap();
    let config = match env::var_os("DRILL_SYNC") {
        Some(_) => config.durability(Durability::Sync),
        None => config,
    };
    config.init().unwrap()
}

/// Waits for a word of the drill.
fn hear() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
}

/// Says what became of spans, as one line that a drill reads.
fn say(report: &FlushReport) {
    let traces = &report.traces;
    println!(
        "ledger ended {} adopted {} delivered {} spooled {} buffered {} quarantined {} expired {} \
         lost {} balances {} durable {} timed_out {}",
        traces.ended,
        traces.adopted,
        traces.delivered,
        traces.spooled,
        traces.buffered,
        traces.quarantined,
        traces.expired,
        traces.lost,
        u8::from(report.balances()),
        u8::from(report.durable),
        u8::from(report.timed_out),
    );
}

/// Makes spans, then does what each line of its input says.
fn make(work: &Work) {
    let guard = init();
    println!("begun");
    work.run();
    println!("ready");
    for line in io::stdin().lines() {
        match line.unwrap().as_str() {
            "flush" => say(&guard.flush()),
            "stats" => say(&guard.stats()),
            "more" => work.again(),
            "deliver" => settle(&guard),
            "open" => Work::open(),
            "close" => Work::close(),
            line => panic!("unknown word `{line}`"),
        }
    }
    say(&guard.shutdown());
}

/// Delivers what other programs left.
fn deliver() {
    let guard = init();
    settle(&guard);
    say(&guard.shutdown());
}

/// Flushes until nothing waits any more, and says what came of it.
fn settle(guard: &Guard) {
    let begun = Instant::now();
    let mut report = guard.flush();
    while (report.traces.spooled + report.traces.buffered > 0 || report.timed_out)
        && begun.elapsed() < PATIENCE
    {
        // A flush ends as soon as an attempt to send fails, which may be at once.
        thread::park_timeout(Duration::from_millis(20));
        report = guard.flush();
    }
    say(&report);
}
