//! A program that tests run: it does what each line of its stdin says.

#![allow(
    clippy::mem_forget,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it does what tests want to see, and its output is for them"
)]

use std::io::{self, BufRead as _};
use std::mem::forget;
use std::process::Command;
use std::time::Instant;

use agentops::config::Durability;
use agentops::{Config, FlushReport, Guard, Session};

#[agentops::task(content = false, fields(number = number, text = text))]
fn work(number: u64, text: &str) -> usize {
    text.len()
}

fn main() {
    let durability = match std::env::args().nth(1).as_deref() {
        Some("sync") => Durability::Sync,
        _ => Durability::Background,
    };
    let config = Config::from_env().unwrap().durability(durability);
    let guard = config.init().unwrap();
    println!("ready {:?}", guard.warnings());
    let mut kept = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line.unwrap();
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match word {
            "record" => record(rest.parse().unwrap(), ""),
            "record-long" => record(rest.parse().unwrap(), &"x".repeat(10_000)),
            "open" => kept.push(Session::start(rest)),
            "end" => kept.clear(),
            "leak" => (0..rest.parse().unwrap()).for_each(|_| forget(Session::start("leaked"))),
            "flush" => tell(&guard.flush()),
            "stats" => tell(&guard.stats()),
            "shell" => shell(rest),
            "exec" => exec(rest),
            "shutdown" => return shut_down(guard, kept),
            _ => panic!("unknown command {line}"),
        }
        println!("done {word}");
    }
}

fn record(count: u64, text: &str) {
    for number in 0..count {
        work(number, text);
    }
}

fn shell(script: &str) {
    let status = Command::new("sh").args(["-c", script]).status().unwrap();
    assert!(status.success(), "{script}: {status}");
}

/// Becomes another program, whose end this one's is not.
#[cfg(unix)]
fn exec(program: &str) {
    use std::os::unix::process::CommandExt as _;
    panic!("{}", Command::new(program).exec());
}

#[cfg(not(unix))]
fn exec(_: &str) {}

/// Ends sessions only when nothing records any more.
fn shut_down(guard: Guard, kept: Vec<Session>) {
    let begun = Instant::now();
    let report = guard.shutdown();
    let took = begun.elapsed();
    tell(&report);
    drop(kept);
    println!("done shutdown in {} ms", took.as_millis());
}

fn tell(report: &FlushReport) {
    let traces = &report.traces;
    let lost: Vec<_> = traces
        .losses()
        .map(|(reason, count)| format!("{}={count}", reason.as_str()))
        .collect();
    println!(
        "report: ended={} adopted={} delivered={} spooled={} buffered={} lost=[{}] durable={} balances={} late={}",
        traces.ended,
        traces.adopted,
        traces.delivered,
        traces.spooled,
        traces.buffered,
        lost.join(" "),
        report.durable,
        report.balances(),
        report.timed_out,
    );
}
